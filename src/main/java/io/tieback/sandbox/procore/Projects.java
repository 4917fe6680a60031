package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** {@code /rest/v1.0/projects} and {@code /rest/v1.1/projects} (section 9). */
final class Projects {
  private static final String TYPE = "project";
  private static final String PATH = "/rest/v1.0/projects";
  private static final String[] FILTERS = {
    "by_status",
    "name",
    "created_at",
    "updated_at",
    "origin_id",
    "from_project_template_id",
    "id",
    "synced",
    "vendor_id",
    "custom_fields"
  };

  /** What v1.1 knows besides; filters by things that no project here has find nothing. */
  private static final Set<String> NEVER =
      Set.of(
          "by_owner_type",
          "by_department",
          "by_region",
          "by_office",
          "by_program",
          "by_stage",
          "by_type",
          "by_bid_type");

  private final State state;
  private final ExternalData external;
  private final Chronicle chronicle;
  private final Marks marks;

  Projects(State state, ExternalData external, Chronicle chronicle, Marks marks) {
    this.state = state;
    this.external = external;
    this.chronicle = chronicle;
    this.marks = marks;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", PATH, this::list);
    gate.on(router, "GET", "/rest/v1.1/projects", this::listNewer);
    gate.on(router, "PATCH", PATH + "/sync", this::sync);
    gate.on(
        router, "GET", PATH + "/:id", ask -> Answer.json(200, shown(held(ask, ask.path("id")))));
    gate.on(router, "PATCH", PATH + "/:id", this::update);
  }

  private Model.Project held(Ask ask, long id) {
    Model.Project project = state.projects.get(id);
    if (project == null || project.companyId() != ask.companyId) {
      throw Refusal.notFound("Project");
    }
    return project;
  }

  private Answer list(Ask ask) {
    ask.onlyFilters(FILTERS);
    boolean compact = "compact".equals(ask.call.query("serializer_view"));
    List<ObjectNode> rows = new ArrayList<>();
    found(ask).forEach(project -> rows.add(compact ? named(project) : listed(project)));
    return ask.page(rows, 100);
  }

  private Answer listNewer(Ask ask) {
    List<String> known = new ArrayList<>(List.of(FILTERS));
    known.addAll(NEVER);
    known.addAll(List.of("project_number", "is_demo", "template"));
    ask.onlyFilters(known.toArray(String[]::new));
    String view = ask.view("normal", "ids", "compact", "normal", "extended");
    List<JsonNode> rows = new ArrayList<>();
    for (Model.Project project : found(ask)) {
      if (NEVER.stream().allMatch(filter -> ask.filter(filter) == null)
          && ask.passes("project_number", project.number())
          && ask.passes("is_demo", false)
          && ask.passes("template", false)) {
        rows.add(
            switch (view) {
              case "ids" -> Json.object().put("id", project.id());
              case "compact" -> named(project);
              default -> listed(project);
            });
      }
    }
    return ask.page(rows, 100);
  }

  private List<Model.Project> found(Ask ask) {
    ask.query("company_id");
    String sort = ask.sort("name", "display_name");
    List<Model.Project> found = new ArrayList<>();
    for (Model.Project project : state.projects.values()) {
      String origin = external.originId(TYPE, project.id(), project.companyId());
      if (project.companyId() == ask.companyId
          && state.permits(ask.app, project.id())
          && ask.passes("id", project.id())
          && ask.passes("origin_id", origin)
          && ask.passes("name", project.name())
          && (ask.filter("synced") == null || ask.passes("synced", origin != null))
          && ofStatus(ask, project)
          && ask.within("created_at", project.createdAt())
          && ask.within("updated_at", updatedAt(project))) {
        found.add(project);
      }
    }
    if (sort != null) {
      Comparator<Model.Project> order =
          Comparator.comparing(
              project -> sort.endsWith("display_name") ? displayName(project) : project.name());
      found.sort(sort.startsWith("-") ? order.reversed() : order);
    }
    return found;
  }

  /** Without the filter all projects are listed. */
  private boolean ofStatus(Ask ask, Model.Project project) {
    String status = ask.call.query("filters[by_status]");
    return status == null
        || status.equals("All")
        || (List.of("Active", "Inactive").contains(status)
            && status.equals("Active") == active(project));
  }

