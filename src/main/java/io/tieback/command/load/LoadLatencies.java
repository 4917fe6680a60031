package io.tieback.command.load;

import java.time.Duration;
import java.util.Arrays;

/**
 * Times of many requests, each counted from the moment when it was due to be sent, so that a server
 * that stalls the sender hides nothing.
 */
final class LoadLatencies {

  private final long[] nanos;

  /**
   * @param nanos one time a request
   */
  LoadLatencies(long[] nanos) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
  }

  /** How many requests. */
  int count() {
    return nanos.length;
  }

  /**
   * The time within which this share of the requests was answered; the nearest rank, never an
   * estimate between two.
   */
  Duration percentile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("a percentile is 1 to 100, not " + percent);
    }
    if (nanos.length == 0) {
      return Duration.ZERO;
    }
    int rank = (int) (((long) percent * nanos.length + 99) / 100);
    return Duration.ofNanos(nanos[rank - 1]);
  }

  /** The slowest. */
  Duration max() {
    return percentile(100);
  }
}
