package io.tieback.wire;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before the next attempt, for storing: it doubles with each attempt up to a longest
 * pause, and a random part of up to half of it is left out, so that what failed together does not
 * come back together.
 */
public final class Backoff {

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  /**
   * @param first pause after the first failed attempt, above zero
   * @param longest longest pause, not below the first
   * @param random where chance comes from; seeded in tests
   */
  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses between attempts: first "
              + first
              + " must be above zero and longest "
              + longest
              + " not below it");
    }
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * The pause after a failed attempt: between half of the doubled pause and all of it.
   *
   * @param attempt how many attempts have failed, 1 or more
   */
  public Duration after(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("failed attempts must be 1 or more, not " + attempt);
    }
    Duration pause = first;
    for (int i = 1; i < attempt && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return jittered(pause.compareTo(longest) > 0 ? longest : pause);
  }

  /** The pause after a failed attempt, never shorter than what the service asked for. */
  public Duration after(int attempt, Duration asked) {
    Duration own = after(attempt);
    // What was asked for is met in full; chance only adds.
    Duration told = asked.plus(Duration.ofMillis(random.nextLong(Math.max(1, first.toMillis()))));
    return told.compareTo(own) > 0 ? told : own;
  }

  private Duration jittered(Duration pause) {
    long millis = pause.toMillis();
    long half = millis / 2;
    return Duration.ofMillis(millis - half + random.nextLong(half + 1));
  }
}
