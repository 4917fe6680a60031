package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Money;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvoiceChecksTest {

  private final CheckFixture check = new CheckFixture();

  @Test
  void aSoundInvoiceHasNoFindings() {
    assertThat(check.findings()).isEmpty();
    assertThat(InvoiceChecks.gravest(check.findings())).isNull();
  }

  @Test
  void everythingIsToldAtOnceSoThatAPersonCorrectsOnce() {
    check.invoice.vendorOriginId = null;
    check.invoice.number = null;
    check.invoice.dueDate = null;
    check.invoice.tax = Money.of("8.25");
    check.invoice.lines.get(0).costCodeOriginId = null;
    assertThat(check.found())
        .containsExactly(
            "GEN-PAY-07 REFUSE",
            "XR-INV-07 REFUSE",
            "XR-INV-01 WAIT",
            "XR-INV-09 WAIT",
            "GEN-WBS-08 WAIT",
            "TB-INV-08 REFUSE");
    assertThat(InvoiceChecks.gravest(check.findings())).isEqualTo(Finding.Severity.REFUSE);
  }

  @Test
  void whatIsOnlyMissingInTheErpWaitsAndWhatIsOnlyRemarkableGoes() {
    check.invoice.projectOriginId = null;
    assertThat(InvoiceChecks.gravest(check.findings())).isEqualTo(Finding.Severity.WAIT);
    check.invoice.projectOriginId = "xero:main:tracking_option:p-1";
    check.baseCurrency = null;
    assertThat(InvoiceChecks.gravest(check.findings())).isEqualTo(Finding.Severity.WARN);
  }

  @Test
  void anInvoiceWithNothingFilledInIsToldOfNotTrippedOver() {
    check.invoice.lines.clear();
    check.invoice.status = null;
    check.invoice.number = null;
    check.invoice.billingDate = null;
    check.invoice.periodStart = null;
    check.invoice.periodEnd = null;
    check.invoice.dueDate = null;
    check.invoice.currency = null;
    check.invoice.tax = null;
    check.invoice.vendorOriginId = null;
    check.invoice.projectOriginId = null;
    check.invoice.commitmentOriginId = null;
    check.invoice.netUnstated = true;
    List<Finding> findings = check.findings();
    assertThat(findings).hasSizeGreaterThan(10);
    assertThat(findings)
        .allSatisfy(
            finding -> {
              assertThat(
                      List.of(finding.field(), finding.found(), finding.limit(), finding.remedy()))
                  .noneMatch(String::isBlank);
              assertThat(finding.sentence())
                  .doesNotContain("null")
                  .endsWith("(" + finding.ruleId() + ")");
            });
  }
}
