package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * The purchase order that a commitment becomes (XR-COM-15), or that a change order becomes when the
 * commitment's own can take no further line (XR-CCO-11).
 *
 * @param marker what finds it again
 * @param procoreId id of the commitment or change order
 * @param contactKey the ERP's key of the supplier
 * @param number the order's number, unique in the ERP
 * @param title the commitment's title
 * @param date the order's date
 * @param deliveryDate when it is to be delivered, or null
 * @param currency ISO 4217 code, or null for the ERP company's own
 * @param lines lines in the order in which they are written
 * @param total sum of the lines, before tax
 * @param taxOnTop whether the ERP adds tax to the lines
 * @param notes what a person should know
 */
public record PurchaseOrder(
    String marker,
    long procoreId,
    String contactKey,
    String number,
    String title,
    LocalDate date,
    LocalDate deliveryDate,
    String currency,
    List<OrderLine> lines,
    Money total,
    boolean taxOnTop,
    List<String> notes)
    implements Outgoing {

  public PurchaseOrder {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.ORDER;
  }
}
