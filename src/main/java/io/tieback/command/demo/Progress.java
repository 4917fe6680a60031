package io.tieback.command.demo;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.WorkItem;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what happens as it happens: each record, its way, its amount. */
final class Progress {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int PAGE = 1000;

  private final Ledger ledger;
  private final ConnectionId connection;
  private final PrintWriter out;
  private final Map<Long, Integer> told = new HashMap<>();
  private final Map<Long, String> payments = new HashMap<>();

  /** Tells of one connection. */
  Progress(Ledger ledger, ConnectionId connection, PrintWriter out) {
    this.ledger = ledger;
    this.connection = connection;
    this.out = out;
  }

  /** Prints what is new since the last look. */
  void look() {
    for (WorkItem item : ledger.workItems().all(connection, 0, PAGE)) {
      List<WorkItem.Change> history = ledger.workItems().history(item.id());
      for (WorkItem.Change change :
          history.subList(told.getOrDefault(item.id(), 0), history.size())) {
        String from =
            change.from() == null
                ? ""
                : change.from().name().toLowerCase(java.util.Locale.ROOT) + " -> ";
        say(
            "invoice " + (item.number() == null ? item.procoreId() : item.number()),
            from + change.to().name().toLowerCase(java.util.Locale.ROOT),
            item.amount() == null ? "" : item.amount().toString(),
            change.reason());
      }
      told.put(item.id(), history.size());
    }
    for (PaymentRow row : ledger.payments().list(connection, List.of(), 0, PAGE)) {
      if (!row.state().equals(payments.put(row.id(), row.state()))) {
        say(
            "payment of " + row.date(),
            row.state(),
            row.amount().toString(),
            row.procorePaymentId() == null ? "" : "contract payment " + row.procorePaymentId());
      }
    }
    out.flush();
  }

  private void say(String what, String way, String amount, String why) {
    out.printf("%s  %-22s %-26s %12s  %s%n", LocalTime.now().format(TIME), what, way, amount, why);
  }
}
