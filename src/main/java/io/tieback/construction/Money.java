package io.tieback.construction;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Objects;

/**
 * An exact amount of money in the currency of its document, always with two decimals.
 *
 * <p>No operation rounds by itself: a figure with more than two decimals is refused when it is
 * read, and {@link #rounded(BigDecimal)} is the one place where a computed figure becomes cents
 * (half up, as both Procore and Xero round).
 *
 * @param amount the figure, scale exactly 2
 */
public record Money(BigDecimal amount) implements Comparable<Money> {

  /** Nothing owed: 0.00. */
  public static final Money ZERO = new Money(new BigDecimal("0.00"));

  /**
   * @throws ArithmeticException when the figure has more than two significant decimals
   */
  public Money {
    Objects.requireNonNull(amount, "amount");
    amount = amount.setScale(2, RoundingMode.UNNECESSARY);
  }

  /**
   * Reads a decimal text such as {@code "1250.5"} exactly.
   *
   * @throws NumberFormatException when the text is not a decimal number
   * @throws ArithmeticException when it has more than two significant decimals
   */
  public static Money of(String text) {
    return new Money(new BigDecimal(text));
  }

  /**
   * Turns a computed figure into cents, half up. Use only where a rounding is the subject of the
   * rule.
   */
  public static Money rounded(BigDecimal figure) {
    return new Money(figure.setScale(2, RoundingMode.HALF_UP));
  }

  /** The exact sum of any number of amounts; {@link #ZERO} of none. */
  public static Money sum(Collection<Money> amounts) {
    return amounts.stream().reduce(ZERO, Money::plus);
  }

  /** This amount and the other together. */
  public Money plus(Money other) {
    return new Money(amount.add(other.amount));
  }

  /** This amount less the other. */
  public Money minus(Money other) {
    return new Money(amount.subtract(other.amount));
  }

  /** The same amount with the opposite sign. */
  public Money negated() {
    return new Money(amount.negate());
  }

  /** Whether this is exactly 0.00. */
  public boolean isZero() {
    return amount.signum() == 0;
  }

  /** Whether this is below 0.00. */
  public boolean isNegative() {
    return amount.signum() < 0;
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(other.amount);
  }

  /** Plain decimal text with two decimals, such as {@code -1000.00}. */
  @Override
  public String toString() {
    return amount.toPlainString();
  }
}
