package io.tieback.approval;

import io.tieback.ledger.QueueItem;

/** What decisions need of the pipeline; the rooms that know Procore and the ERP fulfil it. */
public interface Exports {

  /**
   * Stages an accepted item as work, in the transaction of the caller. No call goes out.
   *
   * @return key of the work item
   */
  long export(QueueItem item);

  /** Composes it as it would be written now. Reads, never writes, and outside any transaction. */
  Composed compose(QueueItem item);

  /**
   * Looks into the ERP, and frees the record in Procore and in the ledger when it is gone there.
   * Outside any transaction.
   *
   * @param who who unlinks it, for the audit trail
   * @throws Refused when it is still there, with Procore's own text (GEN-UNL-03)
   */
  void unlink(QueueItem item, String who);
}
