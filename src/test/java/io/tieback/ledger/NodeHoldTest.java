package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The name of a living node is its own. */
class NodeHoldTest extends LedgerTest {

  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration SOME_SECONDS = Duration.ofSeconds(10);

  private NodeHold hold(Ledger node, Duration patience) {
    return node.nodes().hold(DATABASE.getTestDatabase(), patience);
  }

  private void killConnectionOfTheName() {
    sql.queryForList(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid ="
            + " 1 and database = (select oid from pg_database where datname = current_database())");
  }

  @Test
  void aSecondProcessOfTheSameNameIsRefusedInOneLineThatSaysWhatToDo() {
    try (NodeHold first = hold(ledger, AT_ONCE)) {
      assertThatThrownBy(() -> hold(ledger, AT_ONCE))
          .isInstanceOf(NodeHold.NameTaken.class)
          .hasMessageContaining("'node-a'")
          .hasMessageContaining("node.name")
          .hasMessageContaining("connected from")
          .message()
          .doesNotContain("\n");
      assertThat(first.stillHeld()).isTrue();
    }
  }

  @Test
  void nodesOfDifferentNamesLiveTogetherAndANameIsFreeWhenItsHolderEnded() {
    try (NodeHold first = hold(ledger, AT_ONCE);
        NodeHold second = hold(other, AT_ONCE)) {
      assertThat(first.stillHeld()).isTrue();
      assertThat(second.stillHeld()).isTrue();
    }
    hold(ledger, AT_ONCE).close();
  }

  @Test
  void aStartWaitsForTheServerToNoticeThatTheLastHolderWasKilled() {
    NodeHold killed = hold(ledger, AT_ONCE);
    Thread notices =
        new Thread(
            () -> {
              await().pollDelay(Duration.ofMillis(600)).until(() -> true);
              killConnectionOfTheName();
            });
    notices.start();
    hold(ledger, SOME_SECONDS).close();
    killed.close();
  }

  @Test
  void aNameWhoseConnectionBrokeIsTakenAgain() {
    try (NodeHold first = hold(ledger, AT_ONCE)) {
      killConnectionOfTheName();
      await().atMost(SOME_SECONDS).until(first::stillHeld);
      assertThatThrownBy(() -> hold(ledger, AT_ONCE)).isInstanceOf(NodeHold.NameTaken.class);
    }
  }

  @Test
  void aProcessWhoseNameAnotherTookMeanwhileFindsOut() {
    try (NodeHold first = hold(ledger, AT_ONCE)) {
      killConnectionOfTheName();
      try (NodeHold second = hold(ledger, SOME_SECONDS)) {
        assertThat(first.stillHeld()).isFalse();
        assertThat(second.stillHeld()).isTrue();
      }
    }
  }
}
