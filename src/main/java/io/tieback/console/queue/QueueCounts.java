package io.tieback.console.queue;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.QueueItems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many items there are of each kind and state, and which projects. The navigation of every page
 * asks for it several times over, so it is kept for a moment; a deed done here forgets it.
 */
final class QueueCounts {

  private static final Duration COUNTS_KEPT = Duration.ofSeconds(3);
  private static final Duration PROJECTS_KEPT = Duration.ofSeconds(60);

  private final Kept<QueueItems.Count> counts;
  private final Kept<QueueItems.Project> projects;

  QueueCounts(QueueItems items, Clock clock) {
    counts = new Kept<>(items::counts, COUNTS_KEPT, clock);
    projects = new Kept<>(items::projects, PROJECTS_KEPT, clock);
  }

  /** A list with the moment at which it was read. Whoever comes while it is read waits for it. */
  private static final class Kept<T> {
    private final Supplier<List<T>> source;
    private final Duration kept;
    private final Clock clock;
    private List<T> values = List.of();
    private Instant until = Instant.MIN;

    Kept(Supplier<List<T>> source, Duration kept, Clock clock) {
      this.source = source;
      this.kept = kept;
      this.clock = clock;
    }

    synchronized List<T> get() {
      Instant now = clock.instant();
      if (!now.isBefore(until)) {
        values = List.copyOf(source.get());
        until = now.plus(kept);
      }
      return values;
    }

    synchronized void forget() {
      until = Instant.MIN;
    }
  }

  /** How many a list has. */
  long of(QueueView view, Optional<ConnectionId> connection) {
    return all().stream()
        .filter(view::shows)
        .filter(one -> connection.isEmpty() || connection.get().equals(one.connection()))
        .mapToLong(QueueItems.Count::items)
        .sum();
  }

  /** Every count. */
  List<QueueItems.Count> all() {
    return counts.get();
  }

  /** The projects of a connection, or of all. */
  List<QueueItems.Project> projects(Optional<ConnectionId> connection) {
    return projects.get().stream()
        .filter(one -> connection.isEmpty() || connection.get().equals(one.connection()))
        .toList();
  }

  /** Something was done: count again. */
  void forget() {
    counts.forget();
  }
}
