package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rate limits (reference section 3.1): fixed windows that begin at another moment for each app and
 * tenant; every answer tells what remains; a refused call is not counted. Limits are charged before
 * idempotency, so replays count.
 */
final class Limits {
  private static final long MINUTE = 60;
  private static final long DAY = 86_400;

  /** A fixed window. */
  private static final class Window {
    private final long length;
    private final long shift;
    private long number = -1;
    private int used;

    Window(long length, String key) {
      this.length = length;
      this.shift = Math.floorMod((long) key.hashCode(), length);
    }

    int used(Instant now) {
      long current = Math.floorDiv(now.getEpochSecond() + shift, length);
      if (current != number) {
        number = current;
        used = 0;
      }
      return used;
    }

    long secondsLeft(Instant now) {
      return length - Math.floorMod(now.getEpochSecond() + shift, length);
    }
  }

  private final Switches switches;
  private final Map<String, Window> minutes = new HashMap<>();
  private final Map<String, Window> days = new HashMap<>();
  private final Map<String, Window> apps = new HashMap<>();
  private final Map<String, Integer> inFlight = new HashMap<>();
  private final Map<Long, String> countedAt = new HashMap<>();
  private final Set<Long> tooMany = new HashSet<>();

  Limits(Switches switches) {
    this.switches = switches;
  }

  void clear() {
    minutes.clear();
    days.clear();
    apps.clear();
  }

  /** A call begins for an app and tenant. */
  void arrived(long ordinal, String key) {
    int limit = switches.number("concurrentCalls");
    int now = inFlight.getOrDefault(key, 0);
    if (limit > 0 && now >= limit) {
      tooMany.add(ordinal);
    } else {
      inFlight.put(key, now + 1);
      countedAt.put(ordinal, key);
    }
  }

  /** The call is over. */
  void left(long ordinal) {
    tooMany.remove(ordinal);
    String key = countedAt.remove(ordinal);
    if (key != null) {
      inFlight.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /**
   * Charges one call.
   *
   * @return headers for its answer
   * @throws Refusal 429 without body
   */
  Map<String, String> charge(long ordinal, String app, String tenant, Instant now) {
    String key = app + " " + tenant;
    Window minute = minutes.computeIfAbsent(key, same -> new Window(MINUTE, key));
    Window day = days.computeIfAbsent(key, same -> new Window(DAY, "day " + key));
    Window all = apps.computeIfAbsent(app, same -> new Window(MINUTE, "app " + app));
    Map<String, String> headers = new LinkedHashMap<>();
    if (tooMany.contains(ordinal)) {
      remaining(headers, minute, day, all, now);
      throw refused(headers, "concurrent", 0);
    }
    if (isUsedUp(day, "callsPerDay", now)) {
      remaining(headers, minute, day, all, now);
      throw refused(headers, "day", day.secondsLeft(now));
    }
    if (isUsedUp(minute, "callsPerMinute", now)) {
      remaining(headers, minute, day, all, now);
      throw refused(headers, "minute", minute.secondsLeft(now));
    }
    if (isUsedUp(all, "appCallsPerMinute", now)) {
      remaining(headers, minute, day, all, now);
      throw refused(headers, "appminute", all.secondsLeft(now));
    }
    minute.used++;
    day.used++;
    all.used++;
    remaining(headers, minute, day, all, now);
    return headers;
  }

  private boolean isUsedUp(Window window, String limit, Instant now) {
    return window.used(now) >= limit(limit);
  }

  private int limit(String name) {
    int limit = switches.number(name);
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  private void remaining(
      Map<String, String> headers, Window minute, Window day, Window all, Instant now) {
    headers.put(
        "X-DayLimit-Remaining",
        Integer.toString(Math.max(0, limit("callsPerDay") - day.used(now))));
    headers.put(
        "X-MinLimit-Remaining",
        Integer.toString(Math.max(0, limit("callsPerMinute") - minute.used(now))));
    headers.put(
        "X-AppMinLimit-Remaining",
        Integer.toString(Math.max(0, limit("appCallsPerMinute") - all.used(now))));
  }

  private static Refusal refused(
      Map<String, String> headers, String problem, long retryAfterSeconds) {
    Answer answer = Answer.empty(429).with(headers).with("X-Rate-Limit-Problem", problem);
    return new Refusal(
        retryAfterSeconds > 0
            ? answer.with("Retry-After", Long.toString(retryAfterSeconds))
            : answer);
  }
}
