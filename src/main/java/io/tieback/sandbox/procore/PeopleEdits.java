package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * What people change and delete, by {@code type}, with the fields of the API where it has them:
 *
 * <ul>
 *   <li>{@code vendor}: name, address and the like, {@code is_active}
 *   <li>{@code project}: name, project_number, active, address and the like
 *   <li>{@code cost_code}: code, name
 *   <li>{@code commitment}: status, title, number, vendor_id, retainage_percent, contract_date,
 *       delivery_date; {@code lines [{id?, amount, quantity, unit_cost, description, cost_code_id,
 *       line_item_type_id, deleted?}]}, where a line without id is added
 *   <li>{@code change_order}: status, title, due_date; {@code lines [{id, amount}]}
 *   <li>{@code requisition}: status, invoice_number, billing_date, payment_date; {@code lines} with
 *       the entries of a seed ({@link EntryChange})
 *   <li>{@code budget_line}: amount; {@code budget_change}: title, status
 * </ul>
 *
 * Each gives why it is refused, or null. What is locked (section 15) is refused, and nothing of an
 * edit that is refused in its lines remains but the header.
 */
final class PeopleEdits {
  private static final Set<String> FINISHED = Set.of("Approved", "Complete");

  private final State state;
  private final ExternalData external;
  private final Chronicle chronicle;
  private final Vendors vendors;
  private final Projects projects;
  private final CommitmentWrites commitments;
  private final ChangeOrders changeOrders;
  private final RequisitionResources requisitions;
  private final RequisitionView view;
  private final Budgets budgets;

  PeopleEdits(
      State state,
      ExternalData external,
      Chronicle chronicle,
      Vendors vendors,
      Projects projects,
      CommitmentWrites commitments,
      ChangeOrders changeOrders,
      RequisitionResources requisitions,
      RequisitionView view,
      Budgets budgets) {
    this.state = state;
    this.external = external;
    this.chronicle = chronicle;
    this.vendors = vendors;
    this.projects = projects;
    this.commitments = commitments;
    this.changeOrders = changeOrders;
    this.requisitions = requisitions;
    this.view = view;
    this.budgets = budgets;
  }

  private static void refuse(String field, String text) {
    throw Refusal.field(422, field, text);
  }

  private static <T> T found(Map<Long, T> held, String type, long id) {
    T one = held.get(id);
    if (one == null) {
      throw new IllegalArgumentException("id: there is no " + type + " " + id + ".");
    }
    return one;
  }

  /** Changes a record; gives why not, or null. */
  String edit(String type, long id, JsonNode fields) {
    return switch (type) {
      case "vendor" -> vendor(found(state.vendors, type, id), fields);
      case "project" -> {
        Json.onlyFields(
            "fields",
            fields,
            "name",
            "project_number",
            "active",
            "address",
            "city",
            "state_code",
            "country_code",
            "zip",
            "phone");
        projects.write(found(state.projects, type, id), fields, PeopleEdits::refuse);
        yield null;
      }
      case "cost_code" -> costCode(found(state.costCodes, type, id), fields);
      case "commitment" -> commitment(found(state.commitments, type, id), fields);
      case "change_order" -> changeOrder(found(state.changeOrders, type, id), fields);
      case "requisition" -> requisition(found(state.requisitions, type, id), fields);
      case Budgets.LINE, Budgets.CHANGE -> {
        Map<Long, ?> held = type.equals(Budgets.LINE) ? budgets.lines : budgets.changes;
        found(held, type, id);
        Json.onlyFields("fields", fields, "amount", "title", "status");
        yield budgets.edit(type, id, fields);
      }
      default -> throw unknown(type);
    };
  }

  private static IllegalArgumentException unknown(String type) {
    return new IllegalArgumentException(
        "type: "
            + type
            + " is not one of vendor, project, cost_code, commitment, change_order, requisition,"
            + " budget_line, budget_change.");
  }

  private String vendor(Model.Vendor vendor, JsonNode fields) {
    ObjectNode card = ((ObjectNode) fields).deepCopy();
    JsonNode active = card.remove("is_active");
    vendors.put(vendor.id(), vendor.companyId(), card);
    vendor.active = active == null ? vendor.active : active.booleanValue();
    return null;
  }

  private String costCode(Model.CostCode code, JsonNode fields) {
    Json.onlyFields("fields", fields, "code", "full_code", "name");
    code.code = fields.has("code") ? Json.text(fields, "code") : code.code;
    code.fullCode = fields.has("full_code") ? Json.text(fields, "full_code") : code.fullCode;
    code.name = fields.has("name") ? Json.text(fields, "name") : code.name;
    chronicle.changed("cost_code", code.id());
    return null;
  }

  private String commitment(Model.Commitment commitment, JsonNode fields) {
    Json.onlyFields(
        "fields",
        fields,
        "status",
        "title",
        "number",
        "vendor_id",
        "retainage_percent",
        "contract_date",
        "delivery_date",
        "lines");
    ObjectNode header = ((ObjectNode) fields).deepCopy();
    JsonNode lines = header.remove("lines");
    // Lines are changed while it is what it was, or what it becomes, whichever allows it.
    boolean before = !FINISHED.contains(commitment.status);
    if (lines != null && before) {
      lines.forEach(line -> line(commitment, line));
    }
    commitments.write(commitment, header, PeopleEdits::refuse);
    if (lines != null && !before) {
      lines.forEach(line -> line(commitment, line));
    }
    if (lines != null) {
      chronicle.changed(commitment.type.itemType, commitment.id);
    }
    return null;
  }

