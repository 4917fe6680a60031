package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Direct costs and their lines (section 8): lists, removal, and the bulk sync by the published rule
 * of sync actions (section 3). What is synced is locked: it and its lines can be changed by sync
 * only, and removed only once its {@code origin_id} is cleared.
 */
final class DirectCosts {
  private static final String PROJECT = "/projects/:project_id/direct_costs";
  private static final String TYPE = "item";

  /** Lines have keys of their own, which External Data has no item type for. */
  private static final String LINE_TYPE = "direct_cost_line";

  private static final Set<String> STATES =
      Set.of("draft", "pending", "revise_and_resubmit", "approved");
  private static final String NOT_FOUND = "Entity with this ID not found";

  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final Clock clock;

  DirectCosts(State state, ExternalData external, Switches switches, Clock clock) {
    this.state = state;
    this.external = external;
    this.switches = switches;
    this.clock = clock;
  }

  void routes(Router router, Gate gate) {
    String old = "/rest/v1.0" + PROJECT;
    gate.on(router, "PATCH", old + "/sync", this::sync);
    gate.on(router, "PATCH", old + "/line_items/sync", this::syncLines);
    gate.on(router, "GET", old + "/line_items", this::lines);
    gate.on(router, "DELETE", old + "/:direct_cost_id/line_items/:id", this::deleteLine);
    for (String path : List.of(old, "/rest/v1.1" + PROJECT)) {
      gate.on(router, "GET", path, this::list);
      gate.on(router, "GET", path + "/:id", ask -> Answer.json(200, json(held(ask, "id"), true)));
      gate.on(router, "DELETE", path + "/:id", this::delete);
    }
  }

  private Model.Project project(Ask ask) {
    Model.Project project = state.projects.get(ask.path("project_id"));
    if (project == null || project.companyId() != ask.companyId) {
      throw Refusal.notFound("Project");
    }
    return project;
  }

  private Model.DirectCost held(Ask ask, String parameter) {
    Model.DirectCost cost = state.directCosts.get(ask.path(parameter));
    if (cost == null || cost.project != project(ask)) {
      throw Refusal.notFound("Direct Cost");
    }
    return cost;
  }

