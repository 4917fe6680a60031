package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * Money spent from a bank account without a bill (SPEND bank transaction, reference section 11).
 */
final class SpendMoney extends Stored {
  String contactId;
  String reference;
  LocalDate date;
  String status = "AUTHORISED";
  String lineAmountTypes = "NoTax";
  String currency;
  Organisation.Account bankAccount;
  List<Line> lines = List.of();
  Totals totals = new Totals(Totals.ZERO, Totals.ZERO, Totals.ZERO);

  SpendMoney(String id) {
    super(id);
  }

  SpendMoney copy() {
    SpendMoney copy = new SpendMoney(id);
    copy.contactId = contactId;
    copy.reference = reference;
    copy.date = date;
    copy.status = status;
    copy.lineAmountTypes = lineAmountTypes;
    copy.currency = currency;
    copy.bankAccount = bankAccount;
    copy.lines = lines.stream().map(Line::copy).toList();
    copy.totals = totals;
    copy.updated(updated());
    return copy;
  }

  boolean isOver() {
    return status.equals("DELETED");
  }

  /**
   * As reads show it. The contact may be missing, and there is no {@code UpdatedDateUTCString}.
   *
   * @param withLines whether its lines are shown: on pages and single reads
   */
  ObjectNode json(Organisation organisation, boolean withLines, int unitDecimals) {
    ObjectNode json = Json.object().put("BankTransactionID", id).put("Type", "SPEND");
    json.putObject("BankAccount")
        .put("AccountID", bankAccount.id)
        .put("Code", bankAccount.code)
        .put("Name", bankAccount.name);
    if (contactId != null) {
      json.set("Contact", organisation.contacts.get(contactId).brief());
    }
    if (reference != null) {
      json.put("Reference", reference);
    }
    Dates.day(json, "Date", date);
    json.put("Status", status)
        .put("LineAmountTypes", lineAmountTypes)
        .put("IsReconciled", false)
        .put("HasAttachments", false);
    ArrayNode all = json.putArray("LineItems");
    if (withLines) {
      lines.forEach(line -> all.add(line.json(organisation, unitDecimals)));
    }
    json.put("SubTotal", totals.subTotal())
        .put("TotalTax", totals.totalTax())
        .put("Total", totals.total())
        .put("CurrencyRate", new BigDecimal("1.0000000000"))
        .put("CurrencyCode", currency);
    Dates.instant(json, "UpdatedDateUTC", updated());
    return json;
  }
}
