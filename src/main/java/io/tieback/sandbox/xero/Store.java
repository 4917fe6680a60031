package io.tieback.sandbox.xero;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Records by id, and in the order of Xero's lists: UpdatedDateUTC, then id. */
final class Store<T extends Stored> {
  private record Place(Instant updated, String id) {}

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::updated).thenComparing(Place::id);

  private final Map<String, T> byId = new HashMap<>();
  private final NavigableMap<Place, T> ordered = new TreeMap<>(ORDER);

  /** The record or null. */
  T get(String id) {
    return id == null ? null : byId.get(id);
  }

  /** Adds the record, replaces the one with its id, or moves it to its new time of change. */
  void put(T value, Instant now) {
    T before = byId.put(value.id, value);
    if (before != null) {
      ordered.remove(new Place(before.updated(), before.id));
    }
    value.updated(now);
    ordered.put(new Place(now, value.id), value);
  }

  void remove(T value) {
    byId.remove(value.id);
    ordered.remove(new Place(value.updated(), value.id));
  }

  /** All in order. */
  Collection<T> all() {
    return ordered.values();
  }

  /** Those changed at or after the time, in order. */
  Collection<T> since(Instant time) {
    return time == null ? ordered.values() : ordered.tailMap(new Place(time, ""), true).values();
  }
}
