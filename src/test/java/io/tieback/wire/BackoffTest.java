package io.tieback.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  @Test
  void doublesUpToTheLongestAndLeavesOutAtMostHalf() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));
    Duration whole = FIRST;
    for (int attempt = 1; attempt <= 40; attempt++) {
      assertThat(backoff.after(attempt))
          .as("attempt " + attempt)
          .isBetween(whole.dividedBy(2), whole);
      whole = whole.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : whole.multipliedBy(2);
    }
  }

  @Test
  void spreadsWhatFailedTogether() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(7));
    Set<Duration> pauses = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      pauses.add(backoff.after(5));
    }
    assertThat(pauses).hasSizeGreaterThan(90);
  }

  @Test
  void theSameSeedGivesTheSamePauses() {
    Backoff one = new Backoff(FIRST, LONGEST, new Random(3));
    Backoff other = new Backoff(FIRST, LONGEST, new Random(3));
    for (int attempt = 1; attempt < 20; attempt++) {
      assertThat(one.after(attempt)).isEqualTo(other.after(attempt));
    }
  }

  @Test
  void waitsAtLeastAsLongAsTheServiceAsked() {
    Backoff backoff = new Backoff(FIRST, LONGEST, new Random(3));
    Duration asked = Duration.ofHours(2);
    for (int attempt = 1; attempt < 20; attempt++) {
      assertThat(backoff.after(attempt, asked)).isBetween(asked, asked.plus(FIRST));
    }
    assertThat(backoff.after(20, Duration.ZERO)).isGreaterThanOrEqualTo(LONGEST.dividedBy(2));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, LONGEST, new Random()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(LONGEST, FIRST, new Random()))
        .hasMessageContaining("PT30M");
    assertThatThrownBy(() -> new Backoff(FIRST, LONGEST, new Random()).after(0))
        .hasMessageContaining("0");
  }
}
