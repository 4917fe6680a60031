package io.tieback.sandbox.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people do in Xero itself, by the same rules as the API, and the books for an independent
 * reader. Paths below {@code /_sandbox}: {@code POST pay}, {@code POST payments/{id}/delete} (a
 * payment of a batch takes its batch with it), {@code POST costs} ({@link CostEntry}, with {@code
 * tenantId}), {@code POST journal} ({@code tenantId}, {@code date}, {@code narration}, {@code
 * lines} of {@code accountCode} and {@code amount}, debits positive), {@code GET books?tenantId=}.
 */
final class Bookkeeper {
  private final Map<String, Organisation> organisations;
  private final Switches switches;
  private final SandboxClock clock;

  Bookkeeper(Map<String, Organisation> organisations, Switches switches, SandboxClock clock) {
    this.organisations = organisations;
    this.switches = switches;
    this.clock = clock;
  }

  void routes(Router router) {
    router.post("/_sandbox/pay").handler(Call.handler(this::pay));
    router.post("/_sandbox/payments/:id/delete").handler(Call.handler(this::delete));
    router.post("/_sandbox/costs").handler(Call.handler(this::costs));
    router.post("/_sandbox/journal").handler(Call.handler(this::journal));
    router.get("/_sandbox/books").handler(Call.handler(this::books));
  }

  private Organisation organisation(String tenantId) {
    Organisation organisation = organisations.get(Ids.normal(tenantId));
    if (organisation == null) {
      throw new IllegalArgumentException(
          "tenantId: there is no organisation \"" + tenantId + "\".");
    }
    return organisation;
  }

  private Answer costs(Call call) {
    JsonNode body = body(call);
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    try {
      return Answer.json(200, new CostEntry(organisation, switches, clock.instant()).enter(body));
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(
          new String(refusal.answer().body(), java.nio.charset.StandardCharsets.UTF_8), refusal);
    }
  }

  private Answer pay(Call call) {
    JsonNode body = body(call);
    Json.onlyFields(
        "pay", body, "tenantId", "invoices", "accountCode", "date", "reference", "batch");
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    ObjectNode header = Json.object();
    header.putObject("Account").put("Code", Json.text(body, "accountCode"));
    if (body.has("date")) {
      header.set("Date", body.get("date"));
    }
    if (body.has("reference")) {
      header.set("Reference", body.get("reference"));
    }
    List<Fields> parts = new ArrayList<>();
    for (JsonNode one : body.path("invoices")) {
      Json.onlyFields("pay.invoices", one, "invoiceId", "amount");
      ObjectNode part = Json.object();
      part.putObject("Invoice").put("InvoiceID", Json.text(one, "invoiceId"));
      part.set("Amount", one.get("amount"));
      parts.add(new Fields(part));
    }
    try {
      List<Payment> payments =
          payments(organisation, new Fields(header), parts, body.path("batch").asBoolean(false));
      ObjectNode answer = Json.object();
      if (!payments.isEmpty() && payments.get(0).batch != null) {
        answer.put("batchPaymentId", payments.get(0).batch.id);
      }
      ArrayNode ids = answer.putArray("payments");
      payments.forEach(
          payment ->
              ids.addObject()
                  .put("paymentId", payment.id)
                  .put("invoiceId", payment.invoiceId)
                  .put("amount", payment.amount));
      return Answer.json(200, answer);
    } catch (Refusal refusal) {
      throw new IllegalArgumentException(
          new String(refusal.answer().body(), java.nio.charset.StandardCharsets.UTF_8), refusal);
    }
  }

