package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suppliers' credit notes: what Xero takes, refuses and shows of them. */
class CreditNotesTest {

  private static XeroWorld xero;

  @BeforeAll
  static void open() {
    xero = new XeroWorld();
  }

  @AfterAll
  static void close() {
    xero.close();
  }

  private static String note(String number, String header, String lines) {
    return "{'Type':'ACCPAYCREDIT','Contact':{'ContactID':'"
        + XeroWorld.VENDOR
        + "'},'CreditNoteNumber':'"
        + number
        + "','Date':'2026-03-31','LineAmountTypes':'NoTax',"
        + header
        + "'LineItems':["
        + lines
        + "]}";
  }

  private static String line(String amount) {
    return "{'Description':'Work','Quantity':1,'UnitAmount':" + amount + ",'AccountCode':'500'}";
  }

  private static JsonNode put(String note) {
    Http.Reply reply = xero.call("PUT", "/CreditNotes?summarizeErrors=false&unitdp=4", note);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().at("/CreditNotes/0");
  }

  @Test
  void takesALineWithoutAnAmountAndDropsUrlAndReference() {
    JsonNode made =
        put(
            note(
                "CN-1",
                "'Status':'AUTHORISED','Url':'https://example.com','Reference':'dropped',",
                line("90.00") + ",{'Description':'only words'}"));
    assertThat(made.path("StatusAttributeString").asText()).isEqualTo("OK");
    assertThat(made.path("Total").decimalValue()).isEqualByComparingTo("90.00");
    assertThat(made.has("Url")).isFalse();
    assertThat(made.has("Reference")).isFalse();
    assertThat(made.has("DueDate")).as("it needs none").isFalse();
    assertThat(made.at("/LineItems/1/Description").asText()).isEqualTo("only words");
    assertThat(made.at("/LineItems/1").has("LineAmount")).isFalse();
    assertThat(made.path("RemainingCredit").decimalValue()).isEqualByComparingTo("90.00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTHORISED | -1.00 | The Total for this document must be greater than or equal to zero.",
        "VOIDED | 1.00 | Credit note not of valid status for modification",
        "PAID | 1.00 | Credit note not of valid status for modification"
      })
  void refusesWhatXeroRefuses(String status, String amount, String message) {
    JsonNode refused = put(note("CN-2", "'Status':'" + status + "',", line(amount)));
    assertThat(XeroWorld.messages(refused)).contains(message);
    assertThat(refused.path("CreditNoteID").asText()).startsWith("00000000");
  }

  @Test
  void refusesALockedDayAndAnArchivedSupplier() {
    JsonNode locked = put(note("CN-3", "", line("1.00")).replace("2026-03-31", "2025-12-31"));
    assertThat(XeroWorld.messages(locked)).anyMatch(words -> words.contains("period lock date"));
    JsonNode archived =
        put(note("CN-3", "", line("1.00")).replace(XeroWorld.VENDOR, XeroWorld.ARCHIVED_VENDOR));
    assertThat(XeroWorld.messages(archived)).anyMatch(words -> words.contains("archived contact"));
  }

  @Test
  void showsLinesOnPagesOnlyAndKnowsNoListOfNumbers() {
    put(note("CN-4", "'Status':'AUTHORISED',", line("5.00")));
    JsonNode page = xero.get("/CreditNotes?page=1&InvoiceNumbers=nothing").json();
    assertThat(page.at("/CreditNotes/0/LineItems")).isNotEmpty();
    assertThat(page.path("pagination").path("itemCount").asInt()).isPositive();
    assertThat(xero.get("/CreditNotes").json().at("/CreditNotes/0/LineItems")).isEmpty();
    String own = "Contact.ContactID%3D%3Dguid(%22" + XeroWorld.VENDOR + "%22)";
    assertThat(xero.get("/CreditNotes?where=" + own).json().path("CreditNotes")).isNotEmpty();
    String other = own.replace(XeroWorld.VENDOR, XeroWorld.ARCHIVED_VENDOR);
    assertThat(xero.get("/CreditNotes?where=" + other).json().path("CreditNotes")).isEmpty();
  }

  @Test
  void isVoidedOnceAndThenStays() {
    String id =
        put(note("CN-5", "'Status':'AUTHORISED',", line("5.00"))).path("CreditNoteID").asText();
    String path = "/CreditNotes/" + id;
    assertThat(status(xero.call("POST", path, "{'Status':'VOIDED'}"))).isEqualTo("VOIDED");
    Http.Reply again = xero.call("POST", path, "{'Status':'AUTHORISED'}");
    assertThat(again.status()).isEqualTo(400);
    assertThat(status(xero.get(path))).isEqualTo("VOIDED");
    assertThat(List.of(xero.get(path).json().at("/CreditNotes/0/RemainingCredit").asInt()))
        .containsExactly(0);
  }

  private static String status(Http.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().at("/CreditNotes/0/Status").asText();
  }
}
