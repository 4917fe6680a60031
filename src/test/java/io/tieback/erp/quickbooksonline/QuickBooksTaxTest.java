package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.TOWER;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillComposer;
import io.tieback.construction.BillReferences;
import io.tieback.construction.BillSettings;
import io.tieback.construction.InvoiceFixture;
import io.tieback.construction.Money;
import io.tieback.construction.OrderLine;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TaxSettings;
import io.tieback.construction.TaxSettings.Amounts;
import io.tieback.construction.TaxSettings.Retainage;
import io.tieback.erp.Outcomes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A company outside the US, where every document says how its amounts relate to tax. */
class QuickBooksTaxTest {

  private QuickBooksCompany company = QuickBooksCompany.inCanada();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    company.close();
  }

  private void handOver(Outgoing document) {
    company.adapter().handOver(Writing.batch(company.adapter(), document, null), outcomes);
    assertThat(outcomes.refused()).isEmpty();
  }

  /** Lines of work, of which Procore's tax code is HST, and retainage on the first. */
  private Bill invoice(long id, Retainage retainage, String retained, String... amounts) {
    InvoiceFixture fixture = new InvoiceFixture();
    fixture.number = "SC-" + id;
    fixture.currency = null;
    for (String amount : amounts) {
      InvoiceFixture.Line line = fixture.line();
      line.work = Money.of(amount);
      line.taxCode = "HST";
    }
    fixture.lines.get(0).retainedWork = Money.of(retained);
    return BillComposer.compose(
        fixture.build(),
        new BillReferences(marker(id), VENDOR, TOWER, Map.of(), null, company.adapter().taxRates()),
        new BillSettings(
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
            new TaxSettings(Amounts.EXCLUSIVE, Map.of("HST", "5"), null, "6", retainage)));
  }

  private static List<String> codes(JsonNode document) {
    return StreamSupport.stream(document.path("Line").spliterator(), false)
        .map(line -> line.path(line.path("DetailType").asText()))
        .map(detail -> detail.path("TaxCodeRef").path("value").asText())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "WITH_INVOICE, 100.01, 1000.10, 130.01, 1030.10, 6",
    "ON_RELEASE, 100.00, 1000.00, 117.00, 1017.00, 5",
    "WITH_INVOICE, 0.01, 0.04, 0.01, 0.04, 6",
    "WITH_INVOICE, 12.34, 98765.43, 12839.51, 111592.60, 6"
  })
  @DisplayName(
      "QBO-CFG-06 TB-TAX-03: tax comes on top by QuickBooks's own rates, equal to ours to the cent")
  void taxOnTop(
      Retainage retainage,
      String retained,
      String amount,
      String tax,
      String payable,
      String codeOfRetainage) {
    Bill bill = invoice(1, retainage, retained, amount);
    assertThat(bill.tax()).isEqualTo(Money.of(tax));
    handOver(bill);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(outcomes.known().get(marker(1)).warnings()).isEmpty();
    assertThat(outcomes.known().get(marker(1)).total()).isEqualTo(Money.of(payable));
    JsonNode there = company.all("Bill").get(0);
    assertThat(there.path("GlobalTaxCalculation").asText()).isEqualTo("TaxExcluded");
    assertThat(there.path("TxnTaxDetail").path("TotalTax").decimalValue())
        .isEqualByComparingTo(tax);
    assertThat(there.path("TotalAmt").decimalValue()).isEqualByComparingTo(payable);
    assertThat(codes(there)).containsExactly("5", codeOfRetainage);
  }

  @Test
  @DisplayName("QBO-CFG-06: a vendor credit bears its tax with the same sign as its amounts")
  void credit() {
    Bill bill = invoice(2, Retainage.WITH_INVOICE, "0.00", "-400.00");
    handOver(bill);
    assertThat(outcomes.known().get(marker(2)).total()).isEqualTo(Money.of("-452.00"));
    assertThat(company.all("VendorCredit").get(0).path("TotalAmt").decimalValue())
        .isEqualByComparingTo("452.00");
  }

  @Test
  @DisplayName(
      "TB-TAX-03: a cent that QuickBooks rounds otherwise is put before a person with both figures,"
          + " and nothing goes twice")
  void anotherCent() {
    // By line 0.01 + 0.01; the stand-in takes 13 % of 0.10.
    Bill bill = invoice(3, Retainage.WITH_INVOICE, "0.00", "0.05", "0.05");
    assertThat(bill.tax()).isEqualTo(Money.of("0.02"));
    handOver(bill);
    assertThat(outcomes.known()).isEmpty();
    assertThat(outcomes.undetermined())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure)
                    .hasMessageContaining(
                        "total sent 0.12, in QuickBooks 0.11, of which tax 0.01"));
    assertThat(company.writes()).isEqualTo(1);
  }

  @Test
  @DisplayName("QBO-CFG-06: a document without tax says so, and no line of it has a tax code")
  void withoutTax() {
    handOver(company.good(4));
    assertThat(outcomes.known().get(marker(4)).warnings()).isEmpty();
    JsonNode there = company.all("Bill").get(0);
    assertThat(there.path("GlobalTaxCalculation").asText()).isEqualTo("NotApplicable");
    assertThat(codes(there)).containsOnly("");
    assertThat(there.path("TxnTaxDetail").path("TotalTax").asText("")).isIn("", "0");
  }

  private static PurchaseOrder order(long id, String taxCode) {
    OrderLine line =
        new OrderLine(
            "Slab",
            BigDecimal.ONE,
            new BigDecimal("1000.00"),
            Money.of("1000.00"),
            "03-110.S",
            null,
            TOWER,
            taxCode,
            List.of(1L));
    return new PurchaseOrder(
        "harbour.work_order_contract." + id,
        id,
        VENDOR,
        "SC-00" + id,
        "Concrete works",
        LocalDate.of(2026, 11, 2),
        null,
        null,
        List.of(line),
        Money.of("1000.00"),
        taxCode != null,
        List.of());
  }

  @Test
  @DisplayName("QBO-CFG-06: orders bear the tax codes of their lines, or say that none applies")
  void orders() {
    handOver(order(7, "5"));
    handOver(order(8, null));
    assertThat(outcomes.known()).hasSize(2);
    assertThat(outcomes.known().values()).allMatch(one -> one.warnings().isEmpty());
    for (JsonNode there : company.all("PurchaseOrder")) {
      boolean taxed = there.path("DocNumber").asText().equals("SC-007");
      assertThat(there.path("GlobalTaxCalculation").asText())
          .isEqualTo(taxed ? "TaxExcluded" : "NotApplicable");
      assertThat(codes(there)).containsExactly(taxed ? "5" : "");
      assertThat(there.path("TotalAmt").decimalValue())
          .isEqualByComparingTo(taxed ? "1130.00" : "1000.00");
    }
  }

  @Test
  @DisplayName(
      "TB-TAX-02: rates are those of purchases by tax code; taxes on taxes have none, and a company"
          + " in the US asks for none")
  void rates() {
    Map<String, BigDecimal> rates = company.adapter().taxRates();
    assertThat(rates.get("5")).isEqualByComparingTo("13");
    assertThat(rates.get("6")).isEqualByComparingTo("0");
    assertThat(rates.get("7")).isEqualByComparingTo("14.975");
    assertThat(rates).doesNotContainKey("8");
    int asked = company.requests();
    assertThat(company.adapter().taxRates()).isEqualTo(rates);
    assertThat(company.requests()).isEqualTo(asked);
    company.close();
    company = new QuickBooksCompany();
    assertThat(company.adapter().taxRates()).isEmpty();
    assertThat(company.requests()).isZero();
  }
}
