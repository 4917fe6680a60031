package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.Instant;

/** Lines of commitments and of potential change orders as v1 shows them: one shape for both. */
final class Lines {
  private final State state;
  private final MasterData master;
  private final Chronicle chronicle;
  private final Marks marks;

  Lines(State state, MasterData master, Chronicle chronicle, Marks marks) {
    this.state = state;
    this.master = master;
    this.chronicle = chronicle;
    this.marks = marks;
  }

  /** A line of the schedule of values. */
  ObjectNode json(Model.CommitmentLine line) {
    ObjectNode out =
        json(
            line.commitment,
            line.id,
            line.description,
            line.amount,
            line.quantity,
            line.unitCost,
            line.uom,
            line.position,
            line.costCode,
            line.lineItemType);
    out.putObject("holder")
        .put("id", line.commitment.id)
        .put("holder_type", line.commitment.type.className);
    return out;
  }

  /** A line of a change order, in the potential change order that holds it. */
  ObjectNode json(Model.ChangeOrderLine line) {
    ObjectNode out =
        json(
            line.changeOrder().commitment,
            line.id(),
            line.description(),
            line.amount(),
            line.quantity(),
            line.unitCost(),
            line.changes() == null ? null : line.changes().uom,
            line.position(),
            line.costCode(),
            line.lineItemType());
    out.putObject("holder")
        .put("id", line.changeOrder().potentialId)
        .put("holder_type", "PotentialChangeOrder");
    return out;
  }

  private ObjectNode json(
      Model.Commitment commitment,
      long id,
      String description,
      BigDecimal amount,
      BigDecimal quantity,
      BigDecimal unitCost,
      String uom,
      int position,
      Model.CostCode costCode,
      Model.LineItemType type) {
    long companyId = commitment.project.companyId();
    boolean calculated = quantity != null && unitCost != null;
    ObjectNode out =
        Json.object()
            .put("id", id)
            .put("amount", plain(amount))
            .put("created_at", Times.utc(commitment.createdAt))
            .put("updated_at", Times.utc(updatedAt(commitment, id)))
            .put("description", description == null ? "" : description)
            .put("extended_type", calculated ? "calculated" : "manual")
            .put("extended_amount", plain(amount))
            .put("total_amount", plain(amount))
            .put("position", position)
            .put("quantity", plain(orZero(quantity)))
            .put("unit_cost", plain(orZero(unitCost)))
            .put("uom", uom == null ? "" : uom);
    marks.show("line_item", id, companyId, out);
    out.remove("origin_code");
    out.putObject("company")
        .put("id", companyId)
        .put("name", state.companies.get(companyId).name());
    out.putObject("project")
        .put("id", commitment.project.id())
        .put("name", commitment.project.name());
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(companyId).currency());
    if (costCode != null) {
      out.set("cost_code", code(costCode, commitment.project));
      out.set("wbs_code", budgetCode(costCode, type));
    }
    if (type != null) {
      out.set("line_item_type", master.lineItemType(state.lineItemTypes.get(type.id())));
    }
    return out;
  }

  /** Inside lines Procore knows the fields of a cost code without null. */
  ObjectNode code(Model.CostCode costCode, Model.Project project) {
    ObjectNode code = master.costCode(costCode, project);
    code.properties().removeIf(field -> field.getValue().isNull());
    code.remove("biller_origin_id");
    if (code.path("parent").path("id").isNull()) {
      code.remove("parent");
    }
    return code;
  }

  /** The budget code that a cost code makes with a cost type, which may be null. */
  ObjectNode budgetCode(Model.CostCode code, Model.LineItemType type) {
    return Json.object()
        .put("id", state.budgetCodeId(code.id(), type == null ? null : (Long) type.id()))
        .put("flat_code", code.fullCode() + (type == null ? "" : "." + type.code()))
        .put("description", code.name() + (type == null ? "" : "." + type.name()));
  }

  static BigDecimal orZero(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  /** When a line was changed last. */
  Instant updatedAt(Model.Commitment commitment, long id) {
    return chronicle.updatedAt("line_item", id, commitment.createdAt);
  }

  /** Whether the filters of the line item lists let a line pass. */
  boolean passes(
      Ask ask, Model.Commitment commitment, long id, Model.CostCode code, Model.LineItemType type) {
    return ask.passes("id", id)
        && ask.passes("cost_code_id", code == null ? null : (Long) code.id())
        && ask.passes("line_item_type_id", type == null ? null : (Long) type.id())
        && ask.within("created_at", commitment.createdAt)
        && ask.within("updated_at", updatedAt(commitment, id));
  }
}
