package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.units;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.quickbooksonline.Ids.PROJECT;
import static io.tieback.erp.quickbooksonline.Ids.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.LineTax;
import io.tieback.construction.Money;
import io.tieback.construction.OrderLine;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TaxSettings.Amounts;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.quickbooksonline.QuickBooksStyle.Lines;
import io.tieback.specs.QuickBooksContract;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What bills, vendor credits and purchase orders look like on their way out. */
class QuickBooksPapersTest {

  private static final BillLine RELEASED =
      new BillLine(
          BillLine.Kind.RETAINAGE_RELEASED,
          "Retainage released",
          BigDecimal.ONE,
          new BigDecimal("250.00"),
          Money.of("250.00"),
          "Retainage",
          null,
          PROJECT,
          null,
          List.of(1L));

  private static final Bill BILL =
      bill(
          4711,
          VENDOR,
          work("Formwork L1", "10000.00", "03-110.S", null, PROJECT),
          units("Concrete", "12.5000", "3.3333", "03-300.M", null, PROJECT),
          held("-1004.17", "2100", PROJECT),
          RELEASED);

  @Test
  @DisplayName(
      "QBO-INV-01 GEN-INV-05 GEN-RET-02: an invoice becomes a bill with items, customer, units and"
          + " amounts, and retainage held and released, nothing billable")
  void theBillThatAnAccountantExpects() {
    ErpDocument document = Ids.papers().bill(BILL);
    assertThat(document.marker()).isEqualTo(marker(4711));
    String customer = "'CustomerRef':{'value':'58'}";
    assertThat(document.body())
        .isEqualTo(
            ("{'Marker':'"
                    + marker(4711)
                    + "','Entity':'Bill','Payable':9287.50,'Document':{'VendorRef':{'value':'46'},"
                    + "'DocNumber':'SC-4711','TxnDate':'2026-10-31','DueDate':'2026-11-30',"
                    + "'PrivateNote':'Subcontractor invoice in Procore [tieback: "
                    + marker(4711)
                    + "]','Line':[{'Description':'Formwork"
                    + " L1','Amount':10000.00,'DetailType':'ItemBasedExpenseLineDetail','ItemBasedExpenseLineDetail':{'ItemRef':{'value':'item-03-110.S'},"
                    + customer
                    + ",'BillableStatus':'NotBillable'}},"
                    + "{'Description':'Concrete','Amount':41.67,'DetailType':'ItemBasedExpenseLineDetail','ItemBasedExpenseLineDetail':{'ItemRef':{'value':'item-03-300.M'},'UnitPrice':3.3333,'Qty':12.5,"
                    + customer
                    + ",'BillableStatus':'NotBillable'}},{'Description':'Retainage"
                    + " held','Amount':-1004.17,'DetailType':'AccountBasedExpenseLineDetail','AccountBasedExpenseLineDetail':{"
                    + customer
                    + ",'AccountRef':{'value':'account-2100'},'BillableStatus':'NotBillable'}},{'Description':'Retainage"
                    + " released','Amount':250.00,'DetailType':'ItemBasedExpenseLineDetail','ItemBasedExpenseLineDetail':{'ItemRef':{'value':'item-Retainage'},"
                    + customer
                    + ",'BillableStatus':'NotBillable'}}"
                    + "]}}")
                .replace('\'', '"'));
  }

  @Test
  @QuickBooksContract.Needed
  @DisplayName("QBO-INV-01: bills, vendor credits and orders use only fields of Intuit's schemas")
  void holdsAgainstIntuitsSchemas() {
    QuickBooksPapers abroad = papers(Ids.style(Lines.ITEMS, "9", true));
    QuickBooksPapers accounts = papers(Ids.style(Lines.ACCOUNTS, "9", false));
    judge(Ids.papers().bill(BILL));
    judge(accounts.bill(BILL));
    judge(abroad.bill(taxed()));
    judge(Ids.papers().bill(credit()));
    judge(Ids.papers().order(order("PO-7", "Concrete works")));
    judge(abroad.order(order("PO-7", null)));
  }

  private static void judge(ErpDocument document) {
    QuickBooksEnvelope sent = QuickBooksEnvelope.of(Json.read(document.body()));
    assertThat(QuickBooksContract.load().objections(sent.entity().wireName(), sent.document()))
        .isEmpty();
  }

