package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code /rest/v1.1/requisitions} (section 12): list, show, and the header's PATCH with its lock.
 */
final class RequisitionResources {
  private static final String PATH = "/rest/v1.1/requisitions";
  private static final String TYPE = "requisition";
  private static final int PAGE = 30;

  private final State state;
  private final ExternalData external;
  private final RequisitionView view;
  private final Attachments attachments;
  private final Chronicle chronicle;
  private final Marks marks;

  RequisitionResources(
      State state,
      ExternalData external,
      RequisitionView view,
      Attachments attachments,
      Chronicle chronicle,
      Marks marks) {
    this.attachments = attachments;
    this.state = state;
    this.external = external;
    this.view = view;
    this.chronicle = chronicle;
    this.marks = marks;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", PATH, this::list);
    gate.on(
        router,
        "GET",
        PATH + "/:id",
        ask -> Answer.json(200, shown(ask, held(ask, ask.query("project_id")), viewOf(ask))));
    gate.on(router, "PATCH", PATH + "/:id", this::update);
    gate.on(router, "DELETE", PATH + "/:id", this::delete);
  }

  private ObjectNode shown(Ask ask, Model.Requisition requisition, String view) {
    ObjectNode shown = this.view.show(requisition, view);
    if (view.equals("extended")) {
      shown.set("attachments", attachments.of(requisition, ask.call));
    }
    return shown;
  }

  private static String viewOf(Ask ask) {
    String view = ask.call.query("view");
    if (view == null) {
      return "default";
    }
    if (!Set.of("default", "extended", "items", "action_policy").contains(view)) {
      throw Refusal.field(400, "view", "does not have a valid value");
    }
    return view;
  }

  private Model.Project project(Ask ask, long id) {
    Model.Project project = state.projects.get(id);
    if (project == null || project.companyId() != ask.companyId) {
      throw Refusal.notFound("Project");
    }
    return project;
  }

  private Model.Requisition held(Ask ask, long projectId) {
    Model.Project project = project(ask, projectId);
    Model.Requisition requisition = state.requisitions.get(ask.path("id"));
    if (requisition == null || requisition.commitment.project != project) {
      throw Refusal.notFound("Requisition");
    }
    return requisition;
  }

  private Answer list(Ask ask) {
    ask.onlyFilters(
        "id",
        "commitment_id",
        "period_id",
        "status",
        "created_at",
        "updated_at",
        "origin_id",
        "is_last");
    Model.Project project = project(ask, ask.query("project_id"));
    String shown = viewOf(ask);
    List<Model.Requisition> rows = new ArrayList<>();
    for (Model.Requisition requisition : state.requisitions.values()) {
      if (requisition.commitment.project == project && passes(ask, requisition)) {
        rows.add(requisition);
      }
    }
    // Only the rows of the page are drawn; the placeholders keep the count.
    List<JsonNode> drawn =
        new ArrayList<>(java.util.Collections.nCopies(rows.size(), Json.object()));
    long size = ask.bounded("per_page", PAGE, ask.switches.number("perPageMost"));
    long page = ask.bounded("page", 1, 1_000_000);
    int from = (int) Math.min(rows.size(), (page - 1) * size);
    for (int i = from; i < Math.min(rows.size(), from + size); i++) {
      drawn.set(i, shown(ask, rows.get(i), shown));
    }
    return ask.page(drawn, PAGE);
  }

  private boolean passes(Ask ask, Model.Requisition requisition) {
    List<Model.Requisition> chain = requisition.commitment.requisitions;
    boolean last = chain.get(chain.size() - 1) == requisition;
    return ask.passes("id", requisition.id)
        && ask.passes("commitment_id", requisition.commitment.id)
        && ask.passes("period_id", requisition.period.id())
        && ask.passes("status", requisition.status)
        && ask.passes("is_last", last)
        && ask.passes("origin_id", external.originId("requisition", requisition.id, ask.companyId))
        && ask.within("created_at", requisition.createdAt)
        && ask.within("updated_at", view.updatedAt(requisition));
  }

