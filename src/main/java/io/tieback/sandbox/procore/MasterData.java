package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reads of section 9: me, companies, projects, vendors, cost codes, cost types, billing periods.
 */
final class MasterData {
  private static final Set<String> VENDOR_VIEWS =
      Set.of("compact", "normal", "erp", "extended", "directory", "summary");

  private final State state;
  private final ExternalData external;
  private final Vendors vendors;

  MasterData(State state, ExternalData external, Vendors vendors) {
    this.state = state;
    this.external = external;
    this.vendors = vendors;
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
    gate.on(router, "GET", "/rest/v1.0/projects", this::projects);
    gate.on(
        router,
        "GET",
        "/rest/v1.0/projects/:id",
        ask -> Answer.json(200, json(project(ask, ask.path("id")))));
    gate.on(router, "GET", "/rest/v1.0/projects/:project_id/billing_periods", this::periods);
    gate.on(router, "GET", "/rest/v1.0/vendors", this::vendors);
    gate.on(router, "GET", "/rest/v1.0/vendors/:id", this::vendor);
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

  private Answer projects(Ask ask) {
    ask.query("company_id");
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.Project project : state.projects.values()) {
      String origin = originId("project", project.id(), ask);
      if (project.companyId() == ask.companyId
          && ask.passes("id", project.id())
          && ask.passes("origin_id", origin)
          && ask.passes("name", project.name())
          && (ask.filter("synced") == null || ask.passes("synced", origin != null))) {
        rows.add(json(project));
      }
    }
    return ask.page(rows, 100);
  }

  private ObjectNode json(Model.Project project) {
    ExternalData.Row row = external.row("project", project.id(), project.companyId());
    ObjectNode out =
        Json.object()
            .put("id", project.id())
            .put("name", project.name())
            .put(
                "display_name",
                project.number() == null
                    ? project.name()
                    : project.number() + " - " + project.name())
            .put("project_number", project.number())
            .put("active", !state.breakdown.inactiveProjects.contains(project.id()))
            .put(
                "standard_cost_code_list_id",
                state.breakdown.listOfProject.getOrDefault(
                    project.id(), state.erpList(project.companyId())))
            .put("time_zone", "America/Chicago")
            .put("created_at", Times.utc(project.createdAt()))
            .put("updated_at", Times.utc(project.createdAt()))
            .put("origin_id", row == null ? null : row.originId)
            .put("origin_data", row == null ? null : row.originData)
            .put("origin_code", row == null ? null : row.originCode)
            .put("is_erp_integrated", row != null && row.originId != null)
            .put("code", (String) null);
    out.putObject("company")
        .put("id", project.companyId())
        .put("name", state.companies.get(project.companyId()).name());
    return out;
  }

  private Answer periods(Ask ask) {
    Model.Project project = project(ask, ask.path("project_id"));
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.BillingPeriod period : state.periods.values()) {
      if (period.projectId() == project.id()
          && ask.passes("id", period.id())
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

  private static String vendorView(Ask ask) {
    String view = Objects.requireNonNullElse(ask.call.query("view"), "normal");
    if (!VENDOR_VIEWS.contains(view)) {
      throw Refusal.field(400, "view", "does not have a valid value");
    }
    return view;
  }

  private Answer vendors(Ask ask) {
    ask.query("company_id");
    String view = vendorView(ask);
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.Vendor vendor : state.vendors.values()) {
      if (vendor.companyId() == ask.companyId
          && ask.passes("id", vendor.id())
          && ask.passes("origin_id", originId("vendor", vendor.id(), ask))
          && RequisitionResources.within(ask, "created_at", vendor.createdAt())
          && RequisitionResources.within(ask, "updated_at", vendor.createdAt())
          && (ask.filter("search") == null
              || ask.filter("search").stream()
                  .anyMatch(text -> vendor.name().toLowerCase().contains(text.toLowerCase())))) {
        rows.add(json(vendor, view));
      }
    }
    return ask.page(rows, 100);
  }

  private Answer vendor(Ask ask) {
    ask.query("company_id");
    Model.Vendor vendor = state.vendors.get(ask.path("id"));
    if (vendor == null || vendor.companyId() != ask.companyId) {
      throw Refusal.notFound("Vendor");
    }
    return Answer.json(200, json(vendor, vendorView(ask)));
  }

  /** Views that show origin fields: normal, erp and extended; compact has only id and name. */
  private ObjectNode json(Model.Vendor vendor, String view) {
    ObjectNode out = Json.object().put("id", vendor.id()).put("name", vendor.name());
    ExternalData.Row row = external.row("vendor", vendor.id(), vendor.companyId());
    boolean synced = row != null && row.originId != null;
    if (view.equals("compact")) {
      return out;
    }
    if (view.equals("summary")) {
      return out.put("company_vendor", true).put("projects_count", 0).put("synced_to_erp", synced);
    }
    out.put("company", vendor.name())
        .put("abbreviated_name", (String) null)
        .put("address", (String) null)
        .put("city", (String) null)
        .put("state_code", (String) null)
        .put("country_code", "US")
        .put("zip", (String) null)
        .put("email_address", (String) null)
        .put("business_phone", (String) null)
        .put("mobile_phone", (String) null)
        .put("fax_number", (String) null)
        .put("is_active", true)
        .put("created_at", Times.utc(vendor.createdAt()))
        .put("updated_at", Times.utc(vendor.createdAt()));
    vendors.show(vendor.id(), out);
    if (view.equals("directory")) {
      return out;
    }
    out.put("origin_code", row == null ? null : row.originCode)
        .put("origin_data", row == null ? null : row.originData)
        .put("origin_id", row == null ? null : row.originId)
        .put("synced_to_erp", synced);
    if (view.equals("erp")) {
      out.putArray("origin_custom_fields");
      out.putArray("erp_custom_fields");
    }
    return out;
  }

  private Answer costCodes(Ask ask) {
    Model.Project project = project(ask, ask.query("project_id"));
    boolean compact = "erp_compact".equals(ask.call.query("view"));
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
    Model.CostCode code = state.costCodes.get(ask.path("id"));
    if (code == null || code.projectId() != project.id()) {
      throw Refusal.notFound("Cost Code");
    }
    return Answer.json(200, costCode(code, project));
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
    out.putObject("parent").put("id", (Long) null);
    out.put("position", code.position())
        .put("sortable_code", code.fullCode())
        .put("standard_cost_code_id", (Long) null)
        .put("updated_at", Times.utc(code.createdAt()));
    ArrayNode types = out.putArray("line_item_types");
    state
        .breakdown
        .typesOf(code, state, project.companyId())
        .forEach(type -> types.add(lineItemType(state.lineItemTypes.get(type))));
    return out;
  }

  private Answer lineItemTypes(Ask ask) {
    List<ObjectNode> rows = new ArrayList<>();
    state.lineItemTypes.values().stream()
        .filter(type -> type.companyId() == ask.companyId && ask.passes("id", type.id()))
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
