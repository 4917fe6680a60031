package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;

/** Reads of section 9: me, companies, cost codes, cost types, billing periods. */
final class MasterData {
  private final State state;
  private final ExternalData external;
  private final Chronicle chronicle;

  MasterData(State state, ExternalData external, Chronicle chronicle) {
    this.state = state;
    this.external = external;
    this.chronicle = chronicle;
  }

  void routes(Router router, Gate gate) {
    gate.on(
        router,
        "GET",
        "/rest/v1.0/me",
        ask ->
            Answer.json(
                200,
                Json.object()
                    .put("id", ask.app.userId())
                    .put("login", ask.app.clientId() + "@dmsa.example.com")
                    .put("name", "Service Account")));
    gate.on(router, "GET", "/rest/v1.0/companies", this::companies);
    gate.on(router, "GET", "/rest/v1.0/projects/:project_id/billing_periods", this::periods);
    gate.on(router, "GET", "/rest/v1.0/cost_codes", this::costCodes);
    gate.on(router, "GET", "/rest/v1.0/cost_codes/:id", this::costCode);
    gate.on(router, "GET", "/rest/v1.0/line_item_types", this::lineItemTypes);
  }

  private Answer companies(Ask ask) {
    List<ObjectNode> rows = new ArrayList<>();
    state.companies.values().stream()
        .filter(company -> ask.app.companyIds().contains(company.id()))
        .forEach(
            company ->
                rows.add(
                    Json.object()
                        .put("id", company.id())
                        .put("name", company.name())
                        .put("is_active", true)));
    return ask.page(rows, 100);
  }

  /** Whether the company that asks has ERP Integrations. */
  boolean erp(Ask ask) {
    return state.companies.get(ask.companyId).erp();
  }

  /** A project of the company; 404 when there is none. */
  Model.Project project(Ask ask, long id) {
    Model.Project project = state.projects.get(id);
    if (project == null || project.companyId() != ask.companyId) {
      throw Refusal.notFound("Project");
    }
    return project;
  }

  private String originId(String type, long id, Ask ask) {
    return external.originId(type, id, ask.companyId);
  }

  private Answer periods(Ask ask) {
    ask.onlyFilters("id", "created_at", "updated_at", "status");
    Model.Project project = project(ask, ask.path("project_id"));
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.BillingPeriod period : state.periods.values()) {
      if (period.projectId() == project.id()
          && ask.passes("id", period.id())
          && ask.within("created_at", period.createdAt())
          && ask.within("updated_at", period.createdAt())
          && ask.passes("status", "open")) {
        rows.add(
            Json.object()
                .put("id", period.id())
                .put("created_at", Times.utc(period.createdAt()))
                .put("due_date", period.end().toString())
                .put("end_date", period.end().toString())
                .put("position", period.position())
                .put("project_id", period.projectId())
                .put("start_date", period.start().toString())
                .put("status", "open")
                .put("updated_at", Times.utc(period.createdAt())));
      }
    }
    return ask.page(rows, 100);
  }

  private Answer costCodes(Ask ask) {
    Model.Project project = project(ask, ask.query("project_id"));
    ask.onlyFilters("id", "origin_id");
    boolean compact = ask.view("default", "default", "erp_compact").equals("erp_compact");
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.CostCode code : state.costCodes.values()) {
      if (code.projectId() == project.id()
          && ask.passes("id", code.id())
          && ask.passes("origin_id", originId("cost_code", code.id(), ask))) {
        rows.add(compact ? compact(code, ask) : costCode(code, project));
      }
    }
    return ask.page(rows, 100);
  }

  private Answer costCode(Ask ask) {
    Model.Project project = project(ask, ask.query("project_id"));
    return Answer.json(200, costCode(costCode(ask, project), project));
  }

  /** The cost code of the path; 404 when the project has none of that id. */
  Model.CostCode costCode(Ask ask, Model.Project project) {
    Model.CostCode code = state.costCodes.get(ask.path("id"));
    if (code == null || code.projectId() != project.id()) {
      throw Refusal.notFound("Cost Code");
    }
    return code;
  }

  private ObjectNode compact(Model.CostCode code, Ask ask) {
    return Json.object()
        .put("id", code.id())
        .put("name", code.name())
        .put("full_code", code.fullCode())
        .put("origin_id", originId("cost_code", code.id(), ask));
  }

  /** A cost code in full, as lists and commitment lines show it. */
  ObjectNode costCode(Model.CostCode code, Model.Project project) {
    ExternalData.Row row = external.row("cost_code", code.id(), project.companyId());
    ObjectNode out =
        Json.object()
            .put("id", code.id())
            .put("biller", project.name())
            .put("biller_id", project.id())
            .put("biller_type", "Project")
            .put(
                "biller_origin_id", external.originId("project", project.id(), project.companyId()))
            .put("budgeted", true)
            .put("code", code.code())
            .put("created_at", Times.utc(code.createdAt()))
            .put("deleted_at", (String) null)
            .put("full_code", code.fullCode())
            .put("name", code.name())
            .put("origin_data", row == null ? null : row.originData)
            .put("origin_id", row == null ? null : row.originId);
    out.putObject("parent").put("id", state.breakdown.parents.get(code.id()));
    out.put("position", code.position())
        .put("sortable_code", code.fullCode())
        .put("standard_cost_code_id", (Long) null)
        .put(
            "updated_at", Times.utc(chronicle.updatedAt("cost_code", code.id(), code.createdAt())));
    ArrayNode types = out.putArray("line_item_types");
    state
        .breakdown
        .typesOf(code, state, project.companyId())
        .forEach(type -> types.add(lineItemType(state.lineItemTypes.get(type))));
    return out;
  }

  private Answer lineItemTypes(Ask ask) {
    ask.onlyFilters("origin_id", "id");
    List<ObjectNode> rows = new ArrayList<>();
    state.lineItemTypes.values().stream()
        .filter(type -> type.companyId() == ask.companyId && ask.passes("id", type.id()))
        .filter(type -> ask.passes("origin_id", originId("line_item_type", type.id(), ask)))
        .forEach(type -> rows.add(lineItemType(type)));
    return ask.page(rows, 100);
  }

  /** A cost type. */
  ObjectNode lineItemType(Model.LineItemType type) {
    ExternalData.Row row = external.row("line_item_type", type.id(), type.companyId());
    ObjectNode out =
        Json.object().put("id", type.id()).put("name", type.name()).put("code", type.code());
    if (type.baseType() != null) {
      out.put("base_type", type.baseType());
    }
    return out.put("origin_data", row == null || row.originData == null ? "" : row.originData)
        .put("origin_id", row == null ? null : row.originId);
  }
}
