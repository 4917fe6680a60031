package io.tieback.construction;

/**
 * A document on its way into the ERP, free of any one ERP's wire form: what the dry run shows and
 * what an adapter renders.
 */
public sealed interface Outgoing
    permits Bill, PurchaseOrder, OrderChange, CostItem, ProjectName, Supplier {

  /** What finds it again in the ERP; unique per connection and record (design section 5). */
  String marker();

  /** What it is. */
  DocumentKind kind();
}
