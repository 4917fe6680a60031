package io.tieback.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as people of the company read them. */
final class Moment {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private Moment() {}

  /** Day and time in the zone, and which zone that is. */
  static String in(ZoneId zone, Instant moment) {
    return clock(zone, moment) + " (" + zone + ")";
  }

  /** Day and time in the zone, where the zone is said elsewhere. */
  static String clock(ZoneId zone, Instant moment) {
    return CLOCK.format(moment.atZone(zone));
  }
}
