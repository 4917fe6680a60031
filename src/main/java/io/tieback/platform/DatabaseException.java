package io.tieback.platform;

/** The database cannot be used; the message says what to do. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure without another one behind it. */
  public DatabaseException(String message) {
    super(message);
  }

  /** A failure with what caused it. */
  public DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
