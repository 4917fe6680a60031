package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.InvoiceFixture;
import io.tieback.construction.Money;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetainageChecksTest {

  private final CheckFixture check = new CheckFixture();

  @Test
  @DisplayName(
      "QBD-INV-01: retainage without a place to hold it is refused, with the fix in the message")
  void noPlaceForRetainage() {
    check.retainage = RetainageSetUp.none();
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("QBD-INV-01");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.remedy())
                  .contains("current liability", "retainage.account", "doctor");
            });
    check.invoice.lines.get(0).retainedWork = Money.ZERO;
    check.invoice.lines.get(0).releasedMaterial = Money.of("1.00");
    check.invoice.lines.get(0).heldBefore = Money.of("1.00");
    assertThat(check.found())
        .as("a release needs it just as well")
        .containsExactly("QBD-INV-01 REFUSE");
  }

  @Test
  @DisplayName("QBD-INV-03: it is needed even without retainage, unless the firm says otherwise")
  void neededWithoutRetainage() {
    check.retainage = RetainageSetUp.none();
    check.invoice.lines.get(0).retainedWork = Money.ZERO;
    assertThat(check.found()).containsExactly("QBD-INV-03 REFUSE");
    check.retainageRequired = false;
    assertThat(check.found()).isEmpty();
    check.invoice.lines.get(0).retainedWork = Money.of("100.00");
    assertThat(check.found())
        .as("an invoice with retainage cannot do without")
        .containsExactly("QBD-INV-01 REFUSE");
  }

  @Test
  @DisplayName("QBD-INV-02: an account that is no current liability is remarked on")
  void accountKind() {
    check.retainage = new RetainageSetUp("500", null, RetainageSetUp.AccountClass.OTHER);
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("QBD-INV-02");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
              assertThat(finding.found()).isEqualTo("500 is not a current liability");
            });
    check.retainage =
        new RetainageSetUp(null, "RET", RetainageSetUp.AccountClass.CURRENT_LIABILITY);
    assertThat(check.found()).as("an item will do").isEmpty();
  }

  @Test
  @DisplayName("TB-RET-01: what is held on a line may be released, a cent more is refused")
  void releasePerLine() {
    InvoiceFixture.Line line = check.invoice.line().releaseOnly("80.00", "90.00");
    line.releasedMaterial = Money.of("10.00");
    assertThat(check.found()).isEmpty();
    line.releasedMaterial = Money.of("10.01");
    check.invoice.lines.get(0).heldBefore = Money.of("1000.00");
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-RET-01");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.sentence()).contains("Line 2", "90.01", "90.00");
            });
  }

  @Test
  @DisplayName("TB-RET-02: no invoice releases more than is held on all its lines")
  void releaseInTotal() {
    check.invoice.line().releaseOnly("60.00", "60.00");
    assertThat(check.found()).isEmpty();
    check.invoice.line().heldBefore = Money.of("-1.00");
    assertThat(check.found())
        .as("60 released, 59 held, each line within its own")
        .containsExactly("TB-RET-02 REFUSE");
  }

  @Test
  @DisplayName("TB-RET-01: retainage of a credited line goes back up to what it is, not beyond")
  void negativeRelease() {
    check.invoice.line().releaseOnly("-10.00", "-10.00");
    assertThat(check.found()).isEmpty();
    check.invoice.lines.get(1).releaseOnly("-10.01", "-10.00");
    assertThat(check.found()).contains("TB-RET-01 REFUSE");
  }
}
