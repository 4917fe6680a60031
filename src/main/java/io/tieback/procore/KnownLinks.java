package io.tieback.procore;

import java.util.Optional;

/**
 * External Data that Tieback already knows, so that Procore need not be asked for every invoice.
 * The ledger keeps it.
 */
public interface KnownLinks {

  /**
   * The ERP's key of a Procore record.
   *
   * @param itemType External Data's word, such as {@code vendor} or {@code cost_code}
   * @param procoreId id of the record
   */
  Optional<String> originId(String itemType, long procoreId);

  /**
   * The record that stands for another today: a company that was merged into another is no longer
   * in Procore.
   *
   * @return the same id when the record stands for itself
   */
  default long today(String itemType, long procoreId) {
    return procoreId;
  }

  /** Procore told the key of a record. */
  void learned(String itemType, long procoreId, String originId);
}
