package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What people do with projects and standard cost codes in Procore and its ERP tab (sections 5 to 7
 * and 9 of the reference): they change them, send them, and the approver accepts or rejects. Events
 * are built from what the stand-in holds at that moment.
 */
final class ProjectDoor {

  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final Clock clock;
  private final ErpDoor door;
  private final MasterData master;
  private final Chronicle chronicle;
  private final WorkBreakdownResources resources;

  ProjectDoor(
      State state,
      ExternalData external,
      Switches switches,
      Clock clock,
      ErpDoor door,
      MasterData master,
      Chronicle chronicle) {
    this.chronicle = chronicle;
    this.state = state;
    this.external = external;
    this.switches = switches;
    this.clock = clock;
    this.door = door;
    this.master = master;
    this.resources = new WorkBreakdownResources(state, external, switches);
  }

  /**
   * People set a project up: {@code projectId}, and any of {@code name}, {@code active}, {@code
   * erpList}, {@code codes [{code, fullCode, name, typeIds, parentCode, subJob}]}, where a full
   * code that is there gets these types. Gives the ids of the codes by full code.
   */
  Answer change(JsonNode body) {
    Json.onlyFields("body", body, "projectId", "name", "active", "erpList", "codes");
    Model.Project project = project(body);
    if (body.hasNonNull("name")) {
      project.name = Json.text(body, "name");
    }
    if (body.hasNonNull("active")) {
      flag(state.breakdown.inactiveProjects, project.id(), !body.get("active").booleanValue());
    }
    if (body.hasNonNull("erpList")) {
      if (body.get("erpList").booleanValue()) {
        state.breakdown.listOfProject.remove(project.id());
      } else {
        state.breakdown.listOfProject.put(project.id(), state.nextId());
      }
    }
    chronicle.changed("project", project.id());
    ObjectNode ids = Json.object();
    Map<String, Long> byCode = codesOf(project.id());
    for (JsonNode code : body.path("codes")) {
      code(project, code, byCode);
    }
    byCode.forEach(ids::put);
    ObjectNode out = Json.object().put("projectId", project.id());
    out.set("codes", ids);
    return Answer.json(200, out);
  }

  private static void flag(java.util.Set<Long> set, long id, boolean in) {
    if (in) {
      set.add(id);
    } else {
      set.remove(id);
    }
  }

  private Map<String, Long> codesOf(long project) {
    Map<String, Long> ids = new HashMap<>();
    state.costCodes.values().stream()
        .filter(code -> code.projectId() == project)
        .forEach(code -> ids.put(code.fullCode(), code.id()));
    return ids;
  }

  private void code(Model.Project project, JsonNode given, Map<String, Long> byCode) {
    Json.onlyFields("codes", given, "code", "fullCode", "name", "typeIds", "parentCode", "subJob");
    String leaf = Json.text(given, "code");
    String full = given.hasNonNull("fullCode") ? Json.text(given, "fullCode") : leaf;
    long id = byCode.computeIfAbsent(full, none -> state.nextId());
    Model.CostCode before = state.costCodes.get(id);
    if (before == null) {
      state.costCodes.put(
          id,
          new Model.CostCode(
              id,
              project.id(),
              leaf,
              full,
              Json.text(given, "name"),
              state.costCodes.size() + 1,
              clock.instant()));
      chronicle.created("cost_code", id);
    } else {
      before.code = leaf;
      before.fullCode = full;
      before.name = given.hasNonNull("name") ? Json.text(given, "name") : before.name;
      chronicle.changed("cost_code", id);
    }
    if (given.has("typeIds")) {
      List<Long> types = new ArrayList<>();
      for (JsonNode type : given.get("typeIds")) {
        if (!state.lineItemTypes.containsKey(type.longValue())) {
          throw new IllegalArgumentException("codes.typeIds: there is no cost type " + type + ".");
        }
        types.add(type.longValue());
      }
      state.breakdown.typesOfCode.put(id, types);
    }
    if (given.hasNonNull("parentCode")) {
      state.breakdown.parents.put(id, byCode.get(Json.text(given, "parentCode")));
    }
    if (given.hasNonNull("subJob")) {
      state.breakdown.subJobs.put(id, Json.text(given, "subJob"));
    }
  }

