package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Bill;
import io.tieback.construction.BillComposer;
import io.tieback.construction.BillReferences;
import io.tieback.construction.BillSettings;
import io.tieback.construction.Money;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.construction.TaxSettings;
import io.tieback.construction.TaxSettings.Amounts;
import io.tieback.construction.TaxSettings.Retainage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TaxChecksTest {

  private final CheckFixture check = new CheckFixture();

  TaxChecksTest() {
    check.taxRates = Map.of("INPUT2", new BigDecimal("15"), "NONE", BigDecimal.ZERO);
  }

  @Test
  @DisplayName(
      "TB-INV-08: tax that Procore states is refused where bills bear none, or where the amounts"
          + " hold theirs already")
  void stated() {
    check.invoice.tax = Money.of("0.01");
    assertThat(check.found()).containsExactly("TB-INV-08 REFUSE");
    taxed(Amounts.INCLUSIVE, "INPUT2", Retainage.WITH_INVOICE);
    assertThat(check.found()).containsExactly("TB-INV-08 REFUSE");
    taxed(Amounts.EXCLUSIVE, "INPUT2", Retainage.WITH_INVOICE);
    assertThat(check.found()).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-TAX-01: a line whose tax code nothing explains refuses, and so does one without a tax"
          + " code when there is no default")
  void unexplained() {
    taxed(Amounts.EXCLUSIVE, null, Retainage.WITH_INVOICE);
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-TAX-01");
              assertThat(finding.found()).isEqualTo("none");
              assertThat(finding.remedy()).contains("xero.tax-type");
            });
    check.invoice.lines.get(0).taxCode = "PST";
    assertThat(check.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.field()).contains("Line 1 (03-110)");
              assertThat(finding.found()).isEqualTo("'PST'");
              assertThat(finding.remedy()).contains("tax.codes", "PST=");
            });
    check.invoice.lines.get(0).taxCode = "GST";
    assertThat(check.found()).as("mapped").isEmpty();
    check.invoice.lines.get(0).taxCode = "xero:main:tax_code:GST";
    assertThat(check.found()).as("linked and mapped").isEmpty();
    check.invoice.lines.get(0).taxCode = "xero:main:tax_code:INPUT2";
    assertThat(check.found()).as("linked to the tax type itself").isEmpty();
  }

  @Test
  @DisplayName("TB-TAX-01: a tax code that is linked for another connection refuses")
  void ofAnotherConnection() {
    taxed(Amounts.EXCLUSIVE, "INPUT2", Retainage.WITH_INVOICE);
    check.invoice.lines.get(0).taxCode = "xero:other:tax_code:INPUT2";
    assertThat(check.found()).containsExactly("TB-TAX-01 REFUSE");
  }

  @Test
  @DisplayName(
      "TB-TAX-02: a tax type without an active rate in the ERP refuses, also the one of retainage"
          + " lines")
  void noRate() {
    taxed(Amounts.EXCLUSIVE, "INPUT9", Retainage.WITH_INVOICE);
    assertThat(check.found()).containsExactly("TB-TAX-02 REFUSE");
    check.taxRates = Map.of("INPUT2", new BigDecimal("15"));
    taxed(Amounts.EXCLUSIVE, "INPUT2", Retainage.WITH_INVOICE);
    assertThat(check.found()).as("NONE for retainage").containsExactly("TB-TAX-02 REFUSE");
    taxed(Amounts.EXCLUSIVE, "INPUT2", Retainage.ON_RELEASE);
    assertThat(check.found()).as("retainage bears the tax of work").isEmpty();
  }

  @Test
  @DisplayName(
      "TB-TAX-03: a cent between Procore's tax and the tax of the bill refuses with both figures;"
          + " when tax on retainage falls due decides which is right")
  void total() {
    check.invoice.tax = Money.of("150.00"); // 15 % of 1,000.00, of which 100.00 is withheld
    assertThat(total(Retainage.WITH_INVOICE)).isEmpty();
    assertThat(total(Retainage.ON_RELEASE))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-TAX-03");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.found()).contains("150.00", "135.00", "difference -15.00");
              assertThat(finding.remedy()).contains("retainage.tax");
            });
    check.invoice.tax = Money.of("135.00");
    assertThat(total(Retainage.ON_RELEASE)).isEmpty();
    check.invoice.tax = Money.of("150.01");
    assertThat(total(Retainage.WITH_INVOICE)).hasSize(1);
    check.invoice.tax = null;
    assertThat(total(Retainage.WITH_INVOICE)).as("tax that Procore knows nothing of").hasSize(1);
  }

  private List<Finding> total(Retainage retainage) {
    SubcontractorInvoice invoice = check.invoice.build();
    Bill bill =
        BillComposer.compose(
            invoice,
            new BillReferences(
                "https://app.procore.com/?tieback=main.requisition.1",
                "c-1",
                "p-1",
                check.invoice.itemCodes(),
                null,
                check.taxRates),
            settings(new TaxSettings(Amounts.EXCLUSIVE, Map.of(), "INPUT2", "NONE", retainage)));
    return TaxChecks.total(bill, invoice, "Xero");
  }

  private static BillSettings settings(TaxSettings tax) {
    return new BillSettings(
        BillSettings.RetainageGrouping.INVOICE,
        "815",
        null,
        "500",
        BillSettings.ZeroLines.OMIT,
        BillSettings.UnitRounding.LINE,
        4,
        4,
        4000,
        null,
        tax);
  }

  private void taxed(Amounts amounts, String defaultType, Retainage retainage) {
    check.tax = new TaxSettings(amounts, Map.of("GST", "INPUT2"), defaultType, "NONE", retainage);
  }
}
