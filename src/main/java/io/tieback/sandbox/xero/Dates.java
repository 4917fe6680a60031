package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates on the wire (reference section 1.1). */
final class Dates {
  private static final Pattern EPOCH = Pattern.compile("/Date\\((-?\\d+)([+-]\\d{4})?\\)/");
  private static final Pattern DAY =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?)?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter SEVEN_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS");
  private static final DateTimeFormatter LONG_DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("UTC", "UTC"),
          Map.entry("GMTSTANDARDTIME", "Europe/London"),
          Map.entry("EASTERNSTANDARDTIME", "America/New_York"),
          Map.entry("CENTRALSTANDARDTIME", "America/Chicago"),
          Map.entry("MOUNTAINSTANDARDTIME", "America/Denver"),
          Map.entry("USMOUNTAINSTANDARDTIME", "America/Phoenix"),
          Map.entry("PACIFICSTANDARDTIME", "America/Los_Angeles"),
          Map.entry("ALASKANSTANDARDTIME", "America/Anchorage"),
          Map.entry("HAWAIIANSTANDARDTIME", "Pacific/Honolulu"),
          Map.entry("NEWZEALANDSTANDARDTIME", "Pacific/Auckland"),
          Map.entry("AUSEASTERNSTANDARDTIME", "Australia/Sydney"));

  private Dates() {}

  /** The organisation's zone by Xero's name of it. */
  static ZoneId zone(String name) {
    String zone = ZONES.get(name);
    if (zone == null) {
      throw new IllegalArgumentException(
          "timezone: \"" + name + "\" is none of " + ZONES.keySet() + ".");
    }
    return ZoneId.of(zone);
  }

  /** Puts {@code Date} and {@code DateString} twins; nothing when there is no date. */
  static void day(ObjectNode into, String field, LocalDate date) {
    if (date != null) {
      into.put(field + "String", date + "T00:00:00");
      dayOnly(into, field, date);
    }
  }

  /** Puts midnight UTC of that day, without the twin. */
  static void dayOnly(ObjectNode into, String field, LocalDate date) {
    if (date != null) {
      raw(into, field, date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() + "+0000");
    }
  }

  /** Puts a time stamp. */
  static void instant(ObjectNode into, String field, Instant at) {
    raw(into, field, at.toEpochMilli() + "+0000");
  }

  /** Puts the envelope's time stamp, which has no zone. */
  static void bare(ObjectNode into, String field, Instant at) {
    raw(into, field, Long.toString(at.toEpochMilli()));
  }

  /** The ISO twin with Z. */
  static String iso(Instant at) {
    return SECONDS.format(at.atOffset(ZoneOffset.UTC)) + "Z";
  }

  /** ISO with seven digits of fraction and no zone, as {@code /connections} has it. */
  static String sevenDigits(Instant at) {
    return SEVEN_DIGITS.format(at.atOffset(ZoneOffset.UTC));
  }

  /** "31 December 2025". */
  static String spoken(LocalDate date) {
    return LONG_DAY.format(date);
  }

  private static void raw(ObjectNode into, String field, String inside) {
    into.putRawValue(field, new RawValue("\"\\/Date(" + inside + ")\\/\""));
  }

  /**
   * A calendar date out of a request: ISO date, ISO date and time, or {@code /Date(ms)/}; null when
   * it is neither.
   */
  static LocalDate readDay(String text) {
    try {
      Matcher epoch = EPOCH.matcher(text);
      if (epoch.matches()) {
        return Instant.ofEpochMilli(Long.parseLong(epoch.group(1)))
            .atOffset(ZoneOffset.UTC)
            .toLocalDate();
      }
      Matcher day = DAY.matcher(text);
      return day.matches() ? LocalDate.parse(day.group(1)) : null;
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  /**
   * The {@code If-Modified-Since} header, to the second: RFC 3339, the same without zone (UTC), or
   * RFC 1123; null when it is none.
   */
  static Instant readSince(String text) {
    Instant at = readInstant(text);
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant readInstant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException noZone) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException noIso) {
        try {
          return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
        } catch (DateTimeException none) {
          return null;
        }
      }
    }
  }
}
