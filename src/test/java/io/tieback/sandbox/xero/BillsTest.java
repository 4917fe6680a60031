package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Creating bills: what is accepted, computed, refused, and what fails a whole batch (reference
 * sections 1, 3.4, 9, 12).
 */
class BillsTest {
  private static XeroWorld xero;

  @BeforeAll
  static void start() {
    xero = new XeroWorld();
  }

  @AfterAll
  static void stop() {
    xero.close();
  }

  @BeforeEach
  void defaults() {
    xero.set(
        "{'trackingMismatch':'drop','bulkLimit':0,'batchStoresValidOnError':false,'multicurrency':false,"
            + "'lineAmountWithoutUnitAmount':'kept','postMatchesNumber':'match','dueDateFromPaymentTerms':false}");
  }

  private static String line(String more) {
    return XeroWorld.billWithLine(
        "{'Description':'Work','AccountCode':'500','TaxType':'NONE'," + more + "}");
  }

  private JsonNode made(String bill) {
    Http.Reply reply = xero.call("PUT", "/Invoices?summarizeErrors=false&unitdp=4", bill);
    assertThat(reply.status()).isEqualTo(200);
    JsonNode invoice = reply.json().at("/Invoices/0");
    assertThat(XeroWorld.messages(invoice)).isEmpty();
    return invoice;
  }

  private static void assertAmount(JsonNode node, String amount) {
    assertThat(node.decimalValue()).isEqualByComparingTo(new BigDecimal(amount));
  }

  @Test
  void aBillIsAnsweredInXerosShape() {
    Http.Reply reply =
        xero.call(
            "PUT",
            "/Invoices?summarizeErrors=false&unitdp=4",
            "{'Invoices':[" + XeroWorld.bill("S-1", "'Reference':'ignored',") + "]}");
    assertThat(reply.text())
        .contains(
            "\"Date\":\"\\/Date(1774915200000+0000)\\/\"",
            "\"SubTotal\":900.00",
            "\"UnitAmount\":1000.0000",
            "\"Quantity\":1.0000");
    JsonNode envelope = reply.json();
    assertThat(envelope.get("Status").textValue()).isEqualTo("OK");
    assertThat(envelope.get("Id").textValue()).hasSize(36);
    assertThat(envelope.get("DateTimeUTC").textValue()).matches("/Date\\(\\d+\\)/");
    JsonNode bill = envelope.at("/Invoices/0");
    assertThat(bill.get("StatusAttributeString").textValue()).isEqualTo("OK");
    assertThat(bill.get("DateString").textValue()).isEqualTo("2026-03-31T00:00:00");
    assertThat(bill.get("DueDateString").textValue()).isEqualTo("2026-04-30T00:00:00");
    assertThat(bill.get("Reference").textValue()).as("ignored on bills").isEmpty();
    assertThat(bill.get("Url").textValue()).isEqualTo("https://tieback.example/i/S-1");
    assertThat(bill.at("/LineItems/0/Tracking/0/Option").textValue()).isEqualTo("Harbour Tower");
    assertThat(bill.at("/LineItems/0/Item/Code").textValue()).isEqualTo("03-110.S");
    assertThat(bill.at("/Contact/Name").textValue()).isEqualTo("Ironworks Ltd");
    assertAmount(bill.get("AmountDue"), "900.00");
    long answered = Long.parseLong(envelope.get("DateTimeUTC").textValue().replaceAll("\\D", ""));
    long contact =
        Long.parseLong(
            bill.at("/Contact/UpdatedDateUTC").textValue().replaceAll("/Date\\((\\d+).*", "$1"));
    assertThat(answered - contact)
        .as("contact time stamps of write answers are hours off")
        .isGreaterThan(3 * 3_600_000L);
  }

  @Test
  void theSameBillTwiceIsTwoBills() {
    int before = xero.bills();
    xero.create("TWICE");
    xero.create("TWICE");
    assertThat(xero.bills()).isEqualTo(before + 2);
  }

