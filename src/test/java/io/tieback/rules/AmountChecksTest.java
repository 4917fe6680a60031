package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Discrepancy;
import io.tieback.construction.Money;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AmountChecksTest {

  private final CheckFixture check = new CheckFixture();

  @Test
  @DisplayName(
      "XR-INV-14 GEN-INV-03: an invoice below 0.00 is refused, and told of the setting that makes"
          + " it a credit note")
  void negative() {
    check.invoice.line().work = Money.of("-900.01");
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("XR-INV-14");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.found()).isEqualTo("-0.01");
              assertThat(finding.remedy()).contains("invoice.negative");
            });
  }

  @Test
  @DisplayName(
      "TB-INV-11: by setting an invoice below 0.00 goes as a credit note, which needs no due date")
  void creditNote() {
    check.negative = InvoicePolicy.Negative.CREDIT_NOTE;
    check.invoice.dueDate = null;
    check.invoice.line().work = Money.of("-900.01");
    assertThat(check.found()).isEmpty();
    check.invoice.line().work = Money.of("900.00");
    assertThat(check.found()).as("a bill needs one").containsExactly("XR-INV-07 REFUSE");
  }

  @Test
  @DisplayName("XR-INV-14 GEN-INV-03: a negative line in an invoice above 0.00 goes")
  void negativeLine() {
    check.invoice.line().work = Money.of("-899.99");
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName("TB-INV-06: an invoice of 0.00 is refused by default and goes by setting")
  void zero() {
    check.invoice.line().work = Money.of("-900.00");
    assertThat(check.found()).containsExactly("TB-INV-06 REFUSE");
    check.zeroTotal = InvoicePolicy.ZeroTotal.SEND;
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-AMT-02: a cent between the lines and what Procore says is due refuses, with both figures")
  void paymentDue() {
    check.invoice.netInProcore = Money.of("900.01");
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-AMT-02");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.found()).contains("900.00", "900.01", "difference 0.01");
            });
  }

  @Test
  @DisplayName(
      "TB-AMT-02: an amount due that Procore does not state is remarked on, not passed over")
  void paymentDueUnstated() {
    check.invoice.netUnstated = true;
    assertThat(check.found()).containsExactly("TB-AMT-02 WARN");
  }

  @Test
  @DisplayName(
      "TB-AMT-01 TB-AMT-03 TB-AMT-04: figures that do not agree always refuse and name both")
  void arithmetic() {
    Money ninety = Money.of("90.00");
    Money hundred = Money.of("100.00");
    List<Finding> findings =
        ArithmeticFindings.of(
            List.of(
                new Discrepancy(
                    Discrepancy.Kind.TOTAL_TO_DATE, 7, "Change of total", ninety, hundred),
                new Discrepancy(Discrepancy.Kind.EVENT, 7, "Amount of the line", ninety, hundred),
                new Discrepancy(Discrepancy.Kind.UNKNOWN, 7, "materials before", null, null)));
    assertThat(findings)
        .extracting(Finding::ruleId)
        .containsExactly("TB-AMT-01", "TB-AMT-03", "TB-AMT-04");
    assertThat(findings).extracting(Finding::severity).containsOnly(Finding.Severity.REFUSE);
    assertThat(findings.subList(0, 2))
        .allSatisfy(finding -> assertThat(finding.found()).contains("90.00", "100.00", "10.00"));
    assertThat(findings).allSatisfy(finding -> assertThat(finding.field()).startsWith("Item 7: "));
  }
}
