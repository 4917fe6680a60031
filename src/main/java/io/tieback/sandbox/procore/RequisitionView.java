package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.money;
import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;

/**
 * Requisitions as {@code /rest/v1.1/requisitions} shows them: decimal strings, inapplicable fields
 * absent.
 */
final class RequisitionView {
  private static final BigDecimal ONE = new BigDecimal("1.0");
  private static final BigDecimal ZERO = BigDecimal.ZERO;
  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final Chronicle chronicle;

  RequisitionView(State state, ExternalData external, Switches switches, Chronicle chronicle) {
    this.chronicle = chronicle;
    this.state = state;
    this.external = external;
    this.switches = switches;
  }

  /**
   * One requisition.
   *
   * @param view {@code default}, {@code extended} or {@code items}
   */
  ObjectNode show(Model.Requisition requisition, String view) {
    boolean extended = view.equals("extended");
    Model.Project project = requisition.commitment.project;
    Summary summary = requisition.summary;
    ExternalData.Row key = external.row("requisition", requisition.id, project.companyId());
    ObjectNode out = Json.object().put("id", requisition.id);
    if (requisition.previous != null) {
      out.put("previous_requisition_id", requisition.previous.id);
    }
    out.put("project_id", project.id())
        .put("billing_date", requisition.billingDate.toString())
        .put("created_at", Times.utc(requisition.createdAt))
        .put("updated_at", Times.utc(updatedAt(requisition)))
        .put("commitment_id", requisition.commitment.id)
        .put("commitment_type", requisition.commitment.type.className)
        .put(
            "contract_name",
            requisition.commitment.number
                + (requisition.commitment.title == null
                    ? ""
                    : " - " + requisition.commitment.title))
        .put("deletable", !locked(requisition))
        .put("final", false)
        .put("vendor_name", requisition.commitment.vendor.name())
        .put("vendor_id", requisition.commitment.vendor.id())
        .put("invoice_number", requisition.invoiceNumber)
        .put("invoice_type", "progress")
        .put("origin_data", key == null ? null : key.originData)
        .put("origin_id", key == null ? null : key.originId)
        .put(
            "payment_date",
            requisition.paymentDate == null ? null : requisition.paymentDate.toString())
        .put(
            "percent_complete",
            Decimals.percent(summary.completedAndStored(), summary.contractSum()) + "%")
        .put("period_id", requisition.period.id())
        .put("requisition_start", requisition.period.start().toString())
        .put("requisition_end", requisition.period.end().toString())
        .put("status", requisition.status)
        .put(
            "erp_status",
            state.companies.get(project.companyId()).erp()
                ? requisition.erpStatus.word
                : "not_integrated")
        .put("number", requisition.number)
        .put("submitted_at", requisition.billingDate.toString())
        .put("total_claimed_amount", money(summary.gross()))
        .put("move_materials_to_previous_work_completed", requisition.moveMaterials);
    out.set("summary", summary(requisition));
    out.set("currency_configuration", currency(requisition));
    if (extended) {
      extended(requisition, out);
    }
    if (extended || view.equals("items") || switches.flag("itemsInDefaultView")) {
      ArrayNode items = out.putArray("items");
      int position = 0;
      for (Model.Item item : requisition.items) {
        items.add(item(item, ++position));
      }
      out.putArray("item_packages");
    }
    return out;
  }

  /** When it was changed last. */
  java.time.Instant updatedAt(Model.Requisition requisition) {
    return chronicle.updatedAt("requisition", requisition.id, requisition.updatedAt);
  }

  /** Whether the API refuses to change it: synced, or with the accounting approver. */
  boolean locked(Model.Requisition requisition) {
    return external.originId(
                "requisition", requisition.id, requisition.commitment.project.companyId())
            != null
        || requisition.erpStatus == Model.ErpStatus.READY_TO_EXPORT
        || requisition.erpStatus == Model.ErpStatus.EXPORTING;
  }

