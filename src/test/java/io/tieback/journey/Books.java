package io.tieback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SandboxControl;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What people see in both systems, read from the stand-ins' own books; nothing here comes from the
 * ledger.
 */
final class Books {

  private final SandboxControl procore;
  private final SandboxControl xero;
  private final long company;
  private final ContractorSeed seed;

  /** Books of a contractor in its own Procore company. */
  Books(SandboxControl procore, SandboxControl xero, ContractorSeed seed) {
    this(procore, xero, seed, seed.companyId());
  }

  /** Books of a contractor that lives in another Procore company than it was made for. */
  Books(SandboxControl procore, SandboxControl xero, ContractorSeed seed, long company) {
    this.procore = procore;
    this.xero = xero;
    this.seed = seed;
    this.company = company;
  }

  /**
   * Everything of the Procore company: {@code requisitions}, {@code details}, {@code
   * contractPayments}.
   */
  JsonNode procore() {
    return procore.get("books?companyId=" + company);
  }

  /**
   * Everything of the Xero organisation: {@code bills}, {@code payments}, {@code accountBalances}.
   */
  JsonNode xero() {
    return xero.get("books?tenantId=" + seed.tenantId());
  }

  /**
   * All bills whose {@code Url} is the marker of that invoice. More than one is the worst thing
   * that can happen.
   */
  List<JsonNode> bills(long requisition) {
    return rows(
        xero().path("bills"),
        bill -> bill.path("url").asText().endsWith(".requisition." + requisition));
  }

  /** The one bill of an invoice. */
  JsonNode bill(long requisition) {
    return one(bills(requisition), "bill of invoice " + requisition);
  }

  /** All credit notes of an invoice: those with its address on a line. */
  List<JsonNode> creditNotes(long requisition) {
    return rows(
        xero().path("creditNotes"),
        note ->
            StreamSupport.stream(note.path("lines").spliterator(), false)
                .anyMatch(
                    line ->
                        line.path("description").asText().endsWith(".requisition." + requisition)));
  }

  /** An invoice as Procore shows it. */
  JsonNode requisition(long id) {
    return one(
        rows(procore().path("requisitions"), r -> r.path("id").longValue() == id),
        "requisition " + id);
  }

  /** The status in Procore's ERP tool. */
  String erpStatus(long requisition) {
    return requisition(requisition).path("erpStatus").asText();
  }

  /** All request details about an invoice, oldest first: {@code status} and {@code messages}. */
  List<JsonNode> details(long requisition) {
    return rows(
        procore().path("details"),
        d ->
            StreamSupport.stream(d.path("items").spliterator(), false)
                .anyMatch(i -> i.path("itemId").longValue() == requisition));
  }

  /** A request detail by its id. */
  JsonNode detail(long id) {
    return one(
        rows(procore().path("details"), d -> d.path("id").longValue() == id),
        "request detail " + id);
  }

  /** Contract payments of Procore that belong to an invoice. */
  List<JsonNode> contractPayments(long requisition) {
    return rows(
        procore().path("contractPayments"),
        p -> p.path("requisition_id").longValue() == requisition);
  }

  /** Payments of Xero that are not deleted. */
  List<JsonNode> livePayments() {
    return rows(xero().path("payments"), p -> p.path("status").asText().equals("AUTHORISED"));
  }

  /** The bookkeeper pays one bill. Gives Xero's id of the payment. */
  String pay(String billId, String account, String date, String reference, String amount) {
    ObjectNode body = payment(account, date, reference);
    body.withArray("invoices")
        .addObject()
        .put("invoiceId", billId)
        .put("amount", new BigDecimal(amount));
    return xero.post("pay", body).path("payments").get(0).path("paymentId").asText();
  }

  /**
   * The bookkeeper pays several bills in full with one batch payment. Gives Xero's ids of the
   * payments.
   */
  List<String> payBatch(String account, String date, String reference, List<JsonNode> bills) {
    ObjectNode body = payment(account, date, reference).put("batch", true);
    for (JsonNode bill : bills) {
      body.withArray("invoices")
          .addObject()
          .put("invoiceId", bill.path("invoiceId").asText())
          .put("amount", new BigDecimal(bill.path("amountDue").asText()));
    }
    List<String> ids = new ArrayList<>();
    xero.post("pay", body).path("payments").forEach(p -> ids.add(p.path("paymentId").asText()));
    return ids;
  }

  /** The bookkeeper deletes a payment. */
  void deletePayment(String paymentId) {
    xero.post("payments/" + paymentId + "/delete", Json.object());
  }

  private ObjectNode payment(String account, String date, String reference) {
    return Json.object()
        .put("tenantId", seed.tenantId())
        .put("accountCode", account)
        .put("date", date)
        .put("reference", reference);
  }

  /** Sum of a field over rows, exact. */
  static BigDecimal sum(Iterable<JsonNode> rows, String field) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : rows) {
      sum = sum.add(new BigDecimal(row.path(field).asText()));
    }
    return sum;
  }

  static List<JsonNode> rows(JsonNode list, Predicate<JsonNode> wanted) {
    return StreamSupport.stream(list.spliterator(), false).filter(wanted).toList();
  }

  private static JsonNode one(List<JsonNode> found, String what) {
    if (found.size() != 1) {
      throw new AssertionError(
          "expected one " + what + ", but there are " + found.size() + ": " + found);
    }
    return found.get(0);
  }
}
