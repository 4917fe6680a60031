package io.tieback.flow;

import io.tieback.ledger.Connections;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.NodeHold;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regular chores: this node says that it lives, paused connections are tried again, payments are
 * switched on where they are wanted, and hours that are over are counted.
 */
public final class Housekeeping {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final BillPayments payments;
  private final NodeHold name;
  private final Runnable end;
  private final Duration keepPayloads;
  private final SettingsDesk settings;

  /**
   * Wires it.
   *
   * @param name the hold on this node's name
   * @param end ends this process's work, because another one has its name
   * @param keepPayloads how long payloads of finished records are kept
   * @param settings takes up what was changed on another node
   */
  public Housekeeping(
      Ledger ledger,
      ConnectionRooms rooms,
      ConnectionWatch watch,
      BillPayments payments,
      NodeHold name,
      Runnable end,
      Duration keepPayloads,
      SettingsDesk settings) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.payments = payments;
    this.name = name;
    this.end = end;
    this.keepPayloads = keepPayloads;
    this.settings = settings;
  }

  /** One round of chores. */
  public void run() {
    if (!name.stillHeld()) {
      LOG.error(
          "another process runs as this node: this one ends node='{}' remedy='give each its"
              + " node.name'",
          ledger.node());
      end.run();
      return;
    }
    ledger.nodes().alive();
    settings.takeUp();
    ledger.hourFigures().count();
    for (ConnectionRoom room : rooms.all()) {
      tryPaused(room);
    }
    try {
      payments.switchOnWhereNeeded();
    } catch (Failure failure) {
      LOG.info(
          "payments are not switched on yet kind='{}' why='{}'",
          failure.kind(),
          failure.getMessage());
    }
  }

  /** Lets go of payloads that are older than {@code keep.payloads}. */
  public void letGoOfPayloads() {
    long rows = ledger.oldPayloads().letGo(keepPayloads);
    LOG.info("old payloads let go rows='{}' older='{}'", rows, keepPayloads);
  }

  private void tryPaused(ConnectionRoom room) {
    Connections.Connection connection = ledger.connections().get(room.id()).orElseThrow();
    if (connection.pausedAt() == null) {
      watch.quietRound(room.id());
      return;
    }
    try {
      room.client().directory().me();
      room.erp().probe();
      watch.seemsToWork(room.id(), connection.pauseReason());
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.CREDENTIALS) {
        LOG.info(
            "paused connection could not be tried connection='{}' why='{}'",
            room.id(),
            failure.getMessage());
      }
    }
  }
}
