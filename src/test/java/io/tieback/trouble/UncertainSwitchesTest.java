package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import io.tieback.construction.Money;
import io.tieback.journey.Site;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Facts that the vendors leave open are switches of the stand-ins and, where it matters, settings
 * of ours. One site stands with everything as we assume it, the other with everything the other way
 * round; both have to bill the small contractor's ten invoices to the cent.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UncertainSwitchesTest {

  @TempDir static Path folder;
  private static Site assumed;
  private static Site otherwise;

  @BeforeAll
  static void start() {
    assumed = Site.small(folder.resolve("assumed")).start();
    ContractorSeed seed = SmallContractor.seed(Site.HARBOUR, Site.COMPANY, Site.REDIRECT);
    otherwise =
        Site.in(folder.resolve("otherwise"))
            .with(seed)
            .set(Site.HARBOUR, "procore.line-amount", "net")
            .set(Site.HARBOUR, "procore.details-sync-wrapper", "updates")
            .set(Site.HARBOUR, "procore.requisition-view", "extended")
            .start();
    otherwise
        .procore()
        .settings(
            Json.object()
                .put("lineAmount", "net")
                .put("detailsSyncWrapper", "updates")
                .put("previousFieldsPresent", false)
                .put("detailItemFields", true)
                .put("missingCompanyHeaderStatus", 404)
                .put("invalidGrantStatus", 400)
                .put("retryAfterOn429", true)
                .put("deliveriesOrder", "descending"));
    otherwise
        .xero()
        .settings(
            Json.object()
                .put("reverseBatchAnswers", true)
                .put("paymentsListDeleted", false)
                .put("lineAmountWithoutUnitAmount", "recomputed")
                .put("contactTimestampSkew", false)
                .put("trackingMismatch", "refuse")
                .put("itemCodeInPath", false));
  }

  @AfterAll
  static void stop() {
    assumed.close();
    otherwise.close();
  }

  @AfterEach
  void sound() {
    for (Site site : List.of(assumed, otherwise)) {
      site.procore().delete("faults");
      site.xero().delete("faults");
    }
  }

  @Test
  @DisplayName(
      "every uncertain fact as assumed, and every one the other way: ten invoices are ten bills, to"
          + " the cent, with their ids in Procore")
  void billsTheSameEitherWay() {
    for (Site site : List.of(assumed, otherwise)) {
      exportAll(site);
      List<JsonNode> bills = rows(xeroBooks(site).path("bills"));
      assertThat(bills).hasSize(10);
      assertThat(bills).extracting(bill -> bill.path("url").asText()).doesNotHaveDuplicates();
      for (JsonNode bill : bills) {
        JsonNode invoice =
            invoice(
                site,
                Long.parseLong(bill.path("url").asText().replaceFirst(".*requisition\\.", "")));
        assertThat(new BigDecimal(bill.path("total").asText()))
            .as("bill %s", bill.path("number"))
            .isEqualByComparingTo(invoice.path("net").asText());
        assertThat(invoice.path("originId").asText()).endsWith(bill.path("invoiceId").asText());
        assertThat(invoice.path("erpStatus").asText()).isEqualToIgnoringCase("synced");
      }
    }
    assertThat(Fault.since(otherwise.procore(), 0, "GET", Fault.REQUISITION))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.query("view")).isEqualTo("extended"));
    assertThat(Fault.since(assumed.procore(), 0, "GET", Fault.REQUISITION))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.query("view")).isEqualTo("items"));
  }

  @Test
  @DisplayName(
      "deleted payments are listed by Xero, or are not: either way the payment is flagged and no"
          + " longer counts as paid (GEN-PAY-11)")
  void noticesDeletedPaymentsEitherWay() {
    for (Site site : List.of(assumed, otherwise)) {
      exportAll(site);
      JsonNode bill = xeroBooks(site).path("bills").get(0);
      ObjectNode body =
          Json.object()
              .put("tenantId", site.seed().tenantId())
              .put("accountCode", "090")
              .put("date", "2026-11-20")
              .put("reference", "CHK 1");
      body.withArray("invoices")
          .addObject()
          .put("invoiceId", bill.path("invoiceId").asText())
          .put("amount", new BigDecimal("250.00"));
      String payment =
          site.xero().post("pay", body).path("payments").get(0).path("paymentId").asText();
      site.syncPayments(Site.HARBOUR);
      assertThat(states(site, payment)).containsExactly("known");
      assertThat(site.ledger().payments().totals(Site.HARBOUR).paid())
          .isEqualTo(Money.of("250.00"));
      site.xero().post("payments/" + payment + "/delete", Json.object());
      site.syncPayments(Site.HARBOUR);
      assertThat(states(site, payment))
          .as("lists deleted payments: %s", site == assumed)
          .containsExactly("flagged");
      assertThat(site.ledger().payments().totals(Site.HARBOUR).paid()).isEqualTo(Money.ZERO);
    }
  }

  @ParameterizedTest(name = "the request detail''s id stands in the event: {0}")
  @ValueSource(strings = {"envelope", "requestData", "element", "absent"})
  void findsTheDetailWhereverItStands(String placement) {
    // Each in a site of its own would take long: a correction sends an invoice again, with the id
    // in another place.
    exportAll(assumed);
    assumed.procore().settings(Json.object().put("detailIdPlacement", placement));
    long id =
        assumed
            .seed()
            .requisitionIds()
            .get(List.of("envelope", "requestData", "element", "absent").indexOf(placement));
    int before = details(assumed, id).size();
    unlinkAndSendAgain(assumed, id);
    await()
        .atMost(Site.PATIENCE)
        .untilAsserted(
            () -> {
              List<JsonNode> all = details(assumed, id);
              assertThat(all).hasSize(before + 1);
              assertThat(all.get(before).path("status").asText()).isEqualTo("success");
            });
    assertThat(
            rows(xeroBooks(assumed).path("bills")).stream()
                .filter(b -> b.path("url").asText().endsWith(".requisition." + id)))
        .hasSize(1);
  }

  @ParameterizedTest(
      name =
          "the wrapper of the details'' sync is the other one than set ({0}): nothing is lost,"
              + " somebody is told, and it goes on once it is right")
  @ValueSource(booleans = {true, false})
  void survivesTheWrongWrapper(boolean bareIsSet) {
    Site site = bareIsSet ? assumed : otherwise;
    exportAll(site);
    site.procore()
        .settings(Json.object().put("detailsSyncWrapper", bareIsSet ? "updates" : "bare"));
    long id = site.seed().requisitionIds().get(5);
    int before = details(site, id).size();
    long mark = Fault.mark(site.procore());
    try (LogLines log = new LogLines()) {
      unlinkAndSendAgain(site, id);
      await()
          .atMost(Site.PATIENCE)
          .until(() -> Fault.since(site.procore(), mark, "PATCH", Fault.DETAILS).size() >= 2);
      assertThat(Fault.since(site.procore(), mark, "PATCH", Fault.DETAILS))
          .extracting(Fault.Request::status)
          .contains("400");
      assertThat(details(site, id).get(before).path("status").asText()).isEqualTo("in_progress");
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line).startsWith("WARN").contains("erp_request_details/sync", "400"));
    }
    site.procore()
        .settings(Json.object().put("detailsSyncWrapper", bareIsSet ? "bare" : "updates"));
    await()
        .atMost(Site.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(details(site, id).get(before).path("status").asText())
                    .isEqualTo("success"));
  }

  @Test
  @DisplayName(
      "no call to Procore lacks the company header, whatever a missing one would be answered with")
  void alwaysNamesTheCompany() {
    for (Site site : List.of(assumed, otherwise)) {
      exportAll(site);
      assertThat(Fault.since(site.procore(), 0, null, "^/rest/"))
          .hasSizeGreaterThan(20)
          .allSatisfy(
              call ->
                  assertThat(call.header("Procore-Company-Id"))
                      .isEqualTo(Long.toString(Site.COMPANY)));
    }
  }

  private static void exportAll(Site site) {
    Long[] ids = site.seed().requisitionIds().toArray(new Long[0]);
    if (site.ledger().workItems().countByState(Site.HARBOUR).isEmpty()) {
      site.send(ids);
      site.accept(ids);
    }
    site.awaitState(ItemState.ACKNOWLEDGED, ids);
  }

  /** Somebody takes the link away in Procore and exports the invoice again. */
  private static void unlinkAndSendAgain(Site site, long id) {
    Trouble.relink(site, "requisition", id, null);
    site.send(id);
    site.accept(id);
  }

  private static List<String> states(Site site, String payment) {
    return site.ledger().payments().list(Site.HARBOUR, List.of(), 0, 1000).stream()
        .filter(row -> row.erpPaymentId().equals(payment))
        .map(row -> row.state())
        .toList();
  }

  private static JsonNode xeroBooks(Site site) {
    return site.xero().get("books?tenantId=" + site.seed().tenantId());
  }

  private static JsonNode procoreBooks(Site site) {
    return site.procore().get("books?companyId=" + Site.COMPANY);
  }

  private static JsonNode invoice(Site site, long id) {
    return rows(procoreBooks(site).path("requisitions")).stream()
        .filter(one -> one.path("id").asLong() == id)
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> details(Site site, long id) {
    return rows(procoreBooks(site).path("details")).stream()
        .filter(
            detail ->
                rows(detail.path("items")).stream()
                    .anyMatch(item -> item.path("itemId").asLong() == id))
        .toList();
  }

  private static List<JsonNode> rows(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
