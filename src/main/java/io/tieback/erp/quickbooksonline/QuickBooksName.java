package io.tieback.erp.quickbooksonline;

/** Names of vendors and items: what QuickBooks Online does not take is refused, never replaced. */
final class QuickBooksName {

  private QuickBooksName() {}

  /**
   * Checks a name.
   *
   * @param of what bears it, such as {@code company 7041}
   * @throws IllegalArgumentException when QuickBooks does not take it; names what was found, the
   *     limit and the remedy
   */
  static void check(String name, String of, int longest) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("name of " + of + " is blank: give it one in Procore");
    }
    for (int i = 0; i < name.length(); i++) {
      char found = name.charAt(i);
      String word =
          found == ':'
              ? "a colon"
              : found == '\t'
                  ? "a tab"
                  : found == '\n' || found == '\r'
                      ? "a line break"
                      : Character.isISOControl(found) ? "a control character" : null;
      if (word != null) {
        throw new IllegalArgumentException(
            "name '"
                + name.replaceAll("\\p{Cntrl}", " ")
                + "' of "
                + of
                + " holds "
                + word
                + " at character "
                + (i + 1)
                + ", which QuickBooks Online does not take in names: change it in Procore");
      }
    }
    if (!name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "name '" + name + "' of " + of + " begins or ends with a blank: change it in Procore");
    }
    if (name.length() > longest) {
      throw new IllegalArgumentException(
          "name '"
              + name
              + "' of "
              + of
              + " has "
              + name.length()
              + " characters, QuickBooks Online takes "
              + longest
              + ": shorten it in Procore");
    }
  }
}
