package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payments and batch payments, by the API and by a bookkeeper (reference section 10). */
class PaymentsTest {
  private final XeroWorld xero = new XeroWorld();

  @AfterEach
  void close() {
    xero.close();
  }

  private static String id(JsonNode bill) {
    return bill.get("InvoiceID").textValue();
  }

  private JsonNode read(JsonNode bill) {
    return xero.get("/Invoices/" + id(bill)).json().at("/Invoices/0");
  }

  private static String payment(JsonNode bill, String amount) {
    return "{'Invoice':{'InvoiceID':'"
        + id(bill)
        + "'},'Account':{'Code':'090'},'Date':'2026-05-02','Amount':"
        + amount
        + ",'Reference':'chq 7'}";
  }

  private Http.Reply pay(JsonNode bill, String amount) {
    return xero.call(
        "PUT", "/Payments?summarizeErrors=false", "{'Payments':[" + payment(bill, amount) + "]}");
  }

  @Test
  void paymentsSettleABillAndDeletingOneReopensIt() {
    JsonNode bill = xero.create("P1");
    JsonNode part = pay(bill, "300.00").json().at("/Payments/0");
    assertThat(part.get("PaymentType").textValue()).isEqualTo("ACCPAYPAYMENT");
    assertThat(part.get("Status").textValue()).isEqualTo("AUTHORISED");
    assertThat(part.at("/Account/Name").textValue()).isEqualTo("Checking");
    assertThat(part.at("/Invoice/AmountDue").decimalValue()).isEqualByComparingTo("600");
    assertThat(read(bill).get("Status").textValue()).isEqualTo("AUTHORISED");

    JsonNode tooMuch = pay(bill, "600.01").json().at("/Payments/0");
    assertThat(tooMuch.get("HasValidationErrors").booleanValue()).isTrue();
    assertThat(XeroWorld.messages(tooMuch))
        .containsExactly("Payment amount exceeds the amount outstanding on this document");
    assertThat(XeroWorld.messages(pay(bill, "0").json().at("/Payments/0")))
        .containsExactly("Payment amounts must be positive amounts");
    String twice = "{'Payments':[" + payment(bill, "400") + "," + payment(bill, "400") + "]}";
    assertThat(
            xero.call("PUT", "/Payments?summarizeErrors=false", twice)
                .json()
                .at("/Payments/1/HasValidationErrors")
                .booleanValue())
        .as("two payments of one request together exceed what is due")
        .isTrue();
    JsonNode rest = pay(bill, "200.00").json().at("/Payments/0");
    JsonNode paid = read(bill);
    assertThat(paid.get("Status").textValue()).isEqualTo("PAID");
    assertThat(paid.get("FullyPaidOnDate").textValue()).isEqualTo("/Date(1777680000000+0000)/");
    assertThat(paid.get("AmountPaid").decimalValue()).isEqualByComparingTo("900");
    assertThat(paid.get("Payments")).hasSize(3);
    assertThat(paid.get("UpdatedDateUTC"))
        .as("paying bumps the bill")
        .isEqualTo(rest.get("UpdatedDateUTC"));
    assertThat(XeroWorld.messages(pay(bill, "1").json().at("/Payments/0"))).isNotEmpty();

    String path = "/Payments/" + rest.get("PaymentID").textValue();
    assertThat(
            xero.call("POST", path, "{'Amount':5}")
                .json()
                .at("/Elements/0/ValidationErrors/0/Message")
                .textValue())
        .isEqualTo("Only Status accepted for updates.");
    assertThat(
            xero.call("POST", path, "{'Payments':[{'Status':'DELETED'}]}")
                .json()
                .at("/Payments/0/Status")
                .textValue())
        .isEqualTo("DELETED");
    assertThat(xero.call("POST", path, "{'Status':'DELETED'}").status()).isEqualTo(400);
    JsonNode open = read(bill);
    assertThat(open.get("Status").textValue()).isEqualTo("AUTHORISED");
    assertThat(open.get("AmountDue").decimalValue()).isEqualByComparingTo("200");
    assertThat(open.get("Payments")).hasSize(2);
    assertThat(open.has("FullyPaidOnDate")).isFalse();

    assertThat(xero.get("/Payments?page=1").json().get("Payments"))
        .as("deleted ones are listed by default")
        .hasSize(3);
    xero.set("{'paymentsListDeleted':false}");
    assertThat(xero.get("/Payments?page=1").json().get("Payments")).hasSize(2);
    assertThat(xero.get(path).json().at("/Payments/0/Status").textValue()).isEqualTo("DELETED");
  }

