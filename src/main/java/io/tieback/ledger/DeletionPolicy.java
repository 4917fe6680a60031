package io.tieback.ledger;

/**
 * What happens in Procore when the ERP deletes or voids a payment (GEN-PAY-11, setting {@code
 * payments.deleted-payment}). It leaves the paid totals at once in any case.
 */
public enum DeletionPolicy {
  /** The row stays in Procore and an approver is told. */
  FLAG,
  /** The row stays with amount 0.00. */
  ZERO,
  /** The row is removed. */
  REMOVE
}
