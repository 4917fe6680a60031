package io.tieback.rules;

import io.tieback.construction.SubcontractorInvoice;
import java.util.ArrayList;
import java.util.List;

/**
 * Every rule that an invoice has to keep before it becomes a bill (design section 3, step 3). All
 * findings at once, so that a person corrects once. Pure.
 */
public final class InvoiceChecks {

  private static final List<InvoiceCheck> CHECKS =
      List.of(
          HeaderChecks::status,
          HeaderChecks::numberPresent,
          HeaderChecks::numberLength,
          HeaderChecks::billingPeriod,
          HeaderChecks::billingDate,
          HeaderChecks::periodStart,
          HeaderChecks::periodEnd,
          HeaderChecks::dueDate,
          HeaderChecks::lockedPeriod,
          HeaderChecks::currency,
          LinkChecks::vendor,
          LinkChecks::project,
          LinkChecks::commitment,
          LinkChecks::foreignLinks,
          LinkChecks::anyCostCode,
          LinkChecks::lineCodes,
          LinkChecks::lineTypes,
          LinkChecks::itemOrAccount,
          LineChecks::anyLine,
          LineChecks::duplicates,
          LineChecks::description,
          LineChecks::itemCode,
          LineChecks::lineAmount,
          LineChecks::unitPricing,
          LineChecks::decimals,
          AmountChecks::negativeTotal,
          AmountChecks::zeroTotal,
          TaxChecks::stated,
          TaxChecks::types,
          AmountChecks::paymentDue,
          RetainageChecks::setUp,
          RetainageChecks::setUpWithoutRetainage,
          RetainageChecks::accountKind,
          RetainageChecks::releasePerLine,
          RetainageChecks::releaseInTotal);

  private InvoiceChecks() {}

  /**
   * Checks an invoice.
   *
   * @return all findings, in the order of the rules; empty when nothing stands in the way. A single
   *     refusal stops the invoice, else a single wait holds it
   */
  public static List<Finding> check(SubcontractorInvoice invoice, InvoiceCheckContext context) {
    List<Finding> findings = new ArrayList<>();
    for (InvoiceCheck check : CHECKS) {
      check.check(invoice, context, findings::add);
    }
    return findings;
  }

  /**
   * What a list of findings means for the record: the gravest of them.
   *
   * @return null when the list is empty
   */
  public static Finding.Severity gravest(List<Finding> findings) {
    return findings.stream().map(Finding::severity).min(Enum::compareTo).orElse(null);
  }
}
