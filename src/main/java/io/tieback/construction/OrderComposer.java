package io.tieback.construction;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a commitment into the purchase order that will be written (XR-COM-15). Pure: the same call
 * is the dry run, and the same commitment gives the same order.
 *
 * <p>An order holds the contract before tax. Where bills bear tax, on top of their amounts or in
 * them, the ERP adds it to the order's lines; the order's total is held against the contract
 * without it.
 */
public final class OrderComposer {

  private OrderComposer() {}

  /**
   * Composes. The rules are checked before: nothing is cut, rounded or made up here.
   *
   * @param commitment the commitment as it was accepted, with all its links
   * @param references what the order refers to
   * @param settings as for bills: accounts, decimals, currency, tax
   * @return an order whose total is the commitment's to the cent
   * @throws IllegalStateException when its lines do not come to the commitment's total: a defect,
   *     never to be sent
   */
  public static PurchaseOrder compose(
      Commitment commitment, OrderReferences references, BillSettings settings) {
    List<String> notes = new ArrayList<>();
    OrderLines make = new OrderLines(references, settings, notes);
    List<OrderLine> lines = new ArrayList<>();
    for (int index = 0; index < commitment.lines().size(); index++) {
      ContractLine line = commitment.lines().get(index);
      String where = "Line " + (index + 1);
      if (line.amount().isZero() && make.item(line) == null) {
        notes.add(where + " comes to 0.00 and has no item in the ERP: it is left out.");
        continue;
      }
      lines.add(make.line(line, line.words(index + 1), where));
    }
    Money total = Money.sum(lines.stream().map(OrderLine::amount).toList());
    if (!total.equals(commitment.grandTotal())) {
      throw new IllegalStateException(
          "the order of commitment "
              + commitment.procoreId()
              + " comes to "
              + total
              + " but the commitment to "
              + commitment.grandTotal()
              + "; it must not be sent, please report this defect");
    }
    return new PurchaseOrder(
        references.marker(),
        commitment.procoreId(),
        references.contactKey(),
        commitment.orderNumber(),
        commitment.title(),
        commitment.date(),
        commitment.deliveryDate(),
        settings.currency(),
        lines,
        total,
        settings.tax().apply(),
        notes);
  }
}
