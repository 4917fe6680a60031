package io.tieback.construction;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How well quantity times unit price gives the amount that was billed (XR-INV-12, GEN-INV-05). A
 * price or quantity that was rounded before it was sent misses by a little; anything more has
 * another cause, and the quantity is then not trusted.
 *
 * @param verdict what came of the comparison
 * @param quantity the quantity in the decimals that the ERP takes; null with {@link
 *     Verdict#NO_QUANTITY}
 * @param unitPrice the price in the decimals that the ERP takes; null with {@link
 *     Verdict#NO_QUANTITY}
 * @param product quantity times price, rounded half up to the cent; null with {@link
 *     Verdict#NO_QUANTITY}
 * @param miss what has to be added to the product to get the billed amount; null with {@link
 *     Verdict#NO_QUANTITY}
 */
public record UnitPricing(
    Verdict verdict, BigDecimal quantity, BigDecimal unitPrice, Money product, Money miss) {

  private static final BigDecimal HALF_CENT = new BigDecimal("0.005");
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** What came of the comparison. */
  public enum Verdict {
    /** To the cent. */
    EXACT,
    /** It misses by no more than the rounding of quantity, price and amount can explain. */
    ROUNDED,
    /** It misses by more. */
    UNEXPLAINED,
    /** Quantity or price is absent, or zero in the decimals that the ERP takes. */
    NO_QUANTITY
  }

  /**
   * Compares.
   *
   * @param quantity billed quantity, or null
   * @param unitPrice price of a unit, or null
   * @param billed what was billed
   * @param quantityDecimals decimals of a quantity that the ERP takes
   * @param unitPriceDecimals decimals of a unit price that the ERP takes
   */
  public static UnitPricing of(
      BigDecimal quantity,
      BigDecimal unitPrice,
      Money billed,
      int quantityDecimals,
      int unitPriceDecimals) {
    BigDecimal erpQuantity = quantity == null ? BigDecimal.ZERO : plain(quantity, quantityDecimals);
    BigDecimal erpPrice = unitPrice == null ? BigDecimal.ZERO : plain(unitPrice, unitPriceDecimals);
    if (erpQuantity.signum() == 0 || erpPrice.signum() == 0) {
      return new UnitPricing(Verdict.NO_QUANTITY, null, null, null, null);
    }
    BigDecimal exact = erpQuantity.multiply(erpPrice);
    Money product = Money.rounded(exact);
    Money miss = billed.minus(product);
    Verdict verdict = Verdict.UNEXPLAINED;
    if (miss.isZero()) {
      verdict = Verdict.EXACT;
    } else if (isExplainable(
        billed.amount().subtract(exact),
        erpQuantity,
        erpPrice,
        quantityDecimals,
        unitPriceDecimals)) {
      verdict = Verdict.ROUNDED;
    }
    return new UnitPricing(verdict, erpQuantity, erpPrice, product, miss);
  }

  /**
   * Quantity and price are each off by half a unit of their last decimal at most, and the amount by
   * half a cent.
   */
  private static boolean isExplainable(
      BigDecimal difference,
      BigDecimal quantity,
      BigDecimal price,
      int quantityDecimals,
      int priceDecimals) {
    BigDecimal offQuantity = HALF.movePointLeft(quantityDecimals);
    BigDecimal offPrice = HALF.movePointLeft(priceDecimals);
    BigDecimal most =
        offQuantity
            .multiply(price.abs())
            .add(offPrice.multiply(quantity.abs()))
            .add(offQuantity.multiply(offPrice))
            .add(HALF_CENT);
    return difference.abs().compareTo(most) <= 0;
  }

  /** One way to write each number, so that 10.0 and 10 give the same document. */
  private static BigDecimal plain(BigDecimal number, int decimals) {
    BigDecimal fitted =
        number.scale() > decimals ? number.setScale(decimals, RoundingMode.HALF_UP) : number;
    BigDecimal stripped = fitted.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
