package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.BillPayment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.construction.PaymentBatches;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Payments of exported bills: what is recorded, and each step of what is written to Procore. */
class PaymentsTest extends LedgerTest {

  private static final Instant PAID = Instant.parse("2026-03-01T00:00:00Z");

  @BeforeEach
  void oneExportedBill() {
    known(1, 5);
    ledger.payments().switchOn(NORTH, List.of("old"), "Ann");
  }

  private static BillPayment payment(String id, String bill, String amount) {
    return new BillPayment(
        id,
        bill,
        Money.of(amount),
        LocalDate.of(2026, 3, 1),
        BillPayment.Method.CHECK,
        "cheque 7",
        null,
        false,
        PAID);
  }

  private static BillPayment payment(String id, String amount) {
    return payment(id, "bill-5", amount);
  }

  private static BillPayment deleted(String id, String amount) {
    return new BillPayment(
        id,
        "bill-5",
        Money.of(amount),
        LocalDate.of(2026, 3, 1),
        BillPayment.Method.CHECK,
        "cheque 7",
        null,
        true,
        PAID);
  }

  private PaymentJournal.Recorded record(DeletionPolicy policy, BillPayment... payments) {
    return ledger
        .payments()
        .record(NORTH, new PaymentJournal.Reading(List.of(payments), Map.of()), policy);
  }

  private PaymentJournal.Recorded record(BillPayment... payments) {
    return record(DeletionPolicy.FLAG, payments);
  }

  private List<PaymentSteps.Step> claim() {
    return ledger.paymentSteps().claim(NORTH, 100, SETTLE, LEASE);
  }

  private PaymentRow row(String id) {
    return ledger.payments().find(NORTH, id).orElseThrow();
  }

  /** Takes every step that is due as Procore would, and says which. */
  private List<String> writeAll(long firstProcoreId) {
    List<String> steps = new ArrayList<>();
    long procoreId = firstProcoreId;
    for (PaymentSteps.Step claimed : claim()) {
      Optional<PaymentSteps.Step> step = Optional.of(claimed);
      while (step.isPresent()) {
        PaymentSteps.Step now = step.get();
        steps.add(now.payment().erpPaymentId() + " " + now.action());
        assertThat(ledger.paymentSteps().sending(now, LEASE)).isTrue();
        Long id =
            now.action() == PaymentSteps.Action.CREATE
                ? Long.valueOf(procoreId++)
                : now.payment().procorePaymentId();
        String origin =
            now.action() == PaymentSteps.Action.CLEAR_ORIGIN
                ? null
                : "xero:north:payment:" + now.payment().erpPaymentId();
        step = ledger.paymentSteps().done(now, id, origin);
      }
    }
    return steps;
  }

  @Nested
  class Recording {

    @Test
    void aPaymentOfAnExportedBillIsWrittenOnceHoweverOftenItIsRead() {
      assertThat(record(payment("p1", "40.00"), payment("p2", "60.00")).added()).isEqualTo(2);
      assertThat(record(payment("p1", "40.00")))
          .isEqualTo(new PaymentJournal.Recorded(0, 0, 0, 0, 0));
      assertThat(writeAll(700)).containsExactly("p1 CREATE", "p2 CREATE");
      assertThat(claim()).isEmpty();
      assertThat(row("p1").state()).isEqualTo("known");
      assertThat(row("p1").procorePaymentId()).isEqualTo(700);
      PaymentJournal.Totals totals = ledger.payments().totals(NORTH);
      assertThat(totals.paid()).isEqualTo(Money.of("100.00")).isEqualTo(totals.inProcore());
    }

    @Test
    void theStepCarriesWhatProcoreNeedsOfTheInvoice() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step step = onlyOne(claim());
      assertThat(step.commitmentId()).isEqualTo(22);
      assertThat(step.projectId()).isEqualTo(11);
      assertThat(step.procoreId()).isEqualTo(5);
      assertThat(step.invoiceNumber()).isEqualTo("SC-5");
      assertThat(step.payment().amount()).isEqualTo(Money.of("40.00"));
      assertThat(step.payment().method()).isEqualTo("CHECK");
    }

