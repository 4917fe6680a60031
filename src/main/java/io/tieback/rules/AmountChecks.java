package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.construction.Money;
import io.tieback.construction.RequisitionArithmetic;
import io.tieback.construction.SubcontractorInvoice;
import java.util.function.Consumer;

/** What the whole invoice comes to. */
final class AmountChecks {

  private AmountChecks() {}

  /** XR-INV-14, GEN-INV-03, QBD-INV-05: refused, or a credit note by setting. */
  static void negativeTotal(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    Money net = invoice.net();
    if (net.isNegative() && !context.policy().makesCreditNote(invoice)) {
      findings.accept(
          refuse(
              "XR-INV-14",
              "Total",
              net.toString(),
              "a bill may not come to less than 0.00",
              "Bill it together with a larger invoice, enter the credit in "
                  + context.erpName()
                  + " by hand, or set invoice.negative to credit_note so that such invoices go as"
                  + " credit notes"));
    }
  }

  /** TB-INV-06. */
  static void zeroTotal(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.net().isZero() && context.policy().zeroTotal() == InvoicePolicy.ZeroTotal.REFUSE) {
      findings.accept(
          refuse(
              "TB-INV-06",
              "Total",
              "0.00",
              "an invoice of 0.00 is not sent",
              "Nothing is owed on it; set invoice.zero-total to send if it should be in "
                  + context.erpName()
                  + " all the same"));
    }
  }

  /**
   * TB-AMT-02: what the lines come to against what Procore says is due. A difference is never
   * plugged.
   */
  static void paymentDue(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.netInProcore() == null) {
      findings.accept(
          warn(
              "TB-AMT-02",
              "Current payment due",
              "Procore does not state it",
              "it is compared with what the lines come to, " + invoice.net(),
              "Compare the bill with the invoice in Procore"));
      return;
    }
    RequisitionArithmetic.comparePaymentDue(invoice.lines(), invoice.netInProcore())
        .map(ArithmeticFindings::of)
        .ifPresent(findings);
  }
}