  private void extended(Model.Requisition requisition, ObjectNode out) {
    Model.Project project = requisition.commitment.project;
    out.putObject("summary_text")
        .put("project_name", project.name())
        .put("project_number", project.number() == null ? "" : project.number())
        .put("to_general_contractor", state.companies.get(project.companyId()).name())
        .put("requisition_period_start", requisition.period.start().toString())
        .put("requisition_period_end", requisition.period.end().toString())
        .put("subcontractor_name", requisition.commitment.vendor.name())
        .put("application_number", Integer.toString(requisition.number))
        .put(
            "contract_for",
            requisition.commitment.title == null ? "" : requisition.commitment.title)
        .put("contract_date", Times.day(requisition.commitment.createdAt));
    long user = chronicle.createdBy("requisition", requisition.id, project.companyId());
    out.set(
        "created_by",
        Users.reference(state, user, "login")
            .put("company_name", state.companies.get(project.companyId()).name()));
  }

  private ObjectNode summary(Model.Requisition requisition) {
    Summary summary = requisition.summary;
    BigDecimal positive =
        summary.positiveNewChangeOrders().add(summary.positivePreviousChangeOrders());
    BigDecimal negative =
        summary.negativeNewChangeOrders().add(summary.negativePreviousChangeOrders());
    return Json.object()
        .put("balance_to_finish_including_retainage", money(summary.balance()))
        .put(
            "completed_work_retainage_percent",
            Decimals.percent(summary.workRetainage(), summary.work()))
        .put("completed_work_retainage_amount", money(summary.workRetainage()))
        .put("contract_sum_to_date", money(summary.contractSum()))
        .put("current_payment_due", money(summary.due()))
        .put("formatted_period", requisition.period.start() + " - " + requisition.period.end())
        .put("less_previous_certificates_for_payment", money(summary.previousCertificates()))
        .put("negative_change_order_item_total", money(negative))
        .put("negative_new_change_order_item_total", money(summary.negativeNewChangeOrders()))
        .put(
            "negative_previous_change_order_item_total",
            money(summary.negativePreviousChangeOrders()))
        .put("net_change_by_change_orders", money(summary.netChange()))
        .put("original_contract_sum", money(summary.originalContractSum()))
        .put("positive_change_order_item_total", money(positive))
        .put("positive_new_change_order_item_total", money(summary.positiveNewChangeOrders()))
        .put(
            "positive_previous_change_order_item_total",
            money(summary.positivePreviousChangeOrders()))
        .put("stored_materials_retainage_amount", money(summary.materialsRetainage()))
        .put(
            "stored_materials_retainage_percent",
            Decimals.percent(summary.materialsRetainage(), summary.stored()))
        .put("tax_applicable_to_this_payment", money(requisition.tax))
        .put("total_completed_and_stored_to_date", money(summary.completedAndStored()))
        .put("total_earned_less_retainage", money(summary.earned()))
        .put("total_retainage", money(summary.retainage()))
        .put("new_materials", money(summary.newMaterials()))
        .put("new_materials_quantity", "0.0")
        .put("stored_materials", money(summary.stored().subtract(summary.newMaterials())))
        .put("stored_materials_quantity", "0.0");
  }

  private ObjectNode currency(Model.Requisition requisition) {
    String code = state.companies.get(requisition.commitment.project.companyId()).currency();
    return Json.object()
        .put("currency_iso_code", code)
        .put("currency_exchange_rate", ONE)
        .put("base_currency_iso_code", code);
  }

