package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.BookedOrder.State;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.OrdersReading;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.List;
import java.util.Optional;

/**
 * Reads purchase orders as they stand (reference section 3.6). A page of a thousand is one call and
 * carries the lines. Deleted orders are in no list.
 */
final class QuickBooksBookedOrders {

  private static final String ENTITY = "PurchaseOrder";

  private final QuickBooksCalls calls;

  /**
   * @param calls counts the calls of this reading alone
   */
  QuickBooksBookedOrders(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /** Reads all; see {@link io.tieback.erp.ErpAdapter#readOrders}. */
  OrdersReading read() {
    List<BookedOrder> orders =
        List.copyOf(
            new QuickBooksPages(calls)
                .read(ENTITY, null, null, "reading purchase orders", QuickBooksBookedOrders::order)
                .records());
    return new OrdersReading(orders, calls.made());
  }

  /** Reads one; see {@link io.tieback.erp.ErpAdapter#order}. */
  Optional<BookedOrder> one(String key) {
    return calls.read(ENTITY, key, "reading a purchase order").map(QuickBooksBookedOrders::order);
  }

  private static BookedOrder order(JsonNode shown) {
    String id = QuickBooksJson.id(shown);
    String what = "purchase order " + id;
    String status = String.valueOf(QuickBooksJson.text(shown, "POStatus"));
    return new BookedOrder(
        id,
        QuickBooksJson.text(shown, "DocNumber"),
        title(shown),
        QuickBooksJson.text(shown.path("VendorRef"), "name"),
        QuickBooksJson.reference(shown, "VendorRef"),
        QuickBooksShown.day(shown, what),
        state(status, what),
        status,
        QuickBooksShown.lines(shown, what).stream()
            .map(
                line ->
                    new BookedOrder.Line(
                        // As a line is known since it was written: unique in the company.
                        id + "|" + line.key(),
                        line.description(),
                        line.amount(),
                        line.projectKey(),
                        OrderMarker.ofLine(line.description()).orElse(null)))
            .toList());
  }

  /** What Tieback wrote of the commitment, or the whole note of an order of somebody else. */
  private static String title(JsonNode shown) {
    String words = QuickBooksMarker.wordsOf(QuickBooksJson.text(shown, QuickBooksMarker.NOTE));
    return words != null && words.startsWith(QuickBooksPapers.ORDER_WORDS)
        ? words.substring(QuickBooksPapers.ORDER_WORDS.length())
        : words;
  }

  private static State state(String status, String what) {
    return switch (status) {
      case "Open" -> State.OPEN;
      case "Closed" -> State.BILLED;
      default ->
          throw Failure.of(
              FailureKind.DEFECT,
              "POStatus of " + what + " is " + status + ", which Tieback does not know",
              "Report this answer of QuickBooks Online.");
    };
  }
}
