package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.InvoiceFixture;
import io.tieback.construction.Money;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkChecksTest {

  private final CheckFixture check = new CheckFixture();

  @Test
  @DisplayName("XR-INV-01: an invoice waits for its vendor")
  void vendor() {
    check.invoice.vendorOriginId = null;
    assertThat(check.found()).containsExactly("XR-INV-01 WAIT");
  }

  @Test
  @DisplayName("GEN-API-20: an invoice waits for its project")
  void project() {
    check.invoice.projectOriginId = "";
    assertThat(check.found()).containsExactly("GEN-API-20 WAIT");
  }

  @Test
  @DisplayName(
      "GEN-COM-01: an invoice waits for its commitment, unless commitments are not exported")
  void commitment() {
    check.invoice.commitmentOriginId = null;
    assertThat(check.found()).containsExactly("GEN-COM-01 WAIT");
    check.commitmentRequired = false;
    assertThat(check.found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xero:other:contact:c-1",
        "quickbooks:main:contact:c-1",
        "12345",
        "agave:whatever"
      })
  @DisplayName(
      "GEN-ARC-06: a link of another connection or another integration is refused, never used")
  void foreignLink(String originId) {
    check.invoice.vendorOriginId = originId;
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("GEN-ARC-06");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.sentence()).contains("Contract company", originId, "xero:main");
            });
  }

  @Test
  @DisplayName("GEN-ARC-06: every link is looked at")
  void allForeign() {
    check.connection = new ConnectionId("other");
    assertThat(check.findings())
        .extracting(Finding::field)
        .containsExactly(
            "Contract company",
            "Project",
            "Commitment",
            "Line 1 (03-110) cost code",
            "Line 1 (03-110) cost type");
  }

  @Test
  @DisplayName("XR-INV-09: an invoice without a single line on a cost code of the ERP waits")
  void noLineWithACode() {
    check.invoice.lines.get(0).costCodeOriginId = null;
    assertThat(check.found()).contains("XR-INV-09 WAIT");
    check.invoice.line();
    assertThat(check.found()).doesNotContain("XR-INV-09 WAIT");
  }

  @Test
  @DisplayName(
      "GEN-WBS-08: each line that bills something waits for its cost code, and is refused when it"
          + " has none")
  void lineWithoutACode() {
    check.invoice.line().costCodeOriginId = null;
    InvoiceFixture.Line uncoded = check.invoice.line();
    uncoded.costCodeOriginId = null;
    uncoded.costCode = null;
    assertThat(check.findings())
        .extracting(Finding::ruleId, Finding::severity, Finding::field)
        .containsExactly(
            tuple("GEN-WBS-08", Finding.Severity.WAIT, "Line 2 (03-110) cost code"),
            tuple("GEN-WBS-08", Finding.Severity.REFUSE, "Line 3 cost code"));
  }

  @Test
  @DisplayName(
      "GEN-WBS-08 XR-WBS-04: lines that bill nothing need no codes, and a release needs none"
          + " either")
  void zeroLines() {
    InvoiceFixture.Line nothing = check.invoice.line();
    nothing.work = Money.ZERO;
    nothing.costCodeOriginId = null;
    nothing.costTypeOriginId = null;
    nothing.costCode = null;
    InvoiceFixture.Line release = check.invoice.line().releaseOnly("10.00", "10.00");
    release.costCodeOriginId = null;
    release.costTypeOriginId = null;
    check.itemCodes = Map.of(9001L, "03-110.S");
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName(
      "XR-WBS-04: each line that bills something waits for its cost type, where the ERP has cost"
          + " types")
  void lineWithoutAType() {
    check.invoice.lines.get(0).costTypeOriginId = null;
    assertThat(check.found()).containsExactly("XR-WBS-04 WAIT");
    check.costTypeRequired = false;
    assertThat(check.found()).isEmpty();
  }

  @Test
  void codesCanBeMadeOptional() {
    check.invoice.lines.get(0).costCodeOriginId = null;
    check.invoice.lines.get(0).costTypeOriginId = null;
    check.costCodeRequired = false;
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName("TB-INV-09: a line that ends up on no item and no account is refused")
  void neitherItemNorAccount() {
    check.itemCodes = Map.of();
    assertThat(check.found()).containsExactly("TB-INV-09 REFUSE");
    check.defaultAccount = "500";
    assertThat(check.found()).isEmpty();
  }
}
