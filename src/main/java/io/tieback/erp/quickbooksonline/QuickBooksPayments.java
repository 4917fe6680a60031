package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.construction.PaymentBatches;
import io.tieback.erp.PaymentReading;
import io.tieback.erp.PaymentReading.BillState;
import io.tieback.wire.Failure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads bill payments and the bills that changed, once (reference section 14; QBO-PAY-01). What a
 * payment does for one bill is a payment of its own here (GEN-PAY-12), and the whole payment is
 * their batch: a voided one has lost its links to bills, and of a deleted one only its id is left,
 * so that nothing but the batch tells which are gone.
 *
 * <p>A poll takes one call, with or without news.
 */
final class QuickBooksPayments {

  private static final String DOING = "reading bill payments";
  private static final String BILL = "Bill";

  private final QuickBooksCalls calls;
  private final QuickBooksChanges changes;
  private final Map<String, QuickBooksBillPayment> payments = new LinkedHashMap<>();
  private final Map<String, ObjectNode> bills = new LinkedHashMap<>();

  /**
   * @param calls counts the calls of this reading alone
   */
  QuickBooksPayments(QuickBooksCalls calls, Clock clock) {
    this.calls = calls;
    this.changes = new QuickBooksChanges(calls, clock);
  }

  /**
   * Reads what changed. Once for each instance.
   *
   * @param cursor {@code nextCursor} of the reading before, or null for everything
   * @throws IllegalArgumentException when the cursor is none of ours
   * @throws Failure when QuickBooks does not answer, or not as it should; nothing of the reading
   *     may be kept then
   */
  PaymentReading read(String cursor) {
    QuickBooksChanges.Reading reading =
        changes.read(
            cursor,
            List.of(
                new QuickBooksChanges.Source(QuickBooksBillPayment.ENTITY, true, this::payment),
                new QuickBooksChanges.Source(BILL, false, this::bill)),
            DOING);
    List<BillPayment> single = new ArrayList<>();
    Map<String, Set<String>> standing = new HashMap<>();
    Map<String, Money> credited = new HashMap<>();
    for (QuickBooksBillPayment payment : payments.values()) {
      List<BillPayment> cash = cash(payment);
      single.addAll(cash);
      standing.put(
          payment.id(), new HashSet<>(cash.stream().map(BillPayment::erpPaymentId).toList()));
      payment.parts().stream()
          .filter(part -> !part.isCash())
          .forEach(part -> credited.merge(part.bill(), part.amount(), Money::plus));
    }
    return new PaymentReading(
        single,
        bills.values().stream().map(bill -> state(bill, credited)).toList(),
        new PaymentBatches(standing, reading.existing().get(QuickBooksBillPayment.ENTITY)),
        reading.nextCursor(),
        calls.made());
  }

  private void payment(JsonNode shown) {
    payments.put(QuickBooksJson.id(shown), QuickBooksBillPayment.of(shown));
  }

  private void bill(JsonNode shown) {
    String id = QuickBooksJson.id(shown);
    bills.remove(id);
    if (!QuickBooksChanges.isDeleted(shown)) {
      // The lines of all bills would be large.
      bills.put(id, ((ObjectNode) shown).without("Line"));
    }
  }

  private static List<BillPayment> cash(QuickBooksBillPayment payment) {
    return payment.parts().stream()
        .filter(QuickBooksBillPayment.Part::isCash)
        .map(
            part ->
                new BillPayment(
                    QuickBooksBillPayment.key(payment.id(), part.bill()),
                    part.bill(),
                    part.amount(),
                    payment.date(),
                    payment.method(),
                    payment.number(),
                    payment.id(),
                    false,
                    payment.changed()))
        .toList();
  }

  /**
   * QuickBooks says of a bill what is open; how much of the rest were credits shows on payments
   * only, and of those that were not read now it counts as paid.
   */
  private static BillState state(JsonNode bill, Map<String, Money> credits) {
    String id = QuickBooksJson.id(bill);
    String what = "bill " + id;
    Money total = QuickBooksJson.money(bill, "TotalAmt", what);
    Money due = QuickBooksJson.money(bill, "Balance", what);
    Money credited = credits.getOrDefault(id, Money.ZERO);
    return new BillState(
        id,
        QuickBooksComparison.status(bill),
        total,
        total.minus(due).minus(credited),
        credited,
        due,
        live(bill, id));
  }

  /** For people: which of them are gone is told by the batches. */
  private static Set<String> live(JsonNode bill, String id) {
    Set<String> live = new HashSet<>();
    for (JsonNode linked : bill.path("LinkedTxn")) {
      if (String.valueOf(QuickBooksJson.text(linked, "TxnType")).startsWith("BillPayment")) {
        live.add(QuickBooksBillPayment.key(QuickBooksJson.text(linked, "TxnId"), id));
      }
    }
    return live;
  }
}
