package io.tieback.sandbox.procore;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Procore's ways to write decimals as JSON strings. */
final class Decimals {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Decimals() {}

  /** At least two decimals ({@code "100.00"}), more where the value has more. */
  static String money(BigDecimal value) {
    return value.scale() >= 2
        ? trimmed(value, 2)
        : value.setScale(2, RoundingMode.UNNECESSARY).toPlainString();
  }

  /**
   * At least one decimal and no superfluous zeros ({@code "500.0"}), as export events and
   * quantities are written.
   */
  static String plain(BigDecimal value) {
    return trimmed(value, 1);
  }

  private static String trimmed(BigDecimal value, int scale) {
    BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    return stripped
        .setScale(Math.max(scale, stripped.scale()), RoundingMode.UNNECESSARY)
        .toPlainString();
  }

  /**
   * {@code part} of {@code whole} in percent, two decimals at most; {@code "0.0"} of nothing.
   * Display only.
   */
  static String percent(BigDecimal part, BigDecimal whole) {
    return plain(
        whole.signum() == 0
            ? BigDecimal.ZERO
            : part.multiply(HUNDRED).divide(whole, 2, RoundingMode.HALF_UP));
  }

  /** The display form {@code "$1,087.80"}. */
  static String dollars(BigDecimal value) {
    DecimalFormat format =
        new DecimalFormat("$#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }
}
