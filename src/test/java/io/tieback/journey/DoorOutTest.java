package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Refused;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.DoorSettings;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.CommitmentKind;
import io.tieback.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  private static final String NEWCOMER = "0c9d2f7e-1111-4222-8333-94a5b6c7d8e9";

  @TempDir static Path folder;

  private static Site site;
  private static DoorItems door;
  private static Orders orders;
  private static Contractor contractor;
  private static long project;
  private static long commitment;
  private static long invoice;
  private static long second;
  private static long third;
  private static long fourth;
  private static long school;
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
    third = invoice(formwork, walls, 3, "PC-3");
    fourth = invoice(formwork, walls, 4, "PC-4");
    school =
        contractor
            .seed
            .project("2026-030", "Lakeside School", new String[] {"09-250", "Gypsum board"})
            .id();
    ObjectNode project = (ObjectNode) contractor.seed.procore().at("/projects/1");
    project.remove("originId");
    project.withArray("costCodes").forEach(code -> ((ObjectNode) code).remove("originId"));
    ((ObjectNode) contractor.seed.erp().seed().at("/organisations/0"))
        .withArray("contacts")
        .addObject()
        .put("contactId", NEWCOMER)
        .put("name", "Newcomer Ltd")
        .put("supplier", true);
    site =
        Site.in(folder)
            .with(contractor.seed)
            .set(Site.HARBOUR, "door", "tieback")
            .set(Site.HARBOUR, "approval.four-eyes", "false")
            .set(Site.HARBOUR, "door.poll", "PT2S")
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
        .put("workThisPeriod", "3000.00")
        .put("workRetained", "300.00");
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
  @Order(10)
  @DisplayName(
      "GEN-ARC-03, TB-ACC-01: an accepted commitment becomes an order and is marked with its lines"
          + " by Procore's public resources")
  void commitmentGoesOut() {
    commitmentItem = door.sent("work_order_contract", commitment);
    QueueItem accepted = door.accept(commitmentItem);
    assertThat(accepted.way().acceptedDigest()).isNotBlank();

    WorkItem item = awaits("work_order_contract", commitment, ItemState.ACKNOWLEDGED);
    assertThat(door.find(commitmentItem).state()).isEqualTo("synced");
    assertThat(item.erpNumber()).isEqualTo("SC-0007");
    JsonNode shown =
        door.room().client().directory().commitment(CommitmentKind.WORK_ORDER, project, commitment);
    assertThat(shown.path("origin_id").asText())
        .isEqualTo("xero:harbour:purchase_order:" + item.erpId());
    assertThat(shown.path("line_items").path(0).path("origin_id").asText())
        .startsWith("xero:harbour:purchase_order_line:" + item.erpId());
  }

  @Test
  @Order(20)
  @DisplayName(
      "XR-CCO-11: the preview of a change order shows the order's lines before and after it; what"
          + " is accepted is what is added")
  void changeOrderGoesOut() {
    changeItem = door.sent("change_order", CHANGE);
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
  @Order(30)
  @DisplayName(
      "TB-ACC-01: an invoice goes out as it was accepted, is paid, and its payment is seen in"
          + " Procore; not one ERP endpoint is called")
  void invoiceGoesOutAndIsPaid() {
    invoiceItem = door.sent(WorkItem.REQUISITION, invoice);
    JsonNode preview =
        Json.read(site.deployment().door().approvals().compose(invoiceItem.id()).shown().preview());
    assertThat(preview.path("document").path("totals").path("retainageHeld").asText())
        .isEqualTo("-300.00");
    assertThat(preview.path("procore").path("net").asText()).isEqualTo("2700.00");
    door.accept(invoiceItem);
    WorkItem item = awaits(WorkItem.REQUISITION, invoice, ItemState.ACKNOWLEDGED);
    assertThat(site.books().requisition(invoice).path("originId").asText())
        .isEqualTo("xero:harbour:bill:" + item.erpId());

    site.books().pay(item.erpId(), "090", "2026-09-15", "CHQ 1", "2700.00");
    site.deployment().billPayments().sync(Site.HARBOUR, "test");
    await()
        .atMost(Site.PATIENCE)
        .until(() -> site.books().contractPayments(invoice), payments -> payments.size() == 1);
    assertThat(site.books().contractPayments(invoice).get(0).path("amount").asText())
        .isEqualTo("2700.0");
    JsonNode paid = door.room().client().contractPayments(project, commitment).get(0);
    assertThat(paid.path("origin_id").asText()).startsWith("xero:harbour:payment:");
  }

  @Test
  @Order(40)
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
  @Order(50)
  @DisplayName(
      "TB-ACC-01: a document that composes otherwise than what was accepted does not go out; it is"
          + " back with the approver, with what is different")
  void otherThanAccepted() {
    QueueItem item = door.sent(WorkItem.REQUISITION, second);
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

    Map<String, String> number = Map.of("number", "PC-2-X");
    assertThatThrownBy(() -> door.accept(back, number)).hasMessageContaining("you entered");
    QueueItem numbered = door.find(back);
    assertThat(Json.read(numbered.shown().preview()).at("/document/number").asText())
        .as("what was entered is shown before it can be accepted")
        .isEqualTo("PC-2-X");
    assertThat(site.books().bills(second)).isEmpty();
    assertThat(door.accept(numbered, number).state()).isEqualTo("exporting");
    WorkItem out = awaits(WorkItem.REQUISITION, second, ItemState.ACKNOWLEDGED);
    assertThat(out.erpNumber()).isEqualTo("PC-2-X");
  }

  private static void paused(boolean paused) {
    site.execute(
        paused
            ? "update erp_connection set paused_at = now(), pause_reason = 'a test'"
            : "update erp_connection set paused_at = null, pause_reason = null");
  }

  @Test
  @Order(52)
  @DisplayName(
      "TB-ACC-01: what was accepted stays bound when its connection is switched to Procore's door"
          + " before it is written")
  void boundAtTheOtherDoor() {
    QueueItem item = door.sent(WorkItem.REQUISITION, third);
    paused(true);
    door.accept(item);
    ConnectionRoom here = door.room();
    ConnectionRooms rooms = site.deployment().rooms();
    List<ConnectionRoom> all = rooms.all();
    rooms.replace(
        all.stream().map(room -> room.id().equals(here.id()) ? atProcore(room) : room).toList());
    try {
      site.execute(
          "update work_item set event = jsonb_set(event, '{code}', '\"PC-3-X\"') where entity ="
              + " 'requisition' and procore_id = "
              + third);
      paused(false);
      await().atMost(Site.PATIENCE).until(() -> door.find(item).state(), "ready_to_export"::equals);
    } finally {
      rooms.replace(all);
    }
    assertThat(door.find(item).way().error())
        .contains("door was changed to Procore's", "number: PC-3 accepted, PC-3-X now");
    assertThat(site.books().bills(third)).isEmpty();
  }

  private static ConnectionRoom atProcore(ConnectionRoom room) {
    return new ConnectionRoom(
        room.id(),
        room.procore(),
        room.client(),
        room.erp(),
        room.invoices(),
        room.breakdown(),
        room.companies(),
        room.orders(),
        room.arithmetic(),
        room.times(),
        room.payments(),
        room.costs(),
        room.zone(),
        DoorSettings.ERP_TAB);
  }

  @Test
  @Order(54)
  @DisplayName(
      "TB-ACC-01: what is staged and accepted by nobody any more does not go out; its item stays"
          + " where it is")
  void notAcceptedAnyMore() {
    QueueItem item = door.sent(WorkItem.REQUISITION, third);
    paused(true);
    door.accept(item);
    // Whatever way it took: a restored backup, or a database that somebody has mended by hand.
    site.execute("update queue_item set state = 'retrieved' where id = " + item.id());
    paused(false);

    awaits(WorkItem.REQUISITION, third, ItemState.DISCARDED);
    assertThat(site.books().bills(third)).isEmpty();
    QueueItem back = door.find(item);
    assertThat(back.state()).isEqualTo("retrieved");
    site.deployment().door().approvals().resend(door.approver(), item.id(), back.version());
  }

  @Test
  @Order(60)
  @DisplayName(
      "TB-ACC-01: what an operator corrects before a replay needs a new acceptance when the"
          + " document is another; the correction is what is accepted then")
  void correctedIsAcceptedAnew() {
    QueueItem item = door.sent(WorkItem.REQUISITION, third);
    site.execute("update erp_connection set paused_at = now(), pause_reason = 'a test'");
    door.accept(item);
    long work = site.item(third).id();
    site.ledger()
        .workItems()
        .fail(work, site.item(third).round(), "test", "REFUSED", "a test", "correct it");
    assertThat(door.find(item).state()).isEqualTo("failed");
    ObjectNode corrected = (ObjectNode) Json.read(site.item(third).event());
    long letter = site.ledger().deadLetters().openFor(work).orElseThrow().id();
    site.ledger()
        .replays()
        .replay(
            letter,
            "olga@example.com",
            java.util.Optional.of(Json.write(corrected.put("code", "PC-3-B"))));
    site.execute("update erp_connection set paused_at = null, pause_reason = null");

    await().atMost(Site.PATIENCE).until(() -> door.find(item).state(), "ready_to_export"::equals);
    assertThat(door.find(item).way().error())
        .contains("Corrected by olga@example.com", "number: PC-3 accepted, PC-3-B now");
    assertThat(site.books().bills(third)).isEmpty();

    door.accept(door.find(item));
    assertThat(awaits(WorkItem.REQUISITION, third, ItemState.ACKNOWLEDGED).erpNumber())
        .isEqualTo("PC-3-B");
  }

  @Test
  @Order(70)
  @DisplayName(
      "GEN-ARC-02, GEN-COY-01: a supplier that only Xero has is offered, made a company of Procore"
          + " once, and is offered no more")
  void suppliersAreImported() {
    site.deployment().door().imports().refresh(door.room());
    QueueItem offered =
        site.ledger().queueItems().findImport(Site.HARBOUR, "vendor", NEWCOMER).orElseThrow();
    assertThat(offered.state()).isEqualTo("ready_to_import");
    QueueItem shown = site.deployment().door().approvals().compose(offered.id());
    assertThat(Json.read(shown.shown().preview()).path("action").asText()).isEqualTo("import");

    site.deployment().door().approvals().importNow(door.approver(), offered.id(), shown.version());
    List<JsonNode> made =
        door.room().client().directory().vendors().stream()
            .filter(vendor -> vendor.path("name").asText().equals("Newcomer Ltd"))
            .toList();
    assertThat(made).hasSize(1);
    assertThat(made.get(0).path("origin_id").asText())
        .isEqualTo("xero:harbour:contact:" + NEWCOMER);
    assertThat(door.find(offered).state()).isEqualTo("imported");
    assertThat(site.deployment().door().imports().refresh(door.room()).offered()).isZero();
  }

  @Test
  @Order(80)
  @DisplayName(
      "GEN-WBS-05, TB-ACC-01: a project's preview says which of its codes are new; it goes with"
          + " them as they were accepted and is marked, and its codes too")
  void projectGoesOut() {
    QueueItem item = door.sent("project", school);
    JsonNode preview =
        Json.read(site.deployment().door().approvals().compose(item.id()).shown().preview());
    assertThat(preview.path("action").asText()).isEqualTo("create");
    assertThat(preview.path("codes"))
        .anySatisfy(
            code -> {
              assertThat(code.path("code").asText()).isEqualTo("09-250.S");
              assertThat(code.path("new").asBoolean()).isTrue();
            });
    paused(true);
    door.accept(item);
    String name = "entity = 'cost_item' and event ->> 'project_id' = '" + school + "'";
    site.execute(
        "update work_item set event = jsonb_set(event, '{code_name}', '\"Marble\"') where " + name);
    paused(false);
    await().atMost(Site.PATIENCE).until(() -> door.find(item).state(), "ready_to_export"::equals);
    assertThat(door.find(item).way().error()).contains("code 09-250.").contains("Marble");
    await()
        .atMost(Site.PATIENCE)
        .until(
            () ->
                site.count(
                    "select count(*) from work_item where state not in ('discarded',"
                        + " 'acknowledged') and "
                        + name),
            count -> count == 0);
    assertThat(site.count("select count(*) from work_item where erp_id is not null and " + name))
        .as("no code was written that nobody accepted")
        .isZero();

    door.accept(door.find(item));
    WorkItem out = awaits("project", school, ItemState.ACKNOWLEDGED);
    assertThat(door.room().client().directory().project(school).path("origin_id").asText())
        .isEqualTo("xero:harbour:tracking_option:" + out.erpId());
    assertThat(door.room().client().directory().costCodes(school))
        .allSatisfy(code -> assertThat(code.path("origin_id").asText()).startsWith("xero:harbour"));
    assertThatThrownBy(() -> door.unlink(item)).hasMessageContaining("still in Xero");
  }

  @Test
  @Order(100)
  @DisplayName(
      "TB-ACC-02: a look at a record goes through the very route, with the steps that a site added;"
          + " nothing is stored or told of it")
  void looksGoThroughTheRoute() throws IOException {
    QueueItem item = door.sent(WorkItem.REQUISITION, fourth);
    assertThat(site.deployment().door().approvals().compose(item.id()).shown().digest())
        .isNotBlank();
    Path own = site.configuration().resolve("routes");
    Files.createDirectories(own);
    Files.writeString(
        own.resolve("ours.camel.yaml"),
        """
        - route:
            id: hook-bill-composed
            description: A step of our own.
            routeConfigurationId: tieback-failures
            from:
              uri: direct:hook-bill-composed
              steps:
                - throwException:
                    exceptionType: java.lang.IllegalStateException
                    message: a step of ours says no
        """);
    await()
        .atMost(Site.PATIENCE)
        .until(
            () -> site.deployment().door().approvals().compose(item.id()).shown().findings(),
            findings -> findings.contains("TB-ACC-02"));
    assertThat(door.find(item).shown().findings()).contains("a step of ours says no");
    assertThat(door.find(item).shown().digest()).isNull();
    assertThat(site.ledger().workItems().find(Site.HARBOUR, WorkItem.REQUISITION, fourth))
        .isEmpty();
    assertThat(site.count("select count(*) from dead_letter where state = 'open'")).isZero();
  }

  @Test
  @Order(90)
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
