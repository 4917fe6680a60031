package io.tieback.erp;

import io.tieback.wire.Failure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Where an adapter reports what became of a batch, at once or days later, from any thread. Each
 * call is durable before it returns, and saying a thing twice is harmless.
 */
public interface OutcomeSink {

  /**
   * The bytes are about to leave. From here on the batch counts as <em>sent</em> (design section
   * 5).
   *
   * @return false when the batch may no longer be sent, because somebody else took it over; the
   *     adapter then drops it
   */
  boolean sending(UUID batch);

  /**
   * How long after {@link #sending} the first byte may leave. Later, another node may count on the
   * batch's having been sent or given up: the adapter gives up and says {@link #notWritten}.
   */
  Duration leavesWithin();

  /** The document is in the ERP. */
  void known(UUID batch, WrittenDocument document);

  /**
   * Several documents are in the ERP: as {@link #known(UUID, WrittenDocument)}, durable together.
   */
  default void known(UUID batch, List<WrittenDocument> documents) {
    documents.forEach(document -> known(batch, document));
  }

  /** The ERP refused this one document; the messages are its own words. */
  void refused(UUID batch, String marker, List<String> messages);

  /**
   * Nothing of the batch was written, and that is certain (throttled, not signed in, never left).
   * It may be sent again as it is.
   */
  void notWritten(UUID batch, Failure failure);

  /**
   * No outcome per document: the documents have to be looked for by their markers before anything
   * else happens.
   */
  void undetermined(UUID batch, Failure failure);

  /** Looked for and not found. The ledger decides whether that counts yet (settle time). */
  void absent(UUID batch, String marker);

  /**
   * Looked for and not found under its marker, but the ERP holds a document that is so like it that
   * only a person can tell whether it is the same. It is not written; the others of the batch are
   * not held up by it. The ledger decides whether that counts yet (settle time).
   *
   * @param why what was found, and what the person can do
   */
  void doubtful(UUID batch, String marker, Failure why);
}
