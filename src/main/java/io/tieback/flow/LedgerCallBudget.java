package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Budgets;
import io.tieback.ledger.Ledger;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The calls that a service allows one connection, counted in the ledger for all nodes together.
 * Where the limit is in the hundreds a node takes leave for several calls at once, so that a call
 * does not cost a statement; what it does not use ends with the window.
 */
public final class LedgerCallBudget implements CallBudget {

  /** A slot is waited for this long before the work goes back into the ledger. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Shorter waits than this are waited out. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration SLOT_LEASE = Duration.ofMinutes(2);
  private static final Duration KEEP = Duration.ofSeconds(2);

  /** What the service says of a day is not worth a statement for each call. */
  private static final Duration TOLD_EVERY = Duration.ofSeconds(30);

  private final Budgets budgets;
  private final ConnectionId connection;
  private final String system;
  private final int concurrent;
  private final int atOnce;
  private final Clock clock;
  private int left;
  private Instant leftUntil = Instant.MIN;
  private Instant toldNext = Instant.MIN;

  /**
   * @param windows limits of calls in a time
   * @param concurrent most calls at the same time over all nodes; 0 for any number
   * @param atOnce how many calls a node takes leave for in one statement, 1 for exact counting
   */
  public LedgerCallBudget(
      Ledger ledger,
      ConnectionId connection,
      String system,
      List<Budgets.Window> windows,
      int concurrent,
      int atOnce,
      Clock clock) {
    this.budgets = ledger.budgets();
    this.connection = connection;
    this.system = system;
    this.concurrent = concurrent;
    this.atOnce = atOnce;
    this.clock = clock;
    budgets.configure(connection, system, windows, concurrent);
  }

  @Override
  public Leave take(Purpose purpose) {
    boolean goingOut = purpose == Purpose.EXPORT;
    if (concurrent == 0) {
      takeCall(goingOut);
      return () -> {};
    }
    // The place first: a call is counted when it goes, not when it begins to wait for a place.
    int slot = takeSlot();
    try {
      takeCall(goingOut);
    } catch (RuntimeException none) {
      budgets.release(connection, system, List.of(slot));
      throw none;
    }
    return () -> budgets.release(connection, system, List.of(slot));
  }

  @Override
  public synchronized void told(String window, int remaining) {
    Instant now = clock.instant();
    if (!now.isBefore(toldNext)) {
      toldNext = now.plus(TOLD_EVERY);
      budgets.told(connection, system, window, remaining);
    }
  }

  private synchronized void takeCall(boolean goingOut) {
    Instant patience = clock.instant().plus(SHORT);
    while (true) {
      try {
        takeNow(goingOut);
        return;
      } catch (Failure none) {
        // A limit of calls a second is over before anything could be put off and taken up again.
        Duration wait = none.retryAfter().orElse(SHORT);
        if (clock.instant().plus(wait).isAfter(patience)) {
          throw none;
        }
        LockSupport.parkNanos(Math.max(wait.toNanos(), MOMENT.toNanos()));
      }
    }
  }

  private void takeNow(boolean goingOut) {
    Instant now = clock.instant();
    if (left > 0 && now.isBefore(leftUntil)) {
      left--;
      return;
    }
    Budgets.Grant grant = budgets.take(connection, system, atOnce, goingOut);
    if (!grant.granted() && atOnce > 1) {
      grant = budgets.take(connection, system, 1, goingOut);
      left = 0;
    } else {
      left = atOnce - 1;
    }
    leftUntil = now.plus(KEEP);
    if (!grant.granted()) {
      left = 0;
      Duration wait = Duration.between(now, grant.waitUntil());
      throw new Failure(
          FailureKind.THROTTLED,
          0,
          "no call to "
              + system
              + (goingOut ? "" : " that only reads")
              + " is left for connection "
              + connection
              + ": "
              + grant.reason(),
          "",
          wait.isNegative() ? Duration.ZERO : wait,
          null);
    }
  }

  private int takeSlot() {
    Instant until = clock.instant().plus(PATIENCE);
    while (true) {
      Optional<Integer> slot = budgets.slot(connection, system, SLOT_LEASE);
      if (slot.isPresent()) {
        return slot.get();
      }
      if (clock.instant().isAfter(until)) {
        throw new Failure(
            FailureKind.THROTTLED,
            0,
            "all "
                + concurrent
                + " places for calls to "
                + system
                + " are taken for connection "
                + connection,
            "",
            Duration.ofSeconds(2),
            null);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public synchronized void blockedFor(Duration wait, String reason) {
    left = 0;
    budgets.blockedUntil(connection, system, clock.instant().plus(wait), reason);
  }
}