    @Test
    @DisplayName(
        "GEN-PAY-09, XR-PAY-07: what stood before the switch-on stays out, even when it changes")
    void whatStoodBeforeTheSwitchOnStaysOutEvenWhenItChanges() {
      assertThat(record(payment("old", "10.00")).ignored()).isEqualTo(1);
      assertThat(record(deleted("old", "10.00")).deleted()).isZero();
      assertThat(claim()).isEmpty();
      assertThat(ledger.payments().totals(NORTH).paid()).isEqualTo(Money.ZERO);
      assertThat(ledger.payments().switchOn(NORTH, List.of("p9"), "Ann"))
          .as("switched on once")
          .isFalse();
      assertThat(record(payment("p9", "1.00")).added()).isEqualTo(1);
    }

    @Test
    void aPaymentOfABillThatIsNotOursIsNotWritten() {
      record(payment("p1", "somebody-elses-bill", "40.00"));
      assertThat(claim()).isEmpty();
      assertThat(ledger.payments().totals(NORTH))
          .isEqualTo(new PaymentJournal.Totals(Money.ZERO, Money.ZERO, Money.ZERO, 1));
    }

    @Test
    void aPaymentOfABillWhoseAnswerWasLostIsWrittenWhenTheBillBecomesKnown() {
      Batch batch = sent(2, 6);
      ledger
          .writeOutcomes()
          .undetermined(batch.id(), 0, "UNKNOWN", "dropped", clock.instant().plus(SETTLE));
      record(payment("p1", "bill-6", "40.00"));
      assertThat(claim()).isEmpty();
      lookUp();
      ledger.writeOutcomes().known(batch.id(), List.of(written(6)));
      assertThat(onlyOne(claim()).payment().erpPaymentId()).isEqualTo("p1");
    }

    @Test
    void aPaymentOfTheSameBillIdInAnotherConnectionIsNotMatched() {
      ConnectionId south = new ConnectionId("south");
      ledger.connections().register(south, 4711, "xero", "tenant-2");
      ledger
          .payments()
          .record(
              south,
              new PaymentJournal.Reading(List.of(payment("p1", "40.00")), Map.of()),
              DeletionPolicy.FLAG);
      assertThat(ledger.paymentSteps().claim(south, 10, SETTLE, LEASE)).isEmpty();
    }

    @Test
    void theCursorMovesOnlyTogetherWithWhatWasRead() {
      PaymentJournal.Reading reading =
          new PaymentJournal.Reading(List.of(payment("p1", "40.00")), Map.of());
      assertThatThrownBy(
              () ->
                  ledger
                      .cursors()
                      .advance(
                          NORTH,
                          "payments",
                          null,
                          "c1",
                          () -> {
                            ledger.payments().record(NORTH, reading, DeletionPolicy.FLAG);
                            throw new IllegalStateException("power cut");
                          }))
          .hasMessage("power cut");
      assertThat(ledger.cursors().get(NORTH, "payments")).isEmpty();
      assertThat(ledger.payments().find(NORTH, "p1")).isEmpty();
      ledger
          .cursors()
          .advance(
              NORTH,
              "payments",
              null,
              "c1",
              () -> ledger.payments().record(NORTH, reading, DeletionPolicy.FLAG));
      assertThat(ledger.cursors().get(NORTH, "payments")).contains("c1");
      assertThat(ledger.payments().find(NORTH, "p1")).isPresent();
    }

