package io.tieback.erp.quickbooksonline;

import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;

/**
 * How one kind of document goes to QuickBooks Online, one to a call; see {@link
 * io.tieback.erp.ErpAdapter} for what each does.
 */
interface QuickBooksRecords {

  /** The document as the journal has it. Pure but for the ids of what it names. */
  ErpDocument render(Outgoing document);

  /** Writes one and reports what became of it. */
  void handOver(DeliveryBatch batch, OutcomeSink sink);

  /** Looks for it and reports what it found. */
  void lookUp(DeliveryBatch batch, OutcomeSink sink);
}
