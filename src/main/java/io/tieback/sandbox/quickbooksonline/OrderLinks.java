package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Links of bills to purchase orders (reference sections 3.5 and 3.6). A link that QuickBooks does
 * not like is left out without a word: of another vendor, to an order that is closed or not there,
 * or to a line that the order has not. What {@code Received} counts is UNCERTAIN; here it is the
 * amount billed.
 */
final class OrderLinks {
  static final String ORDER = "PurchaseOrder";

  private OrderLinks() {}

  /** Drops the links that are not liked and puts what remains at the head of the bill. */
  static void keepLiked(Draft draft) {
    ObjectNode body = draft.body();
    Set<String> orders = new LinkedHashSet<>();
    for (JsonNode line : body.path("Line")) {
      ObjectNode one = (ObjectNode) line;
      ArrayNode kept = Json.array();
      for (JsonNode link : one.path("LinkedTxn")) {
        if (kept.isEmpty() && isLiked(draft, link, true)) {
          kept.add(link);
          orders.add(Json.text(link, "TxnId"));
        }
      }
      one.remove("LinkedTxn");
      if (!kept.isEmpty()) {
        one.set("LinkedTxn", kept);
      }
    }
    for (JsonNode link : body.path("LinkedTxn")) {
      if (isLiked(draft, link, false)) {
        orders.add(Json.text(link, "TxnId"));
      }
    }
    body.remove("LinkedTxn");
    if (!orders.isEmpty()) {
      ArrayNode links = body.putArray("LinkedTxn");
      orders.forEach(id -> links.addObject().put("TxnId", id).put("TxnType", ORDER));
    }
    if (!draft.isNew()) {
      draft
          .before()
          .body
          .path("LinkedTxn")
          .forEach(
              link -> {
                if (!ORDER.equals(Json.text(link, "TxnType"))) {
                  body.withArray("LinkedTxn").add(link.deepCopy());
                }
              });
    }
  }

  private static boolean isLiked(Draft draft, JsonNode link, boolean ofLine) {
    if (draft.kind() != Kind.BILL
        || !ORDER.equals(Json.text(link, "TxnType"))
        || draft.switches().choice("orderLinks").equals("none")) {
      return false;
    }
    Company.Entry order = draft.company().get(Kind.PURCHASE_ORDER, Json.text(link, "TxnId"));
    if (order == null
        || !order.ref("VendorRef").equals(Json.text(draft.body().path("VendorRef"), "value"))) {
      return false;
    }
    boolean linkedBefore = !draft.isNew() && orders(draft.before().body).contains(order.id);
    if (!"Open".equals(order.text("POStatus")) && !linkedBefore) {
      return false;
    }
    if (!ofLine) {
      return true;
    }
    String lineId = Json.text(link, "TxnLineId");
    for (JsonNode line : order.body.path("Line")) {
      if (lineId != null && lineId.equals(Json.text(line, "Id"))) {
        return true;
      }
    }
    return false;
  }

  /** Ids of the orders that a bill is linked to. */
  static Set<String> orders(JsonNode bill) {
    Set<String> orders = new LinkedHashSet<>();
    for (JsonNode link : bill.path("LinkedTxn")) {
      if (ORDER.equals(Json.text(link, "TxnType"))) {
        orders.add(Json.text(link, "TxnId"));
      }
    }
    return orders;
  }

  /** The other side: links, received amounts and status of an order whose bills changed. */
  static void refresh(Company company, Switches switches, String orderId, Instant now) {
    Company.Entry order = company.get(Kind.PURCHASE_ORDER, orderId);
    if (order == null) {
      return;
    }
    ObjectNode before = order.body.deepCopy();
    ObjectNode body = order.body;
    ArrayNode links = Json.array();
    BigDecimal billed = BigDecimal.ZERO;
    for (JsonNode line : body.path("Line")) {
      ((ObjectNode) line).remove("Received");
    }
    for (Company.Entry bill : company.billsOf(orderId)) {
      links.addObject().put("TxnId", bill.id).put("TxnType", "Bill");
      for (JsonNode line : bill.body.path("Line")) {
        for (JsonNode link : line.path("LinkedTxn")) {
          if (orderId.equals(Json.text(link, "TxnId"))) {
            BigDecimal amount = DocumentRules.money(line, "Amount");
            billed = billed.add(amount);
            receive(body, Json.text(link, "TxnLineId"), amount);
          }
        }
      }
    }
    body.remove("LinkedTxn");
    if (!links.isEmpty()) {
      body.set("LinkedTxn", links);
    }
    boolean full = billed.compareTo(order.money("TotalAmt")) >= 0;
    boolean closes =
        switch (switches.choice("orderCloses")) {
          case "firstBill" -> !links.isEmpty();
          case "whenBilled" -> !links.isEmpty() && full;
          default -> false;
        };
    if (!before.path("LinkedTxn").equals(body.path("LinkedTxn")) || closes) {
      body.put("POStatus", closes ? "Closed" : "Open");
    }
    if (!before.equals(body) && switches.flag("linksTouchTransactions")) {
      company.touch(order, now);
    }
  }

  private static void receive(ObjectNode order, String lineId, BigDecimal amount) {
    for (JsonNode line : order.path("Line")) {
      if (lineId.equals(Json.text(line, "Id"))) {
        ((ObjectNode) line).put("Received", DocumentRules.money(line, "Received").add(amount));
      }
    }
  }
}
