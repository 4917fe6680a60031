package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a change order as the journal has them. What was on the order is not in the journal:
 * it is read when they are written.
 *
 * @param marker the journal's marker
 * @param changeOrderId Procore's id of the change order, which each line bears
 * @param orderId QuickBooks's id of the purchase order
 * @param lines the lines as they are sent
 * @param instead the further order, or null when there is none
 */
record QuickBooksChange(
    String marker,
    long changeOrderId,
    String orderId,
    List<JsonNode> lines,
    QuickBooksEnvelope instead) {

  /** Reads a batch, which holds one change order. */
  static QuickBooksChange of(DeliveryBatch batch) {
    JsonNode body = Json.read(new String(batch.body(), StandardCharsets.UTF_8));
    String marker = body.path("Marker").textValue();
    JsonNode instead = body.path("Instead");
    return new QuickBooksChange(
        marker,
        body.path("ChangeOrderID").longValue(),
        body.path("OrderId").textValue(),
        QuickBooksComparison.children(body),
        instead.isObject() ? QuickBooksEnvelope.of(instead) : null);
  }

  /** What its lines come to. */
  Money total() {
    return QuickBooksComparison.sum(lines);
  }

  /** Those lines of an order that this change order added. */
  List<JsonNode> on(JsonNode order) {
    return QuickBooksComparison.children(order).stream()
        .filter(
            line ->
                OrderMarker.ofLine(QuickBooksJson.text(line, "Description"))
                    .filter(id -> id == changeOrderId)
                    .isPresent())
        .toList();
  }

  /**
   * A line of an order that is so like one of these that only a person can tell whether it is the
   * same without its mark; null when there is none.
   */
  JsonNode unmarkedOn(JsonNode order) {
    for (JsonNode line : QuickBooksComparison.children(order)) {
      String text = QuickBooksJson.text(line, "Description");
      for (JsonNode sent : lines) {
        String words = OrderMarker.without(QuickBooksJson.text(sent, "Description"));
        if (OrderMarker.ofLine(text).isEmpty()
            && words.equals(String.valueOf(text).strip())
            && line.path("Amount").isNumber()
            && line.path("Amount").decimalValue().compareTo(sent.path("Amount").decimalValue())
                == 0) {
          return line;
        }
      }
    }
    return null;
  }

  /**
   * The order as it was read, with these lines at its end. Everything that was read goes back:
   * QuickBooks empties what a full update leaves out, and lines that are not listed are removed
   * (reference section 4).
   */
  byte[] appendedTo(JsonNode order) {
    ObjectNode whole = order.deepCopy();
    whole.put("sparse", false);
    ArrayNode all = Json.array();
    order.path(QuickBooksPapers.LINES).forEach(all::add);
    lines.forEach(all::add);
    whole.set(QuickBooksPapers.LINES, all);
    return Json.bytes(whole);
  }

  /**
   * The change order as an order in QuickBooks shows it, held against what was sent.
   *
   * @param order the order that bears its lines
   * @param before the order as it was read before, or null when it was not
   * @param remarks what a person should know besides
   */
  QuickBooksComparison.Result compare(JsonNode order, JsonNode before, List<String> remarks) {
    List<String> warnings = new ArrayList<>(remarks);
    List<String> figures = new ArrayList<>();
    List<JsonNode> there = on(order);
    List<JsonNode> matched = QuickBooksComparison.matched(lines, there, figures);
    for (int i = 0; i < matched.size(); i++) {
      if (matched.get(i) != null) {
        QuickBooksComparison.line(lines.get(i), matched.get(i), "line " + (i + 1) + " ", warnings);
      }
    }
    if (before != null) {
      before.path(QuickBooksPapers.LINES).forEach(line -> stays(line, order, figures));
      before
          .fieldNames()
          .forEachRemaining(
              field -> {
                if (!order.has(field)) {
                  warnings.add(
                      QuickBooksComparison.DIFFERENCE
                          + " "
                          + field
                          + " was on the order before and is not now: "
                          + before.path(field));
                }
              });
    }
    return new QuickBooksComparison.Result(
        new WrittenDocument(
            marker,
            QuickBooksJson.id(order) + "|" + changeOrderId,
            QuickBooksJson.text(order, "DocNumber"),
            QuickBooksComparison.lineIds(order, there),
            QuickBooksComparison.sum(there),
            QuickBooksComparison.status(order),
            warnings),
        List.copyOf(figures));
  }

  private static void stays(JsonNode line, JsonNode after, List<String> figures) {
    String id = QuickBooksJson.id(line);
    for (JsonNode other : QuickBooksComparison.children(after)) {
      if (id != null && id.equals(QuickBooksJson.id(other))) {
        if (line.path("Amount").isNumber()
            && line.path("Amount").decimalValue().compareTo(other.path("Amount").decimalValue())
                != 0) {
          figures.add(
              "line '"
                  + QuickBooksJson.text(line, "Description")
                  + "' came to "
                  + line.path("Amount")
                  + " before and comes to "
                  + other.path("Amount")
                  + " now");
        }
        return;
      }
    }
    figures.add(
        "line '"
            + QuickBooksJson.text(line, "Description")
            + "' over "
            + line.path("Amount")
            + " was on the order before and is not now");
  }
}
