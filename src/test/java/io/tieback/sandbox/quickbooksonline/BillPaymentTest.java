package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments, credits and what people do (reference sections 3.7 and 3.8). */
class BillPaymentTest {
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private String made(String number, String amount) {
    return books.made("Bill", bill(number, line(amount))).get("Id").textValue();
  }

  private JsonNode person(String path, String body) {
    return books.control("POST", path, "{'realmId':'" + books.realm + "'," + body + "}");
  }

  @Test
  void oneChequePaysSeveralBillsInPart() {
    String first = made("A", "100");
    String second = made("B", "60");
    JsonNode payment =
        person(
            "pay",
            "'payType':'Check','accountId':'2','docNumber':'1001','bills':[{'id':'"
                + first
                + "','amount':40},{'id':'"
                + second
                + "'}]");
    assertThat(payment.get("TotalAmt").decimalValue()).isEqualByComparingTo("100");
    assertThat(payment.get("Line")).hasSize(2);
    assertThat(payment.at("/CheckPayment/BankAccountRef/value").textValue()).isEqualTo("2");
    JsonNode bill = books.read("Bill", first);
    assertThat(bill.get("Balance").decimalValue()).isEqualByComparingTo("60");
    assertThat(bill.at("/LinkedTxn/0/TxnType").textValue()).isEqualTo("BillPaymentCheck");
    assertThat(bill.get("SyncToken").textValue()).isEqualTo("1");
    assertThat(books.read("Bill", second).get("Balance").decimalValue()).isZero();
  }

  @Test
  void aPaidBillCannotBeDeletedNorItsTotalChanged() {
    String id = made("A", "100");
    person("pay", "'payType':'CreditCard','accountId':'3','bills':[{'id':'" + id + "'}]");
    assertThat(fault(books.post("/bill?operation=delete", "{'Id':'" + id + "','SyncToken':'1'}")))
        .startsWith("6540");
    String update =
        bill("A", line("120")).replaceFirst("\\{", "{'Id':'" + id + "','SyncToken':'1',");
    assertThat(fault(books.post("/bill", update))).startsWith("6540");
    books.set("{'paidBillEdits':'take'}");
    assertThat(books.made("Bill", update).get("Balance").decimalValue()).isEqualByComparingTo("20");
    assertThat(
            fault(
                books.post(
                    "/bill",
                    update.replace(":120", ":80").replace("'SyncToken':'1'", "'SyncToken':'2'"))))
        .startsWith("6540");
  }

  @Test
  void aVoidedPaymentHasNoLinesAndTheBillIsOpenAgain() {
    String id = made("A", "100");
    JsonNode payment =
        person(
            "pay",
            "'payType':'Check','accountId':'2','note':'March','bills':[{'id':'" + id + "'}]");
    JsonNode voided =
        books
            .post(
                "/billpayment?operation=update&include=void",
                "{'Id':'" + payment.get("Id").textValue() + "','SyncToken':'0','sparse':true}")
            .json()
            .get("BillPayment");
    assertThat(voided.get("TotalAmt").decimalValue()).isZero();
    assertThat(voided.get("Line")).isEmpty();
    assertThat(voided.get("PrivateNote").textValue()).startsWith("Voided");
    assertThat(voided.get("SyncToken").textValue()).isEqualTo("1");
    JsonNode bill = books.read("Bill", id);
    assertThat(bill.get("Balance").decimalValue()).isEqualByComparingTo("100");
    assertThat(bill.has("LinkedTxn")).isFalse();
    assertThat(
            fault(books.post("/bill?operation=update&include=void", "{'Id':'1','SyncToken':'0'}")))
        .startsWith("500");
  }

  @Test
  void creditsAreUsedUpByAPaymentAndDeletingItGivesThemBack() {
    String id = made("A", "100");
    JsonNode credit =
        person("enter", "'entity':'VendorCredit','object':" + bill("C-1", line("30")));
    String creditId = credit.get("Id").textValue();
    JsonNode payment =
        person(
            "pay",
            "'payType':'Check','accountId':'2','bills':[{'id':'"
                + id
                + "'}],'credits':[{'id':'"
                + creditId
                + "'}]");
    assertThat(payment.get("TotalAmt").decimalValue()).isEqualByComparingTo("70");
    assertThat(books.read("VendorCredit", creditId).get("Balance").decimalValue()).isZero();
    JsonNode gone =
        person("delete", "'entity':'BillPayment','id':'" + payment.get("Id").textValue() + "'");
    assertThat(gone.get("status").textValue()).isEqualTo("Deleted");
    assertThat(books.read("VendorCredit", creditId).get("Balance").decimalValue())
        .isEqualByComparingTo("30");
    assertThat(books.read("Bill", id).get("Balance").decimalValue()).isEqualByComparingTo("100");
  }

