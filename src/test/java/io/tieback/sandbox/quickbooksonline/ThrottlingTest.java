package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.sandbox.kit.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Throttling, requestid and uploads (reference sections 5 and 10). */
class ThrottlingTest {
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  @Test
  void theMinuteIsCountedByCompany() {
    books.set("{'callsPerMinute':2}");
    List<Http.Reply> replies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      replies.add(books.get("/preferences"));
    }
    Http.Reply refused = replies.get(4);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/Fault/Error/0/code").textValue()).isEqualTo("003001");
    assertThat(refused.header("Retry-After")).isNull();
    assertThat(refused.header("intuit_tid")).isNotBlank();
    books.advance(60);
    assertThat(books.get("/preferences").status()).isEqualTo(200);
    books.signIn("maple", "syrup");
    assertThat(books.get("/preferences").status()).isEqualTo(200);
  }

  @Test
  void theEleventhCallAtTheSameTimeIsRefused() {
    books.set("{'latencyMillis':700}");
    ExecutorService pool = Executors.newFixedThreadPool(12);
    try {
      List<CompletableFuture<Http.Reply>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> books.get("/preferences"), pool));
      }
      assertThat(calls.stream().map(CompletableFuture::join).filter(r -> r.status() == 429))
          .hasSize(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void batchesHaveALimitOfTheirOwn() {
    books.set("{'batchesPerMinute':1}");
    String batch = "{'BatchItemRequest':[{'bId':'1','Query':'select * from Bill'}]}";
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(books.post("/batch", batch).status());
    }
    assertThat(statuses).contains(429);
    assertThat(books.get("/preferences").status()).isEqualTo(200);
  }

  @Test
  void aRequestIdReplaysTheFirstSuccessAndFaultsOnlyWhenSwitched() {
    Http.Reply first = books.post("/bill?requestid=r1", bill("A", line("10")));
    Http.Reply again = books.post("/bill?requestid=r1", bill("B", line("20")));
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(fault(books.post("/bill?requestid=r2", bill("A", line("1"))))).startsWith("6140");
    assertThat(books.post("/bill?requestid=r2", bill("C", line("1"))).status()).isEqualTo(200);
    books.set("{'requestId':'replaysFaults'}");
    books.post("/bill?requestid=r3", bill("A", line("1")));
    assertThat(fault(books.post("/bill?requestid=r3", bill("D", line("1"))))).startsWith("6140");
    assertThat(fault(books.post("/bill?requestid=" + "x".repeat(51), bill("E", line("1")))))
        .startsWith("2050");
    books.set("{'requestId':'off'}");
    assertThat(fault(books.post("/bill?requestid=r1", bill("A", line("10"))))).startsWith("6140");
    assertThat(books.found("select count(*) from Bill").get("totalCount").intValue()).isEqualTo(2);
  }

  @Test
  void filesAreUploadedWithTheTransactionThatTheyBelongTo() {
    String id = books.made("Bill", bill("A", line("10"))).get("Id").textValue();
    Http.Reply reply = upload(id);
    assertThat(reply.json().at("/AttachableResponse/0/Attachable/FileName").textValue())
        .isEqualTo("invoice.pdf");
    assertThat(
            books
                .found(
                    "select * from Attachable where AttachableRef.EntityRef.Type = 'bill' and"
                        + " AttachableRef.EntityRef.value = '"
                        + id
                        + "'")
                .get("Attachable"))
        .hasSize(1);
    assertThat(
            books
                .control("GET", "attachments?realmId=" + books.realm + "&id=" + id, null)
                .at("/attachments/0/base64")
                .textValue())
        .isEqualTo("JVBERg0K");
    assertThat(upload("999").json().at("/AttachableResponse/0/Fault/Error/0/code").textValue())
        .isEqualTo("2500");
  }

  private Http.Reply upload(String billId) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file_metadata_01\"\r\n"
            + "Content-Type: application/json\r\n\r\n"
            + "{\"AttachableRef\":[{\"EntityRef\":{\"type\":\"bill\",\"value\":\""
            + billId
            + "\"}}],\"FileName\":\"invoice.pdf\",\"ContentType\":\"application/pdf\"}\r\n"
            + "--b\r\n"
            + "Content-Disposition: form-data; name=\"file_content_01\";"
            + " filename=\"invoice.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n"
            + "%PDF\r\n\r\n"
            + "--b--\r\n";
    return Http.send(
        "POST",
        books.url + "/v3/company/" + books.realm + "/upload",
        body,
        "Authorization",
        "Bearer " + books.token,
        "Accept",
        "application/json",
        "Content-Type",
        "multipart/form-data; boundary=b");
  }
}
