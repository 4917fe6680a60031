package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  private record Due(String invoiceId, BigDecimal total, BigDecimal open) {}

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
    List<Due> due = due(standIns.xeroBooks());
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

  private List<Due> due(JsonNode books) {
    List<Due> due = new ArrayList<>();
    for (JsonNode bill : books.path("bills")) {
      boolean ours = BillMarker.parse(bill.path("url").textValue()).isPresent();
      BigDecimal open = bill.path("amountDue").decimalValue();
      if (ours && bill.path("status").textValue().equals("AUTHORISED") && open.signum() > 0) {
        due.add(
            new Due(bill.path("invoiceId").textValue(), bill.path("total").decimalValue(), open));
      }
    }
    return due;
  }

  private void one(List<Due> due) {
    int at = random.nextInt(due.size());
    // Bills that are paid in part come first now and then, so that several payments meet on one.
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < due.size(); i++) {
        at = due.get(i).open().compareTo(due.get(i).total()) < 0 ? i : at;
      }
    }
    Due bill = due.remove(at);
    BigDecimal amount = part(bill.open());
    pay(List.of(bill), List.of(amount), false);
    BigDecimal left = bill.open().subtract(amount);
    if (left.signum() > 0) {
      due.add(new Due(bill.invoiceId(), bill.total(), left));
    }
  }

  private void batch(List<Due> due, int size) {
    List<Due> bills = new ArrayList<>();
    List<BigDecimal> amounts = new ArrayList<>();
    for (int i = 0; i < size && !due.isEmpty(); i++) {
      Due bill = due.remove(random.nextInt(due.size()));
      bills.add(bill);
      amounts.add(bill.open());
    }
    pay(bills, amounts, true);
    batches++;
  }

  private BigDecimal part(BigDecimal open) {
    String[] shares = {"0.25", "0.4", "0.5", "1", "1"};
    BigDecimal share = new BigDecimal(shares[random.nextInt(shares.length)]);
    return open.multiply(share).setScale(2, RoundingMode.DOWN).max(CENT);
  }

  private void pay(List<Due> bills, List<BigDecimal> amounts, boolean batch) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("tenantId", standIns.seed().tenantId()).put("accountCode", "090").put("batch", batch);
    body.put("reference", (batch ? "RUN-" : "CHK-") + (1000 + made));
    ArrayNode invoices = body.putArray("invoices");
    for (int i = 0; i < bills.size(); i++) {
      invoices.addObject().put("invoiceId", bills.get(i).invoiceId()).put("amount", amounts.get(i));
    }
    standIns.xero().post("pay", body);
    made += bills.size();
  }

  /**
   * A living payment that is none of a batch and was not worked on yet; one that Procore has
   * already, if there is one.
   */
  private JsonNode some() {
    String known = standIns.procoreBooks().path("contractPayments").toString();
    JsonNode found = null;
    for (JsonNode payment : standIns.xeroBooks().path("payments")) {
      String id = payment.path("paymentId").textValue();
      boolean free =
          !payment.hasNonNull("batchPaymentId")
              && !payment.path("status").textValue().equals("DELETED")
              && !touched.contains(id);
      if (free && (found == null || known.contains(id))) {
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
    JsonNode old = some();
    BigDecimal amount = old == null ? BigDecimal.ZERO : old.path("amount").decimalValue();
    if (amount.compareTo(CENT) <= 0) {
      return;
    }
    remove(old);
    BigDecimal less =
        amount.multiply(new BigDecimal("0.9")).setScale(2, RoundingMode.DOWN).max(CENT);
    pay(List.of(new Due(old.path("invoiceId").textValue(), amount, amount)), List.of(less), false);
    made--;
    changed++;
  }

  private void delete() {
    JsonNode old = some();
    if (old != null) {
      remove(old);
      deleted++;
    }
  }

  private void remove(JsonNode payment) {
    String id = payment.path("paymentId").textValue();
    touched.add(id);
    standIns.xero().post("payments/" + id + "/delete", JsonNodeFactory.instance.objectNode());
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
