package io.tieback.construction;

import java.util.Objects;

/**
 * Two figures that ought to be equal and are not, or a figure that is missing. Nothing is ever
 * plugged: the record is refused with both figures (design section 6).
 *
 * @param kind which comparison failed
 * @param procoreItemId the requisition item, or 0 when it concerns the whole invoice
 * @param figure what was compared, in words
 * @param computed what the components of the requisition come to; null when it cannot be computed
 * @param stated what Procore states; null when it states nothing
 */
public record Discrepancy(
    Kind kind, long procoreItemId, String figure, Money computed, Money stated) {

  /** Which comparison failed. */
  public enum Kind {
    /** The change of an item's total to date against work and stored material of the period. */
    TOTAL_TO_DATE,
    /** A figure of the export event against the requisition. */
    EVENT,
    /** The net of all lines against {@code summary.current_payment_due}. */
    PAYMENT_DUE,
    /** A balance of the requisition before, without which the period cannot be computed. */
    UNKNOWN
  }

  public Discrepancy {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(figure, "figure");
  }

  /**
   * Both figures in words, such as {@code components come to 90.00, Procore states 100.00
   * (difference 10.00)}.
   */
  public String inWords() {
    if (computed == null || stated == null) {
      return "components come to " + orUnknown(computed) + ", Procore states " + orUnknown(stated);
    }
    return "components come to "
        + computed
        + ", Procore states "
        + stated
        + " (difference "
        + stated.minus(computed)
        + ")";
  }

  private static String orUnknown(Money money) {
    return money == null ? "an unknown figure" : money.toString();
  }
}
