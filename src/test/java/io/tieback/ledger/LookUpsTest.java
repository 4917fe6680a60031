package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What happens to writes that nobody knows the outcome of (docs/decisions/0003). */
class LookUpsTest extends LedgerTest {

  private Batch dropped(int status, long... records) {
    Batch batch = sent(1, records);
    ledger
        .writeOutcomes()
        .undetermined(batch.id(), status, "UNKNOWN", "no outcome", clock.instant().plus(SETTLE));
    return batch;
  }

  private void allAbsent(Batch batch) {
    assertThat(ledger.lookUps().absent(batch.id(), batch.markers()))
        .isEqualTo(LookUps.Absence.COUNTS);
  }

  @Test
  void aBatchIsLookedForWhenTheSettleTimeIsOver() {
    Batch batch = dropped(0, 1);
    clock.advance(SETTLE.minusSeconds(1));
    assertThat(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    Batch looked = onlyOne(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE));
    assertThat(looked.id()).isEqualTo(batch.id());
    assertThat(looked.firstSentAt()).isEqualTo(clock.instant().minus(SETTLE));
    assertThat(other.lookUps().claim(NORTH, 10, SETTLE, LEASE)).as("held by node-a").isEmpty();
  }

  @Test
  void aSentBatchWhoseHolderDiedIsLookedForAndItsAbsenceCountsOnlyAfterTheSettleTime() {
    Batch batch = sent(1, 1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(other.lookUps().claim(NORTH, 10, SETTLE, LEASE))
        .as("node-a may still get its answer")
        .isEmpty();
    new Ledger(DATABASE.getTestDatabase(), clock, "node-a").nodes().started();
    Batch looked = onlyOne(other.lookUps().claim(NORTH, 10, SETTLE, LEASE));
    assertThat(state(1)).isEqualTo(ItemState.UNKNOWN);
    assertThat(other.lookUps().absent(batch.id(), looked.markers()))
        .isEqualTo(LookUps.Absence.NOT_YET);
    assertThat(other.lookUps().lookedUp(batch.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.STILL_LOOKING);
    clock.advance(SETTLE);
    allAbsent(onlyOne(other.lookUps().claim(NORTH, 10, SETTLE, LEASE)));
  }

  @Test
  void aLookThatBeganBeforeTheSettleTimeDoesNotCountEvenIfItEndsAfterIt() {
    Batch batch = sent(1, 1);
    new Ledger(DATABASE.getTestDatabase(), clock, "node-a").nodes().started();
    clock.advance(SETTLE.minusSeconds(1));
    ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE);
    clock.advance(Duration.ofSeconds(2));
    assertThat(ledger.lookUps().absent(batch.id(), batch.markers()))
        .isEqualTo(LookUps.Absence.NOT_YET);
  }

  @Test
  void whatIsFoundIsKnownAndWhatIsMissingGoesIntoANewBatchOfItsOwn() {
    Batch batch = dropped(0, 1, 2, 3);
    lookUp();
    ledger.writeOutcomes().known(batch.id(), List.of(written(2)));
    ledger.lookUps().absent(batch.id(), List.of(marker(1), marker(3)));
    LookUps.Settlement settlement = ledger.lookUps().lookedUp(batch.id(), WINDOW);
    assertThat(settlement.verdict()).isEqualTo(LookUps.Verdict.MISSING_AGAIN);
    assertThat(settlement.missing()).containsExactly(marker(1), marker(3));
    assertThat(batchState(batch.id())).isEqualTo("closed");
    stage(NORTH, 2, 4);
    compose();
    Batch again = planNext(50);
    assertThat(again.markers()).as("not mixed with others").containsExactly(marker(1), marker(3));
    assertThat(again.idempotencyKey()).isNotEqualTo(batch.idempotencyKey());
  }

  @Test
  void whenAllAreMissingAndNoAnswerCameTheSameBytesGoAgainUnderTheirKeyWhileTheErpHonoursIt() {
    Batch batch = dropped(0, 1, 2);
    allAbsent(lookUp());
    assertThat(ledger.lookUps().lookedUp(batch.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.SAME_BYTES_AGAIN);
    Batch again = onlyOne(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE));
    assertThat(again.body()).isEqualTo(batch.body());
    assertThat(again.idempotencyKey()).isEqualTo(batch.idempotencyKey());
    assertThat(ledger.writeJournal().sending(again.id(), LEASE)).isTrue();
    ledger.writeOutcomes().known(again.id(), List.of(written(1), written(2)));
    assertThat(state(1)).isEqualTo(ItemState.KNOWN);
    assertThat(batchState(batch.id())).isEqualTo("closed");
  }

  @Test
  void theSameBytesDoNotGoAgainOnceTheWindowIsOverButAreLookedForFirst() {
    Batch batch = dropped(0, 1);
    allAbsent(lookUp());
    ledger.lookUps().lookedUp(batch.id(), WINDOW);
    Batch again = onlyOne(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE));
    clock.advance(WINDOW);
    assertThat(ledger.writeJournal().sending(again.id(), LEASE)).isFalse();
    assertThat(state(1)).isEqualTo(ItemState.UNKNOWN);
    Batch looked = onlyOne(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE));
    allAbsent(looked);
    assertThat(ledger.lookUps().lookedUp(batch.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.MISSING_AGAIN);
  }

