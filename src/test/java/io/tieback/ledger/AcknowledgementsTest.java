package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest extends LedgerTest {

  private final StagedRequest.Detail shared = new StagedRequest.Detail(900, List.of());

  private void failOnly(long procoreId, String message) {
    WorkItem item = item(procoreId);
    assertThat(
            ledger
                .workItems()
                .fail(item.id(), item.round(), "prepare", "REFUSED", message, "Correct it."))
        .isTrue();
  }

  private List<Acknowledgements.Answer> answers() {
    return ledger.acknowledgements().claimAnswers(NORTH, 100, LEASE);
  }

  private void writeAndTellOrigins(long... records) {
    compose();
    Batch batch = planNext(50);
    ledger.writeJournal().sending(batch.id(), LEASE);
    for (long record : records) {
      ledger.writeOutcomes().known(batch.id(), List.of(written(record)));
      ledger.acknowledgements().originsWritten(List.of(item(record).id()));
    }
  }

  @Test
  void originIdsComeFirstAndTheDetailsAreAnsweredOnlyThen() {
    known(1, 5);
    assertThat(answers()).isEmpty();
    assertThat(onlyOne(ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE)).originRows())
        .isEqualTo(3);
    ledger.acknowledgements().originsWritten(List.of(item(5).id()));
    assertThat(state(5)).as("the detail is still open").isEqualTo(ItemState.KNOWN);
    List<Acknowledgements.Answer> answers = answers();
    assertThat(onlyOne(answers).success()).isTrue();
    ledger.acknowledgements().answered(answers);
    assertThat(state(5)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(requestState(1)).isEqualTo("answered");
  }

  @Test
  void aRecordWithoutDetailsIsDoneWithItsOriginIds() {
    stage(NORTH, 1, "v1", List.of(), 5);
    writeAndTellOrigins(5);
    assertThat(state(5)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(requestState(1)).isEqualTo("answered");
  }

  @Test
  void aClaimTakesAsManyRecordsAsFitIntoOneCallAndNoTwoNodesTakeTheSame() {
    known(1, 1, 2, 3, 4, 5);
    assertThat(ledger.acknowledgements().claimOrigins(NORTH, 7, LEASE))
        .as("3 rows each")
        .hasSize(2);
    assertThat(other.acknowledgements().claimOrigins(NORTH, 7, LEASE)).hasSize(2);
    assertThat(ledger.acknowledgements().claimOrigins(NORTH, 2, LEASE))
        .as("too large for the call, given alone")
        .hasSize(1);
    assertThat(ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE)).isEmpty();
  }

  @Test
  void aRecordThatProcoreDidNotTakeIsTriedAgainAndTheOthersAreDone() {
    known(1, 1, 2);
    List<WorkItem> claimed = ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE);
    assertThat(claimed).hasSize(2);
    ledger.acknowledgements().originsWritten(List.of(item(1).id()));
    ledger
        .acknowledgements()
        .originsNotWritten(
            item(2).id(),
            "TRANSIENT",
            "origin_id has already been taken",
            clock.instant().plusSeconds(60));
    ledger.acknowledgements().answered(answers());
    assertThat(state(1)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE)).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(onlyOne(ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE)).failureMessage())
        .contains("taken");
    assertThat(requestState(1)).isEqualTo("staged");
  }

  @Test
  void aDetailSharedBySeveralRecordsIsClosedOnceAndOnlyWhenAllAreIn() {
    stage(NORTH, 1, "v1", List.of(shared), 1, 2);
    writeAndTellOrigins(1);
    assertThat(answers()).isEmpty();
    ledger.writeOutcomes().known(item(2).batchId(), List.of(written(2)));
    ledger.acknowledgements().originsWritten(List.of(item(2).id()));
    List<Acknowledgements.Answer> answers = answers();
    assertThat(onlyOne(answers).success()).isTrue();
    ledger.acknowledgements().answered(answers);
    assertThat(answers()).isEmpty();
    assertThat(state(1)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(state(2)).isEqualTo(ItemState.ACKNOWLEDGED);
  }

  @Test
  void aSharedDetailFailsWithAllMessagesWhenOneOfItsRecordsFails() {
    stage(NORTH, 1, "v1", List.of(shared), 1, 2, 3);
    failOnly(2, "no vendor");
    failOnly(3, "no period");
    writeAndTellOrigins(1);
    Acknowledgements.Answer answer = onlyOne(answers());
    assertThat(answer.success()).isFalse();
    assertThat(answer.messages())
        .containsExactlyInAnyOrder("no vendor", "no period", "Correct it.");
    ledger.acknowledgements().answered(List.of(answer));
    assertThat(state(1)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(requestState(1)).isEqualTo("answered");
  }

  @Test
  void anAnswerThatProcoreDidNotTakeIsDueAgainAndOneItNoLongerKnowsIsGivenUp() {
    known(1, 5);
    ledger.acknowledgements().originsWritten(List.of(item(5).id()));
    Acknowledgements.Answer answer = onlyOne(answers());
    ledger.acknowledgements().notAnswered(answer, "503", clock.instant().plusSeconds(30));
    assertThat(answers()).isEmpty();
    clock.advance(Duration.ofSeconds(30));
    Acknowledgements.Answer again = onlyOne(answers());
    assertThat(again.attempts()).isEqualTo(1);
    ledger.acknowledgements().givenUp(again, "404: the detail is stale");
    assertThat(state(5)).isEqualTo(ItemState.ACKNOWLEDGED);
  }

  @Test
  void anAnswerThatWasOvertakenByAReplayIsGivenAgainWithTheNewOutcome() {
    stage(NORTH, 1, 5);
    failOnly(5, "no vendor");
    Acknowledgements.Answer failed = onlyOne(answers());
    ledger
        .replays()
        .replay(onlyOne(ledger.deadLetters().list(DeadLetters.Filter.open(10))).id(), "Ann");
    ledger.acknowledgements().answered(List.of(failed));
    assertThat(answers()).as("open again: the record is under way").isEmpty();
    writeAndTellOrigins(5);
    assertThat(onlyOne(answers()).success()).isTrue();
  }

  @Test
  void anAnswerThatBecameAnotherWhileItWasOnItsWayIsGivenAgain() {
    stage(NORTH, 1, "v1", List.of(shared), 5);
    failOnly(5, "no due date");
    List<Acknowledgements.Answer> onItsWay = answers();
    long letter = sql.queryForObject("select id from dead_letter where state = 'open'", Long.class);
    ledger.replays().discard(letter, "Ann", "entered by hand");
    ledger.acknowledgements().answered(onItsWay);
    assertThat(onlyOne(answers()).messages())
        .anyMatch(message -> message.contains("entered by hand"));
  }

  @Test
  void answeringTwiceIsHarmless() {
    known(1, 5);
    acknowledge();
    ledger.acknowledgements().originsWritten(List.of(item(5).id()));
    ledger
        .acknowledgements()
        .answered(List.of(new Acknowledgements.Answer(1, 1005, true, List.of(), 0)));
    assertThat(way(5)).hasSize(6);
  }

  @Test
  void nothingOfAPausedConnectionIsAcknowledged() {
    known(1, 5);
    ledger.connections().pause(NORTH, "sign-in");
    assertThat(ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE)).isEmpty();
  }
}
