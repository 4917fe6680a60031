package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.AccountingMethod;
import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.ArithmeticSettings.LineAmount;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.construction.LineAmounts;
import io.tieback.construction.Money;
import io.tieback.construction.RequisitionArithmetic;
import io.tieback.construction.RequisitionComponents;
import io.tieback.procore.Fields;
import io.tieback.procore.ReadRequisition;
import io.tieback.procore.RequisitionExport;
import io.tieback.procore.RequisitionItems;
import io.tieback.procore.RequisitionReader;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Subcontractor invoices as {@code create_requisitions} has them (GEN-API-39, Procore reference
 * section 7), with the figures of each line worked out from the v1.1 requisition: over the lines
 * amount - {@code retainage_this_period} + {@code released_work_completed_this_period} is what is
 * due. What the checks need of the requisition itself stands beside the lines, so that an invoice
 * that waits can be looked at again without a call.
 */
public final class RequisitionEvents {

  /** Where the event keeps what the checks need of the requisition. */
  static final String COPY = "requisition";

  /** Where it keeps what they need of the requisition before. */
  static final String COPY_BEFORE = "previous_requisition";

  private static final List<String> HEADER_FIELDS =
      List.of(
          "id",
          "project_id",
          "commitment_id",
          "commitment_type",
          "vendor_id",
          "vendor_name",
          "contract_name",
          "number",
          "invoice_number",
          "status",
          "billing_date",
          "requisition_start",
          "requisition_end",
          "previous_requisition_id",
          "move_materials_to_previous_work_completed",
          "currency_configuration",
          "origin_id");

  private static final List<String> ITEM_FIELDS =
      List.of(
          "id",
          "item_type",
          "accounting_method",
          "cost_code_id",
          "line_item_id",
          "detail_line_item_id",
          "commitment_line_item_id",
          "description_of_work",
          "uom",
          "work_completed_this_period",
          "work_completed_this_period_quantity",
          "scheduled_unit_price",
          "materials_presently_stored",
          "materials_presently_stored_from_previous_progress",
          "materials_moved",
          "total_completed_and_stored_to_date",
          "total_completed_and_stored_to_date_from_previous",
          "work_completed_retainage_from_previous_application",
          "work_completed_retainage_retained_this_period",
          "work_completed_retainage_released_this_period",
          "materials_stored_retainage_currently_retained",
          "materials_retainage_retained_moved",
          "materials_stored_retainage_released_this_period",
          "previous_progress_id");

  private static final List<String> ITEM_BEFORE_FIELDS =
      List.of(
          "id",
          "item_type",
          "line_item_id",
          "detail_line_item_id",
          "commitment_line_item_id",
          "materials_presently_stored",
          "materials_stored_retainage_currently_retained",
          "total_completed_and_stored_to_date");

  private RequisitionEvents() {}

  /** The requisition whose balances have to be known, or nothing when none is needed. */
  public static Optional<Long> needed(JsonNode requisition) {
    return RequisitionItems.needsPrevious(requisition, null)
        ? Optional.of(RequisitionItems.previousId(requisition))
        : Optional.empty();
  }

  /**
   * A subcontractor invoice.
   *
   * @param requisition the v1.1 requisition with items
   * @param previous the one before it with items; null when none is needed or there is none
   * @param settings how uncertain figures are read
   */
  public static DoorRecord requisition(
      JsonNode requisition, JsonNode previous, ArithmeticSettings settings) {
    long id = Fields.id(requisition, "id", "requisition");
    String of = "requisition " + id;
    ObjectNode element = element(requisition, previous, settings, of);
    ObjectNode event = Json.object();
    event.putArray("requisitions").add(element);
    return new DoorRecord(
        DoorEvents.REQUISITION,
        id,
        event,
        EventDigest.of(event),
        facts(requisition, of),
        Picked.author(requisition, of),
        Presence.THERE,
        null);
  }

  private static Facts facts(JsonNode requisition, String of) {
    return new Facts(
        Fields.text(requisition, "invoice_number"),
        Fields.text(requisition, "contract_name"),
        Fields.text(requisition, "vendor_name"),
        Fields.id(requisition, "project_id", of),
        null,
        Fields.id(requisition, "commitment_id", of),
        Fields.idOrNull(requisition, "vendor_id", of),
        Fields.moneyOrNull(requisition.path("summary"), "current_payment_due", of),
        Fields.text(requisition.path("currency_configuration"), "currency_iso_code"),
        Fields.dateOrNull(requisition, "billing_date", of),
        Fields.text(requisition, "status"),
        Picked.moment(requisition, "updated_at"));
  }

  private static ObjectNode element(
      JsonNode requisition, JsonNode previous, ArithmeticSettings settings, String of) {
    RequisitionItems items = new RequisitionItems(requisition, previous);
    List<JsonNode> rows = RequisitionItems.items(requisition);
    boolean unit =
        !rows.isEmpty()
            && rows.stream()
                .allMatch(row -> RequisitionExport.method(row, of) == AccountingMethod.UNIT);
    ObjectNode element =
        Json.object()
            .put("procore_requisition_id", Fields.id(requisition, "id", of))
            .put("contract_id", Fields.id(requisition, "commitment_id", of))
            .putNull("contract_origin_id")
            .putNull("job_origin_id")
            .put("accounting_method", unit ? "unit" : "amount");
    Picked.copy(requisition, "invoice_number", element, "invoice_number");
    element.putNull("code");
    Picked.copy(requisition, "billing_date", element, "billing_date");
    Picked.copy(requisition, "created_at", element, "created_at");
    element.putObject("custom_fields");
    element.putObject("erp_custom_fields");
    ArrayNode lines = element.putArray("line_items");
    rows.forEach(row -> lines.add(line(row, items.components(row), settings)));
    element.set(COPY, copy(requisition));
    if (previous != null) {
      element.set(COPY_BEFORE, copyBefore(previous));
    }
    return element;
  }