  private List<Payment> payments(
      Organisation organisation, Fields header, List<Fields> parts, boolean inBatch) {
    List<String> errors = new ArrayList<>();
    Map<String, BigDecimal> pending = new HashMap<>();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("pay.invoices: at least one is expected.");
    }
    BatchPayment batch = null;
    if (inBatch) {
      Organisation.Account account = Payments.account(organisation, header, errors);
      java.time.LocalDate date =
          header.has("Date")
              ? header.day("Date")
              : java.time.LocalDate.ofInstant(clock.instant(), organisation.zone);
      batch = new BatchPayment(Ids.make(), account, date, header.text("Reference"));
    }
    List<Payment> payments = new ArrayList<>();
    for (Fields part : parts) {
      payments.add(
          Payments.read(organisation, part, header, batch, pending, clock.instant(), errors));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", errors));
    }
    if (batch != null) {
      batch.payments.addAll(payments);
      BatchPayments.store(organisation, batch, clock.instant());
    } else {
      payments.forEach(payment -> Payments.store(organisation, payment, clock.instant()));
    }
    return payments;
  }

  private static JsonNode body(Call call) {
    try {
      return call.json();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private Answer delete(Call call) {
    String id = Ids.normal(call.pathParam("id"));
    for (Organisation organisation : organisations.values()) {
      Payment payment = organisation.payments.get(id);
      if (payment == null) {
        continue;
      }
      if (!payment.isLive()) {
        throw new IllegalArgumentException("The payment is deleted already.");
      }
      if (organisation.lockMessage(payment.date) != null) {
        throw new IllegalArgumentException(organisation.lockMessage(payment.date));
      }
      ObjectNode answer = Json.object();
      if (payment.batch != null) {
        BatchPayments.markDeleted(organisation, payment.batch, clock.instant());
        answer.put("batchPaymentId", payment.batch.id);
      } else {
        Payments.markDeleted(organisation, payment, clock.instant());
      }
      return Answer.json(200, answer.put("paymentId", payment.id).put("status", "DELETED"));
    }
    throw new IllegalArgumentException("There is no payment " + call.pathParam("id") + ".");
  }

  private Answer journal(Call call) {
    JsonNode body = body(call);
    Json.onlyFields("journal", body, "tenantId", "date", "narration", "lines");
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    List<ManualJournal.Line> lines = new ArrayList<>();
    for (JsonNode line : body.path("lines")) {
      Json.onlyFields("journal.lines", line, "accountCode", "amount");
      Organisation.Account account = organisation.account(Json.text(line, "accountCode"));
      if (account == null) {
        throw new IllegalArgumentException(
            "journal.lines: there is no account \"" + Json.text(line, "accountCode") + "\".");
      }
      lines.add(new ManualJournal.Line(account.code, line.path("amount").decimalValue()));
    }
    organisation.journals.add(
        new ManualJournal(
            java.time.LocalDate.parse(String.valueOf(Json.text(body, "date"))),
            Json.text(body, "narration"),
            lines));
    return Answer.json(200, Json.object().put("journals", organisation.journals.size()));
  }

  private Answer books(Call call) {
    Organisation organisation = organisation(call.query("tenantId"));
    ObjectNode answer =
        Json.object().put("tenantId", organisation.tenantId).put("name", organisation.name);
    ArrayNode bills = answer.putArray("bills");
    organisation.invoices.all().forEach(invoice -> bills.add(bill(organisation, invoice)));
    ArrayNode notes = answer.putArray("creditNotes");
    organisation.creditNotes.all().forEach(note -> notes.add(creditNote(organisation, note)));
    ArrayNode payments = answer.putArray("payments");
    for (Payment payment : organisation.payments.all()) {
      ObjectNode one =
          payments
              .addObject()
              .put("paymentId", payment.id)
              .put("invoiceId", payment.invoiceId)
              .put("accountCode", payment.account.code)
              .put("date", payment.date.toString())
              .put("amount", payment.amount)
              .put("reference", payment.reference)
              .put("status", payment.status);
      one.put("batchPaymentId", payment.batch == null ? null : payment.batch.id);
    }
    answer.set("accountBalances", balances(organisation, java.time.LocalDate.MAX));
    return Answer.json(200, answer);
  }

  private static ObjectNode bill(Organisation organisation, Invoice invoice) {
    ObjectNode json =
        Json.object()
            .put("invoiceId", invoice.id)
            .put("number", invoice.number)
            .put("contactId", invoice.contactId)
            .put("contactName", organisation.contacts.get(invoice.contactId).name)
            .put("status", invoice.status)
            .put("date", invoice.date.toString())
            .put("dueDate", invoice.dueDate == null ? null : invoice.dueDate.toString())
            .put("url", invoice.url)
            .put("currency", invoice.currency)
            .put("createdByApp", invoice.createdByApp)
            .put("subTotal", invoice.totals.subTotal())
            .put("totalTax", invoice.totals.totalTax())
            .put("total", invoice.totals.total())
            .put("amountPaid", invoice.amountPaid)
            .put("amountDue", invoice.amountDue());
    lines(json, invoice.lines);
    return json;
  }

  private static ObjectNode creditNote(Organisation organisation, CreditNote note) {
    ObjectNode json =
        Json.object()
            .put("creditNoteId", note.id)
            .put("number", note.number)
            .put("contactId", note.contactId)
            .put("contactName", organisation.contacts.get(note.contactId).name)
            .put("status", note.status)
            .put("date", note.date.toString())
            .put("currency", note.currency)
            .put("createdByApp", note.createdByApp)
            .put("subTotal", note.totals.subTotal())
            .put("totalTax", note.totals.totalTax())
            .put("total", note.totals.total())
            .put("remaining", note.remaining());
    lines(json, note.lines);
    return json;
  }

  private static void lines(ObjectNode json, List<Line> all) {
    ArrayNode lines = json.putArray("lines");
    for (Line line : all) {
      ObjectNode one =
          lines
              .addObject()
              .put("lineItemId", line.id)
              .put("description", line.description)
              .put("quantity", line.quantity)
              .put("unitAmount", line.unitAmount)
              .put("lineAmount", line.lineAmount)
              .put("taxAmount", line.taxAmount)
              .put("taxType", line.taxType)
              .put("accountCode", line.accountCode)
              .put("itemCode", line.item == null ? null : line.item.code);
      ArrayNode tracking = one.putArray("tracking");
      line.tracking.forEach(
          tracked ->
              tracking
                  .addObject()
                  .put("category", tracked.category().name)
                  .put("option", tracked.option().name)
                  .put("trackingOptionId", tracked.option().id));
    }
  }

  /**
   * Debit less credit by account code, of what is dated on or before a day; {@code accountsPayable}
   * and {@code tax} stand for the system accounts.
   */
  static ObjectNode balances(Organisation organisation, java.time.LocalDate through) {
    Map<String, BigDecimal> balances = new TreeMap<>();
    for (Invoice invoice : organisation.invoices.all()) {
      boolean posted = invoice.status.equals("AUTHORISED") || invoice.status.equals("PAID");
      if (!posted || invoice.date.isAfter(through)) {
        continue;
      }
      post(
          invoice.lines,
          invoice.lineAmountTypes,
          invoice.totals,
          false,
          "accountsPayable",
          balances);
    }
    for (CreditNote note : organisation.creditNotes.all()) {
      if (note.isPosted() && !note.date.isAfter(through)) {
        post(note.lines, note.lineAmountTypes, note.totals, true, "accountsPayable", balances);
      }
    }
    for (SpendMoney spent : organisation.spendMoney.all()) {
      if (!spent.isOver() && !spent.date.isAfter(through)) {
        post(
            spent.lines,
            spent.lineAmountTypes,
            spent.totals,
            false,
            spent.bankAccount.code,
            balances);
      }
    }
    for (Payment payment : organisation.payments.all()) {
      if (payment.isLive() && !payment.date.isAfter(through)) {
        balances.merge("accountsPayable", payment.amount, BigDecimal::add);
        balances.merge(payment.account.code, payment.amount.negate(), BigDecimal::add);
      }
    }
    for (ManualJournal journal : organisation.journals) {
      if (!journal.date().isAfter(through)) {
        journal
            .lines()
            .forEach(line -> balances.merge(line.accountCode(), line.amount(), BigDecimal::add));
      }
    }
    ObjectNode json = Json.object();
    balances.forEach(json::put);
    return json;
  }

  /** Posts a document against an account; a credit takes back what a bill books. */
  private static void post(
      List<Line> lines,
      String lineAmountTypes,
      Totals totals,
      boolean credit,
      String against,
      Map<String, BigDecimal> balances) {
    BigDecimal sign = credit ? BigDecimal.ONE.negate() : BigDecimal.ONE;
    boolean inclusive = lineAmountTypes.equals("Inclusive");
    for (Line line : lines) {
      if (line.lineAmount != null) {
        BigDecimal net = inclusive ? line.lineAmount.subtract(line.taxAmount) : line.lineAmount;
        balances.merge(line.accountCode, net.multiply(sign), BigDecimal::add);
      }
    }
    balances.merge("tax", totals.totalTax().multiply(sign), BigDecimal::add);
    balances.merge(against, totals.total().multiply(sign).negate(), BigDecimal::add);
  }
}
