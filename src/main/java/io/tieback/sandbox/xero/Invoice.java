package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A bill (ACCPAY invoice), reference section 9. */
final class Invoice extends Stored {
  /** What an answer shows of it. */
  record View(boolean lines, boolean payments, int unitDecimals) {}

  final String createdByApp;
  String contactId;
  String number = "";
  LocalDate date;
  LocalDate dueDate;
  LocalDate plannedPaymentDate;
  String lineAmountTypes = "Exclusive";
  String currency;
  BigDecimal currencyRate = new BigDecimal("1.0000000000");
  String status = "DRAFT";
  String url;
  List<Line> lines = List.of();
  Totals totals = new Totals(Totals.ZERO, Totals.ZERO, Totals.ZERO);
  BigDecimal amountPaid = Totals.ZERO;
  LocalDate fullyPaidOn;
  List<Payment> payments = new ArrayList<>();

  Invoice(String id, String createdByApp) {
    super(id);
    this.createdByApp = createdByApp;
  }

  Invoice copy() {
    Invoice copy = new Invoice(id, createdByApp);
    copy.contactId = contactId;
    copy.number = number;
    copy.date = date;
    copy.dueDate = dueDate;
    copy.plannedPaymentDate = plannedPaymentDate;
    copy.lineAmountTypes = lineAmountTypes;
    copy.currency = currency;
    copy.currencyRate = currencyRate;
    copy.status = status;
    copy.url = url;
    copy.lines = lines.stream().map(Line::copy).toList();
    copy.totals = totals;
    copy.amountPaid = amountPaid;
    copy.fullyPaidOn = fullyPaidOn;
    copy.payments = payments;
    copy.updated(updated());
    return copy;
  }

  boolean isOver() {
    return status.equals("VOIDED") || status.equals("DELETED");
  }

  BigDecimal amountDue() {
    return isOver() ? Totals.ZERO : totals.total().subtract(amountPaid);
  }

  /** Recomputes what is paid, and PAID or AUTHORISED by it. */
  void settle() {
    amountPaid = Totals.ZERO;
    LocalDate last = null;
    for (Payment payment : payments) {
      if (payment.isLive()) {
        amountPaid = amountPaid.add(payment.amount);
        last = last == null || payment.date.isAfter(last) ? payment.date : last;
      }
    }
    if (status.equals("AUTHORISED") || status.equals("PAID")) {
      boolean paid = amountPaid.compareTo(totals.total()) == 0;
      status = paid ? "PAID" : "AUTHORISED";
      fullyPaidOn = !paid ? null : last == null ? date : last;
    }
  }

  /** As reads show it. */
  ObjectNode json(Organisation organisation, View view) {
    return json(organisation, view, organisation.contacts.get(contactId).brief());
  }

  /** As answers to writes show it. */
  ObjectNode written(Organisation organisation, int unitDecimals, ZoneId contactSkew) {
    return json(
        organisation,
        new View(true, true, unitDecimals),
        organisation.contacts.get(contactId).written(contactSkew));
  }

  /** As a single read shows it, with the whole contact. */
  ObjectNode single(Organisation organisation, int unitDecimals) {
    return json(
        organisation,
        new View(true, true, unitDecimals),
        organisation.contacts.get(contactId).json());
  }

  private ObjectNode json(Organisation organisation, View view, ObjectNode contact) {
    ObjectNode json =
        Json.object()
            .put("Type", "ACCPAY")
            .put("InvoiceID", id)
            .put("InvoiceNumber", number)
            .put("Reference", "");
    if (url != null) {
      json.put("Url", url);
    }
    if (view.payments()) {
      ArrayNode paid = json.putArray("Payments");
      payments.stream().filter(Payment::isLive).forEach(payment -> paid.add(payment.onInvoice()));
    }
    json.putArray("CreditNotes");
    json.putArray("Prepayments");
    json.putArray("Overpayments");
    json.put("AmountDue", amountDue())
        .put("AmountPaid", amountPaid)
        .put("AmountCredited", Totals.ZERO);
    json.put("CurrencyRate", currencyRate)
        .put("IsDiscounted", false)
        .put("HasAttachments", false)
        .put("HasErrors", false);
    json.set("Contact", contact);
    Dates.day(json, "Date", date);
    Dates.day(json, "DueDate", dueDate);
    Dates.day(json, "PlannedPaymentDate", plannedPaymentDate);
    json.put("Status", status).put("LineAmountTypes", lineAmountTypes);
    ArrayNode all = json.putArray("LineItems");
    if (view.lines()) {
      lines.forEach(line -> all.add(line.json(organisation, view.unitDecimals())));
    }
    json.put("SubTotal", totals.subTotal())
        .put("TotalTax", totals.totalTax())
        .put("Total", totals.total());
    Dates.instant(json, "UpdatedDateUTC", updated());
    json.put("UpdatedDateUTCString", Dates.iso(updated())).put("CurrencyCode", currency);
    Dates.dayOnly(json, "FullyPaidOnDate", fullyPaidOn);
    return json;
  }
}
