package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Changing bills: the state machine, the line set, and what a payment freezes (reference section
 * 9).
 */
class BillEditsTest {
  private static XeroWorld xero;

  @BeforeAll
  static void start() {
    xero = new XeroWorld();
  }

  @AfterAll
  static void stop() {
    xero.close();
  }

  private Http.Reply post(JsonNode bill, String body) {
    return xero.call("POST", "/Invoices/" + bill.get("InvoiceID").textValue() + "?unitdp=4", body);
  }

  private static String message(Http.Reply refused) {
    assertThat(refused.status()).isEqualTo(400);
    return refused.json().at("/Elements/0/ValidationErrors/0/Message").textValue();
  }

  private static JsonNode changed(Http.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().at("/Invoices/0");
  }

  private JsonNode draft(String number) {
    return xero.call("PUT", "/Invoices", XeroWorld.bill(number, "").replace("AUTHORISED", "DRAFT"))
        .json()
        .at("/Invoices/0");
  }

  private void pay(JsonNode bill, String amount) {
    xero.control(
        "POST",
        "pay",
        "{'tenantId':'"
            + XeroWorld.TENANT
            + "','accountCode':'090','date':'2026-05-01','invoices':[{'invoiceId':'"
            + bill.get("InvoiceID").textValue()
            + "','amount':"
            + amount
            + "}]}");
  }

  @Test
  void statusesMoveOnlyAsPublished() {
    JsonNode bill = draft("S");
    assertThat(changed(post(bill, "{'Status':'SUBMITTED'}")).get("Status").textValue())
        .isEqualTo("SUBMITTED");
    assertThat(changed(post(bill, "{'Status':'AUTHORISED'}")).get("Status").textValue())
        .isEqualTo("AUTHORISED");
    for (String status : new String[] {"DRAFT", "SUBMITTED", "DELETED", "PAID"}) {
      assertThat(message(post(bill, "{'Status':'" + status + "'}")))
          .isEqualTo("Invoice not of valid status for modification");
    }
    JsonNode voided = changed(post(bill, "{'Status':'VOIDED'}"));
    assertThat(voided.get("AmountDue").decimalValue()).isEqualByComparingTo("0");
    assertThat(voided.get("Total").decimalValue()).isEqualByComparingTo("900");
    assertThat(voided.get("LineItems")).hasSize(2);
    assertThat(message(post(bill, "{'InvoiceNumber':'S2'}")))
        .isEqualTo("Invoice not of valid status for modification");
    JsonNode deleted = draft("D");
    assertThat(
            changed(post(deleted, "{'Invoices':[{'Status':'DELETED'}]}")).get("Status").textValue())
        .isEqualTo("DELETED");
    assertThat(post(deleted, "{'Status':'DRAFT'}").status()).isEqualTo(400);
    assertThat(xero.call("POST", "/Invoices/" + XeroWorld.TENANT, "{'Status':'VOIDED'}").status())
        .isEqualTo(404);
  }

  @Test
  void theLinesSentAreTheWholeSet() {
    JsonNode bill = xero.create("L");
    String first = bill.at("/LineItems/0/LineItemID").textValue();
    JsonNode after =
        changed(
            post(
                bill,
                "{'LineItems':[{'LineItemID':'"
                    + first
                    + "','UnitAmount':1200.00},"
                    + "{'Description':'New','Quantity':1,'UnitAmount':5,'AccountCode':'500'}]}"));
    assertThat(after.get("LineItems")).hasSize(2);
    assertThat(after.at("/LineItems/0/LineItemID").textValue()).isEqualTo(first);
    assertThat(after.at("/LineItems/0/Description").textValue())
        .as("kept")
        .isEqualTo("Formwork L1");
    assertThat(after.at("/LineItems/1/LineItemID").textValue())
        .isNotEqualTo(bill.at("/LineItems/1/LineItemID").textValue());
    assertThat(after.get("Total").decimalValue()).isEqualByComparingTo("1205");
    assertThat(
            post(
                    bill,
                    "{'LineItems':[{'LineItemID':'" + first + "'},{'LineItemID':'" + first + "'}]}")
                .status())
        .isEqualTo(400);
    assertThat(changed(post(bill, "{'DueDate':'2026-06-30'}")).get("LineItems"))
        .as("left out means untouched")
        .hasSize(2);
  }

