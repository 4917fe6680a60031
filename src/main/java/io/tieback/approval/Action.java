package io.tieback.approval;

import java.util.Locale;

/** What moves an item of the queue from one state to another (GEN-Q). */
public enum Action {
  /** A reading of Procore or of the ERP brought it. */
  READ(Need.NOBODY),
  /** Lets it wait for an approver (GEN-Q-02). */
  SEND(Need.SEND),
  /** Takes it back before a decision (GEN-Q-03, GEN-Q-04). */
  RETRIEVE(Need.SEND),
  /** It is no longer in a status in which it may go out, and waits no longer. */
  WITHDRAW(Need.NOBODY),
  /** Sends it again after a retrieval, a rejection or unlinking (GEN-Q-10). */
  RESEND(Need.SEND),
  /** The first of two acceptances that its amount needs; it waits for the second. */
  ACCEPT_FIRST(Need.EXPORT),
  /** Lets it go to the ERP (GEN-Q-06). */
  ACCEPT(Need.EXPORT),
  /** Sends it back with a comment (GEN-Q-07). */
  REJECT(Need.EXPORT),
  /** Writes what failed again, as it is (our own: GEN-Q-08). */
  RETRY(Need.RETRY),
  /** It could not be written. */
  FAIL(Need.NOBODY),
  /** It is in the ERP. */
  SYNC(Need.NOBODY),
  /** It changed in Procore. */
  CHANGE(Need.NOBODY),
  /** It composes otherwise than what was accepted: back to the approver (design section 2). */
  RETURN(Need.NOBODY),
  /** Frees it after its document is gone in the ERP (GEN-UNL-01). */
  UNLINK(Need.EXPORT),
  /** Sets it aside. */
  ARCHIVE(Need.EITHER),
  /** Takes it up again. */
  RESTORE(Need.EITHER),
  /** Adds to Procore, or links, what the ERP has. */
  IMPORT(Need.IMPORT),
  /** Procore has it no longer, or it cannot be read. */
  INVALIDATE(Need.NOBODY);

  /** Who may do it. */
  enum Need {
    /** Tieback itself, never a person. */
    NOBODY,
    /** Whoever takes part in the work. */
    SEND,
    /** The right to let the kind go to the ERP. */
    EXPORT,
    /** That right, or an operator. */
    RETRY,
    /** The right to add the kind to Procore. */
    IMPORT,
    /** One of the two rights. */
    EITHER
  }

  private final Need need;

  Action(Need need) {
    this.need = need;
  }

  Need need() {
    return need;
  }

  /** The action of a word of the database. */
  public static Action of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word that the database has for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
