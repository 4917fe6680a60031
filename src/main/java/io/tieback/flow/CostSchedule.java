package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Connections;
import io.tieback.ledger.Ledger;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * When job costs are read: by the setting {@code costs.schedule}, daily by default (XR-CFG-04,
 * C-03), and at once where somebody asked for it (GEN-SCH-05).
 */
public final class CostSchedule {

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final Clock clock;

  /** Wires it. */
  public CostSchedule(Ledger ledger, ConnectionRooms rooms, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.clock = clock;
  }

  /** The connections whose schedule says that their job costs have to be read now. */
  public List<ConnectionId> due() {
    return rooms.all().stream().filter(this::isDue).map(ConnectionRoom::id).toList();
  }

  /** The connections for which somebody wants costs to be read now; each wish is served once. */
  public List<ConnectionId> requested() {
    return rooms.all().stream()
        .map(ConnectionRoom::id)
        .filter(id -> ledger.connections().takeCostSyncRequest(id))
        .toList();
  }

  private boolean isDue(ConnectionRoom room) {
    Connections.Connection state = ledger.connections().get(room.id()).orElseThrow();
    ZonedDateTime now = clock.instant().atZone(room.zone());
    return state.pausedAt() == null
        && PaymentSchedule.isDue(
            room.costs().schedule(), state.costsReadAt(), now, room.costs().dailyHour());
  }
}
