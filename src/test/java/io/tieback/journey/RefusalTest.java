package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.Project;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must not go out does not, and Procore says why in words that help. Four connections with the
 * same invoices and different settings: <em>strict</em> has the defaults, <em>terms</em> has the
 * supplier's terms in Xero as a source of due dates, <em>open</em> settles an empty due date by
 * those terms only, <em>bare</em> has no retainage account.
 */
class RefusalTest {

  private static final ConnectionId STRICT = new ConnectionId("strict");
  private static final ConnectionId TERMS = new ConnectionId("terms");
  private static final ConnectionId OPEN = new ConnectionId("open");
  private static final ConnectionId BARE = new ConnectionId("bare");
  private static final String LONG = "L".repeat(256);

  @TempDir static Path folder;

  private static Site site;
  private static ContractorSeed strict;
  private static ContractorSeed terms;
  private static ContractorSeed open;
  private static ContractorSeed bare;

  @BeforeAll
  static void start() {
    strict = seed(STRICT, 5001);
    terms = seed(TERMS, 5002);
    open = seed(OPEN, 5003);
    bare = seed(BARE, 5004);
    site =
        Site.in(folder)
            .with(strict)
            .with(terms)
            .with(open)
            .with(bare)
            .set(TERMS, "invoice.due-date", "erp_custom_field:payment_due_date,vendor_terms")
            .set(OPEN, "invoice.empty-due-date", "vendor_terms")
            .without(BARE, "retainage.account")
            .start();
  }

  /**
   * One commitment and its invoices: good, negative, without due date, with too long a number, and
   * two whose number is good.
   */
  private static ContractorSeed seed(ConnectionId connection, long company) {
    ContractorSeed seed =
        new ContractorSeed(connection, company, "Quay Contractors " + connection, Site.REDIRECT);
    long type = seed.costType("S", "Subcontract", "commitment");
    seed.item("03-110", "S", "Formwork - Subcontract");
    Project project =
        seed.project("2026-014", "Harbour Tower", new String[] {"03-110", "Formwork"});
    long vendor = seed.vendor("Pacific Concrete Co");
    ObjectNode contact =
        (ObjectNode) seed.erp().seed().path("organisations").get(0).path("contacts").get(0);
    contact
        .putObject("paymentTerms")
        .putObject("Bills")
        .put("Day", 20)
        .put("Type", "DAYSAFTERBILLDATE");
    ObjectNode commitment =
        seed.commitment(project, vendor, "WorkOrderContract", "SC-0007", "Formwork", "amount");
    long line =
        seed.line(
            commitment, project, "03-110", type, "Formwork level 1", "120000.00", null, null, null);
    invoice(seed, commitment, line, 1, "GOOD-1", "2026-08-31", "2026-09-30", "40000.00", "4000.00");
    invoice(
        seed, commitment, line, 2, "NEGATIVE-1", "2026-09-30", "2026-10-30", "-1500.00", "0.00");
    invoice(seed, commitment, line, 3, "NO-DUE-DATE-1", "2026-10-31", null, "2000.00", "0.00");
    invoice(seed, commitment, line, 4, LONG, "2026-11-15", "2026-12-15", "3000.00", "300.00");
    return seed;
  }

