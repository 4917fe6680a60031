package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Kind;
import io.tieback.construction.BookedDocument.Line;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.Money;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads bills and supplier credit notes as they stand (Xero reference sections 9 to 11). A page of
 * a thousand is one call; a bill carries its lines, its payments and what was credited on it, so
 * that nothing is asked for one by one. Xero cannot filter by line or address: everything is
 * listed, and only what is wanted is kept.
 */
final class XeroBooks {

  private final XeroConnection connection;
  private final XeroCalls calls;
  private final XeroPages pages;
  private final Clock clock;

  /**
   * @param calls counts the calls of this reading alone
   */
  XeroBooks(XeroConnection connection, XeroCalls calls, Clock clock) {
    this.connection = connection;
    this.calls = calls;
    this.pages = new XeroPages(calls);
    this.clock = clock;
  }

  /** Reads everything; see {@link io.tieback.erp.ErpAdapter#readBooks}. */
  BooksReading read(BooksWanted wanted) {
    List<BookedDocument> documents = new ArrayList<>();
    documents.addAll(list("Invoices", "InvoiceID", "ACCPAY", Kind.BILL, wanted));
    documents.addAll(list("CreditNotes", "CreditNoteID", "ACCPAYCREDIT", Kind.CREDIT_NOTE, wanted));
    Money balance =
        new XeroTrialBalance(connection, calls)
            .balance(wanted.retainageAccount(), asOf(wanted, documents));
    return new BooksReading(documents, balance, calls.made());
  }

  /** A bill may be dated ahead; it stands on the account all the same. */
  private LocalDate asOf(BooksWanted wanted, List<BookedDocument> documents) {
    LocalDate today = LocalDate.now(clock).plusDays(1);
    return wanted.through() != null
        ? wanted.through()
        : documents.stream()
            .map(BookedDocument::date)
            .filter(date -> date != null && date.isAfter(today))
            .max(Comparator.naturalOrder())
            .orElse(today);
  }

