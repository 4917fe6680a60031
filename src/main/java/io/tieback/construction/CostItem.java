package io.tieback.construction;

/**
 * A cost code with a cost type, as the ERP's item: one for each pair (XR-WBS-04).
 *
 * @param marker what finds it again: the joined code, which is unique in the ERP
 * @param code the joined code, such as {@code 03-300.S}
 * @param name what people see, within the ERP's limit
 * @param description the whole name, which {@code name} may be short for
 * @param purchaseAccountCode account of purchases, or null
 * @param salesAccountCode account of sales, or null
 */
public record CostItem(
    String marker,
    String code,
    String name,
    String description,
    String purchaseAccountCode,
    String salesAccountCode)
    implements Outgoing {

  @Override
  public DocumentKind kind() {
    return DocumentKind.COST_ITEM;
  }
}
