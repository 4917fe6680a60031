package io.tieback.rules;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.InvoiceFixture;
import io.tieback.construction.TaxSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sound invoice and the surroundings in which it has no findings; tests change one thing and look
 * at what is found.
 */
final class CheckFixture {

  final InvoiceFixture invoice = InvoiceFixture.sound();
  ConnectionId connection = InvoiceFixture.CONNECTION;
  InvoiceLimits limits = InvoiceLimits.xero();
  Set<String> approvedStatuses = InvoicePolicy.defaults().approvedStatuses();
  InvoicePolicy.EmptyDueDate emptyDueDate = InvoicePolicy.EmptyDueDate.REFUSE;
  InvoicePolicy.ZeroTotal zeroTotal = InvoicePolicy.ZeroTotal.REFUSE;
  InvoicePolicy.LockedPeriod lockedPeriod = InvoicePolicy.LockedPeriod.REFUSE;
  boolean retainageRequired = true;
  boolean costCodeRequired = true;
  boolean costTypeRequired = true;
  boolean commitmentRequired = true;
  InvoicePolicy.Negative negative = InvoicePolicy.Negative.REFUSE;
  RetainageSetUp retainage =
      new RetainageSetUp("815", null, RetainageSetUp.AccountClass.CURRENT_LIABILITY);
  String defaultAccount;
  Map<Long, String> itemCodes;
  LocalDate lockDate = LocalDate.of(2025, 12, 31);
  String baseCurrency = "USD";
  String billCurrency = "USD";
  TaxSettings tax = TaxSettings.none();
  Map<String, BigDecimal> taxRates = Map.of();

  InvoiceCheckContext context() {
    InvoicePolicy policy =
        new InvoicePolicy(
            approvedStatuses,
            emptyDueDate,
            zeroTotal,
            lockedPeriod,
            retainageRequired,
            costCodeRequired,
            costTypeRequired,
            commitmentRequired,
            negative,
            InvoicePolicy.TakenNumbers.REFUSE);
    Map<Long, String> codes = itemCodes == null ? new HashMap<>(invoice.itemCodes()) : itemCodes;
    return new InvoiceCheckContext(
        "xero",
        "Xero",
        connection,
        limits,
        policy,
        retainage,
        defaultAccount,
        codes,
        lockDate,
        baseCurrency,
        billCurrency,
        tax,
        taxRates);
  }

  List<Finding> findings() {
    return InvoiceChecks.check(invoice.build(), context());
  }

  /** What is found, as {@code RULE SEVERITY}, in order. */
  List<String> found() {
    return findings().stream().map(finding -> finding.ruleId() + " " + finding.severity()).toList();
  }
}
