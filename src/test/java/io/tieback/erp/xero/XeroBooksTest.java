package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Kind;
import io.tieback.construction.BookedDocument.Line;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.Money;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import io.tieback.erp.xero.ScriptedXero.Asked;
import io.tieback.erp.xero.ScriptedXero.Reply;
import io.tieback.wire.Failure;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stand-in's books never hold: credits, tax, and answers that Xero gives now and then. */
class XeroBooksTest {

  private static final String INVOICES = "/api.xro/2.0/Invoices";
  private static final String CREDIT_NOTES = "/api.xro/2.0/CreditNotes";
  private static final String OURS =
      "https://app.procore.com/projects/9/x?tieback=harbour.requisition.7";

  private String bills = "";
  private String credits = "";
  private final ScriptedXero xero = new ScriptedXero(this::answer);

  @AfterEach
  void stop() {
    xero.close();
  }

  private List<BookedDocument> read() {
    return xero.adapter().readBooks(new BooksWanted(Set.of(), "815", "RET", null)).documents();
  }

  @Test
  void oneCallForBillsAndOneForCreditNotesAndNeverAskedByChange() {
    BooksReading reading = xero.adapter().readBooks(new BooksWanted(Set.of(), "815", null, null));
    assertThat(reading.documents()).isEmpty();
    assertThat(reading.calls()).isEqualTo(2);
    assertThat(xero.asked()).extracting(Asked::path).containsExactly(INVOICES, CREDIT_NOTES);
    assertThat(xero.asked())
        .noneMatch(asked -> asked.headers().containsKey("if-modified-since"))
        .allSatisfy(asked -> assertThat(asked.query()).containsEntry("pageSize", "1000"));
  }

  @Test
  void everyWayInWhichABillGetsSmallerIsASettlement() {
    bills =
        bill(
            "b1",
            OURS,
            "AUTHORISED",
            "'LineAmountTypes':'NoTax','TotalTax':0,'AmountDue':60.00,"
                + "'Payments':[{'PaymentID':'p1','Amount':10.00,'Date':'/Date(1795996800000+0000)/'},"
                + "{'PaymentID':'p2','Amount':99.00,'Status':'DELETED'}],"
                + "'CreditNotes':[{'CreditNoteID':'c1','AppliedAmount':11.00,'Date':'/Date(1795996800000+0000)/'}],"
                + "'Prepayments':[{'PrepaymentID':'r1','AppliedAmount':12.00}],"
                + "'Overpayments':[{'OverpaymentID':'o1','AppliedAmount':7.00}]",
            line("100.00", "0", "'AccountCode':'500'"));
    LocalDate day = LocalDate.of(2026, 11, 30);
    BookedDocument bill = read().get(0);
    assertThat(bill.settlements())
        .containsExactly(
            new Settlement(SettledBy.PAYMENT, "p1", Money.of("10.00"), day),
            new Settlement(SettledBy.CREDIT_NOTE, "c1", Money.of("11.00"), day),
            new Settlement(SettledBy.PREPAYMENT, "r1", Money.of("12.00"), null),
            new Settlement(SettledBy.OVERPAYMENT, "o1", Money.of("7.00"), null));
    assertThat(bill.due()).isEqualTo(Money.of("60.00"));
  }

  @Test
  void taxThatIsIncludedIsTakenOffTheLines() {
    bills =
        bill(
            "b1",
            OURS,
            "PAID",
            "'LineAmountTypes':'Inclusive','TotalTax':10.00,'AmountDue':0",
            line("110.00", "10.00", "'AccountCode':'500'") + ",{'Description':'a remark'}");
    BookedDocument bill = read().get(0);
    assertThat(bill.state()).isEqualTo(State.POSTED);
    assertThat(bill.lines()).extracting(Line::amount).containsExactly(Money.of("100.00"));
    assertThat(bill.tax()).isEqualTo(Money.of("10.00"));
  }

