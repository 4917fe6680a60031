package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.units;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.xero.ScriptedXero.CATEGORY;
import static io.tieback.erp.xero.ScriptedXero.CONTACT;
import static io.tieback.erp.xero.ScriptedXero.OPTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.LineTax;
import io.tieback.construction.Money;
import io.tieback.construction.TaxSettings.Amounts;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.xero.XeroConnection.BillStatus;
import io.tieback.erp.xero.XeroConnection.Bills;
import io.tieback.specs.XeroContract;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class XeroBillsTest {

  private static final Bill BILL =
      bill(
          4711,
          CONTACT,
          work("Formwork L1", "10000.00", "03-110.S", null, OPTION),
          units("Concrete", "12.5000", "3.3333", "03-300.M", "500", OPTION),
          held("-1004.17", "815", OPTION));

  @Test
  void rendersTheBillThatAnAccountantExpects() {
    assertThat(render(BILL, Bills.standard(CATEGORY, null, "815")).body())
        .isEqualTo(
            ("{'Type':'ACCPAY','Contact':{'ContactID':'"
                    + CONTACT
                    + "'},'InvoiceNumber':'SC-4711','Date':'2026-10-31','DueDate':'2026-11-30',"
                    + "'LineAmountTypes':'NoTax','Status':'AUTHORISED','Url':'"
                    + marker(4711)
                    + "','LineItems':[{'Description':'Formwork"
                    + " L1','Quantity':1,'UnitAmount':10000.0000,'LineAmount':10000.00,'ItemCode':'03-110.S',"
                    + tracking()
                    + "},{'Description':'Concrete','Quantity':12.5,'UnitAmount':3.3333,'LineAmount':41.67,'ItemCode':'03-300.M','AccountCode':'500',"
                    + tracking()
                    + "},{'Description':'Retainage"
                    + " held','Quantity':1,'UnitAmount':-1004.1700,'LineAmount':-1004.17,'AccountCode':'815',"
                    + tracking()
                    + "}]}")
                .replace('\'', '"'));
  }

  private static String tracking() {
    return "'Tracking':[{'TrackingCategoryID':'"
        + CATEGORY
        + "','TrackingOptionID':'"
        + OPTION
        + "'}]";
  }

  @Test
  void theSameBillGivesTheSameDigestHoweverItsFiguresAreScaled() {
    Bill again =
        bill(
            4711,
            CONTACT,
            work("Formwork L1", "10000", "03-110.S", null, OPTION),
            units("Concrete", "12.5", "3.33330", "03-300.M", "500", OPTION),
            held("-1004.170", "815", OPTION));
    ErpDocument first = render(BILL, Bills.standard(CATEGORY, null, "815"));
    assertThat(render(again, Bills.standard(CATEGORY, null, "815"))).isEqualTo(first);
    assertThat(first.digest()).matches("[0-9a-f]{64}");
    assertThat(
            render(
                    bill(4711, CONTACT, work("Formwork L2", "1.00", "a", null, OPTION)),
                    Bills.standard(CATEGORY, null, "815"))
                .digest())
        .isNotEqualTo(first.digest());
  }

  @Test
  void aBatchHoldsEachDocumentsBytesAsTheyWereAccepted() {
    XeroBills bills = bills(Bills.standard(CATEGORY, null, "815"));
    ErpDocument one = bills.render(BILL);
    ErpDocument two =
        bills.render(bill(4712, CONTACT, work("Débris, 3 m³", "1.10", null, "500", null)));
    assertThat(new String(bills.batchBody(List.of(one, two)), StandardCharsets.UTF_8))
        .isEqualTo("{\"Invoices\":[" + one.body() + "," + two.body() + "]}");
  }

  @Test
  void refusesABatchThatOneCallMayNotCarry() {
    XeroBills bills = bills(Bills.standard(CATEGORY, null, "815"));
    ErpDocument one = bills.render(BILL);
    assertThatThrownBy(() -> bills.batchBody(java.util.Collections.nCopies(51, one)))
        .hasMessageContaining("51")
        .hasMessageContaining("1 to 50");
    assertThatThrownBy(() -> bills.batchBody(List.of())).hasMessageContaining("1 to 50");
  }

  @Test
  @XeroContract.Needed
  void everyFormOfABillKeepsXerosContract() {
    for (Amounts amounts : Amounts.values()) {
      for (BillStatus status : BillStatus.values()) {
        XeroBills bills = bills(new Bills(status, CATEGORY, "500", "815"));
        byte[] body = bills.batchBody(List.of(bills.render(BILL), bills.render(taxed(amounts))));
        assertThat(XeroContract.load().objections("#/components/schemas/Invoices", body)).isEmpty();
      }
    }
  }

  @Test
  @DisplayName(
      "TB-TAX-03: each line says its tax type and its tax, so that the bill bears what was checked")
  void saysTheTaxOfEachLine() {
    assertThat(render(taxed(Amounts.EXCLUSIVE), Bills.standard(CATEGORY, null, "815")).body())
        .contains("\"LineAmountTypes\":\"Exclusive\"")
        .contains("\"TaxType\":\"INPUT2\",\"TaxAmount\":0.75");
    assertThat(render(taxed(Amounts.INCLUSIVE), Bills.standard(CATEGORY, null, "815")).body())
        .contains("\"LineAmountTypes\":\"Inclusive\"");
    assertThat(render(taxed(Amounts.NONE), Bills.standard(CATEGORY, null, "815")).body())
        .contains("\"LineAmountTypes\":\"NoTax\"")
        .doesNotContain("TaxType", "TaxAmount");
  }

  @Test
  void refusesALineWhoseTaxIsLostOrStrange() {
    Bill taxed = taxed(Amounts.EXCLUSIVE);
    Bill lost = withLines(taxed, List.of(taxed.lines().get(0).with((LineTax) null)));
    Bill strange = withLines(taxed(Amounts.NONE), taxed.lines());
    for (Bill bill : List.of(lost, strange)) {
      assertThatThrownBy(() -> render(bill, Bills.standard(CATEGORY, null, "815")))
          .hasMessageContaining("line 1")
          .hasMessageContaining("tax");
    }
  }

  @Test
  void refusesWhatXeroWouldRefuseAndNamesTheFieldAndTheRemedy() {
    Bills standard = Bills.standard(CATEGORY, null, "815");
    Bill noDueDate =
        new Bill(
            marker(1),
            1,
            CONTACT,
            "n1",
            BILL.date(),
            null,
            null,
            BILL.lines(),
            BILL.total(),
            List.of());
    assertThatThrownBy(() -> render(noDueDate, standard))
        .hasMessageContaining("due date")
        .hasMessageContaining("Procore");
    assertThat(render(noDueDate, new Bills(BillStatus.DRAFT, CATEGORY, null, "815")).body())
        .doesNotContain("DueDate");
    Bill address =
        new Bill(
            "https://xero.example/1",
            1,
            CONTACT,
            "n2",
            BILL.date(),
            BILL.dueDate(),
            null,
            BILL.lines(),
            BILL.total(),
            List.of());
    assertThatThrownBy(() -> render(address, standard)).hasMessageContaining("contains 'xero'");
    assertThatThrownBy(
            () -> render(bill(1, CONTACT, work("x", "1.00", null, null, null)), standard))
        .hasMessageContaining("neither item nor account");
    assertThatThrownBy(() -> render(bill(1, CONTACT, work(" ", "1.00", "a", null, null)), standard))
        .hasMessageContaining("description");
    assertThatThrownBy(() -> render(bill(1, CONTACT), standard)).hasMessageContaining("no lines");
    assertThatThrownBy(
            () -> render(bill(1, CONTACT, units("x", "3", "0.33335", "a", null, null)), standard))
        .hasMessageContaining("unit amount of line 1")
        .hasMessageContaining("4 decimals");
    assertThatThrownBy(
            () ->
                render(
                    bill(1, CONTACT, work("x", "1.00", "a", null, OPTION)),
                    Bills.standard(null, null, "815")))
        .hasMessageContaining("tracking category");
  }

  @Test
  void refusesALineOrATotalThatDoesNotAddUp() {
    BillLine wrong =
        new BillLine(
            BillLine.Kind.WORK,
            "x",
            new BigDecimal("3"),
            new BigDecimal("0.3333"),
            Money.of("1.01"),
            "a",
            null,
            null,
            null,
            List.of());
    assertThatThrownBy(() -> render(bill(1, CONTACT, wrong), Bills.standard(CATEGORY, null, "815")))
        .hasMessageContaining("comes to 1.00")
        .hasMessageContaining("1.01");
    Bill total =
        new Bill(
            marker(1),
            1,
            CONTACT,
            "n",
            BILL.date(),
            BILL.dueDate(),
            null,
            BILL.lines(),
            Money.of("9037.51"),
            List.of());
    assertThatThrownBy(() -> render(total, Bills.standard(CATEGORY, null, "815")))
        .hasMessageContaining("9037.50")
        .hasMessageContaining("9037.51");
  }

  /** One line of 5.00 at 15 per cent, where the bill bears tax. */
  private static Bill taxed(Amounts amounts) {
    BillLine line =
        new BillLine(
            BillLine.Kind.WORK,
            "x",
            BigDecimal.ONE,
            new BigDecimal("5.00"),
            Money.of("5.00"),
            "a",
            null,
            null,
            "GST",
            List.of());
    return new Bill(
        marker(1),
        1,
        CONTACT,
        "n",
        BILL.date(),
        BILL.dueDate(),
        "USD",
        List.of(
            amounts == Amounts.NONE ? line : line.with(new LineTax("INPUT2", Money.of("0.75")))),
        Money.of("5.00"),
        amounts,
        List.of());
  }

  private static Bill withLines(Bill bill, List<BillLine> lines) {
    return new Bill(
        bill.marker(),
        bill.procoreId(),
        bill.contactKey(),
        bill.number(),
        bill.date(),
        bill.dueDate(),
        bill.currency(),
        lines,
        bill.total(),
        bill.taxAmounts(),
        bill.notes());
  }

  private static ErpDocument render(Bill bill, Bills settings) {
    return bills(settings).render(bill);
  }

  private static XeroBills bills(Bills settings) {
    return new XeroBills(
        XeroConnection.of(
            new ConnectionId("harbour"),
            XeroConnection.Addresses.XERO,
            new XeroConnection.SignIn(
                "c",
                "s",
                XeroConnection.Grant.AUTHORIZATION_CODE,
                URI.create("https://tieback.example/back"),
                "x",
                null),
            settings));
  }
}
