package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.LargeContractor;
import io.tieback.command.seed.Project;
import io.tieback.wire.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A company big enough to be real, from nothing in Xero to books that agree: companies, projects
 * and codes, commitments, change orders, a year of invoices, payments, voids and direct costs.
 */
@Timeout(value = 420, unit = TimeUnit.SECONDS)
class LargeCompanyTest {

  private static final int VOIDED = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  @TempDir static Path folder;

  private static Site site;
  private static LargeContractor company;

  @BeforeAll
  static void start() {
    company = LargeContractor.of(Site.HARBOUR, Site.COMPANY, Site.REDIRECT, 2026);
    site =
        Site.in(folder)
            .with(company.seed())
            .set(Site.HARBOUR, "payments.deleted-payment", "zero")
            .start();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "3 projects, 60 companies, 400 codes, 80 commitments, 120 change orders, 600 invoices,"
          + " payments, voids and costs go out and come back; the tie-out agrees to the cent")
  void roundTripAndTieOut() throws IOException {
    everythingGoesOut();
    assertThat(orders()).isEqualTo(contractSums());

    paid();
    costs();
    JsonNode report = tieOut();
    assertThat(report.path("differences")).isEmpty();
    assertThat(report.path("agrees").asBoolean()).isTrue();
    assertThat(site.count("select count(*) from dead_letter where state = 'open'")).isZero();
  }

  private static void everythingGoesOut() {
    site.procore().post("vendors/send", ids("vendorIds", company.vendors()));
    site.procore().post("vendors/accept", ids("vendorIds", company.vendors()));
    acknowledged("vendor", company.vendors().size());
    for (Project project : company.projects()) {
      ObjectNode body = Json.object().put("projectId", project.id());
      site.procore().post("projects/change", company.codesOf(project));
      site.procore().post("projects/send", body);
      site.procore().post("projects/accept", body);
    }
    acknowledged("project", company.projects().size());
    site.procore().post("commitments/send", ids("ids", company.commitments()));
    site.procore().post("commitments/accept", ids("ids", company.commitments()));
    await()
        .atMost(PATIENCE)
        .until(() -> count("work_order_contract") + count("purchase_order_contract") == 80);
    site.procore().post("change-orders/send", ids("ids", company.changeOrders()));
    site.procore().post("change-orders/accept", ids("ids", company.changeOrders()));
    acknowledged("change_order", company.changeOrders().size());
    Long[] invoices = company.seed().requisitionIds().toArray(Long[]::new);
    site.send(invoices);
    site.accept(invoices);
    acknowledged("requisition", invoices.length);
    assertThat(invoices).hasSize(600);
  }

  /** Two of three bills are paid, some in part; a few payments are taken back. */
  private static void paid() {
    Books books = site.books();
    List<String> payments = new ArrayList<>();
    int place = 0;
    for (JsonNode bill : books.xero().path("bills")) {
      BigDecimal due = bill.path("amountDue").decimalValue();
      if (place % 3 != 2 && due.signum() > 0) {
        BigDecimal amount =
            place % 5 == 0 ? due.multiply(new BigDecimal("0.4")).setScale(2, RoundingMode.UP) : due;
        payments.add(
            books.pay(
                bill.path("invoiceId").asText(),
                "090",
                "2026-11-10",
                "CHK " + place,
                amount.toPlainString()));
      }
      place++;
    }
    site.syncPayments(Site.HARBOUR);
    assertThat(payments).hasSizeGreaterThan(300);
    for (int voided = 0; voided < VOIDED; voided++) {
      books.deletePayment(payments.get(voided * 20));
    }
  }

  private static void costs() {
    Costs costs = new Costs(site);
    JsonNode catalogue = site.xero().get("catalogue?tenantId=" + site.seed().tenantId());
    String project = catalogue.at("/trackingCategories/0/options/0/trackingOptionId").textValue();
    String contact =
        site.ledger()
            .links()
            .get(Site.HARBOUR, "vendor", Long.toString(company.vendors().get(0)))
            .orElseThrow()
            .erpId();
    for (int i = 0; i < 12; i++) {
      costs.enter(
          "{'kind':'bill','contactId':'"
              + contact
              + "','number':'DIRECT-"
              + i
              + "','date':'2026-10-05','lines':["
              + costs.line("Hire", (100 + i) + ".25", project, "01-100.S")
              + "]}");
    }
    assertThat(costs.sync()).isNotNull();
    assertThat(costs.all()).hasSize(12);
  }

  private static JsonNode tieOut() throws IOException {
    Path file = folder.resolve("tie-out.json");
    site.syncPayments(Site.HARBOUR);
    assertThat(site.count("select count(*) from payment where state = 'zeroed'"))
        .as(
            site.ledger()
                .payments()
                .list(Site.HARBOUR, List.of("flagged", "failed"), 0, 9)
                .toString())
        .isEqualTo(VOIDED);
    CommandRun run =
        CommandRun.of(
            "reconcile",
            "--config",
            site.configuration().toString(),
            "--connection",
            Site.HARBOUR.value(),
            "--json",
            file.toString());
    assertThat(run.err()).isEmpty();
    return Json.read(Files.readString(file));
  }

  // ---- what both sides show

  /** What Xero's orders come to, by number. */
  private static Map<String, BigDecimal> orders() {
    Map<String, BigDecimal> sums = new TreeMap<>();
    new Orders(site)
        .all()
        .forEach(
            order ->
                sums.merge(
                    order.path("PurchaseOrderNumber").asText(),
                    order.path("SubTotal").decimalValue().setScale(2),
                    BigDecimal::add));
    return sums;
  }

  /** What the contracts come to with their changes, by number, out of the seed. */
  private static Map<String, BigDecimal> contractSums() {
    Map<String, BigDecimal> sums = new TreeMap<>();
    Map<Long, String> numbers = new TreeMap<>();
    JsonNode seed = company.seed().procore();
    for (JsonNode commitment : seed.path("commitments")) {
      String number = commitment.path("number").asText();
      numbers.put(commitment.path("id").longValue(), number);
      sums.put(number, BigDecimal.ZERO.setScale(2));
      commitment.path("lines").forEach(line -> add(sums, number, line));
    }
    for (JsonNode change : seed.path("changeOrders")) {
      String number = numbers.get(change.path("commitmentId").longValue());
      change.path("lines").forEach(line -> add(sums, number, line));
    }
    return sums;
  }

  private static void add(Map<String, BigDecimal> sums, String number, JsonNode line) {
    sums.merge(number, new BigDecimal(line.path("amount").asText()), BigDecimal::add);
  }

  private static ObjectNode ids(String field, List<Long> ids) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray(field);
    ids.forEach(list::add);
    return body;
  }

  private static long count(String entity) {
    return site.count(
        "select count(*) from work_item where state = 'acknowledged' and entity = '"
            + entity
            + "'");
  }

  private static void acknowledged(String entity, long many) {
    try {
      await(entity).atMost(PATIENCE).until(() -> count(entity) >= many);
    } catch (org.awaitility.core.ConditionTimeoutException late) {
      throw new AssertionError(
          count(entity)
              + " of "
              + many
              + " "
              + entity
              + " records are acknowledged; "
              + site.ledger().workItems().all(Site.HARBOUR, 0, 5_000).stream()
                  .filter(item -> Set.of("WAITING", "FAILED").contains(item.state().name()))
                  .map(item -> item.entity() + ": " + item.failureMessage())
                  .distinct()
                  .limit(5)
                  .toList(),
          late);
    }
  }
}
