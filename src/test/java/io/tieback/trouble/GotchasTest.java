package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.flow.GatherBodies;
import io.tieback.flow.NoticeMail;
import io.tieback.flow.SharedRoutes;
import io.tieback.platform.CamelApplication;
import io.tieback.platform.Settings;
import io.tieback.platform.SettingsException;
import io.tieback.platform.TestSettings;
import io.tieback.wire.HttpSettings;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards against what bites in Camel 4.18.0 (docs/decisions/0009). */
class GotchasTest {

  @TempDir Path folder;

  @Test
  @DisplayName("4.7: no Main is told to look for routes by itself, so that none is found twice")
  void mainDoesNotScan() throws IOException {
    int mains = 0;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        assertThat(source).as(file.toString()).doesNotContainPattern("new Main\\((?!\\))");
        mains += source.contains("new Main()") ? 1 : 0;
      }
    }
    assertThat(mains).as("files that make a Main").isPositive();
  }

  @Test
  @DisplayName("4.8: nothing is redelivered in memory, whatever a step does to the headers")
  void redeliversNothing() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    AtomicInteger atTheDesk = new AtomicInteger();
    try (CamelContext context = policies()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:failure-desk")
                  .errorHandler(noErrorHandler())
                  .process(exchange -> atTheDesk.incrementAndGet());
              from("direct:parent").routeConfigurationId(SharedRoutes.FAILURES).to("direct:child");
              from("direct:child")
                  .errorHandler(noErrorHandler())
                  .removeHeaders("*")
                  .process(
                      exchange -> {
                        attempts.incrementAndGet();
                        throw new IOException("no line");
                      });
            }
          });
      context.start();
      context
          .createProducerTemplate()
          .send("direct:parent", exchange -> exchange.getMessage().setBody("x"));
    }
    assertThat(attempts).hasValue(1);
    assertThat(atTheDesk).hasValue(1);
  }

  @Test
  @DisplayName("4.10: a failure of the failure desk itself is not swallowed")
  void theDesksOwnFailureIsSeen() throws Exception {
    try (CamelContext context = policies()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:failure-desk")
                  .errorHandler(noErrorHandler())
                  .process(
                      exchange -> {
                        throw new IllegalStateException("the database is down");
                      });
              from("direct:work")
                  .routeConfigurationId(SharedRoutes.FAILURES)
                  .process(
                      exchange -> {
                        throw new IOException("no line");
                      });
            }
          });
      context.start();
      Exchange result =
          context
              .createProducerTemplate()
              .send("direct:work", exchange -> exchange.getMessage().setBody("x"));
      assertThat(result.getException()).hasMessageContaining("the database is down");
    }
  }

  @ParameterizedTest(name = "part {0} of three fails: what the others made is stored all the same")
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("A part of a claim that fails does not take the others with it, wherever it stands")
  void aFailingPartLeavesTheOthersAlone(int failing) throws Exception {
    List<Object> stored = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (CamelContext context = policies()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:failure-desk")
                  .errorHandler(noErrorHandler())
                  .setBody(constant(GatherBodies.NOTHING));
              from("direct:claim")
                  .routeConfigurationId(SharedRoutes.FAILURES)
                  .split(body(), new GatherBodies())
                  .parallelProcessing()
                  .to("direct:part")
                  .end()
                  .process(
                      exchange -> exchange.getMessage().getBody(List.class).forEach(stored::add));
              from("direct:part")
                  .routeConfigurationId(SharedRoutes.FAILURES)
                  .process(
                      exchange -> {
                        if (exchange.getMessage().getBody(Integer.class) == failing) {
                          throw new IOException("no line");
                        }
                      });
            }
          });
      context.start();
      context.createProducerTemplate().sendBody("direct:claim", List.of(0, 1, 2));
    }
    assertThat(stored).hasSize(2).doesNotContain(failing);
  }

  @ParameterizedTest(
      name =
          "4.16: {0} without a user file is refused at the start instead of serving everything"
              + " openly")
  @ValueSource(
      strings = {
        "camel.server.authentication-enabled",
        "camel.server.authenticationEnabled",
        "camel.management.authentication-enabled"
      })
  void authenticationNeedsUsers(String key) {
    for (String[] more :
        List.of(
            new String[] {key, "true"},
            new String[] {
              key, "true", key.replaceFirst("auth.*", "basic-properties-file"), "nowhere"
            })) {
      Settings settings = TestSettings.of(folder, more);
      assertThatThrownBy(() -> CamelApplication.of(settings).start())
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("everything would be open");
    }
  }

  @Test
  @DisplayName("4.17: nobody waits three minutes for a connection")
  void timesOutInTime() {
    HttpSettings settings = HttpSettings.defaults();
    assertThat(settings.connectTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(15));
    assertThat(settings.freeConnectionWait()).isLessThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  @DisplayName(
      "4.20: every setting that routes can read has a prefix, so that no shell variable takes its"
          + " place by chance")
  void settingsHaveAPrefix() {
    assertThat(TestSettings.of(folder).placeholders().keySet())
        .hasSizeGreaterThan(20)
        .filteredOn(name -> !name.contains("."))
        .containsExactly("connections");
  }

  @Test
  @DisplayName(
      "4.22: no route throttles in memory: call budgets are in the ledger, shared by all nodes")
  void routesDoNotThrottle() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      List<Path> routes = files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
      assertThat(routes).hasSizeGreaterThan(4);
      for (Path route : routes) {
        assertThat(Files.readString(route))
            .as(route.toString())
            .doesNotContainPattern("(?m)^\\s*- (throttle|circuitBreaker|delay):");
      }
    }
  }

  @Test
  @DisplayName(
      "4.23: no header from outside reaches the mail session, and only our headers become the"
          + " mail's")
  void mailTakesNoPropertiesFromOutside() throws Exception {
    try (CamelContext context = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(context);
      exchange.getMessage().setHeader("mail.smtp.host", "evil.example.com");
      exchange.getMessage().setHeader("Bcc", "thief@example.com");
      exchange
          .getMessage()
          .setBody(
              Map.of(
                  "id",
                  1L,
                  "connection",
                  "main",
                  "attempts",
                  0,
                  "recipients",
                  "books@example.com",
                  "subject",
                  "s",
                  "body",
                  "b",
                  "html",
                  "<p>b</p>",
                  "language",
                  "en",
                  "message_key",
                  "k"));
      new NoticeMail(null, "tieback@example.com", null).write(exchange);
      assertThat(exchange.getMessage().getHeaders()).isEmpty();
      MimeMessage mail = exchange.getMessage().getBody(MimeMessage.class);
      mail.saveChanges();
      assertThat(Collections.list(mail.getAllHeaders()))
          .extracting(Header::getName)
          .containsExactlyInAnyOrder(
              "From",
              "To",
              "Subject",
              "Auto-Submitted",
              "X-Auto-Response-Suppress",
              "Content-Language",
              "Message-Id",
              "Date",
              "MIME-Version",
              "Content-Type");
    }
    String route = Files.readString(Path.of("routes/notice/failure-mail.camel.yaml"));
    assertThat(route.indexOf("mail.smtp*")).isPositive().isLessThan(route.indexOf("uri: smtp:"));
  }

  private static CamelContext policies() throws Exception {
    CamelContext context = new DefaultCamelContext();
    context.addRoutes(SharedRoutes.policies());
    return context;
  }
}