  @Test
  void theSameBillGivesTheSameDigestHoweverItsFiguresAreScaled() {
    Bill again =
        bill(
            4711,
            VENDOR,
            work("Formwork L1", "10000", "03-110.S", null, PROJECT),
            units("Concrete", "12.5", "3.33330", "03-300.M", null, PROJECT),
            held("-1004.170", "2100", PROJECT),
            RELEASED);
    assertThat(Ids.papers().bill(again)).isEqualTo(Ids.papers().bill(BILL));
  }

  @Test
  @DisplayName(
      "QBO-INV-02 GEN-INV-03: an invoice below zero becomes a vendor credit of positive lines")
  void aNegativeInvoiceIsAVendorCredit() {
    JsonNode sent = Json.read(Ids.papers().bill(credit()).body());
    assertThat(sent.path("Entity").asText()).isEqualTo("VendorCredit");
    assertThat(sent.path("Payable").decimalValue()).isEqualByComparingTo("370.00");
    JsonNode document = sent.path("Document");
    assertThat(document.has("DueDate")).isFalse();
    assertThat(amounts(document)).containsExactly("400.00", "-60.00", "30.00");
    JsonNode units = document.path("Line").get(1).path(QuickBooksLine.ITEM);
    assertThat(units.path("Qty").decimalValue()).isEqualByComparingTo("4");
    assertThat(units.path("UnitPrice").decimalValue()).isEqualByComparingTo("-15");
    JsonNode taken = document.path("Line").get(2).path(QuickBooksLine.ITEM);
    assertThat(taken.path("Qty").decimalValue()).isEqualByComparingTo("3");
    assertThat(taken.path("UnitPrice").decimalValue()).isEqualByComparingTo("10");
  }

  private static Bill credit() {
    return bill(
        4712,
        VENDOR,
        work("Taken back", "-400.00", "03-110.S", null, PROJECT),
        units("Bags", "4", "15", "03-300.M", null, PROJECT),
        units("Bags taken back", "-3", "10", "03-300.M", null, PROJECT));
  }

  @Test
  @DisplayName("QBO-INV-01: by setting, codes stand on accounts instead of items, units in words")
  void codesAreMappedToAccounts() {
    JsonNode document =
        Json.read(papers(Ids.style(Lines.ACCOUNTS, "9", false)).bill(BILL).body()).path("Document");
    JsonNode concrete = document.path("Line").get(1);
    assertThat(concrete.path("DetailType").asText()).isEqualTo(QuickBooksLine.ACCOUNT);
    assertThat(concrete.path("Description").asText()).isEqualTo("Concrete (12.5 x 3.3333)");
    JsonNode detail = concrete.path(QuickBooksLine.ACCOUNT);
    assertThat(QuickBooksJson.reference(detail, "AccountRef")).isEqualTo("account-5200");
    assertThat(QuickBooksJson.reference(detail, "ClassRef")).isEqualTo("9");
    assertThat(detail.has("Qty")).isFalse();
    // Retainage stays on its item: that is how it is reported by job.
    assertThat(document.path("Line").get(3).path("DetailType").asText())
        .isEqualTo(QuickBooksLine.ITEM);
    Bill unknown = bill(1, VENDOR, work("Other", "1.00", "99-000.X", null, PROJECT));
    assertThatThrownBy(() -> papers(Ids.style(Lines.ACCOUNTS, null, false)).bill(unknown))
        .hasMessageContaining("99-000.X")
        .hasMessageContaining("work-breakdown.accounts");
  }

  @Test
  @DisplayName(
      "QBO-CFG-06: outside the US amounts say how they relate to tax; inside tax is refused")
  void taxOutsideTheUs() {
    QuickBooksPapers abroad = papers(Ids.style(Lines.ITEMS, null, true));
    JsonNode untaxed = Json.read(abroad.bill(BILL).body()).path("Document");
    assertThat(untaxed.path("GlobalTaxCalculation").asText()).isEqualTo("NotApplicable");
    JsonNode taxed = Json.read(abroad.bill(taxed()).body());
    assertThat(taxed.path("Document").path("GlobalTaxCalculation").asText())
        .isEqualTo("TaxExcluded");
    assertThat(taxed.path("Payable").decimalValue()).isEqualByComparingTo("115.00");
    assertThat(
            QuickBooksJson.reference(
                taxed.path("Document").path("Line").get(0).path(QuickBooksLine.ITEM), "TaxCodeRef"))
        .isEqualTo("12");
    assertThatThrownBy(() -> Ids.papers().bill(taxed())).hasMessageContaining("in the US");
    assertThatThrownBy(() -> abroad.bill(with(taxed(), Amounts.INCLUSIVE)))
        .hasMessageContaining("Exclusive");
  }