  private void line(Model.Commitment commitment, JsonNode given) {
    Json.onlyFields(
        "lines",
        given,
        "id",
        "amount",
        "quantity",
        "unit_cost",
        "uom",
        "description",
        "cost_code_id",
        "line_item_type_id",
        "deleted");
    if (!given.hasNonNull("id")) {
      commitments.added(commitment, given, PeopleEdits::refuse);
      return;
    }
    Model.CommitmentLine line = found(state.commitmentLines, "line", given.get("id").longValue());
    if (!given.path("deleted").booleanValue()) {
      commitments.write(line, given, PeopleEdits::refuse);
    } else if (FINISHED.contains(commitment.status)) {
      throw Refusal.field(422, "base", "The contract is " + commitment.status);
    } else {
      chronicle.deleted("line_item", line.id);
      commitment.lines.remove(line);
      state.commitmentLines.remove(line.id);
    }
  }

  private String changeOrder(Model.ChangeOrder change, JsonNode fields) {
    Json.onlyFields("fields", fields, "status", "title", "due_date", "lines");
    if (fields.has("lines") && change.status.equals("approved")) {
      return "The change order is approved; its lines cannot be changed";
    }
    for (JsonNode given : fields.path("lines")) {
      Model.ChangeOrderLine line =
          found(state.linesOfChangeOrders, "line", given.path("id").longValue());
      Model.ChangeOrderLine changed =
          new Model.ChangeOrderLine(
              line.id(),
              change,
              line.changes(),
              line.costCode(),
              line.lineItemType(),
              given.has("description") ? Json.text(given, "description") : line.description(),
              given.has("amount") ? new BigDecimal(given.get("amount").asText()) : line.amount(),
              line.quantity(),
              line.unitCost(),
              line.position());
      change.lines.set(change.lines.indexOf(line), changed);
      state.linesOfChangeOrders.put(line.id(), changed);
      chronicle.changed("line_item", line.id());
      chronicle.changed(ChangeOrders.TYPE, change.id);
    }
    ObjectNode header = ((ObjectNode) fields).deepCopy();
    header.remove("lines");
    changeOrders.write(change, header, PeopleEdits::refuse);
    return null;
  }

  private String requisition(Model.Requisition requisition, JsonNode fields) {
    Json.onlyFields(
        "fields", fields, "status", "invoice_number", "billing_date", "payment_date", "lines");
    if (view.locked(requisition)) {
      return "This invoice is with ERP and cannot be changed";
    }
    String status = Json.text(fields, "status");
    if (status != null && !SeedRequisitions.STATUS.contains(status)) {
      return "status: " + SeedRequisitions.STATUS + " are the ones there are, not " + status;
    }
    if (fields.has("lines")) {
      EntryChange.apply(requisition, fields.get("lines"));
    }
    requisition.status = status == null ? requisition.status : status;
    if (fields.has("invoice_number")) {
      requisition.invoiceNumber = Json.text(fields, "invoice_number");
    }
    if (fields.hasNonNull("billing_date")) {
      requisition.billingDate = java.time.LocalDate.parse(Json.text(fields, "billing_date"));
    }
    if (fields.has("payment_date")) {
      requisition.paymentDate = Times.lenient(Json.text(fields, "payment_date"));
    }
    chronicle.changed("requisition", requisition.id);
    return null;
  }

  /** Deletes a record; gives why not, or null. */
  String delete(String type, long id) {
    switch (type) {
      case "commitment":
        return commitments.delete(found(state.commitments, type, id));
      case "change_order":
        return changeOrders.delete(found(state.changeOrders, type, id));
      case "requisition":
        Model.Requisition requisition = found(state.requisitions, type, id);
        return view.locked(requisition)
            ? "This invoice is with ERP and cannot be deleted"
            : requisitions.delete(requisition);
      case "cost_code":
        return deleteCode(found(state.costCodes, type, id));
      case Budgets.LINE:
        Budgets.Line line = found(budgets.lines, type, id);
        budgets.happened(line.project, type, id, "delete");
        budgets.lines.remove(id);
        return null;
      case Budgets.CHANGE:
        Budgets.Change change = found(budgets.changes, type, id);
        budgets.happened(change.project, type, id, "delete");
        budgets.changes.remove(id);
        return null;
      case "vendor", "project":
        return "A " + type + " is made inactive, not deleted";
      default:
        throw unknown(type);
    }
  }

  private String deleteCode(Model.CostCode code) {
    boolean used =
        state.commitmentLines.values().stream().anyMatch(line -> line.costCode == code)
            || budgets.lines.values().stream().anyMatch(line -> line.costCode == code);
    if (used) {
      return "The cost code is in use and cannot be deleted";
    }
    Model.Project project = state.projects.get(code.projectId());
    if (external.originId("cost_code", code.id(), project.companyId()) != null) {
      return "The cost code is synced with ERP and cannot be deleted";
    }
    chronicle.deleted("cost_code", code.id());
    state.costCodes.remove(code.id());
    return null;
  }
}
