package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.erp.ErpItems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the ERP and Procore say of items and cost types, kept for a moment: the hundreds of codes of
 * one project are checked with one reading.
 */
public final class ItemShelf {

  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Clock clock;
  private final Map<ConnectionId, Kept<ErpItems>> items = new ConcurrentHashMap<>();
  private final Map<ConnectionId, Kept<Integer>> types = new ConcurrentHashMap<>();

  /** Wires it. */
  public ItemShelf(Clock clock) {
    this.clock = clock;
  }

  private record Kept<T>(Instant until, T value) {}

  /** The ERP's items: one call, for all who ask within ten seconds. */
  ErpItems items(ConnectionRoom room) {
    return keep(items, room.id(), room.erp()::items);
  }

  /** Characters of the longest code of a cost type, 0 while there is no project to ask about. */
  int longestType(ConnectionRoom room) {
    return keep(
        types,
        room.id(),
        () ->
            room.client().directory().projects().stream()
                .map(project -> project.path("id").longValue())
                .findFirst()
                .map(
                    project ->
                        room.client().directory().costTypes(project).stream()
                            .mapToInt(type -> type.path("code").asText("").length())
                            .max()
                            .orElse(0))
                .orElse(0));
  }

  /** Items were written: what is kept is no longer so. */
  void changed(ConnectionRoom room) {
    items.remove(room.id());
  }

  private <T> T keep(Map<ConnectionId, Kept<T>> kept, ConnectionId key, Supplier<T> read) {
    return kept.compute(
            key,
            (id, present) ->
                present != null && clock.instant().isBefore(present.until())
                    ? present
                    : new Kept<>(clock.instant().plus(KEPT), read.get()))
        .value();
  }
}
