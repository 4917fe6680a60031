package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.flow.JobCosts;
import io.tieback.ledger.JobCostJournal.Left;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bookkeeper of Harbour Builders enters costs in Xero; Procore shows them in Direct Costs. Each
 * test has documents of its own.
 */
class JobCostsTest {

  @TempDir static Path folder;

  private static Site site;
  private static Costs costs;
  private static String tower;
  private static String school;

  @BeforeAll
  static void start() {
    site = Site.small(folder).start();
    costs = new Costs(site);
    tower = costs.project(0);
    school = costs.project(1);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "XR-JC-01, XR-JC-02, XR-JC-06, XR-JC-07, GEN-JC-03: a bill is one approved direct cost in"
          + " each of its projects, line by line, to the cent")
  void aBill() {
    String bill =
        costs.bill(
            "LUM-77",
            costs.line("Lumber", "1204.37", tower, "03-110.M"),
            costs.line("Concrete", "-0.01", tower, "03-300.S"),
            costs.line("Boards", "88.10", school, "09-250.M"),
            costs.line("Coffee", "12.00", null, null));
    costs.sync();
    List<JsonNode> shown = costs.directCosts(bill);
    assertThat(shown)
        .extracting(
            cost -> cost.path("direct_cost_type").asText(),
            cost -> cost.path("status").asText(),
            cost -> cost.path("invoice_number").asText(),
            cost -> cost.path("direct_cost_date").asText(),
            cost -> cost.path("vendor").asText(),
            Costs::lines)
        .containsExactlyInAnyOrder(
            tuple(
                "invoice",
                "approved",
                "LUM-77",
                "2026-11-05",
                "Pacific Concrete Co",
                List.of("1204.37 03-110 M", "-0.01 03-300 S")),
            tuple(
                "invoice",
                "approved",
                "LUM-77",
                "2026-11-05",
                "Pacific Concrete Co",
                List.of("88.10 09-250 M")));
    assertThat(costs.left(bill)).extracting(Left::outcome).containsExactly("OVERHEAD");
  }

  @Test
  @DisplayName(
      "XR-JC-03, XR-JC-04: spend money is an expense, a credit note counts negative, inclusive"
          + " amounts count without their tax")
  void spendMoneyAndCredits() {
    String spent =
        costs.enter(
            "{'kind':'spend','accountCode':'091','number':'Card"
                + " 12','date':'2026-11-06','lineAmountTypes':'Inclusive','lines':["
                + costs
                    .line("Fuel", "115.00", tower, "03-110.M")
                    .replace("'AccountCode'", "'TaxAmount':15.00,'AccountCode'")
                + "]}");
    String credit =
        costs.enter(
            "{'kind':'credit','contactId':'"
                + costs.supplier(1)
                + "','number':'CN-5','date':'2026-11-07','status':'PAID','lines':["
                + costs.line("Returned beams", "250.25", tower, "05-120.M")
                + "]}");
    costs.sync();
    JsonNode expense = costs.directCost(spent);
    assertThat(expense.path("direct_cost_type").asText()).isEqualTo("expense");
    assertThat(Costs.lines(expense)).containsExactly("100.00 03-110 M");
    JsonNode note = costs.directCost(credit);
    assertThat(note.path("direct_cost_type").asText()).isEqualTo("invoice");
    assertThat(note.path("invoice_number").asText()).isEqualTo("CN-5");
    assertThat(new BigDecimal(note.path("grand_total").asText())).isEqualByComparingTo("-250.25");
  }

