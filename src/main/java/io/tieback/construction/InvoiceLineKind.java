package io.tieback.construction;

/**
 * Where a line of a subcontractor invoice comes from; each has its own External Data {@code
 * item_type} (GEN-API-17).
 */
public enum InvoiceLineKind {
  /** A line of the commitment's schedule of values. */
  CONTRACT,
  /**
   * A detail of such a line, from the subcontractor's own schedule of values; replaces the contract
   * line when that is switched on.
   */
  CONTRACT_DETAIL,
  /** A line that a commitment change order added or changed. */
  CHANGE_ORDER
}
