package io.tieback.construction;

/**
 * Descriptions of bill lines: never blank, never cut, explanations only where they fit
 * (package-private part of the composer).
 */
final class LineWords {

  private LineWords() {}

  /** The line's own description; else its cost code; else its place in the invoice. */
  static String description(InvoiceLine line, int number) {
    if (line.description() != null && !line.description().isBlank()) {
      return line.description();
    }
    if (line.costCode() != null && !line.costCode().isBlank()) {
      return line.costCode();
    }
    return "Line " + number;
  }

  /** The line's place in the invoice and its cost code: short whatever people typed. */
  static String place(InvoiceLine line, int number) {
    boolean coded = line.costCode() != null && !line.costCode().isBlank();
    return "line " + number + (coded ? " (" + line.costCode() + ")" : "");
  }

  /** The long text where it fits, else the short one. */
  static String fitting(String longText, String shortText, int limit) {
    return longText.length() <= limit ? longText : shortText;
  }
}