  private List<BookedDocument> list(
      String name, String key, String type, Kind kind, BooksWanted wanted) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("where", "Type==\"" + type + "\"");
    query.put("unitdp", "4");
    return List.copyOf(
        pages
            .read(
                new XeroPages.Wanted(name, key, query, null, "reading " + name + " for a tie-out"),
                shown ->
                    type.equals(XeroJson.text(shown, "Type")) && isWanted(shown, key, wanted)
                        ? document(shown, key, kind)
                        : null,
                () -> false)
            .records());
  }

  private boolean isWanted(JsonNode shown, String key, BooksWanted wanted) {
    boolean ours =
        BillMarker.parse(XeroDocument.of(shown).marker(shown))
            .filter(marker -> marker.connection().equals(connection.id()))
            .isPresent();
    if (ours || wanted.documentIds().contains(XeroJson.id(shown, key))) {
      return true;
    }
    for (JsonNode line : shown.path("LineItems")) {
      if (wanted.isRetainage(XeroJson.text(line, "ItemCode"), XeroJson.text(line, "AccountCode"))) {
        return true;
      }
    }
    return false;
  }

  private BookedDocument document(JsonNode shown, String key, Kind kind) {
    String id = XeroJson.id(shown, key);
    boolean credit = kind == Kind.CREDIT_NOTE;
    String what = (credit ? "credit note " : "bill ") + id;
    Money due =
        credit
            ? XeroJson.money(shown, "RemainingCredit", what).negated()
            : XeroJson.money(shown, "AmountDue", what);
    String status = String.valueOf(XeroJson.text(shown, "Status"));
    return new BookedDocument(
        kind,
        XeroDocument.of(shown).marker(shown),
        id,
        XeroJson.text(shown, credit ? "CreditNoteNumber" : "InvoiceNumber"),
        XeroJson.text(shown.path("Contact"), "Name"),
        XeroJson.date(shown, "Date"),
        state(status, what),
        status,
        lines(shown, credit, what),
        signed(XeroJson.money(shown, "TotalTax", what), credit),
        due,
        credit ? allocations(shown, what) : settlements(shown, what));
  }

  private static State state(String status, String what) {
    return switch (status) {
      case "AUTHORISED", "PAID" -> State.POSTED;
      case "DRAFT", "SUBMITTED" -> State.DRAFT;
      case "VOIDED", "DELETED" -> State.GONE;
      default ->
          throw Failure.of(
              FailureKind.DEFECT,
              "Status of " + what + " is " + status + ", which Tieback does not know",
              "Report this answer of Xero.");
    };
  }

  /** A line without an amount is a remark; with tax included the tax is taken off. */
  private List<Line> lines(JsonNode shown, boolean credit, String what) {
    boolean inclusive = "Inclusive".equals(XeroJson.text(shown, "LineAmountTypes"));
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : shown.path("LineItems")) {
      if (!line.path("LineAmount").isNumber()) {
        continue;
      }
      String of = "a line of " + what;
      Money amount = XeroJson.money(line, "LineAmount", of);
      Money net = inclusive ? amount.minus(XeroJson.money(line, "TaxAmount", of)) : amount;
      lines.add(
          new Line(
              XeroJson.text(line, "Description"),
              signed(net, credit),
              XeroJson.text(line, "ItemCode"),
              XeroJson.text(line, "AccountCode"),
              project(line)));
    }
    return lines;
  }

  /** The option of the category whose options are projects (section 6). */
  private String project(JsonNode line) {
    String category = connection.bills().trackingCategoryId();
    for (JsonNode entry : line.path("Tracking")) {
      if (category != null && category.equalsIgnoreCase(XeroJson.id(entry, "TrackingCategoryID"))) {
        return XeroJson.id(entry, "TrackingOptionID");
      }
    }
    return null;
  }

  private static List<Settlement> settlements(JsonNode bill, String what) {
    List<Settlement> all = new ArrayList<>();
    for (JsonNode payment : bill.path("Payments")) {
      if (!"DELETED".equals(XeroJson.text(payment, "Status"))) {
        all.add(settlement(SettledBy.PAYMENT, payment, "PaymentID", "Amount", what));
      }
    }
    for (JsonNode credit : bill.path("CreditNotes")) {
      all.add(settlement(SettledBy.CREDIT_NOTE, credit, "CreditNoteID", "AppliedAmount", what));
    }
    for (JsonNode credit : bill.path("Prepayments")) {
      all.add(settlement(SettledBy.PREPAYMENT, credit, "PrepaymentID", "AppliedAmount", what));
    }
    for (JsonNode credit : bill.path("Overpayments")) {
      all.add(settlement(SettledBy.OVERPAYMENT, credit, "OverpaymentID", "AppliedAmount", what));
    }
    return all;
  }

  /**
   * What a credit note gave to bills, with the sign that its amounts have. Its day is the credit
   * note's own, since bills show no other for it.
   */
  private static List<Settlement> allocations(JsonNode credit, String what) {
    List<Settlement> all = new ArrayList<>();
    for (JsonNode allocation : credit.path("Allocations")) {
      if (!allocation.path("IsDeleted").asBoolean(false)) {
        all.add(
            new Settlement(
                SettledBy.CREDIT_NOTE,
                XeroJson.id(allocation.path("Invoice"), "InvoiceID"),
                XeroJson.money(allocation, "Amount", "an allocation of " + what).negated(),
                XeroJson.date(credit, "Date")));
      }
    }
    return all;
  }

  private static Settlement settlement(
      SettledBy by, JsonNode shown, String key, String amount, String what) {
    return new Settlement(
        by,
        XeroJson.id(shown, key),
        XeroJson.money(shown, amount, "a settlement of " + what),
        XeroJson.date(shown, "Date"));
  }

  private static Money signed(Money amount, boolean credit) {
    return credit ? amount.negated() : amount;
  }
}
