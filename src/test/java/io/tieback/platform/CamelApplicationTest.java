package io.tieback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelApplicationTest {

  @TempDir Path folder;

  @Test
  @DisplayName("health and metrics answer on their own port and address, not on the webhooks'")
  void servesHealthAndMetricsApart() throws Exception {
    try (CamelApplication application = application(List.of())) {
      application.start();
      int management = application.managementPort();
      assertThat(application.port()).isNotEqualTo(management);
      HttpResponse<String> health = RouteReloadTest.get(management, "/observe/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(RouteReloadTest.get(management, "/observe/health/ready").statusCode())
          .isEqualTo(200);
      String metrics = RouteReloadTest.get(management, "/observe/metrics").body();
      assertThat(metrics.lines().filter(line -> line.startsWith("tieback_heap_peak_bytes")))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(new BigDecimal(line.substring(line.indexOf(' ') + 1)))
                      .isGreaterThan(BigDecimal.valueOf(1_000_000)));
      assertThat(metrics).contains("tieback_process_cpu_seconds_total");
      assertThat(RouteReloadTest.get(application.port(), "/observe/metrics").statusCode())
          .isEqualTo(404);
      assertThat(RouteReloadTest.get(application.port(), "/observe/health").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  @DisplayName("one port for both is refused: health and metrics would be open to the world")
  void refusesOnePortForBoth() {
    CamelApplication application =
        CamelApplication.of(
            TestSettings.of(folder, "server.port", "18080", "management.port", "18080"));
    assertThatThrownBy(application::start)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("port of their own");
  }

  @Test
  @DisplayName(
      "a port that is taken ends the start with one clear message, and everything is closed")
  void tellsThatAPortIsTaken() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      CamelApplication application =
          CamelApplication.of(
                  TestSettings.of(folder, "server.port", Integer.toString(taken.getLocalPort())))
              .closing(closed::incrementAndGet);
      assertThatThrownBy(application::start)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("127.0.0.1 port " + taken.getLocalPort())
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("set server.host or server.port");
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  @DisplayName("amounts keep every digit when a route reads JSON")
  void readsAmountsExactly() throws Exception {
    try (CamelApplication application =
        application(
            List.of(
                new RouteBuilder() {
                  @Override
                  public void configure() {
                    from("direct:json").unmarshal().json().setBody(simple("${body[amount]}"));
                  }
                }))) {
      application.start();
      Object amount =
          application
              .context()
              .createProducerTemplate()
              .requestBody("direct:json", "{\"amount\": 12345678901234.10}");
      assertThat(amount).isEqualTo(new BigDecimal("12345678901234.10"));
    }
  }

  @Test
  @DisplayName("routes see settings, but no secret and nothing of the environment by a chance name")
  void givesSettingsToRoutes() throws Exception {
    try (CamelApplication application = application(List.of())) {
      application.start();
      assertThat(application.context().resolvePropertyPlaceholders("{{poll.prepare}}"))
          .isEqualTo("1000");
      assertThatThrownBy(
              () ->
                  application
                      .context()
                      .resolvePropertyPlaceholders("{{connection.main.xero.client-secret}}"))
          .hasMessageContaining("not found");
    }
  }

  @Test
  @DisplayName("a schedule in the database fires, and is still there for the next start")
  void keepsSchedulesInTheDatabase() throws Exception {
    Settings settings = settings();
    AtomicInteger ticks = new AtomicInteger();
    List<RoutesBuilder> schedule =
        List.of(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("quartz:payments/tick?cron=*+*+*+*+*+?&stateful=true")
                    .routeId("tick")
                    .bean(ticks, "incrementAndGet");
              }
            });
    try (Database database = Database.open(settings)) {
      for (int start = 1; start <= 2; start++) {
        ticks.set(0);
        try (CamelApplication application =
            CamelApplication.of(settings)
                .javaRoutes(() -> schedule)
                .schedulesIn(database.dataSource())) {
          application.start();
          await().atMost(Duration.ofSeconds(60)).until(() -> ticks.get() > 0);
        }
        assertThat(ask(database, "select trigger_name from qrtz_triggers")).isEqualTo("tick");
      }
    }
  }

  @Test
  @DisplayName(
      "SIGTERM lets the exchange in flight finish, then closes the database, and leaves nothing")
  void endsCleanlyOnSigterm() throws Exception {
    try (ChildProcess connector = new ChildProcess(ApplicationHolder.class, folder.toString())) {
      String[] ports = connector.await("ports ").split(" ");
      CompletableFuture<HttpResponse<String>> answer =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports[0] + "/slow"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      connector.await("working");
      connector.terminate();
      assertThat(connector.await("finished ")).isEqualTo("1");
      assertThat(connector.exitCode()).isEqualTo(143);
      assertThat(answer.join().statusCode()).isEqualTo(200);
      assertThat(Ports.taken(Integer.parseInt(ports[0]))).isFalse();
      assertThat(Ports.taken(Integer.parseInt(ports[1]))).isFalse();
    }
    assertThat(folder.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  @DisplayName(
      "resources close after Camel has stopped, the last handed over first, though one fails")
  void closesInOrder() {
    List<String> order = new ArrayList<>();
    CamelApplication application =
        application(List.of())
            .closing(() -> order.add("database"))
            .closing(
                () -> {
                  order.add("client");
                  throw new IllegalStateException("does not close");
                });
    application.start();
    application.stop();
    application.stop();
    assertThat(order).containsExactly("client", "database");
  }

  private CamelApplication application(List<RoutesBuilder> routes) {
    return CamelApplication.of(settings()).beans(Map.of()).javaRoutes(() -> routes);
  }

  private Settings settings() {
    return TestSettings.of(
        folder, "server.port", "0", "management.port", "0", "routes.reload", "false");
  }

  private static String ask(Database database, String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
