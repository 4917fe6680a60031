package io.tieback.construction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells orders and changes of orders apart in the journal, {@code
 * <connection>.<entity>.<Procore id>}, and what finds the lines of a change order again on an order
 * (docs/decisions/0016).
 */
public final class OrderMarker {

  private static final Pattern ON_LINE = Pattern.compile("\\[Procore CCO ([1-9]\\d{0,17})]");

  private OrderMarker() {}

  /** The marker of a record. */
  public static String of(ConnectionId connection, String entity, long procoreId) {
    return connection.value() + "." + entity + "." + procoreId;
  }

  /** The text of a line that a change order adds; ends with what finds it again. */
  public static String onLine(String number, String words, long changeOrderId) {
    return "CCO " + number + ": " + words + " [Procore CCO " + changeOrderId + "]";
  }

  /** The change order that a line of an order comes from; empty for every other line. */
  public static Optional<Long> ofLine(String description) {
    Matcher found = ON_LINE.matcher(description == null ? "" : description);
    return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
  }

  /** The text of such a line as it would be if somebody had taken off what finds it again. */
  public static String without(String description) {
    return description == null ? "" : ON_LINE.matcher(description).replaceAll("").strip();
  }
}
