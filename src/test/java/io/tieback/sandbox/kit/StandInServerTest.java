package io.tieback.sandbox.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a test may rely on when it tells a stand-in to misbehave. The vendor here counts up and
 * remembers texts.
 */
class StandInServerTest {
  private static final class Notes implements StandIn {
    private final List<String> notes = new ArrayList<>();
    private final Switches switches = new Switches().number("ceiling", 7, "how many notes fit");
    private int blessed;

    @Override
    public String name() {
      return "notes";
    }

    @Override
    public void routes(Router router) {
      router.put("/notes").handler(Call.handler(this::put));
      router
          .get("/notes/:id")
          .handler(
              Call.handler(
                  call ->
                      Answer.text(
                          200, "text/plain", notes.get(Integer.parseInt(call.pathParam("id"))))));
      router
          .get("/notes")
          .handler(
              Call.handler(
                  call ->
                      Answer.json(
                          200, Json.object().put("count", notes.size()).put("blessed", blessed))));
    }

    private Answer put(Call call) {
      notes.add(call.bodyText());
      return Answer.json(201, Json.object().put("made", notes.size()).put("text", call.bodyText()));
    }

    @Override
    public void reset() {
      notes.clear();
      switches.reset();
    }

    @Override
    public ObjectNode seed(ObjectNode seed) {
      Json.onlyFields("seed", seed, "notes");
      seed.get("notes").forEach(note -> notes.add(note.asText()));
      return Json.object().put("made", notes.size());
    }

    @Override
    public ObjectNode settings() {
      return switches.values();
    }

    @Override
    public void settings(ObjectNode changes) {
      switches.change(changes);
    }

    @Override
    public Set<String> vendorEffects() {
      return Set.of("bless");
    }

    @Override
    public void vendorEffect(String effect, Call call) {
      blessed++;
    }
  }

