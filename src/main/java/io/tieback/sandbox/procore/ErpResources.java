package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ERP platform's own endpoints (section 4 of the reference): requests, details, external data,
 * invoice payments.
 */
final class ErpResources {
  private static final Set<String> DETAIL_STATUS =
      Set.of("success", "failed", "rejected", "in_progress", "stale");
  private final State state;
  private final ExternalData external;
  private final ErpDoor door;
  private final Switches switches;
  private final Clock clock;
  private final Map<Long, Integer> refusals = new HashMap<>();

  final InvoicePayments invoicePayments;

  ErpResources(State state, ExternalData external, ErpDoor door, Switches switches, Clock clock) {
    this.state = state;
    this.external = external;
    this.door = door;
    this.switches = switches;
    this.clock = clock;
    this.invoicePayments = new InvoicePayments(state, external, switches, clock);
  }

  void clear() {
    refusals.clear();
    invoicePayments.clear();
  }

  /**
   * The next rows of external_data/sync for these items are refused: {@code {"itemIds": [..],
   * "times": n}}, or null.
   */
  void refuse(JsonNode order) {
    refusals.clear();
    if (order == null || order.isNull()) {
      return;
    }
    Json.onlyFields("ackRefuse", order, "itemIds", "times");
    if (!order.path("itemIds").isArray() || !order.path("times").isInt()) {
      throw new IllegalArgumentException(
          "ackRefuse: {\"itemIds\": [..], \"times\": n} is expected.");
    }
    order.get("itemIds").forEach(id -> refusals.put(id.longValue(), order.get("times").intValue()));
  }

  /** Refusals that are still to come, by item id. */
  ObjectNode refusals() {
    ObjectNode out = Json.object();
    refusals.forEach((id, times) -> out.put(Long.toString(id), times));
    return out;
  }

  void routes(Router router, Gate gate) {
    String company = "/rest/v1.0/companies/:company_id/";
    gate.on(router, "GET", company + "erp_requests/:id", this::request);
    gate.on(router, "GET", company + "erp_request_details", this::details);
    gate.on(router, "PATCH", company + "erp_request_details/sync", this::syncDetails);
    gate.on(router, "PATCH", company + "erp_request_details/:id", this::updateDetail);
    gate.on(router, "PUT", company + "erp_request_details/:id", this::updateDetail);
    gate.on(router, "GET", company + "external_data", this::externalData);
    gate.on(router, "PATCH", company + "external_data/sync", this::syncExternalData);
    gate.on(router, "DELETE", company + "external_data/bulk_destroy", this::destroyExternalData);
    gate.on(router, "PATCH", company + "invoice_payments/sync", this::syncInvoicePayments);
  }

  private Answer request(Ask ask) {
    Model.ErpRequest request = state.requests.get(ask.path("id"));
    if (request == null || request.companyId() != ask.companyId) {
      throw Refusal.notFound("ERP Request");
    }
    return Answer.json(200, request.body());
  }

  private Answer details(Ask ask) {
    Set<String> wanted = ask.filter("item_id");
    if (wanted == null && switches.flag("detailsListNeedsItem")) {
      throw Refusal.missing("filters[item_id]");
    }
    List<ObjectNode> rows = new ArrayList<>();
    if (wanted == null) {
      state.details.values().stream()
          .filter(d -> d.companyId == ask.companyId)
          .forEach(d -> rows.add(json(d)));
    } else {
      for (String id : wanted) {
        List<Model.Detail> found =
            id.matches("\\d{1,18}") ? state.detailsByItem.get(Long.valueOf(id)) : null;
        if (found != null) {
          found.stream().filter(d -> d.companyId == ask.companyId).forEach(d -> rows.add(json(d)));
        }
      }
    }
    return ask.page(rows, 100);
  }

  private ObjectNode json(Model.Detail detail) {
    ObjectNode out = Json.object().put("id", detail.id).put("status", detail.status);
    detail.messages.forEach(out.putArray("messages")::add);
    if (switches.flag("detailItemFields") && !detail.items.isEmpty()) {
      out.put("item_type", detail.items.get(0).itemType())
          .put("item_id", detail.items.get(0).itemId());
    }
    return out;
  }

  private Answer updateDetail(Ask ask) {
    Model.Detail detail = state.details.get(ask.path("id"));
    if (detail == null || detail.companyId != ask.companyId) {
      throw Refusal.notFound("ERP Request Detail");
    }
    JsonNode change = ask.object("request_detail");
    if (!DETAIL_STATUS.contains(change.path("status").asText())) {
      throw Refusal.field(422, "status", "is not included in the list");
    }
    door.close(detail, change.get("status").asText(), messages(change));
    return Answer.json(200, json(detail));
  }

  private static List<String> messages(JsonNode change) {
    List<String> messages = new ArrayList<>();
    change.path("messages").forEach(message -> messages.add(message.asText()));
    return messages;
  }