  private static Bill taxed() {
    BillLine line =
        work("Formwork", "100.00", "03-110.S", null, PROJECT)
            .with(new LineTax("12", Money.of("15.00")));
    return with(bill(4713, VENDOR, line), Amounts.EXCLUSIVE);
  }

  private static Bill with(Bill bill, Amounts amounts) {
    return new Bill(
        bill.marker(),
        bill.procoreId(),
        bill.contactKey(),
        bill.number(),
        bill.date(),
        bill.dueDate(),
        bill.currency(),
        bill.lines(),
        bill.total(),
        amounts,
        bill.notes());
  }

  @Test
  @DisplayName("QBO-INV-04: a number of more than 21 characters is refused, never cut")
  void refusesALongNumber() {
    assertThat(Ids.papers().order(order("N".repeat(21), "t"))).isNotNull();
    assertThatThrownBy(() -> Ids.papers().order(order("N".repeat(22), "t")))
        .hasMessageContaining("22 characters")
        .hasMessageContaining("21")
        .hasMessageContaining("ERP number");
  }

  @Test
  @DisplayName("What QuickBooks would drop or work out otherwise is refused by name")
  void refusesWhatWouldNotArriveAsItIs() {
    Bill nowhere = bill(1, VENDOR, work("Loose", "5.00", null, null, PROJECT));
    assertThatThrownBy(() -> Ids.papers().bill(nowhere))
        .hasMessageContaining("line 1 of bill SC-1")
        .hasMessageContaining("neither item nor account");
    Bill fine = bill(1, VENDOR, units("Fine", "2", "0.12345678", "03-110.S", null, PROJECT));
    assertThatThrownBy(() -> Ids.papers().bill(fine)).hasMessageContaining("7 decimals");
    Bill longText = bill(1, VENDOR, work("x".repeat(4001), "5.00", "03-110.S", null, PROJECT));
    assertThatThrownBy(() -> Ids.papers().bill(longText)).hasMessageContaining("4001 characters");
  }

  @Test
  @DisplayName("QBO-CFG-04: a commitment becomes a purchase order with the payable account")
  void aCommitmentIsAPurchaseOrder() {
    JsonNode sent = Json.read(Ids.papers().order(order("PO-7", "Concrete works")).body());
    JsonNode document = sent.path("Document");
    assertThat(QuickBooksJson.reference(document, "APAccountRef")).isEqualTo("33");
    assertThat(QuickBooksMarker.of(document)).isEqualTo("harbour.work_order_contract.7");
    assertThat(document.path("PrivateNote").asText())
        .startsWith("Commitment in Procore: Concrete works [");
    assertThat(document.path("DueDate").asText()).isEqualTo("2026-12-24");
    assertThat(amounts(document)).containsExactly("1000.00", "20.01");
  }

  static PurchaseOrder order(String number, String title) {
    return new PurchaseOrder(
        "harbour.work_order_contract.7",
        7,
        VENDOR,
        number,
        title,
        LocalDate.of(2026, 11, 2),
        LocalDate.of(2026, 12, 24),
        null,
        List.of(
            orderLine("Slab", "1", "1000.00", "1000.00"), orderLine("Bags", "3", "6.67", "20.01")),
        Money.of("1020.01"),
        false,
        List.of());
  }

  static OrderLine orderLine(String description, String quantity, String price, String amount) {
    return new OrderLine(
        description,
        new BigDecimal(quantity),
        new BigDecimal(price),
        Money.of(amount),
        "03-300.M",
        null,
        PROJECT,
        null,
        List.of(1L));
  }

  private static List<String> amounts(JsonNode document) {
    return QuickBooksComparison.children(document).stream()
        .map(line -> line.path("Amount").decimalValue().toPlainString())
        .toList();
  }

  private static QuickBooksPapers papers(QuickBooksStyle style) {
    return new QuickBooksPapers(style, new Ids());
  }
}
