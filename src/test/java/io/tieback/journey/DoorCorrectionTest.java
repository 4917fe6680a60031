package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Approvals;
import io.tieback.approval.Extra;
import io.tieback.approval.Outdated;
import io.tieback.approval.Person;
import io.tieback.approval.Role;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.User;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people enter and correct at Tieback's own door, while change orders go out directly: it is
 * shown beside Procore's own figures, and nothing of it leaves without an approver.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoorCorrectionTest {

  private static final long CHANGE = 880_001;
  private static final String MARK = "[Procore CCO " + CHANGE + "]";

  @TempDir static Path folder;

  private static Site site;
  private static DoorItems door;
  private static Orders orders;
  private static Person owner;
  private static long commitment;
  private static long invoice;

  @BeforeAll
  static void start() {
    Contractor contractor = new Contractor(Site.COMPANY);
    ((ObjectNode) contractor.seed.procore().at("/companies/0")).put("erpIntegration", false);
    ObjectNode formwork = contractor.commitment("WorkOrderContract", "SC-0007", "Formwork");
    commitment = formwork.get("id").longValue();
    long walls =
        contractor.line(formwork, "03-110", contractor.subcontract, "Formwork L1", "12500.00");
    Contractor.change(
        contractor.changeOrder(CHANGE, formwork, "1", "Taller walls").put("status", "approved"),
        walls,
        "Taller walls",
        "1000.00");
    ObjectNode requisition =
        contractor.seed.requisition(
            formwork, 1, "PC-1", "2026-08-01", "2026-08-31", "2026-08-31", "2026-09-30");
    contractor
        .seed
        .billed(requisition, formwork, walls, "contract_item")
        .put("workThisPeriod", "3000.00")
        .put("workRetained", "300.00");
    invoice = requisition.get("id").longValue();
    site =
        Site.in(folder)
            .with(contractor.seed)
            .set(Site.HARBOUR, "door", "tieback")
            .set(Site.HARBOUR, "approval.four-eyes", "false")
            .set(Site.HARBOUR, "direct-export.change-orders", "true")
            .set(Site.HARBOUR, "door.poll", "PT2S")
            .set(Site.HARBOUR, "invoice.due-date", "billing_date+30")
            .start();
    orders = new Orders(site);
    door = new DoorItems(site);
    long id =
        site.ledger()
            .users()
            .create(new User.Draft("own@example.com", "Own", "owner", "en", null), "test");
    owner =
        new Person(
            id,
            "own@example.com",
            "Own",
            Role.OWNER,
            Locale.ENGLISH,
            null,
            null,
            List.of(),
            List.of());
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  private static Approvals approvals() {
    return site.deployment().door().approvals();
  }

  private static QueueItem change() {
    return site.ledger().queueItems().find(Site.HARBOUR, "change_order", CHANGE).orElseThrow();
  }

  private static QueueItem again() {
    QueueItem item = change();
    QueueItem back =
        item.state().equals("retrieved")
            ? item
            : approvals().retrieve(owner, item.id(), item.version());
    return approvals().resend(owner, item.id(), back.version());
  }

  private static WorkItem awaits(String entity, long id, ItemState state) {
    await()
        .atMost(Site.PATIENCE)
        .until(
            () -> site.ledger().workItems().find(Site.HARBOUR, entity, id),
            item -> item.map(WorkItem::state).filter(state::equals).isPresent());
    return site.ledger().workItems().find(Site.HARBOUR, entity, id).orElseThrow();
  }

  private static JsonNode preview(QueueItem item) {
    return Json.read(approvals().compose(item.id()).shown().preview());
  }

  @Test
  @Order(10)
  @DisplayName(
      "GEN-DEX-01, TB-ACC-01: figures that an operator corrected are never let out by direct"
          + " export, and are shown beside Procore's own, with who corrected them")
  void whatWasCorrectedNeedsAnApprover() {
    await()
        .atMost(Site.PATIENCE)
        .until(
            () -> site.ledger().queueItems().find(Site.HARBOUR, "change_order", CHANGE),
            item -> item.filter(one -> one.about().findings().contains("WAIT")).isPresent());
    // It waits for its commitment; sent by hand all the same, it says so. Taken back, it does not
    // go by itself meanwhile.
    QueueItem waiting = approvals().send(owner, change().id(), change().version());
    assertThat(waiting.state()).isEqualTo("ready_to_export");
    assertThatThrownBy(
            () ->
                approvals()
                    .accept(
                        owner, waiting.id(), waiting.version(), waiting.shown().digest(), Map.of()))
        .hasMessageContaining("it waits: ")
        .hasMessageContaining("the commitment goes before its change orders");
    assertThat(site.ledger().queueItems().history(waiting.id()))
        .anySatisfy(step -> assertThat(String.valueOf(step.reason())).contains("it waits: "));
    QueueItem back = approvals().retrieve(owner, waiting.id(), waiting.version());
    door.accept(door.sent("work_order_contract", commitment));
    awaits("work_order_contract", commitment, ItemState.ACKNOWLEDGED);
    assertThat(back.state()).isEqualTo("retrieved");

    site.execute("update erp_connection set paused_at = now(), pause_reason = 'a test'");
    assertThat(again().state()).isEqualTo("exporting");
    WorkItem work = site.ledger().workItems().find(change().workItemId()).orElseThrow();
    assertThat(
            site.ledger().timelineOfQueueItem(change().id()).stream()
                .map(step -> String.valueOf(step))
                .toList()
                .toString())
        .contains("sent directly")
        .doesNotContain("an approver accepted it");
    site.ledger()
        .workItems()
        .fail(work.id(), work.round(), "test", "REFUSED", "a test", "correct it");
    ObjectNode corrected = (ObjectNode) Json.read(work.event());
    ((ObjectNode) corrected.at("/change_order_items/0")).put("amount", "1200.00");
    site.ledger()
        .replays()
        .replay(
            site.ledger().deadLetters().openFor(work.id()).orElseThrow().id(),
            "olga@example.com",
            Optional.of(Json.write(corrected)));
    site.execute("update erp_connection set paused_at = null, pause_reason = null");
    await().atMost(Site.PATIENCE).until(() -> change().state(), "ready_to_export"::equals);
    assertThat(change().way().error()).contains("Corrected by olga@example.com");

    assertThat(again().state()).isEqualTo("ready_to_export");
    assertThat(Orders.lines(orders.order("SC-0007"), MARK)).isEmpty();
    JsonNode shown = preview(change());
    assertThat(shown.at("/document/totals/total").asText()).isEqualTo("1200.00");
    assertThat(shown.at("/procore/total").asText()).isEqualTo("1000.00");
    assertThat(shown.at("/procore/lines/0/amount").asText()).isEqualTo("1000.00");
    assertThat(shown.at("/procore/lines/0/corrected").asBoolean()).isTrue();
    assertThat(shown.at("/correction/by").asText()).isEqualTo("olga@example.com");
    assertThat(shown.at("/correction/at").asText()).isNotBlank();
    assertThat(shown.at("/correction/fields"))
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.path("field").asText()).isEqualTo("change_order_items[0].amount");
              assertThat(field.path("corrected").asText()).isEqualTo("1200.00");
              assertThat(field.path("procore").asText()).startsWith("1000");
            });
    assertThat(site.ledger().queueItems().history(change().id()))
        .last()
        .satisfies(step -> assertThat(step.reason()).contains("corrected by olga@example.com"));

    door.accept(change());
    awaits("change_order", CHANGE, ItemState.ACKNOWLEDGED);
    assertThat(Orders.lines(orders.order("SC-0007"), MARK))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.path("LineAmount").decimalValue()).isEqualByComparingTo("1200"));
  }

  @Test
  @Order(20)
  @DisplayName(
      "GEN-Q-05, TB-ACC-01: the accounting date that an approver enters is shown, accepted, and the"
          + " bill's date; Procore's own date stays beside it")
  void theAccountingDateIsTheBills() {
    QueueItem item = door.sent(WorkItem.REQUISITION, invoice);
    Map<String, String> entered = Map.of(Extra.ACCOUNTING_DATE, "2026-10-05");
    assertThatThrownBy(() -> door.accept(item, entered)).isInstanceOf(Outdated.class);
    JsonNode shown = preview(item);
    assertThat(shown.at("/document/date").asText()).isEqualTo("2026-10-05");
    assertThat(shown.at("/document/due").asText()).isEqualTo("2026-09-30");
    assertThat(shown.at("/procore/date").asText()).isEqualTo("2026-08-31");
    door.accept(door.find(item), entered);
    awaits(WorkItem.REQUISITION, invoice, ItemState.ACKNOWLEDGED);
    assertThat(site.books().bill(invoice).path("date").asText()).startsWith("2026-10-05");
  }
}
