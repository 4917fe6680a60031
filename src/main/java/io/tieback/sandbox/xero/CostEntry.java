package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person enters, edits, voids or deletes by hand in Xero: bills, spend money and supplier's
 * credits, under the same rules for lines as the API's. {@code {"kind": "bill|spend|credit", "id"?,
 * "contactId"?, "number"?, "date"?, "status"?, "lineAmountTypes"?, "currency"?, "accountCode"?
 * (bank account of spend money), "lines"?: [lines as the API takes them]}}; with an id, what is
 * given over what was.
 */
final class CostEntry {
  private final Organisation organisation;
  private final Switches switches;
  private final Instant now;

  CostEntry(Organisation organisation, Switches switches, Instant now) {
    this.organisation = organisation;
    this.switches = switches;
    this.now = now;
  }

  /** Stores it; gives its id and the ids of its lines. */
  ObjectNode enter(JsonNode given) {
    Json.onlyFields(
        "costs",
        given,
        "tenantId",
        "kind",
        "id",
        "contactId",
        "number",
        "date",
        "status",
        "lineAmountTypes",
        "currency",
        "accountCode",
        "url",
        "lines");
    String kind = String.valueOf(Json.text(given, "kind"));
    List<Line> lines;
    String id;
    switch (kind) {
      case "bill" -> {
        Invoice bill = bill(given);
        id = bill.id;
        lines = bill.lines;
      }
      case "spend" -> {
        SpendMoney spent = spend(given);
        id = spent.id;
        lines = spent.lines;
      }
      case "credit" -> {
        CreditNote note = credit(given);
        id = note.id;
        lines = note.lines;
      }
      default ->
          throw new IllegalArgumentException("costs.kind: bill, spend or credit is expected.");
    }
    ObjectNode answer = Json.object().put("id", id);
    lines.forEach(line -> answer.withArray("lineItemIds").add(line.id));
    return answer;
  }

  private Invoice bill(JsonNode given) {
    String id = Ids.normal(Json.text(given, "id"));
    Invoice before = id == null ? null : organisation.invoices.get(id);
    requireThere(given, before);
    Invoice bill = before == null ? new Invoice(Ids.make(), "a person") : before.copy();
    if (before == null) {
      bill.status = "AUTHORISED";
      bill.lineAmountTypes = "NoTax";
      bill.currency = organisation.baseCurrency;
      bill.date = LocalDate.ofInstant(now, organisation.zone);
    } else if (before.isOver() || before.amountPaid.signum() != 0) {
      throw new IllegalArgumentException("costs.id: a bill in this state cannot be changed.");
    }
    bill.contactId = contact(given, bill.contactId);
    if (bill.contactId == null) {
      throw new IllegalArgumentException("costs.contactId: a bill needs one.");
    }
    bill.number = or(Json.text(given, "number"), bill.number);
    bill.date = day(given, bill.date);
    bill.dueDate = bill.dueDate == null ? bill.date.plusDays(30) : bill.dueDate;
    bill.status =
        state(given, bill.status, List.of("DRAFT", "SUBMITTED", "AUTHORISED", "VOIDED", "DELETED"));
    bill.lineAmountTypes = or(Json.text(given, "lineAmountTypes"), bill.lineAmountTypes);
    bill.currency = or(Json.text(given, "currency"), bill.currency);
    bill.url = or(Json.text(given, "url"), bill.url);
    bill.lines = lines(given, bill.lines, bill.lineAmountTypes);
    bill.totals = Totals.of(bill.lines, bill.lineAmountTypes, organisation);
    bill.settle();
    organisation.putBill(bill, now);
    return bill;
  }

