package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.encoded;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Change data capture and batch (reference sections 7 and 8). */
class ChangeDataTest {
  private static final long DAY = 86_400;
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private JsonNode changes(String entities, Instant since) {
    return books
        .get("/cdc?entities=" + entities + "&changedSince=" + encoded(since.toString()))
        .json()
        .at("/CDCResponse/0/QueryResponse");
  }

  @Test
  void changedObjectsComeWholeAndDeletedOnesAsStubs() {
    books.advance(100);
    Instant since = Instant.now().plusSeconds(50).truncatedTo(ChronoUnit.SECONDS);
    String kept = books.made("Bill", bill("A", line("10"))).get("Id").textValue();
    String gone = books.made("Bill", bill("B", line("10"))).get("Id").textValue();
    books.post("/bill?operation=delete", "{'Id':'" + gone + "','SyncToken':'0'}");
    JsonNode answer = changes("BillPayment,Bill", since);
    assertThat(answer.get(0).isEmpty()).isTrue();
    JsonNode bills = answer.get(1).get("Bill");
    assertThat(bills).hasSize(2);
    assertThat(bills.get(0)).isEqualTo(books.read("Bill", kept));
    assertThat(bills.get(1).get("status").textValue()).isEqualTo("Deleted");
    assertThat(bills.get(1).at("/MetaData/LastUpdatedTime").textValue()).isNotBlank();
    assertThat(bills.get(1).has("TotalAmt")).isFalse();
  }

  @Test
  void theLookBackIsThirtyDaysAndEntitiesAreChecked() {
    Instant now = Instant.now();
    assertThat(changes("Vendor", now.minusSeconds(30 * DAY - 60)).get(0).get("Vendor"))
        .as("inactive ones too")
        .hasSize(3);
    String old = encoded(now.minusSeconds(30 * DAY + 60).toString());
    assertThat(fault(books.get("/cdc?entities=Bill&changedSince=" + old))).contains("30 days");
    assertThat(fault(books.get("/cdc?entities=Nothing&changedSince=" + encoded(now.toString()))))
        .startsWith("2010");
    assertThat(fault(books.get("/cdc?entities=Bill"))).startsWith("2020");
  }

  @Test
  void allEntitiesTogetherGetAThousandObjects() {
    StringBuilder classes = new StringBuilder();
    for (int i = 0; i < 1005; i++) {
      classes.append(i == 0 ? "" : ",").append("{'Name':'C").append(i).append("'}");
    }
    books.control(
        "POST",
        "seed",
        "{'apps':[{'clientId':'big','clientSecret':'s','redirectUris':['"
            + QuickBooksWorld.REDIRECT
            + "'],'realmId':'77'}],'companies':[{'realmId':'77','Vendor':[{'DisplayName':'V'}],'Class':["
            + classes
            + "]}]}");
    books.signIn("big", "s");
    books.realm = "77";
    JsonNode answer = changes("Vendor,Class", Instant.now().minusSeconds(60));
    assertThat(answer.get(0).get("Vendor")).hasSize(1);
    assertThat(answer.get(1).get("Class")).hasSize(999);
  }

  @Test
  void aBatchAnswersEachItemForItself() {
    JsonNode answers =
        books
            .post(
                "/batch",
                "{'BatchItemRequest':[{'bId':'1','operation':'create','Bill':"
                    + bill("A", line("10"))
                    + "},{'bId':'2','operation':'create','Bill':"
                    + bill("A", line("10"))
                    + "},{'bId':'3','Query':'select count(*) from Bill'},"
                    + "{'bId':'4','operation':'update','Vendor':{'DisplayName':'x'}}]}")
            .json()
            .get("BatchItemResponse");
    assertThat(answers.at("/0/Bill/DocNumber").textValue()).isEqualTo("A");
    assertThat(answers.at("/1/Fault/Error/0/code").textValue()).isEqualTo("6140");
    assertThat(answers.at("/1/bId").textValue()).isEqualTo("2");
    assertThat(answers.at("/2/QueryResponse/totalCount").intValue()).isEqualTo(1);
    assertThat(answers.at("/3/Fault/Error/0/code").textValue()).isEqualTo("2020");
    String item = "{'bId':'1','Query':'select * from Bill'},";
    assertThat(
            fault(
                books.post(
                    "/batch",
                    "{'BatchItemRequest':["
                        + item.repeat(30)
                        + item.substring(0, item.length() - 1)
                        + "]}")))
        .contains("30 items");
  }
}