  @Test
  void aPaymentFreezesAmountsButNotLabels() {
    JsonNode bill = xero.create("P");
    pay(bill, "100.00");
    String frozen =
        "This document cannot be edited as it has a payment or credit note allocated to it.";
    String line1 = bill.at("/LineItems/0/LineItemID").textValue();
    String line2 = bill.at("/LineItems/1/LineItemID").textValue();
    assertThat(message(post(bill, "{'Date':'2026-04-01'}"))).isEqualTo(frozen);
    assertThat(
            message(
                post(
                    bill,
                    "{'LineItems':[{'LineItemID':'"
                        + line1
                        + "','UnitAmount':1001},{'LineItemID':'"
                        + line2
                        + "'}]}")))
        .isEqualTo(frozen);
    assertThat(message(post(bill, "{'LineItems':[{'LineItemID':'" + line1 + "'}]}")))
        .isEqualTo(frozen);
    assertThat(message(post(bill, "{'Status':'VOIDED'}")))
        .isEqualTo(
            "The status VOIDED cannot be applied to the invoice because it has payments or credit"
                + " notes allocated to it.");
    JsonNode edited =
        changed(
            post(
                bill,
                "{'InvoiceNumber':'P2','DueDate':'2026-07-01','Url':'https://a.example/','LineItems':[{'LineItemID':'"
                    + line1
                    + "','Description':'Renamed','AccountCode':'815','Tracking':[]},{'LineItemID':'"
                    + line2
                    + "'}]}"));
    assertThat(edited.get("InvoiceNumber").textValue()).isEqualTo("P2");
    assertThat(edited.at("/LineItems/0/AccountCode").textValue()).isEqualTo("815");
    assertThat(edited.at("/LineItems/0/Tracking")).isEmpty();
    assertThat(edited.get("AmountDue").decimalValue()).isEqualByComparingTo("800");
    assertThat(xero.get("/Invoices?InvoiceNumbers=P").json().get("Invoices"))
        .as("found by its new number only")
        .isEmpty();
    assertThat(xero.get("/Invoices?InvoiceNumbers=P2").json().at("/Invoices/0/InvoiceID"))
        .isEqualTo(bill.get("InvoiceID"));
  }

  @Test
  void aBillWhoseAnswerWasLostIsFoundByItsUrlAfterALateCommit() {
    xero.control(
        "POST",
        "faults",
        "{'match':{'method':'PUT','bodyContains':'LOST'},'effect':{'lateCommit':{'delayMillis':500}}}");
    assertThatThrownBy(() -> xero.create("LOST")).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(xero.get("/Invoices?page=1&InvoiceNumbers=LOST").json().get("Invoices"))
        .as("not committed yet")
        .isEmpty();
    await()
        .atMost(5, TimeUnit.SECONDS)
        .until(
            () ->
                !xero.get("/Invoices?page=1&InvoiceNumbers=LOST").json().get("Invoices").isEmpty());
    assertThat(
            xero.get("/Invoices?page=1&InvoiceNumbers=LOST")
                .json()
                .at("/Invoices/0/Url")
                .textValue())
        .isEqualTo("https://tieback.example/i/LOST");
  }

  @Test
  void aNameBesideAContactIdRenamesTheContact() {
    String renaming =
        XeroWorld.bill("RENAME", "")
            .replace(
                "'ContactID':'" + XeroWorld.VENDOR + "'",
                "'ContactID':'" + XeroWorld.VENDOR + "','Name':'Ironworks Inc'");
    assertThat(changed(xero.call("PUT", "/Invoices", renaming)).at("/Contact/Name").textValue())
        .isEqualTo("Ironworks Inc");
    JsonNode made =
        changed(
            xero.call(
                "PUT",
                "/Invoices",
                XeroWorld.bill("MAKES", "")
                    .replace("'ContactID':'" + XeroWorld.VENDOR + "'", "'Name':'Brand New Co'")));
    assertThat(made.at("/Contact/Name").textValue())
        .as("a name alone makes a contact")
        .isEqualTo("Brand New Co");
  }

  @Test
  void postOnTheCollectionMayHitAnExistingNumber() {
    JsonNode bill = draft("SAME");
    String again = XeroWorld.bill("SAME", "").replace("1000.00", "2000.00");
    Http.Reply matched = xero.call("POST", "/Invoices?summarizeErrors=false", again);
    assertThat(matched.json().at("/Invoices/0/InvoiceID")).isEqualTo(bill.get("InvoiceID"));
    xero.set("{'postMatchesNumber':'create'}");
    assertThat(
            xero.call("POST", "/Invoices?summarizeErrors=false", again)
                .json()
                .at("/Invoices/0/InvoiceID"))
        .isNotEqualTo(bill.get("InvoiceID"));
    xero.set("{'postMatchesNumber':'match'}");
  }

  @Test
  void readsWithoutUnitdpShowTwoDecimals() {
    JsonNode bill =
        xero.call(
                "PUT",
                "/Invoices?unitdp=4",
                XeroWorld.billWithLine(
                    "{'Description':'a','Quantity':100,'UnitAmount':0.1234,'AccountCode':'815'}"))
            .json()
            .at("/Invoices/0");
    String path = "/Invoices/" + bill.get("InvoiceID").textValue();
    assertThat(
            xero.get(path)
                .json()
                .at("/Invoices/0/LineItems/0/UnitAmount")
                .decimalValue()
                .toPlainString())
        .isEqualTo("0.12");
    assertThat(
            xero.get(path + "?unitdp=4")
                .json()
                .at("/Invoices/0/LineItems/0/UnitAmount")
                .decimalValue()
                .toPlainString())
        .isEqualTo("0.1234");
    assertThat(bill.get("Total").decimalValue().toPlainString()).isEqualTo("12.34");
  }
}
