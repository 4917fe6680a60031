package io.tieback.erp.xero;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Figures as Xero's documents carry them. */
final class XeroFigures {

  private XeroFigures() {}

  /**
   * A figure with that many decimals, never rounded.
   *
   * @param remedy what to do about one that is finer; blank without one
   * @throws IllegalArgumentException when it is finer; the message names field and place
   */
  static BigDecimal exactly(
      BigDecimal figure, int decimals, String field, String where, String remedy) {
    try {
      return figure.setScale(decimals, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          field
              + " of "
              + where
              + " is "
              + figure.toPlainString()
              + ", finer than the "
              + decimals
              + " decimals that Xero keeps"
              + (remedy.isBlank() ? "" : ": " + remedy),
          e);
    }
  }

  /** 1, 1.0 and 1.0000 are one quantity and must give one digest. */
  static BigDecimal plain(BigDecimal figure) {
    return figure.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(figure.stripTrailingZeros().toPlainString());
  }
}
