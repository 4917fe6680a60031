package io.tieback.erp.xero;

import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import java.util.List;

/**
 * How one kind of document goes to Xero; see {@link io.tieback.erp.ErpAdapter} for what each does.
 */
interface XeroRecords {

  /** Most documents in one write. */
  int documentsPerCall();

  /** The document as Xero's JSON. Pure. */
  ErpDocument render(Outgoing document);

  /** The exact bytes of a batch. Pure. */
  byte[] batchBody(List<ErpDocument> documents);

  /** Writes a batch and reports what became of it. */
  void handOver(DeliveryBatch batch, OutcomeSink sink);

  /** Looks for the documents of a batch and reports what it found. */
  void lookUp(DeliveryBatch batch, OutcomeSink sink);
}
