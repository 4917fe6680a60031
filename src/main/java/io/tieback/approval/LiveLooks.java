package io.tieback.approval;

import io.tieback.ledger.QueueItem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps people who look at items from spending the calls of Procore and the ERP: what was composed
 * a moment ago is shown again. What could not be composed is remembered on each node by itself.
 */
final class LiveLooks {

  /** How often an item is composed for people who look at it. */
  static final Duration EVERY = Duration.ofSeconds(30);

  private static final int MOST = 1_000;

  private final Supplier<Instant> now;
  private final Map<Long, Look> looks = new LinkedHashMap<>();

  LiveLooks(Supplier<Instant> now) {
    this.now = now;
  }

  /**
   * One look.
   *
   * @param version of the item
   * @param at when
   * @param refused why nothing came of it, or null
   */
  private record Look(int version, Instant at, Refused refused) {}

  /** Composes an item, or gives it as it is when that was done or tried a moment ago. */
  QueueItem at(QueueItem item, Supplier<QueueItem> compose) {
    Instant edge = now.get().minus(EVERY);
    Look last = last(item.id());
    if (last != null && last.version() == item.version() && last.at().isAfter(edge)) {
      if (last.refused() != null) {
        throw last.refused();
      }
      return item;
    }
    // What was composed before it changed in Procore is forgotten: then it is composed now.
    boolean shown = item.shown().at() != null && item.shown().preview() != null;
    if (shown && item.shown().at().isAfter(edge)) {
      return item;
    }
    // Before the calls go out: who asks meanwhile gets what is there.
    keep(item.id(), new Look(item.version(), now.get(), null));
    try {
      return compose.get();
    } catch (Refused refused) {
      keep(item.id(), new Look(item.version(), now.get(), refused));
      throw refused;
    }
  }

  private synchronized Look last(long id) {
    return looks.get(id);
  }

  private synchronized void keep(long id, Look look) {
    looks.remove(id);
    looks.put(id, look);
    if (looks.size() > MOST) {
      looks.remove(looks.keySet().iterator().next());
    }
  }
}
