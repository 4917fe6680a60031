package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BillPayment.Method;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bill payment as QuickBooks Online shows it, taken apart by bill (reference sections 3.7 and
 * 14). One payment may settle many bills, and vendor credits may stand on it: then less money left
 * the company than the bills' lines say. Which bill a credit was meant for is not said; credits
 * settle the bills in the order in which both are listed. Whether QuickBooks shows credits with a
 * sign of their own is uncertain, so their size counts, and the money that left ({@code TotalAmt})
 * bounds what is cash.
 *
 * @param id its id
 * @param gone whether it was voided or deleted: no bill is settled by it any more
 * @param number cheque number, or null
 * @param date its day; null only when it is gone
 * @param method how it was paid, or null when QuickBooks does not tell
 * @param changed when it last changed; null only when it is gone
 * @param parts what settles which bill
 */
record QuickBooksBillPayment(
    String id,
    boolean gone,
    String number,
    LocalDate date,
    Method method,
    Instant changed,
    List<Part> parts) {

  static final String ENTITY = "BillPayment";

  QuickBooksBillPayment {
    parts = List.copyOf(parts);
  }

  /**
   * How much of a bill is settled by what.
   *
   * @param bill id of the bill
   * @param credit id of the vendor credit or journal entry, of the payment itself for a discount,
   *     or null for cash
   * @param amount above zero
   */
  record Part(String bill, String credit, Money amount) {

    boolean isCash() {
      return credit == null;
    }
  }

  /** The key of what one payment does for one bill (section 14). */
  static String key(String payment, String bill) {
    return payment + "|" + bill;
  }

  /**
   * Takes one apart.
   *
   * @throws Failure DEFECT when a field is missing that none of QuickBooks's payments lacks
   */
  static QuickBooksBillPayment of(JsonNode shown) {
    String id = QuickBooksJson.id(shown);
    String what = "bill payment " + id;
    if (QuickBooksChanges.isDeleted(shown) || isVoided(shown)) {
      return new QuickBooksBillPayment(id, true, null, null, null, null, List.of());
    }
    return new QuickBooksBillPayment(
        id,
        false,
        QuickBooksJson.text(shown, "DocNumber"),
        QuickBooksShown.day(shown, what),
        method(QuickBooksJson.text(shown, "PayType")),
        changed(shown, what),
        parts(shown, id, what));
  }

  /** Nothing is left of its lines, or its note says so and nothing was paid (section 3.7). */
  private static boolean isVoided(JsonNode shown) {
    boolean nothingPaid =
        shown.path("TotalAmt").isNumber() && shown.path("TotalAmt").decimalValue().signum() == 0;
    return nothingPaid && shown.path("Line").isEmpty() || QuickBooksComparison.isVoided(shown);
  }

  private static Instant changed(JsonNode shown, String what) {
    Instant changed = QuickBooksPages.changed(shown);
    if (changed == null) {
      throw QuickBooksShown.missing("MetaData.LastUpdatedTime", what);
    }
    return changed;
  }

  private static Method method(String type) {
    return switch (String.valueOf(type)) {
      case "Check" -> Method.CHECK;
      case "CreditCard" -> Method.CREDIT_CARD;
      default -> null;
    };
  }

  private static List<Part> parts(JsonNode shown, String id, String what) {
    // By id, so that a credit stays with its bill when QuickBooks lists the lines in another order.
    Map<String, Money> bills = new TreeMap<>();
    Map<String, Money> credits = new LinkedHashMap<>();
    Map<String, Money> others = new LinkedHashMap<>();
    for (JsonNode line : shown.path("Line")) {
      JsonNode linked = linked(line, what);
      if (linked == null) {
        continue;
      }
      String of = QuickBooksJson.text(linked, "TxnId");
      Money amount = size(QuickBooksJson.money(line, "Amount", "a line of " + what));
      switch (String.valueOf(QuickBooksJson.text(linked, "TxnType"))) {
        case "Bill" -> bills.merge(of, amount, Money::plus);
        case "VendorCredit" -> credits.merge(of, amount, Money::plus);
        default -> others.merge(of, amount, Money::plus);
      }
    }
    Money paid = QuickBooksJson.money(shown, "TotalAmt", what);
    Money settled = sum(bills);
    // A journal entry may owe the supplier something or be owed by it. That it is a credit shows in
    // the money that left.
    if (!others.isEmpty() && settled.minus(sum(credits)).minus(sum(others)).equals(paid)) {
      credits.putAll(others);
    }
    Money cash = least(settled.minus(sum(credits)), paid);
    Money rest = settled.minus(sum(credits)).minus(cash);
    if (!cash.isNegative() && !rest.isZero()) {
      credits.put(id, rest); // less was paid than is settled: a discount
    }
    return matched(bills, credits);
  }

  /** What a line settles; null for one that settles nothing. */
  private static JsonNode linked(JsonNode line, String what) {
    JsonNode links = line.path("LinkedTxn");
    if (links.isEmpty()) {
      return null;
    }
    if (links.size() > 1) {
      throw Failure.of(
          FailureKind.DEFECT,
          "a line of "
              + what
              + " is linked to "
              + links.size()
              + " transactions, and how much of"
              + " it is for which is not said",
          "Report this answer of QuickBooks Online.");
    }
    if (QuickBooksJson.text(links.path(0), "TxnId") == null) {
      throw QuickBooksShown.missing("LinkedTxn.TxnId of a line", what);
    }
    return links.path(0);
  }

  private static List<Part> matched(Map<String, Money> bills, Map<String, Money> credits) {
    List<Part> parts = new ArrayList<>();
    Map<String, Money> left = new LinkedHashMap<>(credits);
    bills.forEach(
        (bill, amount) -> {
          Money open = amount;
          for (Map.Entry<String, Money> credit : left.entrySet()) {
            Money used = least(open, credit.getValue());
            if (!used.isZero()) {
              parts.add(new Part(bill, credit.getKey(), used));
              credit.setValue(credit.getValue().minus(used));
              open = open.minus(used);
            }
          }
          if (!open.isZero()) {
            parts.add(new Part(bill, null, open));
          }
        });
    return parts;
  }

  private static Money sum(Map<String, Money> amounts) {
    return Money.sum(amounts.values());
  }

  private static Money least(Money one, Money other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Money size(Money amount) {
    return amount.isNegative() ? amount.negated() : amount;
  }
}
