package io.tieback.sandbox.procore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Procore's dates and timestamps. */
final class Times {
  private Times() {}

  /** ISO 8601 UTC to the second. */
  static String utc(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The UTC day. */
  static String day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /**
   * A date as Procore reads it: an ISO date, or the day of an ISO timestamp; anything else is null
   * without an error.
   */
  static LocalDate lenient(String text) {
    if (text == null || text.length() < 10 || (text.length() > 10 && text.charAt(10) != 'T')) {
      return null;
    }
    try {
      return LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
