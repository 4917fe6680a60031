package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.eachLine;
import static io.tieback.rules.InvoiceCheck.lineField;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.construction.Money;
import io.tieback.construction.SubcontractorInvoice;
import java.util.function.Consumer;

/** Retainage: where it is held, and that no more is released than is held. */
final class RetainageChecks {

  private RetainageChecks() {}

  /** QBD-INV-01 by analogy: an invoice with retainage cannot go without a place to hold it. */
  static void setUp(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (hasRetainage(invoice) && !context.retainage().isChosen()) {
      findings.accept(
          refuse(
              "QBD-INV-01",
              "Retainage account",
              "none is chosen, and the invoice holds "
                  + invoice.retained()
                  + " and releases "
                  + invoice.released(),
              "retainage needs an account of its own",
              createAndChoose(context)));
    }
  }

  /** QBD-INV-03 by analogy: the set-up is needed even without retainage. */
  static void setUpWithoutRetainage(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (!hasRetainage(invoice)
        && context.policy().retainageRequired()
        && !context.retainage().isChosen()) {
      findings.accept(
          refuse(
              "QBD-INV-03",
              "Retainage account",
              "none is chosen",
              "it is needed even where no retainage is held",
              createAndChoose(context) + "; or set retainage.required to false"));
    }
  }

  private static String createAndChoose(InvoiceCheckContext context) {
    return "Create a current liability account named Retainage in "
        + context.erpName()
        + ", set retainage.account to its code, then run ./tieback doctor";
  }

  /** QBD-INV-02 by analogy: what kind of account it is. */
  static void accountKind(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (context.retainage().isChosen()
        && context.retainage().accountClass() == RetainageSetUp.AccountClass.OTHER) {
      findings.accept(
          warn(
              "QBD-INV-02",
              "Retainage account",
              (context.retainage().accountCode() == null
                      ? "account of item " + context.retainage().itemCode()
                      : context.retainage().accountCode())
                  + " is not a current liability",
              "retainage is money owed to subcontractors and belongs to the current liabilities",
              "Change the account's type in "
                  + context.erpName()
                  + ", or choose another with retainage.account"));
    }
  }

  /** TB-RET-01, per line. */
  static void releasePerLine(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    eachLine(
        invoice,
        (number, line) -> {
          if (exceeds(line.released(), line.retainageHeldBefore())) {
            findings.accept(
                tooMuch(
                    "TB-RET-01",
                    lineField(number, line, "released retainage"),
                    line.released(),
                    line.retainageHeldBefore()));
          }
        });
  }

  /** TB-RET-02, in total. */
  static void releaseInTotal(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    Money held =
        Money.sum(invoice.lines().stream().map(line -> line.retainageHeldBefore()).toList());
    if (exceeds(invoice.released(), held)) {
      findings.accept(
          tooMuch("TB-RET-02", "Released retainage of the invoice", invoice.released(), held));
    }
  }

  private static Finding tooMuch(String ruleId, String field, Money released, Money held) {
    return refuse(
        ruleId,
        field,
        released.toString(),
        "only " + held + " was held before this period",
        "Lower the release in Procore to what is held");
  }

  /**
   * More than is held. Where less than nothing is held (a line that was credited), it is the sign
   * of the release that must not grow beyond it.
   */
  private static boolean exceeds(Money released, Money held) {
    if (released.isZero()) {
      return false;
    }
    return held.isNegative() && released.isNegative()
        ? released.compareTo(held) < 0
        : released.compareTo(held) > 0;
  }

  private static boolean hasRetainage(SubcontractorInvoice invoice) {
    return invoice.lines().stream()
        .anyMatch(line -> !line.retained().isZero() || !line.released().isZero());
  }
}