  @Test
  void taxIsRoundedPerLine() {
    StringBuilder lines = new StringBuilder();
    for (String amount : new String[] {"25.06", "25.61", "25.63"}) {
      lines
          .append(lines.length() == 0 ? "" : ",")
          .append("{'Description':'a','Quantity':1,'UnitAmount':")
          .append(amount)
          .append(",'AccountCode':'500'}");
    }
    JsonNode exclusive = made(XeroWorld.billWithLine(lines.toString()));
    assertAmount(exclusive.get("TotalTax"), "11.44");
    assertAmount(exclusive.get("Total"), "87.74");
    JsonNode inclusive =
        made(
            XeroWorld.billWithLine(lines.toString())
                .replace("'Status'", "'LineAmountTypes':'Inclusive','Status'"));
    assertAmount(inclusive.get("Total"), "76.30");
    assertAmount(inclusive.get("TotalTax"), "9.95");
  }

  @Test
  void amountsAreComputedFromTwoOfThree() {
    assertAmount(made(line("'Quantity':3,'UnitAmount':0.3333")).get("Total"), "1.00");
    JsonNode third = made(line("'Quantity':3,'LineAmount':10.00")).at("/LineItems/0");
    assertAmount(third.get("UnitAmount"), "3.3333");
    assertAmount(third.get("LineAmount"), "10.00");
    xero.set("{'lineAmountWithoutUnitAmount':'recomputed'}");
    assertAmount(made(line("'Quantity':7,'LineAmount':100000.00")).get("Total"), "100000.00");
    assertAmount(made(line("'Quantity':77777,'LineAmount':10000.00")).get("Total"), "10002.12");
    assertAmount(
        made(line("'UnitAmount':4,'LineAmount':10.00")).at("/LineItems/0/Quantity"), "2.5");
    Http.Reply twoDecimals =
        xero.call("PUT", "/Invoices", line("'Quantity':1000,'UnitAmount':0.1250"));
    assertAmount(twoDecimals.json().at("/Invoices/0/Total"), "130.00");
    assertThat(xero.refusal(line("'Quantity':3,'UnitAmount':1.5,'LineAmount':4.51")))
        .containsExactly("The line total 4.51 does not match the expected line total 4.50");
    assertThat(xero.refusal(line("'LineAmount':4.51")))
        .containsExactly("A line needs two of Quantity, UnitAmount and LineAmount.");
    assertThat(xero.refusal(line("'Quantity':1,'UnitAmount':10000000000")))
        .contains("The LineAmount must not be larger than 9999999999.99.");
    assertThat(
            xero.refusal(
                line("'Quantity':1,'UnitAmount':5").replace("'Status'", "'Total':6,'Status'")))
        .containsExactly("The invoice total does not equal the sum of the lines.");
  }

