package io.tieback.rules;

/**
 * What a check found wrong with a record. All findings of a record are reported at once.
 *
 * @param ruleId ID in the rule catalogue, such as {@code XR-INV-07}
 * @param severity what it means for the record
 * @param field the field as a person knows it, such as {@code Payment due date}
 * @param found what was there; never a secret
 * @param limit what would be right
 * @param remedy what to do about it, and where
 */
public record Finding(
    String ruleId, Severity severity, String field, String found, String limit, String remedy) {

  /** What a finding means for its record. */
  public enum Severity {
    /** The record is not sent; a person must act. */
    REFUSE,
    /**
     * Something it depends on is not in the ERP yet; it goes by itself when that arrives (design
     * section 3).
     */
    WAIT,
    /** It is sent; somebody should know. */
    WARN
  }

  /** One sentence for a mail, an error or Procore's Errors column. */
  public String sentence() {
    return field + ": " + found + "; " + limit + ". " + remedy + " (" + ruleId + ")";
  }
}
