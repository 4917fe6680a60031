package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tieback.approval.ApprovalPolicy;
import io.tieback.approval.Approvals;
import io.tieback.approval.Composed;
import io.tieback.approval.Exports;
import io.tieback.approval.Imports;
import io.tieback.approval.People;
import io.tieback.approval.Person;
import io.tieback.approval.Told;
import io.tieback.console.api.ApiArea;
import io.tieback.console.door.Tokens;
import io.tieback.console.web.Area;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.ApiKeys;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueReading;
import io.tieback.ledger.UserRight;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JSON API over HTTP: every answer fits its description, and every decision needs its right.
 */
class ApiTest {

  private static final ConnectionId MAIN = new ConnectionId("main");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int CALLS = 25;
  private static final AtomicInteger COMPOSED = new AtomicInteger();

  @TempDir static Path folder;
  private static ConsoleSite site;
  private static JsonNode described;
  private static long records = 100;

  @BeforeAll
  static void start() throws Exception {
    site =
        ConsoleSite.in(folder)
            .set("console.trusted-proxies", "127.0.0.1")
            .areas(ApiTest::areas)
            .start();
    site.ledger().connections().register(MAIN, 4711, "xero", "tenant-1");
    site.ledger().connections().door(MAIN, QueueItem.TIEBACK);
    described = new YAMLMapper().readTree(ApiArea.class.getResourceAsStream("openapi.yaml"));
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static List<Area> areas(Ledger ledger, People people) {
    ApprovalPolicy policy =
        new ApprovalPolicy(
            QueueItem.TIEBACK,
            true,
            null,
            ApprovalPolicy.Comment.REQUIRED,
            Set.of(),
            Set.of(),
            null,
            "Xero");
    Pipeline pipeline = new Pipeline();
    Approvals approvals =
        new Approvals(ledger, connection -> policy, pipeline, pipeline, Told.nobody());
    return List.of(
        new ApiArea(
            ledger, approvals, people::byId, List.of("main"), n -> "tieback", CALLS, still()));
  }

  /**
   * Calls are counted by the minute: a clock that stands still keeps the test from a turn of it.
   */
  private static Clock still() {
    return Clock.fixed(Instant.parse("2026-03-02T14:00:30Z"), ZoneOffset.UTC);
  }

  /** Composes the same for everything; nothing of the test lets anything out. */
  private static final class Pipeline implements Exports, Imports {
    @Override
    public long export(QueueItem item) {
      throw new AssertionError("nothing goes out");
    }

    @Override
    public Composed compose(QueueItem item) {
      COMPOSED.incrementAndGet();
      return new Composed("{\"document\":1}", "digest-now", List.of(), null, "USD", null);
    }

    @Override
    public void unlink(QueueItem item, String who) {
      throw new AssertionError("nothing is in the ERP");
    }

    @Override
    public void add(QueueItem item, Person who) {
      throw new AssertionError("nothing is imported");
    }

    @Override
    public void link(QueueItem item, long procoreId, Person who) {
      throw new AssertionError("nothing is linked");
    }
  }

  private static String key(String role, boolean write) {
    return key(site.ledger().users().byEmail(role + "@example.com").orElseThrow().id(), write);
  }

  private static String key(long user, boolean write) {
    String key = "tbk_" + Tokens.fresh();
    site.ledger()
        .apiKeys()
        .create(
            user,
            new ApiKeys.Draft(
                "test",
                key.substring(0, 12),
                Tokens.hash(key),
                write,
                site.clock().instant().plus(Duration.ofDays(1))),
            "test");
    return key;
  }

  private static long item() {
    long record = records++;
    return site.ledger()
        .queueItems()
        .add(
            List.of(
                new QueueReading(
                    MAIN,
                    "invoice",
                    "requisition",
                    record,
                    null,
                    new QueueItem.About(
                        "INV-" + record,
                        "Concrete",
                        "Anchor Foundations",
                        7L,
                        "North Tower",
                        null,
                        null,
                        Money.of("1250.00"),
                        "USD",
                        LocalDate.of(2026, 3, 2),
                        "approved",
                        null,
                        null,
                        null,
                        "{}",
                        "source",
                        "[]"))),
            "not_sent",
            "test")
        .get(0);
  }

  private record Answer(int status, JsonNode json, HttpResponse<String> whole) {}

  private static Answer get(String key, String path, String template) throws Exception {
    return call(key, "GET", path, template, null, "application/json");
  }

  private static Answer post(String key, String path, String template, String body)
      throws Exception {
    return call(key, "POST", path, template, body, "application/json");
  }

  private static Answer call(
      String key, String method, String path, String template, String body, String type)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.address() + "/api/v1" + path))
            .header("Content-Type", type)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> whole = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode json = new ObjectMapper().readTree(whole.body());
    assertThat(faults(template, method, whole, json))
        .as(method + " " + path + ": " + whole.body())
        .isEmpty();
    return new Answer(whole.statusCode(), json, whole);
  }

  /** What of an answer is not as the description says. */
  private static List<String> faults(
      String template, String method, HttpResponse<String> whole, JsonNode json) {
    JsonNode deed = described.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    String type = whole.headers().firstValue("Content-Type").orElse("");
    String schema = "Problem";
    if (whole.statusCode() == 200) {
      JsonNode response = deed.path("responses").path("200");
      JsonNode found =
          response.has("$ref")
              ? described.at(response.path("$ref").asText().substring(1))
              : response;
      String ref =
          found.path("content").path("application/json").path("schema").path("$ref").asText();
      schema = ref.substring(ref.lastIndexOf('/') + 1);
      assertThat(type).startsWith("application/json");
    } else {
      assertThat(type).startsWith("application/problem+json");
      assertThat(json.path("status").asInt()).isEqualTo(whole.statusCode());
    }
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("$ref", "#/components/schemas/" + schema);
    root.set("components", described.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(root)
        .validate(json)
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  @Test
  @DisplayName("items are listed, filtered and looked at; what is asked wrongly is said")
  void reading() throws Exception {
    String key = key("viewer", false);
    long id = item();
    item();
    assertThat(get(key, "/items?kind=invoice&size=1&sort=number", "/items").json().path("items"))
        .hasSize(1);
    assertThat(get(key, "/items?q=anchor&project=7", "/items").json().path("total").asInt())
        .isGreaterThanOrEqualTo(2);
    assertThat(get(key, "/items?least=2000.00", "/items").json().path("items")).isEmpty();
    Answer unreadable = get(key, "/items?q=%00", "/items");
    assertThat(unreadable.status()).isEqualTo(400);
    assertThat(unreadable.json().path("detail").asText()).isEqualTo("The request cannot be read.");
    JsonNode one = get(key, "/items/" + id, "/items/{id}").json();
    assertThat(one.path("amount").asText()).isEqualTo("1250.00");
    assertThat(one.path("state").asText()).isEqualTo("not_sent");
    assertThat(
            get(key, "/items/" + id + "/preview", "/items/{id}/preview")
                .json()
                .path("digest")
                .isNull())
        .isTrue();
    assertThat(
            get(key, "/items/" + id + "/preview?fresh=true", "/items/{id}/preview")
                .json()
                .path("digest")
                .isNull())
        .as("a viewer causes no calls")
        .isTrue();
    int before = COMPOSED.get();
    for (int i = 0; i < 3; i++) {
      assertThat(
              get(
                      key("operator", false),
                      "/items/" + id + "/preview?fresh=true",
                      "/items/{id}/preview")
                  .json()
                  .path("digest")
                  .asText())
          .isEqualTo("digest-now");
    }
    assertThat(COMPOSED.get() - before).as("once within 30 s").isEqualTo(1);
    assertThat(get(key, "/items/" + id + "/moves", "/items/{id}/moves").json().path("moves"))
        .hasSize(1);
    assertThat(get(key, "/connections", "/connections").json().at("/connections/0/door").asText())
        .isEqualTo("tieback");
    assertThat(get(key, "/overview", "/overview").json().path("counts")).isNotEmpty();
    Answer wrong = get(key, "/items?kind=invoices", "/items");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("field").asText()).isEqualTo("kind");
    assertThat(wrong.json().path("limit").asText()).contains("invoice");
    assertThat(get(key, "/items?knd=invoice", "/items").json().path("field").asText())
        .isEqualTo("knd");
    assertThat(get(key, "/items/999999", "/items/{id}").status()).isEqualTo(404);
    assertThat(get(key, "/nothing", "/items").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("decisions need a key that may write, the right, the version and the digest")
  void deciding() throws Exception {
    long id = item();
    String approver = key("approver", true);
    String body = "{\"version\":%d}";
    String send = "/items/" + id + "/send";
    int version = get(approver, "/items/" + id, "/items/{id}").json().path("version").asInt();
    assertThat(
            post(key("approver", false), send, "/items/{id}/send", body.formatted(version))
                .status())
        .isEqualTo(403);
    assertThat(
            post(key("viewer", true), send, "/items/{id}/send", body.formatted(version)).status())
        .isEqualTo(403);
    assertThat(post(approver, send, "/items/{id}/send", "{}").json().path("field").asText())
        .isEqualTo("version");
    assertThat(post(approver, send, "/items/{id}/send", "{\"version\":1,\"x\":2}").status())
        .isEqualTo(400);
    assertThat(post(approver, send, "/items/{id}/send", "[").status()).isEqualTo(400);
    assertThat(get(approver, send, "/items/{id}/send").status()).isEqualTo(405);
    JsonNode sent = post(approver, send, "/items/{id}/send", body.formatted(version)).json();
    assertThat(sent.path("state").asText()).isEqualTo("ready_to_export");
    int now = sent.path("version").asInt();
    // Whoever sent it does not accept it; and nobody accepts what nobody has seen.
    Answer own =
        post(
            approver,
            "/items/" + id + "/accept",
            "/items/{id}/accept",
            "{\"version\":%d,\"digest\":\"digest-now\"}".formatted(now));
    assertThat(own.status()).isEqualTo(409);
    String owner = key("owner", true);
    Answer unseen =
        post(
            owner,
            "/items/" + id + "/accept",
            "/items/{id}/accept",
            "{\"version\":%d,\"digest\":\"another\"}".formatted(now));
    assertThat(unseen.status()).isEqualTo(409);
    assertThat(unseen.json().path("type").asText()).isEqualTo("urn:tieback:problem:accept.other");
    for (String extra : List.of("\"accountingDate\":\"soon\"", "\"account\":\"4711\"")) {
      Answer wrong =
          post(
              owner,
              "/items/" + id + "/accept",
              "/items/{id}/accept",
              "{\"version\":%d,\"digest\":\"digest-now\",\"extra\":{%s}}".formatted(now, extra));
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.json().path("field").asText()).startsWith("extra.account");
    }
    JsonNode rejected =
        post(
                owner,
                "/items/" + id + "/reject",
                "/items/{id}/reject",
                "{\"version\":%d,\"comment\":\"wrong period\"}".formatted(now))
            .json();
    assertThat(rejected.path("state").asText()).isEqualTo("rejected");
    assertThat(rejected.path("comment").asText()).isEqualTo("wrong period");
    Answer again =
        post(
            owner,
            "/items/" + id + "/archive",
            "/items/{id}/archive",
            "{\"version\":%d}".formatted(now));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("version").asInt()).isEqualTo(rejected.path("version").asInt());
    assertThat(call(owner, "POST", send, "/items/{id}/send", "version=1", "text/plain").status())
        .isEqualTo(400);
  }

  @Test
  @DisplayName(
      "without a good key nothing is told: none, unknown, revoked, ended, inactive, a cookie")
  void keys() throws Exception {
    assertThat(get(null, "/items", "/items").status()).isEqualTo(401);
    assertThat(get("tbk_unknown", "/items", "/items").status()).isEqualTo(401);
    Caller cookie = site.signedIn("owner");
    assertThat(cookie.get("/api/v1/items").statusCode()).isEqualTo(401);
    long user = site.user("program@example.com", "viewer", "en");
    String key = key(user, false);
    assertThat(get(key, "/overview", "/overview").status()).isEqualTo(200);
    assertThat(site.ledger().apiKeys().of(user).get(0).usedAt()).isNotNull();
    site.ledger().apiKeys().revoke(site.ledger().apiKeys().of(user).get(0).id(), user, "test");
    Answer revoked = get(key, "/overview", "/overview");
    assertThat(revoked.status()).isEqualTo(401);
    assertThat(revoked.whole().headers().firstValue("WWW-Authenticate")).isPresent();
    String other = key(user, false);
    site.ledger().users().active(user, false, "test");
    assertThat(get(other, "/overview", "/overview").status()).isEqualTo(401);
    assertThat(site.ledger().audit().newest(50).toString()).doesNotContain(key.substring(12));
  }

  @Test
  @DisplayName("bad keys of an address keep no good key of the same address out")
  void badNeighbours() throws Exception {
    String key = key("viewer", false);
    int status = 0;
    for (int i = 0; i < 70; i++) {
      status = overview("tbk_guessed" + i, "203.0.113.5:" + (1024 + i));
    }
    assertThat(status).isEqualTo(429);
    assertThat(overview(key, "203.0.113.5")).isEqualTo(200);
    assertThat(overview("tbk_guessed", "203.0.113.6")).isEqualTo(401);
  }

  private static int overview(String key, String from) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(site.address() + "/api/v1/overview"))
                .header("Authorization", "Bearer " + key)
                .header("X-Forwarded-For", from)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  @DisplayName(
      "whoever is limited to connections reads and moves nothing of others; keys end for good with"
          + " their user")
  void limited() throws Exception {
    long id = item();
    long user = site.user("elsewhere@example.com", "operator", "en");
    String key = key(user, true);
    int version = get(key, "/items/" + id, "/items/{id}").json().path("version").asInt();
    site.ledger()
        .userRights()
        .replace(
            user, List.of(new UserRight(new ConnectionId("other"), "invoice", true, true)), "test");
    assertThat(get(key, "/items/" + id, "/items/{id}").status()).isEqualTo(404);
    assertThat(get(key, "/items/" + id + "/preview", "/items/{id}/preview").status())
        .isEqualTo(404);
    assertThat(
            post(
                    key,
                    "/items/" + id + "/send",
                    "/items/{id}/send",
                    "{\"version\":%d}".formatted(version))
                .status())
        .isEqualTo(404);
    assertThat(get(key, "/items", "/items").status()).isEqualTo(400);
    assertThat(get(key, "/items?connection=main", "/items").status()).isEqualTo(400);
    assertThat(get(key, "/connections", "/connections").json().path("connections")).isEmpty();
    assertThat(get(key, "/overview", "/overview").json().path("counts")).isEmpty();
    site.ledger()
        .userRights()
        .replace(user, List.of(new UserRight(MAIN, "invoice", false, true)), "test");
    assertThat(get(key, "/items", "/items").json().path("items")).isNotEmpty();
    site.ledger().users().active(user, false, "test");
    site.ledger().users().active(user, true, "test");
    assertThat(get(key, "/items", "/items").status()).isEqualTo(401);
  }

  @Test
  @DisplayName("one key makes no more calls within a minute than the limit")
  void rate() throws Exception {
    String key = key("operator", false);
    for (int i = 0; i < CALLS; i++) {
      assertThat(get(key, "/overview", "/overview").status()).isEqualTo(200);
    }
    Answer refused = get(key, "/overview", "/overview");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.whole().headers().firstValue("Retry-After")).contains("30");
  }

  @Test
  @DisplayName("every path of the description is answered, and it is served without a key")
  void described() throws Exception {
    assertThat(site.caller().get("/api/v1/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    long id = item();
    String key = key("administrator", true);
    List<String> missing = new ArrayList<>();
    described
        .path("paths")
        .fields()
        .forEachRemaining(
            path -> {
              String method = path.getValue().has("post") ? "POST" : "GET";
              HttpRequest request =
                  HttpRequest.newBuilder(
                          URI.create(
                              site.address()
                                  + "/api/v1"
                                  + path.getKey().replace("{id}", Long.toString(id))))
                      .header("Authorization", "Bearer " + key)
                      .method(method, HttpRequest.BodyPublishers.noBody())
                      .build();
              try {
                int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status == 404 || status == 405 || status >= 500) {
                  missing.add(path.getKey() + " " + status);
                }
              } catch (Exception e) {
                missing.add(path.getKey() + " " + e);
              }
            });
    assertThat(missing).isEmpty();
  }
}
