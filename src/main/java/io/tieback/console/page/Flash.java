package io.tieback.console.page;

import java.util.Arrays;
import java.util.List;

/**
 * What the next page says first.
 *
 * @param good whether it is done
 * @param key message, or a sentence
 * @param words filled in
 */
public record Flash(boolean good, String key, List<String> words) {

  public Flash {
    words = List.copyOf(words);
  }

  /** It is done. */
  public static Flash good(String key, Object... words) {
    return new Flash(true, key, texts(words));
  }

  /** It is not done. */
  public static Flash bad(String key, Object... words) {
    return new Flash(false, key, texts(words));
  }

  private static List<String> texts(Object... words) {
    return Arrays.stream(words).map(String::valueOf).toList();
  }
}
