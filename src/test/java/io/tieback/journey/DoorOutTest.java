package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refused;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.CommitmentKind;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of records through Tieback's own door, for a company without the ERP tab: accepted,
 * written, marked by the public resources, paid, unlinked. The stand-in answers 403 to every ERP
 * endpoint of such a company.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoorOutTest {

  private static final long CHANGE = 880_001;

  @TempDir static Path folder;

  private static Site site;
  private static DoorItems door;
  private static Orders orders;
  private static Contractor contractor;
  private static long project;
  private static long commitment;
  private static long invoice;
  private static long second;
  private static QueueItem commitmentItem;
  private static QueueItem changeItem;
  private static QueueItem invoiceItem;

  @BeforeAll
  static void start() {
    contractor = new Contractor(Site.COMPANY);
    ((ObjectNode) contractor.seed.procore().at("/companies/0")).put("erpIntegration", false);
    project = contractor.tower.id();
    ObjectNode formwork = contractor.commitment("WorkOrderContract", "SC-0007", "Formwork");
    commitment = formwork.get("id").longValue();
    long walls =
        contractor.line(formwork, "03-110", contractor.subcontract, "Formwork L1", "12500.00");
    Contractor.change(
        contractor.changeOrder(CHANGE, formwork, "1", "Taller walls").put("status", "approved"),
        walls,
        "Taller walls",
        "1000.00");
    invoice = invoice(formwork, walls, 1, "PC-1");
    second = invoice(formwork, walls, 2, "PC-2");
    site =
        Site.in(folder)
            .with(contractor.seed)
            .set(Site.HARBOUR, "door", "tieback")
            .set(Site.HARBOUR, "approval.four-eyes", "false")
            .set(Site.HARBOUR, "invoice.due-date", "billing_date+30")
            .start();
    orders = new Orders(site);
    door = new DoorItems(site);
  }

  private static long invoice(ObjectNode commitment, long line, int number, String words) {
    ObjectNode requisition =
        contractor.seed.requisition(
            commitment, number, words, "2026-08-01", "2026-08-31", "2026-08-31", "2026-09-30");
    contractor
        .seed
        .billed(requisition, commitment, line, "contract_item")
        .put("workThisPeriod", "4000.00")
        .put("workRetained", "400.00");
    return requisition.get("id").longValue();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  private static WorkItem awaits(String entity, long id, ItemState state) {
    await()
        .atMost(Site.PATIENCE)
        .until(
            () -> site.ledger().workItems().find(Site.HARBOUR, entity, id),
            item -> item.map(WorkItem::state).filter(state::equals).isPresent());
    return site.ledger().workItems().find(Site.HARBOUR, entity, id).orElseThrow();
  }

  @Test
  @Order(1)
  @DisplayName(
      "GEN-ARC-03, TB-ACC-01: an accepted commitment becomes an order and is marked with its lines"
          + " by Procore's public resources")
  void commitmentGoesOut() {
    commitmentItem =
        door.sent(
            RecordKind.COMMITMENT, door.commitment(CommitmentKind.WORK_ORDER, project, commitment));
    QueueItem accepted = door.accept(commitmentItem);
    assertThat(accepted.way().acceptedDigest()).isNotBlank();

    WorkItem item = awaits("work_order_contract", commitment, ItemState.ACKNOWLEDGED);
    assertThat(item.erpNumber()).isEqualTo("SC-0007");
    JsonNode shown =
        door.room().client().directory().commitment(CommitmentKind.WORK_ORDER, project, commitment);
    assertThat(shown.path("origin_id").asText())
        .isEqualTo("xero:harbour:purchase_order:" + item.erpId());
    assertThat(shown.path("line_items").path(0).path("origin_id").asText())
        .startsWith("xero:harbour:purchase_order_line:" + item.erpId());
  }

  @Test
  @Order(2)
  @DisplayName(
      "XR-CCO-11: the preview of a change order shows the order's lines before and after it; what"
          + " is accepted is what is added")
  void changeOrderGoesOut() {
    changeItem = door.sent(RecordKind.CHANGE_ORDER, door.changeOrder(project, commitment, CHANGE));
    JsonNode preview =
        Json.read(site.deployment().door().approvals().compose(changeItem.id()).shown().preview());
    assertThat(preview.path("action").asText()).isEqualTo("add-lines");
    assertThat(preview.path("before").path("total").asText()).isEqualTo("12500.00");
    assertThat(preview.path("after").path("total").asText()).isEqualTo("13500.00");
    assertThat(preview.path("after").path("lines")).hasSize(2);
    assertThat(preview.path("document").path("lines").path(0).path("accountName").asText())
        .isNotBlank();

    door.accept(changeItem);
    awaits("change_order", CHANGE, ItemState.ACKNOWLEDGED);
    assertThat(Orders.lines(orders.order("SC-0007"), "[Procore CCO " + CHANGE + "]")).hasSize(1);
    assertThat(
            door.room()
                .client()
                .publicRecords()
                .changeOrder(project, CHANGE)
                .path("origin_id")
                .asText())
        .startsWith("xero:harbour:purchase_order_change:");
  }

  @Test
  @Order(3)
  @DisplayName(
      "TB-ACC-01: an invoice goes out as it was accepted, is paid, and its payment is seen in"
          + " Procore; not one ERP endpoint is called")
  void invoiceGoesOutAndIsPaid() {
    invoiceItem = door.sent(RecordKind.INVOICE, door.invoice(project, invoice));
    JsonNode preview =
        Json.read(site.deployment().door().approvals().compose(invoiceItem.id()).shown().preview());
    assertThat(preview.path("document").path("totals").path("retainageHeld").asText())
        .isEqualTo("-400.00");
    assertThat(preview.path("procore").path("net").asText()).isEqualTo("3600.00");
    door.accept(invoiceItem);
    WorkItem item = awaits(WorkItem.REQUISITION, invoice, ItemState.ACKNOWLEDGED);
    assertThat(site.books().requisition(invoice).path("originId").asText())
        .isEqualTo("xero:harbour:bill:" + item.erpId());

    site.books().pay(item.erpId(), "090", "2026-09-15", "CHQ 1", "3600.00");
    site.deployment().billPayments().sync(Site.HARBOUR, "test");
    await()
        .atMost(Site.PATIENCE)
        .until(() -> site.books().contractPayments(invoice), payments -> payments.size() == 1);
    assertThat(site.books().contractPayments(invoice).get(0).path("amount").asText())
        .isEqualTo("3600.0");
    assertThat(door.room().client().contractPayments(project, commitment).get(0).path("origin_id"))
        .isNotNull();
  }

  @Test
  @Order(4)
  @DisplayName(
      "GEN-UNL-01, GEN-UNL-03, GEN-UNL-04, GEN-UNL-05: unlinking asks Xero live, in Procore's own"
          + " words, children first; what is gone is free and goes again")
  void unlinkAndAgain() {
    assertThatThrownBy(() -> door.unlink(commitmentItem))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("GEN-UNL-04");
    assertThatThrownBy(() -> door.unlink(invoiceItem))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(
            "The requisition is still in Xero. Please delete it before retrying.");
    String bill = site.item(invoice).erpId();
    String payment = site.books().livePayments().get(0).path("paymentId").asText();
    site.books().deletePayment(payment);
    new Accountant(site).change(bill, Json.object().put("Status", "VOIDED"));
    site.deployment().billPayments().sync(Site.HARBOUR, "test");

    door.unlink(invoiceItem);
    assertThat(site.item(invoice).state()).isEqualTo(ItemState.UNLINKED);
    assertThat(site.books().requisition(invoice).path("originId").isNull()).isTrue();

    QueueItem again =
        site.deployment()
            .door()
            .approvals()
            .resend(door.approver(), invoiceItem.id(), door.find(invoiceItem).version());
    door.accept(again);
    WorkItem item = awaits(WorkItem.REQUISITION, invoice, ItemState.ACKNOWLEDGED);
    assertThat(item.erpId()).isNotEqualTo(bill);
  }

  @Test
  @Order(5)
  @DisplayName(
      "TB-ACC-01: a document that composes otherwise than what was accepted does not go out; it is"
          + " back with the approver, with what is different")
  void otherThanAccepted() {
    QueueItem item = door.sent(RecordKind.INVOICE, door.invoice(project, second));
    site.execute("update erp_connection set paused_at = now(), pause_reason = 'a test'");
    QueueItem accepted = door.accept(item);
    assertThat(accepted.state()).isEqualTo("exporting");
    // Something is other than it was shown by the time that it is composed.
    site.execute(
        "update work_item set event = jsonb_set(event, '{code}', '\"PC-2-X\"') where entity ="
            + " 'requisition' and procore_id = "
            + second);
    site.execute("update erp_connection set paused_at = null, pause_reason = null");

    await().atMost(Site.PATIENCE).until(() -> door.find(item).state(), "ready_to_export"::equals);
    QueueItem back = door.find(item);
    assertThat(back.way().acceptedDigest()).isNull();
    assertThat(back.way().acceptedBy()).isNull();
    assertThat(back.way().error()).contains("number: PC-2 accepted, PC-2-X now");
    assertThat(site.books().bills(second)).isEmpty();
    assertThat(site.ledger().queueItems().history(item.id()))
        .extracting(step -> step.action())
        .contains("return");

    QueueItem numbered = door.accept(back, Map.of("number", "PC-2-X"));
    assertThat(numbered.state()).isEqualTo("exporting");
    WorkItem out = awaits(WorkItem.REQUISITION, second, ItemState.ACKNOWLEDGED);
    assertThat(out.erpNumber()).isEqualTo("PC-2-X");
  }

  @Test
  @Order(9)
  @DisplayName("Not one ERP endpoint of Procore is called on the whole way")
  void noErpEndpoint() {
    assertThat(site.deployment().tally().byName())
        .doesNotContainKeys(
            "procore.sync-external-data",
            "procore.list-request-details",
            "procore.sync-request-details",
            "procore.close-request-detail",
            "procore.show-erp-request",
            "procore.sync-invoice-payments",
            "procore.list-staged-records",
            "procore.sync-staged-records",
            "procore.sync-cost-type-assignments",
            "procore.list-deliveries");
  }
}
