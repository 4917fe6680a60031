package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How things stand, and the way of a record as one list. */
class OverviewTest extends LedgerTest {

  @Test
  void figuresOfAllThatWaitsAndOfTheLastTwoDays() {
    known(5, 5);
    stage(NORTH, 6, 6);
    ledger
        .workItems()
        .fail(item(6).id(), 1, "prepare-subcontractor-invoice", "REFUSED", "no vendor", "Link it.");
    ledger
        .budgets()
        .configure(
            NORTH,
            "xero",
            List.of(new Budgets.Window("day", Duration.ofDays(1), 5_000, false, 500)),
            0);
    ledger.budgets().take(NORTH, "xero", 3);
    ledger.budgets().blockedUntil(NORTH, "xero", clock.instant().plusSeconds(60), "429");
    ledger
        .credentials()
        .exclusively(
            NORTH,
            "xero",
            none -> Credentials.Sealed.of(new byte[] {1}, clock.instant().plusSeconds(1800)));
    ledger
        .notices()
        .add(new Mail(NORTH, "failure", "ann@example.com", null, "en", "s", "b", null, null));
    ledger.nodes().started();
    queueItem(6, "failed");

    Overview now = ledger.overview(NORTH);

    assertThat(now.hours()).hasSize(48);
    Overview.Hour last = now.hours().get(47);
    assertThat(last.begins()).isEqualTo(clock.instant().truncatedTo(ChronoUnit.HOURS));
    assertThat(last.written()).isEqualTo(1);
    assertThat(last.failed()).isEqualTo(1);
    assertThat(now.hours().subList(0, 47)).allMatch(hour -> hour.written() == 0);
    assertThat(now.failures())
        .singleElement()
        .satisfies(failed -> assertThat(failed.kind()).isEqualTo("REFUSED"));
    assertThat(now.waiting())
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.state()).isEqualTo("failed");
              assertThat(waiting.oldest()).isEqualTo(clock.instant().minusSeconds(90));
            });
    assertThat(now.work()).extracting(Overview.Work::state).contains(ItemState.FAILED);
    assertThat(now.budgets())
        .singleElement()
        .satisfies(
            budget -> {
              assertThat(budget.left()).isEqualTo(4_997);
              assertThat(budget.kept()).isEqualTo(500);
              assertThat(budget.blockedReason()).isEqualTo("429");
            });
    assertThat(now.signIns())
        .singleElement()
        .satisfies(
            signIn -> {
              assertThat(signIn.present()).isTrue();
              assertThat(signIn.renewedAt()).isEqualTo(clock.instant());
            });
    assertThat(now.mails()).singleElement().extracting(Overview.Mails::waiting).isEqualTo(1L);
    assertThat(now.nodes()).extracting(Nodes.Node::name).contains("node-a");
    assertThat(now.requests())
        .singleElement()
        .satisfies(requests -> assertThat(requests.open() + requests.ready()).isPositive());
    assertThat(now.connections())
        .singleElement()
        .satisfies(c -> assertThat(c.webhookAt()).isEqualTo(clock.instant()));

    assertThat(ledger.overview(null).failures()).hasSize(1);
    Overview south = ledger.overview(new ConnectionId("south"));
    assertThat(south.failures()).isEmpty();
    assertThat(south.connections()).isEmpty();
    assertThat(south.hours()).hasSize(48).allMatch(hour -> hour.written() + hour.failed() == 0);
  }

  @Test
  void hoursThatAreOverAreCountedOnceAndShowTheSame() {
    known(5, 5);
    clock.advance(Duration.ofHours(3));
    known(6, 6, 7);
    List<Overview.Hour> before = ledger.overview(NORTH).hours();
    assertThat(ledger.hourFigures().count()).isEqualTo(48);
    assertThat(other.hourFigures().count()).isZero();
    assertThat(ledger.overview(NORTH).hours()).isEqualTo(before);
    assertThat(before.get(44).written()).isEqualTo(1);
    assertThat(before.get(47).written()).isEqualTo(2);
    // The hour that goes on is not counted yet; once it is over, what came meanwhile is in it.
    known(8, 8);
    clock.advance(Duration.ofMinutes(62));
    assertThat(ledger.hourFigures().count()).as("the hour before; a moment of grace").isEqualTo(1);
    clock.advance(Duration.ofMinutes(4));
    assertThat(ledger.hourFigures().count()).isEqualTo(1);
    sql.update("delete from work_item_history");
    assertThat(ledger.overview(null).hours().get(46).written()).isEqualTo(3);
    assertThat(ledger.overview(null).hours().get(43).written()).isEqualTo(1);
    clock.advance(Duration.ofDays(5));
    assertThat(ledger.hourFigures().count()).isEqualTo(48);
    assertThat(ledger.overview(NORTH).hours()).hasSize(48).allMatch(hour -> hour.written() == 0);
  }

  @Test
  void theWayOfARecordJoinsAllJournalsInOrder() {
    known(5, 5);
    long work = item(5).id();
    long queue = queueItem(5, "exporting");
    sql.update(
        "insert into queue_move (queue_item_id, round, action, from_state, to_state, at, who,"
            + " reason) values (?, 1, 'accept', 'ready_to_export', 'exporting', ?, 'Ann', null)",
        queue,
        java.sql.Timestamp.from(clock.instant()));
    List<TimelineEntry> way = ledger.timeline(work);
    assertThat(way).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(way)
        .extracting(entry -> entry.source() + " " + entry.what())
        .contains(
            "REQUEST received",
            "QUEUE accept",
            "STATE staged",
            "STATE composed",
            "WRITE planned",
            "WRITE sent",
            "WRITE known",
            "STATE known");
    assertThat(ledger.timelineOfQueueItem(queue)).isEqualTo(way);
    assertThat(ledger.timeline(4711)).isEmpty();
  }

  private long queueItem(long procoreId, String state) {
    return sql.queryForObject(
        """
        insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, changed_at, work_item_id)
        values ('north', 'tieback', 'invoice', 'requisition', ?, ?, ?, now(), ?)
        on conflict (connection, entity, procore_id) where procore_id is not null do update
          set state = excluded.state, state_since = excluded.state_since, work_item_id = excluded.work_item_id
        returning id
        """,
        Long.class,
        procoreId,
        state,
        java.sql.Timestamp.from(clock.instant().minusSeconds(90)),
        item(procoreId).id());
  }
}
