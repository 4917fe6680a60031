package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pages, deltas and filters (reference section 3.6). Bills R1..R5 exist, R3 changed last, ten
 * minutes after the others.
 */
class ReadingTest {
  private static XeroWorld xero;
  private static Instant later;

  @BeforeAll
  static void start() {
    xero = new XeroWorld();
    List<JsonNode> bills = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      bills.add(xero.create("R" + i));
    }
    xero.advance(600);
    JsonNode changed =
        xero.call(
                "POST",
                "/Invoices/" + bills.get(2).get("InvoiceID").textValue(),
                "{'DueDate':'2026-06-01'}")
            .json();
    later =
        Instant.ofEpochMilli(
            Long.parseLong(
                changed
                    .at("/Invoices/0/UpdatedDateUTC")
                    .textValue()
                    .replaceAll("/Date\\((\\d+).*", "$1")));
  }

  @AfterAll
  static void stop() {
    xero.close();
  }

  private static List<String> numbers(Http.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    List<String> numbers = new ArrayList<>();
    reply
        .json()
        .get("Invoices")
        .forEach(bill -> numbers.add(bill.get("InvoiceNumber").textValue()));
    return numbers;
  }

  private static Http.Reply where(String filter) {
    return xero.get("/Invoices?page=1&where=" + XeroWorld.encoded(filter));
  }

  @Test
  void pagesInOrderOfChange() {
    Http.Reply page = xero.get("/Invoices?page=2&pageSize=2");
    assertThat(numbers(page)).containsExactly("R4", "R5");
    assertThat(page.json().get("pagination").toString())
        .isEqualTo("{\"page\":2,\"pageSize\":2,\"pageCount\":3,\"itemCount\":5}");
    assertThat(page.json().at("/Invoices/0/LineItems")).hasSize(2);
    assertThat(numbers(xero.get("/Invoices?page=3&pageSize=2"))).containsExactly("R3");
    assertThat(numbers(xero.get("/Invoices?page=9"))).isEmpty();
    assertThat(
            xero.get("/Invoices?page=1&pageSize=5000").json().at("/pagination/pageSize").intValue())
        .isEqualTo(1000);
    Http.Reply unpaged = xero.get("/Invoices");
    assertThat(unpaged.json().get("Invoices")).hasSize(5);
    assertThat(unpaged.json().has("pagination")).isFalse();
    assertThat(unpaged.json().at("/Invoices/0/LineItems")).as("no lines without a page").isEmpty();
    assertThat(numbers(xero.get("/Invoices?page=1&order=InvoiceNumber%20DESC")))
        .startsWith("R5", "R4", "R3");
  }

  @Test
  void ifModifiedSinceCountsWholeSecondsInclusive() {
    String same =
        later.atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));
    assertThat(numbers(xero.get("/Invoices?page=1", "If-Modified-Since", same + "Z")))
        .containsExactly("R3");
    assertThat(numbers(xero.get("/Invoices?page=1", "If-Modified-Since", same)))
        .containsExactly("R3");
    assertThat(numbers(xero.get("/Invoices?page=1", "If-Modified-Since", same + ".999Z")))
        .containsExactly("R3");
    String rfc1123 =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(later.plusSeconds(1).atOffset(ZoneOffset.UTC));
    assertThat(numbers(xero.get("/Invoices?page=1", "If-Modified-Since", rfc1123))).isEmpty();
    assertThat(xero.get("/Invoices?page=1", "If-Modified-Since", "yesterday").status())
        .isEqualTo(400);
  }

  @Test
  void filters() {
    assertThat(
            numbers(where("Type==\"ACCPAY\" AND Status==\"AUTHORISED\" AND InvoiceNumber==\"R2\"")))
        .containsExactly("R2");
    assertThat(
            numbers(
                where(
                    "Contact.ContactID==guid(\""
                        + XeroWorld.VENDOR
                        + "\") AND DueDate>=DateTime(2026, 05, 01)")))
        .containsExactly("R3");
    assertThat(numbers(where("DueDate <= DateTime(2026,4,30) && AmountDue >= 900"))).hasSize(4);
    assertThat(numbers(where("Status==\"PAID\" OR (InvoiceNumber==\"R1\")"))).containsExactly("R1");
    Http.Reply unknown = where("Colour==\"red\"");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.json().get("Type").textValue()).isEqualTo("QueryParseException");
    assertThat(where("Status==").status()).isEqualTo(400);
    assertThat(where("AmountDue>=\"much\"").status()).isEqualTo(400);
  }

  @Test
  void listParameters() {
    String id =
        xero.get("/Invoices?page=1&InvoiceNumbers=R1,R4")
            .json()
            .at("/Invoices/0/InvoiceID")
            .textValue();
    assertThat(numbers(xero.get("/Invoices?page=1&InvoiceNumbers=R1,R4")))
        .containsExactly("R1", "R4");
    assertThat(numbers(xero.get("/Invoices?page=1&IDs=" + id))).containsExactly("R1");
    assertThat(numbers(xero.get("/Invoices?page=1&ContactIDs=" + XeroWorld.ARCHIVED_VENDOR)))
        .isEmpty();
    assertThat(numbers(xero.get("/Invoices?page=1&Statuses=DRAFT,VOIDED"))).isEmpty();
    assertThat(numbers(xero.get("/Invoices?page=1&createdByMyApp=true"))).hasSize(5);
    assertThat(xero.get("/Invoices?page=1&summaryOnly=true").json().at("/Invoices/0/LineItems"))
        .isEmpty();
    assertThat(xero.get("/Invoices?IDs=nonsense").status()).isEqualTo(400);
    Http.Reply missing = xero.get("/Invoices/" + XeroWorld.TENANT);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.raw().body()).isEmpty();
  }
}
