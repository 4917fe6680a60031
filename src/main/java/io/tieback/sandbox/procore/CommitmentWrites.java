package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Writes of commitments and their lines (sections 10 and 15). While a commitment is approved or
 * complete, its company and its schedule of values stay as they are, and it cannot be deleted; its
 * origin fields can always be written.
 */
final class CommitmentWrites {
  private static final String LINE = "line_item";
  private static final Set<String> FINISHED = Set.of("Approved", "Complete");

  private final State state;
  private final Commitments commitments;
  private final Chronicle chronicle;
  private final Marks marks;
  private final Lines lines;
  private final Clock clock;

  CommitmentWrites(
      State state,
      Commitments commitments,
      Chronicle chronicle,
      Marks marks,
      Lines lines,
      Clock clock) {
    this.state = state;
    this.commitments = commitments;
    this.chronicle = chronicle;
    this.marks = marks;
    this.lines = lines;
    this.clock = clock;
  }

  void routes(Router router, Gate gate) {
    for (Model.CommitmentType type : Model.CommitmentType.values()) {
      String path = Commitments.path(type);
      gate.on(router, "PATCH", path + "/sync", ask -> sync(ask, type));
      gate.on(router, "PATCH", path + "/:id", ask -> update(ask, type));
      gate.on(router, "DELETE", path + "/:id", ask -> delete(ask, type));
      gate.on(router, "PATCH", path + "/:id/line_items/sync", ask -> syncLines(ask, type));
      gate.on(router, "PATCH", path + "/:id/line_items/:line_id", ask -> updateLine(ask, type));
    }
  }

  private static void refuse(String field, String text) {
    throw Refusal.field(422, field, text);
  }

  private Answer update(Ask ask, Model.CommitmentType type) {
    Model.Commitment commitment = commitments.held(ask, type, ask.bodyNumber("project_id"));
    JsonNode in = ask.object(type.itemType);
    marks.check(type.itemType, commitment.id, ask.companyId, in);
    write(commitment, in, CommitmentWrites::refuse);
    marks.write(type.itemType, commitment.id, ask.companyId, in);
    return Answer.json(200, commitments.shown(commitment));
  }

  private Answer sync(Ask ask, Model.CommitmentType type) {
    long projectId = ask.bodyNumber("project_id");
    return marks
        .sync(
            ask,
            type.itemType,
            id -> {
              Model.Commitment held = state.commitments.get(id);
              return held != null && held.type == type && held.project.id() == projectId;
            },
            (id, row, refuse) -> {
              if (id == null) {
                refuse.accept("base", "the stand-in makes no contracts by sync");
              } else {
                write(state.commitments.get(id), row, refuse);
              }
              return id;
            },
            id -> {
              Model.Commitment commitment = state.commitments.get(id);
              var shown = commitments.json(commitment);
              shown
                  .putObject("vendor")
                  .put("id", commitment.vendor.id())
                  .put("company", commitment.vendor.name());
              return shown;
            })
        .answer();
  }

  /** Writes the header's fields that are given, or refuses with field and text. */
  void write(Model.Commitment commitment, JsonNode in, BiConsumer<String, String> refuse) {
    if (Marks.only(in)) {
      return;
    }
    List<String> statuses =
        commitment.type == Model.CommitmentType.WORK_ORDER
            ? Seed.WORK_ORDER_STATUS
            : Seed.PURCHASE_ORDER_STATUS;
    if (in.has("status") && !statuses.contains(Json.text(in, "status"))) {
      refuse.accept("status", "is not included in the list");
      return;
    }
    if (in.has("vendor_id") && in.path("vendor_id").asLong() != commitment.vendor.id()) {
      Model.Vendor vendor = state.vendors.get(in.path("vendor_id").asLong());
      if (FINISHED.contains(commitment.status)) {
        refuse.accept("vendor_id", "cannot be changed while the contract is " + commitment.status);
        return;
      }
      if (vendor == null || vendor.companyId() != commitment.project.companyId()) {
        refuse.accept("vendor_id", "is not a company of the directory");
        return;
      }
      commitment.vendor = vendor;
    }
    commitment.status = in.has("status") ? Json.text(in, "status") : commitment.status;
    commitment.title = in.has("title") ? Json.text(in, "title") : commitment.title;
    commitment.number = in.has("number") ? Json.text(in, "number") : commitment.number;
    if (in.has("retainage_percent")) {
      commitment.retainagePercent =
          in.get("retainage_percent").isNull()
              ? null
              : new BigDecimal(Json.text(in, "retainage_percent"));
    }
    if (in.has("contract_date")) {
      commitment.contractDate = Times.lenient(Json.text(in, "contract_date"));
    }
    if (in.has("delivery_date")) {
      commitment.deliveryDate = Times.lenient(Json.text(in, "delivery_date"));
    }
    chronicle.changed(commitment.type.itemType, commitment.id);
  }

  private Answer delete(Ask ask, Model.CommitmentType type) {
    Model.Commitment commitment = commitments.held(ask, type, ask.query("project_id"));
    String why = delete(commitment);
    if (why != null) {
      throw Refusal.reason(422, "This contract " + why, "Unprocessable");
    }
    return Answer.empty(200);
  }

