package io.tieback.wire;

/** The seven ways in which work can fail (design section 7). Decided once, in {@link Failures}. */
public enum FailureKind {
  /** A passing fault: retried with backoff and jitter, the next attempt stored in the ledger. */
  TRANSIENT,
  /** A limit was met: waited for as long as the service says. */
  THROTTLED,
  /**
   * Sign-in expired, revoked or without the right: the connection pauses, somebody is told, it
   * resumes by itself.
   */
  CREDENTIALS,
  /** Somebody else changed the record: read again and tried once more. */
  CONFLICT,
  /** The service said no: a person must act. */
  REFUSED,
  /**
   * A write was sent and nobody knows what became of it: looked for, never assumed (design section
   * 5).
   */
  UNKNOWN,
  /** A fault of Tieback itself. */
  DEFECT
}
