package io.tieback.platform;

import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** The types that settings have. Each says in plain words what is allowed. */
public final class ValueTypes {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private ValueTypes() {}

  /** Any text of one line. */
  public static ValueType<String> text() {
    return new ValueType<>("a text", written -> written);
  }

  /** A text of a given form. */
  public static ValueType<String> text(String allowed, String form) {
    Pattern pattern = Pattern.compile(form);
    return new ValueType<>(allowed, written -> matching(pattern, written));
  }

  /** When something happens, in the six or seven fields of Quartz. */
  public static ValueType<String> cron() {
    return new ValueType<>(
        "a Quartz cron expression",
        written -> {
          try {
            return new CronExpression(written).getCronExpression();
          } catch (ParseException e) {
            throw new IllegalArgumentException(e);
          }
        });
  }

  /** One of the values listed, written exactly so. */
  public static ValueType<String> oneOf(String... choices) {
    List<String> all = List.of(choices);
    return new ValueType<>(
        "one of " + String.join(", ", all), all, written -> contained(all, written));
  }

  /** {@code true} or {@code false}. */
  public static ValueType<Boolean> trueOrFalse() {
    List<String> all = List.of("true", "false");
    return new ValueType<>(
        "true or false", all, written -> Boolean.valueOf(contained(all, written)));
  }

  /** A whole number within limits, both included. */
  public static ValueType<Integer> wholeNumber(int lowest, int highest) {
    return new ValueType<>(
        "a whole number from " + lowest + " to " + highest,
        written -> {
          int number = Integer.parseInt(written);
          if (number < lowest || number > highest) {
            throw new IllegalArgumentException("out of range");
          }
          return number;
        });
  }

  /** A positive id of up to 18 digits, as Procore numbers its companies and projects. */
  public static ValueType<Long> id() {
    Pattern digits = Pattern.compile("[1-9][0-9]{0,17}");
    return new ValueType<>(
        "a Procore id (digits only)", written -> Long.valueOf(matching(digits, written)));
  }

  /**
   * A period within limits, written as ISO 8601 has it: {@code PT30S}, {@code PT2M}, {@code P7D}.
   */
  public static ValueType<Duration> period(Duration shortest, Duration longest) {
    return new ValueType<>(
        "a period from " + shortest + " to " + longest + " in ISO 8601 form (PT30S, PT2M, P7D)",
        written -> {
          Duration period = Duration.parse(written);
          if (period.compareTo(shortest) < 0 || period.compareTo(longest) > 0) {
            throw new IllegalArgumentException("out of range");
          }
          return period;
        });
  }

  /** A date, {@code 2026-01-31}. */
  public static ValueType<LocalDate> date() {
    return new ValueType<>("a date as YYYY-MM-DD", LocalDate::parse);
  }

  /** A time of day on the full hour, {@code 05:00}: the payment schedule ticks once an hour. */
  public static ValueType<LocalTime> fullHour() {
    Pattern form = Pattern.compile("([01][0-9]|2[0-3]):00");
    return new ValueType<>(
        "a full hour from 00:00 to 23:00", written -> LocalTime.parse(matching(form, written)));
  }

  /** A time zone by its name in the tz database. */
  public static ValueType<ZoneId> timeZone() {
    return new ValueType<>(
        "a time zone such as America/Chicago or UTC",
        written -> {
          if (!ZoneId.getAvailableZoneIds().contains(written)) {
            throw new IllegalArgumentException("unknown zone");
          }
          return ZoneId.of(written);
        });
  }

  /** A currency by its ISO 4217 code. */
  public static ValueType<Currency> currency() {
    return new ValueType<>("a currency code of ISO 4217 such as USD", Currency::getInstance);
  }

  /**
   * An address of a web service: {@code https}, or {@code http} on this machine only (tokens would
   * otherwise cross the network in clear).
   */
  public static ValueType<URI> serviceAddress() {
    return new ValueType<>(
        "an https:// address without query (http:// is allowed for this machine only)",
        written -> {
          URI address = URI.create(written);
          String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
          boolean safe =
              "https".equals(scheme)
                  || ("http".equals(scheme)
                      && LOOPBACK.contains(String.valueOf(address.getHost())));
          if (!safe || address.getHost() == null || address.getQuery() != null) {
            throw new IllegalArgumentException("not such an address");
          }
          return withoutSlash(address);
        });
  }

  /** A folder or file. */
  public static ValueType<Path> path() {
    return new ValueType<>("a path", Path::of);
  }

  /** A list separated by commas, each of a given form, without repetitions. */
  public static ValueType<List<String>> list(String allowed, String form) {
    Pattern pattern = Pattern.compile(form);
    return new ValueType<>(
        allowed,
        written -> {
          List<String> parts = Arrays.stream(written.split(",", -1)).map(String::trim).toList();
          parts.forEach(part -> matching(pattern, part));
          if (Set.copyOf(parts).size() != parts.size()) {
            throw new IllegalArgumentException("repeated");
          }
          return parts;
        });
  }

  private static URI withoutSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
  }

  private static String matching(Pattern form, String written) {
    if (!form.matcher(written).matches()) {
      throw new IllegalArgumentException("other form");
    }
    return written;
  }

  private static String contained(List<String> all, String written) {
    if (!all.contains(written)) {
      throw new IllegalArgumentException("not listed");
    }
    return written;
  }
}