  private static void invoice(
      ContractorSeed seed,
      ObjectNode commitment,
      long line,
      int number,
      String invoiceNumber,
      String billed,
      String due,
      String work,
      String retained) {
    String start = billed.substring(0, 8) + "01";
    ObjectNode requisition =
        seed.requisition(commitment, number, invoiceNumber, start, billed, billed, due);
    if (due == null) {
      requisition.remove("dueDate");
    }
    seed.billed(requisition, commitment, line, "contract_item")
        .put("workThisPeriod", work)
        .put("workRetained", retained);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  // ---- refusals

  @Test
  @DisplayName(
      "XR-INV-14: an invoice with a negative total is refused before anything is sent, and Procore"
          + " shows why")
  void negativeTotal() {
    refused(strict, "NEGATIVE-1", "XR-INV-14", "-1500.00");
  }

  @Test
  @DisplayName(
      "XR-INV-07: an invoice without a due date is refused by default, with the ways to mend it")
  void emptyDueDate() {
    refused(strict, "NO-DUE-DATE-1", "XR-INV-07", "due date", "invoice.due-date");
  }

  @Test
  @DisplayName(
      "XR-INV-11: with vendor_terms among the sources, the due date is worked out from the"
          + " supplier's terms in Xero")
  void dueDateFromTerms() {
    long invoice = export(terms, "NO-DUE-DATE-1");
    assertThat(books(terms).bill(invoice).path("dueDate").asText()).isEqualTo("2026-11-20");
  }

  @Test
  @DisplayName(
      "XR-INV-11, C-02: with empty-due-date vendor_terms an empty due date is settled by the"
          + " supplier's terms, and one that is filled in stays")
  void emptyDueDateByTerms() {
    assertThat(books(open).bill(export(open, "NO-DUE-DATE-1")).path("dueDate").asText())
        .isEqualTo("2026-11-20");
    assertThat(books(open).bill(export(open, "GOOD-1")).path("dueDate").asText())
        .isEqualTo("2026-09-30");
  }

  @Test
  @DisplayName(
      "XR-INV-02: a number of more than 255 characters is refused, never cut; corrected in Procore"
          + " and sent again it goes, and there is one bill")
  void numberTooLong() {
    long invoice = refused(strict, LONG, "XR-INV-02", "256 characters", "255");
    correctNumber(invoice, "SHORT-1");
    site.accept(invoice);
    site.awaitState(STRICT, ItemState.ACKNOWLEDGED, invoice);
    assertThat(books(strict).bill(invoice).path("number").asText()).isEqualTo("SHORT-1");
    assertThat(books(strict).erpStatus(invoice)).isEqualTo("synced");
    assertThat(books(strict).details(invoice))
        .extracting(d -> d.path("status").asText())
        .containsExactly("failed", "success");
    assertThat(site.ledger().deadLetters().list(new DeadLetters.Filter(STRICT, "open", null, 100)))
        .as("the dead letter is closed by the new round")
        .noneMatch(letter -> letter.key().contains(Long.toString(invoice)));
  }

  @Test
  @DisplayName(
      "QBD-INV-01, QBD-INV-03: without a retainage account nothing is sent, not even an invoice"
          + " without retainage; the message names the setting")
  void noRetainageSetUp() {
    refused(bare, "GOOD-1", "QBD-INV-01", "retainage.account", "current liability", "4000.00");
    refused(bare, "NO-DUE-DATE-1", "QBD-INV-03", "retainage.account");
    assertThat(books(bare).xero().path("bills")).isEmpty();
  }

  @Test
  @DisplayName(
      "Sending an invoice that is exported already makes no second bill; Procore gets the same"
          + " origin ids and a success")
  void sentAgain() {
    long invoice = export(strict, "GOOD-1");
    JsonNode before = books(strict).requisition(invoice);
    long request =
        site.ledger().erpRequests().inState(STRICT, "answered", 100).stream()
            .filter(r -> r.body() != null && r.body().contains("GOOD-1"))
            .findFirst()
            .orElseThrow()
            .requestId();
    ObjectNode again =
        Json.object()
            .put("requestName", "create_requisitions")
            .put("companyId", strict.companyId())
            .put("detail", "requestData");
    again.put("itemType", "requisition").put("itemId", invoice);
    ObjectNode data =
        (ObjectNode)
            site.deployment()
                .rooms()
                .of(STRICT)
                .client()
                .erpRequest(request)
                .path("request_data")
                .deepCopy();
    data.remove("request_detail_id");
    data.path("requisitions").forEach(r -> ((ObjectNode) r).remove("request_detail_id"));
    again.set("requestData", data);
    long detail = site.procore().post("event", again).path("detailIds").get(0).longValue();
    Site.until(
        "it is answered",
        () -> !books(strict).detail(detail).path("status").asText().equals("in_progress"));
    assertThat(books(strict).detail(detail).path("status").asText()).isEqualTo("success");
    assertThat(books(strict).bills(invoice)).hasSize(1);
    assertThat(books(strict).requisition(invoice)).isEqualTo(before);
  }

  // ---- helpers

  /**
   * Sends an invoice and expects that it fails for this rule with these words, without a bill.
   * Gives its id.
   */
  private static long refused(ContractorSeed seed, String number, String rule, String... words) {
    long invoice = invoice(seed, number);
    site.send(invoice);
    site.accept(invoice);
    site.awaitState(seed.connection(), ItemState.FAILED, invoice);
    Site.until("Procore is answered", () -> answered(seed, invoice));
    JsonNode detail = books(seed).details(invoice).get(0);
    assertThat(detail.path("status").asText()).isEqualTo("failed");
    assertThat(detail.path("messages").toString()).contains(rule).contains(words);
    assertThat(books(seed).erpStatus(invoice)).isEqualTo("failed_to_export");
    assertThat(books(seed).bills(invoice)).isEmpty();
    assertThat(site.xero().get("requests?path=/Invoices&limit=500").path("requests").toString())
        .doesNotContain(seed.connection() + ".requisition." + invoice);
    return invoice;
  }

  private static long export(ContractorSeed seed, String number) {
    long invoice = invoice(seed, number);
    site.send(invoice);
    site.accept(invoice);
    site.awaitState(seed.connection(), ItemState.ACKNOWLEDGED, invoice);
    return invoice;
  }

  private static boolean answered(ContractorSeed seed, long invoice) {
    List<JsonNode> details = books(seed).details(invoice);
    return !details.isEmpty()
        && details.stream().noneMatch(d -> d.path("status").asText().equals("in_progress"));
  }

  private static Books books(ContractorSeed seed) {
    return site.books(seed);
  }

  private static long invoice(ContractorSeed seed, String number) {
    return StreamSupport.stream(seed.procore().path("requisitions").spliterator(), false)
        .filter(r -> r.path("invoiceNumber").asText().equals(number))
        .findFirst()
        .orElseThrow()
        .path("id")
        .longValue();
  }

  /** A project user changes the invoice's number in Procore, over Procore's own interface. */
  private static void correctNumber(long invoice, String number) {
    String token =
        call(
                "/oauth/token",
                null,
                "POST",
                Json.object()
                    .put("grant_type", "client_credentials")
                    .put("client_id", strict.procoreClientId())
                    .put("client_secret", ContractorSeed.SECRET))
            .path("access_token")
            .asText();
    ObjectNode change =
        Json.object()
            .put("project_id", books(strict).requisition(invoice).path("projectId").longValue())
            .put(
                "commitment_id",
                books(strict).requisition(invoice).path("commitmentId").longValue());
    change.putObject("requisition").put("invoice_number", number);
    call("/rest/v1.1/requisitions/" + invoice, token, "PATCH", change);
  }

  private static JsonNode call(String path, String token, String method, JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.sandbox().procoreUrl() + path))
            .header("Content-Type", "application/json")
            .header("Procore-Company-Id", Long.toString(strict.companyId()))
            .method(method, BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return Json.read(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
