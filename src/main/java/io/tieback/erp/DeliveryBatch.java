package io.tieback.erp;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Documents that are written together, as the journal has them.
 *
 * @param id the journal's key of the batch
 * @param idempotencyKey key that goes with the bytes, for ERPs that know such keys
 * @param body the exact bytes to send; a repetition sends the very same
 * @param markers markers of the documents, in their order in {@code body}
 * @param firstSentAt when the bytes first left, or null when they never did
 */
public record DeliveryBatch(
    UUID id, String idempotencyKey, byte[] body, List<String> markers, Instant firstSentAt) {

  public DeliveryBatch {
    markers = List.copyOf(markers);
  }
}
