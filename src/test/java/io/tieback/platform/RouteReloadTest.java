package io.tieback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, a real Camel context, real HTTP to the health endpoint. */
class RouteReloadTest {

  private static final String GREET =
      """
      - route:
          id: greet
          description: Says hello.
          from:
            uri: direct:greet
            steps:
              - setBody:
                  id: greet-words
                  constant: %s
      """;

  private static final String OTHER =
      """
      - route:
          id: other
          from:
            uri: direct:other
            steps:
              - bean:
                  ref: counter
                  method: incrementAndGet
      """;

  @TempDir Path folder;
  private final AtomicInteger counter = new AtomicInteger();
  private final AtomicInteger policies = new AtomicInteger();
  private CamelApplication application;

  @BeforeEach
  void start() throws IOException {
    write("routes/greet.camel.yaml", GREET.formatted("hello"));
    write("routes/deep/other.camel.yaml", OTHER);
    application = application();
    application.start();
  }

  @AfterEach
  void stop() {
    application.stop();
  }

  @Test
  @DisplayName(
      "a good edit is live without a restart, and routes that did not change are not touched")
  void takesUpAGoodEdit() throws Exception {
    Route other = application.context().getRoute("other");
    write("routes/greet.camel.yaml", GREET.formatted("good morning"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("good morning");
    assertThat(application.context().getRoute("other")).isSameAs(other);
    assertThat(health()).contains("\"status\":\"UP\"");
  }

  @Test
  @DisplayName(
      "only the route that changed is exchanged, though its neighbour stands in the same file")
  void leavesTheNeighbourAlone() throws Exception {
    write(
        "routes/greet.camel.yaml", GREET.formatted("hello") + OTHER.replace("other", "neighbour"));
    look();
    Route neighbour = application.context().getRoute("neighbour");
    write(
        "routes/greet.camel.yaml",
        "# moved down by a comment\n"
            + GREET.formatted("hi")
            + OTHER.replace("other", "neighbour"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("hi");
    assertThat(application.context().getRoute("neighbour")).isSameAs(neighbour);
  }

  @Test
  @DisplayName("a file that is still being written is left alone until it rests")
  void waitsUntilTheFileRests() throws Exception {
    write("routes/greet.camel.yaml", "");
    application.lookAtRoutes();
    write("routes/greet.camel.yaml", GREET.formatted("half").substring(0, 60));
    application.lookAtRoutes();
    write("routes/greet.camel.yaml", GREET.formatted("whole"));
    application.lookAtRoutes();
    assertThat(ask("direct:greet")).isEqualTo("hello");
    assertThat(health()).contains("\"status\":\"UP\"");
    application.lookAtRoutes();
    assertThat(ask("direct:greet")).isEqualTo("whole");
  }

  @Test
  @DisplayName("a file that was written aside and renamed is taken up")
  void takesUpARename() throws Exception {
    Path aside = write("greet.new", GREET.formatted("renamed"));
    Files.move(aside, folder.resolve("routes/greet.camel.yaml"), StandardCopyOption.ATOMIC_MOVE);
    look();
    assertThat(ask("direct:greet")).isEqualTo("renamed");
  }

  @Test
  @DisplayName("broken YAML changes nothing, is told with file and line, and heals with the file")
  void survivesBrokenYaml() throws Exception {
    write("routes/greet.camel.yaml", GREET.formatted("never") + "  - route: [\n");
    look();
    assertThat(ask("direct:greet")).isEqualTo("hello");
    assertThat(health())
        .contains("\"status\":\"DOWN\"")
        .contains("greet.camel.yaml:10")
        .contains("not valid YAML");
    assertThat(liveness()).isEqualTo(200);

    write("routes/greet.camel.yaml", GREET.formatted("healed"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("healed");
    assertThat(health()).contains("\"status\":\"UP\"");
  }

  @Test
  @DisplayName("one mistake keeps the whole set out: nothing is half taken up")
  void takesUpAllOrNothing() throws Exception {
    write("routes/greet.camel.yaml", GREET.formatted("changed"));
    write("routes/deep/other.camel.yaml", OTHER.replace("direct:other", "direct:other?nonsense=1"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("hello");
    ask("direct:other");
    assertThat(counter).hasValue(1);
    assertThat(health()).contains("other.camel.yaml:").contains("nonsense");
  }

  @Test
  @DisplayName(
      "an unknown option, component, step and bean are all told at once, and no route goes")
  void tellsEveryMistake() throws Exception {
    write("routes/a.camel.yaml", bad("unknown-option", "timer:tick?perriod=5", "log:x"));
    write("routes/b.camel.yaml", bad("unknown-component", "direct:b", "nosuch:thing"));
    write(
        "routes/c.camel.yaml",
        bad("missing-source", "direct:c", "sql:select 1?dataSource=#nowhere"));
    write(
        "routes/d.camel.yaml",
        bad("unknown-step", "direct:d", "log:x").replace("- to:", "- sendTo:"));
    write(
        "routes/e.camel.yaml",
        OTHER.replace("other", "missing-bean").replace("ref: counter", "ref: nobody"));
    look();
    assertThat(health())
        .contains("a.camel.yaml:4: ")
        .contains("perriod")
        .contains("b.camel.yaml:6: ")
        .contains("nosuch")
        .contains("c.camel.yaml:6: ")
        .contains("nowhere")
        .contains("d.camel.yaml:6: ")
        .contains("sendTo")
        .contains("e.camel.yaml:7: ")
        .contains("nobody");
    assertThat(ask("direct:greet")).isEqualTo("hello");
  }

  @Test
  @DisplayName("a deleted file takes its routes away")
  void removesTheRoutesOfADeletedFile() throws Exception {
    Files.delete(folder.resolve("routes/deep/other.camel.yaml"));
    look();
    assertThat(application.context().getRoute("other")).isNull();
    assertThat(health()).contains("\"status\":\"UP\"");
  }

  @Test
  @DisplayName("a route of the site replaces the built-in one of the same id, and gives it back")
  void letsTheSiteOverride() throws Exception {
    write("site/mine.camel.yaml", GREET.formatted("from the site"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("from the site");
    application.stop();
    application = application();
    application.start();
    assertThat(ask("direct:greet")).isEqualTo("from the site");
    Files.delete(folder.resolve("site/mine.camel.yaml"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("hello");
  }

  @Test
  @DisplayName("two routes of one id in the same folder are refused with both places")
  void refusesTwoOfOneId() throws Exception {
    write("routes/second.camel.yaml", GREET.formatted("twice"));
    look();
    assertThat(health()).contains("the route greet is also in greet.camel.yaml, line 1");
    assertThat(ask("direct:greet")).isEqualTo("hello");
  }

  @Test
  @DisplayName("a file cannot take the place of a route built in Java")
  void protectsJavaRoutes() throws Exception {
    write(
        "site/java.camel.yaml",
        GREET
            .formatted("x")
            .replace("id: greet", "id: java-route")
            .replace("direct:greet", "direct:g2"));
    look();
    assertThat(health()).contains("java-route is built in Java");
    assertThat(ask("direct:java")).isEqualTo("java");
  }

  @Test
  @DisplayName("a changed route configuration is told to need a restart, while route edits go live")
  void tellsThatARouteConfigurationNeedsARestart() throws Exception {
    String configuration =
        """
        - routeConfiguration:
            id: site-errors
            onException:
              - onException:
                  exception: [java.lang.Exception]
                  handled:
                    constant: "true"
        """;
    write("site/errors.camel.yaml", configuration);
    write("routes/greet.camel.yaml", GREET.formatted("edited"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("edited");
    assertThat(health())
        .contains("\"status\":\"DOWN\"")
        .contains("site-errors is new or changed and needs a restart");
    Files.delete(folder.resolve("site/errors.camel.yaml"));
    look();
    assertThat(health()).contains("\"status\":\"UP\"");
  }

  @Test
  @DisplayName("a route that names a route configuration that does not exist is refused")
  void refusesAnUnknownRouteConfiguration() throws Exception {
    write(
        "routes/greet.camel.yaml",
        GREET
            .formatted("x")
            .replace("id: greet\n", "id: greet\n    routeConfigurationId: shared-erors\n"));
    look();
    assertThat(health())
        .contains("no route configuration 'shared-erors'")
        .contains("shared-errors");
    assertThat(ask("direct:greet")).isEqualTo("hello");

    write(
        "routes/greet.camel.yaml",
        GREET
            .formatted("x")
            .replace("id: greet\n", "id: greet\n    routeConfigurationId: shared-errors\n"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("x");
  }

  @Test
  @DisplayName("a replaced route keeps the error policy of its route configuration")
  void keepsTheErrorPolicyOverAReload() throws Exception {
    String failing =
        """
        - route:
            id: greet
            routeConfigurationId: shared-errors
            from:
              uri: direct:greet
              steps:
                - throwException:
                    exceptionType: java.lang.IllegalStateException
                    message: %s
        """;
    write("routes/greet.camel.yaml", failing.formatted("first"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("policy: first");
    write("routes/greet.camel.yaml", failing.formatted("second"));
    look();
    assertThat(ask("direct:greet")).isEqualTo("policy: second");
  }

  @Test
  @DisplayName("trying routes out starts nothing: no timer fires, no port opens")
  void startsNothingWhenTryingOut() throws Exception {
    String ticking =
        """
        - route:
            id: ticking
            from:
              uri: timer:tick
              parameters:
                delay: 0
                period: 10
              steps:
                - bean:
                    ref: counter
                    method: incrementAndGet
        - route:
            id: webhook
            from:
              uri: platform-http:/hook
              steps:
                - setBody:
                    constant: received
        - route:
            id: hourly
            from:
              uri: quartz:payments/hourly?cron=0+0+*+*+*+?
              steps:
                - log: tick
        """;
    // The broken neighbour keeps the set out, so whatever ran, ran while it was tried out.
    write("routes/ticking.camel.yaml", ticking);
    write("routes/deep/other.camel.yaml", OTHER.replace("direct:other", "direct:other?nonsense=1"));
    look();
    assertThat(counter).hasValue(0);
    assertThat(get(application.port(), "/hook").statusCode()).isEqualTo(404);
    assertThat(health()).doesNotContain("ticking.camel.yaml");

    write("routes/deep/other.camel.yaml", OTHER);
    look();
    assertThat(get(application.port(), "/hook").body()).isEqualTo("received");
    org.awaitility.Awaitility.await().until(() -> counter.get() > 0);
  }

  @Test
  @DisplayName("a route that disappears behind our back turns the health")
  void noticesAMissingRoute() throws Exception {
    application.context().getRouteController().stopRoute("other");
    assertThat(health()).contains("the route other is stopped");
    application.context().removeRoute("other");
    assertThat(health()).contains("\"status\":\"DOWN\"").contains("the route other is missing");
  }

  @Test
  @DisplayName("at start a mistake ends the start with file and line, not with a trace")
  void refusesToStartWithABadRoute() throws Exception {
    write("routes/a.camel.yaml", bad("unknown-option", "timer:tick?perriod=5", "log:x"));
    CamelApplication second = application();
    assertThatThrownBy(second::start)
        .isInstanceOf(RoutesException.class)
        .hasMessageContaining("a.camel.yaml:4: ")
        .hasMessageContaining("perriod");
    write("routes/a.camel.yaml", "- route:\n    from:\n      uri: direct:x\n");
    assertThatThrownBy(() -> application().start())
        .isInstanceOf(RoutesException.class)
        .hasMessageContaining("a.camel.yaml:1: the route has no id");
    assertThat(
            CamelApplication.check(
                settings(), library(), Map.of("counter", counter), this::javaRoutes))
        .singleElement()
        .asString()
        .contains("a.camel.yaml:1");
  }

  private static String bad(String id, String from, String to) {
    return """
    - route:
        id: %s
        from:
          uri: "%s"
          steps:
            - to: "%s"
    """
        .formatted(id, from, to);
  }

  private CamelApplication application() {
    return CamelApplication.of(settings())
        .beans(Map.of("counter", counter))
        .javaRoutes(this::javaRoutes)
        .library(library());
  }

  private RouteLibrary library() {
    return new RouteLibrary(folder.resolve("routes"), folder.resolve("site"));
  }

  private Settings settings() {
    return TestSettings.of(
        folder, "server.port", "0", "management.port", "0", "routes.reload", "false");
  }

  private List<RoutesBuilder> javaRoutes() {
    return List.of(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:java").routeId("java-route").setBody(constant("java"));
          }
        },
        new RouteConfigurationBuilder() {
          @Override
          public void configuration() {
            policies.incrementAndGet();
            routeConfiguration("shared-errors")
                .onException(IllegalStateException.class)
                .handled(true)
                .setBody(simple("policy: ${exception.message}"));
          }
        });
  }

  /** A change counts when it was seen twice the same. */
  private void look() {
    application.lookAtRoutes();
    application.lookAtRoutes();
  }

  private String ask(String endpoint) {
    return application.context().createProducerTemplate().requestBody(endpoint, "x", String.class);
  }

  private String health() throws Exception {
    String body = get(application.managementPort(), "/observe/health").body();
    return body.replaceAll("\\s*:\\s*\"", ":\"");
  }

  private int liveness() throws Exception {
    return get(application.managementPort(), "/observe/health/live").statusCode();
  }

  static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
