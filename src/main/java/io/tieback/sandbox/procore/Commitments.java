package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /rest/v1.0/work_order_contracts} and {@code purchase_order_contracts}: list and show
 * (section 10).
 */
final class Commitments {
  private final State state;
  private final ExternalData external;
  private final MasterData master;
  private final ContractPayments payments;

  Commitments(State state, ExternalData external, MasterData master, ContractPayments payments) {
    this.state = state;
    this.external = external;
    this.master = master;
    this.payments = payments;
  }

  void routes(Router router, Gate gate) {
    for (Model.CommitmentType type : Model.CommitmentType.values()) {
      String path = "/rest/v1.0/" + type.itemType + "s";
      gate.on(router, "GET", path, ask -> list(ask, type));
      gate.on(router, "GET", path + "/:id", ask -> Answer.json(200, json(held(ask, type), true)));
      gate.on(
          router, "GET", path + "/:id/line_items", ask -> ask.page(lines(held(ask, type)), 100));
    }
  }

  private Model.Commitment held(Ask ask, Model.CommitmentType type) {
    Model.Project project = master.project(ask, ask.query("project_id"));
    Model.Commitment commitment = state.commitments.get(ask.path("id"));
    if (commitment == null || commitment.type != type || commitment.project != project) {
      throw Refusal.notFound(type.className);
    }
    return commitment;
  }

  private Answer list(Ask ask, Model.CommitmentType type) {
    Model.Project project = master.project(ask, ask.query("project_id"));
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.Commitment commitment : state.commitments.values()) {
      if (commitment.type == type
          && commitment.project == project
          && ask.passes("id", commitment.id)
          && ask.passes("status", commitment.status)
          && ask.passes("origin_id", external.originId(type.itemType, commitment.id, ask.companyId))
          && RequisitionResources.within(ask, "created_at", commitment.createdAt)
          && RequisitionResources.within(ask, "updated_at", commitment.createdAt)) {
        rows.add(json(commitment, "extended".equals(ask.call.query("view"))));
      }
    }
    return ask.page(rows, 100);
  }

  private ObjectNode json(Model.Commitment commitment, boolean full) {
    long companyId = commitment.project.companyId();
    ExternalData.Row row = external.row(commitment.type.itemType, commitment.id, companyId);
    ExternalData.Row vendorRow = external.row("vendor", commitment.vendor.id(), companyId);
    BigDecimal original = BigDecimal.ZERO;
    BigDecimal changes = BigDecimal.ZERO;
    for (Model.CommitmentLine line : commitment.lines) {
      original = line.changeOrder ? original : original.add(line.amount);
      changes = line.changeOrder ? changes.add(line.amount) : changes;
    }
    if (!commitment.changeOrders.isEmpty()) {
      changes = ContractDoor.approvedChanges(commitment);
    }
    BigDecimal revised = original.add(changes);
    BigDecimal paid = ContractPayments.paid(commitment);
    BigDecimal billed = BigDecimal.ZERO;
    for (Model.Requisition requisition : commitment.requisitions) {
      billed = billed.add(requisition.summary.due());
    }
    ObjectNode out =
        Json.object()
            .put("id", commitment.id)
            .put("accounting_method", commitment.unit ? "unit" : "amount")
            .put("approved_change_orders", plain(changes))
            .put("created_at", Times.utc(commitment.createdAt))
            .put("updated_at", Times.utc(commitment.createdAt))
            .put("description", "")
            .put("executed", true)
            .put("grand_total", plain(original))
            .put("number", commitment.number)
            .put("title", commitment.title == null ? "" : commitment.title)
            .put("status", commitment.status)
            .put("private", true)
            .put("pending_change_orders", "0.0")
            .put("pending_revised_contract", plain(revised))
            .put("revised_contract", plain(revised))
            .put("percentage_paid", Decimals.percent(paid, revised))
            .put("total_payments", plain(paid))
            .put("total_requisitions_amount", plain(billed))
            .put("remaining_balance_outstanding", plain(revised.subtract(paid)))
            .put("requisitions_are_enabled", true)
            .put("origin_id", row == null ? null : row.originId);
    if (commitment.retainagePercent != null) {
      out.put("retainage_percent", plain(commitment.retainagePercent));
    }
    if (row != null && row.originCode != null) {
      out.put("origin_code", row.originCode);
    }
    if (row != null && row.originData != null) {
      out.put("origin_data", row.originData);
    }
    if (commitment.type == Model.CommitmentType.PURCHASE_ORDER && commitment.paymentTerms != null) {
      out.put("payment_terms", commitment.paymentTerms);
    }
    out.putObject("project")
        .put("id", commitment.project.id())
        .put("name", commitment.project.name());
    ObjectNode vendor =
        out.putObject("vendor")
            .put("id", commitment.vendor.id())
            .put("company", commitment.vendor.name());
    if (vendorRow != null && vendorRow.originId != null) {
      vendor.put("origin_id", vendorRow.originId);
    }
    if (vendorRow != null && vendorRow.originData != null) {
      vendor.put("origin_data", vendorRow.originData);
    }
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(companyId).currency());
    if (full) {
      ArrayNode lines = out.putArray("line_items");
      lines(commitment).forEach(lines::add);
      ArrayNode issued = out.putArray("payments_issued");
      commitment.payments.forEach(payment -> issued.add(payments.json(payment)));
    }
    return out;
  }

  private List<ObjectNode> lines(Model.Commitment commitment) {
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.CommitmentLine line : commitment.lines) {
      ExternalData.Row row = external.row("line_item", line.id, commitment.project.companyId());
      boolean calculated = line.quantity != null && line.unitCost != null;
      ObjectNode out =
          Json.object()
              .put("id", line.id)
              .put("amount", plain(line.amount))
              .put("description", line.description == null ? "" : line.description)
              .put("extended_type", calculated ? "calculated" : "manual")
              .put("extended_amount", plain(line.amount))
              .put("total_amount", plain(line.amount))
              .put("position", line.position)
              .put("quantity", plain(line.quantity == null ? BigDecimal.ZERO : line.quantity))
              .put("unit_cost", plain(line.unitCost == null ? BigDecimal.ZERO : line.unitCost))
              .put("uom", line.uom == null ? "" : line.uom)
              .put("origin_data", row == null ? null : row.originData)
              .put("origin_id", row == null ? null : row.originId);
      if (line.costCode != null) {
        ObjectNode code = master.costCode(line.costCode, commitment.project);
        // Inside contract lines Procore knows these fields without null.
        code.properties().removeIf(field -> field.getValue().isNull());
        code.remove("biller_origin_id");
        out.set("cost_code", code);
      }
      if (line.lineItemType != null) {
        out.set("line_item_type", master.lineItemType(line.lineItemType));
      }
      out.putObject("holder")
          .put("id", commitment.id)
          .put("holder_type", commitment.type.className);
      rows.add(out);
    }
    return rows;
  }
}
