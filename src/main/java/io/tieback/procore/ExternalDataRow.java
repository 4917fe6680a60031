package io.tieback.procore;

import java.util.Objects;

/**
 * External Data of one Procore record: the key that makes it <em>synced</em> (GEN-ARC-04).
 *
 * @param itemType Procore's word, one of GEN-API-17
 * @param itemId id of the record
 * @param originId the ERP's key; null clears it and unlocks the record
 * @param originCode number that people see; null leaves it as it is
 * @param originData free text of the connector; null leaves it as it is
 */
public record ExternalDataRow(
    String itemType, long itemId, String originId, String originCode, String originData) {

  public ExternalDataRow {
    Objects.requireNonNull(itemType, "itemType");
  }

  /** Which record a row is about. */
  public record Key(String itemType, long itemId) {}

  /** Which record this row is about. */
  public Key key() {
    return new Key(itemType, itemId);
  }

  /** A row that takes the key away. */
  public static ExternalDataRow cleared(String itemType, long itemId) {
    return new ExternalDataRow(itemType, itemId, null, null, null);
  }
}
