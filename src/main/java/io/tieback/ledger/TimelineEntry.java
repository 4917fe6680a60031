package io.tieback.ledger;

import java.time.Instant;

/**
 * One thing that happened to a record.
 *
 * @param at when
 * @param source which of the journals says so
 * @param what what happened, as a word of that journal, such as {@code composed}, {@code sent},
 *     {@code accept}; to be translated by the page that shows it
 * @param from the state before, or null
 * @param to the state after, or null
 * @param who the person or the node, or null where the journal does not tell
 * @param text why, or what was said, or null
 * @param reference what it was about: the number of a dead letter, Procore's id of a request detail
 *     or payment, the key of a batch or a document in the ERP; or null
 * @param round the round of the record that it belongs to, or null
 */
public record TimelineEntry(
    Instant at,
    Source source,
    String what,
    String from,
    String to,
    String who,
    String text,
    String reference,
    Integer round) {

  /** Which journal tells it. */
  public enum Source {
    /** Procore asked for the record. */
    REQUEST,
    /** A move in the queue: people's decisions. */
    QUEUE,
    /** A change of state of the record on its way. */
    STATE,
    /** Its document was planned, sent, found, refused. */
    WRITE,
    /** It was looked for in the ERP. */
    LOOK_UP,
    /** Procore was told. */
    ACKNOWLEDGEMENT,
    /** A step was written to Procore. */
    STEP,
    /** A file followed the document. */
    FILE,
    /** It needed a person, or a person acted. */
    DEAD_LETTER,
    /** A mail about it. */
    MAIL,
    /** A payment of it. */
    PAYMENT
  }
}
