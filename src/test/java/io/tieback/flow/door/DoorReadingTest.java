package io.tieback.flow.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Findings;
import io.tieback.erp.ErpAdapter;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.DoorChecks;
import io.tieback.journey.Orders.Contractor;
import io.tieback.journey.Site;
import io.tieback.ledger.DoorReadings;
import io.tieback.ledger.Links;
import io.tieback.ledger.QueueItem;
import io.tieback.procore.door.DoorRecord;
import io.tieback.rules.Finding;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tieback's own door reads a company without the ERP tab over its public resources: what changed,
 * with cursors, deletions and webhooks; what is in order is sent, and the rest says why not
 * (GEN-COM-01, GEN-CCO-01, GEN-INV-01, GEN-Q-02, GEN-Q-11). The stand-in answers 403 to every ERP
 * endpoint of such a company.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoorReadingTest {

  private static final long CHANGE = 880_001;
  private static final long MANAGER = 880_002;

  @TempDir static Path folder;

  private static Site site;
  private static TiebackDoor door;
  private static long project;
  private static long commitment;
  private static long draft;
  private static long walls;
  private static long invoice;
  private static long vendor;

  @BeforeAll
  static void start() {
    Contractor contractor = new Contractor(Site.COMPANY);
    ((ObjectNode) contractor.seed.procore().at("/companies/0")).put("erpIntegration", false);
    project = contractor.tower.id();
    vendor = contractor.supplier;
    ObjectNode formwork = contractor.commitment("WorkOrderContract", "SC-0007", "Formwork");
    commitment = formwork.get("id").longValue();
    walls = contractor.line(formwork, "03-110", contractor.subcontract, "Formwork L1", "12500.00");
    Contractor.change(
        contractor.changeOrder(CHANGE, formwork, "1", "Taller walls").put("status", "approved"),
        walls,
        "Taller walls",
        "1000.00");
    ObjectNode steel = contractor.commitment("PurchaseOrderContract", "PO-0031", "Steel");
    steel.put("status", "Draft");
    draft = steel.get("id").longValue();
    contractor.line(steel, "05-120", contractor.materials, "Beams", "9000.00");
    ObjectNode requisition =
        contractor.seed.requisition(
            formwork, 1, "PC-1", "2026-08-01", "2026-08-31", "2026-08-31", "2026-09-30");
    contractor
        .seed
        .billed(requisition, formwork, walls, "contract_item")
        .put("workThisPeriod", "4000.00")
        .put("workRetained", "400.00");
    invoice = requisition.get("id").longValue();
    site =
        Site.in(folder)
            .with(contractor.seed)
            .set(Site.HARBOUR, "door", "tieback")
            .set(Site.HARBOUR, "invoice.due-date", "billing_date+30")
            .set(Site.HARBOUR, "door.poll", "P1D")
            .set("poll.door", "P1D")
            .start();
    door = site.deployment().door().reading();
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  private static QueueItem item(String entity, long id) {
    return site.ledger().queueItems().find(Site.HARBOUR, entity, id).orElseThrow();
  }

  private static List<String> rules(QueueItem item) {
    return Findings.read(item.about().findings()).stream().map(Finding::ruleId).toList();
  }

  private static TiebackDoor.Report read() {
    TiebackDoor.Report report = door.sync(Site.HARBOUR);
    assertThat(report.problems()).isEmpty();
    return report;
  }

  /** Calls of the door, by operation. */
  private static Map<String, Long> calls(Runnable work) {
    Map<String, Long> before = site.deployment().tally().byName();
    work.run();
    Map<String, Long> calls = new TreeMap<>();
    site.deployment()
        .tally()
        .byName()
        .forEach(
            (name, count) -> {
              long more = count - before.getOrDefault(name, 0L);
              if (more > 0 && name.startsWith("procore.") && !name.contains("token")) {
                calls.put(name, more);
              }
            });
    return calls;
  }

  private static void people(String deed, String body) {
    site.procore()
        .post(
            "people/" + deed,
            Json.read(
                ("{'user':{'id':"
                        + MANAGER
                        + ",'companyId':"
                        + Site.COMPANY
                        + ",'name':'Paula Manager','email':'paula@example.com'},"
                        + body
                        + "}")
                    .replace('\'', '"')));
  }

  /** Procore shows times in seconds. */
  private static void advance() {
    site.procore().post("clock", Json.object().put("advanceSeconds", 60));
  }

  private static void link(String entity, long id, String origin) {
    site.ledger()
        .links()
        .put(
            List.of(
                new Links.Link(
                    Site.HARBOUR, entity, Long.toString(id), origin, null, "SC-0007", null)));
  }

  @Test
  @Order(1)
  @DisplayName(
      "The first reading knows everything; what is in order is sent, the rest says why not")
  void firstReading() {
    TiebackDoor.Report report = read();
    assertThat(report.records()).isGreaterThanOrEqualTo(6);

    // Linked in Procore already: learned at first sight.
    assertThat(item("vendor", vendor).state()).isEqualTo("synced");
    assertThat(item("project", project).state()).isEqualTo("synced");

    QueueItem sent = item("work_order_contract", commitment);
    assertThat(sent.state()).isEqualTo("ready_to_export");
    assertThat(rules(sent)).isEmpty();
    assertThat(sent.about().number()).isEqualTo("SC-0007");
    assertThat(sent.about().amount()).hasToString("12500.00");
    assertThat(sent.about().party()).isEqualTo("Pacific Concrete Co");

    QueueItem unapproved = item("purchase_order_contract", draft);
    assertThat(unapproved.state()).isEqualTo("not_sent");
    assertThat(rules(unapproved)).contains("XR-COM-04");

    QueueItem change = item("change_order", CHANGE);
    assertThat(change.state()).isEqualTo("not_sent");
    assertThat(rules(change)).containsExactly("GEN-CCO-01");
    assertThat(change.about().amount()).hasToString("1000.00");

    QueueItem bill = item("requisition", invoice);
    assertThat(bill.state()).isEqualTo("not_sent");
    assertThat(rules(bill)).contains("GEN-COM-01");
    assertThat(bill.about().amount()).hasToString("3600.00");
    assertThat(bill.about().findings()).doesNotContain("ERP Integrations");
  }

  @Test
  @Order(2)
  @DisplayName(
      "A reading with nothing changed costs calls per project and kind, and changes nothing")
  void nothingChanged() {
    int version = item("work_order_contract", commitment).version();
    Map<String, Long> calls = calls(() -> assertThat(read().records()).isZero());
    assertThat(calls)
        .containsOnly(
            Map.entry("procore.list-vendors", 1L),
            Map.entry("procore.list-projects", 2L),
            Map.entry("procore.list-commitments", 2L),
            Map.entry("procore.list-change-orders", 1L),
            Map.entry("procore.list-requisitions", 1L));
    assertThat(item("work_order_contract", commitment).version()).isEqualTo(version);
  }

  @Test
  @Order(3)
  @DisplayName(
      "GEN-PERM-21: what had to go first arrived: the rest is sent without a call for it, by"
          + " whoever made it in Procore, by Procore's id")
  void whatWaitedGoes() {
    link("work_order_contract", commitment, "xero:harbour:purchase_order:po-1");
    assertThat(read().sent()).isEqualTo(2);
    QueueItem change = item("change_order", CHANGE);
    assertThat(change.state()).isEqualTo("ready_to_export");
    assertThat(change.about().createdByProcoreId()).isNotNull();
    assertThat(change.way().sentByProcoreId()).isEqualTo(change.about().createdByProcoreId());
    QueueItem bill = item("requisition", invoice);
    assertThat(bill.state()).isEqualTo("ready_to_export");
    assertThat(Json.read(bill.about().event()).at("/requisitions/0/contract_origin_id").asText())
        .isEqualTo("xero:harbour:purchase_order:po-1");
    site.ledger()
        .links()
        .forget(
            Site.HARBOUR, List.of(new Links.Key("work_order_contract", Long.toString(commitment))));
  }

  @Test
  @Order(4)
  @DisplayName("A change is read and sent; taking approval back withdraws")
  void changes() {
    advance();
    people("edit", "'type':'commitment','id':" + draft + ",'fields':{'status':'Approved'}");
    Map<String, Long> calls = calls(() -> assertThat(read().sent()).isEqualTo(1));
    assertThat(calls.getOrDefault("procore.show-commitment", 0L)).isLessThanOrEqualTo(1);
    assertThat(item("purchase_order_contract", draft).state()).isEqualTo("ready_to_export");

    advance();
    people("edit", "'type':'commitment','id':" + draft + ",'fields':{'status':'Draft'}");
    read();
    QueueItem back = item("purchase_order_contract", draft);
    assertThat(back.state()).isEqualTo("not_sent");
    assertThat(rules(back)).contains("XR-COM-04");
  }

  @Test
  @Order(5)
  @DisplayName("What was deleted in Procore is no longer offered")
  void deleted() {
    advance();
    people("delete", "'type':'commitment','id':" + draft);
    read();
    assertThat(item("purchase_order_contract", draft).state()).isEqualTo("invalid");
  }

  @Test
  @Order(6)
  @DisplayName(
      "A reading that is cut off is read again; a new company that nothing uses waits (TB-DOOR-03)")
  void crashSafety() {
    var before = site.ledger().doorReadings().all(Site.HARBOUR);
    people(
        "create",
        "'vendors':[{'companyId':" + Site.COMPANY + ",'name':'Bay Window Co','id':880100}]");
    site.ledger().doorReadings().all(Site.HARBOUR);
    // Another node recorded meanwhile: what starts from the wrong place is not recorded.
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                site.ledger()
                    .doorReadings()
                    .advance(
                        Site.HARBOUR,
                        "vendors",
                        before.get("vendors").through().minusSeconds(1),
                        before.get("vendors").through(),
                        () -> {}))
        .isInstanceOf(io.tieback.ledger.Cursors.CursorMoved.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () ->
                site.ledger()
                    .doorReadings()
                    .advance(
                        Site.HARBOUR,
                        "vendors",
                        before.get("vendors").through(),
                        before.get("vendors").through().plusSeconds(900),
                        () -> {
                          throw new IllegalStateException("killed here");
                        }))
        .hasMessage("killed here");
    assertThat(site.ledger().doorReadings().all(Site.HARBOUR).get("vendors"))
        .isEqualTo(before.get("vendors"));
    read();
    QueueItem unused = item("vendor", 880_100);
    assertThat(unused.state()).isEqualTo("not_sent");
    assertThat(rules(unused)).containsExactly("TB-DOOR-03");
  }

  @Test
  @Order(7)
  @DisplayName("A webhook is noted, and brings the record alone at the next turn")
  void webhooks() throws Exception {
    people(
        "edit", "'type':'commitment','id':" + commitment + ",'fields':{'title':'Formwork, east'}");
    assertThat(knock("Bearer wrong", commitment)).isEqualTo(401);
    assertThat(knock(authorization(), commitment)).isEqualTo(202);
    assertThat(knock(authorization(), commitment)).isEqualTo(202);
    assertThat(hints()).contains("work_order_contracts/" + project + "/" + commitment);
    door.due();
    List<DoorRound> due = door.due();
    assertThat(due).allMatch(round -> !round.whole());
    Map<String, Long> calls = calls(DoorReadingTest::read);
    assertThat(calls.get("procore.list-commitments")).isEqualTo(3L);
    assertThat(hints()).doesNotContain("work_order_contracts/" + project + "/" + commitment);
    assertThat(item("work_order_contract", commitment).about().title()).isEqualTo("Formwork, east");
  }

  private static List<String> hints() {
    return site.ledger().doorReadings().hints(Site.HARBOUR, 10).stream()
        .map(DoorReadings.Hint::resource)
        .toList();
  }

  private static String authorization() {
    return site.deployment().rooms().of(Site.HARBOUR).procore().webhookAuthorization();
  }

  private static int knock(String authorization, long record) throws Exception {
    String body =
        "{'id':1,'ulid':'x','company_id':%d,'project_id':%d,'event_type':'update','resource_name':'Work Order Contracts','resource_id':%d}"
            .formatted(Site.COMPANY, project, record)
            .replace('\'', '"');
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(site.webhook(Site.HARBOUR))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  @Order(8)
  @DisplayName(
      "What is in the ERP and changes in Procore says so, and is not sent again (TB-DOOR-04)")
  void changedSinceItWasAccepted() {
    advance();
    people("edit", "'type':'vendor','id':" + vendor + ",'fields':{'name':'Pacific Concrete Inc'}");
    read();
    QueueItem changed = item("vendor", vendor);
    assertThat(changed.state()).isEqualTo("synced");
    assertThat(rules(changed)).containsExactly("TB-DOOR-04");
    assertThat(changed.about().title()).isEqualTo("Pacific Concrete Inc");
  }

  @Test
  @Order(9)
  @DisplayName("A project with another name comes again as an update (GEN-WBS-05, GEN-Q-15)")
  void changedProject() {
    advance();
    people("edit", "'type':'project','id':" + project + ",'fields':{'name':'Harbour Tower East'}");
    assertThat(read().sent()).isEqualTo(1);
    assertThat(item("project", project).state()).isEqualTo("ready_to_update");
  }

  @Test
  @Order(10)
  @DisplayName("A record that cannot be read says so and holds up no other (TB-DOOR-01)")
  void unreadable() {
    DoorRecord record =
        DoorRecord.unreadable("requisition", 4711, DoorRecord.Facts.NONE, "amount is 'x'");
    Judged judged = judge(room()).judge(List.of(record)).get(0);
    assertThat(judged.findings()).extracting(Finding::ruleId).containsExactly("TB-DOOR-01");
    assertThat(judged.eligible()).isFalse();
    JsonNode broken = Json.read("{'commitment':{'type':'Unheard'}}".replace('\'', '"'));
    assertThat(checks(room()).check("work_order_contract", broken))
        .extracting(Finding::ruleId)
        .containsExactly("TB-DOOR-01");
  }

  @Test
  @Order(11)
  @DisplayName(
      "While the ERP cannot be asked, nothing is sent, and it is looked at again (TB-DOOR-02)")
  void erpSilent() {
    ConnectionRoom silent = withErp(room(), DoorReadingTest::silent);
    JsonNode event = Json.read(item("work_order_contract", commitment).about().event());
    assertThat(checks(silent).check("work_order_contract", event))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-DOOR-02");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WAIT);
            });
  }

  private static ConnectionRoom room() {
    return site.deployment().rooms().of(Site.HARBOUR);
  }

  private static DoorJudge judge(ConnectionRoom room) {
    return new DoorJudge(
        site.ledger(),
        room,
        ReadingSettings.of(site.deployment().settings(), "harbour"),
        site.deployment().clock());
  }

  private static DoorChecks checks(ConnectionRoom room) {
    return new DoorChecks(
        room, new DoorLinks(site.ledger(), Site.HARBOUR), null, 1, site.deployment().clock());
  }

  private static Object silent(ErpAdapter real, Method method, Object[] arguments)
      throws ReflectiveOperationException {
    if (method.getName().equals("setup")) {
      throw Failure.of(FailureKind.TRANSIENT, "no answer", "");
    }
    return method.invoke(real, arguments);
  }

  private interface Answers {
    Object answer(ErpAdapter real, Method method, Object[] arguments)
        throws ReflectiveOperationException;
  }

  private static ConnectionRoom withErp(ConnectionRoom room, Answers answers) {
    ErpAdapter erp =
        (ErpAdapter)
            Proxy.newProxyInstance(
                ErpAdapter.class.getClassLoader(),
                new Class<?>[] {ErpAdapter.class},
                (proxy, method, arguments) -> answers.answer(room.erp(), method, arguments));
    return new ConnectionRoom(
        room.id(),
        room.procore(),
        room.client(),
        erp,
        room.invoices(),
        room.breakdown(),
        room.companies(),
        room.orders(),
        room.arithmetic(),
        room.times(),
        room.payments(),
        room.costs(),
        room.zone(),
        room.door());
  }

  @Test
  @Order(12)
  @DisplayName("An invoice that was deleted leaves no trace in lists, and is noticed all the same")
  void deletedInvoice() {
    people("delete", "'type':'requisition','id':" + invoice);
    read();
    site.ledger().doorReadings().forget(Site.HARBOUR);
    read();
    assertThat(item("requisition", invoice).state()).isEqualTo("invalid");
  }

  @Test
  @Order(13)
  @DisplayName("No endpoint of the ERP tab was called")
  void noErpEndpoint() {
    JsonNode summary = site.procore().get("requests/summary").path("byOperation");
    assertThat(Json.write(summary))
        .doesNotContain("erp_request")
        .doesNotContain("external_data")
        .doesNotContain("staged_records");
  }
}
