package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.math.BigDecimal;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Harbour Builders sends all its invoices once; then its bookkeeper pays. Each test of the way back
 * uses bills of its own, so that they do not disturb each other. The first tests look at the bills
 * before anything is paid.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoundTripTest {

  private static final int BILLS = 1;
  private static final int PAYMENTS = 2;
  private static final int AT_THE_END = 3;

  @TempDir static Path folder;

  private static Site site;
  private static Books books;
  private static List<Long> invoices;

  @BeforeAll
  static void everythingGoesOut() {
    site = Site.small(folder).start();
    books = site.books();
    invoices = site.seed().requisitionIds();
    Long[] all = invoices.toArray(Long[]::new);
    site.send(all);
    site.acceptTogether(all[0], all[1]);
    site.accept(invoices.subList(2, invoices.size()).toArray(Long[]::new));
    site.awaitState(ItemState.ACKNOWLEDGED, all);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  // ---- the way out

  /**
   * Number, supplier, dates, total, and each line as quantity, price, amount, account, item.
   * Written down from the invoices by hand.
   */
  static Stream<Arguments> bills() {
    return Stream.of(
        Arguments.of(
            "PC-1001",
            "Pacific Concrete Co",
            "2026-08-31",
            "2026-09-30",
            "36000.00",
            List.of("1 40000.00 40000.00 500 03-110.S", "1 -4000.00 -4000.00 815 -")),
        Arguments.of(
            "PC-1002",
            "Pacific Concrete Co",
            "2026-09-30",
            "2026-10-30",
            "31509.50",
            List.of(
                "1 30000.00 30000.00 500 03-110.S",
                "1 -1250.50 -1250.50 500 03-300.S",
                "1 6400.00 6400.00 500 03-300.S",
                "1 -3640.00 -3640.00 815 -")),
        Arguments.of(
            "PC-1003",
            "Pacific Concrete Co",
            "2026-10-31",
            "2026-11-30",
            "21500.00",
            List.of(
                "1 20000.00 20000.00 500 03-110.S",
                "1 -2000.00 -2000.00 815 -",
                "1 3500.00 3500.00 815 -")),
        Arguments.of(
            "PC-1004-R",
            "Pacific Concrete Co",
            "2026-11-15",
            "2026-12-15",
            "5500.00",
            List.of("1 5500.00 5500.00 815 -")),
        Arguments.of(
            "IL-88",
            "Ironline Steel Inc",
            "2026-08-31",
            "2026-09-30",
            "63000.00",
            List.of("1 70000.00 70000.00 500 05-120.M", "1 -7000.00 -7000.00 815 -")),
        Arguments.of(
            "IL-93",
            "Ironline Steel Inc",
            "2026-09-30",
            "2026-10-30",
            "18000.00",
            List.of(
                "1 20000.00 20000.00 500 05-120.M",
                "1 -6500.00 -6500.00 815 -",
                "1 4500.00 4500.00 815 -")),
        Arguments.of(
            "BD-5520",
            "Bayview Drywall LLC",
            "2026-09-30",
            "2026-10-30",
            "16388.52",
            List.of(
                "4210.25 3.85 16209.46 500 09-250.S",
                "333.3333 6.00 2000.00 500 09-250.S",
                "1 0.01 0.01 500 09-250.S",
                "1 -1820.95 -1820.95 815 -")),
        Arguments.of(
            "V-2201",
            "Volt & Sons Electric",
            "2026-09-30",
            "2026-10-30",
            "19575.22",
            List.of(
                "1 18750.25 18750.25 500 26-050.S",
                "60 50.00 3000.00 500 26-050.M",
                "1 -2175.03 -2175.03 815 -")),
        Arguments.of(
            "V-2207",
            "Volt & Sons Electric",
            "2026-10-31",
            "2026-11-30",
            "19800.00",
            List.of("1 22000.00 22000.00 500 26-050.S", "1 -2200.00 -2200.00 815 -")),
        Arguments.of(
            "BD-5533",
            "Bayview Drywall LLC",
            "2026-10-31",
            "2026-11-30",
            "4800.00",
            List.of("1 4800.00 4800.00 500 09-250.M")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bills")
  @Order(BILLS)
  @DisplayName(
      "XR-INV-10, XR-INV-11, XR-INV-12, XR-INV-15: each invoice is one bill with its dates, lines"
          + " and retainage, to the cent")
  void bill(
      String number, String supplier, String date, String due, String total, List<String> lines) {
    JsonNode bill = books.bill(invoice(number));
    assertThat(bill.path("number").asText()).isEqualTo(number);
    assertThat(bill.path("contactName").asText()).isEqualTo(supplier);
    assertThat(bill.path("status").asText()).isEqualTo("AUTHORISED");
    assertThat(bill.path("date").asText()).isEqualTo(date);
    assertThat(bill.path("dueDate").asText()).isEqualTo(due);
    assertThat(amount(bill, "total")).isEqualByComparingTo(total);
    assertThat(amount(bill, "total"))
        .isEqualByComparingTo(amount(books.requisition(invoice(number)), "net"));
    List<String> found = new ArrayList<>();
    bill.path("lines").forEach(line -> found.add(shown(line)));
    assertThat(found).containsExactlyElementsOf(lines);
  }

  private static String shown(JsonNode line) {
    return plain(line, "quantity", 0)
        + " "
        + plain(line, "unitAmount", 2)
        + " "
        + plain(line, "lineAmount", 2)
        + " "
        + line.path("accountCode").asText()
        + " "
        + line.path("itemCode").asText("-");
  }

  /** As a decimal without trailing zeros beyond the given scale. */
  private static String plain(JsonNode line, String field, int least) {
    BigDecimal value = amount(line, field).stripTrailingZeros();
    return (value.scale() < least ? value.setScale(least) : value).toPlainString();
  }

  @Test
  @Order(BILLS)
  @DisplayName(
      "The totals of both sides agree to the cent, and so do the accounts: cost, retainage payable,"
          + " accounts payable")
  void totals() {
    JsonNode requisitions = books.procore().path("requisitions");
    JsonNode xero = books.xero();
    assertThat(xero.path("bills")).hasSize(10);
    assertThat(Books.sum(xero.path("bills"), "total"))
        .isEqualByComparingTo(Books.sum(requisitions, "net"))
        .isEqualByComparingTo("236073.24");
    BigDecimal held =
        Books.sum(requisitions, "retained").subtract(Books.sum(requisitions, "released"));
    JsonNode balances = xero.path("accountBalances");
    assertThat(amount(balances, "500")).isEqualByComparingTo(Books.sum(requisitions, "gross"));
    assertThat(amount(balances, "815")).isEqualByComparingTo(held.negate());
    assertThat(amount(balances, "accountsPayable"))
        .isEqualByComparingTo(Books.sum(requisitions, "net").negate());
  }

  @Test
  @Order(BILLS)
  @DisplayName(
      "Retainage held stands negative and retainage released positive on the retainage account,"
          + " with the project's tracking and no item")
  void retainageLines() {
    JsonNode lines = books.bill(invoice("PC-1003")).path("lines");
    assertThat(lines.get(1).path("description").asText()).containsIgnoringCase("retainage held");
    assertThat(lines.get(2).path("description").asText())
        .containsIgnoringCase("retainage released");
    books
        .xero()
        .path("bills")
        .forEach(
            bill ->
                bill.path("lines")
                    .forEach(
                        line -> {
                          assertThat(line.path("tracking")).as("tracking of %s", line).hasSize(1);
                          assertThat(line.path("tracking").get(0).path("option").asText())
                              .matches("2026-0(14 Harbour Tower|21 Lakeside School)");
                        }));
  }

  @Test
  @Order(BILLS)
  @DisplayName(
      "Where quantity x price misses the billed cents, the rounding is a line of its own that"
          + " explains itself")
  void roundingIsExplained() {
    String text = books.bill(invoice("BD-5520")).path("lines").get(2).path("description").asText();
    assertThat(text)
        .containsIgnoringCase("rounding")
        .contains("333.3333")
        .contains("2000.00")
        .contains("2000.01");
  }

  @Test
  @Order(BILLS)
  @DisplayName(
      "The bill's address is the marker and leads back to the commitment's invoices in Procore")
  void addressLeadsBack() {
    long invoice = invoice("IL-88");
    JsonNode shown = books.requisition(invoice);
    assertThat(books.bill(invoice).path("url").asText())
        .isEqualTo(
            "https://app.procore.com/webclients/host/companies/5001/projects/%s/tools/contracts/commitments/purchase_order_contracts/%s/invoices?tieback=harbour.requisition.%s",
            shown.path("projectId").asText(), shown.path("commitmentId").asText(), invoice);
  }

  @Test
  @Order(BILLS)
  @DisplayName(
      "GEN-API-40, GEN-ARC-05: Procore has the origin id of every header and every line, lines that"
          + " bill nothing too, each its own")
  void originIds() {
    List<String> seen = new ArrayList<>();
    for (JsonNode requisition : books.procore().path("requisitions")) {
      String bill = books.bill(requisition.path("id").longValue()).path("invoiceId").asText();
      assertThat(requisition.path("originId").asText()).isEqualTo("xero:harbour:bill:" + bill);
      assertThat(requisition.path("lines")).isNotEmpty();
      for (JsonNode line : requisition.path("lines")) {
        assertThat(line.path("originId").asText())
            .startsWith("xero:harbour:bill_line:" + bill + "|");
        seen.add(line.path("originId").asText());
      }
    }
    assertThat(seen).doesNotHaveDuplicates();
  }

  @Test
  @Order(BILLS)
  @DisplayName(
      "GEN-API-06, GEN-ARC-03: every request detail is closed once, as success, and every invoice"
          + " shows as synced")
  void detailsAreClosed() {
    assertThat(books.procore().path("details")).hasSizeGreaterThanOrEqualTo(9);
    for (JsonNode detail : books.procore().path("details")) {
      assertThat(detail.path("status").asText()).isEqualTo("success");
      assertThat(detail.path("messages")).isEmpty();
      assertThat(detail.path("history")).as("in progress, then success, nothing else").hasSize(2);
    }
    invoices.forEach(id -> assertThat(books.erpStatus(id)).isEqualTo("synced"));
  }

  // ---- the way back

  @Test
  @Order(PAYMENTS)
  @DisplayName(
      "GEN-PAY-01, GEN-PAY-07, GEN-PAY-08: a bill paid in full by cheque comes back once, with"
          + " amount, day, method, cheque number and invoice number")
  void paidInFull() {
    pay("PC-1001", "090", "2026-11-20", "CHK 1041", "36000.00");
    sync();
    sync();
    JsonNode row = onlyPayment("PC-1001");
    assertThat(amount(row, "amount")).isEqualByComparingTo("36000.00");
    assertThat(row.path("date").asText()).isEqualTo("2026-11-20");
    assertThat(row.path("payment_method").asText()).isEqualTo("check");
    assertThat(row.path("check_number").asText()).isEqualTo("CHK 1041");
    assertThat(row.path("invoice_number").asText()).isEqualTo("PC-1001");
    assertThat(row.path("contract_id").longValue())
        .isEqualTo(books.requisition(invoice("PC-1001")).path("commitmentId").longValue());
  }

  @Test
  @Order(PAYMENTS)
  @DisplayName(
      "GEN-PAY-08, XR-PAY-04, XR-PAY-05: a bill paid in parts, by cheque and by card, has one row"
          + " for each part")
  void paidInParts() {
    pay("PC-1002", "090", "2026-11-02", "CHK 1042", "10000.00");
    sync();
    pay("PC-1002", "091", "2026-11-09", "Company card", "21509.50");
    sync();
    List<JsonNode> rows = payments("PC-1002");
    assertThat(rows)
        .extracting(row -> row.path("payment_method").asText())
        .containsExactlyInAnyOrder("check", "credit_card");
    assertThat(rows)
        .extracting(row -> amount(row, "amount"))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactlyInAnyOrder(new BigDecimal("10000.00"), new BigDecimal("21509.50"));
    JsonNode card =
        rows.stream()
            .filter(row -> row.path("payment_method").asText().equals("credit_card"))
            .findFirst()
            .orElseThrow();
    assertThat(card.path("check_number").isNull()).as("a card has no cheque number").isTrue();
    assertThat(card.path("notes").asText()).isEqualTo("Company card");
  }

  @Test
  @Order(PAYMENTS)
  @DisplayName("GEN-PAY-12: one batch payment over several bills gives one row for each bill")
  void paidByBatch() {
    books.payBatch("090", "2026-11-18", "ACH batch 7", List.of(billOf("IL-88"), billOf("IL-93")));
    sync();
    assertThat(amount(onlyPayment("IL-88"), "amount")).isEqualByComparingTo("63000.00");
    assertThat(amount(onlyPayment("IL-93"), "amount")).isEqualByComparingTo("18000.00");
  }

  @Test
  @Order(PAYMENTS)
  @DisplayName(
      "GEN-PAY-10, GEN-PAY-05, XR-PAY-06, XR-PAY-08: a payment that is corrected in Xero amends the"
          + " same row, and number and attachment that a user set stay")
  void changedPayment() {
    String wrong = pay("PC-1003", "090", "2026-11-03", "CHK 1050", "21000.00");
    sync();
    long row = onlyPayment("PC-1003").path("id").longValue();
    var users = Json.object().put("paymentNumber", 77);
    users.putArray("attachments").add("lien-waiver.pdf");
    site.procore().post("payments/" + row + "/user", users);
    books.deletePayment(wrong);
    pay("PC-1003", "091", "2026-11-04", "Card of the office", "21500.00");
    sync();
    JsonNode now = onlyPayment("PC-1003");
    assertThat(now.path("id").longValue()).isEqualTo(row);
    assertThat(amount(now, "amount")).isEqualByComparingTo("21500.00");
    assertThat(now.path("date").asText()).isEqualTo("2026-11-04");
    assertThat(now.path("payment_method").asText()).isEqualTo("credit_card");
    assertThat(now.path("check_number").asText(""))
        .as("the cheque that was never cashed")
        .isEmpty();
    assertThat(now.path("notes").asText()).isEqualTo("Card of the office");
    assertThat(now.path("payment_number").longValue()).isEqualTo(77);
    assertThat(now.path("attachments").get(0).path("filename").asText())
        .isEqualTo("lien-waiver.pdf");
    assertThat(now.path("origin_id").asText())
        .as("locked again")
        .startsWith("xero:harbour:payment:");
  }

  @Test
  @Order(PAYMENTS)
  @DisplayName(
      "GEN-PAY-11, XR-PAY-09, C-15: a payment that is deleted in Xero stays in Procore, flagged,"
          + " and is out of the paid totals at once")
  void deletedPayment() {
    String payment = pay("V-2207", "090", "2026-11-05", "CHK 1061", "19800.00");
    sync();
    BigDecimal before = site.ledger().payments().totals(Site.HARBOUR).paid().amount();
    books.deletePayment(payment);
    sync();
    var totals = site.ledger().payments().totals(Site.HARBOUR);
    assertThat(before.subtract(totals.paid().amount())).isEqualByComparingTo("19800.00");
    assertThat(totals.flagged().amount()).isEqualByComparingTo("19800.00");
    assertThat(site.ledger().payments().find(Site.HARBOUR, payment))
        .get()
        .satisfies(row -> assertThat(row.state()).isEqualTo("flagged"));
    assertThat(amount(onlyPayment("V-2207"), "amount"))
        .as("Procore keeps it until an approver decides")
        .isEqualByComparingTo("19800.00");
  }

  @Test
  @Order(PAYMENTS)
  @DisplayName(
      "GEN-PAY-03, XR-PAY-02: a bill that Tieback did not export may be paid, and nothing comes"
          + " back")
  void unrelatedBill() {
    JsonNode foreign = new Accountant(site).bill("RENT-2026-11", "4321.00");
    int rows = books.procore().path("contractPayments").size();
    books.pay(foreign.path("InvoiceID").asText(), "090", "2026-11-06", "CHK 1070", "4321.00");
    pay("BD-5533", "090", "2026-11-06", "CHK 1071", "4800.00");
    sync();
    assertThat(books.procore().path("contractPayments")).hasSize(rows + 1);
    assertThat(onlyPayment("BD-5533").path("check_number").asText()).isEqualTo("CHK 1071");
  }

  // ---- and at the end

  @Test
  @Order(AT_THE_END)
  @DisplayName(
      "After all of it there is one bill for each invoice and one row for each payment, and the"
          + " payments of both sides agree to the cent")
  void nothingTwice() {
    invoices.forEach(id -> assertThat(books.bills(id)).hasSize(1));
    List<JsonNode> rows = Books.rows(books.procore().path("contractPayments"), row -> true);
    assertThat(rows).extracting(row -> row.path("origin_id").asText()).doesNotHaveDuplicates();
    // All but the deleted one, which Procore keeps and flags, and the rent, which is none of ours.
    BigDecimal inXero =
        Books.sum(books.livePayments(), "amount").subtract(new BigDecimal("4321.00"));
    assertThat(Books.sum(rows, "amount").subtract(new BigDecimal("19800.00")))
        .isEqualByComparingTo(inXero);
  }

  // ---- helpers

  private static long invoice(String number) {
    return Books.rows(
            books.procore().path("requisitions"),
            r -> r.path("invoiceNumber").asText().equals(number))
        .get(0)
        .path("id")
        .longValue();
  }

  private static JsonNode billOf(String number) {
    return books.bill(invoice(number));
  }

  private static String pay(
      String number, String account, String date, String reference, String amount) {
    return books.pay(billOf(number).path("invoiceId").asText(), account, date, reference, amount);
  }

  private static void sync() {
    site.syncPayments(Site.HARBOUR);
  }

  private static List<JsonNode> payments(String number) {
    return books.contractPayments(invoice(number));
  }

  private static JsonNode onlyPayment(String number) {
    List<JsonNode> rows = payments(number);
    assertThat(rows).as("payments of %s", number).hasSize(1);
    return rows.get(0);
  }

  private static BigDecimal amount(JsonNode row, String field) {
    return new BigDecimal(row.path(field).asText());
  }
}
