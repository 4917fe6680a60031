package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * One line of the report.
 *
 * @param name what was measured
 * @param measured the figure
 * @param unit of both figures, such as {@code ms}
 * @param target the bound, or null when there is none
 * @param atLeast whether the bound is a lower one
 */
record BenchFigure(
    String name, BigDecimal measured, String unit, BigDecimal target, boolean atLeast) {

  /** A figure without a target. */
  static BenchFigure of(String name, BigDecimal measured, String unit) {
    return new BenchFigure(name, measured, unit, null, false);
  }

  /** A figure that should not be above. */
  static BenchFigure atMost(String name, BigDecimal measured, String unit, String target) {
    return new BenchFigure(name, measured, unit, new BigDecimal(target), false);
  }

  /** A figure that should not be below. */
  static BenchFigure atLeast(String name, BigDecimal measured, String unit, String target) {
    return new BenchFigure(name, measured, unit, new BigDecimal(target), true);
  }

  /** Milliseconds with one decimal. */
  static BigDecimal millis(Duration time) {
    return new BigDecimal(time.toNanos()).movePointLeft(6).setScale(1, RoundingMode.HALF_UP);
  }

  /** Seconds with two decimals. */
  static BigDecimal seconds(Duration time) {
    return new BigDecimal(time.toNanos()).movePointLeft(9).setScale(2, RoundingMode.HALF_UP);
  }

  /** MiB with one decimal. */
  static BigDecimal mebibytes(long bytes) {
    return quotient(BigDecimal.valueOf(bytes), BigDecimal.valueOf(1L << 20), 1);
  }

  /** How many a second, with one decimal. */
  static BigDecimal perSecond(long count, Duration time) {
    return quotient(BigDecimal.valueOf(count), new BigDecimal(time.toNanos()).movePointLeft(9), 1);
  }

  /** One divided by the other, rounded to some decimals; zero when the divisor is. */
  static BigDecimal quotient(BigDecimal one, BigDecimal other, int decimals) {
    return other.signum() == 0
        ? BigDecimal.ZERO
        : one.divide(other, decimals, RoundingMode.HALF_UP);
  }

  /** Whether the target was met; true without one. */
  boolean met() {
    return target == null
        || (atLeast ? measured.compareTo(target) >= 0 : measured.compareTo(target) <= 0);
  }

  /** The target as people write it. */
  String targetText() {
    return target == null ? "" : (atLeast ? ">= " : "<= ") + target.toPlainString();
  }

  /** The line as JSON. */
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("figure", name).put("measured", measured).put("unit", unit);
    if (target != null) {
      json.put("target", targetText()).put("met", met());
    }
    return json;
  }
}
