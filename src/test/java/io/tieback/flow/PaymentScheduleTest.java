package io.tieback.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GEN-SCH-01: exactly five values, by the company's own clock. */
class PaymentScheduleTest {

  private static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
  private static final int FIVE = 5;

  @ParameterizedTest(name = "{0}: read at {1}, now {2}: due {3}")
  @CsvSource({
    "Hourly,        2026-06-10T10:00:00, 2026-06-10T10:59:59, false",
    "Hourly,        2026-06-10T10:59:59, 2026-06-10T11:00:00, true",
    "Every 2 Hours, 2026-06-10T10:00:10, 2026-06-10T11:59:59, false",
    "Every 2 Hours, 2026-06-10T11:59:59, 2026-06-10T12:00:00, true",
    "Every 4 Hours, 2026-06-10T08:00:10, 2026-06-10T11:59:59, false",
    "Every 4 Hours, 2026-06-10T11:00:00, 2026-06-10T12:00:00, true",
    "Daily,         2026-06-10T05:00:10, 2026-06-11T04:59:59, false",
    "Daily,         2026-06-10T05:00:10, 2026-06-11T05:00:00, true",
    "Daily,         2026-06-10T04:59:59, 2026-06-10T05:00:00, true",
    "Never,         2020-01-01T00:00:00, 2026-06-10T12:00:00, false",
  })
  @DisplayName("GEN-SCH-01: Hourly, Every 2 Hours, Every 4 Hours, Daily and Never")
  void fiveValues(String schedule, LocalDateTime read, LocalDateTime now, boolean due) {
    assertThat(
            PaymentSchedule.isDue(
                schedule, read.atZone(LOS_ANGELES).toInstant(), now.atZone(LOS_ANGELES), FIVE))
        .isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    "Hourly,true",
    "Every 2 Hours,true",
    "Every 4 Hours,true",
    "Daily,true",
    "Never,false"
  })
  @DisplayName("GEN-SCH-01: what was never read is due at once, but for Never")
  void neverRead(String schedule, boolean due) {
    assertThat(
            PaymentSchedule.isDue(
                schedule, null, ZonedDateTime.of(2026, 6, 10, 11, 17, 0, 0, LOS_ANGELES), FIVE))
        .isEqualTo(due);
  }

  @Test
  @DisplayName("GEN-SCH-01: there is no sixth value")
  void noSixth() {
    ZonedDateTime now = ZonedDateTime.of(2026, 6, 10, 11, 17, 0, 0, LOS_ANGELES);
    assertThatThrownBy(() -> PaymentSchedule.isDue("Weekly", null, now, FIVE))
        .hasMessageContaining("Weekly")
        .hasMessageContaining("GEN-SCH-01");
  }

  @Test
  @DisplayName(
      "The same moment is due in one company's zone and not in another's, half-hour zones included")
  void companyZone() {
    Instant read = Instant.parse("2026-06-10T11:10:00Z");
    Instant now = Instant.parse("2026-06-10T11:40:00Z");
    assertThat(PaymentSchedule.isDue("Hourly", read, now.atZone(KOLKATA), FIVE))
        .as("17:10 there")
        .isTrue();
    assertThat(PaymentSchedule.isDue("Hourly", read, now.atZone(LOS_ANGELES), FIVE))
        .as("04:40 there")
        .isFalse();
    assertThat(
            PaymentSchedule.isDue(
                "Daily", read, Instant.parse("2026-06-10T12:00:00Z").atZone(LOS_ANGELES), FIVE))
        .as("05:00 there")
        .isTrue();
    assertThat(
            PaymentSchedule.isDue(
                "Daily", read, Instant.parse("2026-06-10T12:00:00Z").atZone(KOLKATA), FIVE))
        .isFalse();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Hourly,        2026-11-01, 25",
    "Every 2 Hours, 2026-11-01, 12",
    "Every 4 Hours, 2026-11-01, 6",
    "Daily,         2026-11-01, 1",
    "Hourly,        2026-03-08, 23",
    "Every 2 Hours, 2026-03-08, 12",
    "Every 4 Hours, 2026-03-08, 6",
    "Daily,         2026-03-08, 1",
    "Never,         2026-11-01, 0",
  })
  @DisplayName("On the days when the clocks change nothing is read too often or left out")
  void daylightSaving(String schedule, LocalDate day, int readings) {
    assertThat(readingsOf(schedule, day, FIVE)).hasSize(readings);
  }

  @Test
  @DisplayName(
      "A daily hour that the change of clocks leaves out is served at the next hour, one that comes"
          + " twice is served once")
  void dailyHourInTheChange() {
    assertThat(readingsOf("Daily", LocalDate.of(2026, 3, 8), 2))
        .containsExactly(Instant.parse("2026-03-08T10:00:00Z"));
    assertThat(readingsOf("Daily", LocalDate.of(2026, 11, 1), 1))
        .containsExactly(Instant.parse("2026-11-01T08:00:00Z"));
  }

  /**
   * Lets a day pass minute by minute, from a reading just before it; gives the moments at which it
   * was due.
   */
  private static List<Instant> readingsOf(String schedule, LocalDate day, int dailyHour) {
    Instant from = day.atStartOfDay(LOS_ANGELES).toInstant();
    Instant to = day.plusDays(1).atStartOfDay(LOS_ANGELES).toInstant();
    Instant read = from.minusSeconds(1);
    List<Instant> readings = new ArrayList<>();
    for (Instant now = from; now.isBefore(to); now = now.plus(Duration.ofMinutes(1))) {
      if (PaymentSchedule.isDue(schedule, read, now.atZone(LOS_ANGELES), dailyHour)) {
        readings.add(now);
        read = now;
      }
    }
    return readings;
  }
}
