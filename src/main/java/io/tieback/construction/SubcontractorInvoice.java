package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * A subcontractor invoice (Procore: requisition) as it was accepted for export. Free of any ERP.
 *
 * @param procoreId id of the requisition
 * @param projectId id of its project
 * @param commitmentId id of its commitment
 * @param vendorId id of the contract company
 * @param projectOriginId External Data of the project, or null while it is not in the ERP
 * @param commitmentOriginId External Data of the commitment, or null while it is not in the ERP
 * @param vendorOriginId External Data of the contract company, or null while it is not in the ERP
 * @param invoiceNumber the number that the bill gets: the ERP number that the approver chose, else
 *     the subcontractor's own
 * @param status Procore's word: draft, under_review, revise_and_resubmit, approved,
 *     approved_as_noted, pending_owner_approval
 * @param billingDate date of the invoice; becomes the bill's date (XR-INV-10)
 * @param periodStart first day of the billing period
 * @param periodEnd last day of the billing period
 * @param dueDate when it has to be paid, or null when no source yields one (design section 6;
 *     contradiction C-02)
 * @param currency ISO 4217 code, or null when Procore states none
 * @param method how the commitment is billed
 * @param lines its lines, in Procore's order
 * @param netInProcore what Procore itself says is due before tax ({@code
 *     summary.current_payment_due}); null when it does not say
 * @param taxInProcore tax that Procore says applies to this payment
 */
public record SubcontractorInvoice(
    long procoreId,
    long projectId,
    long commitmentId,
    long vendorId,
    String projectOriginId,
    String commitmentOriginId,
    String vendorOriginId,
    String invoiceNumber,
    String status,
    LocalDate billingDate,
    LocalDate periodStart,
    LocalDate periodEnd,
    LocalDate dueDate,
    String currency,
    AccountingMethod method,
    List<InvoiceLine> lines,
    Money netInProcore,
    Money taxInProcore) {

  public SubcontractorInvoice {
    lines = List.copyOf(lines);
  }

  /** The same with the link of its contract company. */
  public SubcontractorInvoice ofVendor(String originId) {
    return new SubcontractorInvoice(
        procoreId,
        projectId,
        commitmentId,
        vendorId,
        projectOriginId,
        commitmentOriginId,
        originId,
        invoiceNumber,
        status,
        billingDate,
        periodStart,
        periodEnd,
        dueDate,
        currency,
        method,
        lines,
        netInProcore,
        taxInProcore);
  }

  /** The same, dated on this day. */
  public SubcontractorInvoice on(LocalDate date) {
    return new SubcontractorInvoice(
        procoreId,
        projectId,
        commitmentId,
        vendorId,
        projectOriginId,
        commitmentOriginId,
        vendorOriginId,
        invoiceNumber,
        status,
        date,
        periodStart,
        periodEnd,
        dueDate,
        currency,
        method,
        lines,
        netInProcore,
        taxInProcore);
  }

  /** Work and stored material of all lines. */
  public Money gross() {
    return Money.sum(lines.stream().map(InvoiceLine::gross).toList());
  }

  /** Retainage withheld by all lines. */
  public Money retained() {
    return Money.sum(lines.stream().map(InvoiceLine::retained).toList());
  }

  /** Retainage released by all lines. */
  public Money released() {
    return Money.sum(lines.stream().map(InvoiceLine::released).toList());
  }

  /** What is due before tax: gross less retained plus released. */
  public Money net() {
    return gross().minus(retained()).plus(released());
  }
}
