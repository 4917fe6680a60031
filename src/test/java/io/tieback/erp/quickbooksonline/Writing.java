package io.tieback.erp.quickbooksonline;

import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpAdapter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Batches of one document, as the journal makes them. */
final class Writing {

  private Writing() {}

  /**
   * @param firstSentAt when it may have left before, or null
   */
  static DeliveryBatch batch(ErpAdapter adapter, Outgoing document, Instant firstSentAt) {
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-" + document.marker(),
        adapter.batchBody(document.kind(), List.of(adapter.render(document))),
        List.of(document.marker()),
        firstSentAt,
        document.kind(),
        Set.of());
  }
}
