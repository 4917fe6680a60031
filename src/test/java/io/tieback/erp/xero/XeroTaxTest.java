package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.xero.XeroCompany.SUPPLIER;
import static io.tieback.erp.xero.XeroCompany.TOWER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.AccountingMethod;
import io.tieback.construction.Bill;
import io.tieback.construction.BillComposer;
import io.tieback.construction.BillReferences;
import io.tieback.construction.BillSettings;
import io.tieback.construction.InvoiceFixture;
import io.tieback.construction.Money;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.construction.TaxSettings;
import io.tieback.construction.TaxSettings.Amounts;
import io.tieback.construction.TaxSettings.Retainage;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bills with tax, over HTTP into the stand-in's books. */
class XeroTaxTest {

  private final XeroCompany xero = new XeroCompany();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    xero.close();
  }

  @Test
  @DisplayName("TB-TAX-02: the active rates are read, once in a quarter of an hour")
  void readsTheActiveRates() {
    Map<String, BigDecimal> rates = xero.adapter().taxRates();
    assertThat(rates).containsOnlyKeys("NONE", "INPUT2");
    assertThat(rates.get("INPUT2")).isEqualByComparingTo("15");
    xero.adapter().taxRates();
    assertThat(xero.requests("GET /api.xro/2.0/TaxRates")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Amounts.class)
  @DisplayName(
      "TB-TAX-03: the books hold the tax and the total that were composed, of bills and credit"
          + " notes alike, and no difference is seen")
  void theBooksHoldWhatWasComposed(Amounts amounts) {
    List<Bill> bills = bills(amounts);
    handOver(bills, true);
    assertThat(outcomes.refused()).isEmpty();
    assertThat(outcomes.known()).hasSize(bills.size());
    assertThat(outcomes.known().values()).allMatch(written -> written.warnings().isEmpty());
    bills.forEach(
        bill -> assertThat(outcomes.known().get(bill.marker()).total()).isEqualTo(bill.payable()));
    assertThat(taxInTheBooks()).isEqualTo(taxes(bills));
  }

  @ParameterizedTest
  @EnumSource(
      value = Amounts.class,
      names = {"EXCLUSIVE", "INCLUSIVE"})
  @DisplayName(
      "TB-TAX-03: left to itself the stand-in works out the same tax, to the cent, by its own"
          + " rates")
  void theStandInAgrees(Amounts amounts) {
    List<Bill> bills = bills(amounts);
    handOver(bills, false);
    assertThat(outcomes.known()).hasSize(bills.size());
    assertThat(taxInTheBooks()).isEqualTo(taxes(bills));
  }

  private List<Bill> bills(Amounts amounts) {
    Random random = new Random(4711);
    List<Bill> bills = new ArrayList<>();
    for (long id = 1; id <= 40; id++) {
      Bill bill = bill(id, random, amounts);
      if (!bill.total().isZero()) {
        bills.add(bill);
      }
    }
    assertThat(bills).anyMatch(Bill::isCredit);
    return bills;
  }

  private Bill bill(long id, Random random, Amounts amounts) {
    InvoiceFixture fixture = new InvoiceFixture();
    fixture.number = "SC-" + id;
    for (int i = 0; i <= random.nextInt(4); i++) {
      InvoiceFixture.Line line = fixture.line();
      line.method = AccountingMethod.AMOUNT;
      line.work = new Money(BigDecimal.valueOf(random.nextInt(90_000) - 30_000, 2));
      line.retainedWork = new Money(BigDecimal.valueOf(random.nextInt(5_000), 2));
      line.taxCode = random.nextBoolean() ? "GST" : "FREE";
    }
    Retainage retainage = random.nextBoolean() ? Retainage.ON_RELEASE : Retainage.WITH_INVOICE;
    SubcontractorInvoice invoice = fixture.build();
    return BillComposer.compose(
        invoice,
        new BillReferences(marker(id), SUPPLIER, TOWER, Map.of(), null, xero.adapter().taxRates()),
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
            new TaxSettings(
                amounts, Map.of("GST", "INPUT2", "FREE", "NONE"), null, "NONE", retainage)));
  }

  private void handOver(List<Bill> bills, boolean withTaxAmounts) {
    List<ErpDocument> documents = bills.stream().map(xero.adapter()::render).toList();
    String body =
        new String(xero.adapter().batchBody(documents), StandardCharsets.UTF_8)
            .replaceAll(withTaxAmounts ? "^$" : ",\"TaxAmount\":-?[0-9.]+", "");
    UUID id = UUID.randomUUID();
    xero.adapter()
        .handOver(
            new DeliveryBatch(
                id,
                "key-" + id,
                body.getBytes(StandardCharsets.UTF_8),
                documents.stream().map(ErpDocument::marker).toList(),
                null),
            outcomes);
  }

  private static Map<String, Money> taxes(List<Bill> bills) {
    Map<String, Money> taxes = new HashMap<>();
    bills.forEach(
        bill -> taxes.put(bill.number(), bill.isCredit() ? bill.tax().negated() : bill.tax()));
    return taxes;
  }

  private Map<String, Money> taxInTheBooks() {
    JsonNode books = xero.control("GET", "books?tenantId=" + XeroCompany.TENANT, null);
    Map<String, Money> taxes = new HashMap<>();
    for (String kind : List.of("bills", "creditNotes")) {
      for (JsonNode document : books.path(kind)) {
        taxes.put(
            document.path("number").asText(), new Money(document.path("totalTax").decimalValue()));
      }
    }
    return taxes;
  }
}