  private Vertx vertx;
  private StandInServer server;
  private String url;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    server = StandInServer.start(vertx, "127.0.0.1", 0, surroundings -> new Notes());
    url = server.url();
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close();
  }

  private Http.Reply put(String text) {
    return Http.send("PUT", url + "/notes", text);
  }

  private int count() {
    return Http.send("GET", url + "/notes", null).json().get("count").intValue();
  }

  private void fault(String json) {
    Http.control("POST", url + "/_sandbox/faults", json);
  }

  private String lastOutcome() {
    JsonNode all = Http.control("GET", url + "/_sandbox/requests", null).get("requests");
    return all.get(all.size() - 1).get("outcome").textValue();
  }

  @Test
  void answersAndListsWhatItReceivedWithoutSecrets() {
    Http.send("PUT", url + "/notes?page=2&code=hush", "one", "Authorization", "Bearer hush");
    Http.send(
        "PUT",
        url + "/notes",
        "code=hush&grant=x",
        "Content-Type",
        "application/x-www-form-urlencoded");
    Http.send("GET", url + "/notes/0", null);
    Http.send("GET", url + "/nowhere/0b0f5a3c-0f4f-4a6e-8a47-1f6f8a8b7c11", null);

    Http.Reply listed = Http.send("GET", url + "/_sandbox/requests", null);
    assertThat(listed.text()).doesNotContain("hush");
    JsonNode first = listed.json().get("requests").get(0);
    assertThat(first.get("ordinal").intValue()).isEqualTo(1);
    assertThat(first.get("method").textValue()).isEqualTo("PUT");
    assertThat(first.get("query").get("page").textValue()).isEqualTo("2");
    assertThat(first.get("body").textValue()).isEqualTo("one");
    assertThat(first.get("status").intValue()).isEqualTo(201);
    assertThat(listed.json().get("next").intValue()).isEqualTo(4);
    assertThat(Http.control("GET", url + "/_sandbox/requests?since=3", null).get("requests"))
        .hasSize(1);

    JsonNode summary = Http.control("GET", url + "/_sandbox/requests/summary", null);
    assertThat(summary.get("total").intValue()).isEqualTo(4);
    assertThat(summary.at("/byOperation/PUT ~1notes/statuses/201").intValue()).isEqualTo(2);
    assertThat(summary.at("/byOperation/GET ~1notes~1{id}/count").intValue()).isEqualTo(1);
    assertThat(summary.at("/byOperation/GET ~1nowhere~1{id}/statuses/404").intValue()).isEqualTo(1);
  }

  @Test
  void aDropBeforeProcessesNothingAndADropAfterHasCommitted() {
    fault("{'match':{'method':'PUT'},'after':1,'count':2,'effect':{'drop':'before'}}");
    assertThat(put("kept").status()).isEqualTo(201);
    assertThatThrownBy(() -> put("lost")).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(lastOutcome()).isEqualTo("dropped before processing");
    assertThatThrownBy(() -> put("lost too")).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(count()).isEqualTo(1);

    fault("{'match':{'path':'^/notes$','bodyContains':'strike'},'effect':{'drop':'after'}}");
    assertThat(put("other").status()).isEqualTo(201);
    assertThatThrownBy(() -> put("strike me")).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(count()).isEqualTo(3);
    assertThat(
            Http.control("GET", url + "/_sandbox/faults", null).at("/faults/1/struck").intValue())
        .isEqualTo(1);
    assertThat(
            Http.control("GET", url + "/_sandbox/requests/summary", null)
                .at("/byOperation/PUT ~1notes/statuses/dropped")
                .intValue())
        .isEqualTo(3);
  }

  @Test
  void aLateCommitHappensAfterTheConnectionIsGone() {
    fault("{'match':{'method':'PUT'},'effect':{'lateCommit':{'delayMillis':700}}}");
    assertThatThrownBy(() -> put("late")).isInstanceOf(java.io.UncheckedIOException.class);
    assertThat(count()).as("not yet").isZero();
    await().atMost(5, TimeUnit.SECONDS).until(() -> count() == 1);
    JsonNode put = Http.control("GET", url + "/_sandbox/requests?limit=1", null).at("/requests/0");
    assertThat(put.get("outcome").textValue()).isEqualTo("late commit (would have been 201)");
  }

  @Test
  void answersInsteadMalformedDelayedAndVendorEffects() {
    fault("{'effect':{'answer':{'status':429,'headers':{'Retry-After':'9'},'body':''}}}");
    Http.Reply refused = put("x");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("9");
    assertThat(count()).isZero();

    fault("{'match':{'method':'PUT'},'effect':{'malformed':true}}");
    Http.Reply cut = put("x");
    assertThat(cut.status()).isEqualTo(200);
    assertThatThrownBy(() -> Json.parse(cut.text()))
        .isInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
    assertThat(count()).isEqualTo(1);

    fault("{'effect':{'delayMillis':300}}");
    long before = System.nanoTime();
    assertThat(put("x").status()).isEqualTo(201);
    assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(250));

    fault("{'effect':{'vendor':'bless'}}");
    assertThat(Http.send("GET", url + "/notes", null).json().get("blessed").intValue())
        .isEqualTo(1);
  }

  @Test
  void aRequestWaitsForTheTestAtEveryPoint() throws IOException, InterruptedException {
    List<String> met = new CopyOnWriteArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    HttpServer test =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    test.createContext(
        "/here",
        exchange -> {
          met.add(
              new String(
                  exchange.getRequestBody().readAllBytes(),
                  java.nio.charset.StandardCharsets.UTF_8));
          try {
            go.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    test.start();
    try {
      String here = "http://127.0.0.1:" + test.getAddress().getPort() + "/here";
      fault(
          "{'match':{'method':'PUT'},'effect':{'meet':{'point':'afterCommit','url':'"
              + here
              + "'}}}");
      CompletableFuture<Http.Reply> waiting = CompletableFuture.supplyAsync(() -> put("committed"));
      await().atMost(5, TimeUnit.SECONDS).until(() -> met.size() == 1);
      assertThat(met.get(0))
          .contains("\"ordinal\":1", "\"point\":\"afterCommit\"", "\"path\":\"/notes\"");
      assertThat(count()).as("committed before the call-back").isEqualTo(1);
      assertThat(waiting).isNotDone();
      go.countDown();
      assertThat(waiting.join().status()).isEqualTo(201);

      fault("{'match':{'method':'PUT'},'effect':{'meet':{'point':'before','url':'" + here + "'}}}");
      assertThatThrownBy(() -> put("never")).isInstanceOf(java.io.UncheckedIOException.class);
      fault(
          "{'match':{'method':'PUT'},'effect':{'meet':{'point':'beforeCommit','url':'"
              + here
              + "'}}}");
      assertThat(put("second").status()).isEqualTo(201);
      fault(
          "{'match':{'method':'PUT'},'effect':{'meet':{'point':'afterAnswer','url':'"
              + here
              + "'}}}");
      assertThat(put("third").status()).isEqualTo(201);
      await().atMost(5, TimeUnit.SECONDS).until(() -> met.size() == 4);
      assertThat(met.get(3)).contains("afterAnswer");
      assertThat(count()).isEqualTo(3);
    } finally {
      test.stop(0);
    }
  }

  @Test
  void aDefectOfTheSandboxNeverLooksLikeTheVendor() {
    Http.Reply reply = Http.send("GET", url + "/notes/5", null);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.header("X-Sandbox-Defect")).isEqualTo("true");
    assertThat(lastOutcome()).startsWith("defect: java.lang.IndexOutOfBoundsException");
  }

  @Test
  void seedsSettingsClockAndReset() {
    assertThat(Http.control("GET", url + "/_sandbox/health", null).get("status").textValue())
        .isEqualTo("up");
    Http.control("POST", url + "/_sandbox/seed", "{'notes':['a','b']}");
    assertThat(count()).isEqualTo(2);
    assertThat(Http.send("POST", url + "/_sandbox/seed", "{\"note\":[]}").text())
        .contains("unknown field", "notes");
    JsonNode changed =
        Http.control("PATCH", url + "/_sandbox/settings", "{'ceiling':3,'recordBodies':false}");
    assertThat(changed.get("ceiling").intValue()).isEqualTo(3);
    put("unrecorded");
    assertThat(
            Http.control("GET", url + "/_sandbox/requests?path=notes", null)
                .at("/requests/1/body")
                .isNull())
        .isTrue();
    Http.Reply refused = Http.send("PATCH", url + "/_sandbox/settings", "{\"ceiling\":\"three\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("ceiling", "a whole number");
    assertThat(
            Http.control("POST", url + "/_sandbox/clock", "{'advanceSeconds':3600}")
                .get("offsetSeconds")
                .intValue())
        .isEqualTo(3600);
    assertThat(
            Http.send("POST", url + "/_sandbox/faults", "{\"effect\":{\"drop\":\"sideways\"}}")
                .status())
        .isEqualTo(400);
    Http.control("POST", url + "/_sandbox/reset", null);
    assertThat(count()).isZero();
    assertThat(Http.control("GET", url + "/_sandbox/clock", null).get("offsetSeconds").intValue())
        .isZero();
    assertThat(Http.control("GET", url + "/_sandbox/settings", null).get("ceiling").intValue())
        .isEqualTo(7);
    assertThat(Http.send("GET", url + "/_sandbox/nothing", null).status()).isEqualTo(404);
  }
}
