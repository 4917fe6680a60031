package io.tieback.construction;

import java.util.Objects;

/**
 * How figures are read whose meaning Procore does not state (Procore reference section 7, UNCERTAIN
 * facts; design section 6). A wrong setting refuses invoices with both figures, it never changes
 * what is billed.
 *
 * @param lineAmount what {@code amount} of a line in the export event stands for; default gross
 * @param compareRetainageThisPeriod whether {@code retainage_this_period} of the event is compared
 *     with work and material retainage together
 * @param movedRetainage where retainage of stored material goes that moved to work of this period
 */
public record ArithmeticSettings(
    LineAmount lineAmount, boolean compareRetainageThisPeriod, MovedRetainage movedRetainage) {

  /** What the event's {@code amount} of a line stands for. */
  public enum LineAmount {
    /** Work and stored material of the period, before retainage. */
    GROSS,
    /** Less retainage held, plus retainage released. */
    NET
  }

  /**
   * Where {@code materials_retainage_retained_moved} shows when material moved to work of
   * <em>this</em> period. When it moved to work of earlier periods it can only be beside this
   * period's retainage, so the setting plays no part.
   */
  public enum MovedRetainage {
    /**
     * Beside {@code work_completed_retainage_retained_this_period}, which holds newly withheld
     * retainage only.
     */
    BESIDE_WORK,
    /**
     * Inside {@code work_completed_retainage_retained_this_period}, as the moved material is inside
     * the work of this period.
     */
    WITHIN_WORK
  }

  public ArithmeticSettings {
    Objects.requireNonNull(lineAmount, "lineAmount");
    Objects.requireNonNull(movedRetainage, "movedRetainage");
  }

  /** The two settings that people choose; moved retainage is read as standing beside the work's. */
  public ArithmeticSettings(LineAmount lineAmount, boolean compareRetainageThisPeriod) {
    this(lineAmount, compareRetainageThisPeriod, MovedRetainage.BESIDE_WORK);
  }

  /** Amount is gross, retainage of the period is compared. */
  public static ArithmeticSettings defaults() {
    return new ArithmeticSettings(LineAmount.GROSS, true);
  }
}
