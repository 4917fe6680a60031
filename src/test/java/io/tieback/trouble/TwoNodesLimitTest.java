package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.load.ConnectorProcess;
import io.tieback.wire.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share the calls that Xero allows. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TwoNodesLimitTest {

  private static final int A_MINUTE = 20;
  private static final int AT_ONCE = 2;
  private static final int INVOICES = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(200);

  @TempDir Path folder;

  @Test
  @DisplayName(
      "XR-API-01: two processes together never call more often in a minute, nor more at once, than"
          + " Xero allows; all is written once")
  void theLimitsHoldForBothTogether() throws IOException {
    try (Trouble site =
        Trouble.start(
            folder,
            "connection.harbour.xero.calls-per-minute",
            Integer.toString(A_MINUTE),
            "connection.harbour.xero.concurrent",
            Integer.toString(AT_ONCE),
            "connection.harbour.xero.documents-per-call",
            "1",
            "node.name",
            "first")) {
      ConnectorProcess second =
          new ConnectorProcess(
              List.of("-Xmx192m"),
              folder.resolve("second.log"),
              "run",
              "--config",
              secondNode(site.site.configuration()).toString());
      second.start();
      try {
        second.awaitOk(health, Duration.ofSeconds(60));
        site.xero.settings(
            Json.object().put("callsPerMinute", A_MINUTE).put("concurrentCalls", AT_ONCE));
        Fault.at(site.xero, "PUT", Fault.BILLS).forEver().answersLate(600);
        List<Long> invoices = site.fresh(INVOICES);
        site.accept(invoices);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () ->
                    site.site.count("select count(*) from work_item where state = 'acknowledged'")
                        == INVOICES);
        assertThat(refused(site)).as("answers 429").isEmpty();
        assertThat(
                site.site.count(
                    "select count(distinct node) from work_item_history where to_state = 'sent'"))
            .as("both took part")
            .isEqualTo(2);
        Books.oneBillEach(site, invoices);
      } finally {
        second.stop(Duration.ofSeconds(30));
      }
    }
  }

  private String health;

  private Path secondNode(Path first) throws IOException {
    String management = freePort();
    health = "http://127.0.0.1:" + management + "/observe/health";
    Path second = folder.resolve("second");
    Files.createDirectories(second);
    try (var files = Files.list(first)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, second.resolve(file.getFileName()));
      }
    }
    Path settings = second.resolve("tieback.properties");
    List<String> lines = new ArrayList<>(Files.readAllLines(settings));
    lines.removeIf(line -> line.matches("(node\\.name|server\\.port|management\\.port)\\s*=.*"));
    lines.add("node.name = second");
    lines.add("server.port = " + freePort());
    lines.add("management.port = " + management);
    Files.write(settings, lines);
    return second;
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private static List<JsonNode> refused(Trouble site) {
    return StreamSupport.stream(
            site.xero.get("requests?limit=5000&path=api.xro").path("requests").spliterator(), false)
        .filter(request -> request.path("status").asInt() == 429)
        .toList();
  }
}
