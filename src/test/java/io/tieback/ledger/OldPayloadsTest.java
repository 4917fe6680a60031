package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is let go after a while, and what never is. */
class OldPayloadsTest extends LedgerTest {

  private static final Duration KEEP = Duration.ofDays(400);

  @Test
  @DisplayName(
      "payloads of finished records go after the time; the record, its key, digest and history"
          + " stay, and it is not written again")
  void letsGoOfFinishedOnes() {
    known(1, 101);
    acknowledge();
    ledger
        .notices()
        .add(new Mail(NORTH, "dead_letter", "a@b.example", null, "en", "s", "text", null, null));
    sql.update("update notice set state = 'sent', sent_at = ?", at());
    clock.advance(KEEP.minusDays(1));
    assertThat(ledger.oldPayloads().letGo(KEEP)).isZero();

    clock.advance(Duration.ofDays(2));
    assertThat(ledger.oldPayloads().letGo(KEEP)).isEqualTo(3);

    assertThat(bytes()).isZero();
    assertThat(texts()).isZero();
    assertThat(item(101).erpId()).isEqualTo("bill-101");
    assertThat(item(101).digest()).isEqualTo("digest-101");
    assertThat(way(101)).hasSizeGreaterThan(4);
    assertThat(ledger.oldPayloads().letGo(KEEP)).as("nothing is left to let go").isZero();

    stage(NORTH, 2, 101);
    assertThat(state(101)).isEqualTo(ItemState.KNOWN);
    assertThat(ledger.workItems().claimForPreparing()).isEmpty();
  }

  @Test
  @DisplayName("what is not finished keeps its bytes, however old it is")
  void keepsUnfinishedOnes() {
    sent(1, 101);
    clock.advance(KEEP.plusDays(1));
    assertThat(ledger.oldPayloads().letGo(KEEP)).isZero();
    assertThat(bytes()).isEqualTo(1);
    assertThat(texts()).isEqualTo(1);
  }

  private java.sql.Timestamp at() {
    return java.sql.Timestamp.from(clock.instant());
  }

  private long bytes() {
    return count("select count(*) from write_batch where length(body) > 0");
  }

  private long texts() {
    return count("select count(*) from erp_request where body is not null");
  }

  private long count(String query) {
    return sql.queryForObject(query, Long.class);
  }
}
