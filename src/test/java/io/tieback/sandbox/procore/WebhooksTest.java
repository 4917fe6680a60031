package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tieback.sandbox.kit.Http;
import io.tieback.sandbox.kit.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The webhook sender against a real receiver. */
class WebhooksTest {
  private static final String HOOKS = "/rest/v1.0/webhooks/hooks";
  private static World world;
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile Function<JsonNode, Integer> status = event -> 200;
  private HttpServer receiver;
  private long hook;

  @BeforeAll
  static void start() {
    world = new World();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void listen() throws IOException {
    world.reset();
    receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.setExecutor(Executors.newCachedThreadPool());
    receiver.createContext("/", this::receive);
    receiver.start();
    hook = hook("tieback");
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    JsonNode event = Json.parse(exchange.getRequestBody().readAllBytes());
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    received.add(event);
    exchange.sendResponseHeaders(status.apply(event), -1);
    exchange.close();
  }

  private long hook(String namespace) {
    Http.Reply made =
        world.call(
            "POST",
            HOOKS,
            "{'company_id':"
                + COMPANY
                + ",'hook':{'api_version':'v2','namespace':'"
                + namespace
                + "','destination_url':'http://127.0.0.1:"
                + receiver.getAddress().getPort()
                + "/in','destination_headers':{'Authorization':'Bearer hush-hush'}}}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    long id = made.json().get("id").longValue();
    assertThat(
            world
                .call(
                    "POST",
                    HOOKS + "/" + id + "/triggers",
                    "{'company_id':"
                        + COMPANY
                        + ",'api_version':'v2','trigger':{'resource_name':'ERP"
                        + " Requests','event_type':'create'}}")
                .status())
        .isEqualTo(201);
    return id;
  }

  private static List<Long> requestIds(JsonNode made) {
    List<Long> ids = new ArrayList<>();
    made.forEach(request -> ids.add(request.get("requestId").longValue()));
    return ids;
  }

  private List<Long> receivedIds() {
    return received.stream().map(event -> event.get("resource_id").longValue()).toList();
  }

  private JsonNode deliveries(String query) {
    return world.get(HOOKS + "/" + hook + "/deliveries?company_id=" + COMPANY + query);
  }

  private void quiet() {
    await().until(() -> world.control("GET", "webhooks", null).get("pending").intValue() == 0);
  }

  @Test
  void eventsArriveInOrderWithTheRegisteredHeader() {
    List<Long> made = requestIds(world.exported(20));
    quiet();
    assertThat(receivedIds()).isEqualTo(made);
    assertThat(authorizations).containsOnly("Bearer hush-hush");
    JsonNode event = received.get(0);
    assertThat(event.get("resource_name").textValue()).isEqualTo("ERP Requests");
    assertThat(event.get("ulid").textValue()).hasSize(26);
    assertThat(event.get("company_id").longValue()).isEqualTo(COMPANY);
    assertThat(deliveries("")).hasSize(20);
    assertThat(deliveries("").at("/0/outcome").textValue()).isEqualTo("ok");
    assertThat(deliveries("&filters%5Bstatus%5D=failing")).isEmpty();
    JsonNode page =
        deliveries("&page_size=5&page_start=" + deliveries("").at("/9/event_id").longValue());
    assertThat(page).hasSize(5);
    assertThat(page.at("/0/event/resource_id").longValue()).isEqualTo(made.get(10));
    assertThat(
            world
                .call(
                    "GET",
                    HOOKS + "/" + hook + "/deliveries?company_id=" + COMPANY + "&page_size=101",
                    null)
                .status())
        .isEqualTo(400);
  }

  @Test
  void everyHookOfTheCompanyGetsEachEventAndNamespacesAreSingle() {
    long second = hook("other");
    world.exported(1);
    quiet();
    assertThat(received).hasSize(2);
    assertThat(received.get(0)).isEqualTo(received.get(1));
    String body =
        "{'company_id':"
            + COMPANY
            + ",'hook':{'api_version':'v2','namespace':'%s','destination_url':'%s'}}";
    assertThat(
            world
                .call("POST", HOOKS, body.formatted("other", "http://x"))
                .json()
                .at("/errors/namespace/0")
                .textValue())
        .isEqualTo("has already been taken");
    assertThat(world.call("POST", HOOKS, body.formatted("Has_Capitals", "http://x")).status())
        .isEqualTo(422);
    world.set("webhookRequireHttps", true);
    assertThat(world.call("POST", HOOKS, body.formatted("third", "http://x")).status())
        .isEqualTo(422);
    JsonNode list = world.get(HOOKS + "?company_id=" + COMPANY);
    assertThat(list).hasSize(2);
    assertThat(list.at("/0/destination_headers/Authorization").textValue())
        .isEqualTo("Beare" + "*".repeat(11));
    assertThat(world.call("DELETE", HOOKS + "/" + second + "?company_id=" + COMPANY, null).status())
        .isEqualTo(200);
    world.exported(1);
    quiet();
    assertThat(received).hasSize(3);
  }

  @Test
  void failurePausesTheQueueAndOrderIsKept() {
    status = event -> 500;
    List<Long> made = requestIds(world.exported(3));
    await().until(() -> received.size() >= 1);
    await().until(() -> deliveries("&filters%5Bstatus%5D=failing").size() == 1);
    // 1, 2, 4, ... seconds by the stand-in's clock: after 8 failures the pause is longer than this
    // test.
    for (int failures = 1; failures < 8; failures++) {
      world.advance(1L << failures);
      int wanted = failures + 1;
      await().until(() -> received.size() >= wanted);
      await().until(() -> deliveries("").at("/0/response_status").intValue() == 500);
    }
    assertThat(receivedIds()).as("the first event blocks the others").containsOnly(made.get(0));
    assertThat(deliveries("").at("/0/outcome").textValue()).isEqualTo("retried");
    assertThat(deliveries("")).as("the others have not been tried").hasSize(1);
    int soFar = received.size();
    world.advance(60);
    assertThat(world.control("GET", "webhooks", null).get("pending").intValue()).isEqualTo(3);
    assertThat(received).as("128 seconds are not over").hasSize(soFar);
    status = event -> 204;
    world.advance(3600);
    quiet();
    assertThat(receivedIds().subList(soFar, soFar + 3)).isEqualTo(made);
  }

  @Test
  void afterTwelveHoursTheQueueIsDiscarded() {
    status = event -> 503;
    List<Long> made = requestIds(world.exported(4));
    await().until(() -> deliveries("").size() == 1);
    world.advance(12 * 3600);
    world.signIn();
    await().until(() -> deliveries("&filters%5Bstatus%5D=discarded").size() == 4);
    assertThat(world.control("GET", "webhooks", null).get("pending").intValue()).isZero();
    List<Long> inLog = new ArrayList<>();
    deliveries("&filters%5Bstatus%5D=discarded")
        .forEach(row -> inLog.add(row.at("/event/resource_id").longValue()));
    assertThat(inLog).isEqualTo(made);
    status = event -> 200;
    received.clear();
    List<Long> later = requestIds(world.exported(1));
    quiet();
    assertThat(receivedIds()).isEqualTo(later);
  }

  @Test
  void slowReceiverCountsAsFailure() throws InterruptedException {
    CountDownLatch answer = new CountDownLatch(1);
    world.set("webhookTimeoutMillis", 200);
    status =
        event -> {
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return 200;
        };
    world.exported(1);
    await().until(() -> deliveries("&filters%5Bstatus%5D=failing").size() == 1);
    assertThat(deliveries("").at("/0/response_error").textValue()).containsIgnoringCase("time");
    world.set("webhookTimeoutMillis", 5000);
    answer.countDown();
    world.advance(3600);
    quiet();
    assertThat(received).hasSizeGreaterThan(1);
    assertThat(received.get(0).get("ulid")).isEqualTo(received.get(1).get("ulid"));
  }

  @Test
  void duplicatesReorderingAndSilenceOnDemand() {
    world.set("webhookDuplicateEvery", 2);
    List<Long> made = requestIds(world.exported(4));
    quiet();
    assertThat(receivedIds())
        .containsExactly(
            made.get(0), made.get(1), made.get(1), made.get(2), made.get(3), made.get(3));
    assertThat(deliveries("")).hasSize(4);

    world.set("webhookDuplicateEvery", 0);
    world.set("webhookDropEvery", 2);
    received.clear();
    made = requestIds(world.exported(4));
    quiet();
    assertThat(receivedIds()).containsExactly(made.get(0), made.get(2));
    assertThat(deliveries("")).as("what is dropped is in no log").hasSize(6);

    world.set("webhookDropEvery", 0);
    world.set("webhookReorder", true);
    received.clear();
    made = requestIds(world.exported(3));
    quiet();
    assertThat(receivedIds()).containsExactly(made.get(1), made.get(0), made.get(2));

    world.set("webhookReorder", false);
    world.set("webhooksEnabled", false);
    received.clear();
    made = requestIds(world.exported(1));
    quiet();
    assertThat(received).isEmpty();
    assertThat(deliveries("&filters%5Bstatus%5D=discarded").at("/0/event/resource_id").longValue())
        .isEqualTo(made.get(0));
  }

  @Test
  void rateIsKept() {
    world.set("webhookRatePerSecond", 50);
    world.set("webhookParallelism", 8);
    long begin = System.nanoTime();
    world.exported(30);
    quiet();
    // 29 gaps of 20 ms.
    assertThat(System.nanoTime() - begin).isGreaterThan(570_000_000L);
    assertThat(received).hasSize(30);
  }
}
