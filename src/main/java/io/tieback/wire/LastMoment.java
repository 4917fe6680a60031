package io.tieback.wire;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Until when a request may leave. Whoever announced it (the ledger's <em>sent</em>) counts on its
 * being on its way by then; a process that stood still in between, by a stop signal, a long
 * collection of garbage or a machine that was put to sleep, must not send it any more.
 *
 * <p>Time is measured twice: by the steady clock, which nobody sets, and by the wall clock, because
 * the steady clock of some machines stands still while they sleep. A wall clock that is put forward
 * makes a request give up that could have gone; it is sent a little later then.
 */
public final class LastMoment {

  private final Duration allowance;
  private final LongSupplier nanos;
  private final Clock clock;
  private final long begunNanos;
  private final Instant begun;

  LastMoment(Duration allowance, LongSupplier nanos, Clock clock) {
    this.allowance = allowance;
    this.nanos = nanos;
    this.clock = clock;
    this.begunNanos = nanos.getAsLong();
    this.begun = clock.instant();
  }

  /** That long from now. Ask before the sending is announced. */
  public static LastMoment in(Duration allowance) {
    return new LastMoment(allowance, System::nanoTime, Clock.systemUTC());
  }

  /** Whether it is over. */
  public boolean isOver() {
    Duration steady = Duration.ofNanos(nanos.getAsLong() - begunNanos);
    Duration wall = Duration.between(begun, clock.instant());
    return steady.compareTo(allowance) > 0 || wall.compareTo(allowance) > 0;
  }

  /** The request was given up before its first byte. */
  static final class TooLate extends IOException {
    private static final long serialVersionUID = 1L;

    TooLate(LastMoment moment) {
      super(
          "more than "
              + moment.allowance
              + " passed between announcing the request and sending it");
    }
  }

  /** Called right before the first byte leaves. */
  void check() throws TooLate {
    if (isOver()) {
      throw new TooLate(this);
    }
  }
}
