package io.tieback.erp;

import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.construction.PaymentBatches;
import java.util.List;
import java.util.Set;

/**
 * What changed among payments since a cursor.
 *
 * @param payments payments that are new, changed or deleted
 * @param bills bills that changed; unless there are {@code batches}, a payment that vanished from
 *     {@code livePayments} was deleted even if the ERP lists no deletions
 * @param batches from an ERP where one payment may settle many bills, and where the whole payment
 *     tells what was deleted; then bills do not. Null from any other
 * @param nextCursor where to go on; stored only together with what was read
 * @param calls API calls that this took
 */
public record PaymentReading(
    List<BillPayment> payments,
    List<BillState> bills,
    PaymentBatches batches,
    String nextCursor,
    int calls) {

  public PaymentReading {
    payments = List.copyOf(payments);
    bills = List.copyOf(bills);
  }

  /** Of an ERP whose payments stand alone. */
  public PaymentReading(
      List<BillPayment> payments, List<BillState> bills, String nextCursor, int calls) {
    this(payments, bills, null, nextCursor, calls);
  }

  /**
   * A bill as the ERP has it: total = paid in cash + credited + due (design section 6).
   *
   * @param billId the ERP's key
   * @param status the ERP's word
   * @param total what it comes to
   * @param paid paid in cash
   * @param credited settled by credit notes, prepayments and overpayments
   * @param due still open
   * @param livePayments keys of the payments that stand on it now
   */
  public record BillState(
      String billId,
      String status,
      Money total,
      Money paid,
      Money credited,
      Money due,
      Set<String> livePayments) {
    public BillState {
      livePayments = Set.copyOf(livePayments);
    }
  }
}
