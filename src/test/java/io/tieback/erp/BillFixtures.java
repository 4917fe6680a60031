package io.tieback.erp;

import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Bills for tests. Requisition 4711 gives number SC-4711 and an address that ends in its id. */
public final class BillFixtures {

  public static final LocalDate BILL_DATE = LocalDate.of(2026, 10, 31);
  public static final LocalDate DUE_DATE = LocalDate.of(2026, 11, 30);

  private BillFixtures() {}

  /** The address of a requisition's bill. */
  public static String marker(long requisition) {
    return "https://app.procore.com/9/project/commitments/requisitions/"
        + requisition
        + "?tieback=harbour.requisition."
        + requisition;
  }

  /** A bill of these lines. */
  public static Bill bill(long requisition, String contactKey, BillLine... lines) {
    List<BillLine> all = List.of(lines);
    Money total = Money.sum(all.stream().map(BillLine::amount).toList());
    return new Bill(
        marker(requisition),
        requisition,
        contactKey,
        "SC-" + requisition,
        BILL_DATE,
        DUE_DATE,
        null,
        all,
        total,
        List.of());
  }

  /** A plain amount of work. */
  public static BillLine work(
      String description, String amount, String item, String account, String project) {
    return line(BillLine.Kind.WORK, description, "1", amount, item, account, project);
  }

  /** Units at a price. */
  public static BillLine units(
      String description,
      String quantity,
      String price,
      String item,
      String account,
      String project) {
    return line(BillLine.Kind.WORK, description, quantity, price, item, account, project);
  }

  /** Retainage withheld; the amount is negative. */
  public static BillLine held(String amount, String account, String project) {
    return line(
        BillLine.Kind.RETAINAGE_HELD, "Retainage held", "1", amount, null, account, project);
  }

  private static BillLine line(
      BillLine.Kind kind,
      String description,
      String quantity,
      String price,
      String item,
      String account,
      String project) {
    BigDecimal units = new BigDecimal(quantity);
    BigDecimal unitAmount = new BigDecimal(price);
    return new BillLine(
        kind,
        description,
        units,
        unitAmount,
        Money.rounded(units.multiply(unitAmount)),
        item,
        account,
        project,
        null,
        List.of(1L));
  }
}
