package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.OriginId;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.CommitmentKind;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ERP's keys of the order lines that an invoice bills. In Procore a line of a commitment or
 * change order bears the order and its own id ({@link OrderBooks#rows}); which line of the order
 * that became is what the ledger keeps of the order.
 */
final class OrderLineKeys {

  private OrderLineKeys() {}

  /** By requisition item; no call is made, and nothing is read where bills are not linked. */
  static Map<Long, String> of(Ledger ledger, ConnectionRoom room, SubcontractorInvoice invoice) {
    if (!room.erp().linksBillsToOrders()) {
      return Map.of();
    }
    List<WorkItem> orders = new ArrayList<>();
    for (CommitmentKind kind : CommitmentKind.values()) {
      ledger
          .workItems()
          .find(room.id(), kind.itemType(), invoice.commitmentId())
          .ifPresent(orders::add);
    }
    ledger.workItems().ofCommitment(room.id(), invoice.commitmentId()).stream()
        .filter(record -> record.entity().equals(ChangeOrderFlow.ENTITY))
        .forEach(orders::add);
    return of(room.erp().capabilities().erp(), room.id(), invoice.lines(), orders);
  }

  /**
   * The same. Pure.
   *
   * @param erp short name of the ERP, as in origin ids
   * @param orders the commitment and its change orders, as far as Tieback wrote them
   */
  static Map<Long, String> of(
      String erp, ConnectionId connection, List<InvoiceLine> lines, List<WorkItem> orders) {
    Map<String, String> keys = new HashMap<>();
    orders.forEach(order -> learn(order, keys));
    Map<Long, String> found = new HashMap<>();
    for (InvoiceLine line : lines) {
      String origin =
          line.changeOrderLineOriginId() == null
              ? line.commitmentLineOriginId()
              : line.changeOrderLineOriginId();
      String key = keys.get(ours(erp, connection, origin));
      if (key != null) {
        found.put(line.procoreItemId(), key);
      }
    }
    return found;
  }

  /** Lines in the ERP come in the order in which the document has them; of two the first counts. */
  private static void learn(WorkItem order, Map<String, String> keys) {
    if (order.erpId() == null || order.document() == null) {
      return;
    }
    JsonNode written = Json.read(order.document()).path("lines");
    if (written.size() != order.erpLineIds().size()) {
      return;
    }
    String bearer = order.erpId().split("\\|", 2)[0];
    for (int i = 0; i < written.size(); i++) {
      String key = order.erpLineIds().get(i);
      for (JsonNode source : written.path(i).path("sources")) {
        keys.putIfAbsent(bearer + "|" + source.asText(), key);
      }
    }
  }

  /** The key in an origin id that this connection gave to a line of an order; else null. */
  private static String ours(String erp, ConnectionId connection, String originId) {
    try {
      OriginId origin = originId == null ? null : OriginId.parse(originId);
      return origin != null
              && origin.erp().equals(erp)
              && origin.connection().equals(connection)
              && origin.kind().equals(OrderBooks.LINE)
          ? origin.key()
          : null;
    } catch (IllegalArgumentException anotherForm) {
      return null;
    }
  }
}
