package io.tieback.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The moment after which a request must not leave any more. */
class LastMomentTest {

  private static final Instant BEGUN = Instant.parse("2026-11-22T08:00:00Z");

  private final AtomicLong steady = new AtomicLong(-5);
  private final AtomicReference<Instant> wall = new AtomicReference<>(BEGUN);
  private final LastMoment moment =
      new LastMoment(
          Duration.ofSeconds(60),
          steady::get,
          new Clock() {
            @Override
            public Instant instant() {
              return wall.get();
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }
          });

  private void steadyBy(Duration time) {
    steady.addAndGet(time.toNanos());
  }

  private void wallBy(Duration time) {
    wall.updateAndGet(now -> now.plus(time));
  }

  @Test
  void isNotOverWhileBothClocksSaySo() {
    steadyBy(Duration.ofSeconds(60));
    wallBy(Duration.ofSeconds(60));
    assertThat(moment.isOver()).isFalse();
  }

  @Test
  void isOverForAProcessThatStoodStillThoughSomebodyPutTheWallClockBack() {
    steadyBy(Duration.ofSeconds(61));
    wallBy(Duration.ofHours(-1));
    assertThat(moment.isOver()).isTrue();
  }

  @Test
  void isOverForAMachineThatSleptWithItsSteadyClockStandingStill() {
    wallBy(Duration.ofSeconds(61));
    assertThat(moment.isOver()).isTrue();
  }
}
