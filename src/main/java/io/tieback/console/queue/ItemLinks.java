package io.tieback.console.queue;

import io.tieback.ledger.QueueItem;

/** Where people open a record in Procore, and its document in the ERP. */
@FunctionalInterface
public interface ItemLinks {

  /**
   * Both addresses.
   *
   * @param procore web address in Procore; blank when there is none to give
   * @param erp web address of the document in the ERP; blank likewise
   * @param erpName the ERP's name
   */
  record Addresses(String procore, String erp, String erpName) {}

  /** The addresses of an item. */
  Addresses of(QueueItem item);
}
