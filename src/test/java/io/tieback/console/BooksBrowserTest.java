package io.tieback.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tieback.console.books.BookPages;
import io.tieback.construction.BillPayment;
import io.tieback.construction.CompanyMatch;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.CompanyReadings;
import io.tieback.flow.ConnectionRooms;
import io.tieback.ledger.Batch;
import io.tieback.ledger.CompanyMatches;
import io.tieback.ledger.ComposedDocument;
import io.tieback.ledger.DeadLetterFilter;
import io.tieback.ledger.DeadLetterRow;
import io.tieback.ledger.DeletionPolicy;
import io.tieback.ledger.ErpRequests;
import io.tieback.ledger.JobCostJournal;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.Mail;
import io.tieback.ledger.PaymentJournal;
import io.tieback.ledger.PaymentSteps;
import io.tieback.ledger.Source;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.TieOutRun;
import io.tieback.ledger.UserRight;
import io.tieback.ledger.WorkItem;
import io.tieback.ledger.WriteJournal;
import io.tieback.ledger.Written;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters, what came back, the tie-out, links and mails, as people work with them. */
class BooksBrowserTest {

  private static final ConnectionId MAIN = new ConnectionId("main");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final LocalDate DAY = LocalDate.of(2026, 2, 27);
  private static final int LETTERS = 57;

  /** Milliseconds that a page may take to show what it polls for, on a busy machine. */
  private static final double PATIENCE = 20_000;

  @TempDir static Path folder;
  private static ConsoleSite site;
  private static Browser browser;