  private boolean doubt(Batch batch, long record) {
    return ledger
        .writeOutcomes()
        .doubtful(batch.id(), marker(record), "look-up", "a bill like it is there", "Look at it.");
  }

  @Test
  void aDoubtfulDocumentIsPutBeforeAPersonOnceAndTheOthersGoOn() {
    Batch batch = dropped(0, 1, 2, 3);
    lookUp();
    ledger.writeOutcomes().known(batch.id(), List.of(written(2)));
    ledger.lookUps().absent(batch.id(), List.of(marker(3)));
    assertThat(doubt(batch, 1)).isTrue();
    assertThat(doubt(batch, 1)).as("said again").isFalse();
    assertThat(ledger.lookUps().lookedUp(batch.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.MISSING_AGAIN);
    assertThat(batchState(batch.id())).isEqualTo("closed");
    assertThat(state(1)).isEqualTo(ItemState.FAILED);
    assertThat(state(2)).isEqualTo(ItemState.KNOWN);
    assertThat(planNext(50).markers()).containsExactly(marker(3));
    DeadLetter letter = onlyOne(ledger.deadLetters().list(DeadLetters.Filter.open(10)));
    assertThat(letter.failureKind()).isEqualTo("UNKNOWN");
    assertThat(letter.remedy()).isEqualTo("Look at it.");
  }

  @Test
  void aDoubtBeforeTheSettleTimeDoesNotCount() {
    Batch batch = sent(1, 1);
    new Ledger(DATABASE.getTestDatabase(), clock, "node-a").nodes().started();
    ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE);
    assertThat(doubt(batch, 1)).isFalse();
    assertThat(ledger.lookUps().lookedUp(batch.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.STILL_LOOKING);
    assertThat(state(1)).isEqualTo(ItemState.UNKNOWN);
  }

  /** Replays the only open letter, composes its record, and gives the batch that it goes into. */
  private Batch replayed() {
    ledger
        .replays()
        .replay(onlyOne(ledger.deadLetters().list(DeadLetters.Filter.open(10))).id(), "bookkeeper");
    compose();
    return planNext(50);
  }

  @Test
  void
      aReplayedDoubtfulDocumentIsLookedForAmongWhatChangedSinceItWasFirstSentAndNeverWrittenBlindly() {
    Batch batch = dropped(0, 1);
    lookUp();
    doubt(batch, 1);
    ledger.lookUps().lookedUp(batch.id(), WINDOW);
    stage(NORTH, 2, 4);
    Batch second = replayed();
    assertThat(second.markers()).as("not together with others").containsExactly(marker(1));
    assertThat(ledger.writeJournal().sending(second.id(), LEASE)).isFalse();
    assertThat(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE)).isEmpty();
    Batch looked = onlyOne(other.lookUps().claim(NORTH, 10, SETTLE, LEASE));
    assertThat(looked.id()).isEqualTo(second.id());
    assertThat(looked.firstSentAt())
        .isEqualTo(ledger.writeJournal().find(batch.id()).orElseThrow().firstSentAt());

    assertThat(doubt(second, 1)).as("still there").isTrue();
    assertThat(state(1)).isEqualTo(ItemState.FAILED);
    Batch third = replayed();
    allAbsent(onlyOne(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE)));
    assertThat(ledger.lookUps().lookedUp(third.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.MISSING_AGAIN);
    Batch fourth = planNext(1);
    assertThat(fourth.markers()).containsExactly(marker(1));
    assertThat(ledger.writeJournal().sending(fourth.id(), LEASE)).isTrue();
  }

