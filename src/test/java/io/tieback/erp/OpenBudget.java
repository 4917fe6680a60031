package io.tieback.erp;

import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A budget without limit of its own that remembers what it was told; {@link #exhaust} makes it
 * refuse.
 */
public final class OpenBudget implements CallBudget {

  private final List<Duration> blocked = new CopyOnWriteArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean exhausted;

  @Override
  public Leave take(Purpose purpose) {
    if (exhausted) {
      throw new Failure(
          FailureKind.THROTTLED, 0, "no calls left", "", Duration.ofSeconds(20), null);
    }
    taken.incrementAndGet();
    open.incrementAndGet();
    return open::decrementAndGet;
  }

  @Override
  public void blockedFor(Duration wait, String reason) {
    blocked.add(wait);
  }

  /** From now on nothing is left. */
  public void exhaust() {
    exhausted = true;
  }

  /** The pauses that were asked for. */
  public List<Duration> blocked() {
    return new ArrayList<>(blocked);
  }

  /** Leaves given. */
  public int taken() {
    return taken.get();
  }

  /** Leaves not given back yet. */
  public int open() {
    return open.get();
  }
}
