package io.tieback.erp;

import io.tieback.construction.DocumentKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Documents that are written together, as the journal has them.
 *
 * @param id the journal's key of the batch
 * @param idempotencyKey key that goes with the bytes, for ERPs that know such keys
 * @param body the exact bytes to send; a repetition sends the very same
 * @param markers markers of the documents, in their order in {@code body}
 * @param firstSentAt when the bytes first left, or null when they never did
 * @param kind what the documents are
 * @param formerIds the ERP's keys of documents that bore these markers once and are no longer
 *     meant, because their record was unlinked: a look-up passes them over
 */
public record DeliveryBatch(
    UUID id,
    String idempotencyKey,
    byte[] body,
    List<String> markers,
    Instant firstSentAt,
    DocumentKind kind,
    Set<String> formerIds) {

  public DeliveryBatch {
    markers = List.copyOf(markers);
    formerIds = Set.copyOf(formerIds);
  }

  /** A batch of bills and credit notes, none of which was ever unlinked. */
  public DeliveryBatch(
      UUID id, String idempotencyKey, byte[] body, List<String> markers, Instant firstSentAt) {
    this(id, idempotencyKey, body, markers, firstSentAt, DocumentKind.INVOICE, Set.of());
  }
}