  @Test
  void whatApprovalNeeds() {
    String bill = XeroWorld.bill("N", "");
    assertThat(xero.refusal(bill.replace("'DueDate':'2026-04-30',", "")))
        .containsExactly("Due date cannot be empty");
    assertThat(
            xero.refusal(
                bill.replace("'DueDate':'2026-04-30',", "").replace("AUTHORISED", "SUBMITTED")))
        .containsExactly("Due date cannot be empty");
    made(bill.replace("'DueDate':'2026-04-30',", "").replace("AUTHORISED", "DRAFT"));
    assertThat(xero.refusal(bill.replace("'AccountCode':'500',", "")))
        .containsExactly("Account code must be specified");
    made(bill.replace("'AccountCode':'500',", "").replace("03-110.S", "03-110.M"));
    made(bill.replace("'AccountCode':'500',", "").replace("AUTHORISED", "DRAFT"));
    for (String code : new String[] {"999", "499", "800", "090"}) {
      assertThat(xero.refusal(bill.replace("'500'", "'" + code + "'")))
          .as(code)
          .contains("Account must be valid.");
    }
    assertThat(
            xero.refusal(
                bill.replace("'NoTax'", "'Exclusive'")
                    .replace("'AccountCode':'815'", "'AccountCode':'815','TaxType':'INPUT'")))
        .containsExactly("The TaxType code 'INPUT' cannot be used with account code '815'.");
    assertThat(xero.refusal(line("'Quantity':1,'UnitAmount':1").replace("'NONE'", "'NOPE'")))
        .contains("Tax rate must be valid.");
    assertThat(xero.refusal(bill.replace("-100.00", "-1000.01")))
        .containsExactly("The Total for this document must be greater than or equal to zero.");
    assertThat(xero.refusal(bill.replace("'Description':'Formwork L1',", "")))
        .containsExactly("Description must be specified");
    assertThat(xero.refusal(bill.replace("Formwork L1", "x".repeat(4001)))).hasSize(1);
    assertThat(
            xero.refusal(
                bill.replace("'InvoiceNumber':'N'", "'InvoiceNumber':'" + "n".repeat(256) + "'")))
        .hasSize(1);
    made(bill.replace("'InvoiceNumber':'N'", "'InvoiceNumber':'" + "n".repeat(255) + "'"));
    assertThat(xero.refusal(bill.replace("2026-03-31", "2025-12-31")))
        .containsExactly(
            "The document date cannot be before the period lock date, currently set at 31 December"
                + " 2025");
    assertThat(xero.refusal(bill.replace("'Status'", "'CurrencyCode':'EUR','Status'")))
        .containsExactly("Organisation is not subscribed to currency EUR");
    assertThat(
            xero.refusal(
                bill.replace(
                    "'Quantity':1,'UnitAmount':1000.00",
                    "'DiscountRate':5,'Quantity':1,'UnitAmount':1000.00")))
        .hasSize(1);
    assertThat(
            xero.refusal(bill.replace("https://tieback.example", "https://my.xero-tools.example")))
        .containsExactly("Url cannot contain the word 'xero'");
    assertThat(xero.refusal(bill.replace("https://tieback.example", "/relative"))).hasSize(1);
    assertThat(xero.refusal(bill.replace(XeroWorld.VENDOR, XeroWorld.ARCHIVED_VENDOR)))
        .containsExactly(ContactChoice.ARCHIVED);
    assertThat(xero.refusal(bill.replace("'AUTHORISED'", "'PAID'")))
        .containsExactly("Invoice not of valid status for modification");
  }

  @Test
  void refusedElementsAreEchoedWithAZeroIdAndTheOthersAreStored() {
    int before = xero.bills();
    String bad = XeroWorld.bill("BAD", "").replace("'DueDate':'2026-04-30',", "");
    Http.Reply each =
        xero.call(
            "PUT",
            "/Invoices?summarizeErrors=false",
            "{'Invoices':[" + XeroWorld.bill("OK1", "") + "," + bad + "]}");
    assertThat(each.status()).isEqualTo(200);
    JsonNode failed = each.json().at("/Invoices/1");
    assertThat(failed.get("StatusAttributeString").textValue()).isEqualTo("ERROR");
    assertThat(failed.get("InvoiceID").textValue())
        .isEqualTo("00000000-0000-0000-0000-000000000000");
    assertThat(failed.get("InvoiceNumber").textValue()).isEqualTo("BAD");
    assertThat(failed.get("Date").textValue()).startsWith("/Date(");
    assertThat(xero.bills()).isEqualTo(before + 1);

    Http.Reply summed =
        xero.call(
            "PUT", "/Invoices", "{'Invoices':[" + XeroWorld.bill("OK2", "") + "," + bad + "]}");
    assertThat(summed.status()).as("the server's default is to summarize").isEqualTo(400);
    assertThat(summed.json().get("ErrorNumber").intValue()).isEqualTo(10);
    assertThat(summed.json().get("Elements")).hasSize(1);
    assertThat(xero.bills()).isEqualTo(before + 1);
    xero.set("{'batchStoresValidOnError':true}");
    assertThat(
            xero.call(
                    "PUT",
                    "/Invoices",
                    "{'Invoices':[" + XeroWorld.bill("OK3", "") + "," + bad + "]}")
                .status())
        .isEqualTo(400);
    assertThat(xero.bills()).isEqualTo(before + 2);
  }

