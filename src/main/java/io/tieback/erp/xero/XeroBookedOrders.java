package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.BookedOrder.Line;
import io.tieback.construction.BookedOrder.State;
import io.tieback.construction.Money;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.OrdersReading;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads purchase orders as they stand (Xero reference section 8). A page of a thousand is one call
 * and carries the lines.
 */
final class XeroBookedOrders {

  private static final int NOT_FOUND = 404;

  private final XeroConnection connection;
  private final XeroCalls calls;

  /**
   * @param calls counts the calls of this reading alone
   */
  XeroBookedOrders(XeroConnection connection, XeroCalls calls) {
    this.connection = connection;
    this.calls = calls;
  }

  /** Reads all; see {@link io.tieback.erp.ErpAdapter#readOrders}. */
  OrdersReading read() {
    List<BookedOrder> orders =
        List.copyOf(
            new XeroPages(calls)
                .read(
                    new XeroPages.Wanted(
                        XeroOrders.NAME, SentOrder.ID, Map.of(), null, "reading purchase orders"),
                    this::order,
                    () -> false)
                .records());
    return new OrdersReading(orders, calls.made());
  }

  /** Reads one; see {@link io.tieback.erp.ErpAdapter#order}. */
  Optional<BookedOrder> one(String key) {
    try {
      JsonNode shown =
          calls
              .get(XeroOrders.PATH + "/" + key, Map.of(), "reading a purchase order")
              .path(XeroOrders.NAME)
              .path(0);
      return shown.isObject() ? Optional.of(order(shown)) : Optional.empty();
    } catch (Failure failure) {
      if (failure.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private BookedOrder order(JsonNode shown) {
    String id = XeroJson.id(shown, SentOrder.ID);
    String status = String.valueOf(XeroJson.text(shown, "Status"));
    return new BookedOrder(
        id,
        XeroJson.text(shown, SentOrder.NUMBER),
        XeroJson.text(shown, "Reference"),
        XeroJson.text(shown.path("Contact"), "Name"),
        XeroJson.text(shown.path("Contact"), "ContactID"),
        XeroJson.date(shown, "Date"),
        state(status, id),
        status,
        lines(shown, "purchase order " + id));
  }

  private static State state(String status, String id) {
    return switch (status) {
      case "DRAFT", "SUBMITTED", "AUTHORISED" -> State.OPEN;
      case "BILLED" -> State.BILLED;
      case "DELETED" -> State.GONE;
      default ->
          throw Failure.of(
              FailureKind.DEFECT,
              "Status of purchase order "
                  + id
                  + " is "
                  + status
                  + ", which Tieback does not know (XR-API-02)",
              "Report this answer of Xero.");
    };
  }

  /** A line without an amount is a remark; with tax included the tax is taken off. */
  private List<Line> lines(JsonNode shown, String what) {
    boolean inclusive = "Inclusive".equals(XeroJson.text(shown, "LineAmountTypes"));
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : shown.path("LineItems")) {
      if (!line.path("LineAmount").isNumber()) {
        continue;
      }
      String of = "a line of " + what;
      Money amount = XeroJson.money(line, "LineAmount", of);
      String text = XeroJson.text(line, "Description");
      lines.add(
          new Line(
              XeroJson.id(line, "LineItemID"),
              text,
              inclusive ? amount.minus(XeroJson.money(line, "TaxAmount", of)) : amount,
              project(line),
              OrderMarker.ofLine(text).orElse(null),
              isApproved(shown) && XeroJson.text(line, "AccountCode") == null));
    }
    return lines;
  }

  /** A draft may lack accounts; what is approved may not. */
  private static boolean isApproved(JsonNode shown) {
    return "AUTHORISED".equals(XeroJson.text(shown, "Status"));
  }

  private String project(JsonNode line) {
    String category = connection.bills().trackingCategoryId();
    for (JsonNode entry : line.path("Tracking")) {
      if (category != null && category.equalsIgnoreCase(XeroJson.id(entry, "TrackingCategoryID"))) {
        return XeroJson.id(entry, "TrackingOptionID");
      }
    }
    return null;
  }
}
