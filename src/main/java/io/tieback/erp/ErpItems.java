package io.tieback.erp;

import java.util.Map;

/**
 * The ERP's catalogue of items, read afresh.
 *
 * @param most most items that it is to hold
 * @param longestName most characters of an item's name
 * @param byCode all of them by code
 */
public record ErpItems(int most, int longestName, Map<String, ErpItem> byCode) {

  public ErpItems {
    byCode = Map.copyOf(byCode);
  }

  /**
   * An item.
   *
   * @param key the ERP's key
   * @param code its code, unique in the ERP
   * @param name what people see, or null
   * @param purchaseAccountCode its purchase account, or null
   */
  public record ErpItem(String key, String code, String name, String purchaseAccountCode) {}
}
