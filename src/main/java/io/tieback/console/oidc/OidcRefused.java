package io.tieback.console.oidc;

/** Nobody is signed in, and why. The message is for the log and holds no secret. */
public final class OidcRefused extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why; the console has a sentence for each. */
  public enum Reason {
    /** The provider gives no usable answer. */
    UNREACHABLE,
    /** The sign-in was begun too long ago, in another browser or never, or is over already. */
    STALE,
    /** The provider sent them back without signing them in. */
    DENIED,
    /** The provider does not take the code, or does not take us for who we say we are. */
    REJECTED,
    /** What the provider says about the person does not hold. */
    INVALID,
    /** The provider says no mail address. */
    NO_MAIL,
    /** The provider does not say that the mail address is verified. */
    UNVERIFIED,
    /** Nobody here has this mail address. */
    UNKNOWN,
    /** They may not sign in any more. */
    INACTIVE,
    /** The mail address belongs to somebody who is joined to another identity. */
    OTHER_IDENTITY
  }

  private final Reason reason;
  private final String word;

  OidcRefused(Reason reason, String word, String message) {
    super(message);
    this.reason = reason;
    this.word = word;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** What the person may read about it, such as the mail address that nobody has; or blank. */
  public String word() {
    return word;
  }
}
