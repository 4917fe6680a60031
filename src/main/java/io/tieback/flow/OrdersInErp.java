package io.tieback.flow;

import io.tieback.construction.BookedOrder;
import io.tieback.construction.BookedOrder.State;
import io.tieback.erp.OrdersReading;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.WorkItem;
import io.tieback.notice.Notifier;
import io.tieback.procore.ErpEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Procore asks for commitments or change orders of the ERP. They are made in Procore and go out
 * only: what the ERP holds besides is named to the approver, and nothing is staged.
 */
public final class OrdersInErp implements EventDeed {

  private static final int PAGE = 500;
  private static final int MOST_NAMED = 20;

  private final Ledger ledger;
  private final Notifier notifier;

  /** Wires it. */
  public OrdersInErp(Ledger ledger, Notifier notifier) {
    this.ledger = ledger;
    this.notifier = notifier;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of("sync_commitments", "sync_commitment_change_orders");
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    String erp = room.erp().capabilities().displayName();
    OrdersReading reading = room.erp().readOrders();
    Set<String> ours = ours(room);
    List<BookedOrder> others =
        reading.orders().stream()
            .filter(order -> order.state() == State.OPEN && !ours.contains(order.erpId()))
            .toList();
    String message =
        others.isEmpty()
            ? "Every open purchase order in " + erp + " belongs to a commitment or change order."
            : erp
                + " has "
                + others.size()
                + " open purchase order(s) that no commitment or change order became: "
                + others.stream()
                    .limit(MOST_NAMED)
                    .map(OrdersInErp::inWords)
                    .collect(Collectors.joining(", "))
                + (others.size() > MOST_NAMED
                    ? " and " + (others.size() - MOST_NAMED) + " more"
                    : "")
                + ". Commitments and change orders are made in Procore and are not brought from "
                + erp
                + ".";
    if (!others.isEmpty()) {
      // Procore shows messages of failures only; whoever asked reads this one as a mail.
      notifier.remark(
          room.id(),
          "a purchase order that no commitment became",
          message,
          "Make them as commitments in Procore, or leave them.",
          "orders " + event.requestId());
    }
    return Outcome.done(message, reading.calls());
  }

  private static String inWords(BookedOrder order) {
    return order.number() + " (" + order.supplier() + ", " + order.total() + ")";
  }

  /** Keys of the orders that records became; a change order's key begins with its order's. */
  private Set<String> ours(ConnectionRoom room) {
    Set<String> keys = new HashSet<>();
    long after = 0;
    while (true) {
      List<WorkItem> page = ledger.workItems().all(room.id(), after, PAGE);
      for (WorkItem item : page) {
        if (item.erpId() != null) {
          keys.add(item.erpId().replaceAll("\\|.*$", ""));
        }
        after = item.id();
      }
      if (page.size() < PAGE) {
        return keys;
      }
    }
  }
}
