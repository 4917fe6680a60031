package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The query language (reference section 6). */
class QueryTest {
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private List<String> names(String statement) {
    List<String> names = new ArrayList<>();
    books
        .found(statement)
        .path("Vendor")
        .forEach(row -> names.add(row.get("DisplayName").asText()));
    return names;
  }

  @Test
  void conditionsOrderAndPages() {
    assertThat(names("select * from Vendor")).containsExactly("Ironworks Ltd", "Glass Inc");
    assertThat(names("select * from Vendor where Active in (true,false) orderby DisplayName"))
        .containsExactly("Glass Inc", "Gone Ltd", "Ironworks Ltd");
    assertThat(names("select * from Vendor where DisplayName like '%lass%'"))
        .containsExactly("Glass Inc");
    assertThat(
            names(
                "Select DisplayName From Vendor Where Id IN ('11', '13') And Active = true Order By"
                    + " DisplayName DESC"))
        .containsExactly("Ironworks Ltd", "Glass Inc");
    assertThat(names("select * from Vendor where DisplayName = 'glass inc'")).isEmpty();
    books.set("{'queryIgnoresCase':true}");
    assertThat(names("select * from Vendor where DisplayName = 'glass inc'")).hasSize(1);
    JsonNode page = books.found("select * from Vendor startposition 2 maxresults 1");
    assertThat(page.get("Vendor")).hasSize(1);
    assertThat(page.get("startPosition").intValue()).isEqualTo(2);
    assertThat(page.get("maxResults").intValue()).isEqualTo(1);
    assertThat(books.found("select * from Vendor startposition 9").isEmpty()).isTrue();
  }

  @Test
  void columnsCountsApostrophesAndPostedStatements() {
    JsonNode row = books.found("select DisplayName from Vendor where Id = '11'").at("/Vendor/0");
    assertThat(row.has("Id")).isFalse();
    assertThat(row.get("DisplayName").textValue()).isEqualTo("Ironworks Ltd");
    assertThat(books.found("select count(*) from Vendor").get("totalCount").intValue())
        .isEqualTo(2);
    assertThat(
            books
                .found("select * from Employee where DisplayName = 'Ann O\\'Hara'")
                .get("Employee"))
        .hasSize(1);
    Http.Reply posted =
        books.call("POST", "/query", "select * from Vendor", "Content-Type", "application/text");
    assertThat(posted.status()).as("two content types are one too many").isEqualTo(400);
    Http.Reply good =
        Http.send(
            "POST",
            books.url + "/v3/company/" + books.realm + "/query",
            "select * from Vendor where Id = '11'",
            "Authorization",
            "Bearer " + books.token,
            "Accept",
            "application/json",
            "Content-Type",
            "application/text");
    assertThat(good.json().at("/QueryResponse/Vendor/0/Id").textValue()).isEqualTo("11");
  }

  @Test
  void transactionsByNumberVendorDayAmountAndTime() {
    books.made("Bill", bill("A", line("10")));
    books.advance(10);
    Instant between = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
    String id = books.made("Bill", bill("B", line("20"))).get("Id").textValue();
    String[] second = {
      "DocNumber = 'B'",
      "VendorRef = '11' and TotalAmt > '10.5'",
      "TxnDate >= '2026-11-06' and Balance = 20",
      "MetaData.LastUpdatedTime > '" + between + "'",
      "MetaData.CreateTime >= '"
          + between.atOffset(java.time.ZoneOffset.ofHours(-7)).toString()
          + "'"
    };
    for (String where : second) {
      JsonNode found = books.found("select * from Bill where " + where);
      assertThat(found.get("Bill")).as(where).hasSize(1);
      assertThat(found.at("/Bill/0/Id").textValue()).isEqualTo(id);
    }
    assertThat(books.found("select * from Bill where TxnDate < '2026-11-06'").isEmpty()).isTrue();
  }

  @Test
  void whatDoesNotParseOrCannotBeAskedIs4001() {
    String[] bad = {
      "select * from Vendor where Id = '11' or Id = '13'",
      "select * from Vendor where (Id = '11')",
      "select * from Vendor, Customer",
      "select * from Vendor v join Customer c",
      "select * from Nothing",
      "select * from Vendor where Notes = 'x'",
      "select * from Bill where PrivateNote like '%x%'",
      "select Nothing from Vendor",
      "select * from Vendor orderby Notes",
      "select * from Vendor where DisplayName = 'O'Hara'",
      "select * from Vendor where DisplayName = \"x\"",
      "select * from Vendor where Active = 'perhaps'",
      "select * from Bill where TxnDate = '11/06/2026'",
      "select * from Vendor maxresults 1001",
      "select * from Vendor startposition 0",
      "update Vendor",
      "select * from Vendor where Id != '11'"
    };
    for (String statement : bad) {
      assertThat(fault(books.query(statement))).as(statement).startsWith("4001");
    }
  }

  @Test
  void aHundredRowsComeWhenNothingIsSaid() {
    for (int i = 0; i < 101; i++) {
      books.control(
          "POST",
          "enter",
          "{'realmId':'" + books.realm + "','entity':'Class','object':{'Name':'C" + i + "'}}");
    }
    assertThat(books.found("select * from Class").get("Class")).hasSize(100);
    assertThat(books.found("select * from Class maxresults 1000").get("Class")).hasSize(102);
  }
}
