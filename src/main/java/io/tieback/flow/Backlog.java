package io.tieback.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Works a backlog off without waiting for the next tick of its route. The route gets its say now
 * and then, so that a stop does not wait for the whole backlog.
 */
final class Backlog {

  private static final Duration ONE_TURN = Duration.ofSeconds(2);

  private Backlog() {}

  /**
   * Repeats the step as long as it finds something to do, for one turn; the step runs at least
   * once.
   */
  static void workOff(Clock clock, BooleanSupplier step) {
    Instant until = clock.instant().plus(ONE_TURN);
    boolean found = step.getAsBoolean();
    while (found && clock.instant().isBefore(until)) {
      found = step.getAsBoolean();
    }
  }
}