  @Test
  void aCreditNoteHasTheOppositeSigns() {
    credits =
        "{'CreditNoteID':'c1','Type':'ACCPAYCREDIT','CreditNoteNumber':'CN-1','Status':'AUTHORISED',"
            + "'Date':'/Date(1795996800000+0000)/','LineAmountTypes':'Exclusive','TotalTax':1.00,"
            + "'RemainingCredit':9.00,'Allocations':[{'Amount':4.00,'Date':'/Date(1795341599123+0000)/','Invoice':{'InvoiceID':'b9'}},"
            + "{'Amount':1.00,'IsDeleted':true,'Invoice':{'InvoiceID':'b9'}}],'UpdatedDateUTC':'/Date(1795341599123+0000)/','LineItems':["
            + line("12.00", "1.00", "'ItemCode':'RET'")
            + "]},{'CreditNoteID':'c2','Type':'ACCRECCREDIT','UpdatedDateUTC':'/Date(1795341599123+0000)/'}";
    BookedDocument credit = read().get(0);
    assertThat(read()).hasSize(1);
    assertThat(credit.kind()).isEqualTo(Kind.CREDIT_NOTE);
    assertThat(credit.number()).isEqualTo("CN-1");
    assertThat(credit.lines()).extracting(Line::amount).containsExactly(Money.of("-12.00"));
    assertThat(credit.tax()).isEqualTo(Money.of("-1.00"));
    assertThat(credit.due()).isEqualTo(Money.of("-9.00"));
    assertThat(credit.settlements())
        .containsExactly(
            new Settlement(
                SettledBy.CREDIT_NOTE, "b9", Money.of("-4.00"), LocalDate.of(2026, 11, 30)));
  }

  @Test
  void theProjectOfALineIsTheOptionOfTheCategoryThatIsConfigured() {
    String two =
        "'AccountCode':'500','Tracking':[{'TrackingCategoryID':'region','TrackingOptionID':'west'},"
            + "{'TrackingCategoryID':'"
            + ScriptedXero.CATEGORY
            + "','TrackingOptionID':'tower'}]";
    String other =
        "'AccountCode':'500','Tracking':[{'TrackingCategoryID':'region','TrackingOptionID':'west'}]";
    bills =
        bill(
            "b1",
            OURS,
            "AUTHORISED",
            "'LineAmountTypes':'NoTax','TotalTax':0,'AmountDue':2.00",
            line("1.00", "0", two) + "," + line("1.00", "0", other));
    assertThat(read().get(0).lines()).extracting(Line::projectKey).containsExactly("tower", null);
  }

  @Test
  void anotherConnectionsBillIsWantedOnlyForItsRetainage() {
    String south = OURS.replace("harbour", "south");
    String rest = "'LineAmountTypes':'NoTax','TotalTax':0,'AmountDue':1.00";
    bills =
        bill("b1", south, "AUTHORISED", rest, line("1.00", "0", "'AccountCode':'500'"))
            + ","
            + bill("b2", south, "AUTHORISED", rest, line("1.00", "0", "'AccountCode':'815'"))
            + ","
            + bill("b3", OURS, "SUBMITTED", rest, line("1.00", "0", "'AccountCode':'500'"));
    assertThat(read())
        .extracting(BookedDocument::erpId, BookedDocument::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b2", State.POSTED),
            org.assertj.core.groups.Tuple.tuple("b3", State.DRAFT));
  }

  @Test
  void aStatusThatNobodyKnowsIsNeverGuessed() {
    bills =
        bill(
            "b1",
            OURS,
            "PENDING",
            "'LineAmountTypes':'NoTax','TotalTax':0,'AmountDue':1.00",
            line("1.00", "0", "'AccountCode':'500'"));
    assertThatThrownBy(this::read)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Status of bill b1 is PENDING");
  }

  private Reply answer(Asked asked) {
    return switch (asked.path()) {
      case INVOICES -> envelope("Invoices", bills);
      case CREDIT_NOTES -> envelope("CreditNotes", credits);
      default -> Reply.of(404, "");
    };
  }

  private static Reply envelope(String list, String records) {
    return Reply.json(
        ("{'Id':'x','DateTimeUTC':'\\/Date(1795341600000)\\/','"
                + list
                + "':["
                + records
                + "],'pagination':{'page':1,'pageSize':1000,'pageCount':1}}")
            .replace('\'', '"'));
  }

  private static String bill(String id, String url, String status, String more, String lines) {
    return "{'InvoiceID':'"
        + id
        + "','Type':'ACCPAY','InvoiceNumber':'SC-7','Url':'"
        + url
        + "','Status':'"
        + status
        + "','Date':'/Date(1795996800000+0000)/','UpdatedDateUTC':'/Date(1795341599123+0000)/',"
        + more
        + ",'LineItems':["
        + lines
        + "]}";
  }

  private static String line(String amount, String tax, String more) {
    return "{'Description':'work','LineAmount':"
        + amount
        + ",'TaxAmount':"
        + tax
        + ","
        + more
        + "}";
  }
}
