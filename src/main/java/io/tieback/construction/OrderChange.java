package io.tieback.construction;

import java.util.List;

/**
 * The lines that a commitment change order adds to the commitment's purchase order (XR-CCO-11): one
 * for each line of the commitment that it changes, with the sum of its changes (XR-CCO-08).
 *
 * @param marker what finds its lines again
 * @param changeOrderId id of the change order
 * @param number the change order's number
 * @param title its title
 * @param orderKey the ERP's key of the purchase order
 * @param lines lines that are appended, in the order in which they are written; their sum may be
 *     negative
 * @param total sum of the lines
 * @param instead the further order that it becomes when the purchase order can take no line any
 *     more, because it is billed or deleted
 * @param notes what a person should know
 */
public record OrderChange(
    String marker,
    long changeOrderId,
    String number,
    String title,
    String orderKey,
    List<OrderLine> lines,
    Money total,
    PurchaseOrder instead,
    List<String> notes)
    implements Outgoing {

  public OrderChange {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.ORDER_CHANGE;
  }
}
