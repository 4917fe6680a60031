package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.wire.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bill as the journal's bytes say it was sent: what Xero's answer is held against. */
record SentBill(
    String marker,
    String contact,
    String number,
    LocalDate date,
    LocalDate dueDate,
    String status,
    List<Line> lines,
    Money total) {

  /** One line as it was sent. */
  record Line(
      String description,
      Money amount,
      String itemCode,
      String accountCode,
      List<String> trackingOptions) {}

  /**
   * The bills of a batch, by marker, in their order.
   *
   * @throws IllegalArgumentException when the bytes are not a batch of this adapter or hold other
   *     markers than the journal says
   */
  static Map<String, SentBill> of(DeliveryBatch batch) {
    Map<String, SentBill> bills = new LinkedHashMap<>();
    try {
      for (JsonNode document : Json.read(batch.body()).path("Invoices")) {
        SentBill bill = read(document);
        if (bills.put(bill.marker(), bill) != null) {
          throw new IllegalArgumentException(
              "batch " + batch.id() + " holds " + bill.marker() + " twice");
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "batch " + batch.id() + " holds bytes that are not JSON", e);
    }
    if (!bills.keySet().containsAll(batch.markers())) {
      throw new IllegalArgumentException(
          "batch " + batch.id() + " lists markers that its bytes do not hold");
    }
    return bills;
  }

  private static SentBill read(JsonNode document) {
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : document.path("LineItems")) {
      List<String> options = new ArrayList<>();
      line.path("Tracking").forEach(entry -> options.add(XeroJson.text(entry, "TrackingOptionID")));
      lines.add(
          new Line(
              XeroJson.text(line, "Description"),
              XeroJson.money(line, "LineAmount", "a line that was sent"),
              XeroJson.text(line, "ItemCode"),
              XeroJson.text(line, "AccountCode"),
              options));
    }
    return new SentBill(
        XeroJson.text(document, "Url"),
        XeroJson.text(document.path("Contact"), "ContactID"),
        XeroJson.text(document, "InvoiceNumber"),
        XeroJson.date(document, "Date"),
        XeroJson.date(document, "DueDate"),
        XeroJson.text(document, "Status"),
        lines,
        Money.sum(lines.stream().map(Line::amount).toList()));
  }
}
