package io.tieback.construction;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of companies as they are compared: without case, accents, punctuation and legal form,
 * "&amp;" read as "and". Pure.
 */
public final class CompanyNames {

  /** Dropped at the end of a name, one after the other, as long as something is left. */
  private static final Set<String> LEGAL_FORMS =
      Set.of(
          "inc",
          "incorporated",
          "corp",
          "corporation",
          "co",
          "company",
          "llc",
          "llp",
          "lp",
          "pllc",
          "pc",
          "ltd",
          "limited",
          "plc",
          "pty",
          "ulc",
          "gmbh",
          "mbh",
          "ag",
          "kg",
          "ohg",
          "ug",
          "se",
          "sa",
          "sas",
          "sarl",
          "srl",
          "spa",
          "bv",
          "nv",
          "oy",
          "ab",
          "aps");

  /** Letters that are no letter with an accent, and yet are written without their peculiarity. */
  private static final Map<String, String> LETTERS =
      Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "þ", "th", "ı", "i");

  private CompanyNames() {}

  /** The name as it is compared; empty when it has no letter and no digit. */
  public static String normalised(String name) {
    return String.join(" ", words(name));
  }

  /** Its words, in their order, without legal form. */
  public static List<String> words(String name) {
    List<String> words = new ArrayList<>(Arrays.asList(plain(name).split(" ")));
    words.removeIf(String::isEmpty);
    if (words.size() > 1 && words.get(0).equals("the")) {
      words.remove(0);
    }
    int end = words.size();
    while (end > 1 && LEGAL_FORMS.contains(words.get(end - 1))) {
      end--;
      // "GmbH & Co. KG": the "and" between two legal forms goes with them.
      if (end > 1 && words.get(end - 1).equals("and")) {
        end--;
      }
    }
    return List.copyOf(words.subList(0, end));
  }

  private static String plain(String name) {
    String text =
        Normalizer.normalize(name == null ? "" : name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      text = text.replace(letter.getKey(), letter.getValue());
    }
    // "L.L.C." is "llc" and "O'Brien" is "obrien"; any other mark parts words.
    return text.replaceAll("[&+]", " and ")
        .replaceAll("['’`.]", "")
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
