package io.tieback.sandbox.xero;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Tax per line, rounded to the cent, then summed (reference section 1.2). */
record Totals(BigDecimal subTotal, BigDecimal totalTax, BigDecimal total) {
  static final BigDecimal ZERO = new BigDecimal("0.00");
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /** Sets each line's tax, unless it was given, and sums up. */
  static Totals of(List<Line> lines, String lineAmountTypes, Organisation organisation) {
    boolean inclusive = lineAmountTypes.equals("Inclusive");
    BigDecimal sum = ZERO;
    BigDecimal tax = ZERO;
    for (Line line : lines) {
      if (line.lineAmount == null) {
        continue;
      }
      if (lineAmountTypes.equals("NoTax")) {
        line.taxType = "NONE";
        line.taxAmount = ZERO;
      } else if (!line.taxGiven) {
        Organisation.TaxRate rate =
            line.taxType == null ? null : organisation.taxRates.get(line.taxType);
        line.taxAmount =
            tax(line.lineAmount, rate == null ? BigDecimal.ZERO : rate.percent(), inclusive);
      }
      sum = sum.add(line.lineAmount);
      tax = tax.add(line.taxAmount);
    }
    BigDecimal subTotal = inclusive ? sum.subtract(tax) : sum;
    return new Totals(subTotal, tax, subTotal.add(tax));
  }

  private static BigDecimal tax(BigDecimal amount, BigDecimal percent, boolean inclusive) {
    BigDecimal base = inclusive ? HUNDRED.add(percent) : HUNDRED;
    return amount.multiply(percent).divide(base, 2, RoundingMode.HALF_UP);
  }
}