  private boolean active(Model.Project project) {
    return !state.breakdown.inactiveProjects.contains(project.id());
  }

  private java.time.Instant updatedAt(Model.Project project) {
    return chronicle.updatedAt(TYPE, project.id(), project.createdAt());
  }

  private static String displayName(Model.Project project) {
    return project.number() == null ? project.name() : project.number() + " - " + project.name();
  }

  private static ObjectNode named(Model.Project project) {
    return Json.object().put("id", project.id()).put("name", project.name());
  }

  /** As lists show it: what it is integrated with is shown on the project alone. */
  private ObjectNode listed(Model.Project project) {
    ExternalData.Row row = external.row(TYPE, project.id(), project.companyId());
    ObjectNode out =
        named(project)
            .put("display_name", displayName(project))
            .put("project_number", project.number())
            .put("active", active(project))
            .put("time_zone", "America/Chicago")
            .put("created_at", Times.utc(project.createdAt()))
            .put("updated_at", Times.utc(updatedAt(project)))
            .put("origin_id", row == null ? null : row.originId)
            .put("origin_data", row == null ? null : row.originData)
            .put("origin_code", row == null ? null : row.originCode);
    state
        .breakdown
        .addresses
        .getOrDefault(project.id(), Json.object())
        .fields()
        .forEachRemaining(field -> out.set(field.getKey(), field.getValue()));
    out.putObject("company")
        .put("id", project.companyId())
        .put("name", state.companies.get(project.companyId()).name());
    return out;
  }

  private ObjectNode shown(Model.Project project) {
    ObjectNode out =
        listed(project)
            .put(
                "standard_cost_code_list_id",
                state.breakdown.listOfProject.getOrDefault(
                    project.id(), state.erpList(project.companyId())))
            .put("is_erp_integrated", state.integrated(project, external))
            .put("code", (String) null);
    long user = chronicle.createdBy(TYPE, project.id(), project.companyId());
    out.set("created_by", Users.reference(state, user, "login"));
    return out;
  }

  private Answer update(Ask ask) {
    if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(403, "company_id names another company", "Forbidden");
    }
    Model.Project project = held(ask, ask.path("id"));
    JsonNode in = ask.object(TYPE);
    marks.check(TYPE, project.id(), ask.companyId, in);
    write(
        project,
        in,
        (field, text) -> {
          throw Refusal.field(422, field, text);
        });
    marks.write(TYPE, project.id(), ask.companyId, in);
    return Answer.json(200, shown(project));
  }

  private Answer sync(Ask ask) {
    if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(403, "company_id names another company", "Forbidden");
    }
    return marks
        .sync(
            ask,
            TYPE,
            id ->
                state.projects.containsKey(id)
                    && state.projects.get(id).companyId() == ask.companyId
                    && state.permits(ask.app, id),
            (id, row, refuse) -> {
              if (id == null) {
                refuse.accept("base", "projects cannot be made by sync");
              } else {
                write(state.projects.get(id), row, refuse);
              }
              return id;
            },
            id -> listedBySync(state.projects.get(id)))
        .answer();
  }

  private ObjectNode listedBySync(Model.Project project) {
    ObjectNode out = listed(project);
    out.remove("company");
    return out;
  }

  /** Writes the fields that the stand-in keeps of a project: name, number, active. */
  void write(Model.Project project, JsonNode in, BiConsumer<String, String> refuse) {
    if (in.has("name") && in.path("name").asText("").isBlank()) {
      refuse.accept("name", "can't be blank");
      return;
    }
    project.name = in.has("name") ? Json.text(in, "name") : project.name;
    project.number = in.has("project_number") ? Json.text(in, "project_number") : project.number;
    if (in.path("active").isBoolean()) {
      if (in.get("active").booleanValue()) {
        state.breakdown.inactiveProjects.remove(project.id());
      } else {
        state.breakdown.inactiveProjects.add(project.id());
      }
    }
    ObjectNode address =
        state.breakdown.addresses.computeIfAbsent(project.id(), none -> Json.object());
    for (String field : List.of("address", "city", "state_code", "country_code", "zip", "phone")) {
      if (in.has(field)) {
        address.set(field, in.get(field));
      }
    }
    if (!Marks.only(in)) {
      chronicle.changed(TYPE, project.id());
    }
  }
}
