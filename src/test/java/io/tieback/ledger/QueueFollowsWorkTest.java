package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Money;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the pipeline does to a record is seen on its item in the queue (GEN-Q-06). */
class QueueFollowsWorkTest extends LedgerTest {

  @Test
  @DisplayName(
      "GEN-Q-06: sent by Procore's tab, it is on its way, and in the end synced with its amount")
  void anItemOfProcoresDoorGoesAlongWithItsWork() {
    stage(NORTH, 1, 5);
    QueueItem sent = queued(5);
    assertThat(sent.state()).isEqualTo("exporting");
    assertThat(sent.door()).isEqualTo(QueueItem.PROCORE);
    assertThat(sent.kind()).isEqualTo("invoice");
    assertThat(sent.inErp()).isFalse();
    assertThat(sent.workItemId()).isEqualTo(item(5).id());

    compose();
    assertThat(queued(5).about().amount()).isEqualTo(Money.of("100.00"));
    assertThat(queued(5).about().number()).isEqualTo("SC-5");

    Batch batch = planNext(50);
    ledger.writeJournal().sending(batch.id(), LEASE);
    ledger.writeOutcomes().known(batch.id(), List.of(written(5)));
    acknowledge();

    QueueItem synced = queued(5);
    assertThat(synced.state()).isEqualTo("synced");
    assertThat(synced.inErp()).isTrue();
    assertThat(steps(synced)).containsExactly("send -> exporting", "sync -> synced");

    ledger.workItems().unlinked(NORTH, WorkItem.REQUISITION, 5, "gone");
    assertThat(queued(5).state()).isEqualTo("unlinked");
    assertThat(queued(5).inErp()).isFalse();
  }

  @Test
  @DisplayName("GEN-ICON-08: the error is on the item, and goes when it goes again")
  void aFailureIsShownAndGoesWithTheReplay() {
    stage(NORTH, 1, 5);
    fail(5, "no such account", "map the account");
    QueueItem failed = queued(5);
    assertThat(failed.state()).isEqualTo("failed");
    assertThat(failed.way().error()).isEqualTo("no such account");
    assertThat(failed.way().remedy()).isEqualTo("map the account");

    ledger.replays().replay(ledger.deadLetters().openFor(item(5).id()).orElseThrow().id(), "op");
    QueueItem again = queued(5);
    assertThat(again.state()).isEqualTo("exporting");
    assertThat(again.way().error()).isNull();
    assertThat(again.round()).isEqualTo(2);

    fail(5, "no such account", "map the account");
    ledger
        .replays()
        .discard(ledger.deadLetters().openFor(item(5).id()).orElseThrow().id(), "op", "twice");
    assertThat(queued(5).state()).isEqualTo("rejected");
    assertThat(steps(queued(5)))
        .containsExactly(
            "send -> exporting",
            "fail -> failed",
            "retry -> exporting",
            "fail -> failed",
            "reject -> rejected");
  }

  @Test
  void namesComeFromTheEventAndFromWhatIsKnownOfTheCommitment() {
    stageOne(
        "work_order_contract",
        22,
        """
        {"commitment": {"id": 22, "number": "SC-007", "title": "Concrete", "status": "Approved", "contract_date": "2026-02-31",
          "vendor": {"id": 33, "company": "Béton Frères"}, "project": {"id": 11, "name": "North Tower"}}}
        """,
        11L,
        null,
        33L);
    stageOne(
        "requisition",
        5,
        "{\"invoice_number\": \"INV-9\", \"billing_date\": \"2026-03-04T00:00:00Z\", \"code\":"
            + " \"\"}",
        null,
        22L,
        null);
    stageOne(
        "vendor", 33, "{\"name\": \"Béton Frères\", \"abbreviated_name\": null}", null, null, 33L);
    stageOne("project", 11, "{\"name\": \"North Tower\"}", 11L, null, null);
    stageOne(
        "standard_cost_code", 8, "{\"code\": \"03-100\", \"name\": \"Forms\"}", null, null, null);

    QueueItem commitment = queued("work_order_contract", 22);
    assertThat(commitment.about().number()).isEqualTo("SC-007");
    assertThat(commitment.about().title()).isEqualTo("Concrete");
    assertThat(commitment.about().party()).isEqualTo("Béton Frères");
    assertThat(commitment.about().procoreStatus()).isEqualTo("Approved");
    assertThat(commitment.about().date()).as("31 February is no date").isNull();

    QueueItem invoice = queued("requisition", 5);
    assertThat(invoice.about().number()).isEqualTo("INV-9");
    assertThat(invoice.about().title()).isEqualTo("SC-007 Concrete");
    assertThat(invoice.about().party()).isEqualTo("Béton Frères");
    assertThat(invoice.about().projectName()).isEqualTo("North Tower");
    assertThat(invoice.about().projectId()).isEqualTo(11);
    assertThat(invoice.about().vendorId()).isEqualTo(33);
    assertThat(invoice.about().date()).isEqualTo("2026-03-04");

    assertThat(queued("vendor", 33).about().title()).isEqualTo("Béton Frères");
    assertThat(queued("project", 11).about().projectName()).isEqualTo("North Tower");
    assertThat(queued("standard_cost_code", 8).about().number()).isEqualTo("03-100");
  }

