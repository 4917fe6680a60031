package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Connections;
import io.tieback.ledger.Ledger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * When payments are read (GEN-SCH-01: Hourly, Every 2 Hours, Every 4 Hours, Daily, Never). The
 * value is in the ledger, so it can be changed while running (docs/decisions/0007); a tick asks
 * which connections are due. Someone who asks for a reading now need not wait for it (GEN-SCH-05).
 */
public final class PaymentSchedule {

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final Clock clock;

  /** Wires it. */
  public PaymentSchedule(Ledger ledger, ConnectionRooms rooms, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.clock = clock;
  }

  /**
   * The connections whose schedule says that their payments have to be read now. The first reading,
   * which switches payments on, is {@link Housekeeping}'s.
   */
  public List<ConnectionId> due() {
    List<ConnectionId> due = new ArrayList<>();
    for (ConnectionRoom room : rooms.all()) {
      Connections.Connection state = ledger.connections().get(room.id()).orElseThrow();
      if (state.pausedAt() == null && state.paymentsSwitchedOnAt() != null && isDue(state, room)) {
        due.add(room.id());
      }
    }
    return due;
  }

  /** The connections for which somebody wants payments to be read now; each wish is served once. */
  public List<ConnectionId> requested() {
    return rooms.all().stream()
        .map(ConnectionRoom::id)
        .filter(id -> ledger.connections().takePaymentSyncRequest(id))
        .toList();
  }

  private boolean isDue(Connections.Connection state, ConnectionRoom room) {
    ZonedDateTime now = clock.instant().atZone(room.zone());
    return isDue(state.paymentSchedule(), state.paymentsReadAt(), now, room.payments().dailyHour());
  }

  /**
   * Whether a schedule is due: its latest full hour lies after the last reading.
   *
   * @param schedule one of the five values
   * @param lastRead when payments were read last, or null for never
   * @param now the present moment in the company's zone
   * @param dailyHour hour of the day for Daily
   */
  static boolean isDue(String schedule, Instant lastRead, ZonedDateTime now, int dailyHour) {
    ZonedDateTime hour = now.truncatedTo(ChronoUnit.HOURS);
    ZonedDateTime latest =
        switch (schedule) {
          case "Hourly" -> hour;
          case "Every 2 Hours" -> every(2, now);
          case "Every 4 Hours" -> every(4, now);
          case "Daily" -> daily(now, dailyHour);
          case "Never" -> null;
          default ->
              throw new IllegalStateException(
                  "payment schedule '" + schedule + "' is none of the five values of GEN-SCH-01");
        };
    return latest != null && (lastRead == null || lastRead.isBefore(latest.toInstant()));
  }

  /**
   * By the clock on the wall: an hour that comes twice in autumn does not make an extra reading,
   * one that is left out in spring makes none late.
   */
  private static ZonedDateTime every(int hours, ZonedDateTime now) {
    return now.toLocalDate().atTime(now.getHour() - now.getHour() % hours, 0).atZone(now.getZone());
  }

  private static ZonedDateTime daily(ZonedDateTime now, int hour) {
    ZonedDateTime today = now.toLocalDate().atTime(hour, 0).atZone(now.getZone());
    return today.isAfter(now)
        ? now.toLocalDate().minusDays(1).atTime(hour, 0).atZone(now.getZone())
        : today;
  }
}
