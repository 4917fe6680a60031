package io.tieback.procore;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.construction.OriginId;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells Procore that an invoice is in the ERP: External Data for the requisition and each of its
 * items, and only then the request detail (Procore reference section 5). Everything here may be
 * repeated.
 */
public final class Acknowledger {

  private static final String REQUISITION = "requisition";

  private final ProcoreClient client;
  private final String erp;

  /**
   * @param client the company's client
   * @param erp short name of the ERP in origin ids, such as {@code xero}
   */
  public Acknowledger(ProcoreClient client, String erp) {
    this.client = client;
    this.erp = erp;
  }

  /**
   * A bill or credit note that is in the ERP.
   *
   * @param kind what it is in origin ids: {@code bill} or {@code credit_note}
   * @param requisitionId the requisition it came from
   * @param billId the ERP's key
   * @param billNumber the number that people see in the ERP
   * @param items all items of the requisition
   */
  public record WrittenBill(
      String kind, long requisitionId, String billId, String billNumber, List<Item> items) {
    public WrittenBill {
      items = List.copyOf(items);
    }
  }

  /** An item of a requisition. */
  public record Item(long id, InvoiceLineKind kind) {}

  /** Rows of a bill: the requisition first, then its items. */
  public List<ExternalDataRow> rows(WrittenBill bill) {
    List<ExternalDataRow> rows = new ArrayList<>();
    rows.add(
        new ExternalDataRow(
            REQUISITION,
            bill.requisitionId(),
            origin(bill.kind(), bill.billId()),
            bill.billNumber(),
            null));
    for (Item item : bill.items()) {
      // Bill lines and items are not one to one (grouped retainage, rounding lines), and an origin
      // id must be unique for its type in the company.
      rows.add(
          new ExternalDataRow(
              itemType(item.kind()),
              item.id(),
              origin(bill.kind() + "_line", bill.billId() + "|" + item.id()),
              null,
              null));
    }
    return rows;
  }

  /**
   * Rows that take the links away again, items first, so that a half-done unlinking still shows as
   * linked.
   */
  public List<ExternalDataRow> clearingRows(long requisitionId, List<Item> items) {
    List<ExternalDataRow> rows = new ArrayList<>();
    items.forEach(item -> rows.add(ExternalDataRow.cleared(itemType(item.kind()), item.id())));
    rows.add(ExternalDataRow.cleared(REQUISITION, requisitionId));
    return rows;
  }

  /** External Data's word for a kind of item (GEN-API-17). */
  public static String itemType(InvoiceLineKind kind) {
    return switch (kind) {
      case CONTRACT -> "requisition_contract_item";
      case CONTRACT_DETAIL -> "requisition_contract_detail_item";
      case CHANGE_ORDER -> "requisition_change_order_item";
    };
  }

  private String origin(String kind, String key) {
    ConnectionId connection = client.connection().connection();
    return new OriginId(erp, connection, kind, key).toString();
  }

  /**
   * Writes rows of any number of bills, up to 1,000 a call; one outcome for each row, in their
   * order.
   */
  public List<SyncOutcome<ExternalDataRow.Key>> writeOrigins(List<ExternalDataRow> rows) {
    return client.syncExternalData(rows);
  }

  /** Closes request details, up to 1,000 a call; one outcome for each, in their order. */
  public List<SyncOutcome<Long>> closeDetails(List<DetailAnswer> answers) {
    return client.closeDetails(answers);
  }
}
