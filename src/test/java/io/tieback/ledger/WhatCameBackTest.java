package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BillPayment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Payments and job costs that came back, and those that did not with the reason. */
class WhatCameBackTest extends LedgerTest {

  private static final LocalDate DAY = LocalDate.parse("2026-02-27");

  private static BillPayment payment(String id, String bill, String amount) {
    return new BillPayment(
        id, bill, Money.of(amount), DAY, null, "CHQ-" + id, "run-1", false, null);
  }

  private void read(BillPayment... payments) {
    ledger
        .payments()
        .record(
            NORTH, new PaymentJournal.Reading(List.of(payments), Map.of()), DeletionPolicy.FLAG);
  }

  private Page<PaymentView> payments(PaymentFilter filter) {
    return ledger.paymentLists().page(filter, PaymentView.Sort.DATE, false, 10, 0);
  }

  @Test
  void paymentsShowTheirInvoiceAndThoseThatDidNotComeTheReason() {
    known(5, 5);
    String bill = "bill-5";
    ledger.payments().switchOn(NORTH, List.of("old"), "Ann");
    read(payment("p1", bill, "60.00"), payment("p2", "bill-of-nobody", "7.00"));
    assertThat(payments(PaymentFilter.all()).rows()).hasSize(2);
    assertThat(payments(PaymentFilter.all().withText("SC-5")).rows())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.invoiceNumber()).isEqualTo("SC-5");
              assertThat(view.requisitionId()).isEqualTo(5);
              assertThat(view.amount()).isEqualTo(Money.of("60.00"));
              assertThat(view.standing()).isEqualTo(PaymentStanding.ON_ITS_WAY);
              assertThat(view.projectId()).isEqualTo(11);
            });
    assertThat(payments(PaymentFilter.all().withText("chq-p2")).rows())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.standing()).isEqualTo(PaymentStanding.UNMATCHED);
              assertThat(view.standing().isMissing()).isTrue();
              assertThat(view.billState()).isNull();
            });
    assertThat(payments(PaymentFilter.all().in(PaymentStanding.BEFORE_SWITCH_ON)).rows())
        .singleElement()
        .extracting(PaymentView::erpPaymentId)
        .isEqualTo("old");
    assertThat(
            payments(
                    new PaymentFilter(
                        NORTH, null, 11L, 22L, 33L, Money.of("50"), Money.of("70"), DAY, DAY, null))
                .rows())
        .hasSize(1);
    assertThat(ledger.paymentLists().counts(NORTH))
        .extracting(c -> c.state() + " " + c.payments() + " " + c.amount())
        .containsExactly("ignored 1 0.00", "planned 1 60.00", "unmatched 1 7.00");
    long id = payments(PaymentFilter.all().withText("p1")).rows().get(0).id();
    assertThat(ledger.paymentLists().history(id))
        .extracting(TimelineEntry::what)
        .containsExactly("unmatched", "planned");
    assertThat(ledger.timeline(item(5).id()))
        .filteredOn(entry -> entry.source() == TimelineEntry.Source.PAYMENT)
        .extracting(TimelineEntry::reference)
        .contains("p1");
  }

  @Test
  void everyStateOfAPaymentHasAStanding() {
    List<String> states =
        sql.queryForList(
            "select substring(pg_get_constraintdef(oid) from 'ARRAY\\[(.*)\\]') from pg_constraint"
                + " where conname = 'payment_state_check'",
            String.class);
    for (String state : states.get(0).replace("::text", "").replace("'", "").split(", ")) {
      assertThat(PaymentStanding.of(state)).as(state).isNotNull();
    }
  }

  @Test
  void readingAgainIsAskedForByAPersonAndAudited() {
    ledger.connections().requestPaymentSync(NORTH, "Ann");
    ledger.connections().requestCostSync(NORTH, "Ann");
    assertThat(ledger.connections().takePaymentSyncRequest(NORTH)).isTrue();
    assertThat(ledger.connections().takeCostSyncRequest(NORTH)).isTrue();
    assertThat(ledger.audit().newest(2))
        .extracting(Audit.Entry::action)
        .containsExactly("read job costs", "read payments");
  }

  // ---- job costs

  @Test
  void documentsThatTheErpHasNoMoreAreFoundByWhatItHas() {
    ledger.jobCosts().record(NORTH, List.of(document("1", "10.00"), document("2", "20.00")));
    assertThat(ledger.jobCosts().others(NORTH, "bill", Set.of("2", "3")))
        .containsOnlyKeys(new JobCostJournal.Key("bill", "1"));
    assertThat(ledger.jobCosts().others(NORTH, "bill", Set.of())).hasSize(2);
    assertThat(ledger.jobCosts().others(NORTH, "spend", Set.of())).isEmpty();
    assertThat(ledger.jobCosts().others(new ConnectionId("south"), "bill", Set.of())).isEmpty();
  }

  private static JobCostJournal.Document document(String erpId, String amount) {
    JobCostJournal.Key key = new JobCostJournal.Key("bill", erpId);
    String text =
        """
        {"kind":"BILL","erpId":"%s","number":"INV-%s","contactName":"Béton Nord","date":"2026-02-27",
         "lines":[{"key":"1","projectName":"Harbour Tower","itemCode":"03-100.M","amount":"%s"}]}\
        """
            .formatted(erpId, erpId, amount);
    String content =
        """
        {"originId":"xero:north:direct_cost:bill:%s|P","projectId":11,"invoiceNumber":"INV-%s","date":"2026-02-27",
         "description":"Xero: bill INV-%s of Béton Nord",
         "lines":[{"originId":"xero:north:direct_cost_line:bill:%s|1|P","costCodeId":7,"costTypeId":8,"amount":"%s"}]}\
        """
            .formatted(erpId, erpId, erpId, erpId, amount);
    return new JobCostJournal.Document(
        key,
        text,
        List.of(
            new JobCostJournal.Wanted(
                "xero:north:direct_cost:bill:" + erpId + "|P",
                11,
                "INVOICE",
                content,
                Money.of(amount),
                List.of("xero:north:direct_cost_line:bill:" + erpId + "|1|P"))),
        List.of(
            new JobCostJournal.Left(
                key,
                "2",
                "UNSYNCED",
                true,
                "XR-JC-05 XR-JC-06",
                "its item is no cost code",
                "Link the code",
                Money.of("3.00"),
                DAY,
                "INV-" + erpId,
                "Béton Nord",
                "Harbour Tower",
                "ZZ",
                "310",
                "crane")));
  }

  private Page<JobCostView> costs(JobCostFilter filter) {
    return ledger.jobCostLists().page(filter, JobCostView.Sort.DATE, false, 10, 0);
  }

  @Test
  @DisplayName("GEN-JC-07: costs of all projects at once, summed by project and code")
  void costsOfAllProjectsShowWhereTheyAreAndAreSummedByProjectAndCode() {
    ledger.jobCosts().record(NORTH, List.of(document("d1", "10.00"), document("d2", "5.50")));
    assertThat(costs(JobCostFilter.all().withText("beton inv-d1")).rows())
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.number()).isEqualTo("INV-d1");
              assertThat(view.supplier()).isEqualTo("Béton Nord");
              assertThat(view.date()).isEqualTo(DAY);
              assertThat(view.projectName()).isEqualTo("Harbour Tower");
              assertThat(view.lines()).isEqualTo(1);
              assertThat(view.state()).isEqualTo("planned");
            });
    assertThat(ledger.jobCostLists().sums(NORTH, null))
        .singleElement()
        .satisfies(
            sum -> {
              assertThat(sum.code()).isEqualTo("03-100.M");
              assertThat(sum.amount()).isEqualTo(Money.of("15.50"));
              assertThat(sum.projectName()).isEqualTo("Harbour Tower");
            });
    assertThat(
            costs(
                    new JobCostFilter(
                        NORTH,
                        List.of("planned"),
                        "bill",
                        11L,
                        "03-100.M",
                        Money.of("6"),
                        null,
                        DAY,
                        DAY,
                        null))
                .rows())
        .hasSize(1);
    assertThat(ledger.jobCostLists().counts(NORTH))
        .singleElement()
        .extracting(c -> c.state() + " " + c.costs() + " " + c.wanted())
        .isEqualTo("planned 2 15.50");
    long id = costs(JobCostFilter.all()).rows().get(0).id();
    assertThat(ledger.jobCostLists().history(id))
        .extracting(TimelineEntry::what)
        .contains("planned");
    assertThat(ledger.jobCostLists().lines(id)).hasSize(1);
  }

  @Test
  void aCostThatChangesOrGoesLeavesTheSumsAsTheyAreToStand() {
    ledger.jobCosts().record(NORTH, List.of(document("d1", "10.00")));
    ledger.jobCosts().record(NORTH, List.of(document("d1", "12.00")));
    assertThat(ledger.jobCostLists().sums(NORTH, 11L).get(0).amount()).isEqualTo(Money.of("12.00"));
    JobCostJournal.Document gone = document("d1", "12.00");
    ledger
        .jobCosts()
        .record(
            NORTH,
            List.of(new JobCostJournal.Document(gone.key(), gone.text(), List.of(), List.of())));
    assertThat(ledger.jobCostLists().sums(NORTH, null)).isEmpty();
    assertThat(costs(JobCostFilter.all()).rows())
        .singleElement()
        .extracting(JobCostView::number)
        .isEqualTo("INV-d1");
  }

  @Test
  @DisplayName("GEN-JC-08: lines that did not come are listed with reason and remedy")
  void linesThatDidNotComeAreListedOfAllProjectsWithReasonAndRemedy() {
    ledger
        .jobCosts()
        .record(
            NORTH,
            List.of(document("d1", "10.00"), document("d2", "5.50"), document("d3", "1.00")));
    CostLeftFilter filter = CostLeftFilter.unsynced().of(NORTH);
    Page<JobCostJournal.Left> page =
        ledger.jobCostLists().leftPage(filter, JobCostLists.LeftSort.DATE, false, 2, 0);
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.rows()).hasSize(2);
    assertThat(
            ledger
                .jobCostLists()
                .leftPage(
                    new CostLeftFilter(
                        null,
                        List.of(),
                        "bill",
                        "XR-JC-06",
                        true,
                        "Harbour Tower",
                        null,
                        null,
                        DAY,
                        DAY,
                        "inv-d2 crane"),
                    JobCostLists.LeftSort.REASON,
                    true,
                    10,
                    0)
                .rows())
        .singleElement()
        .satisfies(left -> assertThat(left.remedy()).isEqualTo("Link the code"));
    Set<String> each = new java.util.HashSet<>();
    ledger.jobCostLists().eachLeft(filter, left -> each.add(left.document().erpId()));
    assertThat(each).containsExactlyInAnyOrder("d1", "d2", "d3");
    assertThat(ledger.jobCostLists().leftCounts(null))
        .singleElement()
        .extracting(c -> c.rules() + " " + c.lines() + " " + c.amount())
        .isEqualTo("XR-JC-05 XR-JC-06 3 9.00");
  }

  // ---- tie-outs

  @Test
  void oneTieOutOfAConnectionAtATimeAndWhatANodeLeavesIsInterrupted() {
    TieOutRuns.Asked first = ledger.tieOutRuns().ask(NORTH, null, null, "Ann");
    TieOutRuns.Asked again = other.tieOutRuns().ask(NORTH, 7L, DAY, "Bob");
    assertThat(again).isEqualTo(new TieOutRuns.Asked(first.run(), false));
    TieOutRun run = ledger.tieOutRuns().claim(LEASE).orElseThrow();
    assertThat(other.tieOutRuns().claim(LEASE)).isEmpty();
    assertThat(other.tieOutRuns().ask(NORTH, null, null, "Bob").fresh()).isFalse();
    assertThat(ledger.tieOutRuns().at(run.id(), "PROCORE", 3, 9, LEASE)).isTrue();
    assertThat(other.tieOutRuns().at(run.id(), "PROCORE", 4, 9, LEASE)).isFalse();
    assertThat(ledger.tieOutRuns().underWay(NORTH).orElseThrow().stepDone()).isEqualTo(3);
    // The node dies and starts again.
    ledger.nodes().started();
    assertThat(ledger.tieOutRuns().find(run.id()).orElseThrow().state()).isEqualTo("interrupted");
    assertThat(ledger.tieOutRuns().done(run, "{}", "a", true, 0, 90)).isFalse();
    // Another one says nothing any more.
    ledger.tieOutRuns().ask(NORTH, null, null, "Ann");
    assertThat(ledger.tieOutRuns().claim(LEASE)).isPresent();
    clock.advance(LEASE.plus(Duration.ofSeconds(1)));
    assertThat(other.tieOutRuns().interruptGone()).isEqualTo(1);
    assertThat(ledger.tieOutRuns().ask(NORTH, null, null, "Ann").fresh()).isTrue();
  }

  @Test
  void theLastReportsAreKept() {
    for (int n = 1; n <= 4; n++) {
      ledger.tieOutRuns().ask(NORTH, null, null, "Ann");
      TieOutRun run = ledger.tieOutRuns().claim(LEASE).orElseThrow();
      assertThat(ledger.tieOutRuns().done(run, "{\"n\":" + n + "}", "csv" + n, n == 4, 4 - n, 2))
          .isTrue();
    }
    assertThat(ledger.tieOutRuns().newest(NORTH, 10)).hasSize(2);
    TieOutRun last = ledger.tieOutRuns().latestReport(NORTH).orElseThrow();
    assertThat(last.agrees()).isTrue();
    assertThat(last.differences()).isZero();
    assertThat(ledger.tieOutRuns().report(last.id())).hasValue("{\"n\": 4}");
    assertThat(ledger.tieOutRuns().csv(last.id())).hasValue("csv4");
    ledger.tieOutRuns().ask(new ConnectionId("south"), 7L, DAY, "Ann");
    TieOutRun failing = ledger.tieOutRuns().claim(LEASE).orElseThrow();
    assertThat(failing.through()).isEqualTo(DAY);
    assertThat(ledger.tieOutRuns().failed(failing, "Xero does not answer", "Try again", 2))
        .isTrue();
    assertThat(ledger.tieOutRuns().newest(null, 1).get(0).failure())
        .isEqualTo("Xero does not answer");
  }
}
