package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.Project;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is unlinked or reset is free again, and nothing is written twice for it. */
class UnlinkTest {

  @TempDir static Path folder;

  private static Site site;
  private static final Map<String, Long> IDS = new HashMap<>();

  @BeforeAll
  static void start() {
    ContractorSeed seed =
        new ContractorSeed(Site.HARBOUR, Site.COMPANY, "Quay Contractors", Site.REDIRECT);
    long type = seed.costType("S", "Subcontract", "commitment");
    seed.item("03-110", "S", "Formwork - Subcontract");
    Project project =
        seed.project("2026-014", "Harbour Tower", new String[] {"03-110", "Formwork"});
    long vendor = seed.vendor("Pacific Concrete Co");
    for (String number : List.of("SC-1", "SC-2", "SC-3", "SC-4")) {
      ObjectNode commitment =
          seed.commitment(project, vendor, "WorkOrderContract", number, "Formwork", "amount");
      IDS.put(number, commitment.get("id").longValue());
      long line =
          seed.line(commitment, project, "03-110", type, "Level 1", "120000.00", null, null, null);
      ObjectNode invoice =
          seed.requisition(
              commitment, 1, number + "-1", "2026-10-01", "2026-10-31", "2026-10-31", "2026-11-30");
      seed.billed(invoice, commitment, line, "contract_item").put("workThisPeriod", "4000.00");
      IDS.put(number + "-1", invoice.get("id").longValue());
    }
    site = Site.in(folder).with(seed).start();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "GEN-API-35, XR-INV-13: a voided bill whose invoice was reset is written anew when the"
          + " invoice is sent again")
  void voidedAndReset() {
    long invoice = IDS.get("SC-1-1");
    site.export(invoice);
    String first = site.item(invoice).erpId();
    new Accountant(site).change(first, Json.object().put("Status", "VOIDED"));
    reset(invoice);

    site.export(invoice);
    assertThat(site.item(invoice).erpId()).isNotEqualTo(first);
    assertThat(site.books().bills(invoice))
        .extracting(bill -> bill.path("status").asText())
        .containsExactlyInAnyOrder("VOIDED", "AUTHORISED");
    assertThat(site.books().requisition(invoice).path("originId").asText())
        .isEqualTo("xero:harbour:bill:" + site.item(invoice).erpId());
    assertThat(site.books().erpStatus(invoice)).isEqualTo("synced");
  }

  @Test
  @DisplayName(
      "GEN-UNL-01: an invoice that was reset while its bill lives is linked to that bill again, not"
          + " billed twice; a person is told")
  void resetWhileItLives() {
    long invoice = IDS.get("SC-2-1");
    site.export(invoice);
    String bill = site.item(invoice).erpId();
    reset(invoice);
    await()
        .atMost(Site.PATIENCE)
        .until(
            () ->
                site.count(
                    "select count(*) from erp_request where name = 'reset_requisition'"
                        + " and failure_message like '%still in Xero as SC-2-1 (AUTHORISED)%'"),
            count -> count == 1);

    site.export(invoice);
    assertThat(site.item(invoice).erpId()).isEqualTo(bill);
    assertThat(site.books().bills(invoice)).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-UNL-04: a commitment is not unlinked before its invoices; GEN-UNL-01: afterwards Xero is"
          + " asked, and what is gone there is freed with its lines")
  void childrenFirst() {
    long invoice = IDS.get("SC-3-1");
    long commitment = IDS.get("SC-3");
    site.export(invoice);
    JsonNode refused = unlink(commitment);
    assertThat(refused.path("status").asText()).isEqualTo("failed");
    assertThat(refused.path("messages").toString())
        .contains("has to be unlinked before it", "SC-3-1", "GEN-UNL-04");

    new Accountant(site).change(site.item(invoice).erpId(), Json.object().put("Status", "VOIDED"));
    reset(invoice);
    assertThat(unlink(commitment).path("messages").toString())
        .contains("The commitment is still in Xero. Please delete it before retrying.");

    Orders orders = new Orders(site);
    orders.inXero(
        orders.order("SC-3").path("PurchaseOrderID").asText(),
        Json.object().put("status", "DELETED"));
    assertThat(unlink(commitment).path("status").asText()).isEqualTo("success");
    assertThat(
            site.count(
                "select count(*) from link where entity = 'work_order_contract' and procore_key = '"
                    + commitment
                    + "'"))
        .isZero();
  }

  @Test
  @DisplayName(
      "GEN-API-42: a payment is freed by a reset only when it is gone in Xero; before, its row"
          + " stays as it is")
  void resetPayment() {
    long invoice = IDS.get("SC-4-1");
    site.export(invoice);
    Books books = site.books();
    String payment = books.pay(site.item(invoice).erpId(), "090", "2026-11-10", "CHK 1", "1000.00");
    site.syncPayments(Site.HARBOUR);
    long row = books.contractPayments(invoice).get(0).path("id").longValue();

    resetPayment(row, "still in Xero");
    assertThat(books.contractPayments(invoice).get(0).path("origin_id").asText()).endsWith(payment);

    books.deletePayment(payment);
    site.syncPayments(Site.HARBOUR);
    resetPayment(row, "gone in Xero");
    assertThat(books.contractPayments(invoice).get(0).path("origin_id").isNull()).isTrue();
    assertThat(site.ledger().payments().find(Site.HARBOUR, payment).orElseThrow().state())
        .isEqualTo("removed");
  }

  private static void resetPayment(long row, String answer) {
    ObjectNode event =
        Json.object().put("requestName", "reset_payment").put("companyId", Site.COMPANY);
    event
        .putObject("requestData")
        .put("payment_id", row)
        .put("payment_type", "ContractPayment")
        .put("reset_override", false);
    long request = site.procore().post("event", event).path("requestId").longValue();
    await()
        .atMost(Site.PATIENCE)
        .until(
            () ->
                site.count(
                    "select count(*) from erp_request where request_id = "
                        + request
                        + " and failure_message like '%"
                        + answer
                        + "%'"),
            count -> count == 1);
  }

  private static void reset(long invoice) {
    site.procore().post("reset/requisition", Json.object().put("requisitionId", invoice));
    site.awaitState(ItemState.UNLINKED, invoice);
  }

  /** The request detail of the unlinking, once it is closed. */
  private static JsonNode unlink(long commitment) {
    long detail =
        site.procore()
            .post("unlink/commitment", Json.object().put("commitmentId", commitment))
            .path("detailIds")
            .path(0)
            .longValue();
    return await()
        .atMost(Site.PATIENCE)
        .until(
            () -> site.books().detail(detail),
            one -> !one.path("status").asText().equals("in_progress"));
  }
}
