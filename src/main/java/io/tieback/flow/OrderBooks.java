package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ContractLine;
import io.tieback.construction.OrderLine;
import io.tieback.construction.OrderReferences;
import io.tieback.construction.OriginId;
import io.tieback.ledger.Links;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.MissingLinks.Missing;
import io.tieback.rules.OrderCheckContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What commitments and change orders have in common on their way out, for one connection. */
final class OrderBooks {

  /** Kind of an order in origin ids. */
  static final String ORDER = "purchase_order";

  /** Kind of a change of an order in origin ids. */
  static final String CHANGE = "purchase_order_change";

  /** Kind of a line of an order in origin ids. */
  static final String LINE = "purchase_order_line";

  /** External Data's word for lines of commitments and change orders. */
  private static final String LINE_ITEM = "line_item";

  private final ConnectionRoom room;

  OrderBooks(ConnectionRoom room) {
    this.room = room;
  }

  /** What these lines are checked against. */
  OrderCheckContext context(List<ContractLine> lines) {
    return new OrderCheckContext(
        room.erp().capabilities().erp(),
        room.erp().capabilities().displayName(),
        room.id(),
        room.invoices().limits(),
        room.orders().policy(),
        room.invoices().bill().defaultAccountCode(),
        itemCodes(lines),
        room.erp().setup().baseCurrency(),
        room.invoices().bill().tax(),
        room.invoices().bill().tax().apply() ? room.erp().taxRates() : Map.of());
  }

  /** What an order with these lines refers to. */
  OrderReferences references(
      String marker, String vendor, String project, List<ContractLine> lines) {
    return new OrderReferences(marker, key(vendor), key(project), itemCodes(lines));
  }

  /** Item codes by line, as for invoices (XR-WBS-04). */
  private Map<Long, String> itemCodes(List<ContractLine> lines) {
    Map<Long, String> codes = new HashMap<>();
    for (ContractLine line : lines) {
      String item =
          room.invoices().itemCodeByLinks(line.costCodeOriginId(), line.costTypeOriginId());
      if (item != null) {
        codes.put(line.procoreId(), item);
      }
    }
    return codes;
  }

  /** The key in an origin id, or null when there is none or it is not of our form. */
  private static String key(String originId) {
    try {
      return originId == null ? null : OriginId.parse(originId).key();
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  /** Keys of what a record waits for; where nothing is named, for the codes of its project. */
  static List<String> waitKeys(List<Missing> missing, long projectId) {
    return missing.isEmpty()
        ? List.of(Links.waitKey("codes_of_project", Long.toString(projectId)))
        : missing.stream()
            .map(one -> Links.waitKey(one.itemType(), Long.toString(one.procoreId())))
            .distinct()
            .toList();
  }

  /** Lines of a document for people, and the lines in Procore for the acknowledgement. */
  static void show(ObjectNode document, List<OrderLine> lines, List<ContractLine> items) {
    ArrayNode shown = document.putArray("lines");
    for (OrderLine line : lines) {
      ObjectNode node =
          shown
              .addObject()
              .put("description", line.description())
              .put("quantity", line.quantity().toPlainString())
              .put("unitAmount", line.unitAmount().toPlainString())
              .put("amount", line.amount().toString())
              .put("item", line.itemCode())
              .put("account", line.accountCode())
              .put("taxType", line.taxType());
      line.sourceLines().forEach(node.putArray("sources")::add);
    }
    ArrayNode ids = document.putArray("items");
    items.forEach(item -> ids.addObject().put("id", item.procoreId()));
  }

  /**
   * External Data of a record and its lines (GEN-API-33). Lines in the ERP and in Procore are not
   * one to one, so a line is named by its order and its own id.
   *
   * @param kind kind of the record in origin ids
   * @param key the ERP's key of the record
   * @param order the ERP's key of the order that bears its lines
   */
  List<ExternalDataRow> rows(
      String entity,
      long procoreId,
      String kind,
      String key,
      String order,
      String number,
      Iterable<Long> lines) {
    List<ExternalDataRow> rows = new ArrayList<>();
    rows.add(new ExternalDataRow(entity, procoreId, origin(kind, key), number, null));
    lines.forEach(
        line ->
            rows.add(
                new ExternalDataRow(
                    LINE_ITEM, line, origin(LINE, order + "|" + line), null, null)));
    return rows;
  }

  private String origin(String kind, String key) {
    return new OriginId(room.erp().capabilities().erp(), room.id(), kind, key).toString();
  }
}
