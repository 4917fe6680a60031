package io.tieback.construction;

import java.util.Locale;

/** Names of projects and items: how they are written, compared and shortened. */
public final class Names {

  private static final String CUT = "…";

  private Names() {}

  /** Without blanks at its ends, and with one where there were several; null stays null. */
  public static String tidy(String name) {
    return name == null ? null : name.strip().replaceAll("\\s+", " ");
  }

  /** What two names have in common when people would call them the same. */
  public static String folded(String name) {
    return name == null ? "" : tidy(name).toLowerCase(Locale.ROOT);
  }

  /**
   * The name of an item, by the visible rule of TB-WBS-01: the form with both names in it. Where
   * that is too long, the cost code's name is cut as far as needed and ends in an ellipsis, so that
   * the cost type stays readable; where even that does not fit, the end of the whole is cut.
   *
   * @param form with {@code {name}} for the cost code's name and {@code {type}} for the cost type's
   * @param longest most characters
   */
  public static String ofItem(String form, String codeName, String typeName, int longest) {
    String whole = tidy(fill(form, codeName, typeName));
    if (whole.length() <= longest) {
      return whole;
    }
    int room = longest - tidy(fill(form, "", typeName)).length() - CUT.length() - 1;
    for (int keep = Math.min(codeName.length(), room); keep > 0; keep--) {
      String tried = tidy(fill(form, cut(codeName, keep) + CUT, typeName));
      if (tried.length() <= longest) {
        return tried;
      }
    }
    return cut(whole, longest - CUT.length()) + CUT;
  }

  private static String fill(String form, String codeName, String typeName) {
    return form.replace("{name}", codeName).replace("{type}", typeName);
  }

  /** Never in the middle of a character that Java keeps as two. */
  private static String cut(String text, int length) {
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end).stripTrailing();
  }
}
