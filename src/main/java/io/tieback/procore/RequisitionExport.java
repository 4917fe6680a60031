package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.AccountingMethod;
import io.tieback.construction.EventFigures;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One invoice of a {@code create_requisitions} event (GEN-API-39, Procore reference section 7). Its
 * figures are only compared with the requisition, never billed from.
 *
 * @param requisitionId id of the requisition
 * @param contractId id of its commitment
 * @param contractOriginId External Data of the commitment when the event was made, or null
 * @param jobOriginId External Data of the project when the event was made, or null
 * @param invoiceNumber the subcontractor's number, or null
 * @param code the ERP number that the approver chose, or null
 * @param billingDate date of the invoice, or null
 * @param method how the commitment is billed
 * @param erpCustomFields what the approver entered on accepting, by name, as text
 * @param lines its lines by item id
 * @param detailId its request detail, or null when the event names none
 * @param source the element as it came, for the work item's payload
 */
public record RequisitionExport(
    long requisitionId,
    long contractId,
    String contractOriginId,
    String jobOriginId,
    String invoiceNumber,
    String code,
    LocalDate billingDate,
    AccountingMethod method,
    Map<String, String> erpCustomFields,
    Map<Long, Line> lines,
    Long detailId,
    JsonNode source) {

  private static final String EXPORT = "create_requisitions event";

  private static final List<String> FIGURES =
      List.of(
          "amount",
          "retainage_this_period",
          "retainage_work_completed_this_period",
          "retainage_materials_presently_stored",
          "released_work_completed_this_period");

  /**
   * One line.
   *
   * @param itemId id of the requisition item
   * @param figures figures to compare
   * @param description text, or null
   * @param quantity units of the period, or null
   * @param unitCost price of a unit, or null
   * @param unitOfMeasure or null
   * @param costCodeId id of its cost code, or null
   * @param costCodeOriginId External Data of it, or null
   * @param costTypeOriginId External Data of its cost type, or null
   * @param commitmentLineOriginId External Data of the commitment's line, or null
   * @param changeOrderLineOriginId External Data of the change order's line, or null
   * @param taxCodeOriginId External Data of its tax code, or null
   */
  public record Line(
      long itemId,
      EventFigures figures,
      String description,
      BigDecimal quantity,
      BigDecimal unitCost,
      String unitOfMeasure,
      Long costCodeId,
      String costCodeOriginId,
      String costTypeOriginId,
      String commitmentLineOriginId,
      String changeOrderLineOriginId,
      String taxCodeOriginId) {}

  public RequisitionExport {
    erpCustomFields = Map.copyOf(erpCustomFields);
    lines = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(lines));
  }

  /**
   * Reads one element of the event.
   *
   * @param element the element
   * @param detailId its request detail, or null
   */
  public static RequisitionExport of(JsonNode element, Long detailId) {
    Map<Long, Line> lines = new LinkedHashMap<>();
    for (JsonNode line : element.path("line_items")) {
      Line read = line(line);
      if (lines.put(read.itemId(), read) != null) {
        throw ProcoreClient.unusable(
            EXPORT,
            "item " + read.itemId() + " stands in it twice",
            "Reject the invoice in Procore and send it again.");
      }
    }
    return new RequisitionExport(
        Fields.id(element, "procore_requisition_id", EXPORT),
        Fields.id(element, "contract_id", EXPORT),
        Fields.text(element, "contract_origin_id"),
        Fields.text(element, "job_origin_id"),
        Fields.text(element, "invoice_number"),
        Fields.text(element, "code"),
        Fields.dateOrNull(element, "billing_date", EXPORT),
        method(element, EXPORT),
        custom(element.path("erp_custom_fields")),
        lines,
        detailId,
        element);
  }

  /** Digest of the figures that the event states line by line. */
  public String figuresDigest() {
    return FiguresDigest.of(source.path("line_items"), "procore_requisition_item_id", FIGURES);
  }

  /** The element as it was stored with its work item. */
  public static RequisitionExport stored(JsonNode element) {
    return of(element, Fields.idOrNull(element, "request_detail_id", EXPORT));
  }

  /** How something is billed; refused when the word is unknown. */
  public static AccountingMethod method(JsonNode node, String of) {
    String word = Fields.text(node, "accounting_method");
    if ("amount".equals(word)) {
      return AccountingMethod.AMOUNT;
    }
    if ("unit".equals(word)) {
      return AccountingMethod.UNIT;
    }
    throw ProcoreClient.unusable(
        of + " in Procore",
        "accounting_method is " + word + ", amount or unit is expected",
        "Tell whoever runs Tieback.");
  }

  /** Values are plain, or have their type beside them. */
  private static Map<String, String> custom(JsonNode fields) {
    Map<String, String> read = new LinkedHashMap<>();
    fields
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value =
                  field.getValue().isObject() ? field.getValue().path("value") : field.getValue();
              if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
                read.put(field.getKey(), value.asText());
              }
            });
    return read;
  }

  private static Line line(JsonNode line) {
    long id = Fields.id(line, "procore_requisition_item_id", EXPORT);
    String of = EXPORT + ", item " + id;
    String description = Fields.text(line, "description");
    return new Line(
        id,
        new EventFigures(
            Fields.moneyOrNull(line, "amount", of),
            Fields.moneyOrNull(line, "retainage_this_period", of),
            Fields.moneyOrNull(line, "retainage_work_completed_this_period", of),
            Fields.moneyOrNull(line, "retainage_materials_presently_stored", of),
            Fields.moneyOrNull(line, "retainage_materials_previously_stored", of),
            Fields.moneyOrNull(line, "released_work_completed_this_period", of)),
        description == null ? Fields.text(line, "line_item_description") : description,
        Fields.decimalOrNull(line, "qty", of),
        Fields.decimalOrNull(line, "unit_cost", of),
        Fields.text(line, "uom"),
        Fields.idOrNull(line, "cost_code_id", of),
        Fields.text(line, "cost_code_origin_id"),
        Fields.text(line, "line_item_type_origin_id"),
        Fields.text(line, "commitment_item_origin_id"),
        Fields.text(line, "change_order_line_item_origin_id"),
        Fields.text(line, "tax_code_origin_id"));
  }
}
