package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections, nodes and mails. */
class ConnectionsTest extends LedgerTest {

  @Test
  void twoConnectionsOfTheSamePairAreRefusedBecauseTheyWouldWriteEveryBillTwice() {
    assertThatThrownBy(
            () ->
                ledger.connections().register(new ConnectionId("south"), 4711, "xero", "tenant-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
    ledger.connections().register(new ConnectionId("south"), 4711, "xero", "tenant-2");
    assertThat(ledger.connections().all())
        .extracting(c -> c.name().value())
        .containsExactly("north", "south");
  }

  @Test
  void aConnectionCannotBeTurnedToOtherCompanies() {
    assertThatThrownBy(() -> ledger.connections().register(NORTH, 4711, "xero", "tenant-9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenant-1");
    assertThatThrownBy(() -> ledger.connections().register(NORTH, 4712, "xero", "tenant-1"))
        .isInstanceOf(IllegalArgumentException.class);
    ledger.connections().register(NORTH, 4711, "xero", null);
    assertThat(ledger.connections().get(NORTH).orElseThrow().erpTenant()).isEqualTo("tenant-1");
  }

  @Test
  void registeringAgainKeepsPauseAndSchedule() {
    ledger.connections().pause(NORTH, "sign-in expired");
    ledger.connections().paymentSchedule(NORTH, "Every 2 Hours", "Ann");
    ledger.connections().register(NORTH, 4711, "xero", "tenant-1");
    Connections.Connection north = ledger.connections().get(NORTH).orElseThrow();
    assertThat(north.pauseReason()).isEqualTo("sign-in expired");
    assertThat(north.pausedAt()).isEqualTo(clock.instant());
    assertThat(north.paymentSchedule()).isEqualTo("Every 2 Hours");
    assertThat(ledger.connections().pause(NORTH, "another reason"))
        .as("keeps its first reason")
        .isFalse();
  }

  @Test
  @DisplayName("GEN-SCH-01: the schedule takes its five values and no other")
  void theScheduleTakesTheFiveValuesOfGenSch01AndNoOther() {
    for (String value : List.of("Hourly", "Every 2 Hours", "Every 4 Hours", "Daily", "Never")) {
      ledger.connections().paymentSchedule(NORTH, value, "Ann");
      assertThat(ledger.connections().get(NORTH).orElseThrow().paymentSchedule()).isEqualTo(value);
    }
    assertThatThrownBy(() -> ledger.connections().paymentSchedule(NORTH, "Weekly", "Ann"))
        .hasMessageContaining("GEN-SCH-01");
    assertThat(ledger.audit().newest(10))
        .as("every change, and the first value is no change")
        .hasSize(4);
  }

  @Test
  void oneNodeTakesTheReadingThatIsDue() {
    assertThat(ledger.connections().claimPaymentReading(NORTH, null)).isTrue();
    assertThat(other.connections().claimPaymentReading(NORTH, null)).isFalse();
    assertThat(
            other
                .connections()
                .claimPaymentReading(
                    NORTH, ledger.connections().get(NORTH).orElseThrow().paymentsReadAt()))
        .isTrue();
  }

  @Test
  void aNodeThatFallsSilentIsSeenAndOneThatEndedIsNot() {
    ledger.nodes().started();
    other.nodes().started();
    clock.advance(Duration.ofSeconds(30));
    other.nodes().alive();
    assertThat(ledger.nodes().gone(Duration.ofSeconds(20)))
        .extracting(Nodes.Node::name)
        .containsExactly("node-a");
    ledger.nodes().stopped();
    assertThat(ledger.nodes().gone(Duration.ofSeconds(20))).isEmpty();
  }

  @Test
  void aNodeThatEndsHandsBackWhatItHoldsAndNothingElse() {
    stage(NORTH, 1, 1);
    stage(NORTH, 2, 2);
    compose();
    Batch mine = planNext(1);
    assertThat(other.writeJournal().plan(NORTH, WorkItem.REQUISITION, 1, LEASE)).isPresent();
    ledger.nodes().stopped();
    assertThat(onlyOne(other.writeJournal().claimPlanned(NORTH, 10, LEASE)).id())
        .isEqualTo(mine.id());
    assertThat(ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 1, LEASE)).isEmpty();
  }

  @Test
  void aMailIsStoredOnceSentOnceAndTriedAgainWhenTheServerIsDown() {
    Mail mail =
        new Mail(
            NORTH,
            "failure",
            "ann@example.com",
            null,
            "en",
            "Bill 5 failed",
            "text",
            "<p>text</p>",
            "letter-1");
    assertThat(ledger.notices().add(mail)).isTrue();
    assertThat(ledger.notices().add(mail)).isFalse();
    Notices.Notice notice = onlyOne(ledger.notices().claim());
    assertThat(notice.recipients()).containsExactly("ann@example.com");
    assertThat(other.notices().claim()).isEmpty();
    ledger.notices().retryAt(notice.id(), "connection refused", clock.instant().plusSeconds(60));
    assertThat(ledger.notices().claim()).isEmpty();
    clock.advance(Duration.ofSeconds(60));
    assertThat(onlyOne(other.notices().claim()).attempts()).isEqualTo(1);
    other.notices().sent(notice.id());
    clock.advance(Duration.ofDays(1));
    assertThat(ledger.notices().claim()).isEmpty();
    assertThat(ledger.notices().waiting()).isZero();
    for (String nobody :
        new String[] {null, "", "ann", "a@b.example, c@d.example", "a@b\r\nBcc:c@d.e"}) {
      assertThatThrownBy(() -> new Mail(NORTH, "failure", nobody, null, "en", "s", "b", null, null))
          .hasMessageContaining("is no mail address");
    }
    assertThatThrownBy(
            () ->
                new Mail(
                    NORTH,
                    "failure",
                    "a@b.example",
                    null,
                    "en",
                    "s\r\nBcc: c@d.e",
                    "b",
                    null,
                    null))
        .hasMessageContaining("is not one line");
  }
}
