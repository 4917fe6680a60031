package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;

/**
 * The {@code create_requisitions} element of the events dictionary. {@code retainage_this_period}
 * is work retained plus the change of the retainage held on stored material (what moved to work
 * added back), so that over the lines amount - retainage_this_period +
 * released_work_completed_this_period is the payment due, when {@code lineAmount} is gross.
 * Retainage on material that was given back has no field of its own here.
 */
final class ExportEvent {
  private final ExternalData external;
  private final Switches switches;

  ExportEvent(ExternalData external, Switches switches) {
    this.external = external;
    this.switches = switches;
  }

  ObjectNode requisition(Model.Requisition requisition) {
    Model.Commitment commitment = requisition.commitment;
    long companyId = commitment.project.companyId();
    ObjectNode out =
        Json.object()
            .put("procore_requisition_id", requisition.id)
            .put("accounting_method", requisition.unit ? "unit" : "amount")
            .put("billing_date", requisition.billingDate.toString())
            .put(
                "code",
                requisition.invoiceNumber == null
                    ? Integer.toString(requisition.number)
                    : requisition.invoiceNumber)
            .put("contract_id", commitment.id)
            .put(
                "contract_origin_id",
                external.originId(commitment.type.itemType, commitment.id, companyId))
            .put("created_at", Times.utc(requisition.createdAt));
    out.putObject("custom_fields");
    ObjectNode erpFields = out.putObject("erp_custom_fields");
    if (requisition.dueDate != null) {
      erpFields.put("payment_due_date", requisition.dueDate.toString());
    }
    out.put("formatted_payment_due", Decimals.dollars(requisition.summary.due()))
        .put("invoice_number", requisition.invoiceNumber)
        .put("job_origin_id", external.originId("project", commitment.project.id(), companyId));
    ArrayNode lines = out.putArray("line_items");
    requisition.items.forEach(item -> lines.add(line(item, companyId)));
    return out;
  }

  private ObjectNode line(Model.Item item, long companyId) {
    Figures figures = item.figures;
    BigDecimal retainage =
        figures
            .workRetained()
            .add(figures.materialsRetainage())
            .subtract(figures.materialsRetainageBefore())
            .add(figures.retainageMoved());
    BigDecimal amount =
        switches.choice("lineAmount").equals("net") ? figures.net() : figures.gross();
    BigDecimal price =
        item.unit && item.entered.unitPrice() != null
            ? item.entered.unitPrice()
            : item.line == null || item.line.unitCost == null
                ? BigDecimal.ZERO
                : item.line.unitCost;
    BigDecimal presently =
        switches.choice("materialsRetainedShown").equals("beforeRelease")
            ? figures.materialsRetainage().add(figures.materialsReleased())
            : figures.materialsRetainage();
    return Json.object()
        .put("procore_requisition_item_id", item.id)
        .put("accounting_method", item.unit ? "unit" : "amount")
        .put("amount", plain(amount))
        .put(
            "change_order_line_item_origin_id",
            item.changeOrderLineId == null
                ? null
                : external.originId("line_item", item.changeOrderLineId, companyId))
        .put(
            "commitment_item_origin_id",
            item.line == null ? null : external.originId("line_item", item.line.id, companyId))
        .put("cost_code_id", item.costCode == null ? null : (Long) item.costCode.id())
        .put(
            "cost_code_origin_id",
            item.costCode == null
                ? null
                : external.originId("cost_code", item.costCode.id(), companyId))
        .put("description", item.description)
        .put("formatted_amount", Decimals.dollars(amount))
        .put("formatted_unit_cost", Decimals.dollars(price))
        .put("line_item_description", item.line == null ? item.description : item.line.description)
        .put(
            "line_item_type_origin_id",
            item.lineItemType == null
                ? null
                : external.originId("line_item_type", item.lineItemType.id(), companyId))
        .put("qty", plain(figures.quantity()))
        .put("released_work_completed_this_period", plain(figures.workReleased()))
        .put("requisition_item_type", item.kind.className)
        .put("retainage_materials_presently_stored", plain(presently))
        .put("retainage_materials_previously_stored", plain(figures.materialsRetainageBefore()))
        .put("retainage_this_period", plain(retainage))
        .put("retainage_work_completed_this_period", plain(figures.workRetained()))
        .put("scheduled_total_amount", plain(figures.scheduledValue()))
        .put("tax_code_origin_id", item.taxCode)
        .put("unit_cost", plain(price))
        .put("uom", item.line == null ? null : item.line.uom);
  }
}
