package io.tieback.ledger;

import io.tieback.construction.ConnectionId;

/**
 * A record as it was just read, for the queue of Tieback's own door.
 *
 * @param connection whose it is
 * @param kind a word such as {@code invoice}
 * @param entity External Data's word
 * @param procoreId Procore's id, or null for what exists in the ERP only
 * @param erpKey the ERP's key for what may be imported, or null
 * @param about what it is; its event may be null for imports, its findings not
 */
public record QueueReading(
    ConnectionId connection,
    String kind,
    String entity,
    Long procoreId,
    String erpKey,
    QueueItem.About about) {

  /**
   * @throws IllegalArgumentException when neither key is given: it could not be found again
   */
  public QueueReading {
    if (procoreId == null && erpKey == null) {
      throw new IllegalArgumentException(
          "a " + entity + " was read without an id of Procore or a key of the ERP");
    }
  }
}