  @Test
  void aBatchPaysManyBillsAndGoesAsAWhole() {
    JsonNode one = xero.create("B1");
    JsonNode two = xero.create("B2");
    JsonNode batch =
        xero.control(
            "POST",
            "pay",
            "{'tenantId':'"
                + XeroWorld.TENANT
                + "','accountCode':'091','date':'2026-05-03','reference':'run"
                + " 5','batch':true,'invoices':[{'invoiceId':'"
                + id(one)
                + "','amount':900.00},{'invoiceId':'"
                + id(two)
                + "','amount':50.50}]}");
    String batchId = batch.get("batchPaymentId").textValue();
    Http.Reply listed =
        xero.get(
            "/Payments?page=1&pageSize=1000&where="
                + XeroWorld.encoded("PaymentType==\"ACCPAYPAYMENT\" AND Status==\"AUTHORISED\""));
    assertThat(listed.json().get("Payments")).hasSize(2);
    assertThat(listed.text()).contains("\"TotalAmount\":\"950.50\"", "\"IsReconciled\":\"false\"");
    JsonNode child = listed.json().at("/Payments/0");
    assertThat(child.get("BatchPaymentID").textValue()).isEqualTo(batchId);
    assertThat(child.get("IsReconciled").isBoolean()).isTrue();
    assertThat(child.at("/Invoice/InvoiceID").textValue()).isIn(id(one), id(two));

    assertThat(
            xero.call(
                    "POST",
                    "/Payments/" + child.get("PaymentID").textValue(),
                    "{'Status':'DELETED'}")
                .status())
        .isEqualTo(400);
    assertThat(xero.get("/BatchPayments").json().at("/BatchPayments/0/TotalAmount").decimalValue())
        .isEqualByComparingTo("950.50");
    JsonNode gone =
        xero.call(
                "POST", "/BatchPayments", "{'BatchPaymentID':'" + batchId + "','Status':'DELETED'}")
            .json()
            .at("/BatchPayments/0");
    assertThat(gone.get("Status").textValue()).isEqualTo("DELETED");
    assertThat(gone.get("Payments")).isEmpty();
    assertThat(read(one).get("Status").textValue()).isEqualTo("AUTHORISED");
    assertThat(read(two).get("AmountDue").decimalValue()).isEqualByComparingTo("900");

    String again =
        "{'BatchPayments':[{'Account':{'Code':'090'},'Date':'2026-05-04','Payments':[{'Invoice':{'InvoiceID':'"
            + id(one)
            + "'},'Amount':1.25}]}]}";
    assertThat(
            xero.call("PUT", "/BatchPayments", again)
                .json()
                .at("/BatchPayments/0/Payments/0/Amount")
                .decimalValue())
        .isEqualByComparingTo("1.25");
    assertThat(xero.call("PUT", "/BatchPayments", again.replace("1.25", "1000")).status())
        .isEqualTo(400);
    assertThat(xero.call("PUT", "/BatchPayments", again.replace("'090'", "'815'")).status())
        .isEqualTo(400);
  }

  @Test
  void theBooksTellTheSameStory() {
    JsonNode bill = xero.create("K1");
    String made = pay(bill, "400.00").json().at("/Payments/0/PaymentID").textValue();
    JsonNode books = xero.control("GET", "books?tenantId=" + XeroWorld.TENANT, null);
    assertThat(books.at("/bills/0/url").textValue()).isEqualTo("https://tieback.example/i/K1");
    assertThat(books.at("/bills/0/lines/0/tracking/0/option").textValue())
        .isEqualTo("Harbour Tower");
    assertThat(books.at("/accountBalances/500").decimalValue()).isEqualByComparingTo("1000");
    assertThat(books.at("/accountBalances/815").decimalValue()).isEqualByComparingTo("-100");
    assertThat(books.at("/accountBalances/090").decimalValue()).isEqualByComparingTo("-400");
    assertThat(books.at("/accountBalances/accountsPayable").decimalValue())
        .isEqualByComparingTo("-500");
    xero.control("POST", "payments/" + made + "/delete", null);
    assertThat(
            xero.control("GET", "books?tenantId=" + XeroWorld.TENANT, null)
                .at("/accountBalances/accountsPayable")
                .decimalValue())
        .isEqualByComparingTo("-900");
    Http.Reply tooMuch =
        Http.send(
            "POST",
            xero.url + "/_sandbox/pay",
            ("{'tenantId':'"
                    + XeroWorld.TENANT
                    + "','accountCode':'090','invoices':[{'invoiceId':'"
                    + id(bill)
                    + "','amount':900.01}]}")
                .replace('\'', '"'));
    assertThat(tooMuch.status()).isEqualTo(400);
    assertThat(tooMuch.text()).contains("exceeds the amount outstanding");
  }
}
