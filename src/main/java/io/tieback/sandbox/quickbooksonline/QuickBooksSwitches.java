package io.tieback.sandbox.quickbooksonline;

import io.tieback.sandbox.kit.Switches;
import java.util.List;

/**
 * One switch for each limit and each fact that the reference calls uncertain; the default is the
 * strict reading. Numbers in brackets are sections of the reference.
 */
final class QuickBooksSwitches {
  private QuickBooksSwitches() {}

  static Switches make() {
    return new Switches()
        .number("callsPerMinute", 500, "calls per minute and realm; 0 is no limit (10)")
        .number("callsPerSecond", 10, "calls per second, realm and app; 0 is no limit (10)")
        .number("concurrentCalls", 10, "calls at the same time per realm; 0 is no limit (10)")
        .number("batchesPerMinute", 40, "batches per minute, realm and app; 0 is no limit (10)")
        .choice(
            "unauthorizedBody",
            List.of("xml", "json"),
            "the body of a 401 is XML even with Accept JSON, or JSON (2)")
        .flag("faultsIn200", false, "validation faults come with status 200 (1)")
        .choice(
            "requestId",
            List.of("replay", "replaysFaults", "off"),
            "requestid: the first success is replayed, faults too, or it is ignored (5)")
        .number("requestIdHours", 24, "how long an answer is kept for its requestid (5, uncertain)")
        .choice("consent", List.of("granted", "denied"), "what the user does on the consent page")
        .choice(
            "concurrentRefresh",
            List.of("revokesAll", "refusesSecond", "allowed"),
            "a refresh while another of its connection is under way (2)")
        .number(
            "refreshWindowMillis",
            250,
            "a second refresh this soon after the first counts as at the same time")
        .number("refreshTokenRotatesHours", 24, "age at which a refresh token is replaced (2)")
        .choice(
            "amountMismatch",
            List.of("refuse", "discard"),
            "Amount is not UnitPrice x Qty: refused with 6070, or Amount is discarded (3.5,"
                + " uncertain)")
        .flag(
            "fillsQuantity",
            false,
            "an item line with an Amount alone is answered with Qty 1 and UnitPrice (uncertain)")
        .choice("zeroTotal", List.of("take", "refuse"), "transactions with total 0 (13)")
        .flag("duplicateDocNumberChecked", true, "the company warns of duplicate numbers (3.5)")
        .choice(
            "duplicateDocNumberCode",
            List.of("6140", "6210"),
            "the code for a duplicate document number (11)")
        .choice(
            "closedBooksCode",
            List.of("6000", "6210"),
            "the code for a change in a closed period (11)")
        .choice(
            "orderLinks",
            List.of("liked", "none"),
            "links of bills to orders: good ones are kept, or all are dropped (3.5, uncertain)")
        .choice(
            "orderCloses",
            List.of("firstBill", "whenBilled", "never"),
            "when POStatus turns Closed by linked bills; a closed order takes no more links (3.6,"
                + " uncertain)")
        .flag(
            "linksTouchTransactions",
            true,
            "a payment or linked bill moves SyncToken and time of what it is linked to (uncertain)")
        .choice(
            "paidBillEdits",
            List.of("refuse", "take"),
            "a change of vendor or total of a bill with payments (4)")
        .choice(
            "creditLineSign",
            List.of("positive", "negative"),
            "sign of the lines of credits in a BillPayment (3.7, uncertain)")
        .choice(
            "classWithoutTracking",
            List.of("refuse", "drop"),
            "ClassRef on a line when classes per line are off (3.5)")
        .choice(
            "itemParents",
            List.of("categoryOnly", "any"),
            "what ParentRef of an item may point to (3.3, uncertain)")
        .choice(
            "projectOnLines",
            List.of("customer", "project", "both"),
            "what lines carry that people enter for a project: CustomerRef, ProjectRef with the"
                + " project's other id, or both (3.2, uncertain)")
        .flag("queryIgnoresCase", false, "texts in queries are compared without letter case")
        .flag(
            "voidedLinesKept",
            false,
            "a voided BillPayment keeps its lines with amount 0 (3.7: they are gone)");
  }
}