  @Test
  void codesWithTheirTypesAreListedOnlyOnceTheyHaveFailed() {
    stageOne(
        "cost_item", 77, "{\"joined\": \"03-100.L\", \"code_name\": \"Forms\"}", 11L, null, null);
    assertThat(ledger.queueItems().find(NORTH, "cost_item", 77)).isEmpty();

    sql.update(
        "update work_item set state = 'failed', failure_message = 'taken', remedy = 'rename' where"
            + " entity = 'cost_item'");
    assertThat(queued("cost_item", 77).about().number()).isEqualTo("03-100.L");
    assertThat(queued("cost_item", 77).state()).isEqualTo("failed");

    sql.update("update work_item set state = 'staged' where entity = 'cost_item'");
    sql.update("update work_item set state = 'acknowledged' where entity = 'cost_item'");
    assertThat(queued("cost_item", 77).state()).isEqualTo("synced");
  }

  /** Tieback's door: the item that was decided about goes along; none is made a second time. */
  @Test
  void anItemOfOurOwnDoorFollowsWhenItWasAccepted() {
    long id = read(5, "ready_to_export");
    stage(NORTH, 1, 5);
    assertThat(queued(5).state()).as("nobody has accepted it").isEqualTo("ready_to_export");

    sql.update("update queue_item set state = 'exporting'");
    int version = queued(5).version();
    compose();
    assertThat(queued(5).version()).isEqualTo(version);
    assertThat(queued(5).about().number()).as("Procore's number stays").isEqualTo("R-5");
    Batch batch = planNext(50);
    ledger.writeJournal().sending(batch.id(), LEASE);
    ledger.writeOutcomes().known(batch.id(), List.of(written(5)));
    acknowledge();

    QueueItem synced = queued(5);
    assertThat(synced.id()).isEqualTo(id);
    assertThat(synced.state()).isEqualTo("synced");
    assertThat(synced.version()).isGreaterThan(version);
    assertThat(synced.inErp()).isTrue();
    assertThat(sql.queryForObject("select count(*) from queue_item", Integer.class)).isEqualTo(1);
  }

  @Test
  void whatCameBackToTheApproverStaysWithTheApprover() {
    long id = read(5, "ready_to_export");
    stage(NORTH, 1, 5);
    sql.update("update queue_item set state = 'ready_to_export' where id = ?", id);

    sql.update("update work_item set state = 'discarded'");
    assertThat(queued(5).state()).isEqualTo("ready_to_export");
  }

  @Test
  void aConnectionOfOurOwnDoorHasItemsOfOurOwnDoor() {
    ledger.connections().door(NORTH, QueueItem.TIEBACK);
    stage(NORTH, 1, 5);
    assertThat(queued(5).door()).isEqualTo(QueueItem.TIEBACK);
  }

  // ---- parts

  private long read(long record, String state) {
    return ledger
        .queueItems()
        .add(
            List.of(
                new QueueReading(
                    NORTH,
                    "invoice",
                    "requisition",
                    record,
                    null,
                    QueueItemsTest.about("R-" + record))),
            state,
            "node-a")
        .get(0);
  }

  private void stageOne(
      String entity, long id, String event, Long project, Long commitment, Long vendor) {
    long row = read(NORTH, 1000 + id);
    ledger
        .erpRequests()
        .staged(
            List.of(
                new StagedRequest(
                    row,
                    "create",
                    "{}",
                    1,
                    List.of(new StagedRequest.Item(entity, id, event, project, commitment, vendor)),
                    List.of())));
  }

  private void fail(long record, String message, String remedy) {
    WorkItems.Claimed claimed = onlyOne(ledger.workItems().claimForPreparing());
    assertThat(claimed.procoreId()).isEqualTo(record);
    ledger.workItems().fail(claimed.id(), claimed.round(), "prepare", "REFUSED", message, remedy);
  }

  private QueueItem queued(long record) {
    return queued("requisition", record);
  }

  private QueueItem queued(String entity, long record) {
    return ledger.queueItems().find(NORTH, entity, record).orElseThrow();
  }

  private List<String> steps(QueueItem item) {
    return ledger.queueItems().history(item.id()).stream()
        .map(step -> step.action() + " -> " + step.to())
        .toList();
  }
}
