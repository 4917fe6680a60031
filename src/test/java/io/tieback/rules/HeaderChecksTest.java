package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderChecksTest {

  private final CheckFixture check = new CheckFixture();

  @ParameterizedTest
  @ValueSource(strings = {"draft", "under_review", "revise_and_resubmit", "", "Approved"})
  @DisplayName("XR-INV-08 GEN-INV-01: an invoice that is not approved is refused")
  void notApproved(String status) {
    check.invoice.status = status;
    assertThat(check.found()).containsExactly("XR-INV-08 REFUSE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"approved", "approved_as_noted", "pending_owner_approval"})
  @DisplayName("XR-INV-08 GEN-INV-01: three of Procore's words count as approved")
  void approved(String status) {
    check.invoice.status = status;
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName("GEN-PAY-07: an invoice without a number is refused")
  void numberMissing() {
    check.invoice.number = " ";
    assertThat(check.found()).containsExactly("GEN-PAY-07 REFUSE");
  }

  @Test
  @DisplayName("XR-INV-02: 255 characters of a number go, 256 are refused with the limit")
  void numberLength() {
    check.invoice.number = "9".repeat(255);
    assertThat(check.found()).isEmpty();
    check.invoice.number = "9".repeat(256);
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("XR-INV-02");
              assertThat(finding.sentence())
                  .isEqualTo(
                      "Invoice #: 256 characters; at most 255 characters. Shorten Invoice # on the"
                          + " invoice in Procore and send it again (XR-INV-02)");
            });
  }

  @Test
  @DisplayName("XR-INV-03 XR-INV-05 XR-INV-06: an invoice without a billing period is refused")
  void noPeriod() {
    check.invoice.periodStart = null;
    check.invoice.periodEnd = null;
    assertThat(check.found())
        .containsExactly("XR-INV-03 REFUSE", "XR-INV-05 REFUSE", "XR-INV-06 REFUSE");
  }

  @Test
  @DisplayName("XR-INV-04: an invoice without a billing date is refused")
  void noBillingDate() {
    check.invoice.billingDate = null;
    assertThat(check.found()).containsExactly("XR-INV-04 REFUSE");
  }

  @Test
  @DisplayName("XR-INV-05: the first day of the period is needed")
  void noPeriodStart() {
    check.invoice.periodStart = null;
    assertThat(check.found()).containsExactly("XR-INV-05 REFUSE");
  }

  @Test
  @DisplayName("XR-INV-06: the last day of the period is needed and not before the first")
  void periodEnd() {
    check.invoice.periodEnd = null;
    assertThat(check.found()).containsExactly("XR-INV-06 REFUSE");
    check.invoice.periodEnd = check.invoice.periodStart.minusDays(1);
    assertThat(check.found()).containsExactly("XR-INV-06 REFUSE");
    check.invoice.periodEnd = check.invoice.periodStart;
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName(
      "XR-INV-07 XR-INV-11 C-02: an empty due date is refused by default, and left to the vendor's"
          + " terms by setting")
  void dueDate() {
    check.invoice.dueDate = null;
    assertThat(check.found()).containsExactly("XR-INV-07 REFUSE");
    check.emptyDueDate = InvoicePolicy.EmptyDueDate.VENDOR_TERMS;
    assertThat(check.found()).containsExactly("XR-INV-11 WARN");
    check.invoice.dueDate = LocalDate.of(2026, 4, 30);
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-INV-07: a locked billing date is refused by default, and moves to the first open day by"
          + " setting")
  void lockedPeriod() {
    check.lockDate = LocalDate.of(2026, 3, 31);
    assertThat(check.found()).containsExactly("TB-INV-07 REFUSE");
    assertThat(check.context().policy().firstOpenDay(check.lockDate)).isNull();
    check.lockedPeriod = InvoicePolicy.LockedPeriod.FIRST_OPEN_DAY;
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
              assertThat(finding.remedy()).contains("2026-04-01");
            });
    assertThat(check.context().policy().firstOpenDay(check.lockDate)).isEqualTo("2026-04-01");
    check.lockDate = LocalDate.of(2026, 3, 30);
    assertThat(check.found()).isEmpty();
    check.lockDate = null;
    assertThat(check.found()).isEmpty();
    assertThat(check.context().policy().firstOpenDay(null)).isNull();
  }

  @Test
  @DisplayName(
      "TB-INV-03: another currency than the books' is refused; one that cannot be compared is"
          + " remarked on")
  void currency() {
    check.invoice.currency = "CAD";
    assertThat(check.found()).containsExactly("TB-INV-03 REFUSE");
    check.baseCurrency = null;
    assertThat(check.found()).containsExactly("TB-INV-03 WARN");
    check.invoice.currency = null;
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-INV-03: a bill is never written in another currency than the books', whatever the setting"
          + " says and Procore leaves out")
  void currencyOfTheBill() {
    check.invoice.currency = null;
    check.billCurrency = "CAD";
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-INV-03");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.found()).isEqualTo("CAD");
              assertThat(finding.limit()).contains("USD");
            });
    check.billCurrency = null;
    assertThat(check.found()).isEmpty();
  }
}
