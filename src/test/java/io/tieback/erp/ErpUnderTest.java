package io.tieback.erp;

import io.tieback.construction.Bill;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ERP with a company in it, its adapter, and what a test can make it do. One per test. */
public interface ErpUnderTest extends AutoCloseable {

  /** What happens to the next write. */
  enum Mishap {
    /** The ERP takes no more for now; nothing is written. */
    THROTTLED,
    /** The line breaks and nothing is written. */
    DROPPED_BEFORE_WRITING,
    /** Everything is written, and the line breaks before the answer. */
    DROPPED_AFTER_WRITING,
    /**
     * The line breaks at once, and everything is written a while later; see {@link
     * #awaitLateWriting}.
     */
    WRITTEN_LATE,
    /** Everything is written, and the answer cannot be read. */
    ANSWERED_UNREADABLY
  }

  /** A bill as the ERP's own books have it, read without the adapter. */
  record Booked(String marker, String erpId, Money total) {}

  ErpAdapter adapter();

  /** A bill that the ERP takes. */
  Bill good(long requisition);

  /** A bill that the ERP refuses, with a message, without harm to its neighbours. */
  Bill bad(long requisition);

  /**
   * A bill for which the ERP refuses the whole batch that it is in, without saying which it was.
   */
  Bill poison(long requisition);

  /**
   * Lets the ERP come by, for those that call rather than being called. Returns when it has done
   * all it had to do.
   */
  void comeBy();

  void nextWrite(Mishap mishap);

  /** Waits until what {@link Mishap#WRITTEN_LATE} left behind is written. */
  void awaitLateWriting();

  /** How many writes left for the ERP so far, whatever became of them. */
  int writes();

  List<Booked> books();

  /**
   * A bookkeeper pays bills in the ERP.
   *
   * @param amounts by the ERP's key of the bill
   * @param asOne whether it is one payment over all of them
   * @return keys of the payments, one per bill
   */
  Set<String> pay(Map<String, Money> amounts, boolean asOne);

  /** A bookkeeper deletes a payment in the ERP. */
  void deletePayment(String paymentId);

  /** Whether a document can be entered without being posted. */
  default boolean keepsDrafts() {
    return true;
  }

  /**
   * A bookkeeper enters a document with one line for each amount, each with a project and an item,
   * or changes one.
   *
   * @param id the ERP's key of the document to change, or null for a new one
   * @param kind no journal entry: not every ERP has them
   * @param status DRAFT only for bills and credits, and where the ERP keeps drafts
   * @return the ERP's key
   */
  String enterCost(String id, JobCost.Kind kind, JobCost.Status status, List<Money> amounts);

  /**
   * A bookkeeper enters a bill of one line that has nothing to do with Procore, and approves it.
   * Gives the ERP's key of it.
   */
  String enterByHand(String number, String account, Money amount);

  /** A bookkeeper voids a bill on which nothing is paid. */
  void voidBill(String billId);

  /** Moves the ERP's clock. */
  void letPass(Duration time);

  @Override
  void close();
}
