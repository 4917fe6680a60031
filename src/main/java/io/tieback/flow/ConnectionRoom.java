package io.tieback.flow;

import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.ErpAdapter;
import io.tieback.procore.ErpTabMarks;
import io.tieback.procore.LedgerMarks;
import io.tieback.procore.Marks;
import io.tieback.procore.ProcoreClient;
import io.tieback.procore.ProcoreConnection;
import io.tieback.wire.Backoff;
import java.time.Duration;
import java.time.ZoneId;

/**
 * Everything that belongs to one connection: its two sides and its settings. The beans of the
 * routes look it up by the connection of the row that they work on.
 *
 * @param id the connection
 * @param procore Procore's side
 * @param client calls to Procore
 * @param erp the ERP's side
 * @param invoices how invoices are checked and composed
 * @param breakdown how projects and cost codes are sent
 * @param companies how companies are treated
 * @param orders how commitments and change orders are checked and composed
 * @param arithmetic how uncertain figures of Procore are read
 * @param times settle time, idempotency window, leases
 * @param payments how payments come back
 * @param costs how job costs come back
 * @param zone the company's zone: dates are days there
 * @param door through which door its records are approved
 */
public record ConnectionRoom(
    ConnectionId id,
    ProcoreConnection procore,
    ProcoreClient client,
    ErpAdapter erp,
    InvoiceSettings invoices,
    WorkBreakdownSettings breakdown,
    CompanySettings companies,
    OrderSettings orders,
    ArithmeticSettings arithmetic,
    Times times,
    PaymentSettings payments,
    CostSettings costs,
    ZoneId zone,
    DoorSettings door) {

  /** How Procore is told what is in the ERP. */
  public Marks marks() {
    if (!door.tieback()) {
      return new ErpTabMarks(client);
    }
    return door.marks() ? client.publicMarks() : new LedgerMarks();
  }

  /** How payments and direct costs are marked: they are Tieback's own rows and always are. */
  public Marks ownMarks() {
    return door.tieback() ? client.publicMarks() : new ErpTabMarks(client);
  }

  /**
   * Times of one connection.
   *
   * @param settle how long the ERP may take to commit after it dropped the line
   * @param idempotencyWindow how long after the first sending the ERP honours a key
   * @param lease how long a claim holds
   * @param writeLease how long a batch that is being written is held: longer than the write can
   *     possibly take, since whoever finds it abandoned looks for its documents and writes what is
   *     missing
   * @param linger how long composed documents wait for others to share a call with
   * @param waitingRecheck how soon a waiting record is looked at again
   * @param attempts how often a passing failure is retried before a person is asked
   * @param backoff pauses between attempts
   */
  public record Times(
      Duration settle,
      Duration idempotencyWindow,
      Duration lease,
      Duration writeLease,
      Duration linger,
      Duration waitingRecheck,
      int attempts,
      Backoff backoff) {

    /**
     * How long after a batch was marked as sent its first byte may leave: well before anybody may
     * take it over, and at most half the settle time, by which the absence of a batch whose holder
     * is gone counts later ({@link #settleOfAbandoned}).
     */
    public Duration leavesWithin() {
      Duration ofLease = writeLease.dividedBy(4);
      Duration ofSettle = settle.dividedBy(2);
      return ofLease.compareTo(ofSettle) < 0 ? ofLease : ofSettle;
    }

    /**
     * How long after it was marked as sent the absence of a batch whose holder is gone proves
     * something: its bytes may have left as late as {@link #leavesWithin} allows.
     */
    public Duration settleOfAbandoned() {
      return settle.plus(leavesWithin());
    }
  }

  /**
   * How payments come back.
   *
   * @param deleted what happens to a payment that was deleted in the ERP: flag, zero or remove
   * @param dailyHour hour of the day at which a daily schedule fires, 0 to 23
   * @param backFillFrom first day whose earlier payments are taken too, or null for none
   *     (GEN-PAY-09)
   */
  public record PaymentSettings(String deleted, int dailyHour, java.time.LocalDate backFillFrom) {}

  /**
   * How job costs come back.
   *
   * @param schedule Hourly, Every 2 Hours, Every 4 Hours, Daily or Never
   * @param dailyHour hour of the day at which a daily schedule fires, 0 to 23
   * @param from first day whose documents count, or null for all
   * @param exportedCount whether bills that Tieback exported come back as costs (GEN-INV-06)
   */
  public record CostSettings(
      String schedule, int dailyHour, java.time.LocalDate from, boolean exportedCount) {}
}
