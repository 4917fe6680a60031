package io.tieback.flow;

import io.tieback.construction.Bill;
import io.tieback.construction.BillComposer;
import io.tieback.construction.BillMarker;
import io.tieback.construction.BillReferences;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.OriginId;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.PaymentTerms;
import io.tieback.procore.ReadRequisition;
import io.tieback.rules.ArithmeticFindings;
import io.tieback.rules.Finding;
import io.tieback.rules.InvoiceCheckContext;
import io.tieback.rules.InvoiceChecks;
import io.tieback.rules.RetainageSetUp;
import io.tieback.rules.TaxChecks;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks one invoice and composes its bill, for the routes and for {@code preview} alike: the same
 * call is the dry run (design section 3).
 */
final class InvoiceBooks {

  private final ConnectionRoom room;

  InvoiceBooks(ConnectionRoom room) {
    this.room = room;
  }

  /** The invoice with its due date, by the first source that yields one (design section 6). */
  SubcontractorInvoice withDueDate(SubcontractorInvoice invoice, Map<String, LocalDate> erpDates) {
    Optional<LocalDate> due =
        room.invoices()
            .dueDates()
            .resolve(invoice.billingDate(), erpDates, () -> byTerms(invoice))
            .map(d -> d.date());
    if (due.isEmpty()
        && room.invoices().policy().emptyDueDate()
            == io.tieback.rules.InvoicePolicy.EmptyDueDate.VENDOR_TERMS) {
      due = byTerms(invoice);
    }
    return new SubcontractorInvoice(
        invoice.procoreId(),
        invoice.projectId(),
        invoice.commitmentId(),
        invoice.vendorId(),
        invoice.projectOriginId(),
        invoice.commitmentOriginId(),
        invoice.vendorOriginId(),
        invoice.invoiceNumber(),
        invoice.status(),
        invoice.billingDate(),
        invoice.periodStart(),
        invoice.periodEnd(),
        due.orElse(null),
        invoice.currency(),
        invoice.method(),
        invoice.lines(),
        invoice.netInProcore(),
        invoice.taxInProcore());
  }

  private Optional<LocalDate> byTerms(SubcontractorInvoice invoice) {
    if (invoice.vendorOriginId() == null || invoice.billingDate() == null) {
      return Optional.empty();
    }
    Optional<PaymentTerms> terms =
        room.erp().paymentTerms(OriginId.parse(invoice.vendorOriginId()).key());
    return terms.map(t -> t.dueDate(invoice.billingDate()));
  }

  /** All findings, of the figures and of the rules. */
  List<Finding> findings(ReadRequisition read, SubcontractorInvoice invoice) {
    List<Finding> findings = new ArrayList<>(ArithmeticFindings.of(read.discrepancies()));
    SubcontractorInvoice dated = dated(read, invoice);
    boolean entered = accountingDate(read).isPresent();
    InvoiceChecks.check(dated, context(dated))
        .forEach(finding -> findings.add(entered ? ofAccountingDate(finding) : finding));
    return DoorRemedies.of(room, findings);
  }

  /**
   * The day that the approver entered, on which the bill is posted; empty for the invoice's own.
   */
  private static Optional<LocalDate> accountingDate(ReadRequisition read) {
    return Optional.ofNullable(read.erpDates().get(DoorData.ACCOUNTING_DATE));
  }

  /**
   * The invoice as its bill is dated: on the accounting date where one was entered. What it is due
   * by stays counted from the date of the invoice.
   */
  private static SubcontractorInvoice dated(ReadRequisition read, SubcontractorInvoice invoice) {
    return accountingDate(read).map(invoice::on).orElse(invoice);
  }

  /** A finding about the bill's date, where that is the one that was entered. */
  private static Finding ofAccountingDate(Finding finding) {
    return finding.ruleId().equals("TB-INV-07")
        ? new Finding(
            finding.ruleId(),
            finding.severity(),
            "Accounting date",
            finding.found(),
            finding.limit(),
            finding
                .remedy()
                .replace(
                    "Change the billing date in Procore, enter an accounting date on accepting",
                    "Enter an accounting date after it on accepting"))
        : finding;
  }

  /** What only the composed bill shows: whether it bears the tax that Procore states. */
  List<Finding> findings(Bill bill, SubcontractorInvoice invoice) {
    return TaxChecks.total(bill, invoice, room.erp().capabilities().displayName());
  }

  /**
   * The bill. Pure: nothing is read or sent.
   *
   * @param orderLines the ERP's keys of the order lines that its items bill ({@link
   *     OrderLineKeys}); empty where bills are not linked to orders
   */
  Bill compose(ReadRequisition read, SubcontractorInvoice invoice, Map<Long, String> orderLines) {
    String marker =
        BillMarker.of(
            room.procore().webUrl().toString(),
            room.id(),
            room.procore().companyId(),
            invoice.projectId(),
            read.commitmentKind() == null ? null : read.commitmentKind().marker(),
            invoice.commitmentId(),
            invoice.procoreId());
    LocalDate locked = setup().lockedThrough();
    BillReferences references =
        new BillReferences(
            marker,
            OriginId.parse(invoice.vendorOriginId()).key(),
            OriginId.parse(invoice.projectOriginId()).key(),
            itemCodes(invoice),
            room.invoices().policy().firstOpenDay(locked),
            taxRates(),
            orderLines);
    return BillComposer.compose(dated(read, invoice), references, room.invoices().bill());
  }

  private InvoiceCheckContext context(SubcontractorInvoice invoice) {
    ErpSetup setup = setup();
    return new InvoiceCheckContext(
        room.erp().capabilities().erp(),
        room.erp().capabilities().displayName(),
        room.id(),
        room.invoices().limits(),
        room.invoices().policy(),
        retainage(setup),
        room.invoices().bill().defaultAccountCode(),
        itemCodes(invoice),
        setup.lockedThrough(),
        setup.baseCurrency(),
        room.invoices().bill().currency(),
        room.invoices().bill().tax(),
        taxRates());
  }

  private RetainageSetUp retainage(ErpSetup setup) {
    String code = room.invoices().bill().retainageAccountCode();
    ErpSetup.Account account = code == null ? null : setup.accounts().get(code);
    RetainageSetUp.AccountClass kind =
        account == null
            ? RetainageSetUp.AccountClass.UNKNOWN
            : account.currentLiability()
                ? RetainageSetUp.AccountClass.CURRENT_LIABILITY
                : RetainageSetUp.AccountClass.OTHER;
    return new RetainageSetUp(code, room.invoices().bill().retainageItemCode(), kind);
  }

  private Map<String, BigDecimal> taxRates() {
    return room.invoices().bill().tax().apply() ? room.erp().taxRates() : Map.of();
  }

  private ErpSetup setup() {
    return room.erp().setup();
  }

  /**
   * Item codes by requisition item, of cost code and cost type together (XR-WBS-04). A cost code's
   * key is {@code <project key>|<code>}.
   */
  private Map<Long, String> itemCodes(SubcontractorInvoice invoice) {
    Map<Long, String> codes = new HashMap<>();
    for (InvoiceLine line : invoice.lines()) {
      String item =
          room.invoices().itemCodeByLinks(line.costCodeOriginId(), line.costTypeOriginId());
      if (item != null) {
        codes.put(line.procoreItemId(), item);
      }
    }
    return codes;
  }
}
