package io.tieback.construction;

/** Kinds of documents that go to an ERP, in the order in which one needs the other. */
public enum DocumentKind {
  /** A company, as the ERP's supplier. */
  SUPPLIER,
  /** A cost code with a cost type, as the ERP's item. */
  COST_ITEM,
  /** A project, as whatever the ERP keeps projects as. */
  PROJECT,
  /** A commitment, as a purchase order. */
  ORDER,
  /** A commitment change order, as further lines of a purchase order. */
  ORDER_CHANGE,
  /** A subcontractor invoice, as a bill or credit note. */
  INVOICE
}