  /** A project user sends (or sends again) a project. */
  Answer send(JsonNode body) {
    Json.onlyFields("body", body, "projectId");
    Model.Project project = project(body);
    String status = status(project);
    String why =
        List.of("ready_to_export", "ready_to_update", "exporting").contains(status)
            ? "is " + status + "; it cannot be sent from there"
            : switches.flag("sendChecks") ? whyNotSent(project) : null;
    if (why != null) {
      return refused("Project " + project.id() + " " + why + ".");
    }
    state.breakdown.readyProjects.add(project.id());
    return moved(project);
  }

  private String whyNotSent(Model.Project project) {
    if (state.breakdown.inactiveProjects.contains(project.id())) {
      return "is not active";
    }
    if (state.breakdown.listOfProject.containsKey(project.id())) {
      return "does not use the ERP standard cost code list";
    }
    boolean typed =
        state.costCodes.values().stream()
            .filter(code -> code.projectId() == project.id())
            .anyMatch(code -> !state.breakdown.typesOf(code, state, project.companyId()).isEmpty());
    return typed ? null : "has no cost code with a cost type";
  }

  /** It is taken back before the approver answers, or rejected. */
  Answer takeBack(JsonNode body) {
    Json.onlyFields("body", body, "projectId");
    Model.Project project = project(body);
    if (!state.breakdown.readyProjects.remove(project.id())) {
      return refused(
          "Project " + project.id() + " is " + status(project) + "; nothing waits for an answer.");
    }
    return moved(project);
  }

  /** The approver accepts; one whose export failed may be accepted again as it is now. */
  Answer accept(JsonNode body) {
    Json.onlyFields("body", body, "projectId");
    Model.Project project = project(body);
    if (!state.breakdown.readyProjects.remove(project.id())
        && !status(project).equals("failed_to_export")) {
      return refused(
          "Project "
              + project.id()
              + " is "
              + status(project)
              + "; only what is ready or failed can be exported.");
    }
    ObjectNode data = Json.object();
    data.set("job", job(project));
    ArrayNode codes = data.putArray("all_cost_codes");
    state.costCodes.values().stream()
        .filter(code -> code.projectId() == project.id())
        .forEach(code -> codes.add(code(code, project)));
    return fire("create_or_update_job", data, project.companyId(), "project", project.id());
  }

  private Answer fire(String name, JsonNode data, long companyId, String itemType, Long itemId) {
    ObjectNode event =
        Json.object()
            .put("requestName", name)
            .put("companyId", companyId)
            .put("itemType", itemType);
    event.set("requestData", data);
    if (itemId != null) {
      event.put("itemId", itemId);
    }
    return door.event(event);
  }

  private ObjectNode job(Model.Project project) {
    ExternalData.Row row = external.row("project", project.id(), project.companyId());
    ObjectNode job =
        Json.object()
            .put("id", project.id())
            .put("name", project.name())
            .put("origin_id", row == null ? null : row.originId)
            .put("origin_data", row == null ? null : row.originData)
            .put("origin_code", project.number())
            .put("address", "1 Main Street")
            .put("city", "Chicago")
            .put("state_code", "IL")
            .put("zip", "60601")
            .put("latitude", (String) null)
            .put("longitude", (String) null)
            .put("synced", row != null && row.originId != null)
            .put("active", !state.breakdown.inactiveProjects.contains(project.id()));
    job.putObject("custom_fields");
    job.putObject("erp_custom_fields");
    return job;
  }