  private SpendMoney spend(JsonNode given) {
    String id = Ids.normal(Json.text(given, "id"));
    SpendMoney before = id == null ? null : organisation.spendMoney.get(id);
    requireThere(given, before);
    requireOpen(before != null && before.isOver());
    SpendMoney spent = before == null ? new SpendMoney(Ids.make()) : before.copy();
    if (before == null) {
      spent.currency = organisation.baseCurrency;
      spent.date = LocalDate.ofInstant(now, organisation.zone);
    }
    spent.contactId = contact(given, spent.contactId);
    spent.reference = or(Json.text(given, "number"), spent.reference);
    spent.date = day(given, spent.date);
    spent.status = state(given, spent.status, List.of("AUTHORISED", "DELETED"));
    spent.lineAmountTypes = or(Json.text(given, "lineAmountTypes"), spent.lineAmountTypes);
    spent.currency = or(Json.text(given, "currency"), spent.currency);
    String code = Json.text(given, "accountCode");
    spent.bankAccount = code == null ? spent.bankAccount : organisation.account(code);
    if (spent.bankAccount == null || !spent.bankAccount.isBank()) {
      throw new IllegalArgumentException("costs.accountCode: spend money needs a bank account.");
    }
    spent.lines = lines(given, spent.lines, spent.lineAmountTypes);
    spent.totals = Totals.of(spent.lines, spent.lineAmountTypes, organisation);
    organisation.spendMoney.put(spent, now);
    return spent;
  }

  private CreditNote credit(JsonNode given) {
    String id = Ids.normal(Json.text(given, "id"));
    CreditNote before = id == null ? null : organisation.creditNotes.get(id);
    requireThere(given, before);
    requireOpen(before != null && before.isOver());
    CreditNote note = before == null ? new CreditNote(Ids.make(), "a person") : before.copy();
    if (before == null) {
      note.status = "AUTHORISED";
      note.lineAmountTypes = "NoTax";
      note.currency = organisation.baseCurrency;
      note.date = LocalDate.ofInstant(now, organisation.zone);
    }
    note.contactId = contact(given, note.contactId);
    if (note.contactId == null) {
      throw new IllegalArgumentException("costs.contactId: a credit note needs one.");
    }
    note.number = or(Json.text(given, "number"), note.number);
    note.date = day(given, note.date);
    note.status =
        state(
            given,
            note.status,
            List.of("DRAFT", "SUBMITTED", "AUTHORISED", "PAID", "VOIDED", "DELETED"));
    note.lineAmountTypes = or(Json.text(given, "lineAmountTypes"), note.lineAmountTypes);
    note.currency = or(Json.text(given, "currency"), note.currency);
    note.lines = lines(given, note.lines, note.lineAmountTypes);
    note.totals = Totals.of(note.lines, note.lineAmountTypes, organisation);
    organisation.creditNotes.put(note, now);
    return note;
  }

  private static void requireOpen(boolean isOver) {
    if (isOver) {
      throw new IllegalArgumentException("costs.id: it is voided or deleted already.");
    }
  }

  private static void requireThere(JsonNode given, Stored before) {
    if (given.hasNonNull("id") && before == null) {
      throw new IllegalArgumentException(
          "costs.id: there is no such document " + given.get("id") + ".");
    }
  }

  private String contact(JsonNode given, String before) {
    String id = Ids.normal(Json.text(given, "contactId"));
    if (given.hasNonNull("contactId") && organisation.contacts.get(id) == null) {
      throw new IllegalArgumentException("costs.contactId: there is no such contact.");
    }
    return id == null ? before : id;
  }

  private static LocalDate day(JsonNode given, LocalDate before) {
    String text = Json.text(given, "date");
    LocalDate day = text == null ? before : Dates.readDay(text);
    if (day == null) {
      throw new IllegalArgumentException("costs.date: a date YYYY-MM-DD is expected.");
    }
    return day;
  }

  private static String state(JsonNode given, String before, List<String> allowed) {
    String state = or(Json.text(given, "status"), before);
    if (!allowed.contains(state)) {
      throw new IllegalArgumentException("costs.status: one of " + allowed + " is expected.");
    }
    return state;
  }

  private List<Line> lines(JsonNode given, List<Line> before, String lineAmountTypes) {
    if (!given.has("lines")) {
      if (before.isEmpty()) {
        throw new IllegalArgumentException("costs.lines: at least one is expected.");
      }
      return before;
    }
    List<Fields> fields = new ArrayList<>();
    given.get("lines").forEach(line -> fields.add(new Fields((ObjectNode) line)));
    List<String> errors = new ArrayList<>();
    List<Line> lines =
        new LineReader(organisation, switches, 4, true, lineAmountTypes.equals("NoTax"), errors)
            .readAll(fields, before);
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", errors));
    }
    lines.forEach(line -> line.tracking.forEach(tracked -> tracked.option().used = true));
    return lines;
  }

  private static String or(String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
