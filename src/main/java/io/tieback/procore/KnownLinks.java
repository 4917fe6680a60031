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

  /** Procore told the key of a record. */
  void learned(String itemType, long procoreId, String originId);
}
