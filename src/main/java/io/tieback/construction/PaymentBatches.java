package io.tieback.construction;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Payments of an ERP that were read whole, each a batch of what it does for one bill ({@link
 * BillPayment#batchId}). A voided payment may have lost its links to bills, and of a deleted one
 * only the key may be left: nothing else tells then what is gone.
 *
 * @param standing by the key of a batch that changed, the keys of what stands in it now; nothing
 *     when it was voided or deleted. What is known of the batch and not among them is gone
 * @param existing keys of all batches that the ERP has, when it could not tell of deletions: what
 *     is known of any other batch is gone. Null when it told
 */
public record PaymentBatches(Map<String, Set<String>> standing, Set<String> existing) {

  public PaymentBatches {
    Map<String, Set<String>> copy = new HashMap<>();
    standing.forEach((batch, keys) -> copy.put(batch, Set.copyOf(keys)));
    standing = Map.copyOf(copy);
    existing = existing == null ? null : Set.copyOf(existing);
  }

  /**
   * Whether a payment that is known is gone.
   *
   * @param batch its batch, or null when it is of none
   */
  public boolean isGone(String batch, String payment) {
    if (batch == null) {
      return false;
    }
    Set<String> now = standing.get(batch);
    return now != null ? !now.contains(payment) : existing != null && !existing.contains(batch);
  }
}
