package io.tieback.sandbox.procore;

import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * A range filter {@code from...to}, both ends within it (section 3); one date or time stands for it
 * and later. Whether the value stands in double quotes is by the switch {@code rangeQuotes}.
 *
 * @param from the first instant, null for no beginning
 * @param to the last instant, null for no end
 */
record Range(Instant from, Instant to) {
  private static final Range EVER = new Range(null, null);

  /** Reads the value of {@code filters[name]}; 400 when it is not a range. */
  static Range of(String value, String name, Switches switches) {
    if (value == null) {
      return EVER;
    }
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    String wanted = switches.choice("rangeQuotes");
    if ((wanted.equals("required") && !quoted) || (wanted.equals("refused") && quoted)) {
      throw wrong(name);
    }
    String[] ends = (quoted ? value.substring(1, value.length() - 1) : value).split("\\.\\.\\.", 2);
    try {
      return new Range(instant(ends[0], false), ends.length == 1 ? null : instant(ends[1], true));
    } catch (DateTimeParseException e) {
      throw wrong(name);
    }
  }

  private static Refusal wrong(String name) {
    return Refusal.field(400, "filters[" + name + "]", "is not a date range");
  }

  private static Instant instant(String text, boolean end) {
    if (text.length() > 10) {
      return OffsetDateTime.parse(text).toInstant();
    }
    LocalDate day = LocalDate.parse(text);
    return end
        ? day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1)
        : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Whether an instant, as shown to the second, is in it. */
  boolean holds(Instant at) {
    Instant shown = at.truncatedTo(ChronoUnit.SECONDS);
    return (from == null || !shown.isBefore(from.truncatedTo(ChronoUnit.SECONDS)))
        && (to == null || !shown.isAfter(to));
  }
}
