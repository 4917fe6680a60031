package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import io.tieback.journey.Costs;
import io.tieback.journey.Site;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.JobCostJournal.Left;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Procore misbehaves while direct costs are written: each stands there once, to the cent. */
class JobCostTroubleTest {

  private static final String HEADERS = "/direct_costs/sync$";
  private static final String LINES = "/direct_costs/line_items/sync$";
  private static final String ONE = "/direct_costs/\\d+$";
  private static final String ONE_LINE = "/direct_costs/\\d+/line_items/\\d+$";

  @TempDir static Path folder;

  private static Site site;
  private static Costs costs;
  private static String tower;
  private long mark;

  @BeforeAll
  static void start() {
    ContractorSeed seed = SmallContractor.seed(Site.HARBOUR, Site.COMPANY, Site.REDIRECT);
    // The school is not linked yet.
    ((ObjectNode) seed.procore().at("/projects/1")).remove("originId");
    ((ObjectNode) seed.procore().at("/vendors/2")).remove("originId");
    site =
        Site.in(folder)
            .with(seed)
            .set("retry.attempts", "4")
            .set("retry.longest-delay", "PT1S")
            .set(Site.HARBOUR, "exported-bills-as-costs", "subcontractor_invoice")
            .start();
    costs = new Costs(site);
    tower = costs.project(0);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void calm() {
    site.procore().delete("faults");
    mark = Fault.mark(site.procore());
  }

  private static String bill(String number, String... amounts) {
    String[] lines = new String[amounts.length];
    for (int i = 0; i < amounts.length; i++) {
      lines[i] = costs.line("Line " + i, amounts[i], tower, i % 2 == 0 ? "03-110.S" : "03-110.M");
    }
    return costs.bill(number, lines);
  }

  private static void read() {
    site.deployment().jobCosts().sync(Site.HARBOUR);
  }

  private static void isOnce(String bill, String total, int lines) {
    costs.settled();
    JsonNode cost = costs.directCost(bill);
    assertThat(new BigDecimal(cost.path("grand_total").asText())).isEqualByComparingTo(total);
    assertThat(cost.path("line_items")).hasSize(lines);
    assertThat(cost.path("origin_id").asText()).endsWith(":bill:" + bill + "|" + tower);
  }

  private static void drop(Fault fault, String how) {
    switch (how) {
      case "before" -> fault.dropsBefore();
      case "after" -> fault.dropsAfter();
      case "late" -> fault.commitsLate(400);
      default -> fault.answersCutOff();
    }
  }

  @ParameterizedTest(
      name = "TB-JC-04: the line drops at {0} ({1}): one direct cost with its lines, once")
  @CsvSource({
    "headers, before", "headers, after", "headers, late", "headers, malformed",
    "lines, before", "lines, after", "lines, late", "lines, malformed"
  })
  void created(String step, String how) {
    drop(Fault.at(site.procore(), "PATCH", step.equals("headers") ? HEADERS : LINES), how);
    String bill = bill("T-" + step + "-" + how, "100.10", "0.03");
    read();
    isOnce(bill, "100.13", 2);
  }

  @ParameterizedTest(
      name =
          "TB-JC-04: fewer lines, and the answer is lost at {0} ({1}): exactly those that are left")
  @CsvSource({
    "unlock, before", "unlock, after",
    "drop, before", "drop, after",
    "headers, after", "lines, after"
  })
  void amended(String step, String how) {
    String bill = bill("A-" + step + "-" + how, "10.00", "20.00", "30.00");
    costs.sync();
    long id = costs.directCost(bill).path("id").longValue();
    drop(
        switch (step) {
          case "unlock" ->
              Fault.at(site.procore(), "PATCH", Fault.EXTERNAL_DATA).containing("\"item\"");
          case "drop" -> Fault.at(site.procore(), "DELETE", ONE_LINE);
          case "headers" -> Fault.at(site.procore(), "PATCH", HEADERS);
          default -> Fault.at(site.procore(), "PATCH", LINES);
        },
        how);
    costs.enter(
        "{'kind':'bill','id':'"
            + bill
            + "','lines':["
            + costs.line("Only", "7.77", tower, "03-110.S")
            + "]}");
    read();
    isOnce(bill, "7.77", 1);
    assertThat(costs.directCost(bill).path("id").longValue()).isEqualTo(id);
  }

  @ParameterizedTest(name = "a voided bill leaves Procore although the answer is lost at {0}")
  @ValueSource(strings = {"unlock", "remove"})
  void removed(String step) {
    String bill = bill("R-" + step, "10.00");
    costs.sync();
    drop(
        step.equals("unlock")
            ? Fault.at(site.procore(), "PATCH", Fault.EXTERNAL_DATA).containing("\"item\"")
            : Fault.at(site.procore(), "DELETE", ONE),
        "after");
    costs.enter("{'kind':'bill','id':'" + bill + "','status':'VOIDED'}");
    read();
    costs.settled();
    assertThat(costs.directCosts(bill)).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-JC-04: voided while its creation is unanswered: nothing is left in Procore, and nothing"
          + " comes back")
  void voidedInDoubt() {
    Fault.at(site.procore(), "PATCH", HEADERS).commitsLate(400);
    String bill = bill("DOUBT-1", "10.00");
    read();
    await()
        .atMost(Trouble.PATIENCE)
        .until(() -> !Fault.since(site.procore(), mark, "PATCH", HEADERS).isEmpty());
    costs.enter("{'kind':'bill','id':'" + bill + "','status':'VOIDED'}");
    read();
    costs.settled();
    assertThat(costs.directCosts(bill)).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-JC-04: the connector stops between header and lines: after its start the direct cost is"
          + " completed, not made again")
  void restarted() {
    Fault.at(site.procore(), "PATCH", LINES).forEver().answers(503);
    String bill = bill("STOP-1", "12.34", "1.00");
    read();
    await()
        .atMost(Trouble.PATIENCE)
        .until(() -> !Fault.since(site.procore(), mark, "PATCH", LINES).isEmpty());
    site.restart();
    site.procore().delete("faults");
    isOnce(bill, "13.34", 2);
    assertThat(Fault.since(site.procore(), mark, "PATCH", HEADERS)).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-15: a row that Procore refuses becomes a dead letter, its neighbours come; mended in"
          + " Xero it goes by itself")
  void oneIsRefused() {
    site.procore().settings(Json.object().put("subcontractorInvoiceCosts", false));
    long invoice = site.seed().requisitionIds().get(0);
    site.export(invoice);
    String exported =
        java.util.stream.StreamSupport.stream(
                site.xero()
                    .get("books?tenantId=" + site.seed().tenantId())
                    .path("bills")
                    .spliterator(),
                false)
            .filter(b -> b.path("url").asText().endsWith("requisition." + invoice))
            .findFirst()
            .orElseThrow()
            .path("invoiceId")
            .asText();
    String good = bill("GOOD-1", "5.00");
    read();
    isOnce(good, "5.00", 1);
    DeadLetter letter =
        site.ledger().deadLetters().list(DeadLetters.Filter.open(100)).stream()
            .filter(one -> one.key().equals("bill " + exported))
            .findFirst()
            .orElseThrow();
    assertThat(letter.message()).contains("direct_cost_type is not included in the list");
    assertThat(letter.remedy()).isNotBlank();
    site.procore().settings(Json.object().put("subcontractorInvoiceCosts", true));
    site.ledger().replays().replay(letter.id(), "test");
    costs.settled();
    JsonNode cost = costs.directCost(exported);
    assertThat(cost.path("direct_cost_type").asText()).isEqualTo("subcontractor_invoice");
    // The retainage of 4,000.00 is no cost.
    assertThat(new BigDecimal(cost.path("grand_total").asText())).isEqualByComparingTo("40000.00");
  }

  @Test
  @DisplayName("409: somebody writes the same direct cost at the moment; it is done again")
  void conflict() {
    Fault.at(site.procore(), "PATCH", LINES)
        .times(2)
        .answers(409, Map.of("Content-Type", "application/json"), "{\"errors\":\"being edited\"}");
    String bill = bill("BUSY-1", "9.99");
    read();
    isOnce(bill, "9.99", 1);
  }

  @Test
  @DisplayName(
      "XR-JC-06: a cost of a project that is linked later comes then, though nothing changed in"
          + " Xero")
  void linkedLater() {
    String school = costs.project(1);
    String bill = costs.bill("SCH-1", costs.line("Boards", "44.00", school, "09-250.M"));
    costs.sync();
    assertThat(costs.directCosts(bill)).isEmpty();
    assertThat(costs.left(bill)).extracting(Left::waits).containsExactly(true);
    Trouble.relink(
        site,
        "project",
        site.seed().procore().at("/projects/1/id").longValue(),
        "xero:harbour:tracking_option:" + school);
    costs.sync();
    assertThat(Costs.lines(costs.directCost(bill))).containsExactly("44.00 09-250 M");
    assertThat(costs.left(bill)).isEmpty();
  }

  @Test
  @DisplayName(
      "XR-JC-09: a supplier that is not linked keeps no cost out: it comes as an expense that names"
          + " the supplier")
  void unlinkedSupplier() {
    String bill =
        costs.enter(
            "{'kind':'bill','contactId':'"
                + costs.supplier(2)
                + "','number':'BD-9','lines':["
                + costs.line("Boards", "8.00", tower, "09-250.M")
                + "]}");
    read();
    isOnce(bill, "8.00", 1);
    JsonNode cost = costs.directCost(bill);
    assertThat(cost.path("direct_cost_type").asText()).isEqualTo("expense");
    assertThat(cost.path("vendor_id").isNull()).isTrue();
    assertThat(cost.path("description").asText())
        .isEqualTo("Xero: bill BD-9 of Bayview Drywall LLC");
  }
}
