package io.tieback.sandbox.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What people do with purchase orders in Xero itself, and the orders for an independent reader.
 * Paths below {@code /_sandbox}: {@code GET orders?tenantId=} (as the API shows them); {@code POST
 * orders} ({@code tenantId} and {@code orders}: {@code purchaseOrderId}, {@code number}, {@code
 * reference}, {@code contactId}, {@code date}, {@code status}, {@code lines}), {@code POST
 * orders/{id}} ({@code tenantId}, and {@code status}, {@code number}, {@code removeLine}, {@code
 * addLine}, {@code changeLine}). A line: {@code lineItemId}, {@code description}, {@code amount},
 * {@code itemCode}, {@code accountCode}, {@code trackingOptionId}.
 */
final class OrderDesk {
  private final Map<String, Organisation> organisations;
  private final Supplier<Instant> now;

  OrderDesk(Map<String, Organisation> organisations, Supplier<Instant> now) {
    this.organisations = organisations;
    this.now = now;
  }

  void routes(Router router) {
    router.get("/_sandbox/orders").handler(Call.handler(this::list));
    router.post("/_sandbox/orders").handler(Call.handler(this::enter));
    router.post("/_sandbox/orders/:id").handler(Call.handler(this::change));
  }

  private Organisation organisation(String tenantId) {
    Organisation organisation = organisations.get(Ids.normal(tenantId));
    if (organisation == null) {
      throw new IllegalArgumentException("tenantId: there is no organisation " + tenantId + ".");
    }
    return organisation;
  }

  private Answer list(Call call) {
    Organisation organisation = organisation(call.query("tenantId"));
    ArrayNode orders = Json.array();
    organisation.orders.all().forEach(order -> orders.add(order.json(organisation)));
    ObjectNode out = Json.object();
    out.set("orders", orders);
    return Answer.json(200, out);
  }

  private Answer enter(Call call) {
    JsonNode body = body(call);
    Json.onlyFields("orders", body, "tenantId", "orders");
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    ArrayNode ids = Json.array();
    for (JsonNode given : body.path("orders")) {
      ids.add(enter(organisation, given, now.get()));
    }
    ObjectNode out = Json.object();
    out.set("purchaseOrderIds", ids);
    return Answer.json(200, out);
  }

  /** Enters an order. Gives its id. */
  static String enter(Organisation organisation, JsonNode given, Instant at) {
    Json.onlyFields(
        "orders",
        given,
        "purchaseOrderId",
        "number",
        "reference",
        "contactId",
        "date",
        "status",
        "lines");
    String id = Json.text(given, "purchaseOrderId");
    PurchaseOrder order = new PurchaseOrder(id == null ? Ids.make() : Ids.normal(id));
    order.contactId = Ids.normal(Json.text(given, "contactId"));
    if (organisation.contacts.get(order.contactId) == null) {
      throw new IllegalArgumentException("orders.contactId: there is no such contact.");
    }
    order.number = Json.text(given, "number");
    order.reference = given.path("reference").asText("");
    order.date = Dates.readDay(given.path("date").asText("2026-01-01"));
    order.status = given.path("status").asText("AUTHORISED");
    order.lineAmountTypes = "NoTax";
    order.currency = organisation.baseCurrency;
    List<Line> lines = new ArrayList<>();
    given.path("lines").forEach(line -> lines.add(line(organisation, line)));
    return store(organisation, order, lines, at);
  }

  private static String store(
      Organisation organisation, PurchaseOrder order, List<Line> lines, Instant at) {
    order.lines = List.copyOf(lines);
    order.totals = Totals.of(order.lines, order.lineAmountTypes, organisation);
    organisation.orders.put(order, at);
    return order.id;
  }

  private Answer change(Call call) {
    JsonNode body = body(call);
    Json.onlyFields(
        "orders",
        body,
        "tenantId",
        "status",
        "number",
        "lineAmountTypes",
        "removeLine",
        "addLine",
        "changeLine");
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    PurchaseOrder before = organisation.orders.get(Ids.normal(call.pathParam("id")));
    if (before == null) {
      throw new IllegalArgumentException("there is no such purchase order.");
    }
    PurchaseOrder order = before.copy();
    order.status = body.path("status").asText(order.status);
    order.number = body.path("number").asText(order.number);
    order.lineAmountTypes = body.path("lineAmountTypes").asText(order.lineAmountTypes);
    List<Line> lines = new ArrayList<>(order.lines);
    if (body.has("removeLine")) {
      lines.removeIf(line -> line.id.equals(Ids.normal(body.get("removeLine").textValue())));
    }
    if (body.has("addLine")) {
      lines.add(line(organisation, body.get("addLine")));
    }
    if (body.has("changeLine")) {
      String id = Ids.normal(body.get("changeLine").path("lineItemId").textValue());
      lines.replaceAll(line -> line.id.equals(id) ? changed(line, body.get("changeLine")) : line);
    }
    store(organisation, order, lines, now.get());
    return Answer.json(200, order.json(organisation));
  }

  private static Line changed(Line line, JsonNode change) {
    Line copy = line.copy();
    copy.description = change.path("description").asText(copy.description);
    if (change.has("amount")) {
      amount(copy, change);
    }
    return copy;
  }

  private static Line line(Organisation organisation, JsonNode given) {
    Json.onlyFields(
        "orders.lines",
        given,
        "lineItemId",
        "description",
        "amount",
        "itemCode",
        "accountCode",
        "trackingOptionId");
    String id = Json.text(given, "lineItemId");
    Line line = new Line(id == null ? Ids.make() : Ids.normal(id));
    line.description = Json.text(given, "description");
    line.item = organisation.itemsByCode.get(given.path("itemCode").asText(""));
    line.accountCode = Json.text(given, "accountCode");
    line.taxType = "NONE";
    amount(line, given);
    for (Organisation.TrackingCategory category : organisation.tracking.values()) {
      Organisation.Option option =
          given.has("trackingOptionId")
              ? category.option(Ids.normal(given.get("trackingOptionId").textValue()))
              : null;
      if (option != null) {
        line.tracking = List.of(new Line.Tracked(category, option));
      }
    }
    return line;
  }

  private static void amount(Line line, JsonNode given) {
    BigDecimal amount =
        new BigDecimal(given.path("amount").asText()).setScale(2, RoundingMode.UNNECESSARY);
    line.quantity = BigDecimal.ONE;
    line.unitAmount = amount;
    line.lineAmount = amount;
  }

  private static JsonNode body(Call call) {
    try {
      return call.json();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
