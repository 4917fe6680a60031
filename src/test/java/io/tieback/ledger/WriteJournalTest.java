package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The journal of writes: every outcome, legal or not, late or twice (design section 5). */
class WriteJournalTest extends LedgerTest {

  @Nested
  class Planning {

    @Test
    void aBatchTakesAtMostAsManyAsTheErpTakesAndKeepsTheBytes() {
      stage(NORTH, 1, 1, 2, 3);
      compose();
      Batch batch = planNext(2);
      assertThat(batch.markers()).containsExactly(marker(1), marker(2));
      Batch stored = ledger.writeJournal().find(batch.id()).orElseThrow();
      assertThat(stored.body()).isEqualTo(batch.body());
      assertThat(stored.markers()).isEqualTo(batch.markers());
      assertThat(state(3)).isEqualTo(ItemState.COMPOSED);
    }

    @Test
    void twoNodesNeverPlanTheSameDocument() throws Exception {
      stage(NORTH, 1, LongStream.rangeClosed(1, 120).toArray());
      for (int i = 0; i < 3; i++) {
        compose();
      }
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        List<Future<List<Long>>> nodes = new ArrayList<>();
        for (Ledger node : List.of(ledger, other)) {
          nodes.add(
              pool.submit(
                  () -> {
                    List<Long> mine = new ArrayList<>();
                    Optional<WriteJournal.Plan> plan =
                        node.writeJournal().plan(NORTH, WorkItem.REQUISITION, 7, LEASE);
                    while (plan.isPresent()) {
                      plan.get().documents().forEach(d -> mine.add(d.procoreId()));
                      node.writeJournal()
                          .planned(plan.get(), "k" + plan.get().batch(), new byte[] {1}, LEASE);
                      plan = node.writeJournal().plan(NORTH, WorkItem.REQUISITION, 7, LEASE);
                    }
                    return mine;
                  }));
        }
        List<Long> all = new ArrayList<>(nodes.get(0).get());
        all.addAll(nodes.get(1).get());
        assertThat(all).hasSize(120).doesNotHaveDuplicates();
      } finally {
        pool.shutdownNow();
      }
    }