  private Answer update(Ask ask) {
    Model.Requisition requisition = held(ask, ask.bodyNumber("project_id"));
    if (ask.bodyNumber("commitment_id") != requisition.commitment.id) {
      throw Refusal.notFound("Requisition");
    }
    JsonNode in = ask.object("requisition");
    boolean synced = external.originId(TYPE, requisition.id, ask.companyId) != null;
    if (!synced || !Marks.only(in) || !ask.switches.flag("clearRequisitionOrigin")) {
      refuseLocked(requisition);
    }
    marks.check(TYPE, requisition.id, ask.companyId, in);
    if (in.has("status") && !SeedRequisitions.STATUS.contains(Json.text(in, "status"))) {
      throw Refusal.field(422, "status", "is not included in the list");
    }
    requisition.status = in.has("status") ? Json.text(in, "status") : requisition.status;
    if (in.hasNonNull("billing_date") && Times.lenient(in.get("billing_date").asText()) != null) {
      requisition.billingDate = Times.lenient(in.get("billing_date").asText());
    }
    if (in.has("payment_date")) {
      requisition.paymentDate = Times.lenient(Json.text(in, "payment_date"));
    }
    if (in.has("invoice_number")) {
      requisition.invoiceNumber = Json.text(in, "invoice_number");
    }
    marks.write(TYPE, requisition.id, ask.companyId, in);
    if (in.has("origin_id")) {
      requisition.erpStatus =
          in.get("origin_id").isNull() ? Model.ErpStatus.NOT_IN_ERP : Model.ErpStatus.SYNCED;
    }
    chronicle.changed(TYPE, requisition.id);
    return Answer.json(200, shown(ask, requisition, viewOf(ask)));
  }

  private Answer delete(Ask ask) {
    Model.Requisition requisition = held(ask, ask.query("project_id"));
    refuseLocked(requisition);
    String why = delete(requisition);
    if (why != null) {
      throw Refusal.errors(422, why);
    }
    return Answer.empty(200);
  }

  /** Deletes a requisition; gives why it cannot be, or null when it is gone. */
  String delete(Model.Requisition requisition) {
    List<Model.Requisition> chain = requisition.commitment.requisitions;
    if (chain.get(chain.size() - 1) != requisition) {
      return "Only the latest invoice of a contract can be deleted";
    }
    chronicle.deleted(TYPE, requisition.id);
    chain.remove(requisition);
    state.requisitions.remove(requisition.id);
    requisition.items.forEach(item -> state.items.remove(item.id));
    return null;
  }

  private void refuseLocked(Model.Requisition requisition) {
    if (view.locked(requisition)) {
      throw Refusal.reason(
          422,
          "This invoice is " + requisition.erpStatus.word + " with ERP and cannot be changed",
          "locked by ERP");
    }
  }

  /** Everything an independent reader of the books needs about a requisition. */
  ObjectNode book(Model.Requisition requisition) {
    long companyId = requisition.commitment.project.companyId();
    Summary summary = requisition.summary;
    ObjectNode out =
        Json.object()
            .put("id", requisition.id)
            .put("projectId", requisition.commitment.project.id())
            .put("commitmentId", requisition.commitment.id)
            .put("number", requisition.number)
            .put("invoiceNumber", requisition.invoiceNumber)
            .put("status", requisition.status)
            .put("erpStatus", requisition.erpStatus.word)
            .put("originId", external.originId("requisition", requisition.id, companyId))
            .put("gross", Decimals.money(summary.gross()))
            .put("retained", Decimals.money(summary.retained()))
            .put("released", Decimals.money(summary.released()))
            .put("net", Decimals.money(summary.due()))
            .put("tax", Decimals.money(requisition.tax));
    var lines = out.putArray("lines");
    for (Model.Item item : requisition.items) {
      Figures figures = item.figures;
      lines
          .addObject()
          .put("id", item.id)
          .put("itemType", item.kind.itemType)
          .put("originId", external.originId(item.kind.itemType, item.id, companyId))
          .put("accountingMethod", item.unit ? "unit" : "amount")
          .put("gross", Decimals.money(figures.gross()))
          .put("retained", Decimals.money(figures.retained()))
          .put("released", Decimals.money(figures.released()))
          .put("net", Decimals.money(figures.net()));
    }
    return out;
  }
}
