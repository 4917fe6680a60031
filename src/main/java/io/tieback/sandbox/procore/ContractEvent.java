package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The payloads of {@code create_commitment} and {@code create_commitment_change_order}, field by
 * field as section 7 of the reference has them, from what the stand-in holds.
 */
final class ContractEvent {
  private final ExternalData external;

  ContractEvent(ExternalData external) {
    this.external = external;
  }

  /**
   * A commitment.
   *
   * @param code the ERP id that the approver chose
   * @param accountingDate the posting date that the approver chose, or null
   */
  ObjectNode commitment(Model.Commitment commitment, String code, LocalDate accountingDate) {
    ObjectNode data = Json.object();
    data.put("job_id", project(commitment));
    data.set("commitment", header(commitment).put("code", code));
    data.set("commitment_items", items(commitment));
    data.putObject("additional_data").put("accounting_date", text(accountingDate));
    return data.put("company_id", commitment.project.companyId());
  }

  /** A change order with its commitment. */
  ObjectNode changeOrder(Model.ChangeOrder change, LocalDate accountingDate) {
    Model.Commitment commitment = change.commitment;
    ExternalData.Row row =
        external.row(commitment.type.itemType, commitment.id, commitment.project.companyId());
    ObjectNode data = Json.object();
    data.put("job_origin_id", project(commitment));
    ObjectNode header = header(commitment);
    header.put("code", row == null || row.originCode == null ? commitment.number : row.originCode);
    data.set("commitment", header);
    data.set("commitment_items", items(commitment));
    ObjectNode shown =
        data.putObject("change_order")
            .put("id", change.id)
            .put("contract_id", commitment.id)
            .put("number", change.number)
            .put("status", change.status)
            .put("title", change.title)
            .put("description", "<p>never exported</p>")
            .put("due_date", text(change.dueDate));
    shown
        .putNull("invoiced_date")
        .putNull("paid_date")
        .putNull("reviewed_at")
        .put(
            "origin_id",
            external.originId("change_order", change.id, commitment.project.companyId()))
        .putNull("origin_code")
        .putNull("origin_data");
    shown.putObject("custom_fields");
    shown.putObject("erp_custom_fields");
    shown
        .put("created_at", Times.utc(change.createdAt))
        .put("updated_at", Times.utc(change.createdAt))
        .putNull("deleted_at");
    ArrayNode items = data.putArray("change_order_items");
    for (Model.ChangeOrderLine line : change.lines) {
      ObjectNode item =
          item(
              commitment,
              line.id(),
              line.position(),
              line.description(),
              line.amount(),
              line.quantity(),
              line.unitCost(),
              line.costCode(),
              line.lineItemType());
      item.putObject("holder").put("id", change.id).put("holder_type", "ChangeOrder::Package");
      if (line.changes() == null) {
        item.putNull("commitment_line_item_id");
      } else {
        item.put("commitment_line_item_id", line.changes().id);
      }
      items.add(item);
    }
    data.putObject("additional_data").put("accounting_date", text(accountingDate));
    return data.put("company_id", commitment.project.companyId());
  }

  private String project(Model.Commitment commitment) {
    return external.originId("project", commitment.project.id(), commitment.project.companyId());
  }

