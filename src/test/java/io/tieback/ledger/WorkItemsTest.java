package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkItemsTest extends LedgerTest {

  private WorkItems.Claimed claimed(long procoreId) {
    return ledger.workItems().claimForPreparing().stream()
        .filter(i -> i.procoreId() == procoreId)
        .findFirst()
        .orElseThrow();
  }

  private Links.Link vendor(long key) {
    return new Links.Link(
        NORTH, "vendor", Long.toString(key), "xero:north:contact:c" + key, "c" + key, null, null);
  }

  @Test
  void aRecordOfTwoRequestsInOneBulkIsOneWorkItemWithTheLastEvent() {
    long first = read(NORTH, 1);
    long second = read(NORTH, 2);
    ledger
        .erpRequests()
        .staged(List.of(request(first, "v1", List.of(), 5), request(second, "v2", List.of(), 5)));
    assertThat(item(5).event()).contains("v2");
    assertThat(ledger.workItems().countByState(NORTH))
        .containsExactlyEntriesOf(Map.of(ItemState.STAGED, 1L));
  }

  @Test
  void everyChangeOfStateIsKeptWithTimeNodeAndReason() {
    known(1, 5);
    clock.advance(Duration.ofMinutes(1));
    acknowledge();
    assertThat(way(5))
        .containsExactly(
            ItemState.STAGED,
            ItemState.COMPOSED,
            ItemState.PLANNED,
            ItemState.SENT,
            ItemState.KNOWN,
            ItemState.ACKNOWLEDGED);
    WorkItem.Change last = ledger.workItems().history(item(5).id()).get(5);
    assertThat(last.at()).isEqualTo(clock.instant());
    assertThat(last.node()).isEqualTo("node-a");
    assertThat(last.reason()).isNotBlank();
  }

  @Test
  void aNewEventBeforeAnythingLeftReplacesTheOldOneAndTheOldCompositionIsDropped() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed old = claimed(5);
    stage(NORTH, 2, "v2", List.of(), 5);
    assertThat(ledger.workItems().composed(List.of(document(old, "100.00")))).isEmpty();
    WorkItems.Claimed fresh = claimed(5);
    assertThat(fresh.event()).contains("v2");
    assertThat(fresh.round()).isEqualTo(2);
    assertThat(ledger.workItems().composed(List.of(document(fresh, "110.00")))).hasSize(1);
    assertThat(item(5).amount()).hasToString("110.00");
  }

  @Test
  void theSameEventAgainDoesNotDoTheWorkAgain() {
    stage(NORTH, 1, 5);
    compose();
    stage(NORTH, 2, "v1", List.of(new StagedRequest.Detail(2002, List.of(5L))), 5);
    assertThat(state(5)).isEqualTo(ItemState.COMPOSED);
    assertThat(item(5).round()).isEqualTo(1);
  }

  @Test
  void aNewEventWhileTheRecordIsInABatchAddsItsDetailAndNothingElse() {
    Batch batch = sent(1, 5);
    stage(NORTH, 2, "v2", List.of(new StagedRequest.Detail(2002, List.of(5L))), 5);
    assertThat(state(5)).isEqualTo(ItemState.SENT);
    ledger.writeOutcomes().known(batch.id(), List.of(written(5)));
    ledger.acknowledgements().originsWritten(List.of(item(5).id()));
    assertThat(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE))
        .extracting(Acknowledgements.Answer::detailId)
        .containsExactlyInAnyOrder(1005L, 2002L);
  }

  @Test
  void aNewEventForAnExportedRecordIsAnsweredWithTheExistingIdsAndNothingIsWrittenAgain() {
    known(1, 5);
    acknowledge();
    stage(NORTH, 2, "v2", List.of(new StagedRequest.Detail(2002, List.of(5L))), 5);
    assertThat(ledger.workItems().claimForPreparing()).isEmpty();
    assertThat(ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE)).isEmpty();
    assertThat(onlyOne(ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE)).erpId())
        .isEqualTo("bill-5");
    ledger.acknowledgements().originsWritten(List.of(item(5).id()));
    Acknowledgements.Answer answer =
        onlyOne(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE));
    assertThat(answer.detailId()).isEqualTo(2002);
    assertThat(answer.success()).isTrue();
    ledger.acknowledgements().answered(List.of(answer));
    assertThat(state(5)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(requestState(2)).isEqualTo("answered");
  }

  @Test
  void aNewEventForAFailedRecordStagesItInANewRoundAndClosesItsDeadLetter() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed item = claimed(5);
    assertThat(
            ledger
                .workItems()
                .fail(item.id(), item.round(), "prepare", "REFUSED", "no cost code", "Set one."))
        .isTrue();
    assertThat(ledger.deadLetters().list(DeadLetters.Filter.open(10))).hasSize(1);
    stage(NORTH, 2, "v2", List.of(), 5);
    assertThat(state(5)).isEqualTo(ItemState.STAGED);
    assertThat(item(5).round()).isEqualTo(2);
    assertThat(item(5).failureMessage()).isNull();
    assertThat(ledger.deadLetters().list(DeadLetters.Filter.open(10))).isEmpty();
    assertThat(way(5)).containsExactly(ItemState.STAGED, ItemState.FAILED, ItemState.STAGED);
  }

  @Test
  void aFailureOfAnOlderRoundIsIgnored() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed old = claimed(5);
    stage(NORTH, 2, "v2", List.of(), 5);
    assertThat(
            ledger
                .workItems()
                .fail(old.id(), old.round(), "prepare", "REFUSED", "no cost code", ""))
        .isFalse();
    assertThat(state(5)).isEqualTo(ItemState.STAGED);
  }

  @Test
  void aWaitingRecordGoesByItselfWhenTheLastThingItWaitsForArrives() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed item = claimed(5);
    List<String> needed = List.of(Links.waitKey("vendor", "1"), Links.waitKey("vendor", "2"));
    ledger
        .workItems()
        .waiting(
            item.id(),
            item.round(),
            needed,
            "two vendors",
            clock.instant().plus(Duration.ofDays(1)),
            1);
    assertThat(ledger.workItems().claimForPreparing()).isEmpty();
    assertThat(ledger.links().put(List.of(vendor(1)))).isZero();
    assertThat(item(5).waitsFor()).containsExactly("vendor:2");
    assertThat(ledger.links().put(List.of(vendor(2), vendor(3)))).isEqualTo(1);
    assertThat(claimed(5).round()).isEqualTo(1);
    assertThat(way(5)).containsExactly(ItemState.STAGED, ItemState.WAITING, ItemState.STAGED);
  }

  @Test
  void aRecordOfAnotherConnectionIsNotReleased() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed item = claimed(5);
    ledger
        .workItems()
        .waiting(
            item.id(),
            item.round(),
            List.of("vendor:1"),
            "vendor",
            clock.instant().plus(Duration.ofDays(1)),
            0);
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    new io.tieback.construction.ConnectionId("south"),
                    "vendor",
                    "1",
                    "xero:south:contact:c",
                    "c",
                    null,
                    null)));
    assertThat(state(5)).isEqualTo(ItemState.WAITING);
  }

  @Test
  void whatArrivedBetweenTheCheckAndTheWaitingIsNotMissed() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed item = claimed(5);
    ledger.links().put(List.of(vendor(1)));
    ledger
        .workItems()
        .waiting(
            item.id(),
            item.round(),
            List.of("vendor:1"),
            "vendor 1",
            clock.instant().plus(Duration.ofDays(1)),
            0);
    assertThat(claimed(5).procoreId()).isEqualTo(5);
  }

  @Test
  void aWaitingRecordIsLookedAtAgainAtTheStoredTimeEvenIfNothingArrives() {
    stage(NORTH, 1, 5);
    WorkItems.Claimed item = claimed(5);
    ledger
        .workItems()
        .waiting(
            item.id(),
            item.round(),
            List.of("vendor:1"),
            "vendor 1",
            clock.instant().plus(Duration.ofHours(1)),
            0);
    clock.advance(Duration.ofHours(1));
    assertThat(ledger.workItems().composed(List.of(document(claimed(5), "100.00")))).hasSize(1);
    assertThat(item(5).waitsFor()).isEmpty();
  }

  @Test
  void linksAreReadInBulkAndTheLastOneOfAKeyWins() {
    ledger.links().put(List.of(vendor(1), vendor(2)));
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    NORTH, "vendor", "1", "xero:north:contact:new", "new", "V1", "{\"a\": 1}")));
    Map<String, Links.Link> links = ledger.links().get(NORTH, "vendor", List.of("1", "2", "3"));
    assertThat(links).containsOnlyKeys("1", "2");
    assertThat(links.get("1").erpId()).isEqualTo("new");
    assertThat(links.get("1").data()).isEqualTo("{\"a\": 1}");
  }

  private void sentAgain(long request, long detail, String amount) {
    long row = read(NORTH, request);
    String event =
        "{\"request_detail_id\":%d,\"line_items\":[{\"procore_requisition_item_id\":9,\"amount\":%s}]}"
            .formatted(detail, amount);
    ledger
        .erpRequests()
        .staged(
            List.of(
                new StagedRequest(
                    row,
                    "create_requisitions",
                    "{}",
                    1,
                    List.of(
                        new StagedRequest.Item(
                            WorkItem.REQUISITION,
                            1,
                            event,
                            11L,
                            22L,
                            33L,
                            new BigDecimal(amount).stripTrailingZeros().toPlainString())),
                    List.of(new StagedRequest.Detail(detail, List.of(1L))))));
  }

  private List<String> answers() {
    return ledger.acknowledgements().claimAnswers(NORTH, 100, LEASE).stream()
        .map(a -> a.detailId() + (a.success() ? " success" : " failed"))
        .sorted()
        .toList();
  }

  private Batch firstSending() {
    sentAgain(1, 1001, "100.00");
    compose();
    Batch batch = planNext(50);
    ledger.writeJournal().sending(batch.id(), LEASE);
    return batch;
  }

  @Test
  void anExportedRecordThatComesWithOtherFiguresIsNotAnsweredAsIfTheErpHadThem() {
    Batch batch = firstSending();
    ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
    acknowledge();
    sentAgain(2, 2001, "120.00");
    assertThat(item(1).warnings()).anyMatch(w -> w.startsWith("DIFFERENCE"));
    ledger
        .acknowledgements()
        .originsWritten(
            ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE).stream()
                .map(WorkItem::id)
                .toList());
    assertThat(answers()).containsExactly("2001 failed");
  }

  @Test
  void aRecordThatComesWithOtherFiguresWhileItIsWrittenIsAnsweredForWhatWasWritten() {
    Batch batch = firstSending();
    sentAgain(2, 2001, "120.00");
    ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
    ledger
        .acknowledgements()
        .originsWritten(
            ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE).stream()
                .map(WorkItem::id)
                .toList());
    assertThat(answers()).containsExactly("1001 success", "2001 failed");
  }

  @Test
  void anExportedRecordThatComesWithTheSameFiguresIsAnsweredWithItsIds() {
    Batch batch = firstSending();
    ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
    acknowledge();
    sentAgain(2, 2001, "100.0");
    assertThat(item(1).warnings()).isEmpty();
    acknowledge();
    assertThat(state(1)).isEqualTo(ItemState.ACKNOWLEDGED);
    assertThat(
            sql.queryForObject(
                "select outcome from request_detail where detail_id = 2001", String.class))
        .isEqualTo("success");
  }

  @Test
  @DisplayName(
      "GEN-INV-06: a bill is ours by the key of an invoice, not by that of a supplier or a project"
          + " which an ERP that counts may have given too")
  void keysOfOtherRecordsAreNotBills() {
    Batch batch = firstSending();
    ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
    String bill = item(1).erpId();
    assertThat(ledger.jobCosts().exported(NORTH, List.of(bill))).containsExactly(bill);
    assertThat(ledger.workItems().findByErpId(NORTH, List.of("requisition"), List.of(bill)))
        .hasSize(1);
    sql.update("update work_item set entity = 'vendor' where erp_id = ?", bill);
    assertThat(ledger.jobCosts().exported(NORTH, List.of(bill))).isEmpty();
    assertThat(ledger.workItems().findByErpId(NORTH, List.of("requisition"), List.of(bill)))
        .isEmpty();
  }

  @Test
  @DisplayName("GEN-UNL-05: an unlinked record is free: sent again, it is written anew")
  void anUnlinkedRecordGoesAnew() {
    Batch batch = firstSending();
    ledger.writeOutcomes().known(batch.id(), List.of(written(1)));
    acknowledge();
    String former = item(1).erpId();
    assertThat(ledger.workItems().unlinked(NORTH, WorkItem.REQUISITION, 1, "voided")).isTrue();
    assertThat(state(1)).isEqualTo(ItemState.UNLINKED);
    assertThat(ledger.workItems().findByErpId(NORTH, List.of("requisition"), List.of(former)))
        .isEmpty();
    assertThat(ledger.workItems().unlinked(NORTH, WorkItem.REQUISITION, 1, "again")).isFalse();

    sentAgain(2, 2001, "100.00");
    assertThat(state(1)).isEqualTo(ItemState.STAGED);
    compose();
    Batch second = planNext(50);
    ledger.writeJournal().sending(second.id(), LEASE);
    ledger.writeOutcomes().undetermined(second.id(), 0, "UNKNOWN", "no answer", clock.instant());
    clock.advance(LEASE);
    assertThat(ledger.lookUps().claim(NORTH, 5, Duration.ZERO, LEASE))
        .as("what bore the marker before must not be taken for what is looked for")
        .singleElement()
        .satisfies(looked -> assertThat(looked.formerIds()).containsExactly(former));
  }

  @Test
  @DisplayName(
      "GEN-UNL-04: an invoice that happens to have the id of its commitment still belongs to it")
  void aChildMayHaveTheIdOfItsCommitment() {
    known(1, 22, 23);
    assertThat(ledger.workItems().childrenOf(NORTH, 22))
        .extracting(WorkItem::procoreId)
        .containsExactly(22L, 23L);
    assertThat(ledger.workItems().ofCommitment(NORTH, 22))
        .extracting(WorkItem::procoreId)
        .containsExactly(22L, 23L);
  }

  @Test
  @DisplayName(
      "GEN-API-06: a record that is unlinked or reset before Procore had its ids leaves no request"
          + " detail open")
  void unlinkingAnswersWhatIsOpen() {
    known(1, 5, 6);
    assertThat(ledger.workItems().unlinked(NORTH, WorkItem.REQUISITION, 5, "the project was reset"))
        .isTrue();
    assertThat(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE))
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.detailId()).isEqualTo(1005);
              assertThat(answer.success()).isFalse();
              assertThat(answer.messages())
                  .singleElement()
                  .asString()
                  .contains("the project was reset");
            });
    acknowledge();
    assertThat(ledger.workItems().unlinked(NORTH, WorkItem.REQUISITION, 6, "reset")).isTrue();
    clock.advance(LEASE);
    assertThat(ledger.acknowledgements().claimAnswers(NORTH, 10, LEASE))
        .as("what was answered stays so")
        .extracting(Acknowledgements.Answer::detailId)
        .doesNotContain(1006L);
  }
}
