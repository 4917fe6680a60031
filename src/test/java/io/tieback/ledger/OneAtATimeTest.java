package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Documents that change the same thing in the ERP go one after the other, whatever node plans. */
class OneAtATimeTest extends LedgerTest {

  private static final String ORDER = "order 1";

  private void changesOf(String order, long... records) {
    for (long record : records) {
      ledger.workItems().oneAtATime(item(record).id(), order);
    }
  }

  private static Optional<WriteJournal.Plan> plan(Ledger node) {
    return node.writeJournal().plan(NORTH, WorkItem.REQUISITION, 1, LEASE);
  }

  private static List<Long> records(Optional<WriteJournal.Plan> plan) {
    return plan.stream()
        .flatMap(one -> one.documents().stream())
        .map(WriteJournal.Document::procoreId)
        .toList();
  }

  @Test
  @DisplayName("XR-CCO-11: a second change of an order waits until nothing is unknown of the first")
  void theNextWaitsForTheOutcome() {
    stage(NORTH, 1, 1, 2, 3);
    changesOf(ORDER, 1, 2);
    changesOf("order 2", 3);
    compose();
    WriteJournal.Plan first = plan(ledger).orElseThrow();
    assertThat(records(Optional.of(first))).containsExactly(1L);
    assertThat(records(plan(other))).as("another order is not held up").containsExactly(3L);
    assertThat(plan(other)).as("claimed").isEmpty();
    ledger.writeJournal().planned(first, "k1", new byte[] {1}, LEASE);
    assertThat(plan(other)).as("planned").isEmpty();
    ledger.writeJournal().sending(first.batch(), LEASE);
    assertThat(plan(other)).as("sent").isEmpty();
    ledger
        .writeOutcomes()
        .undetermined(first.batch(), 0, "UNKNOWN", "lost", clock.instant().plus(LEASE));
    assertThat(plan(other)).as("unknown").isEmpty();
    ledger.writeOutcomes().known(first.batch(), List.of(written(1)));
    assertThat(records(plan(other))).containsExactly(2L);
  }

  @Test
  @DisplayName("XR-CCO-11: two nodes never plan two changes of one order at the same time")
  void twoNodesTogether() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 25; round++) {
        emptyLedger();
        stage(NORTH, 1, 1, 2);
        changesOf(ORDER, 1, 2);
        compose();
        List<Future<List<Long>>> nodes = new ArrayList<>();
        for (Ledger node : List.of(ledger, other)) {
          nodes.add(pool.submit(() -> records(plan(node))));
        }
        List<Long> planned = new ArrayList<>(nodes.get(0).get());
        planned.addAll(nodes.get(1).get());
        assertThat(planned).containsExactly(1L);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