  private ObjectNode code(Model.CostCode code, Model.Project project) {
    ObjectNode json = master.costCode(code, project);
    String subJob = state.breakdown.subJobs.get(code.id());
    if (subJob != null) {
      json.put("biller", subJob).put("biller_type", "SubJob");
    }
    json.putObject("parent").put("id", state.breakdown.parents.get(code.id()));
    ArrayNode names = json.putArray("long_name_helper");
    names.addArray().add(code.fullCode());
    names.addArray().add(code.name());
    WorkBreakdown.StandardCode standard =
        state.breakdown.standardCodes.values().stream()
            .filter(
                one ->
                    one.companyId() == project.companyId()
                        && one.fullCode().equals(code.fullCode()))
            .findFirst()
            .orElse(null);
    return json.put(
        "standard_cost_code_origin_id",
        standard == null
            ? null
            : external.originId("standard_cost_code", standard.id(), project.companyId()));
  }

  /**
   * Adds codes to the company's ERP list: {@code companyId}, {@code codes [{code, fullCode,
   * name}]}.
   */
  Answer addStandardCodes(JsonNode body) {
    Json.onlyFields("body", body, "companyId", "codes");
    long company = body.path("companyId").longValue();
    ArrayNode ids = Json.array();
    for (JsonNode code : body.path("codes")) {
      Json.onlyFields("codes", code, "code", "fullCode", "name", "parentId");
      long id = state.nextId();
      state.breakdown.standardCodes.put(
          id,
          new WorkBreakdown.StandardCode(
              id,
              company,
              state.erpList(company),
              code.hasNonNull("parentId") ? (Long) code.get("parentId").longValue() : null,
              Json.text(code, "code"),
              code.hasNonNull("fullCode") ? Json.text(code, "fullCode") : Json.text(code, "code"),
              Json.text(code, "name")));
      ids.add(id);
    }
    ObjectNode out = Json.object();
    out.set("standardCodes", ids);
    return Answer.json(200, out);
  }

  /** The approver exports standard cost codes, all in one event: {@code ids}. */
  Answer acceptStandardCodes(JsonNode body) {
    Json.onlyFields("body", body, "ids");
    ArrayNode data = Json.array();
    long company = 0;
    for (JsonNode id : body.path("ids")) {
      WorkBreakdown.StandardCode code = state.breakdown.standardCodes.get(id.longValue());
      if (code == null) {
        throw new IllegalArgumentException("ids: there is no standard cost code " + id + ".");
      }
      company = code.companyId();
      ObjectNode element = resources.json(code);
      element
          .put(
              "parent_origin_id",
              code.parentId() == null
                  ? null
                  : external.originId("standard_cost_code", code.parentId(), company))
          .put("origin_code", (String) null);
      ArrayNode names = element.putArray("long_name_helper");
      names.addArray().add(code.fullCode());
      names.addArray().add(code.name());
      element.putObject("erp_custom_fields");
      data.add(element);
    }
    return fire("create_standard_cost_codes", data, company, "standard_cost_code", null);
  }

  /**
   * Cost codes of a project are deleted: {@code projectId}, {@code codeIds}; or, with {@code
   * typeId}, only that cost type of them. One event, a detail for each.
   */
  Answer delete(JsonNode body) {
    Json.onlyFields("body", body, "projectId", "codeIds", "typeId");
    Model.Project project = project(body);
    boolean assignments = body.hasNonNull("typeId");
    ObjectNode data = Json.object();
    data.putObject("project")
        .put("id", project.id())
        .put("origin_id", external.originId("project", project.id(), project.companyId()));
    data.putNull("sub_job");
    ArrayNode rows = data.putArray(assignments ? "cost_type_assignments" : "cost_codes");
    ArrayNode details = Json.array();
    long requestId = state.nextRequestId();
    for (JsonNode given : body.path("codeIds")) {
      Model.CostCode code = state.costCodes.get(given.longValue());
      long id =
          assignments ? state.budgetCodeId(code.id(), body.get("typeId").longValue()) : code.id();
      long detail =
          door.detail(
              project.companyId(),
              requestId,
              List.of(new Model.ItemRef(assignments ? "cost_type_assignment" : "cost_code", id)));
      details.add(detail);
      ObjectNode row = rows.addObject().put("id", id).put("request_detail_id", detail);
      String origin = external.originId("cost_code", code.id(), project.companyId());
      if (assignments) {
        row.put("cost_code_origin_id", origin)
            .put(
                "line_item_type_origin_id",
                external.originId(
                    "line_item_type", body.get("typeId").longValue(), project.companyId()))
            .put("job_cost_id", state.nextId());
      } else {
        row.put("origin_id", origin).put("sortable_code", code.fullCode());
      }
    }
    door.request(
        requestId,
        project.companyId(),
        assignments ? "delete_cost_type_assignments" : "delete_cost_codes",
        data,
        Json.object());
    ObjectNode out = Json.object().put("requestId", requestId);
    out.set("detailIds", details);
    return Answer.json(200, out);
  }

