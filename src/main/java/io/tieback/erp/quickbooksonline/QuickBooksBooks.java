package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Kind;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads bills and vendor credits as they stand (reference sections 3.5, 3.7 and 3.8). QuickBooks
 * cannot filter by line or note: everything is listed, a thousand in a call, and only what is
 * wanted is kept. Bills do not say how much a payment settles of them, so bill payments are listed
 * too.
 *
 * <p>The balance of the retainage account is not told: what QuickBooks shows as an account's
 * balance is of today whatever day is asked for, and its sign on liabilities is not published.
 */
final class QuickBooksBooks {

  private static final String BILL = "Bill";
  private static final String CREDIT = "VendorCredit";

  private final ConnectionId connection;
  private final QuickBooksCalls calls;
  private final QuickBooksPages pages;
  private final QuickBooksCodes codes;
  private final Map<String, List<Settlement>> settlements = new HashMap<>();

  /**
   * @param calls counts the calls of this reading alone
   */
  QuickBooksBooks(ConnectionId connection, QuickBooksCalls calls) {
    this.connection = connection;
    this.calls = calls;
    this.pages = new QuickBooksPages(calls);
    this.codes = new QuickBooksCodes(calls);
  }

  /** A document whose lines are not named yet. */
  private record Found(JsonNode header, Kind kind, List<QuickBooksShown.Line> lines) {}

  /** What makes a document wanted whoever wrote it. */
  private record Wanted(Set<String> ids, Set<String> items, Set<String> accounts) {

    boolean hasRetainage(List<QuickBooksShown.Line> lines) {
      return lines.stream()
          .anyMatch(
              line ->
                  line.itemId() != null && items.contains(line.itemId())
                      || line.accountId() != null && accounts.contains(line.accountId()));
    }
  }

  /** Reads everything, once; see {@link io.tieback.erp.ErpAdapter#readBooks}. */
  BooksReading read(BooksWanted asked) {
    Wanted wanted =
        new Wanted(
            asked.documentIds(),
            codes.itemsNamed(asked.retainageItem()),
            codes.accountsNamed(asked.retainageAccount()));
    List<Found> found = new ArrayList<>(list(BILL, Kind.BILL, wanted));
    found.addAll(list(CREDIT, Kind.CREDIT_NOTE, wanted));
    pages
        .read(
            QuickBooksBillPayment.ENTITY,
            null,
            null,
            "reading bill payments for a tie-out",
            QuickBooksBillPayment::of)
        .records()
        .forEach(this::settle);
    codes.learn(found.stream().flatMap(one -> one.lines().stream()).toList());
    return new BooksReading(found.stream().map(this::document).toList(), null, calls.made());
  }

  private List<Found> list(String entity, Kind kind, Wanted wanted) {
    return List.copyOf(
        pages
            .read(
                entity,
                null,
                null,
                "reading " + entity + " for a tie-out",
                shown -> {
                  String id = QuickBooksJson.id(shown);
                  List<QuickBooksShown.Line> lines =
                      QuickBooksShown.lines(shown, words(kind) + " " + id);
                  boolean keep =
                      isOurs(shown) || wanted.ids().contains(id) || wanted.hasRetainage(lines);
                  return keep ? new Found(shown, kind, lines) : null;
                })
            .records());
  }

  private boolean isOurs(JsonNode shown) {
    return BillMarker.parse(QuickBooksMarker.of(shown))
        .filter(marker -> marker.connection().equals(connection))
        .isPresent();
  }

  private static String words(Kind kind) {
    return kind == Kind.BILL ? "bill" : "vendor credit";
  }

  /** What was paid on bills, what credits settled of them, and what credits were given to. */
  private void settle(QuickBooksBillPayment payment) {
    for (QuickBooksBillPayment.Part part : payment.parts()) {
      if (part.isCash()) {
        String key = QuickBooksBillPayment.key(payment.id(), part.bill());
        add(BILL, part.bill(), SettledBy.PAYMENT, key, part.amount(), payment.date());
      } else {
        SettledBy credit = SettledBy.CREDIT_NOTE;
        add(BILL, part.bill(), credit, part.credit(), part.amount(), payment.date());
        add(CREDIT, part.credit(), credit, part.bill(), part.amount().negated(), payment.date());
      }
    }
  }

  private void add(
      String entity, String id, SettledBy by, String key, Money amount, LocalDate day) {
    settlements
        .computeIfAbsent(entity + id, none -> new ArrayList<>())
        .add(new Settlement(by, key, amount, day));
  }

  private BookedDocument document(Found one) {
    JsonNode shown = one.header();
    boolean credit = one.kind() == Kind.CREDIT_NOTE;
    String id = QuickBooksJson.id(shown);
    String what = words(one.kind()) + " " + id;
    return new BookedDocument(
        one.kind(),
        QuickBooksMarker.of(shown),
        id,
        QuickBooksJson.text(shown, "DocNumber"),
        QuickBooksJson.text(shown.path("VendorRef"), "name"),
        QuickBooksShown.day(shown, what),
        QuickBooksComparison.isVoided(shown) ? State.GONE : State.POSTED,
        QuickBooksComparison.status(shown),
        one.lines().stream().map(line -> line(line, credit)).toList(),
        signed(QuickBooksShown.tax(shown, what), credit),
        signed(QuickBooksJson.money(shown, "Balance", what), credit),
        settlements.getOrDefault((credit ? CREDIT : BILL) + id, List.of()));
  }

  private BookedDocument.Line line(QuickBooksShown.Line line, boolean credit) {
    return new BookedDocument.Line(
        line.description(),
        signed(line.amount(), credit),
        codes.item(line),
        codes.account(line),
        line.projectKey());
  }

  private static Money signed(Money amount, boolean credit) {
    return credit ? amount.negated() : amount;
  }
}
