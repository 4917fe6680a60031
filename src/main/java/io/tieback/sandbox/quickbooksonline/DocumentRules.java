package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What all transactions have in common: open books, number, date, currency, ids of lines. */
final class DocumentRules {
  private DocumentRules() {}

  static void settle(Draft draft) {
    ObjectNode body = draft.body();
    Company company = draft.company();
    if (!body.has("TxnDate")) {
      body.put("TxnDate", company.today(draft.now()).toString());
    }
    Draft.open(company, draft.switches(), draft.text("TxnDate"));
    if (!draft.isNew()) {
      Draft.open(company, draft.switches(), draft.before().text("TxnDate"));
    }
    number(draft);
    currency(draft);
    lineIds(draft);
    switch (draft.kind()) {
      case BILL_PAYMENT -> PaymentRules.settle(draft);
      case JOURNAL_ENTRY -> JournalRules.settle(draft);
      default -> PurchaseRules.settle(draft);
    }
  }

  private static void number(Draft draft) {
    String number = draft.text("DocNumber");
    if (number == null
        || draft.options().allowDuplicate()
        || !draft.switches().flag("duplicateDocNumberChecked")) {
      return;
    }
    for (Company.Entry other : draft.company().numbered(draft.kind(), number)) {
      if (other != draft.before()) {
        throw Refusal.invalid(
            draft.switches().choice("duplicateDocNumberCode"),
            "Duplicate Document Number Error",
            "Duplicate Document Number Error : You must specify a different number. This number"
                + " has already been used. DocNumber="
                + number
                + " is assigned to TxnType="
                + draft.kind().entity
                + " with TxnId="
                + other.id,
            "DocNumber");
      }
    }
  }

  private static void currency(Draft draft) {
    Company company = draft.company();
    String currency = Json.text(draft.body().path("CurrencyRef"), "value");
    if (currency == null) {
      if (company.multiCurrency) {
        throw Refusal.missing("CurrencyRef");
      }
      draft.body().putObject("CurrencyRef").put("value", company.homeCurrency);
      return;
    }
    if (!company.multiCurrency && !currency.equals(company.homeCurrency)) {
      throw Refusal.business("Multicurrency is not enabled; CurrencyRef has to be the home one");
    }
    Company.Entry vendor = draft.referred(Kind.VENDOR, "VendorRef");
    if (vendor != null && !currency.equals(vendor.ref("CurrencyRef"))) {
      throw Refusal.business("CurrencyRef differs from the currency of the vendor");
    }
  }

  /** Known ids stay; lines without one, or with one that is not known, are new (section 4). */
  private static void lineIds(Draft draft) {
    Map<String, JsonNode> known = new HashMap<>();
    long last = 0;
    if (!draft.isNew()) {
      for (JsonNode line : draft.before().body.path("Line")) {
        known.put(Json.text(line, "Id"), line);
      }
      last = draft.before().body.path("lastLineId").asLong(0);
    }
    int position = 0;
    for (JsonNode line : draft.body().path("Line")) {
      ObjectNode one = (ObjectNode) line;
      String id = Json.text(one, "Id");
      JsonNode before = known.remove(id);
      if (before == null) {
        one.put("Id", Long.toString(++last));
      } else {
        keep(before, one);
      }
      if (draft.kind() != Kind.BILL_PAYMENT) {
        one.put("LineNum", ++position);
      }
    }
    draft.body().put("lastLineId", last);
  }

  /** What a change of a line cannot change: what was received, whether it is billable. */
  private static void keep(JsonNode before, ObjectNode line) {
    if (before.has("Received")) {
      line.set("Received", before.get("Received"));
    }
    String type = Json.text(before, "DetailType");
    JsonNode billable = before.path(type).get("BillableStatus");
    if (billable != null && line.get(type) instanceof ObjectNode detail) {
      detail.set("BillableStatus", billable);
    }
  }

  /** Refuses an account that is not of the type. */
  static void account(Draft draft, JsonNode reference, String type, String element) {
    Company.Entry account = draft.company().get(Kind.ACCOUNT, Json.text(reference, "value"));
    if (account == null) {
      throw Refusal.missing(element);
    }
    if (!type.equals(account.text("AccountType"))) {
      throw Refusal.business(element + ": the account has to be of type " + type);
    }
  }

  /** Gives the default accounts payable account, or checks the one that was sent. */
  static void payable(Draft draft, boolean required) {
    if (draft.body().has("APAccountRef")) {
      account(draft, draft.body().get("APAccountRef"), "Accounts Payable", "APAccountRef");
      return;
    }
    if (required) {
      throw Refusal.missing("APAccountRef");
    }
    for (Company.Entry account : draft.company().all(Kind.ACCOUNT)) {
      if (account.isActive() && "Accounts Payable".equals(account.text("AccountType"))) {
        draft
            .body()
            .putObject("APAccountRef")
            .put("value", account.id)
            .put("name", account.text("Name"));
        return;
      }
    }
    throw Refusal.missing("APAccountRef");
  }

  static BigDecimal money(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
  }
}