  private Answer syncDetails(Ask ask) {
    boolean bare = switches.choice("detailsSyncWrapper").equals("bare");
    JsonNode rows = bare ? ask.body() : ask.body().get("updates");
    if (rows == null || !rows.isArray()) {
      throw Refusal.errors(
          400,
          bare
              ? "Expected an array of request details"
              : "param is missing or the value is empty: updates");
    }
    capped(rows);
    Sync sync = new Sync();
    for (JsonNode row : rows) {
      Model.Detail detail = state.details.get(row.path("id").longValue());
      if (detail == null || detail.companyId != ask.companyId) {
        sync.error(row, "id", "Entity with this ID not found");
      } else if (!DETAIL_STATUS.contains(row.path("status").asText())) {
        sync.error(row, "status", "is not included in the list");
      } else {
        door.close(detail, row.get("status").asText(), messages(row));
        sync.entities.add(json(detail));
      }
    }
    return sync.answer();
  }

  private Answer externalData(Ask ask) {
    String type = ask.call.query("item_type");
    if (type == null || type.isEmpty()) {
      throw Refusal.missing("item_type");
    }
    List<ObjectNode> rows = new ArrayList<>();
    external
        .list(type, ask.companyId, ask.queryOrNull("item_id"))
        .forEach(row -> rows.add(row.json()));
    return ask.page(rows, 100);
  }

  private JsonNode updates(Ask ask) {
    JsonNode rows = ask.body().get("updates");
    if (rows == null || !rows.isArray()) {
      throw Refusal.missing("updates");
    }
    return capped(rows);
  }

  private JsonNode capped(JsonNode rows) {
    int most = switches.number("syncRowLimit");
    if (rows.size() > most) {
      throw Refusal.errors(
          413, "Request batch of " + rows.size() + " exceeds the maximum of " + most);
    }
    return rows;
  }

  private Answer syncExternalData(Ask ask) {
    Sync sync = new Sync();
    for (JsonNode row : updates(ask)) {
      ExternalData.Row changed = external(ask, row, sync);
      if (changed != null) {
        sync.entities.add(changed.json());
      }
    }
    return sync.answer();
  }

  private ExternalData.Row external(Ask ask, JsonNode row, Sync sync) {
    String type = row.path("item_type").asText();
    long id = row.path("item_id").longValue();
    if (!State.ITEM_TYPES.contains(type)) {
      sync.error(row, "item_type", "is not included in the list");
    } else if (!row.path("item_id").isIntegralNumber()) {
      sync.error(row, "item_id", "is not a number");
    } else if (!row.has("origin_id")
        || !(row.get("origin_id").isNull() || row.get("origin_id").isTextual())) {
      sync.error(row, "origin_id", "is missing or not a string");
    } else if (State.HELD.contains(type)
        && !Long.valueOf(ask.companyId).equals(state.companyOf(type, id))) {
      sync.error(row, "item_id", "Entity with this ID not found");
    } else if (external.taken(type, id, ask.companyId, Json.text(row, "origin_id"))) {
      sync.error(row, "origin_id", "has already been taken");
    } else if (refusals.getOrDefault(id, 0) > 0) {
      refusals.merge(id, -1, Integer::sum);
      sync.error(row, "base", "could not be saved");
    } else {
      return store(ask.companyId, type, id, row);
    }
    return null;
  }

  private ExternalData.Row store(long companyId, String type, long id, JsonNode row) {
    ExternalData.Row held = external.set(type, id, companyId, Json.text(row, "origin_id"));
    held.originCode = row.has("origin_code") ? Json.text(row, "origin_code") : held.originCode;
    held.originData = row.has("origin_data") ? Json.text(row, "origin_data") : held.originData;
    door.followOrigin(type, id);
    return held;
  }

  private Answer destroyExternalData(Ask ask) {
    String type = Json.text(ask.body(), "item_type");
    JsonNode ids = ask.body().get("item_ids");
    if (type == null || ids == null || !ids.isArray()) {
      throw Refusal.missing(type == null ? "item_type" : "item_ids");
    }
    capped(ids);
    for (JsonNode id : ids) {
      boolean known = external.row(type, id.longValue(), ask.companyId) != null;
      external.remove(type, id.longValue(), ask.companyId);
      if (known) {
        door.followOrigin(type, id.longValue());
      }
    }
    return Answer.empty(204);
  }

  private Answer syncInvoicePayments(Ask ask) {
    Sync sync = new Sync();
    invoicePayments.sync(updates(ask), ask.companyId, sync);
    return sync.answer();
  }

  /** The answer of a sync action: always 200. */
  static final class Sync {
    final ArrayNode entities = Json.array();
    final ArrayNode errors = Json.array();

    void error(JsonNode row, String field, String text) {
      ObjectNode error = row.isObject() ? row.deepCopy() : Json.object();
      error.putObject("errors").putArray(field).add(text);
      errors.add(error);
    }

    Answer answer() {
      ObjectNode out = Json.object();
      out.set("entities", entities);
      out.set("errors", errors);
      return Answer.json(200, out);
    }
  }
}
