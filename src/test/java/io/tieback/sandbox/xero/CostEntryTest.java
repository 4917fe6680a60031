package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spend money and supplier's credits, as people enter them and as the API shows them. */
class CostEntryTest {
  private static final String LINE =
      "{'Description':'Fuel','Quantity':1,'UnitAmount':115.00,'AccountCode':'500','TaxType':'INPUT','ItemCode':'03-110.M','Tracking':[{'TrackingCategoryID':'"
          + XeroWorld.PROJECTS
          + "','TrackingOptionID':'"
          + XeroWorld.TOWER
          + "'}]}";

  private XeroWorld xero;

  @BeforeEach
  void start() {
    xero = new XeroWorld();
  }

  @AfterEach
  void stop() {
    xero.close();
  }

  private String enter(String fields) {
    return xero.control("POST", "costs", "{'tenantId':'" + XeroWorld.TENANT + "'," + fields + "}")
        .path("id")
        .textValue();
  }

  @Test
  void spendMoneyShowsItsLinesOnPagesAndSingleReadsOnly() {
    String id =
        enter(
            "'kind':'spend','accountCode':'091','number':'Card"
                + " 7','date':'2026-03-05','lineAmountTypes':'Inclusive','lines':["
                + LINE
                + "]");
    JsonNode paged =
        xero.get("/BankTransactions?where=" + XeroWorld.encoded("Type==\"SPEND\"") + "&page=1")
            .json()
            .at("/BankTransactions/0");
    assertThat(paged.path("BankTransactionID").textValue()).isEqualTo(id);
    assertThat(paged.path("Status").textValue()).isEqualTo("AUTHORISED");
    assertThat(paged.at("/BankAccount/Code").textValue()).isEqualTo("091");
    assertThat(paged.has("Contact")).isFalse();
    assertThat(paged.at("/LineItems/0/TaxAmount").decimalValue()).isEqualByComparingTo("15.00");
    assertThat(paged.path("SubTotal").decimalValue()).isEqualByComparingTo("100.00");
    assertThat(xero.get("/BankTransactions").json().at("/BankTransactions/0/LineItems")).isEmpty();
    assertThat(xero.get("/BankTransactions/" + id).json().at("/BankTransactions/0/LineItems"))
        .hasSize(1);
  }

  @Test
  void whatIsDeletedStaysListedWithItsStateAndIsOver() {
    String id = enter("'kind':'spend','accountCode':'090','lines':[" + LINE + "]");
    String since = "2100-01-01T00:00:00Z";
    assertThat(
            xero.get("/BankTransactions?page=1", "If-Modified-Since", since)
                .json()
                .path("BankTransactions"))
        .isEmpty();
    enter("'kind':'spend','id':'" + id + "','status':'DELETED'");
    assertThat(
            xero.get("/BankTransactions?page=1")
                .json()
                .at("/BankTransactions/0/Status")
                .textValue())
        .isEqualTo("DELETED");
    assertThatThrownBy(() -> enter("'kind':'spend','id':'" + id + "','number':'again'"))
        .hasMessageContaining("deleted already");
  }

  @Test
  void creditsArePositiveInTheAnswerAndTakeBackInTheBooks() {
    String id =
        enter(
            "'kind':'credit','contactId':'"
                + XeroWorld.VENDOR
                + "','number':'CN-1','lines':["
                + LINE
                + "]");
    JsonNode note = xero.get("/CreditNotes?page=1").json().at("/CreditNotes/0");
    assertThat(note.path("CreditNoteID").textValue()).isEqualTo(id);
    assertThat(note.path("Total").decimalValue()).isEqualByComparingTo("115.00");
    assertThat(note.at("/LineItems/0").has("LineItemID")).isTrue();
    assertThat(
            xero.control("GET", "books?tenantId=" + XeroWorld.TENANT, null)
                .at("/accountBalances/500")
                .decimalValue())
        .isEqualByComparingTo("-115.00");
    xero.set("{'creditNoteLineIds':false}");
    assertThat(xero.get("/CreditNotes?page=1").json().at("/CreditNotes/0/LineItems/0"))
        .noneMatch(field -> field.asText().equals("LineItemID"))
        .satisfies(line -> assertThat(line.iterator().hasNext()).isTrue());
  }

  @Test
  void aBillOfAPersonIsABillLikeAnyOther() {
    String id =
        enter(
            "'kind':'bill','contactId':'"
                + XeroWorld.VENDOR
                + "','number':'B-1','lines':["
                + LINE
                + "]");
    JsonNode bill = xero.get("/Invoices/" + id).json().at("/Invoices/0");
    assertThat(bill.path("Status").textValue()).isEqualTo("AUTHORISED");
    assertThat(bill.path("AmountDue").decimalValue()).isEqualByComparingTo("115.00");
    enter("'kind':'bill','id':'" + id + "','status':'VOIDED'");
    assertThat(xero.get("/Invoices/" + id).json().at("/Invoices/0/Status").textValue())
        .isEqualTo("VOIDED");
  }

  @Test
  void linesObeyTheRulesOfTheApi() {
    assertThatThrownBy(
            () ->
                enter(
                    "'kind':'spend','accountCode':'090','lines':["
                        + LINE.replace("03-110.M", "no-such")
                        + "]"))
        .hasMessageContaining("no-such");
    assertThatThrownBy(() -> enter("'kind':'spend','lines':[" + LINE + "]"))
        .hasMessageContaining("bank account");
  }
}
