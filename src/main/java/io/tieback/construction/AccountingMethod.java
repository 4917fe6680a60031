package io.tieback.construction;

/** How a commitment and its invoices are billed (GEN-INV-05, XR-INV-12). */
public enum AccountingMethod {
  /** Each line carries an amount of money. */
  AMOUNT,
  /** Each line carries a quantity and a unit price. */
  UNIT
}
