package io.tieback.wire;

import java.time.Duration;

/**
 * The calls that a service allows one connection, shared by all routes and nodes (design sections 7
 * and 10).
 */
public interface CallBudget {

  /**
   * Takes leave for one call, waiting a moment for a free slot if need be.
   *
   * @return the leave; close it when the answer is there
   * @throws Failure THROTTLED with the wait when none is left
   */
  Leave take();

  /** The service said that nothing more is allowed for this long (429, 503). */
  void blockedFor(Duration wait, String reason);

  /** Leave for one call. */
  interface Leave extends AutoCloseable {
    @Override
    void close();
  }
}
