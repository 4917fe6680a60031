package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Payments of bills (reference section 3.7): one line per document, bills that are paid and credits
 * that are used up; the total may be more (money on account), never less.
 */
final class PaymentRules {
  private PaymentRules() {}

  static void settle(Draft draft) {
    ObjectNode body = draft.body();
    DocumentRules.payable(draft, false);
    boolean check = draft.text("PayType").equals("Check");
    String detail = check ? "CheckPayment" : "CreditCardPayment";
    if (!body.has(detail)) {
      throw Refusal.missing(detail);
    }
    DocumentRules.account(
        draft,
        body.path(detail).path(check ? "BankAccountRef" : "CCAccountRef"),
        check ? "Bank" : "Credit Card",
        detail);
    BigDecimal total = body.get("TotalAmt").decimalValue();
    if (total.signum() < 0) {
      throw Refusal.business("Transaction amount must be 0 or greater.");
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, BigDecimal> one : allocations(body, draft.switches()).entrySet()) {
      sum = sum.add(target(draft, one.getKey(), one.getValue()));
    }
    if (total.compareTo(sum) < 0) {
      throw Refusal.business(
          "The total "
              + total.toPlainString()
              + " is less than the lines less the credits, "
              + sum.toPlainString());
    }
  }

  /** Amount by document, {@code Bill/12}; positive for bills and credits alike. */
  static Map<String, BigDecimal> allocations(JsonNode payment, Switches switches) {
    Map<String, BigDecimal> all = new LinkedHashMap<>();
    boolean negative = switches.choice("creditLineSign").equals("negative");
    for (JsonNode line : payment.path("Line")) {
      JsonNode links = line.path("LinkedTxn");
      if (links.size() != 1) {
        throw Refusal.missing("Line.LinkedTxn");
      }
      String type = Json.text(links.get(0), "TxnType");
      BigDecimal amount = DocumentRules.money(line, "Amount");
      all.merge(
          type + "/" + Json.text(links.get(0), "TxnId"),
          negative && type.equals("VendorCredit") ? amount.negate() : amount,
          BigDecimal::add);
    }
    return all;
  }

  /** Checks one allocation; what it adds to the money paid out. */
  private static BigDecimal target(Draft draft, String key, BigDecimal amount) {
    String type = key.substring(0, key.indexOf('/'));
    String id = key.substring(key.indexOf('/') + 1);
    Kind kind =
        switch (type) {
          case "Bill" -> Kind.BILL;
          case "VendorCredit" -> Kind.VENDOR_CREDIT;
          case "JournalEntry" -> Kind.JOURNAL_ENTRY;
          default -> throw Refusal.property("LinkedTxn.TxnType", "does not take " + type);
        };
    Company.Entry document = draft.company().get(kind, id);
    if (document == null) {
      throw Refusal.invalid(
          "2500",
          "Invalid Reference Id",
          "Invalid Reference Id : " + type + " element id " + id + " not found",
          "LinkedTxn.TxnId");
    }
    if (amount.signum() <= 0) {
      throw Refusal.business("The amount applied to " + key + " has to be more than 0");
    }
    if (kind == Kind.JOURNAL_ENTRY) {
      return amount;
    }
    if (!document.ref("VendorRef").equals(Json.text(draft.body().path("VendorRef"), "value"))) {
      throw Refusal.business(key + " is of another vendor");
    }
    BigDecimal own =
        draft.isNew()
            ? BigDecimal.ZERO
            : draft
                .company()
                .applied
                .getOrDefault(key, Map.of())
                .getOrDefault(draft.before().id, BigDecimal.ZERO);
    if (amount.compareTo(document.money("Balance").add(own)) > 0) {
      throw Refusal.business(
          "The amount applied to "
              + key
              + " is more than its balance "
              + document.money("Balance").add(own).toPlainString());
    }
    return kind == Kind.BILL ? amount : amount.negate();
  }

  /** Applies what a payment says now (null: it is gone) in place of what it said before. */
  static void apply(
      Company company, Switches switches, Company.Entry payment, JsonNode body, Instant now) {
    Map<String, BigDecimal> after = body == null ? Map.of() : allocations(body, switches);
    Map<String, BigDecimal> before = company.allocated.remove(payment.id);
    before = before == null ? Map.of() : before;
    before.keySet().forEach(key -> company.applied.get(key).remove(payment.id));
    company.allocated.put(payment.id, after);
    after.forEach(
        (key, amount) ->
            company
                .applied
                .computeIfAbsent(key, same -> new LinkedHashMap<>())
                .put(payment.id, amount));
    Map<String, BigDecimal> touched = new LinkedHashMap<>(before);
    touched.putAll(after);
    for (String key : touched.keySet()) {
      BigDecimal was = before.getOrDefault(key, BigDecimal.ZERO);
      if (was.compareTo(after.getOrDefault(key, BigDecimal.ZERO)) != 0) {
        refresh(company, switches, key, now);
      }
    }
  }

  private static void refresh(Company company, Switches switches, String key, Instant now) {
    Kind kind = Kind.named(key.substring(0, key.indexOf('/')));
    Company.Entry document = company.get(kind, key.substring(key.indexOf('/') + 1));
    if (document == null || kind == Kind.JOURNAL_ENTRY) {
      return;
    }
    document.body.put("Balance", document.money("TotalAmt").subtract(company.appliedTo(document)));
    ArrayNode links = Json.array();
    for (JsonNode link : document.body.path("LinkedTxn")) {
      if (OrderLinks.ORDER.equals(Json.text(link, "TxnType"))) {
        links.add(link);
      }
    }
    company
        .applied
        .getOrDefault(key, Map.of())
        .keySet()
        .forEach(id -> links.addObject().put("TxnId", id).put("TxnType", "BillPaymentCheck"));
    document.body.remove("LinkedTxn");
    if (!links.isEmpty()) {
      document.body.set("LinkedTxn", links);
    }
    if (switches.flag("linksTouchTransactions")) {
      company.touch(document, now);
    }
  }
}
