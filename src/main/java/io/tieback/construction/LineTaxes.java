package io.tieback.construction;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * Works out the tax of each line: per line, rounded half up to the cent, then summed, as Xero does
 * (Xero reference section 1.2; package-private part of the composer).
 */
final class LineTaxes {

  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private final TaxSettings settings;
  private final Map<String, BigDecimal> rates;

  /**
   * @param rates percentages by the ERP's tax type, such as 15
   */
  LineTaxes(TaxSettings settings, Map<String, BigDecimal> rates) {
    this.settings = settings;
    this.rates = rates;
  }

  /** The line with its tax; unchanged where bills bear none. */
  BillLine on(BillLine line) {
    if (!settings.apply()) {
      return line;
    }
    boolean untaxed = line.isRetainage() && !settings.onRelease();
    String type =
        untaxed
            ? settings.untaxedType()
            : settings
                .typeOf(line.taxCodeOriginId())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'"
                                + line.description()
                                + "' has tax code '"
                                + line.taxCodeOriginId()
                                + "', of which nothing says what it is in the ERP; add it to"
                                + " tax.codes"));
    BigDecimal rate = rates.get(type);
    if (rate == null) {
      throw new IllegalArgumentException(
          "'"
              + line.description()
              + "' has tax type '"
              + type
              + "', of which the ERP has no active rate");
    }
    return line.with(new LineTax(type, amount(line.amount().amount(), rate)));
  }

  private Money amount(BigDecimal amount, BigDecimal rate) {
    BigDecimal base =
        settings.amounts() == TaxSettings.Amounts.INCLUSIVE ? HUNDRED.add(rate) : HUNDRED;
    return new Money(amount.multiply(rate).divide(base, 2, RoundingMode.HALF_UP));
  }
}
