package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The budget of a project (section 13): its lines by way of a budget view, its lock, and budget
 * changes, whose figures are JSON numbers while those of the rows are strings.
 */
final class Budgets {
  static final String LINE = "budget_line";
  static final String CHANGE = "budget_change";

  /** A line of a budget: one budget code and its original amount. */
  static final class Line {
    long id;
    Model.Project project;
    Model.CostCode costCode;
    Model.LineItemType lineItemType;
    BigDecimal amount;
  }

  /** A budget change; one line of it moves an amount to a budget code. */
  static final class Change {
    long id;
    Model.Project project;
    int number;
    String title;
    String status;
    final List<Adjustment> adjustments = new ArrayList<>();
  }

  /** A line of a budget change; those of one {@code number} net out. */
  record Adjustment(
      long id, int number, Model.CostCode costCode, Model.LineItemType type, BigDecimal amount) {}

  final Map<Long, Line> lines = new LinkedHashMap<>();
  final Map<Long, Change> changes = new LinkedHashMap<>();
  final Set<Long> locked = new LinkedHashSet<>();
  private final Map<Long, Long> views = new LinkedHashMap<>();
  private final State state;
  private final ExternalData external;
  private final MasterData master;
  private final Chronicle chronicle;
  private final Lines codes;

  Budgets(State state, ExternalData external, MasterData master, Chronicle chronicle, Lines codes) {
    this.state = state;
    this.external = external;
    this.master = master;
    this.chronicle = chronicle;
    this.codes = codes;
  }

  void clear() {
    lines.clear();
    changes.clear();
    locked.clear();
    views.clear();
  }

  void routes(Router router, Gate gate) {
    String budget = "/rest/v1.0/projects/:project_id/budget";
    gate.on(router, "GET", budget, ask -> locked(200, ofPath(ask)));
    gate.on(router, "POST", budget + "/lock", this::lock);
    gate.on(router, "DELETE", budget + "/lock", this::unlock);
    gate.on(router, "GET", budget + "_changes", this::listChanges);
    gate.on(router, "GET", budget + "_changes/:id", this::showChange);
    gate.on(router, "GET", "/rest/v1.0/budget_views", this::views);
    gate.on(router, "GET", "/rest/v1.0/budget_views/:id/detail_rows", this::rows);
    gate.on(router, "GET", "/rest/v1.1/budget_line_items/:id", this::line);
  }

  private Model.Project ofPath(Ask ask) {
    return master.project(ask, ask.path("project_id"));
  }

  private Answer locked(int status, Model.Project project) {
    return Answer.json(status, Json.object().put("locked", locked.contains(project.id())));
  }

  private Answer lock(Ask ask) {
    Model.Project project = ofPath(ask);
    locked.add(project.id());
    return locked(201, project);
  }

  private Answer unlock(Ask ask) {
    Model.Project project = ofPath(ask);
    if (!locked.contains(project.id())) {
      throw Refusal.notFound("Budget Lock");
    }
    String why =
        whyNotUnlocked(
            project, "true".equals(ask.call.query("destroy_all_budget_line_item_transfers")));
    if (why != null) {
      throw Refusal.reason(422, why, "Unprocessable");
    }
    locked.remove(project.id());
    return locked(200, project);
  }

  /** Approved changes hold the lock unless they are given up; null when it may go. */
  String whyNotUnlocked(Model.Project project, boolean givingUp) {
    if (external.originId("budget", project.id(), project.companyId()) != null) {
      return "The budget is synced with ERP and cannot be unlocked";
    }
    boolean changed =
        changes.values().stream()
            .anyMatch(one -> one.project == project && one.status.equals("approved"));
    if (changed && !givingUp) {
      return "The budget has approved changes and cannot be unlocked";
    }
    if (changed) {
      changes.values().removeIf(one -> one.project == project);
    }
    return null;
  }

  private long view(Model.Project project) {
    return views.computeIfAbsent(project.companyId(), none -> state.nextId());
  }

