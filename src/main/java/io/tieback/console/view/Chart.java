package io.tieback.console.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A small chart, calculated whole for the macros of {@code parts/charts}.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param bars its bars
 * @param points its line
 * @param words what it shows, for those who do not see it
 */
public record Chart(int width, int height, List<Bar> bars, String points, String words) {

  private static final int HEIGHT = 40;
  private static final int STEP = 10;

  /**
   * A value of the series.
   *
   * @param label what it is of, such as a day
   * @param value how much
   */
  public record Value(String label, BigDecimal value) {}

  /** A bar as it is drawn. */
  public record Bar(String x, String y, String width, String height, String label, String value) {}

  /** The chart of a series of values of 0 and more, in the reader's way of writing. */
  public static Chart of(List<Value> series, Formats formats) {
    BigDecimal highest = series.stream().map(Value::value).reduce(BigDecimal.ONE, BigDecimal::max);
    List<Bar> bars = new ArrayList<>();
    List<String> points = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      Value one = series.get(i);
      BigDecimal tall =
          one.value()
              .max(BigDecimal.ZERO)
              .multiply(BigDecimal.valueOf(HEIGHT - 2L))
              .divide(highest, 2, RoundingMode.HALF_UP);
      BigDecimal top = BigDecimal.valueOf(HEIGHT).subtract(tall);
      String written = formats.quantity(one.value());
      bars.add(
          new Bar(
              Integer.toString(i * STEP + 1),
              top.toPlainString(),
              Integer.toString(STEP - 2),
              tall.toPlainString(),
              one.label(),
              written));
      points.add((i * STEP + STEP / 2) + "," + top.toPlainString());
      words.add(one.label() + " " + written);
    }
    return new Chart(
        Math.max(STEP, series.size() * STEP),
        HEIGHT,
        List.copyOf(bars),
        String.join(" ", points),
        String.join(", ", words));
  }
}
