package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;

/**
 * The other two faces of a change order (section 11): the potential change order that holds its
 * lines with their origin fields, and the commitment change order, which leads to the package by
 * {@code legacy_package_id} and has the lines' commitment lines (v2).
 */
final class PotentialChangeOrders {
  private static final String POTENTIAL = "/rest/v1.0/potential_change_orders";
  private static final String COMMITMENT =
      "/rest/v1.0/projects/:project_id/commitment_change_orders";
  private static final String LINES_V2 =
      "/rest/v2.0/companies/:company_id/projects/:project_id/commitment_change_orders";
  private static final String LINE = "line_item";
  private static final int V2_PAGE = 10;
  private static final int V2_MOST = 100;

  private final State state;
  private final MasterData master;
  private final Chronicle chronicle;
  private final Marks marks;
  private final Lines lines;
  private final ChangeOrders packages;

  PotentialChangeOrders(
      State state,
      MasterData master,
      Chronicle chronicle,
      Marks marks,
      Lines lines,
      ChangeOrders packages) {
    this.state = state;
    this.master = master;
    this.chronicle = chronicle;
    this.marks = marks;
    this.lines = lines;
    this.packages = packages;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", POTENTIAL, this::list);
    gate.on(router, "GET", POTENTIAL + "/:id", this::show);
    gate.on(router, "GET", POTENTIAL + "/:id/line_items", this::lines);
    gate.on(router, "PATCH", POTENTIAL + "/:id/line_items/sync", this::syncLines);
    gate.on(router, "GET", COMMITMENT, this::listNewer);
    gate.on(
        router,
        "GET",
        COMMITMENT + "/:id",
        ask -> {
          ObjectNode out = newer(heldNewer(ask), ask.switches.choice("commitmentChangeOrderIds"));
          out.putArray("attachments");
          return Answer.json(200, out);
        });
    gate.on(router, "GET", LINES_V2 + "/:id/line_items", this::linesV2);
  }

