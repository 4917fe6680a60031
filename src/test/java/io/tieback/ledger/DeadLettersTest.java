package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeadLettersTest extends LedgerTest {

  private DeadLetter failed(long procoreId, String message) {
    if (ledger.workItems().find(NORTH, WorkItem.REQUISITION, procoreId).isEmpty()) {
      stage(NORTH, procoreId, procoreId);
    }
    WorkItem item = item(procoreId);
    ledger
        .workItems()
        .fail(
            item.id(),
            item.round(),
            "prepare-subcontractor-invoice",
            "REFUSED",
            message,
            "Correct it in Procore.");
    return open().get(0);
  }

  private List<DeadLetter> open() {
    return ledger.deadLetters().list(DeadLetters.Filter.open(100));
  }

  @Test
  void aLetterKeepsTheExchangeItsHistoryAndTheCause() {
    DeadLetter letter = failed(5, "no vendor");
    assertThat(letter.exchange()).contains("\"version\": \"v1\"");
    assertThat(letter.history()).contains("staged", "failed", "node-a", "no vendor");
    assertThat(letter.key()).isEqualTo("5");
    assertThat(letter.remedy()).isEqualTo("Correct it in Procore.");
    assertThat(letter.parentId()).isNull();
  }

  @Test
  void lettersAreFilteredByConnectionStateAndText() {
    failed(5, "no vendor");
    failed(6, "the period is closed");
    assertThat(ledger.deadLetters().list(new DeadLetters.Filter(NORTH, "open", "PERIOD", 10)))
        .singleElement()
        .extracting(DeadLetter::key)
        .isEqualTo("6");
    assertThat(ledger.deadLetters().list(new DeadLetters.Filter(null, null, null, 10)))
        .extracting(DeadLetter::key)
        .containsExactly("6", "5");
    assertThat(
            ledger
                .deadLetters()
                .list(
                    new DeadLetters.Filter(
                        new io.tieback.construction.ConnectionId("south"), null, null, 10)))
        .isEmpty();
    assertThat(ledger.deadLetters().list(new DeadLetters.Filter(null, "discarded", null, 10)))
        .isEmpty();
  }

  @Test
  void replayingPutsTheRecordBackOnItsWayAndANewFailureNamesItsParent() {
    DeadLetter first = failed(5, "no vendor");
    ledger.replays().replay(first.id(), "Ann");
    assertThat(state(5)).isEqualTo(ItemState.STAGED);
    assertThat(item(5).round()).isEqualTo(2);
    assertThat(ledger.workItems().claimForPreparing()).hasSize(1);
    DeadLetter second = failed(5, "no period");
    assertThat(second.parentId()).isEqualTo(first.id());
    DeadLetter closed = ledger.deadLetters().find(first.id()).orElseThrow();
    assertThat(closed.state()).isEqualTo("replayed");
    assertThat(closed.closedBy()).isEqualTo("Ann");
  }

  @Test
  void replayingAfterACorrectionUsesTheCorrectedEvent() {
    DeadLetter letter = failed(5, "no vendor");
    ledger
        .replays()
        .replay(letter.id(), "Ann", Optional.of("{\"id\":5,\"version\":\"corrected\"}"));
    assertThat(item(5).event()).contains("corrected");
    assertThat(ledger.audit().newest(1).get(0).detail()).contains("corrected");
  }

  @Test
  void aCorrectionThatIsNotJsonIsRefusedAndNothingChanges() {
    DeadLetter letter = failed(5, "no vendor");
    assertThatThrownBy(() -> ledger.replays().replay(letter.id(), "Ann", Optional.of("{broken")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
    assertThat(state(5)).isEqualTo(ItemState.FAILED);
    assertThat(open()).hasSize(1);
    assertThat(ledger.audit().newest(10)).isEmpty();
  }

  @Test
  void aLetterIsReplayedOnce() {
    DeadLetter letter = failed(5, "no vendor");
    ledger.replays().replay(letter.id(), "Ann");
    assertThatThrownBy(() -> ledger.replays().replay(letter.id(), "Bob"))
        .isInstanceOf(Replays.NotPossible.class)
        .hasMessageContaining("replayed by Ann");
    assertThatThrownBy(() -> ledger.replays().replay(77, "Bob"))
        .isInstanceOf(Replays.NotPossible.class)
        .hasMessageContaining("77");
  }

  @Test
  void oneThatCannotBeReplayedDoesNotStopTheOthers() {
    DeadLetter five = failed(5, "no vendor");
    DeadLetter six = failed(6, "no vendor");
    ledger.replays().replay(five.id(), "Ann");
    List<Replays.Result> results = ledger.replays().replay(List.of(five.id(), six.id()), "Ann");
    assertThat(results.get(0).problem()).isPresent();
    assertThat(results.get(1).problem()).isEmpty();
    assertThat(state(6)).isEqualTo(ItemState.STAGED);
  }

  @Test
  void discardingNeedsAReasonAndTellsTheApproverInProcore() {
    DeadLetter letter = failed(5, "no vendor");
    assertThatThrownBy(() -> ledger.replays().discard(letter.id(), "Ann", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> ledger.replays().discard(letter.id(), "", "why"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("who");
    ledger.replays().discard(letter.id(), "Ann", "entered by hand");
    assertThat(state(5)).isEqualTo(ItemState.DISCARDED);
    Acknowledgements.Answer answer =
        onlyOne(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE));
    assertThat(answer.success()).isFalse();
    assertThat(ledger.audit().newest(1).get(0).action()).isEqualTo("discard");
  }

  @Test
  void aRequestThatCouldNotBeReadIsReplayedByReadingItAgain() {
    long row = read(NORTH, 1);
    ledger.erpRequests().dead(row, "DEFECT", "cannot read it", "Report it.");
    ledger.erpRequests().dead(row, "DEFECT", "cannot read it", "Report it.");
    DeadLetter letter = onlyOne(open());
    assertThat(letter.subjectKind()).isEqualTo("erp_request");
    assertThatThrownBy(() -> ledger.replays().replay(letter.id(), "Ann", Optional.of("{}")))
        .isInstanceOf(Replays.NotPossible.class);
    ledger.replays().replay(letter.id(), "Ann");
    assertThat(onlyOne(ledger.erpRequests().claim()).requestId()).isEqualTo(1);
  }

  @Test
  void anExchangeThatBecameNoRecordCanBeReadAndDiscardedOnly() {
    long id =
        ledger
            .deadLetters()
            .add(
                NORTH,
                "receive-webhook",
                "webhook",
                "d-1",
                "DEFECT",
                "boom",
                "",
                "{\"a\":1}",
                "[]");
    ledger
        .deadLetters()
        .add(NORTH, "receive-webhook", "webhook", "d-2", "DEFECT", "boom", "", "{}", "[]");
    assertThat(open()).hasSize(2);
    assertThatThrownBy(() -> ledger.replays().replay(id, "Ann"))
        .isInstanceOf(Replays.NotPossible.class)
        .hasMessageContaining("nothing to replay");
    ledger.replays().discard(id, "Ann", "seen");
    assertThat(open()).hasSize(1);
  }

  @Test
  void theAuditTrailIsWholeAndEveryKindOfTamperingShows() {
    for (int i = 1; i <= 5; i++) {
      clock.advance(Duration.ofSeconds(1));
      ledger.audit().append("Ann", NORTH, "do", "thing " + i, Map.of("n", Integer.toString(i)));
    }
    Audit.Verification whole = ledger.audit().verify();
    assertThat(whole.intact()).isTrue();
    assertThat(whole.entries()).isEqualTo(5);
    assertThat(whole.lastHash()).isEqualTo(ledger.audit().newest(1).get(0).hash());

    sql.execute("alter table audit_entry disable trigger audit_append_only");
    sql.update("update audit_entry set detail = '{\"n\": \"33\"}' where sequence = 3");
    assertThat(ledger.audit().verify().problem()).contains("audit entry 3").contains("was changed");
    sql.update("delete from audit_entry where sequence = 3");
    assertThat(ledger.audit().verify().problem()).contains("audit entry 3 is missing");
    sql.update("update audit_entry set sequence = sequence - 1 where sequence > 3");
    assertThat(ledger.audit().verify().problem()).contains("does not follow");
  }

  @Test
  void theDatabaseItselfRefusesToChangeTheTrail() {
    ledger.audit().append("Ann", NORTH, "do", "thing", Map.of());
    assertThatThrownBy(() -> sql.update("update audit_entry set who = 'Bob'"))
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> sql.update("delete from audit_entry"))
        .hasMessageContaining("append-only");
  }

  @Test
  void anActAndItsAuditEntryAreOneTransaction() {
    assertThatThrownBy(
            () ->
                ledger.together(
                    () -> {
                      ledger.connections().paymentSchedule(NORTH, "Daily", "Ann");
                      throw new IllegalStateException("power cut");
                    }))
        .hasMessage("power cut");
    assertThat(ledger.connections().get(NORTH).orElseThrow().paymentSchedule()).isEqualTo("Hourly");
    assertThat(ledger.audit().newest(10)).isEmpty();
  }
}
