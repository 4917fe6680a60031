package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a change order as the journal has them. What was on the order is not in the journal:
 * it is read when they are written.
 *
 * @param marker the journal's marker
 * @param changeOrderId Procore's id of the change order, which each line bears
 * @param orderId Xero's key of the order
 * @param lineItems the lines in Xero's form
 * @param lines the same, to compare
 * @param instead the further order in Xero's form, or null when there is none
 */
record SentChange(
    String marker,
    long changeOrderId,
    String orderId,
    JsonNode lineItems,
    List<SentBill.Line> lines,
    JsonNode instead) {

  /** Reads a batch, which holds one change order. */
  static SentChange of(DeliveryBatch batch) {
    JsonNode body = Json.read(new String(batch.body(), java.nio.charset.StandardCharsets.UTF_8));
    JsonNode instead = body.path("Instead");
    return new SentChange(
        body.path("Marker").textValue(),
        body.path("ChangeOrderID").longValue(),
        body.path(SentOrder.ID).textValue(),
        body.path("LineItems"),
        SentOrder.lines(body.path("LineItems")),
        instead.isObject() ? instead : null);
  }

  /** What its lines come to. */
  Money total() {
    return Money.sum(lines.stream().map(SentBill.Line::amount).toList());
  }

  /** The further order, or null when there is none. */
  SentOrder further() {
    return instead == null ? null : SentOrder.read(marker, instead);
  }

  /** Those lines of an order that this change order added. */
  List<JsonNode> on(JsonNode order) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode line : order.path("LineItems")) {
      if (OrderMarker.ofLine(XeroJson.text(line, "Description"))
          .filter(id -> id == changeOrderId)
          .isPresent()) {
        found.add(line);
      }
    }
    return found;
  }

  /**
   * A line of an order that is so like one of these that only a person can tell whether it is the
   * same without its mark; null when there is none.
   */
  JsonNode unmarkedOn(JsonNode order) {
    for (JsonNode line : order.path("LineItems")) {
      String text = XeroJson.text(line, "Description");
      for (SentBill.Line sent : lines) {
        if (OrderMarker.ofLine(text).isEmpty()
            && OrderMarker.without(sent.description()).equals(String.valueOf(text).strip())
            && line.path("LineAmount").isNumber()
            && line.path("LineAmount").decimalValue().compareTo(sent.amount().amount()) == 0) {
          return line;
        }
      }
    }
    return null;
  }

  /**
   * The whole set of lines for a write: what is on the order with its ids and untouched amounts,
   * then these. What is not listed would be deleted (Xero reference section 8).
   */
  byte[] appendedTo(JsonNode order) {
    ObjectNode document = Json.object().put(SentOrder.ID, XeroJson.id(order, SentOrder.ID));
    ArrayNode all = document.putArray("LineItems");
    order.path("LineItems").forEach(line -> all.add(untouched(line)));
    lineItems.forEach(all::add);
    ObjectNode body = Json.object();
    body.putArray(XeroOrders.NAME).add(document);
    return Json.write(body).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static ObjectNode untouched(JsonNode line) {
    ObjectNode same = Json.object();
    for (String field :
        List.of(
            "LineItemID",
            "Description",
            "Quantity",
            "UnitAmount",
            "ItemCode",
            "AccountCode",
            "TaxType",
            "TaxAmount",
            "DiscountRate")) {
      if (line.hasNonNull(field)) {
        same.set(field, line.get(field));
      }
    }
    if (isAmountOfItsOwn(line)) {
      // Sent without a price, as it must have come: from quantity and price it would come to
      // something else.
      same.remove("UnitAmount");
      same.set("LineAmount", line.get("LineAmount"));
    }
    ArrayNode tracking = same.putArray("Tracking");
    for (JsonNode entry : line.path("Tracking")) {
      ObjectNode kept = tracking.addObject();
      if (XeroJson.id(entry, "TrackingOptionID") != null) {
        kept.set("TrackingCategoryID", entry.get("TrackingCategoryID"));
        kept.set("TrackingOptionID", entry.get("TrackingOptionID"));
      } else {
        kept.set("Name", entry.path("Name"));
        kept.set("Option", entry.path("Option"));
      }
    }
    return same;
  }

  private static boolean isAmountOfItsOwn(JsonNode line) {
    if (!line.path("Quantity").isNumber()
        || !line.path("UnitAmount").isNumber()
        || !line.path("LineAmount").isNumber()
        || line.path("DiscountRate").isNumber()) {
      return false;
    }
    Money product =
        Money.rounded(
            line.get("Quantity").decimalValue().multiply(line.get("UnitAmount").decimalValue()));
    return product.amount().compareTo(line.get("LineAmount").decimalValue()) != 0;
  }

  /**
   * The change order as an order in Xero shows it.
   *
   * @param order the order that bears its lines
   * @param before the order as it was read before, or null when it was not
   * @param remarks what a person should know besides
   */
  WrittenDocument written(JsonNode order, JsonNode before, List<String> remarks) {
    List<String> warnings = new ArrayList<>(remarks);
    warnings.addAll(XeroJson.warnings(order));
    List<JsonNode> matched = XeroLines.matched(lines, on(order), warnings);
    for (int i = 0; i < matched.size(); i++) {
      XeroLines.compare(lines.get(i), matched.get(i), i + 1, warnings);
    }
    if (before != null) {
      before.path("LineItems").forEach(line -> stays(line, order, warnings));
    }
    Money there =
        Money.sum(
            on(order).stream()
                .map(line -> XeroJson.money(line, "LineAmount", "a line of a change order"))
                .toList());
    if (!there.equals(total())) {
      warnings.add(
          XeroComparison.DIFFERENCE + " the change comes to " + total() + ", in Xero to " + there);
    }
    return new WrittenDocument(
        marker,
        XeroJson.id(order, SentOrder.ID) + "|" + changeOrderId,
        XeroJson.text(order, SentOrder.NUMBER),
        // Which is which does not matter for the ids of a change: that they are on the order does.
        (matched.isEmpty() ? on(order) : matched)
            .stream().map(line -> XeroJson.id(line, "LineItemID")).toList(),
        there,
        String.valueOf(XeroJson.text(order, "Status")),
        warnings);
  }

  private static void stays(JsonNode line, JsonNode after, List<String> warnings) {
    String id = XeroJson.id(line, "LineItemID");
    for (JsonNode other : after.path("LineItems")) {
      if (id != null && id.equals(XeroJson.id(other, "LineItemID"))) {
        if (line.path("LineAmount")
                .decimalValue()
                .compareTo(other.path("LineAmount").decimalValue())
            != 0) {
          warnings.add(
              XeroComparison.DIFFERENCE
                  + " line '"
                  + XeroJson.text(line, "Description")
                  + "' came to "
                  + line.path("LineAmount")
                  + " before and comes to "
                  + other.path("LineAmount")
                  + " now");
        }
        return;
      }
    }
    warnings.add(
        XeroComparison.DIFFERENCE
            + " line '"
            + XeroJson.text(line, "Description")
            + "' was on the order before and is not now");
  }
}