  /** Deletes a commitment; gives why it cannot be, or null when it is gone. */
  String delete(Model.Commitment commitment) {
    if (FINISHED.contains(commitment.status)) {
      return "is " + commitment.status + " and cannot be deleted";
    }
    if (!commitment.requisitions.isEmpty() || !commitment.payments.isEmpty()) {
      return "has invoices or payments and cannot be deleted";
    }
    chronicle.deleted(commitment.type.itemType, commitment.id);
    commitment.deletedAt = clock.instant();
    state.commitments.remove(commitment.id);
    commitment.lines.forEach(line -> state.commitmentLines.remove(line.id));
    state.deletedCommitments.put(commitment.id, commitment);
    return null;
  }

  private Answer updateLine(Ask ask, Model.CommitmentType type) {
    Model.Commitment commitment = commitments.held(ask, type, ask.bodyNumber("project_id"));
    Model.CommitmentLine line = commitments.heldLine(ask, commitment);
    JsonNode in = ask.object(LINE);
    marks.check(LINE, line.id, ask.companyId, in);
    write(line, in, CommitmentWrites::refuse);
    mark(line, ask, in);
    return Answer.json(200, lines.json(line));
  }

  private void mark(Model.CommitmentLine line, Ask ask, JsonNode in) {
    marks.write(LINE, line.id, ask.companyId, in);
    if (ask.switches.flag("linesTouchContract")) {
      chronicle.changed(line.commitment.type.itemType, line.commitment.id);
    }
  }

  /** The contract of the sync action names no {@code id}; section 3 says that every sync has it. */
  private Answer syncLines(Ask ask, Model.CommitmentType type) {
    Model.Commitment commitment = commitments.held(ask, type, ask.query("project_id"));
    var sync =
        marks.sync(
            ask,
            LINE,
            id -> {
              Model.CommitmentLine held = state.commitmentLines.get(id);
              return held != null && held.commitment == commitment;
            },
            (id, row, refuse) -> {
              Model.CommitmentLine line =
                  id == null ? added(commitment, row, refuse) : state.commitmentLines.get(id);
              if (line != null && id != null) {
                write(line, row, refuse);
              }
              return line == null ? null : (Long) line.id;
            },
            id -> lines.json(Objects.requireNonNull(state.commitmentLines.get(id))));
    if (!sync.entities.isEmpty() && ask.switches.flag("linesTouchContract")) {
      chronicle.changed(type.itemType, commitment.id);
    }
    return sync.answer();
  }

  /** A new line; null when it is refused. */
  Model.CommitmentLine added(
      Model.Commitment commitment, JsonNode row, BiConsumer<String, String> refuse) {
    if (FINISHED.contains(commitment.status)) {
      refuse.accept("base", "The contract is " + commitment.status + "; lines cannot be added");
      return null;
    }
    Model.CommitmentLine line = new Model.CommitmentLine();
    line.id = state.nextId();
    line.commitment = commitment;
    line.amount = BigDecimal.ZERO;
    line.position = commitment.lines.size() + 1;
    commitment.lines.add(line);
    state.commitmentLines.put(line.id, line);
    chronicle.created(LINE, line.id);
    write(line, row, refuse);
    return line;
  }

  /** Writes the fields of a line that are given, or refuses with field and text. */
  void write(Model.CommitmentLine line, JsonNode in, BiConsumer<String, String> refuse) {
    if (Marks.only(in)) {
      return;
    }
    if (FINISHED.contains(line.commitment.status)) {
      refuse.accept(
          "base", "The contract is " + line.commitment.status + "; its lines cannot be changed");
      return;
    }
    Model.CostCode code = state.costCodes.get(in.path("cost_code_id").asLong());
    if (in.hasNonNull("cost_code_id")
        && (code == null || code.projectId() != line.commitment.project.id())) {
      refuse.accept("cost_code_id", "does not belong to the project");
      return;
    }
    line.costCode = code == null ? line.costCode : code;
    line.lineItemType =
        in.hasNonNull("line_item_type_id")
            ? state.lineItemTypes.get(in.get("line_item_type_id").asLong())
            : line.lineItemType;
    line.description = in.has("description") ? Json.text(in, "description") : line.description;
    line.uom = in.has("uom") ? Json.text(in, "uom") : line.uom;
    line.quantity = number(in, "quantity", line.quantity);
    line.unitCost = number(in, "unit_cost", line.unitCost);
    line.amount =
        in.has("amount") || line.quantity == null || line.unitCost == null
            ? number(in, "amount", line.amount)
            : line.quantity.multiply(line.unitCost).setScale(2, java.math.RoundingMode.HALF_UP);
    chronicle.changed(LINE, line.id);
  }

  private static BigDecimal number(JsonNode in, String field, BigDecimal otherwise) {
    if (!in.has(field)) {
      return otherwise;
    }
    try {
      return in.get(field).isNull() ? null : new BigDecimal(in.get(field).asText());
    } catch (NumberFormatException e) {
      throw Refusal.field(422, field, "is not a number");
    }
  }
}
