package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.WrittenDocument;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A purchase order as the journal's bytes say it was sent: what Xero's answer is held against. */
record SentOrder(
    String marker,
    String contact,
    String number,
    LocalDate date,
    LocalDate deliveryDate,
    String status,
    List<SentBill.Line> lines,
    Money total) {

  static final String ID = "PurchaseOrderID";
  static final String NUMBER = "PurchaseOrderNumber";

  SentOrder {
    lines = List.copyOf(lines);
  }

  /** Reads a document of ours. */
  static SentOrder read(String marker, JsonNode document) {
    List<SentBill.Line> lines = lines(document.path("LineItems"));
    return new SentOrder(
        marker,
        XeroJson.text(document.path("Contact"), "ContactID"),
        XeroJson.text(document, NUMBER),
        XeroJson.date(document, "Date"),
        XeroJson.date(document, "DeliveryDate"),
        XeroJson.text(document, "Status"),
        lines,
        Money.sum(lines.stream().map(SentBill.Line::amount).toList()));
  }

  /** Reads lines of ours. */
  static List<SentBill.Line> lines(JsonNode sent) {
    List<SentBill.Line> lines = new ArrayList<>();
    for (JsonNode line : sent) {
      List<String> options = new ArrayList<>();
      line.path("Tracking").forEach(entry -> options.add(XeroJson.text(entry, "TrackingOptionID")));
      lines.add(
          new SentBill.Line(
              XeroJson.text(line, "Description"),
              XeroJson.money(line, "LineAmount", "a line that was sent"),
              XeroJson.text(line, "ItemCode"),
              XeroJson.text(line, "AccountCode"),
              XeroJson.text(line, "TaxType"),
              options));
    }
    return lines;
  }

  /** What an order in Xero comes to before tax. */
  static Money beforeTax(JsonNode shown) {
    return XeroJson.money(shown, "SubTotal", "purchase order " + XeroJson.text(shown, NUMBER));
  }

  /** Whether an order in Xero bears this number. */
  boolean hasNumber(JsonNode shown) {
    String other = XeroJson.text(shown, NUMBER);
    return other != null && other.strip().equalsIgnoreCase(number.strip());
  }

  /**
   * Whether an order in Xero is this one: supplier, total and every line are as they were sent.
   * What change orders added to it since is not held against it.
   */
  boolean isAsSent(JsonNode shown) {
    return contact.equalsIgnoreCase(XeroJson.text(shown.path("Contact"), "ContactID"))
        && total.equals(withoutChanges(shown))
        && XeroLines.matched(lines, ownLines(shown), new ArrayList<>()).size() == lines.size();
  }

  /** Lines that no change order added. */
  private static List<JsonNode> ownLines(JsonNode shown) {
    List<JsonNode> own = new ArrayList<>();
    for (JsonNode line : shown.path("LineItems")) {
      if (!isChange(line)) {
        own.add(line);
      }
    }
    return own;
  }

  private static boolean isChange(JsonNode line) {
    return OrderMarker.ofLine(XeroJson.text(line, "Description")).isPresent();
  }

  /** What an order in Xero comes to before tax and without change orders. */
  private static Money withoutChanges(JsonNode shown) {
    Money rest = beforeTax(shown);
    for (JsonNode line : shown.path("LineItems")) {
      if (isChange(line)) {
        rest = rest.minus(XeroJson.money(line, "LineAmount", "a line of a change order"));
      }
    }
    return rest;
  }

  /** The order as Xero shows it, with what differs. */
  WrittenDocument written(JsonNode shown) {
    List<String> warnings = new ArrayList<>(XeroJson.warnings(shown));
    Money there = withoutChanges(shown);
    if (!there.equals(total)) {
      warnings.add(
          XeroComparison.DIFFERENCE + " total before tax sent " + total + ", in Xero " + there);
    }
    XeroLines.differs("status", status, XeroJson.text(shown, "Status"), warnings);
    XeroLines.differs("number", number, XeroJson.text(shown, NUMBER), warnings);
    XeroLines.differs(
        "supplier", contact, XeroJson.text(shown.path("Contact"), "ContactID"), warnings);
    XeroLines.differs("date", date, XeroJson.date(shown, "Date"), warnings);
    XeroLines.differs(
        "delivery date", deliveryDate, XeroJson.date(shown, "DeliveryDate"), warnings);
    List<JsonNode> matched = XeroLines.matched(lines, ownLines(shown), warnings);
    for (int i = 0; i < matched.size(); i++) {
      XeroLines.compare(lines.get(i), matched.get(i), i + 1, warnings);
    }
    return new WrittenDocument(
        marker,
        XeroJson.id(shown, ID),
        Objects.requireNonNullElse(XeroJson.text(shown, NUMBER), number),
        matched.stream().map(line -> XeroJson.id(line, "LineItemID")).toList(),
        there,
        Objects.requireNonNullElse(XeroJson.text(shown, "Status"), ""),
        warnings);
  }
}