    @Test
    void aReadingThatBeganAtAnOldCursorIsNotRecorded() {
      ledger.cursors().advance(NORTH, "payments", null, "c1", () -> {});
      assertThatThrownBy(
              () ->
                  other
                      .cursors()
                      .advance(NORTH, "payments", null, "c0", () -> record(payment("p1", "1.00"))))
          .isInstanceOf(Cursors.CursorMoved.class);
      assertThat(ledger.cursors().get(NORTH, "payments")).contains("c1");
      assertThat(ledger.payments().find(NORTH, "p1")).isEmpty();
    }
  }

  @Nested
  class Changes {

    @Test
    void aChangedPaymentIsAmendedInThreeStepsUnderTheSameRow() {
      record(payment("p1", "40.00"));
      writeAll(700);
      assertThat(record(payment("p1", "45.00")).changed()).isEqualTo(1);
      assertThat(writeAll(999)).containsExactly("p1 CLEAR_ORIGIN", "p1 PATCH", "p1 SET_ORIGIN");
      assertThat(row("p1").procorePaymentId()).isEqualTo(700);
      assertThat(row("p1").originId()).isEqualTo("xero:north:payment:p1");
      assertThat(ledger.payments().totals(NORTH).inProcore()).isEqualTo(Money.of("45.00"));
    }

    @Test
    void aChangeWhileTheRowIsBeingCreatedIsAmendedAfterwards() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      record(payment("p1", "45.00"));
      PaymentSteps.Step next =
          ledger.paymentSteps().done(create, 700L, "xero:north:payment:p1").orElseThrow();
      assertThat(next.action()).isEqualTo(PaymentSteps.Action.CLEAR_ORIGIN);
      assertThat(next.payment().amount()).isEqualTo(Money.of("45.00"));
    }

    @Test
    void aCrashBetweenTwoStepsOfAnAmendmentGoesOnWithTheStepThatWasUnderWay() {
      record(payment("p1", "40.00"));
      writeAll(700);
      record(payment("p1", "45.00"));
      PaymentSteps.Step clear = onlyOne(claim());
      ledger.paymentSteps().sending(clear, LEASE);
      PaymentSteps.Step patch = ledger.paymentSteps().done(clear, null, null).orElseThrow();
      ledger.paymentSteps().sending(patch, LEASE);
      assertThat(row("p1").originId()).isNull();
      clock.advance(LEASE.plusMinutes(1));
      PaymentSteps.Step again = onlyOne(other.paymentSteps().claim(NORTH, 10, SETTLE, LEASE));
      assertThat(again.action()).isEqualTo(PaymentSteps.Action.PATCH);
      assertThat(ledger.paymentSteps().sending(patch, LEASE)).as("taken over").isFalse();
      PaymentSteps.Step set = other.paymentSteps().done(again, null, null).orElseThrow();
      assertThat(set.action()).isEqualTo(PaymentSteps.Action.SET_ORIGIN);
      assertThat(other.paymentSteps().done(set, null, "xero:north:payment:p1")).isEmpty();
      assertThat(row("p1").state()).isEqualTo("known");
    }

    @Test
    void aStepWhoseWriterDiedIsNotDoneAgainBeforeProcoreCanNoLongerCommitTheFirstOne() {
      record(payment("p1", "40.00"));
      writeAll(700);
      record(payment("p1", "45.00"));
      PaymentSteps.Step clear = onlyOne(claim());
      ledger.paymentSteps().sending(clear, LEASE);
      new Ledger(DATABASE.getTestDatabase(), clock, "node-a").nodes().started();
      clock.advance(SETTLE.minusSeconds(1));
      assertThat(other.paymentSteps().claim(NORTH, 10, SETTLE, LEASE))
          .as("a late clearing would undo the key that is set at the end")
          .isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(onlyOne(other.paymentSteps().claim(NORTH, 10, SETTLE, LEASE)).action())
          .isEqualTo(PaymentSteps.Action.CLEAR_ORIGIN);
    }

    @Test
    void aRowCreatedWithoutItsOriginGetsItNext() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      assertThat(ledger.paymentSteps().done(create, 700L, null).orElseThrow().action())
          .isEqualTo(PaymentSteps.Action.SET_ORIGIN);
    }

    @Test
    void aDeletedPaymentLeavesThePaidTotalsAtOnceAndIsFlaggedForAnApprover() {
      record(payment("p1", "40.00"), payment("p2", "60.00"));
      writeAll(700);
      assertThat(record(deleted("p1", "40.00")).deleted()).isEqualTo(1);
      assertThat(row("p1").state()).isEqualTo("flagged");
      PaymentJournal.Totals totals = ledger.payments().totals(NORTH);
      assertThat(totals.paid()).isEqualTo(Money.of("60.00"));
      assertThat(totals.flagged()).isEqualTo(Money.of("40.00"));
      assertThat(claim()).isEmpty();
      assertThat(record(deleted("p1", "40.00")).deleted()).as("told once").isZero();
    }

    @Test
    void aPaymentThatVanishedFromItsBillIsDeletedEvenIfTheErpDoesNotSaySo() {
      record(payment("p1", "40.00"), payment("p2", "60.00"));
      writeAll(700);
      PaymentJournal.Reading reading =
          new PaymentJournal.Reading(
              List.of(payment("p3", "5.00")), Map.of("bill-5", Set.of("p2")));
      PaymentJournal.Recorded recorded =
          ledger.payments().record(NORTH, reading, DeletionPolicy.FLAG);
      assertThat(recorded.deleted())
          .as("p1; p3 was read alive, though the list is older")
          .isEqualTo(1);
      assertThat(row("p1").state()).isEqualTo("replaced");
      assertThat(row("p2").state()).isEqualTo("known");
    }

    private PaymentJournal.Recorded whole(PaymentBatches batches, BillPayment... payments) {
      return ledger
          .payments()
          .record(
              NORTH,
              // What stands on the bill says nothing where whole payments tell.
              new PaymentJournal.Reading(List.of(payments), Map.of("bill-5", Set.of()), batches),
              DeletionPolicy.FLAG);
    }

    private BillPayment part(String batch, String bill, String amount) {
      return new BillPayment(
          batch + "|" + bill,
          bill,
          Money.of(amount),
          LocalDate.of(2026, 3, 1),
          BillPayment.Method.CHECK,
          "cheque 7",
          batch,
          false,
          PAID);
    }

    @Test
    @DisplayName(
        "QBO-PAY-01 GEN-PAY-10: a whole payment that was voided or deleted takes back what it did"
            + " for each bill, though no bill changed")
    void aWholePaymentThatIsGoneTakesBackWhatItDidForEachBill() {
      known(3, 7);
      whole(
          new PaymentBatches(Map.of(), null),
          part("117", "bill-5", "40.00"),
          part("117", "bill-7", "2.00"),
          part("118", "bill-5", "60.00"));
      writeAll(700);
      assertThat(whole(new PaymentBatches(Map.of("117", Set.of()), null)).deleted()).isEqualTo(2);
      assertThat(row("117|bill-5").state()).isEqualTo("flagged");
      assertThat(row("117|bill-7").state()).isEqualTo("flagged");
      assertThat(row("118|bill-5").state()).isEqualTo("known");
      assertThat(ledger.payments().totals(NORTH).paid()).isEqualTo(Money.of("60.00"));
    }

    @Test
    void aBillThatAWholePaymentNoLongerSettlesIsTakenBackAndComesAgainWithIt() {
      known(3, 7);
      whole(
          new PaymentBatches(Map.of(), null),
          part("117", "bill-5", "40.00"),
          part("117", "bill-7", "2.00"));
      writeAll(700);
      PaymentBatches without = new PaymentBatches(Map.of("117", Set.of("117|bill-5")), null);
      assertThat(whole(without, part("117", "bill-5", "42.00")).deleted()).isEqualTo(1);
      assertThat(row("117|bill-7").state()).isEqualTo("flagged");
      assertThat(row("117|bill-5").amount()).isEqualTo(Money.of("42.00"));
      PaymentBatches again =
          new PaymentBatches(Map.of("117", Set.of("117|bill-5", "117|bill-7")), null);
      whole(again, part("117", "bill-5", "40.00"), part("117", "bill-7", "2.00"));
      writeAll(800);
      assertThat(row("117|bill-7").deletedAt()).isNull();
      assertThat(row("117|bill-7").state()).isEqualTo("known");
      assertThat(ledger.payments().totals(NORTH).paid())
          .isEqualTo(Money.of("42.00"))
          .isEqualTo(ledger.payments().totals(NORTH).inProcore());
    }

    @Test
    void whereDeletionsCouldNotBeToldWhatExistsTellsThem() {
      whole(
          new PaymentBatches(Map.of(), null),
          part("117", "bill-5", "40.00"),
          part("118", "bill-5", "60.00"));
      writeAll(700);
      assertThat(whole(new PaymentBatches(Map.of(), Set.of("118", "119"))).deleted()).isEqualTo(1);
      assertThat(row("117|bill-5").state()).isEqualTo("flagged");
      assertThat(row("118|bill-5").state()).isEqualTo("known");
    }

    @Test
    void aDeletedPaymentStandsWithZeroOrGoesWhereTheSettingSaysSo() {
      record(payment("p1", "40.00"), payment("p2", "60.00"));
      writeAll(700);
      record(DeletionPolicy.ZERO, deleted("p1", "40.00"));
      PaymentSteps.Step clear = onlyOne(claim());
      assertThat(clear.zero()).isTrue();
      ledger.paymentSteps().sending(clear, LEASE);
      PaymentSteps.Step patch = ledger.paymentSteps().done(clear, null, null).orElseThrow();
      PaymentSteps.Step set = ledger.paymentSteps().done(patch, null, null).orElseThrow();
      ledger.paymentSteps().done(set, null, "xero:north:payment:p1");
      assertThat(row("p1").state()).isEqualTo("zeroed");
      record(DeletionPolicy.REMOVE, deleted("p2", "60.00"));
      assertThat(writeAll(0)).containsExactly("p2 REMOVE");
      assertThat(row("p2").state()).isEqualTo("removed");
      PaymentJournal.Totals totals = ledger.payments().totals(NORTH);
      assertThat(totals)
          .isEqualTo(new PaymentJournal.Totals(Money.ZERO, Money.ZERO, Money.ZERO, 0));
    }

    @Test
    void aPaymentDeletedBeforeItWasWrittenIsNeverWritten() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step claimed = onlyOne(claim());
      record(deleted("p1", "40.00"));
      assertThat(ledger.paymentSteps().sending(claimed, LEASE)).isFalse();
      assertThat(row("p1").state()).isEqualTo("cancelled");
    }

    @Test
    void aPaymentDeletedWhileItsAnswerIsAwaitedFollowsThePolicyOnceItIsKnown() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      record(DeletionPolicy.REMOVE, deleted("p1", "40.00"));
      assertThat(ledger.payments().totals(NORTH).paid()).isEqualTo(Money.ZERO);
      assertThat(ledger.paymentSteps().done(create, 700L, "o").orElseThrow().action())
          .isEqualTo(PaymentSteps.Action.REMOVE);
    }

    @Test
    void aPaymentEnteredAnewInPlaceOfADeletedOneAmendsTheSameRow() {
      record(payment("p1", "40.00"));
      writeAll(700);
      PaymentJournal.Recorded recorded =
          record(DeletionPolicy.REMOVE, deleted("p1", "40.00"), payment("p2", "41.00"));
      assertThat(recorded.replaced()).isEqualTo(1);
      assertThat(writeAll(0)).containsExactly("p2 CLEAR_ORIGIN", "p2 PATCH", "p2 SET_ORIGIN");
      assertThat(row("p1").state()).isEqualTo("replaced");
      assertThat(row("p2").procorePaymentId()).isEqualTo(700);
      assertThat(row("p2").originId()).isEqualTo("xero:north:payment:p2");
      PaymentJournal.Totals totals = ledger.payments().totals(NORTH);
      assertThat(totals.paid()).isEqualTo(Money.of("41.00")).isEqualTo(totals.inProcore());
    }

    @Test
    void aPaymentEnteredAnewWhileTheOldOneIsFlaggedAmendsTheSameRow() {
      record(payment("p1", "40.00"));
      writeAll(700);
      record(deleted("p1", "40.00"));
      assertThat(row("p1").state()).isEqualTo("flagged");
      assertThat(record(payment("p2", "40.00")).replaced()).isEqualTo(1);
      writeAll(0);
      assertThat(row("p2").procorePaymentId()).isEqualTo(700);
      assertThat(ledger.payments().totals(NORTH).flagged()).isEqualTo(Money.ZERO);
    }

    @Test
    void aDeletionThatWasTakenBackStandsAgain() {
      record(payment("p1", "40.00"));
      writeAll(700);
      record(deleted("p1", "40.00"));
      record(payment("p1", "40.00"));
      assertThat(row("p1").state()).isEqualTo("known");
      assertThat(ledger.payments().totals(NORTH).paid()).isEqualTo(Money.of("40.00"));
    }

    @Test
    void anApproverDecidesAboutAFlaggedPaymentAndIsAudited() {
      record(payment("p1", "40.00"));
      writeAll(700);
      record(deleted("p1", "40.00"));
      assertThat(ledger.payments().decide(row("p1").id(), DeletionPolicy.REMOVE, "Ann")).isTrue();
      assertThat(writeAll(0)).containsExactly("p1 REMOVE");
      assertThat(ledger.payments().decide(row("p1").id(), DeletionPolicy.REMOVE, "Ann")).isFalse();
      assertThat(ledger.audit().newest(1).get(0).action())
          .isEqualTo("decide about deleted payment");
    }
  }

  /** What changes in the ERP while nobody knows what became of the row. */
  @Nested
  class WhileTheAnswerIsLost {

    private PaymentSteps.Step answerLost() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      ledger.paymentSteps().unknown(create, "UNKNOWN", "dropped", clock.instant().plus(SETTLE));
      return create;
    }

    private PaymentSteps.Step lookUp() {
      clock.advance(SETTLE);
      PaymentSteps.Step look = onlyOne(claim());
      assertThat(look.action()).isEqualTo(PaymentSteps.Action.LOOK_UP);
      return look;
    }

    private PaymentSteps.Step found(PaymentSteps.Step look, String amount) {
      return ledger
          .paymentSteps()
          .done(look, 700L, "xero:north:payment:p1", Money.of(amount), LocalDate.of(2026, 3, 1))
          .orElseThrow();
    }

    @Test
    void aChangedPaymentWhoseOldRowIsFoundIsAmended() {
      answerLost();
      record(payment("p1", "45.00"));
      PaymentSteps.Step next = found(lookUp(), "40.00");
      assertThat(next.action()).isEqualTo(PaymentSteps.Action.CLEAR_ORIGIN);
      assertThat(next.payment().amount()).isEqualTo(Money.of("45.00"));
      assertThat(ledger.payments().totals(NORTH).inProcore()).isEqualTo(Money.of("40.00"));
    }

    @Test
    void aDeletedPaymentWhoseRowIsFoundIsBroughtToZeroAndNotOnlyBelievedToBe() {
      answerLost();
      record(DeletionPolicy.ZERO, deleted("p1", "40.00"));
      PaymentSteps.Step next = found(lookUp(), "40.00");
      assertThat(next.action()).isEqualTo(PaymentSteps.Action.CLEAR_ORIGIN);
      assertThat(row("p1").state()).isEqualTo("amending");
    }

    @Test
    void aChangedReferenceWhoseOldRowIsFoundIsAmended() {
      answerLost();
      record(
          new BillPayment(
              "p1",
              "bill-5",
              Money.of("40.00"),
              LocalDate.of(2026, 3, 1),
              BillPayment.Method.CHECK,
              "cheque 8",
              null,
              false,
              PAID));
      assertThat(found(lookUp(), "40.00").action()).isEqualTo(PaymentSteps.Action.CLEAR_ORIGIN);
    }

    @Test
    void aDeletedPaymentThatIsNotThereIsNeverCreated() {
      answerLost();
      record(deleted("p1", "40.00"));
      assertThat(ledger.paymentSteps().absent(lookUp())).isTrue();
      claim()
          .forEach(
              step ->
                  assertThat(ledger.paymentSteps().sending(step, LEASE))
                      .as("a payment that the ERP deleted leaves for Procore")
                      .isFalse());
      assertThat(row("p1").state()).isEqualTo("cancelled");
      assertThat(claim()).isEmpty();
    }

    @Test
    void aPaymentDeletedWhileItsSendingWasTurnedAwayIsNeverCreated() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      record(deleted("p1", "40.00"));
      ledger.paymentSteps().retryAt(create, "THROTTLED", "slow down", clock.instant());
      claim().forEach(step -> assertThat(ledger.paymentSteps().sending(step, LEASE)).isFalse());
      assertThat(row("p1").state()).isEqualTo("cancelled");
    }

    @Test
    void aReplayAfterAFailedLookUpLooksAgainAndDoesNotCreateBlindly() {
      answerLost();
      PaymentSteps.Step look = lookUp();
      ledger.paymentSteps().fail(look, "TRANSIENT", "the list cannot be read", "Try later.");
      long letter = ledger.deadLetters().list(DeadLetters.Filter.open(1)).get(0).id();
      ledger.replays().replay(letter, "Ann");
      assertThat(onlyOne(claim()).action()).isEqualTo(PaymentSteps.Action.LOOK_UP);
    }
  }

  @Nested
  class Writing {

    @Test
    void aRowWhoseAnswerWasLostIsLookedForAndNeverCreatedBlindly() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      ledger.paymentSteps().unknown(create, "UNKNOWN", "dropped", clock.instant().plus(SETTLE));
      assertThat(row("p1").state()).isEqualTo("unknown");
      assertThat(claim()).isEmpty();
      clock.advance(SETTLE);
      PaymentSteps.Step look = onlyOne(claim());
      assertThat(look.action()).isEqualTo(PaymentSteps.Action.LOOK_UP);
      assertThat(ledger.paymentSteps().done(look, 700L, "xero:north:payment:p1")).isEmpty();
      assertThat(row("p1").state()).isEqualTo("known");
    }

    @Test
    void aRowWhoseWriterDiedIsLookedForAndCreatedAgainOnlyWhenItsAbsenceCounts() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      new Ledger(DATABASE.getTestDatabase(), clock, "node-a").nodes().started();
      PaymentSteps.Step early = onlyOne(other.paymentSteps().claim(NORTH, 10, SETTLE, LEASE));
      assertThat(early.action()).isEqualTo(PaymentSteps.Action.LOOK_UP);
      assertThat(other.paymentSteps().absent(early)).isFalse();
      clock.advance(SETTLE);
      PaymentSteps.Step late = onlyOne(other.paymentSteps().claim(NORTH, 10, SETTLE, LEASE));
      assertThat(other.paymentSteps().absent(late)).isTrue();
      assertThat(onlyOne(claim()).action()).isEqualTo(PaymentSteps.Action.CREATE);
    }

    @Test
    void aLateReportAboutAFinishedStepChangesNothing() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      ledger.paymentSteps().done(create, 700L, "o");
      ledger.paymentSteps().done(create, 701L, "o2");
      ledger.paymentSteps().unknown(create, "UNKNOWN", "late", clock.instant());
      ledger.paymentSteps().fail(create, "REFUSED", "late", "");
      ledger.paymentSteps().retryAt(create, "TRANSIENT", "late", clock.instant());
      assertThat(row("p1").procorePaymentId()).isEqualTo(700);
      assertThat(row("p1").state()).isEqualTo("known");
    }

    @Test
    void aStepThatWasNotTakenIsDueAgainAtTheStoredTime() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      ledger.paymentSteps().retryAt(create, "THROTTLED", "429", clock.instant().plusSeconds(60));
      assertThat(claim()).isEmpty();
      clock.advance(Duration.ofSeconds(60));
      PaymentSteps.Step again = onlyOne(claim());
      assertThat(again.action()).isEqualTo(PaymentSteps.Action.CREATE);
      assertThat(again.attempts()).isEqualTo(1);
    }

    @Test
    void aRefusedPaymentGetsADeadLetterAndReplayingTakesTheStepUpAgain() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().sending(create, LEASE);
      ledger
          .paymentSteps()
          .fail(create, "REFUSED", "Payments Issued is switched off", "Switch it on (GEN-PAY-02).");
      DeadLetter letter = onlyOne(ledger.deadLetters().list(DeadLetters.Filter.open(10)));
      assertThat(letter.exchange()).contains("40.00");
      assertThat(claim()).isEmpty();
      ledger.replays().replay(letter.id(), "Ann");
      // Its creation left once, so it is looked for first, and is not there.
      assertThat(ledger.paymentSteps().absent(onlyOne(claim()))).isTrue();
      assertThat(writeAll(700)).containsExactly("p1 CREATE");
    }

    @Test
    void aDiscardedPaymentIsNotWritten() {
      record(payment("p1", "40.00"));
      PaymentSteps.Step create = onlyOne(claim());
      ledger.paymentSteps().fail(create, "REFUSED", "no", "");
      ledger
          .replays()
          .discard(
              onlyOne(ledger.deadLetters().list(DeadLetters.Filter.open(10))).id(),
              "Ann",
              "paid twice by mistake");
      assertThat(row("p1").state()).isEqualTo("cancelled");
      assertThat(claim()).isEmpty();
    }

    @Test
    void claimsOfTwoNodesNeverOverlap() {
      record(payment("p1", "1.00"), payment("p2", "2.00"));
      assertThat(ledger.paymentSteps().claim(NORTH, 1, SETTLE, LEASE)).hasSize(1);
      assertThat(other.paymentSteps().claim(NORTH, 5, SETTLE, LEASE)).hasSize(1);
      assertThat(claim()).isEmpty();
    }
  }
}