  private static ObjectNode line(
      JsonNode row, RequisitionComponents components, ArithmeticSettings settings) {
    String of = RequisitionItems.of(row);
    boolean unit = RequisitionExport.method(row, of) == AccountingMethod.UNIT;
    InvoiceLineKind kind = RequisitionItems.kind(row);
    boolean change = kind == InvoiceLineKind.CHANGE_ORDER;
    ObjectNode line =
        Json.object()
            .put("procore_requisition_item_id", components.procoreItemId())
            .put("requisition_item_type", className(kind))
            .put("accounting_method", unit ? "unit" : "amount");
    figures(line, components, settings);
    Picked.copy(row, "work_completed_this_period_quantity", line, "qty");
    Picked.copy(row, "scheduled_unit_price", line, "unit_cost");
    Picked.copy(row, "uom", line, "uom");
    Picked.copy(row, "scheduled_value", line, "scheduled_total_amount");
    Picked.copy(row, "description_of_work", line, "description");
    Picked.copy(row, "description_of_work", line, "line_item_description");
    Picked.copy(row, "cost_code_id", line, "cost_code_id");
    // Not in Procore's event: what the links of the line are found by.
    Picked.copy(
        row, change ? "commitment_line_item_id" : "line_item_id", line, "commitment_line_item_id");
    line.put("change_order_line_item_id", change ? Fields.idOrNull(row, "line_item_id", of) : null);
    line.put("line_item_type_code", costType(row));
    return line;
  }

  /** What the event says of the period, from what the requisition holds (design section 6). */
  private static void figures(
      ObjectNode line, RequisitionComponents components, ArithmeticSettings settings) {
    Optional<LineAmounts> computed =
        RequisitionArithmetic.compute(components, null, settings).amounts();
    Money previously = components.materialsRetainagePreviouslyRetained();
    if (computed.isPresent()) {
      LineAmounts amounts = computed.get();
      boolean gross = settings.lineAmount() == LineAmount.GROSS;
      line.put("amount", (gross ? amounts.gross() : amounts.net()).toString())
          .put(
              "retainage_this_period",
              amounts.retained().minus(amounts.releasedMaterial()).toString());
    }
    line.put("retainage_work_completed_this_period", components.workRetained().toString())
        .put(
            "retainage_materials_presently_stored",
            components.materialsRetainageRetained().toString())
        .put(
            "retainage_materials_previously_stored",
            previously == null ? null : previously.toString())
        .put("released_work_completed_this_period", components.workReleased().toString());
  }

  private static String className(InvoiceLineKind kind) {
    return switch (kind) {
      case CONTRACT -> "Billings::ContractItem";
      case CONTRACT_DETAIL -> "Billings::ContractDetailItem";
      case CHANGE_ORDER -> "Billings::ChangeOrderItem";
    };
  }

  /** Of a budget code such as {@code 03-110.S} the cost type. */
  private static String costType(JsonNode row) {
    String flat = Fields.text(row.path("wbs_code"), "flat_code");
    int dot = flat == null ? -1 : flat.lastIndexOf('.');
    return dot > 0 ? flat.substring(dot + 1) : null;
  }

  private static ObjectNode copy(JsonNode requisition) {
    ObjectNode copy = Picked.fields(requisition, HEADER_FIELDS);
    copy.set(
        "summary",
        Picked.fields(
            requisition.path("summary"),
            List.of("current_payment_due", "tax_applicable_to_this_payment")));
    ArrayNode items = copy.putArray("items");
    for (JsonNode row : RequisitionItems.items(requisition)) {
      ObjectNode item = Picked.fields(row, ITEM_FIELDS);
      if (row.path("wbs_code").isObject()) {
        item.set("wbs_code", Picked.fields(row.path("wbs_code"), List.of("flat_code")));
      }
      items.add(item);
    }
    return copy;
  }

  private static ObjectNode copyBefore(JsonNode previous) {
    ObjectNode copy = Picked.fields(previous, List.of("id"));
    List<ObjectNode> items = new ArrayList<>();
    RequisitionItems.items(previous)
        .forEach(row -> items.add(Picked.fields(row, ITEM_BEFORE_FIELDS)));
    copy.putArray("items").addAll(items);
    return copy;
  }

  /**
   * The invoice of an event with its links, as the checks take it; no call is made. Figures that
   * Procore no longer has are those of the last reading.
   *
   * @param event what {@link #requisition} made, with links
   */
  public static ReadRequisition read(JsonNode event, ArithmeticSettings settings) {
    JsonNode element = event.path("requisitions").path(0);
    JsonNode previous = element.path(COPY_BEFORE);
    return RequisitionReader.read(
        element.path(COPY),
        previous.isObject() ? previous : null,
        RequisitionExport.stored(element),
        settings);
  }
}
