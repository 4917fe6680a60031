package io.tieback.construction;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A payment of one bill as the ERP has it. A payment over several bills is one of these per bill
 * (GEN-PAY-12).
 *
 * @param erpPaymentId the ERP's key of the payment
 * @param erpBillId the ERP's key of the bill
 * @param amount cash paid on this bill, in the bill's currency
 * @param date day of the payment in the company's zone
 * @param method how it was paid, or null when the ERP does not tell
 * @param reference cheque number or text, or null
 * @param batchId the ERP's key of the batch it was made in, or null
 * @param deleted whether the ERP shows it as deleted or voided
 * @param updatedAt when the ERP last changed it
 */
public record BillPayment(
    String erpPaymentId,
    String erpBillId,
    Money amount,
    LocalDate date,
    Method method,
    String reference,
    String batchId,
    boolean deleted,
    Instant updatedAt) {

  /** The three methods that Procore's contract payments know. */
  public enum Method {
    CHECK,
    CREDIT_CARD,
    ELECTRONIC
  }
}
