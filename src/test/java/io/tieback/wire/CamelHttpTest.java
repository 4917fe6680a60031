package io.tieback.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.wire.RawServer.Reaction;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The way out, against sockets that misbehave as real services do. */
class CamelHttpTest {

  private static final List<String> VERBS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");
  private static final Map<String, Reaction> MISBEHAVIOURS =
      Map.of(
          "reset", new RawServer.Reset(),
          "close", new RawServer.Close(),
          "503", RawServer.answer(503, "Retry-After: 0\r\n", "busy"),
          "429", RawServer.answer(429, "Retry-After: 0\r\n", "slow down"),
          "cut off",
              new RawServer.Answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"cut", true));

  private CamelContext context;
  private CamelHttp http;

  @BeforeEach
  void start() throws Exception {
    context = new DefaultCamelContext();
    context.setUseBreadcrumb(true);
    CamelHttp.guard(context);
    http = new CamelHttp(context, HttpSettings.defaults());
    context.start();
  }

  @AfterEach
  void stop() throws Exception {
    http.close();
    context.stop();
  }

  static Stream<Arguments> everyVerbAndMisbehaviour() {
    return VERBS.stream()
        .flatMap(
            verb -> MISBEHAVIOURS.keySet().stream().sorted().map(how -> Arguments.of(verb, how)));
  }

  @ParameterizedTest(name = "{0} at a server that answers with {1}")
  @MethodSource("everyVerbAndMisbehaviour")
  void sendsExactlyOnceWhateverTheServerDoes(String verb, String how) {
    try (RawServer server = new RawServer(request -> MISBEHAVIOURS.get(how))) {
      HttpCall call = call(verb, server.uri("/rest/thing?page=1"));
      if (how.equals("503") || how.equals("429")) {
        assertThat(http.send(call).status()).hasToString(how);
      } else {
        Failure failure = catchThrowableOfType(Failure.class, () -> http.send(call));
        assertThat(failure.kind())
            .isEqualTo(verb.equals("GET") ? FailureKind.TRANSIENT : FailureKind.UNKNOWN);
        assertThat(failure).hasMessageContaining(verb).hasMessageNotContaining("page=1");
      }
      assertThat(server.requests()).extracting(RawServer.Request::method).containsExactly(verb);
    }
  }

  @ParameterizedTest(
      name = "a site's own route over camel-http: {0} at a server that answers with {1}")
  @MethodSource("everyVerbAndMisbehaviour")
  void routesOfASiteSendOnceToo(String verb, String how) throws Exception {
    try (RawServer server = new RawServer(request -> MISBEHAVIOURS.get(how));
        var template = context.createProducerTemplate()) {
      template.start();
      template.send(
          server.uri("/x").toString(),
          exchange -> {
            exchange.getIn().setHeader(Exchange.HTTP_METHOD, verb);
            exchange.getIn().setBody(verb.equals("GET") || verb.equals("DELETE") ? null : "{}");
          });
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void sendsTheAddressHeadersAndBytesOfTheCallAndNothingElse() {
    try (RawServer server =
        answering(
            request ->
                RawServer.answer(
                    201, "Link: <x>; rel=\"next\"\r\nX-Request-Id: 7\r\n", "{\"a\":1}"))) {
      byte[] body = "{\"name\":\"Günther & Söhne\"}".getBytes(StandardCharsets.UTF_8);
      URI uri =
          server.uri(
              "/rest/v1.0/a%20b/items?filters%5Bitem_id%5D=5&range=%222026-01-01T00%3A00%3A00Z...x%22&plus=a%2Bb");
      HttpAnswer answer =
          http.send(
              new HttpCall(
                  "PATCH",
                  uri,
                  Map.of("Authorization", "Bearer x", "Content-Type", "application/json"),
                  body,
                  Duration.ofSeconds(5)));

      RawServer.Request sent = server.requests().get(0);
      assertThat(sent.target()).isEqualTo(uri.getRawPath() + "?" + uri.getRawQuery());
      assertThat(sent.body()).isEqualTo("{\"name\":\"Günther & Söhne\"}");
      assertThat(sent.headers())
          .extracting(line -> line.substring(0, line.indexOf(':')).toLowerCase())
          .containsOnly(
              "authorization",
              "content-type",
              "content-length",
              "host",
              "user-agent",
              "connection",
              "accept-encoding");
      assertThat(sent.header("content-type")).isEqualTo("application/json");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.text()).isEqualTo("{\"a\":1}");
      assertThat(answer.header("link")).contains("<x>; rel=\"next\"");
      assertThat(answer.header("x-request-id")).contains("7");
    }
  }

  @Test
  void aCallWhoseLastMomentIsOverNeverLeavesAndSaysSo() {
    try (RawServer server = answering(request -> RawServer.answer(200, "", "{}"))) {
      for (String verb : VERBS) {
        byte[] body = verb.equals("GET") || verb.equals("DELETE") ? null : new byte[] {'{', '}'};
        HttpCall late =
            new HttpCall(
                verb,
                server.uri("/late"),
                Map.of(),
                body,
                Duration.ofSeconds(5),
                LastMoment.in(Duration.ofSeconds(-1)));
        Failure failure = catchThrowableOfType(Failure.class, () -> http.send(late));
        assertThat(failure.kind()).as(verb).isEqualTo(FailureKind.TRANSIENT);
        assertThat(failure).hasMessageContaining("nothing was sent");
      }
      assertThat(server.requests()).isEmpty();
      HttpCall inTime =
          new HttpCall(
              "PUT",
              server.uri("/in-time"),
              Map.of(),
              new byte[] {'{', '}'},
              Duration.ofSeconds(5),
              LastMoment.in(Duration.ofMinutes(1)));
      assertThat(http.send(inTime).status()).isEqualTo(200);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void takesNoMoreOfAnAnswerThanTheCallWants() {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "6\r\n123456\r\n5\r\n78901\r\n0\r\n\r\n";
    for (Reaction eleven :
        List.of(RawServer.answer(200, "", "12345678901"), new RawServer.Answer(chunked, false))) {
      try (RawServer server = answering(request -> eleven)) {
        assertThat(http.send(reading(server, 11)).text()).isEqualTo("12345678901");
        Failure failure = catchThrowableOfType(Failure.class, () -> http.send(reading(server, 10)));
        assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(failure).hasMessageContaining("more than 10 bytes");
        assertThat(http.send(reading(server, 11)).text()).isEqualTo("12345678901");
      }
    }
  }

  private static HttpCall reading(RawServer server, long most) {
    return new HttpCall(
        "GET", server.uri("/file"), Map.of(), null, Duration.ofSeconds(5), null, most);
  }

  @Test
  void followsNoRedirectAndKeepsNoCookie() {
    try (RawServer other = answering(request -> RawServer.answer(200, "", "stolen"));
        RawServer server =
            answering(
                request ->
                    RawServer.answer(
                        302,
                        "Location: " + other.uri("/") + "\r\nSet-Cookie: session=1; Path=/\r\n",
                        ""))) {
      assertThat(http.send(call("GET", server.uri("/a"))).status()).isEqualTo(302);
      assertThat(http.send(call("POST", server.uri("/b"))).status()).isEqualTo(302);
      assertThat(other.requests()).isEmpty();
      assertThat(server.requests())
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.header("cookie")).isNull());
    }
  }

  @Test
  void readsLargeAnswersWhole() {
    String large = "{\"text\":\"" + "x".repeat(400_000) + "\"}";
    try (RawServer server = answering(request -> RawServer.answer(200, "", large))) {
      assertThat(http.send(call("GET", server.uri("/large"))).text()).isEqualTo(large);
    }
  }

  @Test
  void aSilentServerLeavesAWriteUnknownAndAReadTransientAfterTheCallsOwnTime() {
    try (RawServer server = answering(request -> new RawServer.Silence())) {
      assertThat(
              kindOf(new HttpCall("GET", server.uri("/"), Map.of(), null, Duration.ofMillis(200))))
          .isEqualTo(FailureKind.TRANSIENT);
      assertThat(
              kindOf(
                  new HttpCall(
                      "POST",
                      server.uri("/"),
                      Map.of(),
                      new byte[] {'{', '}'},
                      Duration.ofMillis(200))))
          .isEqualTo(FailureKind.UNKNOWN);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void whatNeverLeftIsTransientForAWriteToo() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Failure refused =
        catchThrowableOfType(
            Failure.class,
            () -> http.send(call("PUT", URI.create("http://127.0.0.1:" + free + "/x"))));
    assertThat(refused.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(refused).hasMessageContaining("nothing was sent");
    assertThat(refused.remedy()).contains("127.0.0.1:" + free);

    Failure unknownHost =
        catchThrowableOfType(
            Failure.class,
            () -> http.send(call("PUT", URI.create("http://no-such-host.invalid/x"))));
    assertThat(unknownHost.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(unknownHost.remedy()).contains("no-such-host.invalid");
  }

  @Test
  void aFullPoolMeansThatNothingLeft() throws Exception {
    CamelContext narrow = new DefaultCamelContext();
    try (CamelHttp one =
            new CamelHttp(
                narrow,
                new HttpSettings(
                    Duration.ofSeconds(2), Duration.ofMillis(100), 1, 1, Duration.ofSeconds(5)));
        RawServer server = answering(request -> new RawServer.Silence())) {
      narrow.start();
      CompletableFuture<HttpAnswer> first =
          CompletableFuture.supplyAsync(
              () ->
                  one.send(
                      new HttpCall(
                          "POST",
                          server.uri("/1"),
                          Map.of(),
                          new byte[] {1},
                          Duration.ofSeconds(30))));
      org.awaitility.Awaitility.await().until(() -> server.requests().size() == 1);
      Failure second =
          catchThrowableOfType(Failure.class, () -> one.send(call("POST", server.uri("/2"))));
      assertThat(second.kind()).isEqualTo(FailureKind.TRANSIENT);
      assertThat(server.requests()).hasSize(1);
      server.close();
      assertThat(first.handle((answer, failed) -> failed.getCause()).get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN));
    } finally {
      narrow.stop();
    }
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileIsNotUsedForAWrite() throws Exception {
    // The first answer is given and the connection closed afterwards, without saying so: a write on
    // it would have an unknown outcome.
    try (RawServer server =
        answering(
            request ->
                new RawServer.Answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", true))) {
      http.send(call("GET", server.uri("/first")));
      long closed = System.nanoTime();
      org.awaitility.Awaitility.await()
          .until(() -> System.nanoTime() - closed > Duration.ofMillis(300).toNanos());
      assertThat(http.send(call("POST", server.uri("/second"))).status()).isEqualTo(200);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void callsThatCannotBeSentAsTheyAreAreDefects() {
    assertThat(
            kindOf(
                new HttpCall(
                    "HEAD",
                    URI.create("http://localhost/"),
                    Map.of(),
                    null,
                    Duration.ofSeconds(1))))
        .isEqualTo(FailureKind.DEFECT);
    assertThat(
            kindOf(
                new HttpCall(
                    "GET",
                    URI.create("http://localhost/"),
                    Map.of(),
                    new byte[] {1},
                    Duration.ofSeconds(1))))
        .isEqualTo(FailureKind.DEFECT);
    assertThat(
            kindOf(
                new HttpCall(
                    "GET", URI.create("/only/a/path"), Map.of(), null, Duration.ofSeconds(1))))
        .isEqualTo(FailureKind.DEFECT);
  }

  private FailureKind kindOf(HttpCall call) {
    return catchThrowableOfType(Failure.class, () -> http.send(call)).kind();
  }

  private static RawServer answering(Function<RawServer.Request, Reaction> reaction) {
    return new RawServer(reaction);
  }

  private static HttpCall call(String verb, URI uri) {
    boolean body = !verb.equals("GET") && !verb.equals("DELETE");
    return new HttpCall(
        verb,
        uri,
        Map.of("Authorization", "Bearer secret-token"),
        body ? "{\"a\":1}".getBytes(StandardCharsets.UTF_8) : null,
        Duration.ofSeconds(5));
  }
}
