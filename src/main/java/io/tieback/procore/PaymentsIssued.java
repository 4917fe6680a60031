package io.tieback.procore;

import io.tieback.construction.BillPayment;
import io.tieback.procore.ContractPayments.Composed;
import io.tieback.procore.ContractPayments.ExportedBill;
import io.tieback.procore.ContractPayments.InProcore;
import io.tieback.wire.Failure;
import java.util.Optional;

/**
 * An interface of Procore through which payments of exported bills become rows of the commitment's
 * Payments Issued tab (GEN-PAY-01). Each method is one step, so that the caller can journal steps
 * one by one (design section 5). Payment number and attachments belong to people (GEN-PAY-05) and
 * are never written.
 */
public interface PaymentsIssued {

  /** What a payment of a bill becomes. Pure. */
  Composed compose(BillPayment payment, ExportedBill bill);

  /**
   * Makes sure of a creation whose answer got lost, once Procore can no longer be at it.
   *
   * @return the row; empty when it is not there
   */
  Optional<InProcore> lookUp(Composed composed);

  /**
   * Creates the row.
   *
   * @throws Failure UNKNOWN when nobody knows whether it was created: {@link #lookUp} before
   *     creating again
   */
  InProcore create(Composed composed);

  /** First step of a change: unlocks the row. May be repeated. */
  void clearOrigin(ExportedBill bill, long id);

  /** Second step of a change: writes what is ours. May be repeated. */
  InProcore patch(long id, Composed composed);

  /** Last step of a change: locks the row again under its key. May be repeated. */
  void setOrigin(ExportedBill bill, long id, String originId);

  /**
   * Removes a row. May be repeated.
   *
   * @return whether it was there
   * @throws Failure REFUSED where the interface knows no removal
   */
  boolean remove(ExportedBill bill, long id);
}