  private Answer list(Ask ask) {
    Model.Project project = project(ask);
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.DirectCost cost : state.directCosts.values()) {
      if (cost.project == project
          && ask.passes("id", cost.id)
          && ask.passes("origin_id", origin(cost))
          && ask.passes("invoice_number", cost.invoiceNumber)) {
        rows.add(json(cost, false));
      }
    }
    return ask.page(rows, 100);
  }

  private Answer lines(Ask ask) {
    Model.Project project = project(ask);
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.DirectCost cost : state.directCosts.values()) {
      if (cost.project == project && ask.passes("direct_cost_id", cost.id)) {
        cost.lines.stream()
            .filter(line -> ask.passes("id", line.id))
            .forEach(line -> rows.add(json(line)));
      }
    }
    return ask.page(rows, 100);
  }

  private Answer delete(Ask ask) {
    Model.DirectCost cost = held(ask, "id");
    requireUnlocked(cost);
    external.remove(TYPE, cost.id, ask.companyId);
    cost.lines.forEach(line -> external.remove(LINE_TYPE, line.id, ask.companyId));
    state.directCosts.remove(cost.id);
    return Answer.empty(200);
  }

  private Answer deleteLine(Ask ask) {
    Model.DirectCost cost = held(ask, "direct_cost_id");
    long id = ask.path("id");
    Model.DirectCostLine line =
        cost.lines.stream()
            .filter(one -> one.id == id)
            .findFirst()
            .orElseThrow(() -> Refusal.notFound("Line Item"));
    requireUnlocked(cost);
    external.remove(LINE_TYPE, id, ask.companyId);
    cost.lines.remove(line);
    return Answer.empty(200);
  }

  private void requireUnlocked(Model.DirectCost cost) {
    if (origin(cost) != null && !switches.flag("deleteLockedDirectCost")) {
      throw Refusal.reason(
          422, "This direct cost is synced with ERP and cannot be changed", "locked by origin_id");
    }
  }

  private String origin(Model.DirectCost cost) {
    return external.originId(TYPE, cost.id, cost.project.companyId());
  }

  private JsonNode updates(Ask ask) {
    JsonNode rows = ask.body().get("updates");
    if (rows == null || !rows.isArray()) {
      throw Refusal.missing("updates");
    }
    int most = switches.number("syncRowLimit");
    if (rows.size() > most) {
      throw Refusal.errors(
          413, "Request batch of " + rows.size() + " exceeds the maximum of " + most);
    }
    return rows;
  }

  private Answer sync(Ask ask) {
    Model.Project project = project(ask);
    ErpResources.Sync sync = new ErpResources.Sync();
    for (JsonNode row : updates(ask)) {
      write(row, project, sync);
    }
    return sync.answer();
  }

  /** The record that a row means: by id, else by key, else null for a new one. */
  private Long meant(JsonNode row, String type, long companyId) {
    if (row.hasNonNull("id")) {
      return row.get("id").longValue();
    }
    String originId = Json.text(row, "origin_id");
    return originId == null ? null : external.itemId(type, companyId, originId);
  }

  private void write(JsonNode row, Model.Project project, ErpResources.Sync sync) {
    Long id = meant(row, TYPE, project.companyId());
    Model.DirectCost cost = id == null ? null : state.directCosts.get(id);
    String type = Json.text(row, "direct_cost_type");
    Long vendorId = row.hasNonNull("vendor_id") ? (Long) row.get("vendor_id").longValue() : null;
    if (id != null && (cost == null || cost.project != project)) {
      sync.error(row, "id", NOT_FOUND);
    } else if (cost == null && type == null) {
      sync.error(row, "direct_cost_type", "can't be blank");
    } else if (type != null && !types().contains(type)) {
      sync.error(row, "direct_cost_type", "is not included in the list");
    } else if (cost != null && type != null && !type.equals(cost.type)) {
      sync.error(row, "direct_cost_type", "cannot be changed");
    } else if (row.hasNonNull("status") && !STATES.contains(row.get("status").asText())) {
      sync.error(row, "status", "is not included in the list");
    } else if (vendorId != null && !isVendor(vendorId, project.companyId())) {
      sync.error(row, "vendor_id", NOT_FOUND);
    } else if (cost == null && "invoice".equals(type) && vendorId == null) {
      sync.error(row, "vendor_id", "can't be blank");
    } else if (cost == null && "invoice".equals(type) && !row.hasNonNull("invoice_number")) {
      sync.error(row, "invoice_number", "can't be blank");
    } else if (row.hasNonNull("origin_id")
        && external.taken(
            TYPE, id == null ? 0 : id, project.companyId(), Json.text(row, "origin_id"))) {
      sync.error(row, "origin_id", "has already been taken");
    } else {
      sync.entities.add(store(cost, row, project));
    }
  }

  private Set<String> types() {
    return switches.flag("subcontractorInvoiceCosts")
        ? Set.of("invoice", "expense", "payroll", "subcontractor_invoice")
        : Set.of("invoice", "expense", "payroll");
  }

  private boolean isVendor(long id, long companyId) {
    Model.Vendor vendor = state.vendors.get(id);
    return vendor != null && vendor.companyId() == companyId;
  }

  /** Unknown fields are dropped without a word and malformed dates become null, as Procore does. */
  private ObjectNode store(Model.DirectCost present, JsonNode row, Model.Project project) {
    Model.DirectCost cost = present;
    if (cost == null) {
      cost = new Model.DirectCost(state.nextId(), project, Json.text(row, "direct_cost_type"));
      cost.createdAt = clock.instant();
      state.directCosts.put(cost.id, cost);
    }
    if (row.has("direct_cost_date")) {
      cost.date = Times.lenient(Json.text(row, "direct_cost_date"));
    }
    if (row.has("invoice_number")) {
      cost.invoiceNumber = Json.text(row, "invoice_number");
    }
    if (row.has("description")) {
      cost.description = Json.text(row, "description");
    }
    if (row.hasNonNull("status")) {
      cost.status = row.get("status").asText();
    }
    if (row.hasNonNull("vendor_id")) {
      cost.vendor = state.vendors.get(row.get("vendor_id").longValue());
    }
    cost.updatedAt = clock.instant();
    if (row.has("origin_id")) {
      external.set(TYPE, cost.id, project.companyId(), Json.text(row, "origin_id"));
    }
    ObjectNode out = json(cost, false);
    if (cost.vendor != null) {
      out.putObject("vendor").put("id", cost.vendor.id()).put("name", cost.vendor.name());
    }
    return out;
  }

  private Answer syncLines(Ask ask) {
    Model.Project project = project(ask);
    ErpResources.Sync sync = new ErpResources.Sync();
    for (JsonNode row : updates(ask)) {
      writeLine(row, project, sync);
    }
    return sync.answer();
  }

  private void writeLine(JsonNode row, Model.Project project, ErpResources.Sync sync) {
    Long id = meant(row, LINE_TYPE, project.companyId());
    Model.DirectCostLine line = id == null ? null : line(id);
    Model.DirectCost cost = state.directCosts.get(row.path("direct_cost_id").longValue());
    Model.CostCode code = state.costCodes.get(row.path("cost_code_id").longValue());
    Model.LineItemType type = state.lineItemTypes.get(row.path("line_item_type_id").longValue());
    if (id != null && (line == null || line.cost.project != project)) {
      sync.error(row, "id", NOT_FOUND);
    } else if (row.hasNonNull("direct_cost_id") && (cost == null || cost.project != project)) {
      sync.error(row, "direct_cost_id", NOT_FOUND);
    } else if (line == null && cost == null) {
      sync.error(row, "direct_cost_id", "can't be blank");
    } else if (line != null && cost != null && line.cost != cost) {
      sync.error(row, "direct_cost_id", "cannot be changed");
    } else if ((line == null || row.hasNonNull("cost_code_id"))
        && (code == null || code.projectId() != project.id())) {
      sync.error(row, "cost_code_id", NOT_FOUND);
    } else if ((line == null || row.hasNonNull("line_item_type_id"))
        && (type == null || type.companyId() != project.companyId())) {
      sync.error(row, "line_item_type_id", NOT_FOUND);
    } else if ((line == null || row.has("amount")) && !row.path("amount").isNumber()) {
      sync.error(row, "amount", "is not a number");
    } else if (!Set.of("manual", "calculated")
        .contains(row.path("extended_type").asText("manual"))) {
      sync.error(row, "extended_type", "is not included in the list");
    } else if (row.hasNonNull("origin_id")
        && external.taken(
            LINE_TYPE, id == null ? 0 : id, project.companyId(), Json.text(row, "origin_id"))) {
      sync.error(row, "origin_id", "has already been taken");
    } else {
      sync.entities.add(storeLine(line, cost, row, code, type));
    }
  }

  private Model.DirectCostLine line(long id) {
    return state.directCosts.values().stream()
        .flatMap(cost -> cost.lines.stream())
        .filter(one -> one.id == id)
        .findFirst()
        .orElse(null);
  }

  private ObjectNode storeLine(
      Model.DirectCostLine present,
      Model.DirectCost cost,
      JsonNode row,
      Model.CostCode code,
      Model.LineItemType type) {
    Model.DirectCostLine line = present;
    if (line == null) {
      line = new Model.DirectCostLine(state.nextId(), cost);
      cost.lines.add(line);
    }
    if (code != null) {
      line.costCode = code;
    }
    if (type != null) {
      line.lineItemType = type;
    }
    if (row.has("amount")) {
      line.amount = row.get("amount").decimalValue();
    }
    if (row.has("description")) {
      line.description = Json.text(row, "description");
    }
    line.cost.updatedAt = clock.instant();
    if (row.has("origin_id")) {
      external.set(LINE_TYPE, line.id, line.cost.project.companyId(), Json.text(row, "origin_id"));
    }
    return json(line);
  }

  private ObjectNode json(Model.DirectCost cost, boolean withLines) {
    BigDecimal total = BigDecimal.ZERO;
    for (Model.DirectCostLine line : cost.lines) {
      total = total.add(line.amount);
    }
    ObjectNode out =
        Json.object()
            .put("id", cost.id)
            .put("amount", Decimals.plain(total))
            .put("created_at", Times.utc(cost.createdAt))
            .put("updated_at", Times.utc(cost.updatedAt))
            .put("deleted_at", (String) null)
            .put("description", cost.description)
            .put("direct_cost_type", cost.type)
            .put("direct_cost_date", cost.date == null ? null : cost.date.toString())
            .put("grand_total", Decimals.plain(total))
            .put("invoice_number", cost.invoiceNumber)
            .put("line_items_count", cost.lines.size())
            .put("status", cost.status)
            .put("vendor", cost.vendor == null ? null : cost.vendor.name())
            .put("vendor_id", cost.vendor == null ? null : (Long) cost.vendor.id())
            .put("vendor_name", cost.vendor == null ? null : cost.vendor.name())
            .put("origin_data", (String) null)
            .put("origin_id", origin(cost));
    if (withLines) {
      ArrayNode lines = out.putArray("line_items");
      cost.lines.forEach(line -> lines.add(json(line)));
    }
    return out;
  }

  private ObjectNode json(Model.DirectCostLine line) {
    ObjectNode out = Json.object().put("id", line.id).put("amount", Decimals.plain(line.amount));
    out.putObject("cost_code")
        .put("id", line.costCode.id())
        .put("full_code", line.costCode.fullCode())
        .put("name", line.costCode.name());
    out.putObject("line_item_type")
        .put("id", line.lineItemType.id())
        .put("code", line.lineItemType.code())
        .put("name", line.lineItemType.name());
    out.putObject("holder").put("id", line.cost.id).put("holder_type", "DirectCost::Item");
    return out.put("description", line.description)
        .put("extended_type", "manual")
        .put("extended_amount", Decimals.plain(line.amount))
        .put("total_amount", Decimals.plain(line.amount))
        .put("origin_data", (String) null)
        .put("origin_id", external.originId(LINE_TYPE, line.id, line.cost.project.companyId()));
  }

  /** All of a company with their lines, for the books. */
  ArrayNode books(long companyId) {
    ArrayNode all = Json.array();
    state.directCosts.values().stream()
        .filter(cost -> cost.project.companyId() == companyId)
        .forEach(cost -> all.add(json(cost, true).put("project_id", cost.project.id())));
    return all;
  }
}