  private ObjectNode header(Model.Commitment commitment) {
    long companyId = commitment.project.companyId();
    BigDecimal original = BigDecimal.ZERO;
    for (Model.CommitmentLine line : commitment.lines) {
      original = line.changeOrder ? original : original.add(line.amount);
    }
    BigDecimal changes = ContractDoor.approvedChanges(commitment);
    ExternalData.Row row = external.row(commitment.type.itemType, commitment.id, companyId);
    ObjectNode out =
        Json.object()
            .put("id", commitment.id)
            .put("type", commitment.type.className)
            .put("accounting_method", commitment.unit ? "unit" : "amount")
            .put("number", commitment.number)
            .put("title", commitment.title)
            .put("description", "<p>never exported</p>")
            .put("status", commitment.status)
            .put("executed", true)
            .put("private", true)
            .put("show_line_items_to_non_admins", false)
            .put("grand_total", plain(original))
            .put("approved_change_orders", plain(changes))
            .put("pending_change_orders", "0.0")
            .put("draft_change_orders_amount", "0.0")
            .put("revised_contract", plain(original.add(changes)))
            .put("pending_revised_contract", plain(original.add(changes)))
            .put(
                "retainage_percent",
                commitment.retainagePercent == null ? null : plain(commitment.retainagePercent))
            .put("contract_date", text(commitment.contractDate))
            .put("delivery_date", text(commitment.deliveryDate));
    for (String none :
        new String[] {
          "contract_start_date",
          "contract_estimated_completion_date",
          "actual_completion_date",
          "approval_letter_date",
          "assignee_id",
          "bill_to_address",
          "ship_to_address",
          "ship_via",
          "payment_terms",
          "due_date",
          "expected_date",
          "issued_on_date",
          "execution_date",
          "letter_of_intent_date",
          "returned_date",
          "signed_contract_received_date",
          "deleted_at"
        }) {
      out.putNull(none);
    }
    out.put("created_at", Times.utc(commitment.createdAt))
        .put("updated_at", Times.utc(commitment.createdAt))
        .put("inclusions", "")
        .put("exclusions", "")
        .put("origin_id", row == null ? null : row.originId)
        .put("origin_code", row == null ? null : row.originCode)
        .put("origin_data", row == null ? null : row.originData);
    out.putObject("vendor")
        .put("id", commitment.vendor.id())
        .put("company", commitment.vendor.name())
        .put("origin_id", external.originId("vendor", commitment.vendor.id(), companyId))
        .putNull("origin_data");
    out.putObject("project")
        .put("id", commitment.project.id())
        .put("name", commitment.project.name())
        .put("origin_id", project(commitment))
        .putNull("origin_data");
    out.putObject("custom_fields");
    out.putObject("erp_custom_fields");
    return out;
  }

  private ArrayNode items(Model.Commitment commitment) {
    ArrayNode items = Json.array();
    for (Model.CommitmentLine line : commitment.lines) {
      if (line.changeOrder) {
        continue;
      }
      ObjectNode item =
          item(
              commitment,
              line.id,
              line.position,
              line.description,
              line.amount,
              line.quantity,
              line.unitCost,
              line.costCode,
              line.lineItemType);
      item.put("uom", line.uom);
      item.putObject("holder")
          .put("id", commitment.id)
          .put("holder_type", commitment.type.className);
      items.add(item);
    }
    return items;
  }

  /** Lines by amount have 0.0 for quantity and price. */
  private ObjectNode item(
      Model.Commitment commitment,
      long id,
      int position,
      String description,
      BigDecimal amount,
      BigDecimal quantity,
      BigDecimal unitCost,
      Model.CostCode code,
      Model.LineItemType type) {
    long companyId = commitment.project.companyId();
    boolean calculated = quantity != null && unitCost != null;
    ObjectNode item =
        Json.object()
            .put("id", id)
            .put("position", position)
            .put("description", description)
            .put("amount", plain(amount))
            .put("quantity", calculated ? plain(quantity) : "0.0")
            .put("unit_cost", calculated ? plain(unitCost) : "0.0")
            .putNull("uom")
            .put("extended_type", calculated ? "calculated" : "manual")
            .put("extended_amount", plain(amount))
            .put("total_amount", plain(amount))
            .put("tax_amount", "0.0")
            .putNull("tax_code")
            .putNull("tax_code_id");
    if (code == null) {
      item.putNull("cost_code");
    } else {
      item.putObject("cost_code")
          .put("id", code.id())
          .put("name", code.name())
          .put("full_code", code.fullCode())
          .put("code", code.code())
          .put("sortable_code", code.fullCode())
          .put("origin_id", external.originId("cost_code", code.id(), companyId))
          .putNull("origin_data");
    }
    if (type == null) {
      item.putNull("line_item_type");
    } else {
      item.putObject("line_item_type")
          .put("id", type.id())
          .put("name", type.name())
          .put("code", type.code())
          .put("base_type", type.baseType())
          .put("origin_id", external.originId("line_item_type", type.id(), companyId))
          .putNull("origin_data");
    }
    return item.put("origin_id", external.originId("line_item", id, companyId))
        .putNull("origin_data");
  }

  private static String text(LocalDate day) {
    return day == null ? null : day.toString();
  }
}
