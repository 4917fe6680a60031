package io.tieback.wire;

import java.time.Duration;

/**
 * The calls that a service allows one connection, shared by all routes and nodes (design sections 7
 * and 10).
 */
public interface CallBudget {

  /** What a call is for. */
  enum Purpose {
    /** It takes part in bringing a record out; a part of the calls is kept for these. */
    EXPORT,
    /** It only reads, and can wait. */
    READING
  }

  /**
   * Takes leave for one call, waiting a moment for a free slot if need be.
   *
   * @return the leave; close it when the answer is there
   * @throws Failure THROTTLED with the wait when none is left for that purpose
   */
  Leave take(Purpose purpose);

  /** Takes leave for one call that takes part in bringing a record out. */
  default Leave take() {
    return take(Purpose.EXPORT);
  }

  /** The service said how many calls are left in a window, such as {@code day}. */
  default void told(String window, int remaining) {}

  /** The service said that nothing more is allowed for this long (429, 503). */
  void blockedFor(Duration wait, String reason);

  /** Leave for one call. */
  interface Leave extends AutoCloseable {
    @Override
    void close();
  }
}