  @Test
  @DisplayName(
      "XR-JC-08, XR-JC-09, TB-JC-03, GEN-JC-07, GEN-JC-08: each line that lacks one of the"
          + " conditions is reported with every reason and its remedy")
  void whatDoesNotCome() {
    String bill =
        costs.bill(
            "ODD-1",
            costs.line("No project", "10.00", null, "03-110.S"),
            costs.line("No item", "20.00", tower, null),
            costs.line("Good", "30.00", tower, "03-110.S"));
    String draft =
        costs.enter(
            "{'kind':'bill','contactId':'"
                + costs.supplier(0)
                + "','number':'ODD-2','date':'2026-11-05','status':'DRAFT','currency':'EUR','lines':["
                + costs.line("Half ready", "40.00", tower, null)
                + "]}");
    costs.sync();
    assertThat(Costs.lines(costs.directCost(bill))).containsExactly("30.00 03-110 S");
    assertThat(costs.left(bill))
        .extracting(Left::description, Left::rules)
        .containsExactlyInAnyOrder(tuple("No project", "XR-JC-06"), tuple("No item", "XR-JC-07"));
    assertThat(costs.directCosts(draft)).isEmpty();
    Left half = costs.left(draft).get(0);
    assertThat(half.rules()).isEqualTo("XR-JC-08 XR-JC-07 TB-JC-03");
    assertThat(half.remedy()).contains("Approve it in Xero").contains("Give the line its item");

    CommandRun list = CommandRun.of("costs", "--unsynced", "--config", config());
    assertThat(list.code()).isZero();
    assertThat(list.out())
        .contains("No item")
        .contains("only account 500")
        .contains("Give the line its project in Xero")
        .doesNotContain("Coffee");
    CommandRun csv = CommandRun.of("costs", "--unsynced", "--csv", "--config", config());
    assertThat(csv.out().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "bill,ODD-1,2026-11-05,Pacific Concrete Co,,03-110.S,500,10.00,No"
                            + " project,unsynced,XR-JC-06,"));
  }

  private static String config() {
    return site.configuration().toString();
  }

  @Test
  @DisplayName("XR-JC-08, C-16: what is approved later comes then, and what is paid stays")
  void approvedAndPaid() {
    String bill =
        costs.enter(
            "{'kind':'bill','contactId':'"
                + costs.supplier(0)
                + "','number':'LATE-1','date':'2026-11-05','status':'SUBMITTED','lines':["
                + costs.line("Forms", "70.00", tower, "03-110.S")
                + "]}");
    costs.sync();
    assertThat(costs.directCosts(bill)).isEmpty();
    costs.enter("{'kind':'bill','id':'" + bill + "','status':'AUTHORISED'}");
    costs.sync();
    long id = costs.directCost(bill).path("id").longValue();
    site.books().pay(bill, "090", "2026-11-10", "CHK 9", "70.00");
    costs.sync();
    assertThat(costs.directCost(bill).path("id").longValue()).isEqualTo(id);
    assertThat(costs.left(bill)).isEmpty();
  }

  @Test
  @DisplayName("A changed bill changes its direct cost: amounts, date, a line more, a line less")
  void changed() {
    String bill =
        costs.bill(
            "CHG-1",
            costs.line("First", "100.00", tower, "03-110.S"),
            costs.line("Second", "50.00", tower, "03-110.M"));
    costs.sync();
    long id = costs.directCost(bill).path("id").longValue();
    costs.enter(
        "{'kind':'bill','id':'"
            + bill
            + "','date':'2026-11-09','lines':["
            + costs.line("Other", "101.01", tower, "03-300.S")
            + "]}");
    costs.sync();
    JsonNode now = costs.directCost(bill);
    assertThat(now.path("id").longValue()).isEqualTo(id);
    assertThat(now.path("direct_cost_date").asText()).isEqualTo("2026-11-09");
    assertThat(Costs.lines(now)).containsExactly("101.01 03-300 S");
    assertThat(now.path("origin_id").asText()).isNotEmpty();
  }

  @Test
  @DisplayName("A line that moves to another project leaves the one and arrives in the other")
  void movedToAnotherProject() {
    String bill = costs.bill("MOV-1", costs.line("Boards", "60.00", tower, "09-250.M"));
    costs.sync();
    long before = costs.directCost(bill).path("project_id").longValue();
    costs.enter(
        "{'kind':'bill','id':'"
            + bill
            + "','lines':["
            + costs.line("Boards", "60.00", school, "09-250.M")
            + "]}");
    costs.sync();
    JsonNode now = costs.directCost(bill);
    assertThat(now.path("project_id").longValue()).isNotEqualTo(before);
    assertThat(Costs.lines(now)).containsExactly("60.00 09-250 M");
  }

  @Test
  @DisplayName("A voided bill, a deleted payment of money and a voided credit leave Procore")
  void voidedAndDeleted() {
    String bill = costs.bill("VOID-1", costs.line("Wrong", "10.00", tower, "03-110.S"));
    String spent =
        costs.enter(
            "{'kind':'spend','accountCode':'090','lines':["
                + costs.line("Wrong", "11.00", tower, "03-110.S")
                + "]}");
    String credit =
        costs.enter(
            "{'kind':'credit','contactId':'"
                + costs.supplier(0)
                + "','number':'CN-9','lines':["
                + costs.line("Wrong", "12.00", tower, "03-110.S")
                + "]}");
    costs.sync();
    assertThat(costs.directCosts(bill)).hasSize(1);
    costs.enter("{'kind':'bill','id':'" + bill + "','status':'VOIDED'}");
    costs.enter("{'kind':'spend','id':'" + spent + "','status':'DELETED'}");
    costs.enter("{'kind':'credit','id':'" + credit + "','status':'VOIDED'}");
    JobCosts.Report report = costs.sync();
    assertThat(report.recorded().gone()).isEqualTo(3);
    for (String gone : List.of(bill, spent, credit)) {
      assertThat(costs.directCosts(gone)).isEmpty();
      assertThat(costs.left(gone)).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "GEN-INV-06, TB-JC-01: a bill that Tieback exported is not counted again, and its retainage"
          + " is no cost")
  void exported() {
    long invoice = site.seed().requisitionIds().get(0);
    site.export(invoice);
    String bill = site.books().bill(invoice).path("invoiceId").asText();
    costs.sync();
    assertThat(costs.directCosts(bill)).isEmpty();
    assertThat(costs.left(bill))
        .extracting(Left::outcome)
        .containsExactlyInAnyOrder("EXPORTED", "RETAINAGE");
    assertThat(CommandRun.of("costs", "--unsynced", "--config", config()).out())
        .doesNotContain("PC-1001");
    assertThat(CommandRun.of("costs", "--unsynced", "--all", "--config", config()).out())
        .contains("PC-1001");
  }

  @Test
  @DisplayName(
      "A bill without a number does not stay out, though Procore's invoices want one: it comes as"
          + " an expense")
  void withoutNumber() {
    String bill = costs.bill("", costs.line("Nails", "3.33", tower, "03-110.M"));
    costs.sync();
    JsonNode cost = costs.directCost(bill);
    assertThat(cost.path("direct_cost_type").asText()).isEqualTo("expense");
    assertThat(cost.path("vendor").asText()).isEqualTo("Pacific Concrete Co");
  }

  @Test
  @DisplayName(
      "GEN-SCH-05: a reading without news takes one call for each kind, asks Procore nothing and"
          + " changes nothing; 'sync costs' says so")
  void nothingNew() {
    costs.bill("IDLE-1", costs.line("Forms", "5.00", tower, "03-110.S"));
    costs.sync();
    JsonNode before = costs.all();
    // What lacks a link is looked at again each time, and asks Procore for it: there is none here.
    assertThat(site.ledger().jobCosts().waiting(Site.HARBOUR)).isEmpty();
    long calls = procoreReads();
    JobCosts.Report report = costs.sync();
    assertThat(report.calls()).isEqualTo(3);
    assertThat(report.documents()).isZero();
    assertThat(procoreReads()).isEqualTo(calls);
    assertThat(costs.all()).isEqualTo(before);
    CommandRun run = CommandRun.of("sync", "costs", "--config", config());
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Read with 3 calls: 0 documents new or changed");
  }

  private static long procoreReads() {
    return site.deployment().tally().byName().entrySet().stream()
        .filter(
            entry ->
                List.of(
                        "procore.list-projects",
                        "procore.list-cost-codes",
                        "procore.list-cost-types",
                        "procore.list-vendors",
                        "procore.sync-direct-costs",
                        "procore.sync-direct-cost-lines")
                    .contains(entry.getKey()))
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }
}
