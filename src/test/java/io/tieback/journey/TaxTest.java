package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.Project;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tax from end to end: <em>sydney</em> taxes the invoice in full, <em>toronto</em> taxes retainage
 * when it is released.
 */
class TaxTest {

  private static final ConnectionId SYDNEY = new ConnectionId("sydney");
  private static final ConnectionId TORONTO = new ConnectionId("toronto");

  @TempDir static Path folder;

  private static Site site;
  private static ContractorSeed sydney;
  private static ContractorSeed toronto;
  private static final Map<String, Long> INVOICES = new HashMap<>();

  @BeforeAll
  static void start() {
    sydney = seed(SYDNEY, 5001);
    toronto = seed(TORONTO, 5002);
    site =
        Site.in(folder)
            .with(sydney)
            .with(toronto)
            .set(SYDNEY, "xero.line-amount-types", "Exclusive")
            .set(SYDNEY, "tax.codes", "GST=INPUT,FREE=NONE")
            .set(TORONTO, "xero.line-amount-types", "Exclusive")
            .set(TORONTO, "tax.codes", "GST=INPUT,FREE=NONE")
            .set(TORONTO, "retainage.tax", "on_release")
            .start();
  }

  private static ContractorSeed seed(ConnectionId connection, long company) {
    ContractorSeed seed =
        new ContractorSeed(connection, company, "Quay Contractors " + connection, Site.REDIRECT);
    ((ObjectNode) seed.erp().seed().at("/organisations/0"))
        .withArray("taxRates")
        .addObject()
        .put("name", "GST on expenses")
        .put("taxType", "INPUT")
        .put("effectiveRate", 10);
    long type = seed.costType("S", "Subcontract", "commitment");
    seed.item("03-110", "S", "Formwork - Subcontract");
    Project project =
        seed.project("2026-014", "Harbour Tower", new String[] {"03-110", "Formwork"});
    long vendor = seed.vendor("Pacific Concrete Co");
    ObjectNode commitment =
        seed.commitment(project, vendor, "WorkOrderContract", "SC-0007", "Formwork", "amount");
    long line =
        seed.line(
            commitment, project, "03-110", type, "Formwork level 1", "120000.00", null, null, null);
    long permits =
        seed.line(commitment, project, "03-110", type, "Permits", "5000.00", null, null, null);
    int number = 1;
    // GST of the whole work, GST of what is due, one cent too much, a code that nothing explains.
    for (String[] each :
        new String[][] {
          {"FULL", "GST", "1000.01"},
          {"DUE", "GST", "900.01"},
          {"CENT", "GST", "1000.02"},
          {"STRANGE", "PST", "1000.01"}
        }) {
      ObjectNode requisition =
          seed.requisition(
              commitment,
              number++,
              each[0],
              "2026-10-01",
              "2026-10-31",
              "2026-10-31",
              "2026-11-30");
      requisition.put("tax", each[2]);
      seed.billed(requisition, commitment, line, "contract_item")
          .put("workThisPeriod", "10000.05")
          .put("workRetained", "1000.00")
          .put("taxCode", each[1]);
      seed.billed(requisition, commitment, permits, "contract_item")
          .put("workThisPeriod", "250.00")
          .put("taxCode", "FREE");
      INVOICES.put(connection + " " + each[0], requisition.get("id").longValue());
    }
    return seed;
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "TB-TAX-03 TB-TAX-04: tax with the invoice: the bill bears the tax of the whole work,"
          + " retainage none, to the cent what Procore says")
  void taxWithTheInvoice() {
    JsonNode bill = exported(sydney, "FULL");
    assertThat(amounts(bill)).containsExactly("9250.05", "1000.01", "10250.06");
    assertThat(taxOf(bill, "Formwork level 1")).isEqualTo("INPUT 1000.01");
    assertThat(taxOf(bill, "Permits")).isEqualTo("NONE 0.00");
    assertThat(taxOf(bill, "Retainage held")).isEqualTo("NONE 0.00");
    refused(sydney, "DUE", "TB-TAX-03", "900.01 in Procore", "1000.01 by the rates of Xero");
  }

  @Test
  @DisplayName(
      "TB-TAX-03 TB-TAX-04: tax on release: what is withheld bears no tax yet, to the cent what"
          + " Procore says")
  void taxOnRelease() {
    JsonNode bill = exported(toronto, "DUE");
    assertThat(amounts(bill)).containsExactly("9250.05", "900.01", "10150.06");
    assertThat(taxOf(bill, "Retainage held")).isEqualTo("INPUT -100.00");
    refused(toronto, "FULL", "TB-TAX-03", "1000.01 in Procore", "900.01 by the rates of Xero");
  }

  @Test
  @DisplayName(
      "TB-TAX-03: a cent between Procore's tax and the bill's refuses, and nothing is sent")
  void aCent() {
    refused(sydney, "CENT", "TB-TAX-03", "difference -0.01");
  }

  @Test
  @DisplayName("TB-TAX-01: a tax code that nothing explains refuses and names the setting")
  void aStrangeCode() {
    refused(sydney, "STRANGE", "TB-TAX-01", "'PST'", "tax.codes");
  }

  private static JsonNode exported(ContractorSeed seed, String number) {
    long invoice = sent(seed, number);
    site.awaitState(seed.connection(), ItemState.ACKNOWLEDGED, invoice);
    return site.books(seed).bill(invoice);
  }

  private static void refused(ContractorSeed seed, String number, String... words) {
    long invoice = sent(seed, number);
    site.awaitState(seed.connection(), ItemState.FAILED, invoice);
    assertThat(site.item(seed.connection(), invoice).failureMessage()).contains(words);
    assertThat(site.books(seed).bills(invoice)).isEmpty();
  }

  private static long sent(ContractorSeed seed, String number) {
    long invoice = INVOICES.get(seed.connection() + " " + number);
    site.send(invoice);
    site.accept(invoice);
    return invoice;
  }

  private static java.util.List<String> amounts(JsonNode bill) {
    return java.util.stream.Stream.of("subTotal", "totalTax", "total")
        .map(field -> text(bill.path(field).decimalValue()))
        .toList();
  }

  private static String taxOf(JsonNode bill, String description) {
    for (JsonNode line : bill.path("lines")) {
      if (line.path("description").asText().equals(description)) {
        return line.path("taxType").asText() + " " + text(line.path("taxAmount").decimalValue());
      }
    }
    throw new AssertionError("no line '" + description + "' on " + bill);
  }

  private static String text(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }
}
