package io.tieback.construction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a subcontractor invoice into the bill that will be written (design section 3, step 4;
 * XR-INV-10, XR-INV-12, GEN-INV-05, GEN-RET-02). Pure: the same call is the dry run, and the same
 * invoice gives the same bill.
 */
public final class BillComposer {

  private BillComposer() {}

  /**
   * Composes. The rules are checked before: an over-long description is passed on as it is, never
   * cut.
   *
   * @param invoice the invoice as it was accepted; its billing date may not be null
   * @param references what the bill refers to in the ERP
   * @param settings how bills are composed
   * @return a bill whose total is the invoice's net to the cent
   * @throws IllegalArgumentException when the invoice has retainage and neither a retainage account
   *     nor a retainage item is set (QBD-INV-01 refuses this before), or when a line has no tax
   *     type with a rate though the bill bears tax (TB-TAX-01, TB-TAX-02 refuse this)
   * @throws IllegalStateException when the total is not the invoice's net: a defect, never to be
   *     sent
   */
  public static Bill compose(
      SubcontractorInvoice invoice, BillReferences references, BillSettings settings) {
    List<String> notes = new ArrayList<>();
    LocalDate date = billDate(invoice.billingDate(), references.firstOpenDay(), notes);
    List<BillLine> retainage = new RetainageLines(references, settings, notes).of(invoice.lines());
    List<BillLine> lines =
        new ArrayList<>(
            new WorkLines(references, settings, notes).of(invoice.lines(), !retainage.isEmpty()));
    lines.addAll(retainage);
    LineTaxes taxes = new LineTaxes(settings.tax(), references.taxRates());
    lines.replaceAll(taxes::on);
    Money total = Money.sum(lines.stream().map(BillLine::amount).toList());
    if (!total.equals(invoice.net())) {
      throw new IllegalStateException(
          "bill of requisition "
              + invoice.procoreId()
              + " comes to "
              + total
              + " but the invoice's net is "
              + invoice.net()
              + "; it must not be sent, please report this defect");
    }
    if (total.isNegative()) {
      notes.add(
          "The invoice comes to "
              + total
              + ": it is written as a credit note of "
              + total.negated()
              + ", every line with the opposite sign.");
    }
    return new Bill(
        references.marker(),
        invoice.procoreId(),
        references.contactKey(),
        invoice.invoiceNumber(),
        date,
        invoice.dueDate(),
        settings.currency(),
        lines,
        total,
        settings.tax().amounts(),
        notes);
  }

  private static LocalDate billDate(
      LocalDate billingDate, LocalDate firstOpenDay, List<String> notes) {
    if (firstOpenDay == null || !billingDate.isBefore(firstOpenDay)) {
      return billingDate;
    }
    notes.add(
        "Billed on "
            + billingDate
            + ", which is locked in the ERP; the bill is dated "
            + firstOpenDay
            + ", the first open day.");
    return firstOpenDay;
  }
}