  @Test
  void aDoubtfulDocumentThatGotItsAddressIsKnownAfterAReplayAndNotWritten() {
    Batch batch = dropped(0, 1);
    lookUp();
    doubt(batch, 1);
    Batch second = replayed();
    ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE);
    ledger.writeOutcomes().known(second.id(), List.of(written(1)));
    assertThat(state(1)).isEqualTo(ItemState.KNOWN);
    assertThat(batchState(second.id())).isEqualTo("closed");
  }

  @Test
  void aDoubtfulDocumentThatProcoreSendsAgainIsLookedForFirstToo() {
    Batch batch = dropped(0, 1);
    lookUp();
    doubt(batch, 1);
    stage(NORTH, 7, 1);
    compose();
    Batch second = planNext(50);
    assertThat(ledger.writeJournal().sending(second.id(), LEASE)).isFalse();
    assertThat(batchState(second.id())).isEqualTo("unknown");
  }

  @Test
  void anErpWithoutIdempotencyKeysNeverGetsTheSameBytesAgain() {
    Batch batch = dropped(0, 1);
    allAbsent(lookUp());
    assertThat(ledger.lookUps().lookedUp(batch.id(), Duration.ZERO).verdict())
        .isEqualTo(LookUps.Verdict.MISSING_AGAIN);
    assertThat(planNext(50).id()).isNotEqualTo(batch.id());
  }

  @Test
  void afterAnErrorAnswerTheSameBytesDoNotGoAgainSinceTheErpReplaysErrors() {
    Batch batch = dropped(500, 1, 2);
    allAbsent(lookUp());
    LookUps.Settlement settlement = ledger.lookUps().lookedUp(batch.id(), WINDOW);
    assertThat(settlement.verdict()).isEqualTo(LookUps.Verdict.FAILED_WHOLE);
    assertThat(settlement.status()).isEqualTo(500);
    assertThat(ledger.writeJournal().claimPlanned(NORTH, 10, LEASE)).isEmpty();
  }

  @Test
  void aBatchThatFailsWholeIsHalvedUntilThePoisonStandsAloneAndTheOthersAreWrittenOnce() {
    long poison = 6;
    sent(1, LongStream.rangeClosed(1, 8).toArray());
    List<String> wroteInOrder = new ArrayList<>();
    Batch next = ledger.writeJournal().find(item(1).batchId()).orElseThrow();
    int batches = 0;
    boolean sending = true;
    while (next != null) {
      batches++;
      if (!sending) {
        assertThat(ledger.writeJournal().sending(next.id(), LEASE)).isTrue();
      }
      sending = false;
      if (next.markers().contains(marker(poison))) {
        ledger.writeOutcomes().undetermined(next.id(), 404, "UNKNOWN", "404", clock.instant());
        allAbsent(onlyOne(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE)));
        assertThat(ledger.lookUps().lookedUp(next.id(), WINDOW).verdict())
            .isEqualTo(LookUps.Verdict.FAILED_WHOLE);
        if (ledger.lookUps().halve(next.id()) == LookUps.Halving.ALONE) {
          assertThat(next.markers()).containsExactly(marker(poison));
          ledger
              .writeOutcomes()
              .failRest(next.id(), "deliver", "REFUSED", "404 for this document alone", "Open it.");
        }
      } else {
        wroteInOrder.addAll(next.markers());
        ledger
            .writeOutcomes()
            .known(
                next.id(),
                next.markers().stream()
                    .map(m -> new Written(m, "erp " + m, "n", List.of(), null, List.of()))
                    .toList());
      }
      next =
          ledger
              .writeJournal()
              .plan(NORTH, WorkItem.REQUISITION, 50, LEASE)
              .map(p -> ledger.writeJournal().planned(p, "k" + p.batch(), new byte[] {1}, LEASE))
              .orElse(null);
    }
    assertThat(batches).as("8, then 4 and 4, then 2 and 2, then 1 and 1").isEqualTo(7);
    assertThat(wroteInOrder).hasSize(7).doesNotHaveDuplicates().doesNotContain(marker(poison));
    assertThat(state(poison)).isEqualTo(ItemState.FAILED);
    assertThat(ledger.workItems().countByState(NORTH))
        .containsEntry(ItemState.KNOWN, 7L)
        .containsEntry(ItemState.FAILED, 1L);
  }

  @Test
  void twoBatchesOfTheSameGroupAreNeverUnderWayAtOnce() {
    Batch batch = dropped(404, 1, 2, 3, 4);
    allAbsent(lookUp());
    ledger.lookUps().lookedUp(batch.id(), WINDOW);
    ledger.lookUps().halve(batch.id());
    Batch first = planNext(1);
    Batch second = planNext(1);
    assertThat(Set.of(first.markers().get(0), second.markers().get(0)))
        .as("one of each half")
        .containsExactlyInAnyOrder(marker(1), marker(3));
    assertThat(ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 1, LEASE))
        .as("both halves have a batch under way")
        .isEmpty();
    ledger.writeJournal().sending(first.id(), LEASE);
    ledger
        .writeOutcomes()
        .known(
            first.id(),
            List.of(new Written(first.markers().get(0), "x", "n", List.of(), null, List.of())));
    assertThat(planNext(1).markers()).containsAnyOf(marker(2), marker(4));
  }

  @Test
  void nothingIsHalvedOrSentAgainBeforeItsAbsenceIsProven() {
    Batch batch = dropped(500, 1, 2);
    assertThatThrownBy(() -> ledger.lookUps().halve(batch.id()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not proven absent");
    assertThatThrownBy(() -> ledger.lookUps().missingAgain(batch.id(), clock.instant()))
        .isInstanceOf(IllegalStateException.class);
    lookUp();
    ledger.lookUps().absent(batch.id(), List.of(marker(1)));
    assertThatThrownBy(() -> ledger.lookUps().halve(batch.id()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(state(1)).isEqualTo(ItemState.UNKNOWN);
  }

  @Test
  void aLookThatFailsIsRepeatedAtTheStoredTimeAndWhatItFoundAbsentIsLookedForAnew() {
    Batch batch = dropped(0, 1, 2);
    lookUp();
    ledger.lookUps().absent(batch.id(), List.of(marker(1)));
    ledger
        .writeOutcomes()
        .undetermined(
            batch.id(), 503, "TRANSIENT", "look-up failed", clock.instant().plusSeconds(60));
    assertThat(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE)).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    Batch again = onlyOne(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE));
    assertThat(markers(again)).containsExactlyInAnyOrder(marker(1), marker(2));
    assertThat(again.lastStatus()).as("of the write, not of the look-up").isZero();
  }

  @Test
  void anOutageIsWaitedOutWithoutHalving() {
    Batch batch = dropped(503, 1, 2);
    allAbsent(lookUp());
    assertThat(ledger.lookUps().lookedUp(batch.id(), WINDOW).verdict())
        .isEqualTo(LookUps.Verdict.FAILED_WHOLE);
    ledger.lookUps().missingAgain(batch.id(), clock.instant().plusSeconds(300));
    assertThat(ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE)).isEmpty();
    clock.advance(Duration.ofSeconds(300));
    assertThat(planNext(50).markers()).containsExactly(marker(1), marker(2));
    assertThat(item(1).attempts()).isEqualTo(1);
  }

  @Test
  void whatIsKnownAfterItWasGivenBackIsNotWrittenAgain() {
    Batch batch = dropped(0, 1);
    allAbsent(lookUp());
    ledger.lookUps().lookedUp(batch.id(), Duration.ZERO);
    assertThat(state(1)).isEqualTo(ItemState.COMPOSED);
    ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
    assertThat(state(1)).isEqualTo(ItemState.KNOWN);
    assertThat(ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE)).isEmpty();
  }

  @Test
  void decidingTwiceChangesNothing() {
    Batch batch = dropped(0, 1);
    allAbsent(lookUp());
    ledger.lookUps().lookedUp(batch.id(), Duration.ZERO);
    assertThat(ledger.lookUps().lookedUp(batch.id(), Duration.ZERO).verdict())
        .isEqualTo(LookUps.Verdict.ALL_SETTLED);
    assertThat(planNext(50).markers()).hasSize(1);
  }
}
