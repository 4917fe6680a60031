package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engineer puts a step of the site's own into a running connector: a file with the id of a hook,
 * in the site's own folder.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HotReloadTest {

  /** Writes each bill's number into a folder and hands the bill on as it was. */
  private static final String STEP =
      """
      - route:
          id: hook-bill-composed
          description: A step of our own.
          routeConfigurationId: tieback-failures
          from:
            uri: direct:hook-bill-composed
            steps:
              - setProperty:
                  name: theBill
                  simple: "${body}"
              - setBody:
                  simple: "%2$s ${body.number}"
              - to:
                  uri: file:%1$s
                  parameters:
                    fileName: "${exchangeProperty.theBill.number}.txt"
              - setBody:
                  simple: "${exchangeProperty.theBill}"
      - route:
          id: ours-%2$s
          from:
            uri: direct:ours-%2$s
            steps:
              - log:
                  message: "only to be seen among the routes"
      """;

  @TempDir static Path folder;

  private static Site site;
  private static Path seen;
  private static Path file;

  @BeforeAll
  static void start() throws IOException {
    site = Site.small(folder).start();
    seen = folder.resolve("seen");
    file =
        Files.createDirectories(site.configuration().resolve("routes")).resolve("ours.camel.yaml");
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @Order(1)
  @DisplayName(
      "A site's own step in a hook takes effect without a restart, and the bill goes out as"
          + " composed")
  void ownStep() throws Exception {
    long before = invoice(0);
    long after = invoice(4);
    site.export(before);
    write(STEP.formatted(seen, "first"));
    Site.until("the step is in force", () -> routes().contains("routeId=\"ours-first\""));
    site.export(after);
    assertThat(seen.resolve("IL-88.txt")).hasContent("first IL-88");
    assertThat(seen.resolve("PC-1001.txt")).doesNotExist();
    assertThat(site.books().bill(after).path("total").decimalValue())
        .isEqualByComparingTo("63000.00");
    assertThat(health().statusCode()).isEqualTo(200);
  }

  @Test
  @Order(2)
  @DisplayName(
      "A broken file changes nothing: health is degraded and names file and line, the last good"
          + " step keeps running")
  void brokenFile() throws Exception {
    write(STEP.formatted(seen, "second") + "  - route: [\n");
    Site.until("health is degraded", () -> health().statusCode() == 503);
    assertThat(health().body()).contains("ours.camel.yaml:");
    long invoice = invoice(5);
    site.export(invoice);
    assertThat(seen.resolve("IL-93.txt")).hasContent("first IL-93");
    assertThat(site.books().bills(invoice)).hasSize(1);
  }

  @Test
  @Order(3)
  @DisplayName("The corrected file heals it; taken away, the built-in route is back")
  void healed() throws Exception {
    write(STEP.formatted(seen, "third"));
    Site.until(
        "healthy again",
        () -> health().statusCode() == 200 && routes().contains("routeId=\"ours-third\""));
    site.export(invoice(6));
    assertThat(seen.resolve("BD-5520.txt")).hasContent("third BD-5520");
    Files.delete(file);
    Site.until("the built-in route is back", () -> !routes().contains("routeId=\"ours-third\""));
    site.export(invoice(7));
    assertThat(seen.resolve("V-2201.txt")).doesNotExist();
  }

  private static void write(String text) throws IOException {
    Path aside = Files.writeString(file.resolveSibling("ours.new"), text);
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The table of the small contractor, by place. */
  private static long invoice(int place) {
    List<String> numbers =
        List.of(
            "PC-1001",
            "PC-1002",
            "PC-1003",
            "PC-1004-R",
            "IL-88",
            "IL-93",
            "BD-5520",
            "V-2201",
            "V-2207",
            "BD-5533");
    return Books.rows(
            site.books().procore().path("requisitions"),
            r -> r.path("invoiceNumber").asText().equals(numbers.get(place)))
        .get(0)
        .path("id")
        .longValue();
  }

  private static HttpResponse<String> health() throws Exception {
    return get("/observe/health");
  }

  /** The metrics, which name every route that is in force. */
  private static String routes() throws Exception {
    return get("/observe/metrics").body();
  }

  private static HttpResponse<String> get(String page) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(site.management(page)).build(), BodyHandlers.ofString());
  }
}