    @Test
    void documentsOfAPlannerThatDiedArePlannedAgainAndItsLateBatchIsRefused() {
      stage(NORTH, 1, 1);
      compose();
      WriteJournal.Plan lost =
          ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE).orElseThrow();
      assertThat(other.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE)).isEmpty();
      clock.advance(LEASE);
      WriteJournal.Plan taken =
          other.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE).orElseThrow();
      assertThatThrownBy(() -> ledger.writeJournal().planned(lost, "k1", new byte[] {1}, LEASE))
          .isInstanceOf(WriteJournal.ClaimLost.class);
      assertThat(ledger.writeJournal().find(lost.batch())).isEmpty();
      other.writeJournal().planned(taken, "k2", new byte[] {1}, LEASE);
      assertThat(item(1).batchId()).isEqualTo(taken.batch());
    }

    @Test
    void aRecordThatWasStagedAgainBetweenClaimAndJournalKeepsTheWholeBatchOut() {
      stage(NORTH, 1, 1, 2);
      compose();
      WriteJournal.Plan plan =
          ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE).orElseThrow();
      stage(NORTH, 2, "v2", List.of(), 2);
      assertThatThrownBy(() -> ledger.writeJournal().planned(plan, "k", new byte[] {1}, LEASE))
          .isInstanceOf(WriteJournal.ClaimLost.class);
      assertThat(planNext(50).markers()).as("free at once").containsExactly(marker(1));
    }

    @Test
    void nothingOfAPausedConnectionIsPlannedOrHandedOver() {
      planned(1, 1);
      stage(NORTH, 2, 2);
      compose();
      ledger.connections().pause(NORTH, "sign-in");
      clock.advance(LEASE);
      assertThat(ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE)).isEmpty();
      assertThat(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE)).isEmpty();
    }

    @Test
    void eachConnectionHasItsOwnDocuments() {
      ConnectionId south = new ConnectionId("south");
      ledger.connections().register(south, 4711, "xero", "tenant-2");
      stage(NORTH, 1, 1);
      stage(south, 1, 1);
      compose();
      assertThat(
              ledger
                  .writeJournal()
                  .plan(south, WorkItem.REQUISITION, 50, LEASE)
                  .orElseThrow()
                  .documents())
          .hasSize(1);
      assertThat(state(1)).isEqualTo(ItemState.COMPOSED);
      assertThat(planNext(50).markers()).containsExactly(marker(1));
    }
  }

  @Nested
  class Sending {

    @Test
    void aBatchIsSentOnceByWhoeverHoldsIt() {
      Batch batch = planned(1, 1, 2);
      assertThat(other.writeJournal().sending(batch.id(), LEASE)).as("held by node-a").isFalse();
      assertThat(ledger.writeJournal().sending(batch.id(), LEASE)).isTrue();
      assertThat(ledger.writeJournal().sending(batch.id(), LEASE)).as("sent already").isFalse();
      assertThat(state(1)).isEqualTo(ItemState.SENT);
      assertThat(ledger.writeJournal().find(batch.id()).orElseThrow().firstSentAt())
          .isEqualTo(clock.instant());
    }

    @Test
    void aPlannedBatchWhoseHolderDiedIsTakenOverAndTheOldHolderMayNotSendIt() {
      Batch batch = planned(1, 1);
      clock.advance(LEASE);
      Batch taken = onlyOne(other.writeJournal().claimPlanned(NORTH, 10, LEASE));
      assertThat(taken.body()).isEqualTo(batch.body());
      assertThat(taken.idempotencyKey()).isEqualTo(batch.idempotencyKey());
      assertThat(ledger.writeJournal().sending(batch.id(), LEASE)).isFalse();
      assertThat(other.writeJournal().sending(batch.id(), LEASE)).isTrue();
    }

    @Test
    void aBatchHoldingADocumentThatBecameKnownMeanwhileIsDissolvedInsteadOfSent() {
      Batch first = sent(1, 1, 2);
      ledger
          .writeOutcomes()
          .undetermined(first.id(), 0, "UNKNOWN", "dropped", clock.instant().plus(SETTLE));
      lookUp();
      ledger.lookUps().absent(first.id(), List.of(marker(1), marker(2)));
      clock.advance(WINDOW);
      assertThat(ledger.lookUps().lookedUp(first.id(), WINDOW).verdict())
          .isEqualTo(LookUps.Verdict.MISSING_AGAIN);
      Batch second = planNext(50);
      ledger.writeOutcomes().known(first.id(), List.of(written(1)));
      assertThat(ledger.writeJournal().sending(second.id(), LEASE)).isFalse();
      assertThat(state(1)).isEqualTo(ItemState.KNOWN);
      Batch third = planNext(50);
      assertThat(third.markers()).containsExactly(marker(2));
      assertThat(ledger.writeJournal().sending(third.id(), LEASE)).isTrue();
    }
  }

  @Nested
  class Outcomes {

    @Test
    void outcomesAreMatchedByMarkerInWhateverOrderTheyCome() {
      Batch batch = sent(1, 1, 2, 3);
      ledger.writeOutcomes().known(batch.id(), List.of(written(3), written(1)));
      ledger
          .writeOutcomes()
          .refused(
              batch.id(),
              marker(2),
              List.of("Account is archived"),
              "deliver",
              "Choose another account.");
      assertThat(item(1).erpId()).isEqualTo("bill-1");
      assertThat(item(3).erpId()).isEqualTo("bill-3");
      assertThat(item(3).erpLineIds()).containsExactly("l1", "l2");
      assertThat(state(2)).isEqualTo(ItemState.FAILED);
      assertThat(item(2).remedy()).isEqualTo("Choose another account.");
      assertThat(batchState(batch.id())).isEqualTo("closed");
      assertThat(onlyOne(ledger.deadLetters().list(DeadLetters.Filter.open(10))).message())
          .isEqualTo("Account is archived");
    }

    @Test
    void aMarkerThatIsNotInTheBatchIsRefusedLoudly() {
      Batch batch = sent(1, 1);
      assertThatThrownBy(() -> ledger.writeOutcomes().known(batch.id(), List.of(written(9))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(marker(9));
      assertThatThrownBy(() -> ledger.writeOutcomes().known(UUID.randomUUID(), List.of(written(1))))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sayingAnOutcomeTwiceIsHarmless() {
      Batch batch = sent(1, 1, 2);
      for (int i = 0; i < 2; i++) {
        assertThat(ledger.writeOutcomes().known(batch.id(), List.of(written(1)))).isEmpty();
        ledger.writeOutcomes().refused(batch.id(), marker(2), List.of("no"), "deliver", "");
      }
      assertThat(way(1)).endsWith(ItemState.SENT, ItemState.KNOWN);
      assertThat(way(2)).endsWith(ItemState.SENT, ItemState.FAILED);
      assertThat(ledger.deadLetters().list(DeadLetters.Filter.open(10))).hasSize(1);
      assertThat(item(1).warnings()).isEmpty();
    }

    @Test
    void nothingTakesAKnownDocumentBack() {
      Batch batch = sent(1, 1);
      ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
      ledger.writeOutcomes().refused(batch.id(), marker(1), List.of("no"), "deliver", "");
      ledger.writeOutcomes().undetermined(batch.id(), 500, "UNKNOWN", "late", clock.instant());
      ledger.writeOutcomes().notWritten(batch.id(), 1, "THROTTLED", "late", clock.instant());
      ledger.writeOutcomes().failRest(batch.id(), "deliver", "REFUSED", "late", "");
      assertThat(ledger.lookUps().absent(batch.id(), List.of(marker(1))))
          .isEqualTo(LookUps.Absence.IGNORED);
      assertThat(state(1)).isEqualTo(ItemState.KNOWN);
      assertThat(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE)).isEmpty();
      assertThat(ledger.writeJournal().sending(batch.id(), LEASE)).isFalse();
    }

    @Test
    void whatWasNotWrittenGoesAgainUnchangedAtTheToldTime() {
      Batch batch = sent(1, 1);
      ledger
          .writeOutcomes()
          .notWritten(batch.id(), 1, "THROTTLED", "429, 26 s", clock.instant().plusSeconds(26));
      assertThat(state(1)).isEqualTo(ItemState.PLANNED);
      clock.advance(Duration.ofSeconds(25));
      assertThat(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE)).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      Batch again = onlyOne(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE));
      assertThat(again.body()).isEqualTo(batch.body());
      assertThat(again.firstSentAt()).as("the bytes never counted as sent").isNull();
      assertThat(ledger.writeJournal().sending(batch.id(), LEASE)).isTrue();
    }

    @Test
    void somebodyWhoStoodStillForLongerThanTheLeaseCallsNothingBackThatAnotherHasSentSince() {
      Batch batch = sent(1, 1);
      clock.advance(LEASE);
      Batch looked = onlyOne(other.lookUps().claim(NORTH, 10, SETTLE, LEASE));
      other.lookUps().absent(looked.id(), looked.markers());
      assertThat(other.lookUps().lookedUp(looked.id(), WINDOW).verdict())
          .isEqualTo(LookUps.Verdict.SAME_BYTES_AGAIN);
      onlyOne(other.writeJournal().claimPlanned(NORTH, 10, LEASE));
      assertThat(other.writeJournal().sending(batch.id(), LEASE)).isTrue();
      ledger.writeOutcomes().notWritten(batch.id(), 1, "TRANSIENT", "never left", clock.instant());
      assertThat(batchState(batch.id())).as("another's, under way").isEqualTo("sent");
      other.writeOutcomes().notWritten(batch.id(), 1, "TRANSIENT", "the first", clock.instant());
      assertThat(batchState(batch.id())).as("said of an earlier sending").isEqualTo("sent");
      other.writeOutcomes().notWritten(batch.id(), 2, "THROTTLED", "429", clock.instant());
      assertThat(batchState(batch.id())).isEqualTo("planned");
    }

    @Test
    void aReportThatNothingWasWrittenDoesNotOverrideADocumentThatIsKnown() {
      Batch batch = sent(1, 1, 2);
      ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
      ledger.writeOutcomes().notWritten(batch.id(), 1, "THROTTLED", "429", clock.instant());
      assertThat(state(1)).isEqualTo(ItemState.KNOWN);
      assertThat(state(2)).isEqualTo(ItemState.UNKNOWN);
      assertThat(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE)).isEmpty();
    }

    @Test
    void aLateKnownWinsOverUnknown() {
      Batch batch = sent(1, 1);
      ledger
          .writeOutcomes()
          .undetermined(batch.id(), 0, "UNKNOWN", "dropped", clock.instant().plus(SETTLE));
      assertThat(state(1)).isEqualTo(ItemState.UNKNOWN);
      ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
      assertThat(state(1)).isEqualTo(ItemState.KNOWN);
      clock.advance(SETTLE);
      assertThat(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE)).isEmpty();
    }

    @Test
    void aLateKnownWinsOverAFailureAndClosesItsLetterAndCorrectsTheAnswer() {
      Batch batch = sent(1, 1);
      ledger.writeOutcomes().refused(batch.id(), marker(1), List.of("no"), "deliver", "");
      ledger.acknowledgements().answered(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE));
      ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
      assertThat(state(1)).isEqualTo(ItemState.KNOWN);
      assertThat(ledger.deadLetters().list(DeadLetters.Filter.open(10))).isEmpty();
      ledger.acknowledgements().originsWritten(List.of(item(1).id()));
      assertThat(onlyOne(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE)).success())
          .isTrue();
    }

    @Test
    void aRecordThatTheErpHoldsTwiceIsToldAndTheFirstKeyStays() {
      Batch batch = sent(1, 1);
      ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
      assertThat(ledger.writeOutcomes().known(batch.id(), List.of(written(1, "bill-other"))))
          .isEqualTo(Set.of(marker(1)));
      assertThat(item(1).erpId()).isEqualTo("bill-1");
      assertThat(item(1).warnings()).singleElement().asString().contains("DUPLICATE", "bill-other");
      assertThat(ledger.writeOutcomes().known(batch.id(), List.of(written(1, "bill-other"))))
          .as("told once")
          .isEmpty();
      assertThat(item(1).warnings()).hasSize(1);
    }

    @Test
    void warningsOfTheErpAndItsTotalAreKept() {
      Batch batch = sent(1, 1);
      ledger
          .writeOutcomes()
          .known(
              batch.id(),
              List.of(
                  new Written(
                      marker(1),
                      "bill-1",
                      null,
                      List.of(),
                      Money.of("99.99"),
                      List.of("DIFFERENCE: total 99.99 instead of 100.00", "second"))));
      assertThat(item(1).erpTotal()).isEqualTo(Money.of("99.99"));
      assertThat(item(1).warnings())
          .containsExactly("DIFFERENCE: total 99.99 instead of 100.00", "second");
    }
  }
}
