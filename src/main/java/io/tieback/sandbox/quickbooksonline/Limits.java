package io.tieback.sandbox.quickbooksonline;

import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Throttling (reference section 10): fixed windows by realm, and by realm and app for bursts and
 * batches; a refused call is not counted. There is no Retry-After.
 */
final class Limits {
  private static final long MINUTE_MILLIS = 60_000;
  private static final long SECOND_MILLIS = 1_000;

  /** A fixed window. */
  private static final class Window {
    private long number = -1;
    private int used;

    boolean isUsedUp(Instant now, long length, int limit) {
      long current = Math.floorDiv(now.toEpochMilli(), length);
      if (current != number) {
        number = current;
        used = 0;
      }
      return limit > 0 && used >= limit;
    }
  }

  private final Switches switches;
  private final Map<String, Window> windows = new HashMap<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final Map<Long, String> counted = new HashMap<>();
  private final Set<Long> tooMany = new HashSet<>();

  Limits(Switches switches) {
    this.switches = switches;
  }

  void clear() {
    windows.clear();
  }

  /** A call for a realm begins. */
  void arrived(long ordinal, String realmId) {
    int limit = switches.number("concurrentCalls");
    int now = inFlight.getOrDefault(realmId, 0);
    if (limit > 0 && now >= limit) {
      tooMany.add(ordinal);
    } else {
      inFlight.put(realmId, now + 1);
      counted.put(ordinal, realmId);
    }
  }

  /** The call is over. */
  void left(long ordinal) {
    tooMany.remove(ordinal);
    String realmId = counted.remove(ordinal);
    if (realmId != null) {
      inFlight.computeIfPresent(realmId, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * Charges one call.
   *
   * @throws Refusal 429 with 003001
   */
  void charge(long ordinal, String app, String realmId, boolean batch, Instant now) {
    Window minute = window("minute " + realmId);
    Window second = window("second " + realmId + " " + app);
    Window batches = window("batch " + realmId + " " + app);
    if (tooMany.contains(ordinal)
        || minute.isUsedUp(now, MINUTE_MILLIS, switches.number("callsPerMinute"))
        || second.isUsedUp(now, SECOND_MILLIS, switches.number("callsPerSecond"))
        || (batch && batches.isUsedUp(now, MINUTE_MILLIS, switches.number("batchesPerMinute")))) {
      throw Refusal.throttled();
    }
    minute.used++;
    second.used++;
    if (batch) {
      batches.used++;
    }
  }

  private Window window(String key) {
    return windows.computeIfAbsent(key, same -> new Window());
  }
}