  @BeforeAll
  static void start() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    site =
        ConsoleSite.in(folder)
            .pages(
                (ledger, people) ->
                    List.of(
                        new BookPages(
                            ledger,
                            new ConnectionRooms(List.of()),
                            new CompanyLinking(ledger, new CompanyReadings(ledger)),
                            List.of(MAIN),
                            false)))
            .start();
    site.ledger().connections().register(MAIN, 8080, "xero", "tenant-1");
    came();
    letters();
    tiedOut();
    browser = Browser.at(site);
  }

  @AfterAll
  static void stop() {
    browser.close();
    site.close();
  }

  @AfterEach
  void quiet() {
    browser.assertQuiet();
  }

  // ---- what there is

  private static void stage(long requestId, long... records) {
    Ledger ledger = site.ledger();
    ledger
        .erpRequests()
        .receive(new ErpRequests.Received(MAIN, requestId, 8080, Source.WEBHOOK, "d" + requestId));
    long row = ledger.erpRequests().claim().get(0).row();
    ledger
        .erpRequests()
        .staged(
            List.of(
                new StagedRequest(
                    row,
                    "create_requisitions",
                    "{}",
                    1,
                    LongStream.of(records)
                        .mapToObj(
                            id ->
                                new StagedRequest.Item(
                                    WorkItem.REQUISITION,
                                    id,
                                    "{\"procore_requisition_id\":"
                                        + id
                                        + ",\"contract_id\":7,\"accounting_method\":\"amount\",\"invoice_number\":\"SC-"
                                        + id
                                        + "\"}",
                                    11L,
                                    22L,
                                    33L))
                        .toList(),
                    List.of())));
  }

  private static void letters() {
    stage(2, LongStream.range(100, 100 + LETTERS).toArray());
    for (long id = 100; id < 100 + LETTERS; id++) {
      WorkItem item = site.ledger().workItems().find(MAIN, WorkItem.REQUISITION, id).orElseThrow();
      site.ledger()
          .workItems()
          .fail(
              item.id(),
              item.round(),
              "prepare-subcontractor-invoice",
              id == 100 ? "TRANSIENT" : "REFUSED",
              id == 100
                  ? "Xero does not answer"
                  : "The vendor Béton Nord is not linked (XR-INV-01)",
              "Link the vendor, then replay.");
    }
  }

  /** An exported bill with a payment in Procore, one that is flagged and one of nobody; costs. */
  private static void came() {
    Ledger ledger = site.ledger();
    stage(1, 5);
    ledger
        .workItems()
        .composed(
            ledger.workItems().claimForPreparing().stream()
                .map(
                    item ->
                        new ComposedDocument(
                            item.id(),
                            item.round(),
                            "{}",
                            "{}",
                            "digest",
                            "marker-5",
                            Money.of("100.00"),
                            null,
                            "SC-5",
                            11L,
                            22L,
                            33L,
                            1,
                            1))
                .toList());
    WriteJournal.Plan plan =
        ledger.writeJournal().plan(MAIN, WorkItem.REQUISITION, 50, LEASE).orElseThrow();
    Batch batch =
        ledger.writeJournal().planned(plan, "key", "{}".getBytes(StandardCharsets.UTF_8), LEASE);
    ledger.writeJournal().sending(batch.id(), LEASE);
    ledger
        .writeOutcomes()
        .known(
            batch.id(),
            List.of(
                new Written(
                    "marker-5", "bill-5", "SC-5", List.of("l1"), Money.of("100.00"), List.of())));
    ledger.payments().switchOn(MAIN, List.of("old"), "Ann");
    paid(false, "60.00", "p1");
    paid(false, "15.00", "p2");
    long procoreId = 700;
    for (PaymentSteps.Step claimed : ledger.paymentSteps().claim(MAIN, 10, LEASE, LEASE)) {
      Optional<PaymentSteps.Step> step = Optional.of(claimed);
      while (step.isPresent()) {
        ledger.paymentSteps().sending(step.get(), LEASE);
        step =
            ledger
                .paymentSteps()
                .done(
                    step.get(),
                    procoreId++,
                    "xero:main:payment:" + claimed.payment().erpPaymentId());
      }
    }
    paid(true, "15.00", "p2");
    read(new BillPayment("p3", "nobody", Money.of("7.00"), DAY, null, "CHQ-p3", null, false, null));
    JobCostJournal.Key key = new JobCostJournal.Key("bill", "d1");
    ledger
        .jobCosts()
        .record(
            MAIN,
            List.of(
                new JobCostJournal.Document(
                    key,
                    """
                    {"kind":"BILL","erpId":"d1","number":"INV-d1","contactName":"Béton Nord","date":"2026-02-27",
                     "lines":[{"key":"1","projectName":"Harbour Tower","itemCode":"03-100.M","amount":"10.00"}]}\
                    """,
                    List.of(
                        new JobCostJournal.Wanted(
                            "xero:main:direct_cost:bill:d1|P",
                            11,
                            "INVOICE",
                            """
                            {"originId":"xero:main:direct_cost:bill:d1|P","projectId":11,"invoiceNumber":"INV-d1","date":"2026-02-27",
                             "description":"Xero: bill INV-d1","lines":[{"originId":"xero:main:direct_cost_line:bill:d1|1|P",
                             "costCodeId":7,"costTypeId":8,"amount":"10.00"}]}\
                            """,
                            Money.of("10.00"),
                            List.of("xero:main:direct_cost_line:bill:d1|1|P"))),
                    List.of(
                        new JobCostJournal.Left(
                            key,
                            "2",
                            "UNSYNCED",
                            true,
                            "XR-JC-05",
                            "its item is no cost code",
                            "Link the code",
                            Money.of("3.00"),
                            DAY,
                            "INV-d1",
                            "Béton Nord",
                            "Quay West",
                            "ZZ",
                            "310",
                            "=crane")))));
    ledger
        .companyMatches()
        .suggested(
            MAIN,
            List.of(33L),
            List.of(
                new CompanyMatches.Pair(
                    new CompanyMatch("33", "c-1", 96, List.of("same e-mail address")),
                    "Béton Nord Inc",
                    "Beton Nord")));
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    MAIN, "vendor", "34", "xero:main:contact:c-2", "c-2", "Verdigris", null),
                new Links.Link(MAIN, "project", "11", "xero:main:project:p", "p", "Tower", null)));
    ledger
        .notices()
        .add(
            new Mail(
                MAIN,
                "dead_letter",
                "ann@example.com",
                null,
                "en",
                "Tieback: one failed",
                "Body",
                null,
                "once-1"));
    ledger
        .notices()
        .claim()
        .forEach(mail -> ledger.notices().failed(mail.id(), "550 no such mailbox"));
  }

  private static void paid(boolean deleted, String amount, String id) {
    read(
        new BillPayment(
            id,
            "bill-5",
            Money.of(amount),
            DAY,
            BillPayment.Method.CHECK,
            "CHQ-" + id,
            null,
            deleted,
            Instant.parse("2026-03-01T00:00:00Z")));
  }

  private static void read(BillPayment payment) {
    site.ledger()
        .payments()
        .record(MAIN, new PaymentJournal.Reading(List.of(payment), Map.of()), DeletionPolicy.FLAG);
  }

  private static void tiedOut() {
    site.ledger().tieOutRuns().ask(MAIN, null, null, "Ann");
    TieOutRun run = site.ledger().tieOutRuns().claim(LEASE).orElseThrow();
    String report =
        """
        {"connection":"main","erp":"xero","through":null,"agrees":false,
         "projects":[{"id":11,"number":"HT","name":"Harbour Tower","commitments":[
           {"id":22,"number":"SC-22","title":"Concrete","supplier":"Béton Nord",
            "procore":{"billed":"100.00","paid":"60.00","open":"40.00"},"erp":{"billed":"100.00","paid":"75.00","open":"25.00"},
            "difference":{"billed":"0.00","paid":"-15.00","open":"15.00"},
            "invoices":[{"id":5,"number":"SC-5","status":"Approved","date":"2026-02-01",
              "procore":{"billed":"100.00","paid":"60.00"},"erp":{"billed":"100.00","paid":"75.00"},
              "documents":[{"erpId":"bill-5","number":"SC-5","date":"2026-02-01","state":"POSTED","status":"PAID"}],
              "payments":[{"procoreId":"700","erpId":"p1","date":"2026-02-27","procore":"60.00","erp":"60.00"},
                {"procoreId":null,"erpId":"p4","date":"2026-02-27","procore":null,"erp":"15.00"}]}]},
           {"id":23,"number":"SC-23","title":"Steel","supplier":"Verdigris","procore":{"billed":"9.00"},"erp":{"billed":"9.00"},
            "difference":{"billed":"0.00"},"invoices":[]}],
          "total":{"procore":{"billed":"109.00"},"erp":{"billed":"109.00"},"difference":{"billed":"0.00"}}}],
         "total":{"procore":{"billed":"109.00","paid":"60.00"},"erp":{"billed":"109.00","paid":"75.00"},
           "difference":{"billed":"0.00","paid":"-15.00"}},
         "retainage":{"place":"account 2050","inProcore":"10.00","balance":"10.00","difference":"0.00"},
         "differences":[{"cause":"PAYMENT_NOT_READ","projectId":11,"commitmentId":22,"effect":{"paid":"-15.00"},"onAccount":null,
           "sentence":"Payment p4 of 15.00 was not read yet.","remedy":"Read payments now.","records":["p4"]}],
         "remarks":[],"apiCalls":{"all":7}}
        """;
    site.ledger().tieOutRuns().done(run, report, "project_id\r\n11\r\n", false, 1, 10);
  }

  private static List<DeadLetterRow> open(String kind) {
    return site.ledger()
        .deadLetters()
        .page(DeadLetterFilter.open().ofKind(kind), DeadLetterRow.Sort.CREATED, true, 500, 0)
        .rows();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  // ---- dead letters

  @Test
  @DisplayName(
      "dead letters are searched, corrected in place, replayed by the filter with progress, and"
          + " discarded with a reason")
  void deadLetters() {
    Page page = browser.visit(site, "operator@example.com", Browser.DESK);
    page.navigate("/console/dead-letters?q=beton");
    assertThat(page.locator(".paging")).containsText("of 56");
    browser.assertAccessible(page);
    Browser.screenshot(page, "dead-letters", "en");

    // Fix in place: what is no JSON, or another record's, is said beside the field.
    List<DeadLetterRow> refused = open("REFUSED");
    DeadLetterRow first = refused.get(0);
    page.navigate("/console/dead-letters/" + first.id());
    Locator payload = page.getByLabel("Payload");
    payload.fill("{\"id\": 1,");
    button(page, "Replay with the correction").click();
    assertThat(page.locator("#e-payload")).containsText("This is not JSON at line 1");
    browser.assertAccessible(page);
    Browser.screenshot(page, "dead-letter", "en");
    page.getByLabel("Payload").fill("{}");
    button(page, "Replay with the correction").click();
    assertThat(page.locator("#e-payload"))
        .containsText("Field procore_requisition_id is missing and has to stay 101");
    page.getByLabel("Payload").fill("{\"procore_requisition_id\": 101, \"contract_id\": 7}");
    button(page, "Replay with the correction").click();
    assertThat(page.locator("#e-payload")).containsText("accounting_method is null");
    page.getByLabel("Payload")
        .fill(
            "{\"procore_requisition_id\": 101, \"contract_id\": 7, \"accounting_method\":"
                + " \"amount\", \"invoice_number\": \"SC-101A\"}");
    button(page, "Replay with the correction").click();
    assertThat(page.locator(".notice.good")).hasText("It goes again with the correction.");
    assertThat(page.locator("main")).containsText("Replayed with this correction");
    assertThat(site.ledger().deadLetters().story(first.id()).orElseThrow().corrected())
        .contains("SC-101A");

    // Two are ticked and discarded; without a reason nothing happens.
    page.navigate("/console/dead-letters?kind=REFUSED&sort=created");
    page.locator("tbody input[type=checkbox]").nth(0).check();
    page.locator("tbody input[type=checkbox]").nth(1).check();
    button(page, "Discard ticked…").click();
    assertThat(page.locator("main")).containsText("These are 2 dead letters.");
    page.getByLabel("Reason").fill("Billed by hand");
    browser.assertAccessible(page);
    button(page, "Discard 2").click();
    assertThat(page.locator("main")).containsText("Running");
    site.ledger().replayRuns().work();
    assertThat(page.locator(".badge.green")).hasText("Done");
    assertThat(open("REFUSED")).hasSize(refused.size() - 3);

    // Everything of a filter, with progress that the page shows by itself.
    page.navigate("/console/dead-letters?kind=REFUSED");
    button(page, "Replay all 53 of this filter…").click();
    assertThat(page.locator("main")).containsText("These are 53 dead letters.");
    button(page, "Replay 53").click();
    assertThat(page.locator(".meter")).containsText("0 of 53");
    site.ledger().replays().discard(open("REFUSED").get(0).id(), "Bob", "in the meantime");
    site.ledger().replayRuns().work();
    assertThat(page.locator(".meter")).containsText("53 of 53");
    assertThat(page.locator(".badge.yellow")).hasText("Done, some stay");
    assertThat(page.locator(".findings")).containsText("is not open");
    browser.assertAccessible(page);
    Browser.screenshot(page, "dead-letters-run", "en");
    assertThat(open("REFUSED")).isEmpty();
    assertThat(open("TRANSIENT")).hasSize(1);
  }

  @Test
  @DisplayName("a viewer looks, and does nothing; an approver replays nothing")
  void forbidden() {
    long letter = open("TRANSIENT").get(0).id();
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/dead-letters/" + letter);
    assertThat(button(page, "Replay as it was")).hasCount(0);
    assertThat(page.getByLabel("Payload")).hasCount(0);
    for (String role : List.of("viewer", "approver")) {
      Caller caller = site.signedIn(role);
      for (String path :
          List.of(
              "/dead-letters/" + letter + "/replay",
              "/dead-letters/" + letter + "/fix",
              "/dead-letters/" + letter + "/discard",
              "/dead-letters/replay",
              "/dead-letters/replay-all",
              "/dead-letters/discard-all",
              "/links/unlink",
              "/mails/again")) {
        assertThat(
                caller
                    .post("/console/profile", "/console" + path, "reason", "x", "letter", "1")
                    .statusCode())
            .as(role + " " + path)
            .isEqualTo(403);
      }
    }
    assertThat(open("TRANSIENT")).hasSize(1);
    assertThat(site.signedIn("viewer").get("/console/mails").statusCode()).isEqualTo(403);
  }

  private static Caller operator(String email, UserRight... rights) {
    long user = site.user(email, "operator", "en");
    site.ledger().userRights().replace(user, List.of(rights), "test");
    Caller caller = site.caller();
    caller.cookies().put("tieback", site.session(email));
    return caller;
  }

  @Test
  @DisplayName(
      "whoever is limited to other connections sees no dead letter, payment, cost, report or CSV of"
          + " this one, and repairs nothing in it")
  void limitedToConnections() {
    Caller caller =
        operator(
            "south@example.com", new UserRight(new ConnectionId("south"), "invoice", true, true));
    long letter = open("TRANSIENT").get(0).id();
    for (String path :
        List.of(
            "/dead-letters/" + letter, "/payments/1", "/costs/1", "/tie-out/1", "/tie-out/1/csv")) {
      assertThat(site.signedIn("viewer").get("/console" + path).statusCode())
          .as(path)
          .isEqualTo(200);
      assertThat(caller.get("/console" + path).statusCode()).as(path).isEqualTo(404);
    }
    for (String all : List.of("", "?connection=main", "?connection=all")) {
      assertThat(caller.get("/console/dead-letters" + all).body()).doesNotContain("SC-100");
      assertThat(caller.get("/console/payments/csv" + all).body()).doesNotContain("CHQ-p1");
      assertThat(caller.get("/console/costs/csv" + all).body()).doesNotContain("INV-d1");
      assertThat(caller.get("/console/costs/unsynced/csv" + all).body())
          .doesNotContain("Quay West");
      assertThat(caller.get("/console/costs/totals/csv" + all).body()).doesNotContain("03-100.M");
    }
    String one = Long.toString(letter);
    for (String path :
        List.of("/" + letter + "/replay", "/" + letter + "/discard", "/replay", "/discard")) {
      assertThat(
              caller
                  .post(
                      "/console/profile",
                      "/console/dead-letters" + path,
                      "reason",
                      "x",
                      "letter",
                      one)
                  .statusCode())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(
            caller
                .post(
                    "/console/profile",
                    "/console/dead-letters/replay-all",
                    "of",
                    "main",
                    "confirmed",
                    "yes")
                .statusCode())
        .isEqualTo(404);
    assertThat(
            caller
                .post("/console/profile", "/console/dead-letters/replay-all", "confirmed", "yes")
                .statusCode())
        .isEqualTo(400);
    assertThat(open("TRANSIENT")).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-PERM-04: dead letters are replayed and discarded by whoever has the right to their kind"
          + " in their connection")
  void repairsByRight() {
    long letter = open("TRANSIENT").get(0).id();
    Caller companies =
        operator("companies@example.com", new UserRight(MAIN, "company", true, true));
    String page = "/console/dead-letters/" + letter;
    assertThat(companies.get(page).statusCode()).isEqualTo(200);
    assertThat(companies.get(page).body()).doesNotContain(page + "/replay");
    assertThat(companies.post("/console/profile", page + "/replay").statusCode()).isEqualTo(403);
    assertThat(companies.post("/console/profile", page + "/fix", "payload", "{}").statusCode())
        .isEqualTo(403);
    assertThat(companies.post("/console/profile", page + "/discard", "reason", "x").statusCode())
        .isEqualTo(403);
    assertThat(
            companies
                .post(
                    "/console/profile",
                    "/console/dead-letters/replay",
                    "letter",
                    Long.toString(letter))
                .statusCode())
        .isEqualTo(403);
    companies.post(
        "/console/profile",
        "/console/dead-letters/discard-all",
        "of",
        "main",
        "reason",
        "x",
        "confirmed",
        "yes");
    site.ledger().replayRuns().work();
    assertThat(open("TRANSIENT")).as("a filter reaches only what may be repaired").hasSize(1);
    assertThat(
            site.signedIn("administrator").post("/console/profile", page + "/replay").statusCode())
        .as("administrators repair what they have a right to")
        .isEqualTo(403);
    Caller invoices = operator("invoices@example.com", new UserRight(MAIN, "invoice", false, true));
    assertThat(invoices.get(page).body()).contains(page + "/replay");
  }

  // ---- what came back

  @Test
  @DisplayName(
      "GEN-ICON-06 GEN-PERM-09 GEN-PAY-11: a synced payment is GREEN, every role sees payments, and"
          + " a flagged one is removed by an approver only")
  void payments() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/payments?q=chq-p1");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody .badge.green")).hasText("Synced");
    assertThat(page.locator("tbody")).containsText("SC-5");
    page.navigate("/console/payments");
    browser.assertAccessible(page);
    Browser.screenshot(page, "payments", "en");
    page.locator("tbody a").first().click();
    browser.assertAccessible(page);
    page.navigate("/console/payments?standing=flagged");
    page.locator("tbody a").first().click();
    assertThat(page.locator("main")).containsText("Decide about the payment in Procore");
    assertThat(button(page, "Remove it from Procore")).hasCount(0);
    String there = page.url();
    String path = there.substring(there.indexOf("/console"));
    assertThat(
            site.signedIn("operator")
                .post("/console/profile", path + "/decide", "decision", "remove")
                .statusCode())
        .isEqualTo(403);

    Page approver = browser.visit(site, "approver@example.com", Browser.DESK);
    approver.navigate(path);
    Browser.screenshot(approver, "payment-flagged", "en");
    button(approver, "Remove it from Procore").click();
    assertThat(approver.locator(".notice.good")).hasText("It is being removed from Procore.");
    approver.navigate("/console/payments");
    button(approver, "Read payments now").click();
    assertThat(approver.locator(".notice.good")).containsText("within moments");
    assertThat(site.ledger().connections().takePaymentSyncRequest(MAIN)).isTrue();
  }

  @Test
  @DisplayName(
      "GEN-JC-07 GEN-JC-08: costs of all projects, the lines that did not come with why, totals,"
          + " each as CSV")
  void costs() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/costs");
    assertThat(page.locator("tbody")).containsText("INV-d1");
    page.navigate("/console/costs/unsynced");
    assertThat(page.locator("tbody")).containsText("its item is no cost code");
    assertThat(page.locator("tbody")).containsText("Link the code");
    browser.assertAccessible(page);
    Browser.screenshot(page, "costs-unsynced", "en");
    page.navigate("/console/costs/totals");
    assertThat(page.locator("tbody")).containsText("03-100.M");
    browser.assertAccessible(page);
    page.locator("tbody a").first().click();
    page.locator("tbody a").first().click();
    assertThat(page.locator("h1")).containsText("INV-d1");
    browser.assertAccessible(page);
    Caller caller = site.signedIn("viewer");
    assertThat(caller.get("/console/costs/unsynced/csv").body())
        .contains("Quay West")
        .contains("'=crane");
    assertThat(caller.get("/console/costs/csv").body()).contains("INV-d1");
    assertThat(caller.get("/console/costs/totals/csv").body()).contains("03-100.M,1,10.00");
    assertThat(caller.get("/console/payments/csv").body()).contains("CHQ-p1");
  }

  // ---- the tie-out

  @Test
  @DisplayName(
      "the last tie-out is there at once, leads down to payments with causes, and a new one shows"
          + " how far it is")
  void tieOut() {
    Page page = browser.visit(site, "operator@example.com", Browser.DESK);
    page.navigate("/console/tie-out");
    assertThat(page.locator("main")).containsText("asked for by Ann");
    assertThat(page.locator("main")).containsText("Payment not read yet");
    assertThat(page.locator("main")).containsText("Balance of the account");
    assertThat(page.locator("table.cards[data-rows] tbody tr")).hasCount(2);
    browser.assertAccessible(page);
    Browser.screenshot(page, "tie-out", "en");
    page.getByLabel("Only differences").check();
    button(page, "Filter").click();
    assertThat(page.locator("table.cards[data-rows] tbody tr")).hasCount(1);
    assertThat(page.locator("table.cards[data-rows] tbody tr")).containsText("Procore 60.00");
    assertThat(page.locator("table.cards[data-rows] tbody tr")).containsText("Paid −15.00");
    page.locator("table.cards[data-rows] tbody a").first().click();
    assertThat(page.locator("main")).containsText("Payment p4 of 15.00 was not read yet.");
    assertThat(page.locator("details.card")).containsText("60.00");
    browser.assertAccessible(page);
    Browser.screenshot(page, "tie-out-commitment", "en");
    page.navigate("/console/tie-out");
    page.getByLabel("Project number or id in Procore").fill("P-404");
    button(page, "Start a new tie-out").click();
    assertThat(page.locator(".notice.bad")).containsText("No project “P-404” is known");
    page.getByLabel("Project number or id in Procore").fill("ht");
    button(page, "Start a new tie-out").click();
    assertThat(page.locator("main")).containsText("Waiting for a free node");
    TieOutRun run = site.ledger().tieOutRuns().claim(LEASE).orElseThrow();
    assertThat(run.projectId()).isEqualTo(11);
    site.ledger().tieOutRuns().at(run.id(), "PAYMENTS", 3, 12, LEASE);
    assertThat(page.locator("main")).containsText("Reading payments in Procore (3 of 12)");
    site.ledger().tieOutRuns().failed(run, "Xero does not answer", "Try again later.", 10);
    assertThat(page.locator("main")).containsText("Try again later.");
    assertThat(site.signedIn("viewer").get("/console/tie-out/1/csv").body()).contains("project_id");
  }

  // ---- links and mails

  @Test
  @DisplayName("links show suggestions with score and reasons; a mail that was given up goes again")
  void linksAndMails() {
    Page page = browser.visit(site, "owner@example.com", Browser.DESK);
    page.navigate("/console/links");
    assertThat(page.locator("tbody")).containsText("same e-mail address");
    browser.assertAccessible(page);
    Browser.screenshot(page, "links", "en");
    page.navigate("/console/links?show=vendor&q=verdi");
    assertThat(page.locator("tbody tr")).hasCount(1);
    browser.assertAccessible(page);
    page.navigate("/console/mails");
    assertThat(page.locator(".notice.warn")).containsText("mail.host");
    assertThat(page.locator("tbody")).containsText("550 no such mailbox");
    browser.assertAccessible(page);
    Browser.screenshot(page, "mails", "en");
    button(page, "Send again").click();
    assertThat(page.locator(".notice.good")).hasText("It is sent again within moments.");
    assertThat(site.ledger().notices().failed()).isZero();
  }

  @Test
  @DisplayName("in French, on a phone and in the dark nothing sticks out and all is accessible")
  void frenchAndPhone() {
    site.user("owner.fr@example.com", "owner", "fr");
    Page page = browser.visit(site, "owner.fr@example.com", Browser.PHONE);
    for (String path : List.of("dead-letters", "payments", "costs/unsynced", "tie-out", "links")) {
      page.navigate("/console/" + path);
      Browser.assertFits(page);
      Browser.screenshot(page, path.replace('/', '-') + "-phone", "fr");
    }
    browser.assertAccessible(page);
    assertThat(page.locator("h1")).containsText("Associations");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    page.navigate("/console/dead-letters/" + open("TRANSIENT").get(0).id());
    Browser.assertFits(page);
    browser.assertAccessible(page);
    Browser.screenshot(page, "dead-letter-dark", "fr");
    assertThat(page.locator("main")).containsText("Corriger sur place");
  }
}