  private ObjectNode item(Model.Item item, int position) {
    Figures figures = item.figures;
    ObjectNode out =
        Json.object()
            .put("id", item.id)
            .put("item_type", item.kind.word)
            .put("accounting_method", item.unit ? "unit" : "amount")
            .put("cost_code_id", item.costCode == null ? null : item.costCode.id());
    out.set("currency_configuration", currency(item.requisition));
    if (item.changeOrderLineId != null) {
      out.put("line_item_id", item.changeOrderLineId.longValue());
      if (item.line != null) {
        out.put("commitment_line_item_id", item.line.id)
            .put(
                "commitment_line_item_origin_id",
                external.originId(
                    "line_item", item.line.id, item.requisition.commitment.project.companyId()));
      }
    } else {
      out.put("line_item_id", item.line.id);
    }
    out.put("description_of_work", item.description)
        .put("net_amount", money(figures.net()))
        .put("gross_amount", money(figures.gross()));
    budgetCode(item, out);
    out.put("scheduled_value", money(figures.scheduledValue()))
        .put("work_completed_from_previous_application", money(figures.previousWork()))
        .put("work_completed_this_period", money(figures.work()))
        .put("total_completed_and_stored_to_date", money(figures.total()))
        .put(
            "total_completed_and_stored_to_date_percent",
            Decimals.percent(figures.total(), figures.scheduledValue()))
        .put(
            "work_completed_retainage_from_previous_application",
            money(figures.previousWorkRetainage()))
        .put("work_completed_retainage_retained_this_period", money(figures.workRetained()))
        .put(
            "work_completed_retainage_percent_this_period",
            Decimals.percent(figures.workRetained(), figures.work()))
        .put("work_completed_retainage_released_this_period", money(figures.workReleased()));
    if (switches.flag("previousFieldsPresent")) {
      out.put("total_completed_and_stored_to_date_from_previous", money(figures.totalBefore()));
    }
    if (item.unit) {
      quantities(item, out);
    } else {
      materials(figures, out);
    }
    out.put("comment", (String) null)
        .put("status", "no_action")
        .put("position", position)
        .put("line_number", Integer.toString(position))
        .put("ssr_manual_override", false)
        .put("subcontractor_claimed_amount", money(figures.gross()));
    if (item.previous != null) {
      out.put("previous_progress_id", item.previous.id);
    }
    out.putArray("taxes");
    return out.put("uom", item.line == null || item.line.uom == null ? "" : item.line.uom);
  }

  private void budgetCode(Model.Item item, ObjectNode out) {
    if (item.costCode != null) {
      Long type = item.lineItemType == null ? null : (Long) item.lineItemType.id();
      out.putObject("wbs_code")
          .put("id", state.budgetCodeId(item.costCode.id(), type))
          .put(
              "flat_code",
              item.costCode.fullCode() + (type == null ? "" : "." + item.lineItemType.code()))
          .put(
              "description",
              item.costCode.name() + (type == null ? "" : "." + item.lineItemType.name()));
    }
  }

  private static void quantities(Model.Item item, ObjectNode out) {
    BigDecimal price = item.entered.unitPrice();
    BigDecimal scheduled = item.line == null ? null : item.line.quantity;
    out.put("scheduled_quantity", plain(scheduled == null ? ZERO : scheduled))
        .put(
            "scheduled_unit_price",
            plain(
                price != null
                    ? price
                    : item.line == null || item.line.unitCost == null ? ZERO : item.line.unitCost))
        .put("work_completed_this_period_quantity", plain(item.figures.quantity()))
        .put(
            "work_completed_from_previous_application_quantity",
            plain(item.figures.previousQuantity()));
  }

  private void materials(Figures figures, ObjectNode out) {
    BigDecimal retained =
        switches.choice("materialsRetainedShown").equals("beforeRelease")
            ? figures.materialsRetainage().add(figures.materialsReleased())
            : figures.materialsRetainage();
    BigDecimal retainedNew =
        figures
            .materialsRetainage()
            .subtract(figures.materialsRetainageBefore())
            .add(figures.retainageMoved())
            .add(figures.materialsReleased());
    out.put("materials_presently_stored", money(figures.stored()));
    if (switches.flag("previousFieldsPresent")) {
      out.put("materials_presently_stored_from_previous_progress", money(figures.storedBefore()));
    }
    out.put("materials_moved", money(figures.moved()))
        .put("materials_retainage_retained_moved", money(figures.retainageMoved()))
        .put("materials_stored_retainage_currently_retained", money(retained))
        .put(
            "materials_stored_retainage_percent_this_period",
            Decimals.percent(figures.materialsRetainage(), figures.stored()))
        .put("materials_stored_retainage_new_materials", money(retainedNew))
        .put("materials_stored_retainage_released_this_period", money(figures.materialsReleased()));
  }
}
