package io.tieback.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong outside, already classified. The message is for a person: it holds the service's
 * own words and never a secret.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final String remedy;
  private final transient Duration retryAfter;
  private final int status;

  /**
   * @param kind which of the seven kinds
   * @param status HTTP status, or 0 when there was no answer
   * @param message what happened, in the service's words where it had any
   * @param remedy what a person can do; blank when nothing is asked of them
   * @param retryAfter how long the service asked to wait, or null
   * @param cause what was caught, or null
   */
  public Failure(
      FailureKind kind,
      int status,
      String message,
      String remedy,
      Duration retryAfter,
      Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.remedy = remedy == null ? "" : remedy;
    this.retryAfter = retryAfter;
  }

  /** A failure without an answer's status, pause or cause. */
  public static Failure of(FailureKind kind, String message, String remedy) {
    return new Failure(kind, 0, message, remedy, null, null);
  }

  /** Which of the seven kinds. */
  public FailureKind kind() {
    return kind;
  }

  /** HTTP status of the answer, 0 when there was none. */
  public int status() {
    return status;
  }

  /** What a person can do about it; blank when nothing is asked of them. */
  public String remedy() {
    return remedy;
  }

  /** How long the service asked to wait. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
