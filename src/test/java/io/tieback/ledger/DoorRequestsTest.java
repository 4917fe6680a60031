package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is accepted at Tieback's own door is work like any other, without a request of Procore. */
class DoorRequestsTest extends LedgerTest {

  private static final String EVENT = "{\"number\":\"7\"}";

  private long queued(long record) {
    return ledger
        .queueItems()
        .add(
            List.of(
                new QueueReading(
                    NORTH,
                    "invoice",
                    WorkItem.REQUISITION,
                    record,
                    null,
                    new QueueItem.About(
                        null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, EVENT, "d", "[]"))),
            "exporting",
            "test")
        .get(0);
  }

  private WorkItem.Reference accept(long record, String event, String figures) {
    long item =
        ledger
            .queueItems()
            .find(NORTH, WorkItem.REQUISITION, record)
            .map(QueueItem::id)
            .orElseGet(() -> queued(record));
    return ledger
        .doorRequests()
        .stage(
            new DoorRequests.Accepted(
                NORTH,
                4711,
                item,
                "create_requisitions",
                "{}",
                List.of(
                    new StagedRequest.Item(
                        WorkItem.REQUISITION, record, event, null, null, null, figures))))
        .get(0);
  }

  @Test
  @DisplayName(
      "GEN-ARC-03: what was accepted is staged at once, has no request detail, and its request is"
          + " answered when it is done")
  void staged() {
    WorkItem.Reference reference = accept(7, EVENT, "f");
    assertThat(reference.state()).isEqualTo(ItemState.STAGED);
    assertThat(ledger.workItems().history(reference.id()).get(0).reason())
        .isEqualTo("an approver accepted it");
    assertThat(ledger.erpRequests().inState(NORTH, "staged", 10))
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.source()).isEqualTo(Source.DOOR);
              assertThat(request.requestId()).isZero();
            });
    assertThat(ledger.erpRequests().claim()).isEmpty();
    assertThat(sql.queryForObject("select count(*) from request_detail", Long.class)).isZero();
    assertThat(ledger.workItems().claimForPreparing()).hasSize(1);
  }

  @Test
  @DisplayName("TB-ACC-01: what is taken off its way is staged anew when it is accepted again")
  void withdrawn() {
    WorkItem.Reference first = accept(7, EVENT, "f");
    assertThat(ledger.doorRequests().withdraw(first.id(), 2, "another round")).isFalse();
    assertThat(ledger.doorRequests().withdraw(first.id(), 1, "composes otherwise")).isTrue();
    assertThat(ledger.workItems().find(first.id()).orElseThrow().state())
        .isEqualTo(ItemState.DISCARDED);
    assertThat(ledger.erpRequests().inState(NORTH, "answered", 10)).hasSize(1);

    WorkItem.Reference again = accept(7, "{\"number\":\"8\"}", "g");
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.round()).isEqualTo(2);
    assertThat(again.state()).isEqualTo(ItemState.STAGED);
  }

  @Test
  @DisplayName(
      "GEN-Q-08: a failure has its dead letter and is replayed; who corrected it, and to what, is"
          + " known afterwards")
  void corrected() {
    WorkItem.Reference reference = accept(7, EVENT, "f");
    assertThat(ledger.doorRequests().correction(reference.id())).isEmpty();
    ledger.workItems().fail(reference.id(), 1, "test", "REFUSED", "no", "mend it");
    long letter = ledger.deadLetters().openFor(reference.id()).orElseThrow().id();
    ledger.replays().replay(letter, "olga", Optional.of("{\"number\":\"9\"}"));

    DoorRequests.Correction correction =
        ledger.doorRequests().correction(reference.id()).orElseThrow();
    assertThat(correction.who()).isEqualTo("olga");
    assertThat(correction.event()).contains("\"9\"");

    ledger.workItems().fail(reference.id(), 2, "test", "REFUSED", "no", "mend it");
    ledger
        .replays()
        .replay(ledger.deadLetters().openFor(reference.id()).orElseThrow().id(), "olga");
    assertThat(ledger.workItems().find(reference.id()).orElseThrow().event()).contains("\"9\"");
  }

  @Test
  @DisplayName("A record that left with other figures is told from one that comes unchanged")
  void otherFigures() {
    WorkItem.Reference reference = accept(7, EVENT, "f");
    sql.update("update work_item set state = 'known', erp_id = 'e' where id = ?", reference.id());
    assertThat(ledger.doorRequests().leftWithOtherFigures(reference, "f")).isFalse();
    assertThat(ledger.doorRequests().leftWithOtherFigures(reference, "g")).isTrue();
    assertThat(ledger.doorRequests().leftWithOtherFigures(reference, null)).isFalse();
  }
}
