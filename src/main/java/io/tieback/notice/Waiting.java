package io.tieback.notice;

import io.tieback.approval.QueueState;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.ItemSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * What waits for one person, by connection and state: counted and added up whole, with only the
 * oldest kept to be named, however many there are.
 */
final class Waiting {

  /** So many of a list are named in a mail; the rest is counted. */
  static final int MOST_NAMED = 25;

  private final Map<String, Map<QueueState, Pile>> connections = new TreeMap<>();
  private long toDecide;

  /** Items of one connection and state. */
  static final class Pile {
    private final PriorityQueue<ItemSummary> oldest =
        new PriorityQueue<>(
            Comparator.comparing(ItemSummary::stateSince)
                .thenComparing(ItemSummary::id)
                .reversed());
    private final Map<String, Money> sums = new TreeMap<>();
    private long count;

    private void add(ItemSummary item) {
      count++;
      if (item.amount() != null) {
        sums.merge(item.currency() == null ? "" : item.currency(), item.amount(), Money::plus);
      }
      oldest.add(item);
      if (oldest.size() > MOST_NAMED) {
        oldest.poll();
      }
    }

    long count() {
      return count;
    }

    /** Sums by currency; blank when the records do not say which. */
    Map<String, Money> sums() {
      return sums;
    }

    /** The oldest, oldest first. */
    List<ItemSummary> named() {
      return oldest.stream()
          .sorted(Comparator.comparing(ItemSummary::stateSince).thenComparing(ItemSummary::id))
          .toList();
    }

    Instant since() {
      return named().get(0).stateSince();
    }
  }

  void add(ItemSummary item) {
    QueueState state = QueueState.of(item.state());
    connections
        .computeIfAbsent(item.connection().value(), c -> new TreeMap<>())
        .computeIfAbsent(state, s -> new Pile())
        .add(item);
    if (state == QueueState.READY_TO_EXPORT || state == QueueState.READY_TO_UPDATE) {
      toDecide++;
    }
  }

  /** Whether a decision waits; what failed or could be imported is mentioned only beside one. */
  boolean somethingToDecide() {
    return toDecide > 0;
  }

  long toDecide() {
    return toDecide;
  }

  List<ConnectionId> connections() {
    return connections.keySet().stream().map(ConnectionId::new).toList();
  }

  /** By state, in the order of the states. */
  Map<QueueState, Pile> piles(ConnectionId connection) {
    return connections.get(connection.value());
  }
}
