package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;

/** A payment on a bill, alone or part of a batch (reference section 10). */
final class Payment extends Stored {
  private static final BigDecimal RATE = new BigDecimal("1.0000000000");

  final String invoiceId;
  final Organisation.Account account;
  final LocalDate date;
  final BigDecimal amount;
  final String reference;
  final boolean reconciled;
  final BatchPayment batch;
  String status = "AUTHORISED";

  Payment(
      String id,
      String invoiceId,
      Organisation.Account account,
      LocalDate date,
      BigDecimal amount,
      String reference,
      boolean reconciled,
      BatchPayment batch) {
    super(id);
    this.invoiceId = invoiceId;
    this.account = account;
    this.date = date;
    this.amount = amount;
    this.reference = reference;
    this.reconciled = reconciled;
    this.batch = batch;
  }

  boolean isLive() {
    return status.equals("AUTHORISED");
  }

  /** As a bill shows it. */
  ObjectNode onInvoice() {
    ObjectNode json = Json.object().put("PaymentID", id);
    if (batch != null) {
      json.put("BatchPaymentID", batch.id);
    }
    Dates.dayOnly(json, "Date", date);
    json.put("Amount", amount);
    if (reference != null) {
      json.put("Reference", reference);
    }
    return json.put("CurrencyRate", RATE)
        .put("HasAccount", false)
        .put("HasValidationErrors", false);
  }

  /**
   * As reads and writes show it.
   *
   * @param whole with the account's name and the bill in full, as for one payment; a list shows the
   *     bill in brief
   */
  ObjectNode json(Organisation organisation, boolean whole) {
    ObjectNode json = Json.object().put("PaymentID", id);
    if (batch != null) {
      json.put("BatchPaymentID", batch.id);
      json.set("BatchPayment", batch.nested());
    }
    Dates.dayOnly(json, "Date", date);
    json.put("BankAmount", amount).put("Amount", amount);
    json.put("Reference", reference == null ? "" : reference).put("CurrencyRate", RATE);
    json.put("PaymentType", "ACCPAYPAYMENT").put("Status", status);
    Dates.instant(json, "UpdatedDateUTC", updated());
    json.put("UpdatedDateUTCString", Dates.iso(updated()))
        .put("HasAccount", true)
        .put("IsReconciled", reconciled);
    ObjectNode from = json.putObject("Account").put("AccountID", account.id);
    if (account.code != null) {
      from.put("Code", account.code);
    }
    Invoice invoice = organisation.invoices.get(invoiceId);
    if (whole) {
      from.put("Name", account.name);
      json.set("Invoice", invoice.json(organisation, new Invoice.View(true, true, 2)));
    } else {
      json.set("Invoice", brief(invoice, organisation));
    }
    return json.put("HasValidationErrors", false);
  }

  private static ObjectNode brief(Invoice invoice, Organisation organisation) {
    ObjectNode json =
        Json.object()
            .put("Type", "ACCPAY")
            .put("InvoiceID", invoice.id)
            .put("InvoiceNumber", invoice.number);
    json.putArray("Payments");
    json.putArray("CreditNotes");
    json.putArray("Prepayments");
    json.putArray("Overpayments");
    json.put("IsDiscounted", false).put("HasErrors", false);
    json.set("Contact", organisation.contacts.get(invoice.contactId).brief());
    json.putArray("LineItems");
    return json.put("CurrencyCode", invoice.currency);
  }
}