  private Answer views(Ask ask) {
    ask.sort("created_at");
    Model.Project project = master.project(ask, ask.query("project_id"));
    long id = view(project);
    ObjectNode row =
        Json.object()
            .put("id", id)
            .put("name", "Procore Standard Budget")
            .put("description", "")
            .put("created_at", Times.utc(project.createdAt()))
            .put("updated_at", Times.utc(project.createdAt()))
            .put("role", "company");
    row.set("created_by", Users.reference(state, project.companyId(), "login"));
    row.putObject("links")
        .put("detail_rows", "/rest/v1.0/budget_views/" + id + "/detail_rows")
        .put("summary_rows", "/rest/v1.0/budget_views/" + id + "/summary_rows");
    return ask.page(List.of(row), 100);
  }

  private Answer rows(Ask ask) {
    Model.Project project = master.project(ask, ask.query("project_id"));
    if (ask.path("id") != view(project)) {
      throw Refusal.notFound("Budget View");
    }
    String type = ask.call.query("budget_row_type");
    if (type != null && !Set.of("budgeted", "unbudgeted", "all").contains(type)) {
      throw Refusal.field(400, "budget_row_type", "does not have a valid value");
    }
    List<ObjectNode> rows = new ArrayList<>();
    for (Line line : lines.values()) {
      if (line.project == project
          && !"unbudgeted".equals(type)
          && named(ask, "cost_code_id[]", line.costCode.id())
          && named(ask, "category_id[]", line.lineItemType.id())
          && named(ask, "budget_line_item_id[]", line.id)) {
        rows.add(row(line));
      }
    }
    return ask.page(rows, 100);
  }

  private static boolean named(Ask ask, String parameter, long id) {
    List<String> wanted = ask.call.queryAll(parameter);
    return wanted.isEmpty() || wanted.contains(Long.toString(id));
  }