  /** Procore's staff reset a project: it and its codes are free at once, and the event tells so. */
  Answer reset(JsonNode body) {
    Json.onlyFields("body", body, "projectId");
    Model.Project project = project(body);
    ObjectNode data = Json.object();
    ExternalData.Row row = external.row("project", project.id(), project.companyId());
    data.putObject("project")
        .put("id", project.id())
        .put("name", project.name())
        .put("origin_data", row == null ? null : row.originData)
        .put("origin_id", row == null ? null : row.originId);
    external.remove("project", project.id(), project.companyId());
    for (Model.CostCode code : state.costCodes.values()) {
      if (code.projectId() == project.id()) {
        external.remove("cost_code", code.id(), project.companyId());
        state.breakdown.synced.removeIf(one -> one.costCodeId() == code.id());
      }
    }
    Model.Detail detail = state.latestDetail("project", project.id());
    if (detail != null) {
      state.breakdown.outdatedDetails.add(detail.id);
    }
    return fire("reset_job", data, project.companyId(), "project", project.id());
  }

  /** Where a project stands, its codes, and which of their types are synced. */
  Answer show(long projectId) {
    Model.Project project = state.projects.get(projectId);
    if (project == null) {
      return refused("There is no project " + projectId + ".");
    }
    ObjectNode out =
        Json.object()
            .put("id", project.id())
            .put("name", project.name())
            .put("erpStatus", status(project))
            .put("originId", external.originId("project", project.id(), project.companyId()));
    ArrayNode codes = out.putArray("codes");
    for (Model.CostCode code : state.costCodes.values()) {
      if (code.projectId() == projectId) {
        ObjectNode json =
            codes
                .addObject()
                .put("id", code.id())
                .put("fullCode", code.fullCode())
                .put("originId", external.originId("cost_code", code.id(), project.companyId()));
        ArrayNode synced = json.putArray("syncedTypes");
        state.breakdown.typesOf(code, state, project.companyId()).stream()
            .filter(
                type ->
                    state.breakdown.synced.contains(new WorkBreakdown.Assignment(code.id(), type)))
            .forEach(type -> synced.add(state.lineItemTypes.get(type).code()));
      }
    }
    return Answer.json(200, out);
  }

  private String status(Model.Project project) {
    String origin = external.originId("project", project.id(), project.companyId());
    Model.Detail detail = state.latestDetail("project", project.id());
    detail = detail != null && state.breakdown.outdatedDetails.contains(detail.id) ? null : detail;
    if (state.breakdown.readyProjects.contains(project.id())) {
      return origin == null ? "ready_to_export" : "ready_to_update";
    }
    if (detail != null && detail.open()) {
      return "exporting";
    }
    if (detail != null && detail.status.equals("failed") && origin == null) {
      return "failed_to_export";
    }
    // A success without origin id leaves the item exporting (section 16).
    return origin != null
        ? "synced"
        : detail == null || detail.status.equals("rejected") ? "not_in_erp" : "exporting";
  }

  private Model.Project project(JsonNode body) {
    Model.Project project = state.projects.get(body.path("projectId").longValue());
    if (project == null) {
      throw new IllegalArgumentException(
          "projectId: there is no project " + body.path("projectId") + ".");
    }
    return project;
  }

  private Answer moved(Model.Project project) {
    return Answer.json(
        200, Json.object().put("projectId", project.id()).put("erpStatus", status(project)));
  }

  private static Answer refused(String why) {
    ObjectNode out = Json.object();
    out.putArray("errors").add(why);
    return Answer.json(422, out);
  }
}
