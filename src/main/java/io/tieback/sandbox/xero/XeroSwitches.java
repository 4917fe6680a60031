package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Switches;
import java.util.List;

/** The switches of the Xero stand-in: limits, and each fact that the reference calls uncertain. */
final class XeroSwitches {
  private XeroSwitches() {}

  static Switches make() {
    return new Switches()
        .number("callsPerMinute", 60, "calls a minute for one app and tenant; 0 = no limit (3.1)")
        .number(
            "callsPerDay",
            5000,
            "calls a day for one app and tenant; 0 = no limit; 1000 on the Starter tier (3.1)")
        .number(
            "concurrentCalls",
            5,
            "calls at the same time for one app and tenant; 0 = no limit (3.1)")
        .number(
            "appCallsPerMinute",
            10_000,
            "calls a minute for one app over all tenants; 0 = no limit (3.1)")
        .number(
            "bulkLimit",
            0,
            "elements accepted in one PUT or POST; 0 = only the 10 MB limit (3.4: about 50"
                + " advised)")
        .flag(
            "batchStoresValidOnError",
            false,
            "with summarizeErrors on, the good elements of a failing batch are stored (3.4,"
                + " uncertain)")
        .flag(
            "reverseBatchAnswers",
            false,
            "a batch is answered in the reverse order of what was sent (3.4: order is uncertain)")
        .choice(
            "trackingMismatch",
            List.of("drop", "refuse"),
            "a tracking entry that matches no active option is dropped silently, or refused (6)")
        .flag(
            "trailingSpaceFails",
            true,
            "a trailing space in a tracking option name answers 500 (3.2)")
        .number(
            "trackingOptionLimit",
            0,
            "active options of a category; 0 = no limit (6: 100 is uncertain)")
        .number("quantityDecimals", 4, "decimals of Quantity that are kept (1.2, uncertain)")
        .choice(
            "lineAmountWithoutUnitAmount",
            List.of("kept", "recomputed"),
            "LineAmount of a line sent without UnitAmount: as sent, or Quantity x the rounded price"
                + " (1.2, uncertain)")
        .choice(
            "postMatchesNumber",
            List.of("match", "create"),
            "POST of a bill without id: updates the bill with that InvoiceNumber, or makes a new"
                + " one (9, uncertain)")
        .flag(
            "dueDateFromPaymentTerms",
            false,
            "a missing due date is taken from the contact's terms (9, uncertain)")
        .flag("multicurrency", false, "the organisations may use other currencies (4)")
        .flag(
            "contactTimestampSkew",
            true,
            "contacts in write answers carry local time labelled UTC (1.1)")
        .flag("mayWriteBankDetails", false, "the user has the BankAccountAdmin right (7)")
        .choice(
            "billedOrderLines",
            List.of("refuse", "take"),
            "lines of a BILLED purchase order: a change of them is refused, or taken (8,"
                + " uncertain)")
        .flag("paymentsListDeleted", true, "GET /Payments lists deleted payments (10, uncertain)")
        .flag("creditNoteLineIds", true, "lines of credit notes carry LineItemID (11, uncertain)")
        .flag("itemCodeInPath", true, "GET /Items/{code} works (5, uncertain)")
        .number("attachmentsPerDocument", 10, "files on one document (uncertain)")
        .number("attachmentBytes", 10_000_000, "bytes of one attached file (uncertain)")
        .choice(
            "attachmentSameName",
            List.of("second", "replace"),
            "a PUT of a file name that is there makes a second file, or replaces it (uncertain)")
        .choice("consent", List.of("granted", "denied"), "what the user does on the consent page")
        .number(
            "missingScopeStatus",
            403,
            "status for a missing scope: 403, or 401 in some stacks (2.3)");
  }
}