  private Model.ChangeOrder held(Ask ask) {
    Model.Project project = master.project(ask, ask.query("project_id"));
    long id = ask.path("id");
    return project(project).stream()
        .filter(change -> change.potentialId == id)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("Potential Change Order"));
  }

  private List<Model.ChangeOrder> project(Model.Project project) {
    return state.changeOrders.values().stream()
        .filter(change -> change.commitment.project == project)
        .toList();
  }

  private Answer list(Ask ask) {
    ask.onlyFilters(
        "id",
        "origin_id",
        "created_at",
        "updated_at",
        "due_date",
        "contract_id",
        "include_deleted",
        "invoiced_date",
        "paid_date",
        "reviewed_at");
    Model.Project project = master.project(ask, ask.query("project_id"));
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.ChangeOrder change : packages.found(ask, project)) {
      if (ask.passes("id", change.potentialId)
          && ask.filter("origin_id") == null
          && ask.passes("contract_id", change.commitment.id)) {
        ObjectNode row = json(change);
        row.put("executed", change.status.equals("approved"))
            .put(
                "created_by_id",
                chronicle.createdBy(ChangeOrders.TYPE, change.id, project.companyId()))
            .put("change_order_package_title", change.title == null ? "" : change.title)
            .put("change_order_package_acronym_number", "CCO #" + change.number)
            .put("change_order_tiers", 1);
        rows.add(row);
      }
    }
    return ask.page(rows, 100);
  }

  private ObjectNode json(Model.ChangeOrder change) {
    ObjectNode out =
        Json.object()
            .put("id", change.potentialId)
            .put("contract_id", change.commitment.id)
            .put("created_at", Times.utc(change.createdAt))
            .put("updated_at", Times.utc(packages.updatedAt(change)))
            .put("number", change.number)
            .put("status", change.status)
            .put("title", change.title == null ? "" : change.title)
            .put("revision", 0)
            .put("grand_total", plain(change.total()));
    if (change.reviewedAt != null) {
      out.put("reviewed_at", Times.utc(change.reviewedAt));
    }
    if (change.deletedAt != null) {
      out.put("deleted_at", Times.utc(change.deletedAt));
    }
    out.putObject("currency_configuration").put("currency_iso_code", currency(change));
    return out;
  }

  private String currency(Model.ChangeOrder change) {
    return state.companies.get(change.commitment.project.companyId()).currency();
  }

  private Answer show(Ask ask) {
    long contract = ask.query("contract_id");
    Model.ChangeOrder change = held(ask);
    if (change.commitment.id != contract) {
      throw Refusal.notFound("Potential Change Order");
    }
    Model.Project project = change.commitment.project;
    ObjectNode out =
        json(change)
            .put("accounting_method", change.commitment.unit ? "unit" : "amount")
            .put("description", "")
            .put("line_items_total", plain(change.total()))
            .put("line_items_extended_total", plain(change.total()))
            .put("void", change.status.equals("void"));
    out.set(
        "creator",
        Users.reference(
            state,
            chronicle.createdBy(ChangeOrders.TYPE, change.id, project.companyId()),
            "login"));
    ArrayNode shown = out.putArray("line_items");
    for (Model.ChangeOrderLine line : change.lines) {
      ObjectNode one = lines.json(line);
      one.remove(
          List.of(
              "amount",
              "created_at",
              "updated_at",
              "extended_type",
              "origin_id",
              "origin_data",
              "company",
              "project",
              "holder",
              "wbs_code"));
      // Here these two are numbers.
      one.put("quantity", Lines.orZero(line.quantity()));
      one.put("unit_cost", Lines.orZero(line.unitCost()));
      if (line.costCode() != null) {
        one.put("cost_code_id", line.costCode().id());
      }
      shown.add(one);
    }
    out.putArray("attachments");
    return Answer.json(200, out);
  }

  private Answer lines(Ask ask) {
    ask.onlyFilters(Commitments.LINE_FILTERS);
    Model.ChangeOrder change = held(ask);
    return ask.page(
        change.lines.stream()
            .filter(
                line ->
                    lines.passes(
                        ask, change.commitment, line.id(), line.costCode(), line.lineItemType()))
            .map(lines::json)
            .toList(),
        100);
  }

  private Answer syncLines(Ask ask) {
    Model.ChangeOrder change = held(ask);
    var sync =
        marks.sync(
            ask,
            LINE,
            id -> {
              Model.ChangeOrderLine line = state.linesOfChangeOrders.get(id);
              return line != null && line.changeOrder() == change;
            },
            (id, row, refuse) -> {
              if (id == null || !Marks.only(row)) {
                refuse.accept("base", "the stand-in writes the origin of these lines only");
              }
              return id;
            },
            id -> lines.json(state.linesOfChangeOrders.get(id)));
    if (!sync.entities.isEmpty() && ask.switches.flag("linesTouchContract")) {
      chronicle.changed(ChangeOrders.TYPE, change.id);
    }
    return sync.answer();
  }

  private static long idOf(Model.ChangeOrder change, String ids) {
    return ids.equals("own") ? change.ownId : change.potentialId;
  }

  private Model.ChangeOrder heldNewer(Ask ask) {
    Model.Project project = master.project(ask, ask.path("project_id"));
    long id = ask.path("id");
    String ids = ask.switches.choice("commitmentChangeOrderIds");
    return project(project).stream()
        .filter(change -> idOf(change, ids) == id)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("Commitment Change Order"));
  }

  /** Not paged. */
  private Answer listNewer(Ask ask) {
    ask.onlyFilters(
        "id",
        "batch_id",
        "legacy_package_id",
        "contract_id",
        "vendor_id",
        "signature_required",
        "executed",
        "status",
        "updated_at");
    ask.view("default", "default", "extended");
    String sort = ask.sort("id", "created_at");
    Model.Project project = master.project(ask, ask.path("project_id"));
    String ids = ask.switches.choice("commitmentChangeOrderIds");
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.ChangeOrder change : project(project)) {
      if (ask.passes("id", idOf(change, ids))
          && ask.filter("batch_id") == null
          && ask.passes("legacy_package_id", change.id)
          && ask.passes("contract_id", change.commitment.id)
          && ask.passes("vendor_id", change.commitment.vendor.id())
          && ask.passes("executed", change.status.equals("approved"))
          && ask.passes("status", change.status)
          && ask.within("updated_at", packages.updatedAt(change))) {
        rows.add(newer(change, ids));
      }
    }
    if (sort != null && sort.startsWith("-")) {
      java.util.Collections.reverse(rows);
    }
    ArrayNode all = Json.array();
    rows.forEach(all::add);
    return Answer.json(200, all);
  }

  /** Without origin fields: those are the package's. */
  private ObjectNode newer(Model.ChangeOrder change, String ids) {
    long companyId = change.commitment.project.companyId();
    ObjectNode out =
        Json.object()
            .put("id", idOf(change, ids))
            .put("batch_id", (Long) null)
            .put("contract_id", change.commitment.id)
            .put("legacy_package_id", change.id)
            .put("legacy_request_id", (Long) null)
            .put("description", (String) null)
            .put("title", change.title)
            .put("due_date", change.dueDate == null ? null : change.dueDate.toString())
            .put("invoiced_date", (String) null)
            .put("created_at", Times.utc(change.createdAt))
            .put("updated_at", Times.utc(packages.updatedAt(change)))
            .put("reviewed_at", change.reviewedAt == null ? null : Times.utc(change.reviewedAt))
            .put("executed", change.status.equals("approved"))
            .put("paid", false)
            .put("signature_required", false)
            .put("private", false)
            .put("field_change", false)
            .put("grand_total", plain(change.total()))
            .put("number", change.number)
            .put("type", "CommitmentChangeOrder")
            .put("revision", 0)
            .put("status", change.status);
    out.set(
        "created_by",
        Users.reference(state, chronicle.createdBy(ChangeOrders.TYPE, change.id, companyId), null));
    out.putObject("currency_configuration").put("currency_iso_code", currency(change));
    return out;
  }

  private Answer linesV2(Ask ask) {
    Model.ChangeOrder change = heldNewer(ask);
    int size = (int) ask.bounded("per_page", V2_PAGE, V2_MOST);
    int page = (int) ask.bounded("page", 1, 1_000_000);
    ObjectNode out = Json.object();
    ArrayNode data = out.putArray("data");
    for (int i = (page - 1) * size; i < Math.min(change.lines.size(), page * size); i++) {
      Model.ChangeOrderLine line = change.lines.get(i);
      ObjectNode one =
          data.addObject()
              .put("id", Long.toString(line.id()))
              .put("description", line.description() == null ? "" : line.description())
              .put("amount", plain(line.amount()))
              .put("extended_type", line.quantity() == null ? "manual" : "calculated")
              .put("position", line.position());
      if (line.changes() != null) {
        one.put("commitment_line_item_id", Long.toString(line.changes().id));
      }
      if (line.quantity() != null) {
        one.put("quantity", line.quantity()).put("unit_cost", plain(Lines.orZero(line.unitCost())));
      }
      if (line.costCode() != null) {
        ObjectNode code = lines.budgetCode(line.costCode(), line.lineItemType());
        code.put("id", code.get("id").asText());
        one.put("wbs_code_id", code.get("id").asText()).set("wbs_code", code);
      }
    }
    return ask.withPages(Answer.json(200, out), page, size, change.lines.size());
  }
}
