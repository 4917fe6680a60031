package io.tieback.sandbox.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The stand-in's clock: real time plus an offset that a test moves forward, so that tokens,
 * idempotency windows and rate windows run out without waiting.
 */
public final class SandboxClock extends Clock {
  private volatile Duration offset = Duration.ZERO;

  /** Moves the clock forward (a negative value moves it back). */
  public void advance(Duration by) {
    offset = offset.plus(by);
  }

  /** Back to real time. */
  public void toRealTime() {
    offset = Duration.ZERO;
  }

  /** How far the clock is ahead of real time. */
  public Duration offset() {
    return offset;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("the sandbox clock is UTC");
  }
}
