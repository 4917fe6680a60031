package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.Money;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import io.tieback.erp.RealHttp;
import io.tieback.erp.xero.ScriptedXero.Asked;
import io.tieback.erp.xero.ScriptedXero.Reply;
import io.tieback.wire.Failure;
import io.tieback.wire.Http;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class XeroTrialBalanceTest {

  private static final String REPORT = "/api.xro/2.0/Reports/TrialBalance";

  private String columns = "'Account','Debit','Credit','YTD Debit','YTD Credit'";
  private String rows = "";
  private String bills = "";
  private final ScriptedXero xero = new ScriptedXero(this::answer);

  @AfterEach
  void stop() {
    xero.close();
  }

  private BooksReading read(String scope, String account, LocalDate through) {
    XeroConnection standard = xero.connection();
    XeroConnection connection =
        XeroConnection.of(
            standard.id(),
            standard.addresses(),
            new XeroConnection.SignIn(
                "client",
                "secret",
                XeroConnection.Grant.AUTHORIZATION_CODE,
                standard.signIn().redirectUri(),
                XeroConnection.SignIn.GRANULAR_SCOPES + " " + scope,
                null),
            standard.bills());
    Http http = RealHttp.judged();
    return new XeroAdapter(
            connection,
            new XeroSignIn(connection, http, xero.vault, xero.clock),
            http,
            xero.budget,
            xero.clock)
        .readBooks(new BooksWanted(Set.of(), account, null, through));
  }

  private BooksReading read(String scope, LocalDate through) {
    return read(scope, "815", through);
  }

  @Test
  void whatIsHeldIsCreditLessDebitToDate() {
    rows =
        row("Retainage payable (815)", "1.00", "", "", "15835.98")
            + ","
            + row("Overdrawn (816)", "", "", "12.50", "");
    String scope = "accounting.reports.trialbalance.read";
    assertThat(read(scope, null).retainageBalance()).isEqualTo(Money.of("15835.98"));
    assertThat(read(scope, null).calls()).isEqualTo(3);
    assertThat(read(scope, "816", null).retainageBalance()).isEqualTo(Money.of("-12.50"));
    assertThat(read("accounting.reports.read", null).retainageBalance())
        .as("the right of older apps")
        .isEqualTo(Money.of("15835.98"));
  }

  @Test
  void anAccountThatIsNotListedStandsAtNothing() {
    rows = row("Long (1815)", "", "", "", "7.00");
    assertThat(read("accounting.reports.read", null).retainageBalance()).isEqualTo(Money.ZERO);
  }

  @Test
  void withoutTheRightOrAnAccountItIsNotAskedFor() {
    assertThat(read("", null).retainageBalance()).isNull();
    assertThat(read("accounting.reports.read", null, null).retainageBalance()).isNull();
    assertThat(xero.asked("GET", REPORT)).isEmpty();
  }

  @Test
  void asOfTheDayThatIsWantedElseAfterEverythingThatIsPosted() {
    String scope = "accounting.reports.read";
    read(scope, LocalDate.of(2026, 10, 31));
    read(scope, null);
    bills =
        "{'InvoiceID':'b1','Type':'ACCPAY','Status':'AUTHORISED','Date':'/Date(1795996800000+0000)/',"
            + "'TotalTax':0,'AmountDue':1.00,'UpdatedDateUTC':'/Date(1795341599123+0000)/',"
            + "'LineItems':[{'Description':'x','LineAmount':1.00,'AccountCode':'815'}]}";
    read(scope, null);
    assertThat(xero.asked("GET", REPORT))
        .extracting(asked -> asked.query().get("date"))
        .containsExactly("2026-10-31", "2026-11-23", "2026-11-30");
  }

  @Test
  void aReportOfAnotherFormIsNeverGuessed() {
    columns = "'Account','Debit','Credit'";
    assertThatThrownBy(() -> read("accounting.reports.read", null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no column YTD Debit");
  }

  private Reply answer(Asked asked) {
    String list =
        switch (asked.path()) {
          case REPORT ->
              "'Reports':[{'ReportName':'Trial Balance','Rows':[{'RowType':'Header','Cells':["
                  + columns.replaceAll("('[^']+')", "{'Value':$1}")
                  + "]},{'RowType':'Section','Title':'Liabilities','Rows':["
                  + rows
                  + "]}]}]";
          case "/api.xro/2.0/Invoices" -> "'Invoices':[" + bills + "]," + pages();
          case "/api.xro/2.0/CreditNotes" -> "'CreditNotes':[]," + pages();
          default -> throw new AssertionError(asked.path());
        };
    return Reply.json(
        ("{'DateTimeUTC':'\\/Date(1795341600000)\\/'," + list + "}").replace('\'', '"'));
  }

  private static String pages() {
    return "'pagination':{'page':1,'pageSize':1000,'pageCount':1}";
  }

  private static String row(String... values) {
    StringBuilder cells = new StringBuilder();
    for (String value : values) {
      cells.append(cells.isEmpty() ? "" : ",").append("{'Value':'").append(value).append("'}");
    }
    return "{'RowType':'Row','Cells':[" + cells + "]}";
  }
}
