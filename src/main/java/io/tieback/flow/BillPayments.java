package io.tieback.flow;

import io.tieback.construction.BillPayment;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.PaymentReading;
import io.tieback.ledger.Cursors;
import io.tieback.ledger.DeletionPolicy;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentJournal;
import io.tieback.ledger.PaymentRow;
import io.tieback.notice.Notifier;
import io.tieback.wire.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading the way back (design section 4): what changed among payments is matched with exported
 * bills and recorded together with the cursor.
 */
public final class BillPayments {

  private static final Logger LOG = LoggerFactory.getLogger(BillPayments.class);
  private static final String CURSOR = "bill-payments";
  private static final String BEGUN = "tiebackPaymentReading";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Notifier notifier;

  /** Wires it. */
  public BillPayments(
      Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch, Notifier notifier) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.notifier = notifier;
  }

  /** Which connection a reading is of, and where it began. */
  private record Begun(ConnectionId connection, String cursor) {}

  /** What a reading came to, for people. */
  public record Report(
      ConnectionId connection, int calls, PaymentJournal.Recorded recorded, boolean switchedOn) {}

  /**
   * Reads what changed; the body goes from the connection to the {@link PaymentReading}. A failure
   * leaves everything as it is.
   */
  public void read(Exchange exchange) {
    ConnectionId connection = exchange.getMessage().getBody(ConnectionId.class);
    Begun begun = new Begun(connection, ledger.cursors().get(connection, CURSOR).orElse(null));
    exchange.setProperty(BEGUN, begun);
    exchange.getMessage().setBody(read(begun));
  }

  /** Records what was read and moves the cursor; the body becomes the {@link Report}. */
  public void record(Exchange exchange) {
    Begun begun = exchange.getProperty(BEGUN, Begun.class);
    exchange
        .getMessage()
        .setBody(record(begun, exchange.getMessage().getBody(PaymentReading.class), "schedule"));
  }

  /** Reads and records one connection now, as {@code tieback sync payments} does. */
  public Report sync(ConnectionId connection, String who) {
    Begun begun = new Begun(connection, ledger.cursors().get(connection, CURSOR).orElse(null));
    return record(begun, read(begun), who);
  }

  private PaymentReading read(Begun begun) {
    try {
      return rooms.of(begun.connection()).erp().readPayments(begun.cursor());
    } catch (Failure failure) {
      watch.noticed(begun.connection(), failure);
      throw failure;
    }
  }

  private Report record(Begun begun, PaymentReading reading, String who) {
    ConnectionId connection = begun.connection();
    ConnectionRoom room = rooms.of(connection);
    Recording recording = new Recording();
    try {
      // Everything inside the cursor's transaction, and so after its lock: two nodes that switch on
      // and record at the same moment wait for each other in one order.
      ledger
          .cursors()
          .advance(
              connection,
              CURSOR,
              begun.cursor(),
              reading.nextCursor(),
              () -> {
                if (ledger.payments().switchedOnAt(connection).isEmpty()) {
                  recording.switchedOn =
                      ledger.payments().switchOn(connection, existing(reading, room), who);
                }
                recording.recorded =
                    ledger.payments().record(connection, journal(reading), policy(room));
                tellOfDeleted(connection);
              });
    } catch (Cursors.CursorMoved moved) {
      // Another node, or a command, was faster with the same reading: what it recorded counts.
      LOG.debug("another reading was recorded meanwhile connection='{}'", connection);
      return new Report(
          connection, reading.calls(), new PaymentJournal.Recorded(0, 0, 0, 0, 0), false);
    }
    ledger.connections().paymentsRead(connection);
    PaymentJournal.Recorded result = recording.recorded;
    if (result.added() + result.changed() + result.deleted() + result.replaced() > 0) {
      LOG.info(
          "payments read connection='{}' new='{}' changed='{}' deleted='{}' replaced='{}'"
              + " calls='{}'",
          connection,
          result.added(),
          result.changed(),
          result.deleted(),
          result.replaced(),
          reading.calls());
    }
    return new Report(connection, reading.calls(), result, recording.switchedOn);
  }

  /** What happened inside the transaction. */
  private static final class Recording {
    private PaymentJournal.Recorded recorded;
    private boolean switchedOn;
  }

  /**
   * What stood before the switch-on stays out (GEN-PAY-09), but for what the back-fill date lets
   * in.
   */
  private static List<String> existing(PaymentReading reading, ConnectionRoom room) {
    return reading.payments().stream()
        .filter(
            p ->
                room.payments().backFillFrom() == null
                    || p.date().isBefore(room.payments().backFillFrom()))
        .map(BillPayment::erpPaymentId)
        .toList();
  }

  private static PaymentJournal.Reading journal(PaymentReading reading) {
    Map<String, Set<String>> live =
        reading.bills().stream()
            .collect(
                Collectors.toMap(
                    PaymentReading.BillState::billId,
                    PaymentReading.BillState::livePayments,
                    (a, b) -> b));
    return new PaymentJournal.Reading(reading.payments(), live, reading.batches());
  }

  private static DeletionPolicy policy(ConnectionRoom room) {
    return DeletionPolicy.valueOf(room.payments().deleted().toUpperCase(Locale.ROOT));
  }

  private void tellOfDeleted(ConnectionId connection) {
    for (PaymentRow row : ledger.payments().takeFlagged(connection)) {
      LOG.warn(
          "payment deleted in the ERP connection='{}' payment='{}' amount='{}'",
          connection,
          row.erpPaymentId(),
          row.amount());
      notifier.paymentDeleted(
          connection, row.erpPaymentId(), row.date(), row.amount(), row.procorePaymentId());
    }
  }

  /**
   * Switches payments on for connections where they are not yet, so that what is paid from now on
   * comes back.
   */
  public void switchOnWhereNeeded() {
    for (ConnectionRoom room : rooms.all()) {
      boolean wanted =
          ledger
              .connections()
              .get(room.id())
              .map(c -> c.pausedAt() == null && !c.paymentSchedule().equals("Never"))
              .orElse(false);
      Optional<String> cursor = ledger.cursors().get(room.id(), CURSOR);
      if (wanted && cursor.isEmpty() && ledger.payments().switchedOnAt(room.id()).isEmpty()) {
        sync(room.id(), "start");
      }
    }
  }
}
