package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.BillPayment;
import io.tieback.erp.PaymentReading;
import io.tieback.erp.PaymentReading.BillState;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads bill payments and the bills that changed, once (Xero reference section 10). Payments are
 * never edited in Xero: a changed one is deleted and made anew. Since nothing promises that the
 * list of payments shows deleted ones, the bills are read too: a payment that is missing from its
 * bill is gone.
 *
 * <p>A poll without news takes one call for each of the two lists; the accounts are asked for only
 * when there is a payment whose method is wanted.
 */
final class XeroPayments {

  /**
   * Read again before the cursor: Xero stamps a change before every reader sees it (section 3.6).
   * The journal knows payments by id, so this is harmless.
   */
  static final Duration OVERLAP = Duration.ofMinutes(5);

  private static final String DOING = "reading bill payments";
  private static final String KIND = "ACCPAYPAYMENT";

  private final XeroCalls calls;
  private final XeroPages pages;
  private Map<String, BillPayment.Method> methods;

  /**
   * @param calls counts the calls of this reading alone
   */
  XeroPayments(XeroCalls calls) {
    this.calls = calls;
    this.pages = new XeroPages(calls);
  }

  /**
   * Reads what changed.
   *
   * @param cursor {@code nextCursor} of the reading before, or null for everything
   * @throws IllegalArgumentException when the cursor is none of ours
   * @throws Failure when Xero does not answer, or not as it should; nothing of the reading may be
   *     kept then
   */
  PaymentReading read(String cursor) {
    Cursor from = Cursor.parse(cursor);
    XeroPages.Reading<BillPayment> payments =
        pages.read(
            new XeroPages.Wanted(
                "Payments",
                "PaymentID",
                Map.of("where", "PaymentType==\"" + KIND + "\""),
                from.payments(),
                DOING),
            payment -> KIND.equals(XeroJson.text(payment, "PaymentType")) ? payment(payment) : null,
            () -> false);
    XeroPages.Reading<BillState> bills =
        pages.read(
            new XeroPages.Wanted(
                "Invoices",
                "InvoiceID",
                Map.of("where", "Type==\"ACCPAY\""),
                from.bills(),
                "reading bills that changed"),
            bill -> "ACCPAY".equals(XeroJson.text(bill, "Type")) ? state(bill) : null,
            () -> false);
    Cursor next = new Cursor(time(payments), time(bills));
    return new PaymentReading(
        List.copyOf(payments.records()), List.copyOf(bills.records()), next.text(), calls.made());
  }

  private static Instant time(XeroPages.Reading<?> reading) {
    if (reading.asOf() == null) {
      throw Failure.of(
          FailureKind.TRANSIENT,
          "Xero's answer while " + DOING + " has no DateTimeUTC, so the cursor cannot be moved",
          "");
    }
    return reading.asOf();
  }

  private BillPayment payment(JsonNode payment) {
    String id = XeroJson.id(payment, "PaymentID");
    String what = "payment " + id;
    String bill = XeroJson.id(payment.path("Invoice"), "InvoiceID");
    LocalDate date = XeroJson.date(payment, "Date");
    Instant updated = XeroJson.instant(payment, "UpdatedDateUTC");
    if (bill == null || date == null || updated == null) {
      String field = bill == null ? "Invoice.InvoiceID" : date == null ? "Date" : "UpdatedDateUTC";
      throw Failure.of(
          FailureKind.DEFECT,
          field + " of " + what + " is missing in Xero's answer",
          "Report this answer of Xero.");
    }
    String batch = XeroJson.id(payment, "BatchPaymentID");
    return new BillPayment(
        id,
        bill,
        XeroJson.money(payment, "Amount", what),
        date,
        method(payment.path("Account")),
        XeroJson.text(payment, "Reference"),
        batch != null ? batch : XeroJson.id(payment.path("BatchPayment"), "BatchPaymentID"),
        "DELETED".equals(XeroJson.text(payment, "Status")),
        updated);
  }

  // A payment names its account by id, by code or by both; neither can be taken for the other.
  private BillPayment.Method method(JsonNode account) {
    if (methods == null) {
      methods = methodsByAccount();
    }
    BillPayment.Method byId = methods.get(XeroJson.id(account, "AccountID"));
    return byId != null ? byId : methods.get(XeroJson.text(account, "Code"));
  }

  private static BillState state(JsonNode bill) {
    String id = XeroJson.id(bill, "InvoiceID");
    String what = "bill " + id;
    Set<String> live = new HashSet<>();
    for (JsonNode payment : bill.path("Payments")) {
      String standing = XeroJson.id(payment, "PaymentID");
      if (standing != null && !"DELETED".equals(XeroJson.text(payment, "Status"))) {
        live.add(standing);
      }
    }
    return new BillState(
        id,
        String.valueOf(XeroJson.text(bill, "Status")),
        XeroJson.money(bill, "Total", what),
        XeroJson.money(bill, "AmountPaid", what),
        XeroJson.money(bill, "AmountCredited", what),
        XeroJson.money(bill, "AmountDue", what),
        live);
  }

  /**
   * Xero keeps no method; the kind of account that the money left tells it (XR-PAY-04: cheques and
   * cards). An account of another kind, such as one that money is merely cleared through, tells
   * nothing.
   */
  private Map<String, BillPayment.Method> methodsByAccount() {
    Map<String, BillPayment.Method> methods = new HashMap<>();
    for (JsonNode account : calls.get("/Accounts", Map.of(), "reading accounts").path("Accounts")) {
      BillPayment.Method method =
          switch (String.valueOf(XeroJson.text(account, "BankAccountType"))) {
            case "BANK" -> BillPayment.Method.CHECK;
            case "CREDITCARD" -> BillPayment.Method.CREDIT_CARD;
            case "PAYPAL" -> BillPayment.Method.ELECTRONIC;
            default -> null;
          };
      if (method != null) {
        methods.put(XeroJson.id(account, "AccountID"), method);
        methods.put(XeroJson.text(account, "Code"), method);
        methods.remove(null); // an account without a code is no key
      }
    }
    return methods;
  }

  /**
   * Where the next reading goes on: Xero's own time of the first page of each list, so that no
   * clock of ours takes part.
   */
  private record Cursor(Instant paymentsAsOf, Instant billsAsOf) {

    static Cursor parse(String text) {
      if (text == null) {
        return new Cursor(null, null);
      }
      try {
        JsonNode cursor = Json.read(text.getBytes(StandardCharsets.UTF_8));
        return new Cursor(
            Instant.parse(cursor.path("payments").asText()),
            Instant.parse(cursor.path("bills").asText()));
      } catch (JsonProcessingException | DateTimeParseException e) {
        throw new IllegalArgumentException(
            "payment cursor '"
                + text
                + "' is not one that a reading of Xero payments gave; remove it to read everything",
            e);
      }
    }

    Instant payments() {
      return paymentsAsOf == null ? null : paymentsAsOf.minus(OVERLAP);
    }

    Instant bills() {
      return billsAsOf == null ? null : billsAsOf.minus(OVERLAP);
    }

    String text() {
      ObjectNode cursor = Json.object();
      cursor.put("payments", paymentsAsOf.toString());
      cursor.put("bills", billsAsOf.toString());
      return cursor.toString();
    }
  }
}
