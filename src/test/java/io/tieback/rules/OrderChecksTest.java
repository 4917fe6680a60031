package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Commitment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.ContractLine;
import io.tieback.construction.Money;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import io.tieback.construction.TaxSettings;
import io.tieback.rules.Finding.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderChecksTest {

  /** A commitment that may go, to be spoilt by a test. */
  static final class Made {
    String project = "xero:harbour:tracking_option:t1";
    String vendor = "xero:harbour:contact:c1";
    String number = "SC-7";
    String code = "SC-7";
    String title = "Formwork";
    String status = "Approved";
    LocalDate date = LocalDate.of(2026, 2, 1);
    String currency = "USD";
    String total = "100.00";
    final List<ContractLine> lines = new ArrayList<>(List.of(line(1, "100.00")));

    Commitment commitment() {
      return new Commitment(
          7,
          "work_order_contract",
          11,
          21,
          project,
          vendor,
          number,
          code,
          title,
          status,
          date,
          null,
          currency,
          Money.of(total),
          lines);
    }
  }

  static ContractLine line(long id, String amount) {
    return line(id, amount, "xero:harbour:cost_code:t1|03-110", "xero:harbour:cost_type:S");
  }

  static ContractLine line(long id, String amount, String code, String type) {
    return new ContractLine(
        id, null, "Walls", Money.of(amount), null, null, 31L, "03-110", 41L, "S", code, type, null);
  }

  static OrderCheckContext context(OrderPolicy policy, List<ContractLine> lines, TaxSettings tax) {
    Map<Long, String> items = new java.util.HashMap<>();
    lines.stream()
        .filter(line -> line.costCodeOriginId() != null && line.costTypeOriginId() != null)
        .forEach(line -> items.put(line.procoreId(), "03-110.S"));
    return new OrderCheckContext(
        "xero",
        "Xero",
        new ConnectionId("harbour"),
        InvoiceLimits.xero(),
        policy,
        null,
        items,
        "USD",
        tax,
        Map.of("INPUT", new BigDecimal("10")));
  }

  private static List<Finding> check(Consumer<Made> spoil) {
    return check(OrderPolicy.defaults(), TaxSettings.none(), spoil);
  }

  private static List<Finding> check(OrderPolicy policy, TaxSettings tax, Consumer<Made> spoil) {
    Made made = new Made();
    spoil.accept(made);
    return OrderChecks.check(made.commitment(), context(policy, made.lines, tax));
  }

  private static void refused(String rule, String words, List<Finding> findings) {
    one(rule, Severity.REFUSE, words, findings);
  }

  private static void waits(String rule, String words, List<Finding> findings) {
    one(rule, Severity.WAIT, words, findings);
  }

  private static void one(String rule, Severity severity, String words, List<Finding> findings) {
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo(rule);
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.sentence()).contains(words);
            });
  }

  @Test
  @DisplayName(
      "XR-COM-07, GEN-COM-01: an approved commitment with links and codes goes; a description is"
          + " not asked for")
  void goes() {
    assertThat(check(made -> {})).isEmpty();
    assertThat(check(made -> made.title = null)).isEmpty();
  }

  @Test
  @DisplayName("XR-COM-04: only approved commitments go; Complete by setting")
  void status() {
    refused("XR-COM-04", "'Draft'", check(made -> made.status = "Draft"));
    refused("XR-COM-04", "'Complete'", check(made -> made.status = "Complete"));
    OrderPolicy complete = new OrderPolicy(Set.of("Approved", "Complete"), true, false);
    assertThat(check(complete, TaxSettings.none(), made -> made.status = "Complete")).isEmpty();
  }

  @Test
  @DisplayName(
      "XR-COM-01, XR-COM-02, GEN-COM-08, GEN-COM-09: number and title have 255 characters at most")
  void lengths() {
    assertThat(check(made -> made.code = "n".repeat(255))).isEmpty();
    refused("XR-COM-01", "256 characters", check(made -> made.code = "n".repeat(256)));
    assertThat(check(made -> made.title = "t".repeat(255))).isEmpty();
    refused("XR-COM-02", "256 characters", check(made -> made.title = "t".repeat(256)));
  }

  @Test
  @DisplayName(
      "GEN-API-27: the approver's number counts, else Procore's own, unless the firm wants the"
          + " approver's")
  void number() {
    assertThat(check(made -> made.code = null)).isEmpty();
    OrderPolicy chosen = new OrderPolicy(Set.of("Approved"), false, false);
    assertThat(check(chosen, TaxSettings.none(), made -> {})).isEmpty();
    refused("GEN-API-27", "empty", check(chosen, TaxSettings.none(), made -> made.code = null));
    Made made = new Made();
    made.code = "PO-9";
    assertThat(made.commitment().orderNumber()).isEqualTo("PO-9");
  }

  @Test
  @DisplayName(
      "XR-COM-03, GEN-API-20, GEN-ARC-06: company and project are waited for; links of others are"
          + " refused")
  void links() {
    waits("XR-COM-03", "company 21 is not linked", check(made -> made.vendor = null));
    waits("GEN-API-20", "project 11", check(made -> made.project = null));
    refused("GEN-ARC-06", "xero:other:", check(made -> made.vendor = "xero:other:contact:c1"));
    refused(
        "GEN-ARC-06",
        "cost code",
        check(
            made ->
                made.lines.set(
                    0, line(1, "100.00", "qbo:harbour:x:1", "xero:harbour:cost_type:S"))));
  }

  @Test
  @DisplayName(
      "XR-COM-05: each line with an amount needs a code and a category in Xero, and there is at"
          + " least one line")
  void codes() {
    refused(
        "XR-COM-05",
        "no lines",
        check(
            made -> {
              made.lines.clear();
              made.total = "0.00";
            }));
    waits(
        "XR-COM-05",
        "cost code: not in Xero",
        check(made -> made.lines.set(0, line(1, "100.00", null, "xero:harbour:cost_type:S"))));
    waits(
        "XR-COM-05",
        "cost type: not in Xero",
        check(
            made ->
                made.lines.set(0, line(1, "100.00", "xero:harbour:cost_code:t1|03-110", null))));
    ContractLine bare =
        new ContractLine(
            2, null, "x", Money.of("1.00"), null, null, null, null, null, null, null, null, null);
    assertThat(
            check(
                made -> {
                  made.lines.add(bare);
                  made.total = "101.00";
                }))
        .extracting(Finding::ruleId, Finding::severity)
        .containsOnly(org.assertj.core.groups.Tuple.tuple("XR-COM-05", Severity.REFUSE));
    assertThat(check(made -> made.lines.add(line(2, "0.00", null, null))))
        .as("a line that comes to nothing needs none")
        .isEmpty();
    waits(
        "XR-COM-05",
        "at least one",
        check(
            made -> {
              made.lines.set(0, line(1, "0.00", null, null));
              made.total = "0.00";
            }));
  }

  @Test
  @DisplayName(
      "TB-COM-01, TB-COM-02: the lines come to the total to the cent, and the total is not below"
          + " 0.00")
  void total() {
    refused(
        "TB-COM-01",
        "the lines come to 100.00, the commitment says 100.01",
        check(made -> made.total = "100.01"));
    refused(
        "TB-COM-02",
        "-5.00",
        check(
            made -> {
              made.lines.set(0, line(1, "-5.00"));
              made.total = "-5.00";
            }));
  }

  @Test
  @DisplayName("TB-COM-03, TB-COM-04: an order has a date and the currency of the books")
  void dateAndCurrency() {
    refused("TB-COM-03", "orders.date", check(made -> made.date = null));
    refused("TB-COM-04", "EUR", check(made -> made.currency = "EUR"));
    assertThat(check(made -> made.currency = null)).isEmpty();
  }

  @Test
  @DisplayName("TB-COM-05, XR-API-04, TB-INV-04: a line stands once and keeps Xero's limits")
  void limits() {
    refused(
        "TB-COM-05",
        "line 1 stands in it twice",
        check(
            made -> {
              made.lines.add(line(1, "5.00"));
              made.total = "105.00";
            }));
    refused(
        "TB-INV-04",
        "9999999999.99",
        check(
            made -> {
              made.lines.set(0, line(1, "10000000000.00"));
              made.total = "10000000000.00";
            }));
  }

  @Test
  @DisplayName("TB-TAX-01, TB-TAX-02: where amounts bear tax each line has a tax type with a rate")
  void tax() {
    TaxSettings none =
        new TaxSettings(
            TaxSettings.Amounts.EXCLUSIVE,
            Map.of(),
            null,
            "NONE",
            TaxSettings.Retainage.WITH_INVOICE);
    refused("TB-TAX-01", "none", check(OrderPolicy.defaults(), none, made -> {}));
    TaxSettings unknown =
        new TaxSettings(
            TaxSettings.Amounts.EXCLUSIVE,
            Map.of(),
            "OTHER",
            "NONE",
            TaxSettings.Retainage.WITH_INVOICE);
    refused("TB-TAX-02", "OTHER", check(OrderPolicy.defaults(), unknown, made -> {}));
  }

  @Test
  @DisplayName(
      "GEN-API-26, TB-COM-06: a taken number is refused, that of a deleted order too; the own order"
          + " is not")
  void taken() {
    PurchaseOrder order =
        new PurchaseOrder(
            "m", 7, "c1", "SC-7", "t", null, null, null, List.of(), Money.ZERO, false, List.of());
    assertThat(OrderChecks.taken(order, "Xero", holder("AUTHORISED", null)))
        .get()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("GEN-API-26");
              assertThat(finding.sentence()).contains("PO-ID", "another ERP ID", "SC-7-2");
            });
    assertThat(OrderChecks.taken(order, "Xero", holder("DELETED", null)))
        .get()
        .satisfies(finding -> assertThat(finding.ruleId()).isEqualTo("TB-COM-06"));
    assertThat(OrderChecks.taken(order, "Xero", holder("AUTHORISED", "m"))).isEmpty();
  }

  private static TakenNumber holder(String status, String marker) {
    return new TakenNumber(
        "c2", "SC-7", false, "PO-ID", status, Money.of("1.00"), marker, Instant.EPOCH);
  }
}
