package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bill or credit note as the journal's bytes say it was sent: what Xero's answer is held against.
 * Amounts are those of the document itself.
 */
record SentBill(
    XeroDocument kind,
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
      String taxType,
      List<String> trackingOptions) {}

  /**
   * What goes in one call.
   *
   * @param kind what its documents are
   * @param body the exact bytes of the call
   * @param documents its documents by marker, in their order
   */
  record Part(XeroDocument kind, byte[] body, Map<String, SentBill> documents) {}

  /**
   * The calls of a batch: bills and credit notes have lists of their own, and each line of the
   * journal's bytes is the body of one call ({@link XeroBills#batchBody}).
   *
   * @throws IllegalArgumentException when the bytes are not a batch of this adapter or hold other
   *     markers than the journal says
   */
  static List<Part> parts(DeliveryBatch batch) {
    List<Part> parts = new ArrayList<>();
    Set<String> markers = new HashSet<>();
    for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n")) {
      byte[] body = line.getBytes(StandardCharsets.UTF_8);
      Map<String, SentBill> documents = new LinkedHashMap<>();
      for (JsonNode document : documents(batch, body)) {
        SentBill bill = read(document);
        if (!markers.add(bill.marker())) {
          throw new IllegalArgumentException(
              "batch " + batch.id() + " holds " + bill.marker() + " twice");
        }
        documents.put(bill.marker(), bill);
      }
      if (!documents.isEmpty()) {
        parts.add(new Part(documents.values().iterator().next().kind(), body, documents));
      }
    }
    if (!markers.containsAll(batch.markers())) {
      throw new IllegalArgumentException(
          "batch " + batch.id() + " lists markers that its bytes do not hold");
    }
    return parts;
  }

  private static JsonNode documents(DeliveryBatch batch, byte[] body) {
    try {
      JsonNode call = Json.read(body);
      JsonNode bills = call.path(XeroDocument.BILL.plural());
      return bills.isArray() ? bills : call.path(XeroDocument.CREDIT_NOTE.plural());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "batch " + batch.id() + " holds bytes that are not JSON", e);
    }
  }

  private static SentBill read(JsonNode document) {
    XeroDocument kind = XeroDocument.of(document);
    List<Line> lines = new ArrayList<>();
    boolean taxOnTop = "Exclusive".equals(XeroJson.text(document, "LineAmountTypes"));
    Money total = Money.ZERO;
    for (JsonNode line : document.path("LineItems")) {
      if (kind.isMarkerLine(line)) {
        continue;
      }
      Money amount = XeroJson.money(line, "LineAmount", "a line that was sent");
      total = total.plus(amount);
      if (taxOnTop && line.has("TaxAmount")) {
        total = total.plus(XeroJson.money(line, "TaxAmount", "a line that was sent"));
      }
      List<String> options = new ArrayList<>();
      line.path("Tracking").forEach(entry -> options.add(XeroJson.text(entry, "TrackingOptionID")));
      lines.add(
          new Line(
              XeroJson.text(line, "Description"),
              amount,
              XeroJson.text(line, "ItemCode"),
              XeroJson.text(line, "AccountCode"),
              XeroJson.text(line, "TaxType"),
              options));
    }
    return new SentBill(
        kind,
        kind.marker(document),
        XeroJson.text(document.path("Contact"), "ContactID"),
        XeroJson.text(document, kind.numberField()),
        XeroJson.date(document, "Date"),
        XeroJson.date(document, "DueDate"),
        XeroJson.text(document, "Status"),
        lines,
        total);
  }
}
