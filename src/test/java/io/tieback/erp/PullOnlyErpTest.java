package io.tieback.erp;

import io.tieback.construction.Bill;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The port is asynchronous: an ERP whose outcomes come only when it calls keeps the same promises.
 */
class PullOnlyErpTest extends ErpAdapterContract {

  @Override
  protected ErpUnderTest start() {
    return new Company();
  }

  static final class Company implements ErpUnderTest {
    private final PullOnlyErp.MovableClock clock = new PullOnlyErp.MovableClock();
    private final PullOnlyErp erp = new PullOnlyErp(clock);

    @Override
    public ErpAdapter adapter() {
      return erp;
    }

    @Override
    public Bill good(long requisition) {
      return bill(requisition, "acme");
    }

    @Override
    public Bill bad(long requisition) {
      return bill(requisition, PullOnlyErp.UNKNOWN_SUPPLIER);
    }

    @Override
    public Bill poison(long requisition) {
      return bill(requisition, PullOnlyErp.CHOKING_SUPPLIER);
    }

    private static Bill bill(long requisition, String supplier) {
      return BillFixtures.bill(
          requisition,
          supplier,
          BillFixtures.work("Formwork", "100.10", "a", null, null),
          BillFixtures.held("-10.01", "815", null));
    }

    @Override
    public void comeBy() {
      while (!erp.isIdle()) {
        erp.visit();
      }
    }

    @Override
    public void nextWrite(Mishap mishap) {
      erp.nextWrite(mishap);
    }

    @Override
    public void awaitLateWriting() {
      erp.writeLate();
    }

    @Override
    public int writes() {
      return erp.writes();
    }

    @Override
    public List<Booked> books() {
      return erp.file().bills.values().stream()
          .map(bill -> new Booked(bill.marker(), bill.erpId(), bill.total()))
          .toList();
    }

    @Override
    public Set<String> pay(Map<String, Money> amounts, boolean asOne) {
      Set<String> ids = new HashSet<>();
      amounts.forEach((bill, amount) -> ids.add(erp.pay(bill, amount, asOne ? "BATCH-1" : null)));
      return ids;
    }

    @Override
    public void deletePayment(String paymentId) {
      erp.deletePayment(paymentId);
    }

    @Override
    public String enterCost(
        String id, JobCost.Kind kind, JobCost.Status status, List<Money> amounts) {
      return erp.enter(id, kind, status, amounts);
    }

    @Override
    public String enterByHand(String number, String account, Money amount) {
      return erp.enterByHand(number, account, amount);
    }

    @Override
    public void voidBill(String billId) {
      erp.voidBill(billId);
    }

    @Override
    public void letPass(Duration time) {
      clock.pass(time);
    }

    @Override
    public void close() {}
  }
}
