package io.tieback.flow.door;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Cursors;
import io.tieback.ledger.Ledger;
import java.time.Instant;
import java.util.Map;

/**
 * What people want to be read now and not by schedule (GEN-SCH-05, GEN-PERM-08). The wish is kept;
 * whichever node looks next reads.
 */
public final class SyncNow {

  private final Ledger ledger;

  /** Wires it. */
  public SyncNow(Ledger ledger) {
    this.ledger = ledger;
  }

  /** What can be read now. */
  public enum What {
    /** Payments of exported bills. */
    PAYMENTS,
    /** Job costs. */
    COSTS,
    /** Companies, projects and everything else that Tieback's own door reads. */
    RECORDS
  }

  /** Keeps the wish. */
  public void request(ConnectionId connection, What what, String who) {
    ledger.together(
        () -> {
          switch (what) {
            case PAYMENTS -> ledger.connections().requestPaymentSync(connection);
            case COSTS -> ledger.connections().requestCostSync(connection);
            case RECORDS -> records(connection);
          }
          ledger
              .audit()
              .append(
                  who,
                  connection,
                  "sync now",
                  "connection " + connection,
                  Map.of("what", what.name().toLowerCase(java.util.Locale.ROOT)));
          return null;
        });
  }

  private void records(ConnectionId connection) {
    ledger.doorReadings().wanted(connection, TiebackDoor.TURN);
    String before = ledger.cursors().get(connection, DoorImports.CURSOR).orElse(null);
    if (before != null) {
      try {
        ledger
            .cursors()
            .advance(connection, DoorImports.CURSOR, before, Instant.EPOCH.toString(), () -> {});
      } catch (Cursors.CursorMoved read) {
        // Another node has just read them: that is what was wanted.
        return;
      }
    }
  }
}
