package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.AccountingMethod;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.construction.Money;
import io.tieback.construction.RequisitionComponents;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a requisition's items, with what they were on the requisition before. Material
 * fields exist only on amount-based items, quantities only on unit-based ones: absent means that
 * they do not apply (Procore reference section 12).
 */
public final class RequisitionItems {

  private static final String STORED_BEFORE = "materials_presently_stored_from_previous_progress";
  private static final String TOTAL_BEFORE = "total_completed_and_stored_to_date_from_previous";

  private final JsonNode requisition;
  private final boolean first;
  private final List<JsonNode> previous;

  /**
   * @param requisition the v1.1 requisition with items
   * @param previous the requisition before it with items, or null when it was not read
   */
  public RequisitionItems(JsonNode requisition, JsonNode previous) {
    this.requisition = requisition;
    this.first = previousId(requisition) == null;
    this.previous = previous == null ? null : items(previous);
  }

  /** The requisition before, or null when this is the first of its commitment. */
  public static Long previousId(JsonNode requisition) {
    return Fields.idOrNull(requisition, "previous_requisition_id", "requisition");
  }

  /** Items in Procore's order; refused when the view does not carry them. */
  public static List<JsonNode> items(JsonNode requisition) {
    JsonNode items = requisition.path("items");
    if (!items.isArray()) {
      throw ProcoreClient.unusable(
          "requisition " + requisition.path("id").asText(),
          "Procore's answer carries no items",
          "Set the connection's procore.requisition-view to the other view, items or extended, then"
              + " replay.");
    }
    List<JsonNode> list = new ArrayList<>();
    items.forEach(list::add);
    return list;
  }

  /** Whether the requisition before has to be read, because a balance is stated nowhere else. */
  public static boolean needsPrevious(JsonNode requisition, RequisitionExport export) {
    if (previousId(requisition) == null) {
      return false;
    }
    return items(requisition).stream().anyMatch(item -> itemNeedsPrevious(item, export));
  }

  private static boolean itemNeedsPrevious(JsonNode item, RequisitionExport export) {
    if (RequisitionExport.method(item, of(item)) == AccountingMethod.UNIT) {
      return false;
    }
    RequisitionExport.Line line =
        export == null ? null : export.lines().get(item.path("id").asLong());
    boolean retainageKnown = line != null && line.figures().materialsRetainagePreviously() != null;
    return !item.hasNonNull(STORED_BEFORE) || !retainageKnown;
  }

  /** What the arithmetic needs of one item. */
  public RequisitionComponents components(JsonNode item) {
    String of = of(item);
    boolean unit = RequisitionExport.method(item, of) == AccountingMethod.UNIT;
    JsonNode before = before(item);
    return new RequisitionComponents(
        Fields.id(item, "id", of),
        Fields.money(item, "work_completed_this_period", of),
        unit ? Money.ZERO : Fields.money(item, "materials_presently_stored", of),
        balanceBefore(item, unit, STORED_BEFORE, before, "materials_presently_stored"),
        Fields.moneyOrZero(item, "materials_moved", of),
        requisition.path("move_materials_to_previous_work_completed").asBoolean(false),
        Fields.moneyOrNull(item, "total_completed_and_stored_to_date", of),
        totalBefore(item, before),
        Fields.money(item, "work_completed_retainage_retained_this_period", of),
        unit ? Money.ZERO : Fields.money(item, "materials_stored_retainage_currently_retained", of),
        balanceBefore(item, unit, null, before, "materials_stored_retainage_currently_retained"),
        Fields.moneyOrZero(item, "materials_retainage_retained_moved", of),
        Fields.money(item, "work_completed_retainage_released_this_period", of),
        Fields.moneyOrZero(item, "materials_stored_retainage_released_this_period", of),
        Fields.money(item, "work_completed_retainage_from_previous_application", of));
  }

  /**
   * The balance at the end of the requisition before: the item's own field, else the item before;
   * null when neither is known.
   */
  private Money balanceBefore(
      JsonNode item, boolean unit, String ownField, JsonNode before, String field) {
    if (unit) {
      return Money.ZERO;
    }
    Money own = ownField == null ? null : Fields.moneyOrNull(item, ownField, of(item));
    if (own != null) {
      return own;
    }
    if (first) {
      return Money.ZERO;
    }
    if (previous == null) {
      return null;
    }
    // A line that the requisition before does not have is new: nothing was stored or held on it.
    return before == null ? Money.ZERO : Fields.moneyOrZero(before, field, of(before));
  }

  private Money totalBefore(JsonNode item, JsonNode before) {
    Money own = Fields.moneyOrNull(item, TOTAL_BEFORE, of(item));
    if (own != null || before == null) {
      return own == null && first ? Money.ZERO : own;
    }
    return Fields.moneyOrNull(before, "total_completed_and_stored_to_date", of(before));
  }

  /** The same line on the requisition before: by Procore's own reference, else by kind and line. */
  private JsonNode before(JsonNode item) {
    if (previous == null) {
      return null;
    }
    Long id = Fields.idOrNull(item, "previous_progress_id", of(item));
    for (JsonNode candidate : previous) {
      if (id != null && id == candidate.path("id").asLong()) {
        return candidate;
      }
    }
    for (JsonNode candidate : previous) {
      if (sameLine(item, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean sameLine(JsonNode item, JsonNode candidate) {
    return item.path("item_type").equals(candidate.path("item_type"))
        && item.hasNonNull("line_item_id")
        && item.path("line_item_id").equals(candidate.path("line_item_id"))
        && item.path("detail_line_item_id").equals(candidate.path("detail_line_item_id"))
        && (kind(item) != InvoiceLineKind.CONTRACT_DETAIL
            || item.path("description_of_work").equals(candidate.path("description_of_work")));
  }

  /** Which kind of line an item is. */
  public static InvoiceLineKind kind(JsonNode item) {
    String type = item.path("item_type").asText("");
    return switch (type) {
      case "contract_item" -> InvoiceLineKind.CONTRACT;
      case "contract_detail_item" -> InvoiceLineKind.CONTRACT_DETAIL;
      case "change_order_item", "whole_change_order_item" -> InvoiceLineKind.CHANGE_ORDER;
      default ->
          throw ProcoreClient.unusable(
              of(item),
              "item_type is '" + type + "', which Tieback does not know",
              "Tell whoever runs Tieback; the invoice cannot be exported yet.");
    };
  }

  /** An item in words, for messages. */
  public static String of(JsonNode item) {
    return "requisition item " + item.path("id").asText("without id");
  }
}