  private ObjectNode row(Line line) {
    Model.Project project = line.project;
    String companyName = state.companies.get(project.companyId()).name();
    ObjectNode out =
        Json.object()
            .put("id", line.id)
            .put("deletable", !locked.contains(project.id()))
            .put("company_id", project.companyId())
            .put("company", companyName)
            .put("project_id", project.id())
            .put("project", project.name())
            .put("wbs_code_id", state.budgetCodeId(line.costCode.id(), line.lineItemType.id()))
            .put("biller_id", project.id())
            .put("biller", project.name())
            .put("biller_type", "Project")
            .put("root_cost_code_id", line.costCode.id())
            .put("root_cost_code", line.costCode.fullCode() + " - " + line.costCode.name())
            .put("cost_code_id", line.costCode.id())
            .put(
                "cost_code_origin_id",
                external.originId("cost_code", line.costCode.id(), project.companyId()))
            .put("cost_code", line.costCode.fullCode() + " - " + line.costCode.name())
            .put("category_id", line.lineItemType.id())
            .put("category", line.lineItemType.name())
            .put("original_budget_amount", Decimals.plain(line.amount))
            .put("budget_modifications", Decimals.plain(modifications(line)));
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(project.companyId()).currency());
    return out;
  }

  private BigDecimal modifications(Line line) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Change change : changes.values()) {
      for (Adjustment one : change.adjustments) {
        if (change.project == line.project
            && change.status.equals("approved")
            && one.costCode() == line.costCode
            && one.type().id() == line.lineItemType.id()) {
          sum = sum.add(one.amount());
        }
      }
    }
    return sum;
  }

  private Answer line(Ask ask) {
    Model.Project project = master.project(ask, ask.query("project_id"));
    Line line = lines.get(ask.path("id"));
    if (line == null || line.project != project) {
      throw Refusal.notFound("Budget Line Item");
    }
    ObjectNode out =
        Json.object()
            .put("id", line.id)
            .put("original_budget_amount", line.amount)
            .put("calculation_strategy", "manual");
    out.set("wbs_code", codes.budgetCode(line.costCode, line.lineItemType));
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(project.companyId()).currency());
    return Answer.json(200, out);
  }

  /** Not paged, in an envelope. */
  private Answer listChanges(Ask ask) {
    Model.Project project = ofPath(ask);
    ObjectNode out = Json.object();
    ArrayNode data = out.putArray("data");
    changes.values().stream()
        .filter(change -> change.project == project)
        .forEach(
            change -> {
              ObjectNode row = json(change).put("prime_contract_id", (Long) null);
              row.putArray("change_event_line_item_ids");
              data.add(row);
            });
    return Answer.json(200, out);
  }

  private Answer showChange(Ask ask) {
    Change change = changes.get(ask.path("id"));
    if (change == null || change.project != ofPath(ask)) {
      throw Refusal.notFound("Budget Change");
    }
    ObjectNode out = Json.object();
    ObjectNode data = json(change);
    data.putNull("prime_contract");
    data.putArray("attachments");
    ArrayNode rows = data.putArray("adjustment_line_items");
    for (Adjustment one : change.adjustments) {
      ObjectNode row =
          rows.addObject()
              .put("id", one.id())
              .put("ref", (String) null)
              .put("adjustment_number", one.number())
              .put("description", (String) null)
              .put("comment", (String) null)
              .put("calculation_strategy", "manual")
              .put("type", "budget_change")
              .put("amount", one.amount());
      row.set("wbs_code", codes.budgetCode(one.costCode(), one.type()));
      row.putNull("change_event_line_item_id");
    }
    data.putArray("production_quantities");
    out.set("data", data);
    return Answer.json(200, out);
  }

  private ObjectNode json(Change change) {
    boolean erp = state.companies.get(change.project.companyId()).erp();
    boolean synced = external.originId(CHANGE, change.id, change.project.companyId()) != null;
    BigDecimal amount = BigDecimal.ZERO;
    for (Adjustment one : change.adjustments) {
      amount = amount.add(one.amount());
    }
    ObjectNode out =
        Json.object()
            .put("id", change.id)
            .put("number", change.number)
            .put("status", change.status)
            .put("title", change.title)
            .put("description", "")
            .put("erp_status", !erp ? "not_integrated" : synced ? "synced" : "not_in_erp")
            .put("amount", amount);
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(change.project.companyId()).currency());
    return out;
  }

  /** A person enters a line: {@code projectId, costCodeId, lineItemTypeId, amount}. */
  long add(SeedReader in) {
    Line line = new Line();
    line.project = found(in, "projectId", state.projects);
    if (locked.contains(line.project.id())) {
      throw in.wrong("projectId", "the budget is locked; enter a budget change.");
    }
    line.id = state.nextId();
    line.costCode = found(in, "costCodeId", state.costCodes);
    line.lineItemType = found(in, "lineItemTypeId", state.lineItemTypes);
    line.amount = Seed.orZero(in.moneyOrNull("amount"));
    lines.put(line.id, line);
    happened(line.project, LINE, line.id, "create");
    return line.id;
  }

  /** A person enters a change: {@code projectId, title, status, lines}. */
  long addChange(SeedReader in) {
    Change change = new Change();
    change.project = found(in, "projectId", state.projects);
    change.title = in.text("title");
    change.status =
        in.word("status", "draft", List.of("draft", "under_review", "approved", "void"));
    change.number =
        1 + (int) changes.values().stream().filter(c -> c.project == change.project).count();
    for (SeedReader row :
        in.list("lines", "costCodeId", "lineItemTypeId", "amount", "adjustment")) {
      Long number = row.numberOrNull("adjustment");
      change.adjustments.add(
          new Adjustment(
              state.nextId(),
              number == null ? 1 : Math.toIntExact(number),
              found(row, "costCodeId", state.costCodes),
              found(row, "lineItemTypeId", state.lineItemTypes),
              Seed.orZero(row.moneyOrNull("amount"))));
    }
    change.id = state.nextId();
    changes.put(change.id, change);
    happened(change.project, CHANGE, change.id, "create");
    return change.id;
  }

  private static <T> T found(SeedReader in, String field, Map<Long, T> held) {
    T one = held.get(in.number(field));
    if (one == null) {
      throw in.wrong(field, "there is no such record.");
    }
    return one;
  }

  /** A person changes a line's amount, or a change's title or status; null when that is done. */
  String edit(String type, long id, JsonNode fields) {
    if (type.equals(LINE)) {
      Line line = lines.get(id);
      if (locked.contains(line.project.id())) {
        return "the budget is locked; enter a budget change";
      }
      line.amount = new BigDecimal(fields.path("amount").asText());
      happened(line.project, LINE, id, "update");
    } else {
      Change change = changes.get(id);
      change.title = fields.has("title") ? Json.text(fields, "title") : change.title;
      change.status = fields.has("status") ? Json.text(fields, "status") : change.status;
      happened(change.project, CHANGE, id, "update");
    }
    return null;
  }

  /** Tells hooks of something in a budget. */
  void happened(Model.Project project, String type, long id, String eventType) {
    chronicle.note(project.companyId(), project.id(), type, id, eventType);
  }
}
