package io.tieback.flow;

import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Duration;
import java.time.Instant;

/**
 * What follows from the failure of one journalled step of writing to Procore.
 *
 * @param verdict what becomes of the step
 * @param again when it is done again, unless a person must act
 * @param answerLost whether Procore may have carried it out, or may still do so
 */
record StepFailure(Verdict verdict, Instant again, boolean answerLost) {

  private static final int SERVER_ERROR = 500;

  /** What becomes of a step. */
  enum Verdict {
    /** It is done again. */
    AGAIN,
    /** A person must act. */
    GIVEN_UP
  }

  /**
   * @param attempts how often the step failed before
   * @param asked whether the step only looked and wrote nothing
   */
  static StepFailure of(
      Failure failure, int attempts, boolean asked, ConnectionRoom.Times times, Instant now) {
    Duration wait = failure.retryAfter().orElseGet(() -> times.backoff().after(attempts + 1));
    boolean answerLost =
        !asked
            && failure.kind() != FailureKind.THROTTLED
            && (failure.status() == 0 || failure.status() >= SERVER_ERROR);
    if (answerLost && wait.compareTo(times.settle()) < 0) {
      // Procore may still commit what it did not answer. Doing the step again sooner would be
      // harmless, but going on to the next would not: a late one would undo it.
      wait = times.settle();
    }
    boolean refused = failure.kind() == FailureKind.REFUSED || failure.kind() == FailureKind.DEFECT;
    boolean tired = failure.kind() == FailureKind.TRANSIENT && attempts + 1 >= times.attempts();
    return new StepFailure(
        refused || tired ? Verdict.GIVEN_UP : Verdict.AGAIN, now.plus(wait), answerLost);
  }
}
