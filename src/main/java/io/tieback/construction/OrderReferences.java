package io.tieback.construction;

import java.util.Map;

/**
 * What an order refers to.
 *
 * @param marker what finds it again
 * @param contactKey the ERP's key of the supplier
 * @param projectKey the ERP's key of the project
 * @param itemCodes the ERP's item by the id of the line in Procore; a line that is missing has none
 */
public record OrderReferences(
    String marker, String contactKey, String projectKey, Map<Long, String> itemCodes) {

  public OrderReferences {
    itemCodes = Map.copyOf(itemCodes);
  }
}
