package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.Capabilities;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.ErpRequest;
import io.tieback.ledger.ItemState;
import io.tieback.procore.ErpEventKind;
import io.tieback.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The door of webhooks over real HTTP. The deliveries log is read only at a start here, so that it
 * cannot hide a webhook that was not received.
 */
class WebhookTest {

  private static final String JSON = "application/json";

  @TempDir static Path folder;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Site site;
  private static Books books;
  private static List<Long> invoices;

  @BeforeAll
  static void start() {
    site = Site.small(folder).set("poll.catch-up", "PT1H").start();
    books = site.books();
    invoices = site.seed().requisitionIds();
    site.send(invoices.toArray(Long[]::new));
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @AfterEach
  void asUsual() {
    site.procore()
        .settings(
            Json.object()
                .put("webhooksEnabled", true)
                .put("webhookDuplicateEvery", 0)
                .put("webhookReorder", false)
                .put("webhookParallelism", 1)
                .put("detailIdPlacement", "mixed"));
  }

  // ---- what comes in

  @ParameterizedTest(name = "detail id in the {0}")
  @CsvSource({"envelope,0", "requestData,1", "element,2", "absent,3"})
  @DisplayName(
      "GEN-API-05, GEN-API-06: the request detail is found wherever the event carries it, looked up"
          + " where it carries none, and closed")
  void detailIsFound(String placement, int invoice) {
    site.procore().settings(Json.object().put("detailIdPlacement", placement));
    long id = invoices.get(invoice);
    JsonNode request = site.accept(id).path("requests").get(0);
    assertThat(request.path("detailIdPlacement").asText()).isEqualTo(placement);
    site.awaitState(ItemState.ACKNOWLEDGED, id);
    assertThat(books.detail(request.path("detailIds").get(0).longValue()).path("status").asText())
        .isEqualTo("success");
    assertThat(books.erpStatus(id)).isEqualTo("synced");
  }

  @Test
  @DisplayName("GEN-API-09: webhooks that come twice and out of order bill nothing twice")
  void duplicatesAndReordering() {
    site.procore()
        .settings(
            Json.object()
                .put("webhookDuplicateEvery", 1)
                .put("webhookReorder", true)
                .put("webhookParallelism", 4));
    Long[] ids = invoices.subList(4, 8).toArray(Long[]::new);
    site.accept(ids);
    Site.until(
        "all deliveries are over",
        () -> site.procore().get("webhooks").path("pending").asInt() == 0);
    site.awaitState(ItemState.ACKNOWLEDGED, ids);
    for (long id : ids) {
      assertThat(books.bills(id)).hasSize(1);
      assertThat(books.details(id)).hasSize(1);
    }
  }

  @Test
  @DisplayName(
      "GEN-API-09: the same webhook twenty times at once is answered 2xx twenty times, and is one"
          + " request and one bill")
  void manyAtOnce() {
    site.procore().settings(Json.object().put("webhooksEnabled", false));
    long invoice = invoices.get(8);
    long request = site.accept(invoice).path("requests").get(0).path("requestId").longValue();
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 20)
            .mapToObj(n -> HTTP.sendAsync(knock(JSON, event(request)), BodyHandlers.ofString()))
            .toList();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
    site.awaitState(ItemState.ACKNOWLEDGED, invoice);
    assertThat(site.count("select count(*) from erp_request where request_id = " + request))
        .isEqualTo(1);
    assertThat(books.bills(invoice)).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-08: no 2xx before the request is durably stored, and 503 when it cannot be stored")
  void answersAfterTheInsert() throws Exception {
    long request = 7_000_001;
    try (Connection connection =
            DriverManager.getConnection(site.database(), SharedPostgres.USER, "");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table erp_request in exclusive mode");
      CompletableFuture<HttpResponse<String>> answer =
          HTTP.sendAsync(knock(JSON, event(request)), BodyHandlers.ofString());
      Site.until(
          "the insert waits",
          () ->
              site.count(
                      "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and"
                          + " query like 'insert into erp_request%'")
                  == 1);
      assertThat(answer).isNotDone();
      connection.commit();
      assertThat(answer.join().statusCode()).isEqualTo(202);
      assertThat(site.count("select count(*) from erp_request where request_id = " + request))
          .isEqualTo(1);
      statement.execute(
          "create function refuse() returns trigger language plpgsql as $$ begin raise exception"
              + " 'disk full'; end $$");
      statement.execute(
          "create trigger refuse before insert on erp_request for each row execute function"
              + " refuse()");
      connection.commit();
      try {
        assertThat(post(knock(JSON, event(request + 1))).statusCode()).isEqualTo(503);
      } finally {
        statement.execute("drop trigger refuse on erp_request");
        connection.commit();
      }
    }
    assertThat(post(knock(JSON, event(request + 1))).statusCode())
        .as("Procore delivers again")
        .isEqualTo(202);
  }

  @Test
  @DisplayName(
      "GEN-API-08: what arrives while another webhook is being committed shares the next commit,"
          + " and each is answered after its own")
  void sharesCommits() throws Exception {
    long first = 7_050_001;
    int many = 40;
    List<CompletableFuture<HttpResponse<String>>> answers;
    try (Connection connection =
            DriverManager.getConnection(site.database(), SharedPostgres.USER, "");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table erp_request in exclusive mode");
      answers =
          IntStream.range(0, many)
              .mapToObj(n -> HTTP.sendAsync(knock(JSON, event(first + n)), BodyHandlers.ofString()))
              .toList();
      Site.until(
          "an insert waits",
          () ->
              site.count(
                      "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and"
                          + " query like 'insert into erp_request%'")
                  == 1);
      assertThat(answers).noneMatch(CompletableFuture::isDone);
      connection.commit();
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
    String ours = " from erp_request where request_id between " + first + " and " + (first + many);
    assertThat(site.count("select count(*)" + ours)).isEqualTo(many);
    // One for each would be 40. How many arrive in time for the same one is the machine's affair.
    assertThat(site.count("select count(distinct received_at)" + ours)).isLessThan(many);
  }

  @Test
  @DisplayName(
      "GEN-API-11: what was accepted while no webhook arrived is caught up from the deliveries log")
  void lostWebhooks() {
    site.procore().settings(Json.object().put("webhooksEnabled", false));
    long invoice = invoices.get(9);
    long request = site.accept(invoice).path("requests").get(0).path("requestId").longValue();
    site.restart();
    site.awaitState(ItemState.ACKNOWLEDGED, invoice);
    assertThat(books.bills(invoice)).hasSize(1);
    assertThat(
            site.count(
                "select count(*) from erp_request where source = 'CATCH_UP' and request_id = "
                    + request))
        .isEqualTo(1);
  }

  // ---- what is refused

  static Stream<Arguments> otherContentTypes() {
    return Stream.of(
        Arguments.of(
            "application/x-www-form-urlencoded",
            "resource_name=ERP+Requests&event_type=create&resource_id=7100001"),
        Arguments.of(
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n"),
        Arguments.of("text/plain", event(7_100_002)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherContentTypes")
  @DisplayName("Other content types than JSON are refused with 415 and a clear line")
  void contentTypes(String type, String body) {
    HttpResponse<String> answer = post(knock(type, body));
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body())
        .contains("application/json")
        .contains(type.substring(0, 10))
        .hasLineCount(1);
  }

  @Test
  @DisplayName(
      "A wrong or missing header is 401, an unknown connection 404, a torn body 400, too large a"
          + " one 413; nothing is stored and nothing is told")
  void refusals() {
    long before = site.count("select count(*) from erp_request");
    String good = event(7_200_001);
    assertThat(
            post(
                bare(site.webhook(Site.HARBOUR), JSON, good)
                    .header("Authorization", "Bearer webhook-of-harbouR")
                    .build()))
        .satisfies(refused(401));
    assertThat(post(bare(site.webhook(Site.HARBOUR), JSON, good).build())).satisfies(refused(401));
    assertThat(
            post(
                bare(site.webhook(new ConnectionId("elsewhere")), JSON, good)
                    .header("Authorization", "Bearer webhook-of-harbour")
                    .build()))
        .satisfies(refused(404));
    assertThat(post(knock(JSON, good.substring(0, 40)))).satisfies(refused(400));
    assertThat(post(knock(JSON, "[]"))).satisfies(refused(400));
    assertThat(post(knock(JSON, good.replace("5001", "5002")))).satisfies(refused(400));
    assertThat(post(knock(JSON, good.replace("01HAND", "01\\u0000")))).satisfies(refused(400));
    assertThat(post(knock(JSON, good.replace("01HAND", "0".repeat(70))))).satisfies(refused(400));
    assertThat(post(knock(JSON, " ".repeat(70_000)))).satisfies(refused(413));
    assertThat(site.count("select count(*) from erp_request")).isEqualTo(before);
  }

  private static Consumer<HttpResponse<String>> refused(int status) {
    return answer -> {
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body())
          .hasLineCount(1)
          .doesNotContain("webhook-of-harbour")
          .doesNotContain("Exception");
    };
  }

  // ---- what has no flow yet

  @Test
  @DisplayName(
      "GEN-API-38: every event that nothing is done about is received, parked visibly and answered"
          + " in words; none is dropped and no detail stays open")
  void everyEventName() {
    Map<String, JsonNode> fired = new LinkedHashMap<>();
    Capabilities xero = site.deployment().rooms().of(Site.HARBOUR).erp().capabilities();
    List<String> names =
        ErpEventKind.names().stream().filter(name -> !xero.requestNames().contains(name)).toList();
    assertThat(names).containsAll(xero.notTaken().keySet());
    names.forEach(name -> fired.put(name, fire(name)));
    Site.until("all are parked", () -> parked().keySet().containsAll(names));
    for (String name : names) {
      ErpRequest row = parked().get(name);
      assertThat(row.failureMessage())
          .as("what an operator reads of %s", name)
          .contains(xero.notTaken().getOrDefault(name, name));
    }
    Site.until(
        "all details are closed",
        () ->
            Books.rows(
                    books.procore().path("details"),
                    d -> d.path("status").asText().equals("in_progress"))
                .isEmpty());
    for (String name : names) {
      for (JsonNode id : fired.get(name).path("detailIds")) {
        JsonNode detail = books.detail(id.longValue());
        assertThat(detail.path("status").asText()).as(name).isEqualTo("failed");
        assertThat(detail.path("messages").get(0).asText())
            .contains(xero.notTaken().getOrDefault(name, name))
            .contains("Xero");
      }
    }
  }

  @Test
  @DisplayName(
      "GEN-PAY-06, GEN-SCH-05: Procore's button for payments reads them at once, and its detail is"
          + " closed as success")
  void paymentsButton() {
    site.ledger().connections().paymentSchedule(Site.HARBOUR, "Never", "test");
    JsonNode before = payments();
    long detail = fire(ErpEventKind.SYNC_CONTRACT_PAYMENTS).path("detailIds").get(0).longValue();
    Site.until(
        "it is answered",
        () -> !books.detail(detail).path("status").asText().equals("in_progress"));
    assertThat(books.detail(detail).path("status").asText()).isEqualTo("success");
    Site.until("payments are read", () -> payments().asLong() > before.asLong());
  }

  /** How often the list of payments was read in Xero. */
  private static JsonNode payments() {
    return site.xero()
        .get("requests/summary")
        .path("byOperation")
        .path("GET /api.xro/2.0/Payments")
        .path("count");
  }

  @Test
  @DisplayName("An event name that is in no list is kept visibly and left alone")
  void unknownName() {
    fire("invent_something");
    Site.until(
        "it is kept",
        () -> !site.ledger().erpRequests().inState(Site.HARBOUR, "unrecognised", 10).isEmpty());
    ErpRequest kept = site.ledger().erpRequests().inState(Site.HARBOUR, "unrecognised", 10).get(0);
    assertThat(kept.name()).isEqualTo("invent_something");
    assertThat(kept.failureMessage()).contains("invent_something");
  }

  @Test
  @DisplayName(
      "A request with a text that no table takes becomes a dead letter with a remedy, and holds up"
          + " no other")
  void nulInAText() {
    ObjectNode event =
        Json.object().put("requestName", "create_budget").put("companyId", Site.COMPANY);
    event.putObject("requestData").putObject("budget").put("name", "a\0b");
    site.procore().post("event", event);
    fire("invent_something_else");
    Site.until(
        "the other is kept",
        () ->
            site.ledger().erpRequests().inState(Site.HARBOUR, "unrecognised", 10).stream()
                .anyMatch(kept -> kept.name().equals("invent_something_else")));
    Site.until(
        "the one is a dead letter",
        () ->
            site.ledger().deadLetters().list(DeadLetters.Filter.open(100)).stream()
                .anyMatch(
                    letter ->
                        letter.message().contains("/request_data/budget/name")
                            && letter.message().contains("NUL")));
  }

  private static Map<String, ErpRequest> parked() {
    return site.ledger().erpRequests().inState(Site.HARBOUR, "parked", 1000).stream()
        .collect(Collectors.toMap(ErpRequest::name, row -> row, (newer, older) -> newer));
  }

  /** Gives {@code requestId} and {@code detailIds}. */
  private static JsonNode fire(String name) {
    ObjectNode event = Json.object().put("requestName", name).put("companyId", Site.COMPANY);
    event.putObject("requestData").put("company_id", Site.COMPANY);
    return site.procore().post("event", event);
  }

  // ---- knocking

  private static String event(long request) {
    return Json.object()
        .put("id", request)
        .put("ulid", "01HAND" + request)
        .put("timestamp", "2026-11-22T06:00:00Z")
        .put("company_id", Site.COMPANY)
        .put("api_version", "v2")
        .put("event_type", "create")
        .put("resource_name", "ERP Requests")
        .put("resource_id", request)
        .toString();
  }

  private static HttpRequest knock(String type, String body) {
    return bare(site.webhook(Site.HARBOUR), type, body)
        .header("Authorization", "Bearer webhook-of-harbour")
        .build();
  }

  private static HttpRequest.Builder bare(URI at, String type, String body) {
    return HttpRequest.newBuilder(at)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> post(HttpRequest request) {
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join();
  }
}
