package io.tieback.platform;

/** A key is missing or does not open what was sealed; the message says what to do. */
public final class SecretsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A failure without another one behind it. */
  public SecretsException(String message) {
    super(message);
  }

  /** A failure with what caused it. */
  public SecretsException(String message, Throwable cause) {
    super(message, cause);
  }
}
