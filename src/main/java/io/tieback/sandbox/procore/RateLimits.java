package io.tieback.sandbox.procore;

import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two fixed windows, 60 minutes and 10 seconds, for each app and company. The one header set
 * describes whichever window is nearer to exhaustion.
 */
final class RateLimits {
  private static final long HOUR = 3600;
  private static final long SPIKE = 10;

  private static final class Window {
    long end;
    int used;

    void roll(long now, long length) {
      if (now >= end || now < end - length) {
        end = now - Math.floorMod(now, length) + length;
        used = 0;
      }
    }
  }

  private record Pair(Window hour, Window spike) {}

  private final Clock clock;
  private final Switches switches;
  private final Map<String, Pair> pairs = new HashMap<>();

  RateLimits(Clock clock, Switches switches) {
    this.clock = clock;
    this.switches = switches;
  }

  void clear() {
    pairs.clear();
  }

  private Pair pair(String who) {
    Pair pair = pairs.computeIfAbsent(who, key -> new Pair(new Window(), new Window()));
    long now = clock.instant().getEpochSecond();
    pair.hour().roll(now, HOUR);
    pair.spike().roll(now, SPIKE);
    return pair;
  }

  /** Counts a call; 429 when a window is used up. A refused call is not counted. */
  void count(String who) {
    if (!switches.flag("rateLimitsOn")) {
      return;
    }
    Pair pair = pair(who);
    if (pair.hour().used >= switches.number("hourlyLimit")
        || pair.spike().used >= switches.number("spikeLimit")) {
      Answer answer =
          Answer.json(
              429,
              Json.object()
                  .put(
                      "message",
                      "You have surpassed the max number of requests for your rate limit window."));
      if (switches.flag("retryAfterOn429")) {
        long reset = Long.parseLong(headers(who).get("X-Rate-Limit-Reset"));
        answer =
            answer.with(
                "Retry-After",
                Long.toString(Math.max(1, reset - clock.instant().getEpochSecond())));
      }
      throw new Refusal(answer);
    }
    pair.hour().used++;
    pair.spike().used++;
  }

  /** The headers of the window with the smaller share left. */
  Map<String, String> headers(String who) {
    Pair pair = pair(who);
    long hourLimit = switches.number("hourlyLimit");
    long spikeLimit = switches.number("spikeLimit");
    long hourLeft = Math.max(0, hourLimit - pair.hour().used);
    long spikeLeft = Math.max(0, spikeLimit - pair.spike().used);
    // hourLeft/hourLimit < spikeLeft/spikeLimit, without dividing; both used up: the later reset
    // counts.
    boolean hour =
        hourLeft == 0 || (spikeLeft > 0 && hourLeft * spikeLimit < spikeLeft * hourLimit);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Rate-Limit-Limit", Long.toString(hour ? hourLimit : spikeLimit));
    headers.put("X-Rate-Limit-Remaining", Long.toString(hour ? hourLeft : spikeLeft));
    headers.put("X-Rate-Limit-Reset", Long.toString(hour ? pair.hour().end : pair.spike().end));
    return headers;
  }
}
