package io.tieback.approval;

import io.tieback.ledger.QueueItem;

/** How what the ERP has comes to Procore; the rooms that know both fulfil it. */
public interface Imports {

  /**
   * Adds it to Procore.
   *
   * @throws Refused when Procore or the ERP does not take it
   */
  void add(QueueItem item, Person who);

  /**
   * Links it to what Procore has already.
   *
   * @param procoreId Procore's id of that
   * @throws Refused when the two are not to be linked
   */
  void link(QueueItem item, long procoreId, Person who);
}
