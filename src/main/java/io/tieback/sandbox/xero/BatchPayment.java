package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One payment to a bank for many bills (reference section 10). Deleting it deletes its payments.
 */
final class BatchPayment extends Stored {
  final Organisation.Account account;
  final LocalDate date;
  final String reference;
  final List<Payment> payments = new ArrayList<>();
  String status = "AUTHORISED";

  BatchPayment(String id, Organisation.Account account, LocalDate date, String reference) {
    super(id);
    this.account = account;
    this.date = date;
    this.reference = reference;
  }

  BigDecimal total() {
    return payments.stream().map(payment -> payment.amount).reduce(Totals.ZERO, BigDecimal::add);
  }

  /** As nested in a payment: amounts and flags are strings there (section 1.2). */
  ObjectNode nested() {
    ObjectNode json = Json.object();
    json.putObject("Account").put("AccountID", account.id);
    json.put("BatchPaymentID", id);
    Dates.dayOnly(json, "Date", date);
    json.put("Type", "PAYBATCH").put("Status", status).put("TotalAmount", total().toPlainString());
    Dates.instant(json, "UpdatedDateUTC", updated());
    return json.put("IsReconciled", "false");
  }

  /** As its own reads show it; a deleted one shows no payments. */
  ObjectNode json(Organisation organisation) {
    ObjectNode json = Json.object();
    json.putObject("Account")
        .put("AccountID", account.id)
        .put("CurrencyCode", organisation.baseCurrency);
    if (reference != null) {
      json.put("Reference", reference);
    }
    json.put("BatchPaymentID", id);
    Dates.day(json, "Date", date);
    ArrayNode all = json.putArray("Payments");
    if (status.equals("AUTHORISED")) {
      for (Payment payment : payments) {
        ObjectNode one = all.addObject();
        ObjectNode invoice =
            one.putObject("Invoice")
                .put("InvoiceID", payment.invoiceId)
                .put("CurrencyCode", organisation.baseCurrency);
        invoice.putArray("Payments");
        invoice.putArray("CreditNotes");
        invoice.putArray("Prepayments");
        invoice.putArray("Overpayments");
        invoice.put("HasErrors", false).put("IsDiscounted", false).putArray("LineItems");
        one.put("PaymentID", payment.id)
            .put("Amount", payment.amount)
            .put("BankAmount", payment.amount);
      }
    }
    json.put("Type", "PAYBATCH").put("Status", status).put("TotalAmount", total());
    Dates.instant(json, "UpdatedDateUTC", updated());
    return json.put("IsReconciled", false);
  }
}
