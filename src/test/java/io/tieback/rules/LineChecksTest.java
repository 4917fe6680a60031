package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Money;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LineChecksTest {

  private final CheckFixture check = new CheckFixture();

  @Test
  @DisplayName("TB-INV-01: an invoice without lines is refused")
  void noLines() {
    check.invoice.lines.clear();
    assertThat(check.found()).contains("TB-INV-01 REFUSE");
  }

  @Test
  @DisplayName("TB-INV-02: the same item twice is refused and both places are named")
  void duplicates() {
    check.invoice.line();
    check.invoice.line().id = 9001;
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-INV-02");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.found()).isEqualTo("item 9001 is there twice, on lines 1 and 3");
            });
  }

  @Test
  @DisplayName(
      "XR-API-04: 4,000 characters of a description go, 4,001 are refused, and lines that bill"
          + " nothing do not count")
  void descriptionLength() {
    check.invoice.lines.get(0).description = "d".repeat(4000);
    assertThat(check.found()).isEmpty();
    check.invoice.lines.get(0).description = "d".repeat(4001);
    assertThat(check.found()).containsExactly("XR-API-04 REFUSE");
    check.invoice.lines.get(0).description = null;
    check.invoice.line().description = "d".repeat(4001);
    check.invoice.lines.get(1).work = Money.ZERO;
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName("XR-WBS-01: 30 characters of the joined item code go, 31 are refused")
  void itemCodeLength() {
    check.itemCodes = Map.of(9001L, "c".repeat(30));
    assertThat(check.found()).isEmpty();
    check.itemCodes = Map.of(9001L, "c".repeat(31));
    assertThat(check.found()).containsExactly("XR-WBS-01 REFUSE");
  }

  @Test
  @DisplayName(
      "TB-INV-04: an amount beyond what the ERP takes on a line is refused, with either sign")
  void lineAmount() {
    check.invoice.lines.get(0).retainedWork = Money.ZERO;
    check.invoice.lines.get(0).work = Money.of("9999999999.99");
    assertThat(check.found()).isEmpty();
    check.invoice.lines.get(0).work = Money.of("10000000000.00");
    assertThat(check.findings()).extracting(Finding::ruleId).containsOnly("TB-INV-04");
    check.invoice.lines.get(0).work = Money.of("-10000000000.00");
    assertThat(check.found()).contains("TB-INV-04 REFUSE");
  }

  @Test
  @DisplayName(
      "TB-INV-04: work and material together, and the retainage of all lines together, count as"
          + " well")
  void lineAmountTogether() {
    check.invoice.lines.get(0).work = Money.of("6000000000.00");
    check.invoice.lines.get(0).stored = Money.of("6000000000.00");
    assertThat(check.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.field()).endsWith("work and material"));
    check.invoice.lines.get(0).stored = Money.ZERO;
    check.invoice.lines.get(0).retainedWork = Money.of("6000000000.00");
    check.invoice.line().work = Money.of("6000000000.00");
    check.invoice.lines.get(1).retainedWork = Money.of("5000000000.00");
    assertThat(check.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.field()).isEqualTo("Retainage held"));
  }

  @Test
  @DisplayName(
      "XR-INV-12 GEN-INV-05: a quantity that does not explain the amount is remarked on; rounding"
          + " is not")
  void unitPricing() {
    check.invoice.lines.get(0).units("333.3333", "3.0003", "1000.08");
    assertThat(check.found()).isEmpty();
    check.invoice.lines.get(0).units("10", "5.00", "1073.00");
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("XR-INV-12");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
              assertThat(finding.found()).isEqualTo("10 x 5 = 50.00, but 1073.00 is billed");
            });
    check.invoice.lines.get(0).units("0.0", "0.0", "1073.00");
    assertThat(check.found()).containsExactly("XR-INV-12 WARN");
  }

  @Test
  @DisplayName(
      "TB-INV-05: more decimals than the ERP takes are remarked on, trailing zeros are not")
  void decimals() {
    check.invoice.lines.get(0).units("100.00010", "10.0000", "1000.00");
    assertThat(check.found()).isEmpty();
    check.limits = new InvoiceLimits(255, 4000, 30, Money.of("9999999999.99"), 2, 2);
    check.invoice.lines.get(0).units("100.125", "9.987", "1000.00");
    assertThat(check.found()).filteredOn("TB-INV-05 WARN"::equals).hasSize(2);
  }
}
