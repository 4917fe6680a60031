package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;

/**
 * Standard cost code lists and codes, and the sync of cost types of cost codes (sections 4 and 9 of
 * the reference).
 */
final class WorkBreakdownResources {

  private final State state;
  private final ExternalData external;
  private final Switches switches;

  WorkBreakdownResources(State state, ExternalData external, Switches switches) {
    this.state = state;
    this.external = external;
    this.switches = switches;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", "/rest/v1.0/standard_cost_code_lists", this::lists);
    gate.on(router, "GET", "/rest/v1.0/standard_cost_codes", this::codes);
    gate.on(router, "PATCH", "/rest/v1.0/cost_code_line_item_types/sync", this::sync);
  }

  private Answer lists(Ask ask) {
    ask.query("company_id");
    boolean erp = state.companies.get(ask.companyId).erp();
    List<ObjectNode> rows = new ArrayList<>();
    rows.add(
        Json.object()
            .put("id", state.erpList(ask.companyId))
            .put("name", erp ? "ERP Standard Cost Codes" : "Standard Cost Codes")
            .put("is_erp_list", erp)
            .put("available_to_use_on_new_projects", true));
    return ask.page(rows, 100);
  }

  private Answer codes(Ask ask) {
    ask.query("company_id");
    long list = ask.query("standard_cost_code_list_id");
    List<ObjectNode> rows = new ArrayList<>();
    for (WorkBreakdown.StandardCode code : state.breakdown.standardCodes.values()) {
      ObjectNode json = json(code);
      if (code.companyId() == ask.companyId
          && code.listId() == list
          && ask.passes("origin_id", json.path("origin_id").textValue())) {
        rows.add(json);
      }
    }
    return ask.page(rows, 100);
  }

  /** A standard cost code as lists show it. */
  ObjectNode json(WorkBreakdown.StandardCode code) {
    ExternalData.Row row = external.row("standard_cost_code", code.id(), code.companyId());
    return Json.object()
        .put("id", code.id())
        .put("standard_cost_code_list_id", code.listId())
        .put("parent_id", code.parentId())
        .put("code", code.code())
        .put("full_code", code.fullCode())
        .put("name", code.name())
        .put("origin_id", row == null ? null : row.originId)
        .put("origin_data", row == null ? null : row.originData);
  }

  private Answer sync(Ask ask) {
    long project = ask.query("project_id");
    if (!state.projects.containsKey(project)
        || state.projects.get(project).companyId() != ask.companyId) {
      throw Refusal.notFound("Project");
    }
    JsonNode rows = ask.body().get("updates");
    if (rows == null || !rows.isArray()) {
      throw Refusal.missing("updates");
    }
    if (rows.size() > switches.number("syncRowLimit")) {
      throw Refusal.errors(
          413,
          "Request batch of "
              + rows.size()
              + " exceeds the maximum of "
              + switches.number("syncRowLimit"));
    }
    ErpResources.Sync sync = new ErpResources.Sync();
    for (JsonNode row : rows) {
      Model.CostCode code = state.costCodes.get(row.path("cost_code_id").longValue());
      long type = row.path("line_item_type_id").longValue();
      if (code == null || code.projectId() != project) {
        sync.error(row, "cost_code_id", "Entity with this ID not found");
      } else if (!state.breakdown.typesOf(code, state, ask.companyId).contains(type)) {
        sync.error(row, "line_item_type_id", "is not assigned to the cost code");
      } else if (!row.path("synced").isBoolean()) {
        sync.error(row, "synced", "is missing");
      } else {
        WorkBreakdown.Assignment one = new WorkBreakdown.Assignment(code.id(), type);
        if (row.path("synced").booleanValue()) {
          state.breakdown.synced.add(one);
        } else {
          state.breakdown.synced.remove(one);
        }
        sync.entities.add(
            Json.object()
                .put("cost_code_id", code.id())
                .put("line_item_type_id", type)
                .put("synced", row.path("synced").booleanValue()));
      }
    }
    return sync.answer();
  }
}