  @Test
  void oneDocumentCanFailTheWholeBatch() {
    int before = xero.bills();
    String good = XeroWorld.bill("G", "");
    Http.Reply unknownContact =
        xero.call(
            "PUT",
            "/Invoices?summarizeErrors=false",
            "{'Invoices':[" + good + "," + good.replace(XeroWorld.VENDOR, XeroWorld.TENANT) + "]}");
    assertThat(unknownContact.status()).isEqualTo(404);
    assertThat(unknownContact.text()).isEmpty();
    assertThat(unknownContact.header("Content-Type")).startsWith("text/html");
    Http.Reply wrongCategory =
        xero.call(
            "PUT",
            "/Invoices?summarizeErrors=false",
            "{'Invoices':["
                + good
                + ","
                + good.replace(XeroWorld.PROJECTS, XeroWorld.TENANT)
                + "]}");
    assertThat(wrongCategory.status()).isEqualTo(500);
    assertThat(wrongCategory.json().get("Title").textValue()).isEqualTo("An error occurred");
    assertThat(wrongCategory.header("X-Sandbox-Defect")).isNull();
    String byName =
        good.replaceAll(
            "'TrackingCategoryID':'[^']*','TrackingOptionID':'[^']*'",
            "'Name':'Project','Option':'Harbour Tower '");
    assertThat(xero.call("PUT", "/Invoices?summarizeErrors=false", byName).status())
        .as("trailing space")
        .isEqualTo(500);
    for (String broken :
        new String[] {
          "{",
          "[]",
          "{'Invoices':5}",
          good.replace("2026-03-31", "31/12/2026"),
          good.replace("'ACCPAY'", "'BILL'"),
          good.replace("1000.00", "'1000.00'"),
          good.replace(XeroWorld.VENDOR, "me")
        }) {
      Http.Reply reply = xero.call("PUT", "/Invoices?summarizeErrors=false", broken);
      assertThat(reply.status()).as(broken).isEqualTo(400);
      assertThat(reply.json().get("Type").textValue()).isEqualTo("PostDataInvalidException");
    }
    xero.set("{'bulkLimit':1}");
    assertThat(xero.call("PUT", "/Invoices", "{'Invoices':[" + good + "," + good + "]}").status())
        .isEqualTo(400);
    assertThat(xero.bills()).isEqualTo(before);
  }

  @Test
  void trackingThatMatchesNothingVanishesSilently() {
    String unknown = XeroWorld.bill("T", "").replace(XeroWorld.TOWER, XeroWorld.TENANT);
    assertThat(made(unknown).at("/LineItems/0/Tracking")).isEmpty();
    xero.set("{'trackingMismatch':'refuse'}");
    assertThat(xero.refusal(unknown)).hasSize(1);
    String byName =
        XeroWorld.bill("T", "")
            .replaceAll(
                "'TrackingCategoryID':'[^']*','TrackingOptionID':'[^']*'",
                "'Name':'project','Option':'harbour tower'");
    assertThat(made(byName).at("/LineItems/0/Tracking/0/TrackingOptionID").textValue())
        .isEqualTo(XeroWorld.TOWER);
  }

  @Test
  void namesAreReadInAnyLetterCaseAndDatesInThreeForms() {
    JsonNode lower =
        made(
            "{'invoices':["
                + XeroWorld.bill("L", "")
                    .replace("'Type'", "'type'")
                    .replace("'2026-03-31'", "'/Date(1774915200000+0000)/'")
                    .replace("'2026-04-30'", "'2026-04-30T00:00:00'")
                + "]}");
    assertThat(lower.get("DateString").textValue()).isEqualTo("2026-03-31T00:00:00");
    assertThat(lower.get("DueDateString").textValue()).isEqualTo("2026-04-30T00:00:00");
  }

  @Test
  void withoutTheAcceptHeaderTheAnswerIsXml() {
    Http.Reply reply =
        Http.send(
            "GET",
            xero.url + "/api.xro/2.0/Organisation",
            null,
            "Authorization",
            "Bearer " + xero.token,
            "xero-tenant-id",
            XeroWorld.TENANT);
    assertThat(reply.text()).startsWith("<Response>");
    assertThat(reply.header("Content-Type")).startsWith("text/xml");
  }
}
