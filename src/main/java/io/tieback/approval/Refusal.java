package io.tieback.approval;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Why something may not be done, and what to do instead, in words for people of either language.
 *
 * @param code which refusal it is, such as {@code permission.role}; its words are in {@code
 *     words.properties} and {@code words_fr.properties}
 * @param arguments what fills its places {0}, {1}...; one that begins with @ is itself a key of
 *     words
 */
public record Refusal(String code, List<String> arguments) {

  public Refusal {
    arguments = List.copyOf(arguments);
  }

  /** A refusal of this code. */
  public static Refusal of(String code, Object... arguments) {
    return new Refusal(code, Arrays.stream(arguments).map(String::valueOf).toList());
  }

  /** A refusal in words that somebody else has said, such as Procore's or the ERP's own. */
  public static Refusal said(String reason, String remedy) {
    return of("said", reason, remedy);
  }

  /** Why, as a sentence in this language. */
  public String reason(Locale language) {
    return Words.of(code + ".reason", arguments, language);
  }

  /** What to do, as a sentence in this language. */
  public String remedy(Locale language) {
    return Words.of(code + ".remedy", arguments, language);
  }
}
