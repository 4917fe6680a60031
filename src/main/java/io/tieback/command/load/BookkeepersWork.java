package io.tieback.command.load;

import io.tieback.command.seed.ErpBooks;
import io.tieback.construction.BillMarker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The bookkeeper in Xero: pays bills in parts and in full, several times on one bill, many bills in
 * one batch payment; changes payments, which in Xero means deleting one and making another; and
 * deletes some.
 */
final class BookkeepersWork {

  private static final int LARGE_BATCH = 10;
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final StandIns standIns;
  private final Random random;
  private final int payments;
  private final Set<String> touched = new HashSet<>();
  private int made;
  private int changed;
  private int deleted;
  private int batches;
  private boolean largeBatchMade;

  /**
   * @param payments how many payments to make in all, changed ones not counted again
   */
  BookkeepersWork(StandIns standIns, int payments, long seed) {
    this.standIns = standIns;
    this.payments = payments;
    this.random = new Random(seed + 1);
  }

  /**
   * Works until so many payments are made, as far as there are bills to pay.
   *
   * @param total how many payments shall be made by then
   */
  void upTo(int total) {
    int wanted = Math.min(total, payments);
    if (made >= wanted) {
      return;
    }
    List<ErpBooks.Bill> due = due(standIns.erpBooks());
    while (made < wanted && !due.isEmpty()) {
      int before = made;
      if (!largeBatchMade
          && made >= payments / 3
          && due.size() >= Math.min(LARGE_BATCH, payments / 2)) {
        batch(due, Math.min(LARGE_BATCH, payments / 2));
        largeBatchMade = true;
      } else if (random.nextInt(12) == 0 && due.size() >= 3) {
        batch(due, 2 + random.nextInt(2));
      } else {
        one(due);
      }
      for (int payment = before + 1; payment <= made; payment++) {
        if (payment % 9 == 8) {
          change();
        }
        if (payment % 11 == 10) {
          delete();
        }
      }
    }
  }

  private List<ErpBooks.Bill> due(ErpBooks books) {
    return new ArrayList<>(
        books.bills().stream()
            .filter(bill -> BillMarker.parse(bill.marked()).isPresent())
            .filter(bill -> bill.living() && bill.open().signum() > 0)
            .toList());
  }

  private void one(List<ErpBooks.Bill> due) {
    int at = random.nextInt(due.size());
    // Bills that are paid in part come first now and then, so that several payments meet on one.
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < due.size(); i++) {
        at = due.get(i).open().compareTo(due.get(i).total()) < 0 ? i : at;
      }
    }
    ErpBooks.Bill bill = due.remove(at);
    BigDecimal amount = part(bill.open());
    pay(List.of(new ErpBooks.Due(bill, amount)), false);
    BigDecimal left = bill.open().subtract(amount);
    if (left.signum() > 0) {
      due.add(new ErpBooks.Bill(bill.id(), bill.number(), bill.total(), left, bill.marked(), true));
    }
  }

  private void batch(List<ErpBooks.Bill> due, int size) {
    List<ErpBooks.Due> bills = new ArrayList<>();
    for (int i = 0; i < size && !due.isEmpty(); i++) {
      ErpBooks.Bill bill = due.remove(random.nextInt(due.size()));
      bills.add(new ErpBooks.Due(bill, bill.open()));
    }
    pay(bills, true);
    batches++;
  }

  private BigDecimal part(BigDecimal open) {
    String[] shares = {"0.25", "0.4", "0.5", "1", "1"};
    BigDecimal share = new BigDecimal(shares[random.nextInt(shares.length)]);
    return open.multiply(share).setScale(2, RoundingMode.DOWN).max(CENT);
  }

  private void pay(List<ErpBooks.Due> bills, boolean batch) {
    standIns
        .seed()
        .erp()
        .pay(standIns.erp(), false, null, (batch ? "RUN-" : "CHK-") + (1000 + made), batch, bills);
    made += bills.size();
  }

  /**
   * A living payment that is none of a batch and was not worked on yet; one that Procore has
   * already, if there is one.
   */
  private ErpBooks.Payment some() {
    String known = standIns.procoreBooks().path("contractPayments").toString();
    ErpBooks.Payment found = null;
    for (ErpBooks.Payment payment : standIns.erpBooks().payments()) {
      boolean free = !payment.together() && payment.living() && !touched.contains(payment.id());
      if (free && (found == null || known.contains(payment.id()))) {
        found = payment;
      }
    }
    return found;
  }

  /**
   * Changes a payment: deletes it and makes another of the same bill, a little smaller. Does
   * nothing while there is none to change.
   */
  void change() {
    ErpBooks.Payment old = some();
    BigDecimal amount = old == null ? BigDecimal.ZERO : old.amount();
    if (amount.compareTo(CENT) <= 0) {
      return;
    }
    remove(old);
    BigDecimal less =
        amount.multiply(new BigDecimal("0.9")).setScale(2, RoundingMode.DOWN).max(CENT);
    ErpBooks.Bill bill =
        standIns.erpBooks().bills().stream()
            .filter(one -> one.id().equals(old.billId()))
            .findFirst()
            .orElseThrow();
    pay(List.of(new ErpBooks.Due(bill, less)), false);
    made--;
    changed++;
  }

  private void delete() {
    ErpBooks.Payment old = some();
    if (old != null) {
      remove(old);
      deleted++;
    }
  }

  private void remove(ErpBooks.Payment payment) {
    touched.add(payment.id());
    standIns.seed().erp().deletePayment(standIns.erp(), payment.id());
  }

  /** Payments made so far, changed ones not counted again. */
  int made() {
    return made;
  }

  /** Payments deleted and made anew. */
  int changed() {
    return changed;
  }

  /** Payments deleted for good. */
  int deleted() {
    return deleted;
  }

  /** Batch payments over several bills. */
  int batches() {
    return batches;
  }
}
