package io.tieback.rules;

import io.tieback.construction.Money;
import java.util.Objects;

/**
 * What an ERP takes in a bill (XR-API-04, XR-INV-02, XR-WBS-01; Xero reference sections 1.2 and 9).
 * Lengths in characters.
 *
 * @param numberLength longest bill number
 * @param descriptionLength longest line description
 * @param itemCodeLength longest item code, the joined one of cost code and cost type
 * @param lineAmountLimit largest amount of a line, with either sign
 * @param quantityDecimals decimals of a quantity
 * @param unitPriceDecimals decimals of a unit price
 */
public record InvoiceLimits(
    int numberLength,
    int descriptionLength,
    int itemCodeLength,
    Money lineAmountLimit,
    int quantityDecimals,
    int unitPriceDecimals) {

  public InvoiceLimits {
    Objects.requireNonNull(lineAmountLimit, "lineAmountLimit");
  }

  /** Xero's: 255, 4,000 and 30 characters, 9,999,999,999.99 a line, four decimals. */
  public static InvoiceLimits xero() {
    return new InvoiceLimits(255, 4000, 30, Money.of("9999999999.99"), 4, 4);
  }
}
