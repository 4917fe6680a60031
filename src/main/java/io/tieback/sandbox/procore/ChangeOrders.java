package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * {@code /rest/v1.0/change_order_packages} (section 11): list, show, and the PATCH that may set the
 * origin fields. Only packages of commitments are held; their lines show no origin there.
 */
final class ChangeOrders {
  static final String TYPE = "change_order";
  private static final String PATH = "/rest/v1.0/change_order_packages";
  private static final Set<String> FINISHED = Set.of("approved");

  private final State state;
  private final MasterData master;
  private final Chronicle chronicle;
  private final Marks marks;
  private final Lines lines;
  private final Clock clock;

  ChangeOrders(
      State state, MasterData master, Chronicle chronicle, Marks marks, Lines lines, Clock clock) {
    this.state = state;
    this.master = master;
    this.chronicle = chronicle;
    this.marks = marks;
    this.lines = lines;
    this.clock = clock;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", PATH, this::list);
    gate.on(
        router,
        "GET",
        PATH + "/:id",
        ask ->
            Answer.json(
                200, shown(held(ask, ask.query("project_id"), ask.queryOrNull("contract_id")))));
    gate.on(router, "PATCH", PATH + "/:id", this::update);
  }

  private Model.ChangeOrder held(Ask ask, long projectId, Long contractId) {
    Model.Project project = master.project(ask, projectId);
    Model.ChangeOrder change = state.changeOrders.get(ask.path("id"));
    if (change == null
        || change.commitment.project != project
        || (contractId != null && change.commitment.id != contractId)) {
      throw Refusal.notFound("Change Order Package");
    }
    return change;
  }

  /** Change orders of a project that the filters let pass, deleted ones when they are asked for. */
  List<Model.ChangeOrder> found(Ask ask, Model.Project project) {
    String deleted = Commitments.deleted(ask);
    List<Model.ChangeOrder> all = new ArrayList<>();
    if (!deleted.equals("only")) {
      all.addAll(state.changeOrders.values());
    }
    if (!deleted.equals("without")) {
      all.addAll(state.deletedChangeOrders.values());
    }
    all.removeIf(
        change ->
            change.commitment.project != project
                || !ask.within("created_at", change.createdAt)
                || !ask.within("updated_at", updatedAt(change)));
    return all;
  }

  private Answer list(Ask ask) {
    ask.onlyFilters(
        "id",
        "created_at",
        "updated_at",
        "reviewed_at",
        "due_date",
        "include_deleted",
        "invoiced_date",
        "paid_date",
        "signed_change_order_received_date");
    Model.Project project = master.project(ask, ask.query("project_id"));
    Long contract = ask.queryOrNull("contract_id");
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.ChangeOrder change : found(ask, project)) {
      if ((contract == null || change.commitment.id == contract) && ask.passes("id", change.id)) {
        rows.add(
            json(change)
                .put("created_by_id", chronicle.createdBy(TYPE, change.id, project.companyId())));
      }
    }
    return ask.page(rows, 100);
  }

  Instant updatedAt(Model.ChangeOrder change) {
    return change.deletedAt != null
        ? change.deletedAt
        : chronicle.updatedAt(TYPE, change.id, change.createdAt);
  }

  private ObjectNode json(Model.ChangeOrder change) {
    long companyId = change.commitment.project.companyId();
    ObjectNode out =
        Json.object()
            .put("id", change.id)
            .put("contract_id", change.commitment.id)
            .put("created_at", Times.utc(change.createdAt))
            .put("updated_at", Times.utc(updatedAt(change)))
            .put("executed", change.status.equals("approved"))
            .put("number", change.number)
            .put("status", change.status)
            .put("title", change.title == null ? "" : change.title)
            .put("revision", 0)
            .put("grand_total", plain(change.total()));
    if (change.dueDate != null) {
      out.put("due_date", change.dueDate.toString());
    }
    if (change.reviewedAt != null) {
      out.put("reviewed_at", Times.utc(change.reviewedAt));
    }
    if (change.deletedAt != null) {
      out.put("deleted_at", Times.utc(change.deletedAt));
    }
    marks.show(TYPE, change.id, companyId, out);
    // The contract knows the key as a string, never as null.
    if (out.get("origin_id").isNull()) {
      out.remove("origin_id");
    }
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(companyId).currency());
    return out;
  }

  private ObjectNode shown(Model.ChangeOrder change) {
    Model.Project project = change.commitment.project;
    ObjectNode out = json(change).put("type", "CommitmentContractChangeOrder");
    out.put("description", "");
    out.set(
        "creator",
        Users.reference(state, chronicle.createdBy(TYPE, change.id, project.companyId()), "login"));
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
              "project"));
      shown.add(one);
    }
    out.putArray("attachments");
    return out;
  }

  private Answer update(Ask ask) {
    Model.ChangeOrder change =
        held(
            ask,
            ask.bodyNumber("project_id"),
            ask.body().hasNonNull("contract_id") ? (Long) ask.bodyNumber("contract_id") : null);
    JsonNode in = ask.object(TYPE);
    marks.check(TYPE, change.id, ask.companyId, in);
    write(
        change,
        in,
        (field, text) -> {
          throw Refusal.field(422, field, text);
        });
    marks.write(TYPE, change.id, ask.companyId, in);
    return Answer.json(200, shown(change));
  }

  /** Writes the fields that are given, or refuses with field and text. */
  void write(Model.ChangeOrder change, JsonNode in, BiConsumer<String, String> refuse) {
    if (Marks.only(in)) {
      return;
    }
    if (in.has("status") && !SeedChangeOrders.STATUS.contains(Json.text(in, "status"))) {
      refuse.accept("status", "is not included in the list");
      return;
    }
    String status = in.has("status") ? Json.text(in, "status") : change.status;
    if (!status.equals(change.status) && Set.of("approved", "rejected").contains(status)) {
      change.reviewedAt = clock.instant();
    }
    change.status = status;
    change.title = in.has("title") ? Json.text(in, "title") : change.title;
    if (in.has("due_date")) {
      change.dueDate = Times.lenient(Json.text(in, "due_date"));
    }
    chronicle.changed(TYPE, change.id);
  }

  /** Deletes a change order; gives why it cannot be, or null when it is gone. */
  String delete(Model.ChangeOrder change) {
    if (FINISHED.contains(change.status)) {
      return "is " + change.status + " and cannot be deleted";
    }
    chronicle.deleted(TYPE, change.id);
    change.deletedAt = clock.instant();
    state.changeOrders.remove(change.id);
    change.commitment.changeOrders.remove(change);
    change.lines.forEach(line -> state.linesOfChangeOrders.remove(line.id()));
    state.deletedChangeOrders.put(change.id, change);
    return null;
  }
}
