package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.construction.SubcontractorInvoice;
import java.util.function.Consumer;

/** Status, number, period, dates and currency. */
final class HeaderChecks {

  private HeaderChecks() {}

  /** XR-INV-08, GEN-INV-01. */
  static void status(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.status() == null
        || !context.policy().approvedStatuses().contains(invoice.status())) {
      findings.accept(
          refuse(
              "XR-INV-08",
              "Status",
              blank(invoice.status()) ? "empty" : "'" + invoice.status() + "'",
              "only approved invoices are sent ("
                  + String.join(
                      ", ", context.policy().approvedStatuses().stream().sorted().toList())
                  + ")",
              "Approve the invoice in Procore and send it again"));
    }
  }

  /** GEN-PAY-07: people compare the number in Procore with the one in the ERP. */
  static void numberPresent(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (blank(invoice.invoiceNumber())) {
      findings.accept(
          refuse(
              "GEN-PAY-07",
              "Invoice #",
              "empty",
              "the number must be the same in Procore and in " + context.erpName(),
              "Fill in Invoice # on the invoice in Procore and send it again"));
    }
  }

  /** XR-INV-02. */
  static void numberLength(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    int limit = context.limits().numberLength();
    if (invoice.invoiceNumber() != null && invoice.invoiceNumber().length() > limit) {
      findings.accept(
          refuse(
              "XR-INV-02",
              "Invoice #",
              invoice.invoiceNumber().length() + " characters",
              "at most " + limit + " characters",
              "Shorten Invoice # on the invoice in Procore and send it again"));
    }
  }

  /** XR-INV-03: no period at all. */
  static void billingPeriod(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.periodStart() == null && invoice.periodEnd() == null) {
      findings.accept(
          refuse(
              "XR-INV-03",
              "Billing period",
              "none",
              "a billing period is needed",
              "Choose the billing period on the invoice in Procore"));
    }
  }

  /** XR-INV-04. */
  static void billingDate(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.billingDate() == null) {
      findings.accept(
          refuse(
              "XR-INV-04",
              "Billing date",
              "empty",
              "it becomes the date of the bill and is needed",
              "Fill in the billing date on the invoice in Procore"));
    }
  }

  /** XR-INV-05. */
  static void periodStart(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.periodStart() == null) {
      findings.accept(
          refuse(
              "XR-INV-05",
              "Period start",
              "empty",
              "the first day of the period is needed",
              "Fill in the period start on the invoice in Procore"));
    }
  }

  /** XR-INV-06. */
  static void periodEnd(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.periodEnd() == null) {
      findings.accept(
          refuse(
              "XR-INV-06",
              "Period end",
              "empty",
              "the last day of the period is needed",
              "Fill in the period end on the invoice in Procore"));
    } else if (invoice.periodStart() != null
        && invoice.periodEnd().isBefore(invoice.periodStart())) {
      findings.accept(
          refuse(
              "XR-INV-06",
              "Period end",
              invoice.periodEnd().toString(),
              "it may not be before the period start " + invoice.periodStart(),
              "Correct the billing period on the invoice in Procore"));
    }
  }

  /** XR-INV-07 and XR-INV-11, settled by C-02. A credit note is not paid and falls due never. */
  static void dueDate(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.dueDate() != null || context.policy().makesCreditNote(invoice)) {
      return;
    }
    if (context.policy().emptyDueDate() == InvoicePolicy.EmptyDueDate.REFUSE) {
      findings.accept(
          refuse(
              "XR-INV-07",
              "Payment due date",
              "empty, no configured source yields one",
              "a due date is needed",
              "Fill in the payment due date when accepting, or set invoice.due-date to a source"
                  + " that always yields one, such as billing_date+30"));
    } else {
      findings.accept(
          warn(
              "XR-INV-11",
              "Payment due date",
              "empty",
              "none is sent and the vendor's terms in " + context.erpName() + " apply",
              "Nothing to do, unless this bill has a date of its own"));
    }
  }

  /** TB-INV-07: locked period. */
  static void lockedPeriod(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (context.lockDate() == null
        || invoice.billingDate() == null
        || invoice.billingDate().isAfter(context.lockDate())) {
      return;
    }
    String limit = context.erpName() + " is locked up to and including " + context.lockDate();
    if (context.policy().lockedPeriod() == InvoicePolicy.LockedPeriod.REFUSE) {
      findings.accept(
          refuse(
              "TB-INV-07",
              "Billing date",
              invoice.billingDate().toString(),
              limit,
              "Change the billing date in Procore, enter an accounting date on accepting, reopen"
                  + " the period in "
                  + context.erpName()
                  + ", or set invoice.locked-period to first-open-day"));
    } else {
      findings.accept(
          warn(
              "TB-INV-07",
              "Billing date",
              invoice.billingDate().toString(),
              limit,
              "The bill is dated " + context.lockDate().plusDays(1) + ", the first open day"));
    }
  }

  /** TB-INV-03: one currency on both sides, and the bill is written in it. */
  static void currency(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    String written = context.billCurrency();
    boolean foreign =
        written != null
            && context.baseCurrency() != null
            && !written.equals(context.baseCurrency());
    if (foreign) {
      findings.accept(
          refuse(
              "TB-INV-03",
              "Setting currency",
              written,
              "the company in "
                  + context.erpName()
                  + " keeps its books in "
                  + context.baseCurrency(),
              "Correct the setting, or connect the company that keeps its books in " + written));
    }
    if (invoice.currency() == null) {
      return;
    }
    if (context.baseCurrency() == null) {
      findings.accept(
          warn(
              "TB-INV-03",
              "Currency",
              invoice.currency(),
              "the currency of the company in "
                  + context.erpName()
                  + " is not known, so it could not be compared",
              "Run ./tieback doctor"));
    } else if (!invoice.currency().equals(context.baseCurrency())) {
      findings.accept(
          refuse(
              "TB-INV-03",
              "Currency",
              invoice.currency(),
              "the company in "
                  + context.erpName()
                  + " keeps its books in "
                  + context.baseCurrency(),
              "Invoices in another currency are not exported; enter this one in "
                  + context.erpName()
                  + " by hand"));
    }
  }
}
