package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.xero.XeroConnection;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.TieOutRun;
import io.tieback.ledger.TieOutRuns;
import io.tieback.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tie-out, run as a person runs it, on two contractors whose invoices went out and whose
 * payments came back. Harbour's bookkeeper then does what bookkeepers do; each deed is named in the
 * next tie-out. Nothing of it touches South, the other connection.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReconcileTest {

  private static final ConnectionId SOUTH = new ConnectionId("south");

  @TempDir static Path folder;

  private static Site site;
  private static Books books;
  private static Accountant accountant;
  private static List<Long> invoices;

  @BeforeAll
  static void everythingGoesOutAndComesBack() {
    ContractorSeed south = SmallContractor.seed(SOUTH, 5002, Site.REDIRECT);
    site =
        Site.small(folder)
            .with(south)
            .set(
                Site.HARBOUR,
                "xero.scopes",
                XeroConnection.SignIn.GRANULAR_SCOPES + " accounting.reports.trialbalance.read")
            .start();
    books = site.books();
    accountant = new Accountant(site);
    invoices = site.seed().requisitionIds();
    Stream.of(site.seed(), south)
        .forEach(
            seed -> {
              Long[] all = seed.requisitionIds().toArray(Long[]::new);
              site.send(all);
              site.acceptTogether(all);
              site.awaitState(seed.connection(), ItemState.ACKNOWLEDGED, all);
              Books of = site.books(seed);
              of.pay(id(of.bill(all[0])), "090", "2026-09-20", "CHK 1", "36000.00");
              of.pay(id(of.bill(all[1])), "090", "2026-10-20", "CHK 2", "10000.01");
              of.pay(id(of.bill(all[1])), "091", "2026-11-20", "Card", "5000.00");
              of.payBatch("090", "2026-11-20", "ACH", List.of(of.bill(all[4]), of.bill(all[5])));
              site.syncPayments(seed.connection());
            });
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  private static String id(JsonNode bill) {
    return bill.path("invoiceId").asText();
  }

  /** Runs the command for Harbour. */
  private static CommandRun reconcile(String... more) {
    return reconcile(Site.HARBOUR, more);
  }

  private static CommandRun reconcile(ConnectionId connection, String... more) {
    List<String> words =
        new ArrayList<>(List.of("reconcile", "--config", site.configuration().toString()));
    words.addAll(List.of("--connection", connection.value()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  /** The differences of Harbour, by cause. */
  private static List<JsonNode> differences(String... more) throws IOException {
    Path file = folder.resolve("tie-out.json");
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--json", file.toString()));
    CommandRun run = reconcile(words.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    JsonNode report = Json.read(Files.readString(file));
    assertThat(run.code()).isEqualTo(report.path("agrees").asBoolean() ? 0 : 1);
    List<JsonNode> found = new ArrayList<>();
    report.path("differences").forEach(found::add);
    return found;
  }

  private static JsonNode only(String cause, List<JsonNode> differences) {
    List<JsonNode> found =
        differences.stream().filter(d -> d.path("cause").asText().equals(cause)).toList();
    assertThat(found).as(cause + " among " + differences).hasSize(1);
    return found.get(0);
  }

  @Test
  @Order(1)
  @DisplayName(
      "TB-TIE-01 TB-TIE-02: after the round trip both sides agree to the cent, on every connection")
  void agrees() throws IOException {
    for (ConnectionId connection : List.of(Site.HARBOUR, SOUTH)) {
      CommandRun run = reconcile(connection);
      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .contains("Both sides agree to the cent.")
          .contains("SC-0007 Formwork and concrete, Pacific Concrete Co")
          .containsPattern("original +200,000.00 +200,000.00 +0.00\n")
          .containsPattern("billed +95,149.50 +95,149.50 +0.00\n")
          .containsPattern("retained +9,640.00 +9,640.00 +0.00\n")
          .containsPattern("released +9,000.00 +9,000.00 +0.00\n")
          .containsPattern("still held +640.00 +640.00 +0.00\n")
          .containsPattern("paid +51,000.01 +51,000.01 +0.00\n")
          .containsPattern("open +43,509.49 +43,509.49 +0.00\n");
      assertThat(run.out().contains("balance of the account, in all"))
          .as("only Harbour permits its trial balance to be read")
          .isEqualTo(connection.equals(Site.HARBOUR));
      assertThat(run.out().contains("own report was not read")).isEqualTo(connection.equals(SOUTH));
      assertThat(run.code()).isZero();
    }
    assertThat(site.books().xero().at("/accountBalances/815").decimalValue().negate())
        .as("what the books themselves say is held")
        .isEqualByComparingTo(total("held"));
  }

  private static String total(String figure) throws IOException {
    Path file = folder.resolve("total.json");
    reconcile("--json", file.toString());
    return Json.read(Files.readString(file)).at("/total/erp/" + figure).asText();
  }

  @Test
  @Order(1)
  @DisplayName("It takes four calls of Xero, and of Procore none per invoice; they are printed")
  void calls() throws IOException {
    Path file = folder.resolve("calls.json");
    CommandRun run = reconcile("--json", file.toString());
    JsonNode calls = Json.read(Files.readString(file)).path("apiCalls");
    assertThat(calls.path("xero.get").asInt()).isEqualTo(4);
    assertThat(calls.path("procore.list-projects").asInt()).isEqualTo(1);
    assertThat(calls.path("procore.list-commitments").asInt()).isEqualTo(4);
    assertThat(calls.path("procore.list-requisitions").asInt()).isEqualTo(2);
    assertThat(calls.path("procore.list-contract-payments").asInt())
        .as("commitments with payments")
        .isEqualTo(2);
    assertThat(run.out()).contains("API calls: ").contains("xero.get=4");
  }

  @Test
  @Order(1)
  @DisplayName("TB-TIE-01: every commitment opens onto its invoices and payments, which come to it")
  void detail() throws IOException {
    Path file = folder.resolve("detail.json");
    reconcile("--json", file.toString());
    int invoices = 0;
    for (JsonNode project : Json.read(Files.readString(file)).path("projects")) {
      for (JsonNode commitment : project.path("commitments")) {
        invoices += commitment.path("invoices").size();
        for (String side : List.of("procore", "erp")) {
          for (String figure : List.of("billed", "retained", "released", "tax")) {
            assertThat(sum(commitment.path("invoices"), "/" + side + "/" + figure))
                .as(commitment.path("number") + " " + side + " " + figure)
                .isEqualByComparingTo(commitment.at("/" + side + "/" + figure).asText());
          }
          BigDecimal paid = BigDecimal.ZERO;
          for (JsonNode invoice : commitment.path("invoices")) {
            paid = paid.add(sum(invoice.path("payments"), "/" + side));
            assertThat(invoice.path("documents")).hasSize(1);
          }
          assertThat(paid).isEqualByComparingTo(commitment.at("/" + side + "/paid").asText());
        }
      }
    }
    assertThat(invoices).isEqualTo(ReconcileTest.invoices.size());
  }

  private static BigDecimal sum(JsonNode rows, String figure) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : rows) {
      sum = sum.add(new BigDecimal(row.at(figure).asText("0")));
    }
    return sum;
  }

  @Test
  @Order(1)
  @DisplayName("A tie-out that is asked for runs in the background, and its report is kept")
  void inTheBackground() throws IOException {
    TieOutRuns runs = site.ledger().tieOutRuns();
    long asked = runs.ask(Site.HARBOUR, null, null, "Ann").run();
    assertThat(runs.ask(Site.HARBOUR, null, null, "Bob").run())
        .as("one at a time")
        .isIn(asked, asked + 1);
    await().until(() -> !runs.find(asked).orElseThrow().isUnderWay());
    TieOutRun run = runs.find(asked).orElseThrow();
    assertThat(run.state()).as(run.failure()).isEqualTo("done");
    assertThat(run.agrees()).isTrue();
    assertThat(run.differences()).isZero();
    JsonNode report = Json.read(runs.report(asked).orElseThrow());
    assertThat(report.at("/total/erp/paid").asText()).isEqualTo(total("paid"));
    assertThat(report.at("/apiCalls/all").asInt()).isPositive();
    assertThat(runs.csv(asked).orElseThrow()).startsWith("project_id,project,");
    await().until(() -> runs.underWay(Site.HARBOUR).isEmpty());
  }

  @Test
  @Order(1)
  @DisplayName("Both sides are cut at a day, by billing date and by payment date")
  void through() {
    CommandRun run = reconcile("--through", "2026-09-30");
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("billed and paid through 2026-09-30.")
        .containsPattern("billed +75,149.50 +75,149.50 +0.00\n")
        .containsPattern("paid +36,000.00 +36,000.00 +0.00\n");
  }

  @Test
  @Order(1)
  @DisplayName("One project alone; the table has one row a commitment and side")
  void projectAndTable() throws IOException {
    String school = site.seed().procore().at("/projects/1/id").asText();
    Path file = folder.resolve("tie-out.csv");
    CommandRun run = reconcile("--project", school, "--csv", file.toString());
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("Lakeside School").doesNotContain("Harbour Tower");
    assertThat(Files.readAllLines(file))
        .hasSize(1 + 2 * 3)
        .first()
        .isEqualTo(
            "project_id,project,commitment_id,commitment,title,supplier,side,original,changes,billed,"
                + "retained,released,still_held,tax,paid,credited,open");
    assertThat(Files.readAllLines(file))
        .anyMatch(
            row ->
                row.contains(",SC-0011,")
                    && row.contains(",Xero,68127.00,0.00,18209.47,1820.95,0.00,"));
  }

  @Test
  @Order(1)
  @DisplayName("Wrong arguments exit 2 and say what is allowed")
  void wrongArguments() {
    for (String[] wrong :
        List.of(
            new String[] {"--through", "yesterday"},
            new String[] {"--project", "4711"},
            new String[] {"--project", "tower"},
            new String[] {"--csv", "a", "--json", "b"})) {
      CommandRun run = reconcile(wrong);
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.out()).isEmpty();
    }
    assertThat(reconcile("--project", "4711").err()).contains("Harbour Tower");
    assertThat(reconcile(new ConnectionId("north")).code()).isEqualTo(2);
    assertThat(CommandRun.of("reconcile", "--config", site.configuration().toString()).err())
        .contains("--connection is needed");
  }

  @Test
  @Order(2)
  @DisplayName("TB-TIE-01: a bill that somebody edits is named with both figures")
  void edited() throws IOException {
    JsonNode bill = books.bill(invoices.get(2));
    ObjectNode change = Json.object();
    for (JsonNode line : bill.path("lines")) {
      BigDecimal amount = line.path("lineAmount").decimalValue();
      ObjectNode one = change.withArray("LineItems").addObject();
      one.put("LineItemID", line.path("lineItemId").asText())
          .put("Description", line.path("description").asText())
          .put("Quantity", 1)
          .put("AccountCode", line.path("accountCode").asText());
      if (line.hasNonNull("itemCode")) {
        one.put("ItemCode", line.path("itemCode").asText());
        amount = amount.add(new BigDecimal("0.01"));
      }
      one.put("UnitAmount", amount);
      one.withArray("Tracking")
          .addObject()
          .put(
              "TrackingCategoryID",
              site.seed().erp().settings("", "").get("xero.tracking-category-id"))
          .put("TrackingOptionID", line.at("/tracking/0/trackingOptionId").asText());
    }
    accountant.change(id(bill), change);
    JsonNode named = only("EDITED", differences());
    assertThat(named.path("sentence").asText())
        .contains("PC-1003")
        .contains("billed 20000.00 in Procore and 20000.01 in Xero");
    assertThat(named.at("/effect/billed").asText()).isEqualTo("-0.01");
    assertThat(named.path("records").toString())
        .contains(id(bill))
        .contains("requisition " + invoices.get(2));
  }

  @Test
  @Order(3)
  @DisplayName("TB-TIE-01: a bill that somebody voids is named, and so is the one that is left")
  void voided() throws IOException {
    JsonNode bill = books.bill(invoices.get(9));
    accountant.change(id(bill), Json.object().put("Status", "VOIDED"));
    List<JsonNode> found = differences();
    JsonNode named = only("VOIDED", found);
    assertThat(named.path("sentence").asText()).contains("BD-5533").contains("VOIDED");
    assertThat(named.at("/effect/open").asText()).isEqualTo("4800.00");
    assertThat(named.path("remedy").asText()).isNotBlank();
    only("EDITED", found);
  }

  @Test
  @Order(4)
  @DisplayName("TB-TIE-01: a payment deleted in Xero is named, before and after it was noticed")
  void deletedPayment() throws IOException {
    JsonNode card =
        books.livePayments().stream()
            .filter(payment -> payment.path("reference").asText().equals("Card"))
            .findFirst()
            .orElseThrow();
    books.deletePayment(card.path("paymentId").asText());
    JsonNode gone = only("PAYMENT_GONE", differences());
    assertThat(gone.at("/effect/paid").asText()).isEqualTo("5000.00");
    site.syncPayments(Site.HARBOUR);
    JsonNode flagged = only("PAYMENT_FLAGGED", differences());
    assertThat(flagged.path("sentence").asText()).contains("5000.00").contains("2026-11-20");
  }

  @Test
  @Order(5)
  @DisplayName("TB-TIE-02: what is posted by hand to the retainage account is named")
  void postedByHand() throws IOException {
    accountant.bill(accountant.contact(), "HAND-1", "123.45", "815");
    JsonNode named = only("POSTED_OTHERWISE", differences());
    assertThat(named.path("sentence").asText()).contains("HAND-1").contains("account 815");
    assertThat(named.path("onAccount").asText()).isEqualTo("-123.45");
    CommandRun run = reconcile();
    assertThat(run.out()).containsPattern("posted there otherwise +-123.45\n");
  }

  @Test
  @Order(6)
  @DisplayName("TB-TIE-02: what a manual journal posts to the retainage account is named")
  void journal() throws IOException {
    ObjectNode journal =
        Json.object()
            .put("tenantId", site.seed().tenantId())
            .put("date", "2026-10-31")
            .put("narration", "Retainage of an old job");
    journal
        .withArray("lines")
        .addObject()
        .put("accountCode", "815")
        .put("amount", new BigDecimal("-700.00"));
    journal
        .withArray("lines")
        .addObject()
        .put("accountCode", "500")
        .put("amount", new BigDecimal("700.00"));
    site.xero().post("journal", journal);
    assertThat(differences())
        .filteredOn(d -> d.path("cause").asText().equals("POSTED_OTHERWISE"))
        .hasSize(2)
        .anySatisfy(
            named -> {
              assertThat(named.path("onAccount").asText()).isEqualTo("700.00");
              assertThat(named.path("sentence").asText()).contains("manual journal");
            });
    assertThat(differences("--through", "2026-10-30"))
        .noneMatch(d -> d.path("cause").asText().equals("POSTED_OTHERWISE"));
  }

  @Test
  @Order(7)
  @DisplayName("TB-TIE-01: a payment that nobody read yet, and an invoice that failed, are named")
  void notYet() throws IOException {
    books.pay(id(books.bill(invoices.get(8))), "090", "2026-11-21", "CHK 9", "1.00");
    assertThat(only("PAYMENT_NOT_READ", differences()).at("/effect/paid").asText())
        .isEqualTo("-1.00");
    long undated = SmallContractor.addWithoutDueDate(site.seed());
    ObjectNode more = Json.object();
    JsonNode all = site.seed().procore().withArray("requisitions");
    for (JsonNode requisition : all) {
      if (requisition.path("id").asLong() == undated) {
        more.putArray("requisitions").add(requisition);
      }
    }
    site.procore().post("seed", more);
    assertThat(only("NOT_SENT", differences()).path("sentence").asText()).contains("V-2214");
    site.send(undated);
    site.accept(undated);
    site.awaitState(ItemState.FAILED, undated);
    JsonNode failed = only("FAILED", differences());
    assertThat(failed.path("sentence").asText()).contains("due date");
    assertThat(failed.path("remedy").asText()).contains("dead-letters show ");
  }

  @Test
  @Order(8)
  @DisplayName("Every difference is printed with what to do; the other connection still agrees")
  void printed() {
    CommandRun run = reconcile();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("7 differences.")
        .contains("1. ")
        .contains("What to do: ")
        .contains("Records: ");
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("'./tieback sync payments --config " + site.configuration() + "'");
    assertThat(run.out().lines().filter(row -> row.length() > 130 && !row.startsWith("API")))
        .isEmpty();
    assertThat(reconcile(SOUTH).code()).isZero();
  }
}
