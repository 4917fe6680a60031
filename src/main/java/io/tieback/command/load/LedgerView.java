package io.tieback.command.load;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code prove} reads from the connector's ledger: which states a kill met, and what is not
 * finished in the end.
 */
final class LedgerView {

  private static final int ALL = 100_000;

  /** States in which a payment rests; in any other one something is still to be done. */
  private static final Set<String> RESTING =
      Set.of("known", "flagged", "zeroed", "removed", "replaced", "cancelled", "ignored");

  private static final List<String> OPEN_REQUESTS =
      List.of("received", "reading", "staged", "parked", "unrecognised", "dead");

  private final Ledger ledger;
  private final ConnectionId connection;

  LedgerView(Ledger ledger, ConnectionId connection) {
    this.ledger = ledger;
    this.connection = connection;
  }

  /**
   * What a kill met.
   *
   * @param bills invoices that are not acknowledged, by state
   * @param payments payments that do not rest, by state
   */
  record Met(Map<String, Long> bills, Map<String, Long> payments) {

    /** Whether documents were planned or sent: the kill came in the middle of writing. */
    boolean writing() {
      return bills.getOrDefault("planned", 0L) + bills.getOrDefault("sent", 0L) > 0;
    }
  }

  /** The states at this moment. */
  Met met() {
    Map<String, Long> bills = new TreeMap<>();
    ledger
        .workItems()
        .countByState(connection)
        .forEach(
            (state, many) -> {
              if (state != ItemState.ACKNOWLEDGED) {
                bills.put(state.name().toLowerCase(Locale.ROOT), many);
              }
            });
    Map<String, Long> payments = new TreeMap<>();
    payments().stream()
        .filter(p -> !RESTING.contains(p.state()))
        .forEach(p -> payments.merge(p.state(), 1L, Long::sum));
    return new Met(bills, payments);
  }

  /** Whether payments come back already: what is paid before stays out. */
  boolean paymentsSwitchedOn() {
    return ledger.payments().switchedOnAt(connection).isPresent();
  }

  /** Asks for payments to be read at the next tick. */
  void askForPayments() {
    ledger.connections().requestPaymentSync(connection);
  }

  /** Every payment that the ledger knows, but for those that stood before the switch-on. */
  List<PaymentRow> payments() {
    return ledger.payments().list(connection, List.of(), 0, ALL);
  }

  /** How many invoices are acknowledged. */
  long acknowledged() {
    return ledger.workItems().countByState(connection).getOrDefault(ItemState.ACKNOWLEDGED, 0L);
  }

  /** Whatever is not finished, in words. */
  List<String> stuck() {
    List<String> stuck = new ArrayList<>();
    ledger.workItems().all(connection, 0, ALL).stream()
        .filter(item -> item.state() != ItemState.ACKNOWLEDGED)
        .forEach(
            item ->
                stuck.add(
                    "invoice "
                        + item.procoreId()
                        + " is "
                        + item.state().name().toLowerCase(Locale.ROOT)
                        + why(item.failureMessage())));
    payments().stream()
        .filter(p -> !RESTING.contains(p.state()))
        .forEach(
            p ->
                stuck.add(
                    "payment " + p.erpPaymentId() + " is " + p.state() + why(p.failureMessage())));
    for (String state : OPEN_REQUESTS) {
      ledger
          .erpRequests()
          .inState(connection, state, ALL)
          .forEach(
              r ->
                  stuck.add(
                      "ERP request " + r.requestId() + " is " + state + why(r.failureMessage())));
    }
    ledger
        .writeJournal()
        .open(connection)
        .forEach(batch -> stuck.add("batch " + batch + " is not closed"));
    return stuck;
  }

  private static String why(String message) {
    return message == null ? "" : " (" + message + ")";
  }
}
