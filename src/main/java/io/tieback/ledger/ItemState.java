package io.tieback.ledger;

import java.util.Locale;

/** How far a record is on its way out. */
public enum ItemState {
  /** Accepted, and not yet checked. */
  STAGED,
  /** Something that it depends on is not in the ERP yet; goes on by itself when it arrives. */
  WAITING,
  /** Checked and turned into a document; nothing has left. */
  COMPOSED,
  /** In a batch whose exact bytes are journalled; nothing has left. */
  PLANNED,
  /** The bytes are on their way, or were. */
  SENT,
  /** Nobody knows what became of the write; it is being looked for. */
  UNKNOWN,
  /** In the ERP, with its id; Procore does not know yet. */
  KNOWN,
  /** In the ERP, and Procore has its ids and answers. Done. */
  ACKNOWLEDGED,
  /** A person must act; a dead letter says what about. */
  FAILED,
  /** A person decided that it shall not go out. */
  DISCARDED,
  /**
   * It was in the ERP; the document is gone there or no longer meant, and the record is free again.
   */
  UNLINKED;

  static ItemState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word that the database has for it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
