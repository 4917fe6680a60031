package io.tieback.command.seed;

import java.math.BigDecimal;
import java.util.List;

/**
 * What an accounting system's stand-in holds, for whoever compares both sides without asking the
 * connector.
 *
 * @param bills all bills
 * @param payments every payment of a bill; one that settles many bills is one for each
 */
public record ErpBooks(List<Bill> bills, List<Payment> payments) {

  public ErpBooks {
    bills = List.copyOf(bills);
    payments = List.copyOf(payments);
  }

  /**
   * A bill.
   *
   * @param id its key
   * @param number the number that people see
   * @param total what it comes to
   * @param open what is still to be paid
   * @param marked the text that carries the connector's marker, or null
   * @param living whether it counts: neither deleted nor voided
   */
  public record Bill(
      String id, String number, BigDecimal total, BigDecimal open, String marked, boolean living) {}

  /**
   * A payment of one bill.
   *
   * @param id its key, as in origin ids
   * @param billId the bill's key
   * @param amount cash
   * @param living whether it counts
   * @param together whether it is a part of a payment of several bills
   */
  public record Payment(
      String id, String billId, BigDecimal amount, boolean living, boolean together) {}

  /**
   * An order to pay.
   *
   * @param bill the bill
   * @param amount cash
   */
  public record Due(Bill bill, BigDecimal amount) {}
}
