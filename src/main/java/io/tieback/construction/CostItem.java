package io.tieback.construction;

/**
 * A cost code with a cost type, as the ERP's item: one for each pair (XR-WBS-04). Also a standard
 * cost code, which becomes nothing in the ERP and has its own code for a key.
 *
 * @param marker what finds it again: unique per connection
 * @param code the joined code, such as {@code 03-300.S}
 * @param name what people see, within the ERP's limit
 * @param description the whole name, which {@code name} may be short for
 * @param purchaseAccountCode account of purchases, or null
 * @param salesAccountCode account of sales, or null
 * @param key the ERP's key of it when it is there already: then nothing is written; null when it is
 *     new
 */
public record CostItem(
    String marker,
    String code,
    String name,
    String description,
    String purchaseAccountCode,
    String salesAccountCode,
    String key)
    implements Outgoing {

  @Override
  public DocumentKind kind() {
    return DocumentKind.COST_ITEM;
  }
}