  @Test
  void paymentsOfTooMuchOrFromTheWrongAccountAreRefused() {
    String id = made("A", "100");
    String payment =
        "{'VendorRef':{'value':'11'},'PayType':'Check','TotalAmt':100,"
            + "'CheckPayment':{'BankAccountRef':{'value':'2'}},'Line':[{'Amount':100,"
            + "'LinkedTxn':[{'TxnId':'"
            + id
            + "','TxnType':'Bill'}]}]}";
    assertThat(
            fault(
                books.post("/billpayment", payment.replace("100,'LinkedTxn", "100.01,'LinkedTxn"))))
        .startsWith("6000")
        .contains("balance");
    assertThat(fault(books.post("/billpayment", payment.replace("'value':'2'", "'value':'3'"))))
        .contains("Bank");
    assertThat(
            fault(books.post("/billpayment", payment.replace("'TotalAmt':100", "'TotalAmt':99"))))
        .contains("less than");
    assertThat(
            fault(books.post("/billpayment", payment.replace("'TotalAmt':100", "'TotalAmt':-1"))))
        .startsWith("6000");
    assertThat(fault(books.post("/billpayment", payment.replace("'11'", "'13'"))))
        .contains("another vendor");
    assertThat(fault(books.post("/billpayment", payment.replace("'CheckPayment'", "'CheckPay'"))))
        .startsWith("2010");
    assertThat(
            books
                .post("/billpayment", payment.replace("'TotalAmt':100", "'TotalAmt':150"))
                .status())
        .as("money on account")
        .isEqualTo(200);
  }

  @Test
  void peopleEnterPurchasesJournalsAndProjectsAndEditBills() {
    String object =
        "{'AccountRef':{'value':'3'},'PaymentType':'CreditCard','Credit':true,'EntityRef':{'value':'11'},'Line':["
            + line("12.50")
            + "]}";
    JsonNode purchase = person("enter", "'entity':'Purchase','object':" + object);
    assertThat(purchase.at("/EntityRef/type").textValue()).isEqualTo("Vendor");
    String journal =
        "{'Line':[{'DetailType':'JournalEntryLineDetail','Amount':5,'JournalEntryLineDetail':{'PostingType':'Debit','AccountRef':{'value':'5'},'Entity':{'Type':'Customer','EntityRef':{'value':'22'}}}},"
            + "{'DetailType':'JournalEntryLineDetail','Amount':5,'JournalEntryLineDetail':{'PostingType':'Credit','AccountRef':{'value':'6'}}}]}";
    assertThat(
            person("enter", "'entity':'JournalEntry','object':" + journal)
                .get("TotalAmt")
                .decimalValue())
        .isEqualByComparingTo("5");
    assertThatThrownBy(
            () ->
                person(
                    "enter",
                    "'entity':'JournalEntry','object':"
                        + journal.replaceFirst("'Amount':5", "'Amount':6")))
        .hasMessageContaining("balance");
    JsonNode project =
        person(
            "enter",
            "'entity':'Customer','object':{'DisplayName':'Pier"
                + " 9','Job':true,'IsProject':true,'ParentRef':{'value':'21'}}");
    assertThat(project.get("IsProject").booleanValue()).isTrue();
    String id = made("A", "100");
    JsonNode edited =
        person("edit", "'entity':'Bill','id':'" + id + "','changes':{'Line':[" + line("90") + "]}");
    assertThat(edited.get("TotalAmt").decimalValue()).isEqualByComparingTo("90");
    person("edit", "'entity':'Item','id':'1','changes':{'Active':false}");
    assertThat(fault(books.post("/bill", bill("B", line("1"))))).startsWith("610");
    person("company", "'bookCloseDate':'2026-11-30'");
    assertThat(fault(books.post("/bill?operation=delete", "{'Id':'" + id + "','SyncToken':'1'}")))
        .contains("closing date");
    JsonNode all = books.control("GET", "books?realmId=" + books.realm, null);
    assertThat(all.get("Bill")).hasSize(1);
    assertThat(all.get("Purchase")).hasSize(1);
  }
}
