package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages, counts and stories of dead letters, and acts on many of them. */
class DeadLetterListsTest extends LedgerTest {

  private static final ConnectionId SOUTH = new ConnectionId("south");

  private DeadLetter failed(long procoreId, String kind, String message) {
    if (ledger.workItems().find(NORTH, WorkItem.REQUISITION, procoreId).isEmpty()) {
      stage(NORTH, procoreId, procoreId);
    }
    WorkItem item = item(procoreId);
    ledger
        .workItems()
        .fail(
            item.id(), item.round(), "prepare-subcontractor-invoice", kind, message, "Correct it.");
    return ledger.deadLetters().list(DeadLetters.Filter.open(1)).get(0);
  }

  private Page<DeadLetterRow> page(DeadLetterFilter filter) {
    return ledger.deadLetters().page(filter, DeadLetterRow.Sort.CREATED, false, 10, 0);
  }

  @Test
  void aPageIsFilteredByConnectionStateKindAgeAndWords() {
    failed(5, "REFUSED", "Vendor Béton-Nord is not linked (XR-INV-01)");
    clock.advance(Duration.ofHours(2));
    failed(6, "TRANSIENT", "the period is closed");
    assertThat(page(DeadLetterFilter.open()).rows())
        .extracting(DeadLetterRow::key)
        .containsExactly("6", "5");
    assertThat(page(DeadLetterFilter.open()).total()).isEqualTo(2);
    assertThat(page(DeadLetterFilter.open().withText("beton xr-inv")).rows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.key()).isEqualTo("5");
              assertThat(row.correctable()).isTrue();
            });
    assertThat(page(DeadLetterFilter.open().withText("beton period")).rows()).isEmpty();
    assertThat(page(DeadLetterFilter.open().withText("'\"; --")).rows()).isEmpty();
    assertThat(page(DeadLetterFilter.open().ofKind("TRANSIENT")).rows()).hasSize(1);
    assertThat(page(DeadLetterFilter.open().of(SOUTH)).rows()).isEmpty();
    assertThat(
            page(new DeadLetterFilter(
                    NORTH,
                    "open",
                    null,
                    "prepare-subcontractor-invoice",
                    "requisition",
                    null,
                    clock.instant().minusSeconds(60),
                    null))
                .rows())
        .singleElement()
        .extracting(DeadLetterRow::key)
        .isEqualTo("5");
  }

  @Test
  void pagesFollowEachOtherInEveryOrderAndOthersAreRefused() {
    for (long id = 1; id <= 7; id++) {
      failed(id, "REFUSED", "no vendor");
    }
    for (DeadLetterRow.Sort sort : DeadLetterRow.Sort.values()) {
      List<Long> seen = new ArrayList<>();
      for (int offset = 0; offset < 7; offset += 3) {
        Page<DeadLetterRow> page =
            ledger.deadLetters().page(DeadLetterFilter.open(), sort, true, 3, offset);
        assertThat(page.total()).as(sort.name()).isEqualTo(7);
        page.rows().forEach(row -> seen.add(row.id()));
      }
      assertThat(seen).as(sort.name()).doesNotHaveDuplicates().hasSize(7);
    }
    assertThatThrownBy(
            () ->
                ledger
                    .deadLetters()
                    .page(DeadLetterFilter.open(), DeadLetterRow.Sort.KIND, true, 501, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("501");
  }

  @Test
  void openLettersAreCountedByKindWithTheAgeOfTheOldest() {
    DeadLetter first = failed(5, "REFUSED", "no vendor");
    clock.advance(Duration.ofMinutes(5));
    failed(6, "REFUSED", "no vendor");
    failed(7, "TRANSIENT", "504");
    assertThat(ledger.deadLetters().counts(NORTH))
        .satisfiesExactly(
            refused -> {
              assertThat(refused.letters()).isEqualTo(2);
              assertThat(refused.oldest()).isEqualTo(first.createdAt());
            },
            transientOnes -> assertThat(transientOnes.failureKind()).isEqualTo("TRANSIENT"));
    assertThat(ledger.deadLetters().counts(SOUTH)).isEmpty();
  }

  @Test
  void theStoryHasTheChainOfReplaysTheWayAndThePayload() {
    DeadLetter first = failed(5, "REFUSED", "no vendor");
    ledger
        .replays()
        .replay(first.id(), "Ann", java.util.Optional.of("{\"id\":5,\"code\":\"A-1\"}"));
    DeadLetter second = failed(5, "REFUSED", "no period");
    DeadLetterStory story = ledger.deadLetters().story(first.id()).orElseThrow();
    assertThat(story.chain())
        .extracting(DeadLetterRow::id)
        .containsExactly(first.id(), second.id());
    assertThat(story.corrected()).contains("A-1");
    assertThat(story.payload()).contains("\"version\": \"v1\"");
    assertThat(story.way())
        .extracting(TimelineEntry::what)
        .contains("received", "staged", "failed", "opened", "replayed");
    DeadLetterStory next = ledger.deadLetters().story(second.id()).orElseThrow();
    assertThat(next.row().number()).isEqualTo("A-1");
    assertThat(next.payload()).contains("A-1");
    assertThat(ledger.deadLetters().story(99)).isEmpty();
  }

  @Test
  void manyAreReplayedWithProgressAndOneThatCannotBeStaysWithItsReason() {
    DeadLetter five = failed(5, "REFUSED", "no vendor");
    DeadLetter six = failed(6, "REFUSED", "no vendor");
    failed(7, "TRANSIENT", "504");
    long run = ledger.replayRuns().replay(DeadLetterFilter.open().ofKind("REFUSED"), "Ann");
    assertThat(ledger.replayRuns().find(run).orElseThrow())
        .satisfies(
            ordered -> {
              assertThat(ordered.total()).isEqualTo(2);
              assertThat(ordered.left()).isEqualTo(2);
              assertThat(ordered.wanted()).contains("kind REFUSED");
            });
    ledger.replays().discard(six.id(), "Bob", "billed by hand");
    other.replayRuns().work();
    ReplayRun done = ledger.replayRuns().find(run).orElseThrow();
    assertThat(done.state()).isEqualTo("done");
    assertThat(done.done()).isEqualTo(1);
    assertThat(done.failed()).isEqualTo(1);
    assertThat(done.percent()).isEqualTo(100);
    assertThat(state(5)).isEqualTo(ItemState.STAGED);
    assertThat(ledger.replayRuns().letters(run, true, 0, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.letterId()).isEqualTo(six.id());
              assertThat(letter.problem()).contains("discarded by Bob");
            });
    assertThat(ledger.replayRuns().letters(run, false, five.id(), 10)).hasSize(1);
    assertThat(ledger.audit().newest(10))
        .extracting(Audit.Entry::action)
        .contains("replay many", "replay", "discard");
    assertThat(ledger.audit().verify().intact()).isTrue();
  }

  @Test
  void aRunGoesOnAfterACrashAndDoesNoLetterTwice() {
    List<Long> letters = new ArrayList<>();
    for (long id = 1; id <= 5; id++) {
      letters.add(failed(id, "REFUSED", "no vendor").id());
    }
    // The process dies after two letters: nothing of what follows them happens.
    List<Long> told = new ArrayList<>();
    assertThatThrownBy(
            () ->
                ledger
                    .replayRuns()
                    .replayHere(
                        letters,
                        "Ann",
                        letter -> {
                          told.add(letter.letterId());
                          if (told.size() == 2) {
                            throw new IllegalStateException("killed");
                          }
                        }))
        .hasMessage("killed");
    long run = ledger.replayRuns().newest(1).get(0).id();
    other.replayRuns().work();
    assertThat(ledger.replayRuns().find(run).orElseThrow().left()).isEqualTo(3);
    clock.advance(Duration.ofMinutes(3));
    other.replayRuns().work();
    ReplayRun done = ledger.replayRuns().find(run).orElseThrow();
    assertThat(done.done()).isEqualTo(5);
    assertThat(done.failed()).isZero();
    for (long id = 1; id <= 5; id++) {
      assertThat(item(id).round()).isEqualTo(2);
    }
  }

  @Test
  void manyAreDiscardedWithAReasonAndNotWithoutOne() {
    DeadLetter five = failed(5, "REFUSED", "no vendor");
    DeadLetter six = failed(6, "REFUSED", "no vendor");
    assertThatThrownBy(() -> ledger.replayRuns().discard(List.of(five.id(), six.id()), "Ann", " "))
        .hasMessageContaining("with a reason");
    assertThatThrownBy(() -> ledger.replayRuns().discard(List.of(five.id(), 99L), "Ann", "no"))
        .isInstanceOf(Replays.NotPossible.class)
        .hasMessageContaining("99");
    assertThat(ledger.replayRuns().newest(10)).isEmpty();
    long run = ledger.replayRuns().discard(List.of(five.id(), six.id()), "Ann", "billed by hand");
    ledger.replayRuns().work();
    assertThat(ledger.replayRuns().find(run).orElseThrow().done()).isEqualTo(2);
    assertThat(state(5)).isEqualTo(ItemState.DISCARDED);
    assertThat(ledger.deadLetters().find(six.id()).orElseThrow().reason())
        .isEqualTo("billed by hand");
  }

  @Test
  @DisplayName("An order about nothing is done at once")
  void anOrderAboutNothingIsDoneAtOnce() {
    long run = ledger.replayRuns().replay(DeadLetterFilter.open(), "Ann");
    assertThat(ledger.replayRuns().find(run).orElseThrow().state()).isEqualTo("done");
  }
}
