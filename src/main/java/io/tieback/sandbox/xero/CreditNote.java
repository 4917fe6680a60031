package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A supplier's credit note (ACCPAYCREDIT). Amounts are positive; it has neither {@code Url} nor, as
 * a purchase document, a {@code Reference} (reference section 11 and Xero's own file).
 */
final class CreditNote extends Stored {

  final String createdByApp;
  String contactId;
  String number = "";
  LocalDate date;
  String lineAmountTypes = "Exclusive";
  String currency;
  BigDecimal currencyRate = new BigDecimal("1.0000000000");
  String status = "DRAFT";
  List<Line> lines = List.of();
  Totals totals = new Totals(Totals.ZERO, Totals.ZERO, Totals.ZERO);

  CreditNote(String id, String createdByApp) {
    super(id);
    this.createdByApp = createdByApp;
  }

  CreditNote copy() {
    CreditNote copy = new CreditNote(id, createdByApp);
    copy.contactId = contactId;
    copy.number = number;
    copy.date = date;
    copy.lineAmountTypes = lineAmountTypes;
    copy.currency = currency;
    copy.currencyRate = currencyRate;
    copy.status = status;
    copy.lines = lines.stream().map(Line::copy).toList();
    copy.totals = totals;
    copy.updated(updated());
    return copy;
  }

  boolean isOver() {
    return status.equals("VOIDED") || status.equals("DELETED");
  }

  /** Whether it stands in the ledger. */
  boolean isPosted() {
    return status.equals("AUTHORISED") || status.equals("PAID");
  }

  BigDecimal remaining() {
    return isOver() ? Totals.ZERO : totals.total();
  }

  /**
   * As answers show it.
   *
   * @param withLines whether its lines are shown: on pages, single reads and answers to writes
   */
  ObjectNode json(
      Organisation organisation, ObjectNode contact, boolean withLines, int unitDecimals) {
    ObjectNode json =
        Json.object()
            .put("CreditNoteID", id)
            .put("CreditNoteNumber", number)
            .put("Type", "ACCPAYCREDIT")
            .put("ID", id)
            .put("RemainingCredit", remaining())
            .put("CurrencyRate", currencyRate)
            .put("HasAttachments", false)
            .put("HasErrors", false);
    json.putArray("Payments");
    json.putArray("Allocations");
    json.set("Contact", contact);
    Dates.day(json, "Date", date);
    json.put("Status", status).put("LineAmountTypes", lineAmountTypes);
    ArrayNode all = json.putArray("LineItems");
    if (withLines) {
      lines.forEach(line -> all.add(line.json(organisation, unitDecimals)));
    }
    json.put("SubTotal", totals.subTotal())
        .put("TotalTax", totals.totalTax())
        .put("Total", totals.total());
    Dates.instant(json, "UpdatedDateUTC", updated());
    return json.put("UpdatedDateUTCString", Dates.iso(updated())).put("CurrencyCode", currency);
  }
}
