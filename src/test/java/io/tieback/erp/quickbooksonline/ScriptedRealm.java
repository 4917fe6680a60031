package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.MemoryVault;
import io.tieback.erp.OpenBudget;
import io.tieback.erp.RealHttp;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Json;
import io.tieback.wire.TokenVault.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A company that keeps what it is sent, and a server that a test can make answer word for word: for
 * what the stand-in does only now and then. It knows the few queries that the adapter makes.
 */
final class ScriptedRealm implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String BASE = "/v3/company/9130/";
  private static final Pattern EQUALS = Pattern.compile("([A-Za-z.]+) = '((?:[^'\\\\]|\\\\.)*)'");
  private static final Pattern IN = Pattern.compile("([A-Za-z.]+) in \\(('.*?')\\)");

  /** What came in. */
  record Asked(
      String method, String path, Map<String, String> query, String contentType, String body) {}

  /** What goes back. A status of 0 closes the connection without an answer. */
  record Reply(int status, String body) {

    static Reply dropped() {
      return new Reply(0, "");
    }

    static Reply fault(int status, String type, String code, String message, String detail) {
      ObjectNode body = Json.object();
      ObjectNode fault = body.putObject("Fault");
      fault
          .putArray("Error")
          .addObject()
          .put("Message", message)
          .put("Detail", detail)
          .put("code", code)
          .put("element", "");
      fault.put("type", type);
      return new Reply(status, Json.write(body.put("time", "2026-11-22T02:00:00.000-08:00")));
    }

    static Reply refusal(String code, String message) {
      return fault(400, "ValidationFault", code, message, message);
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Map<String, ObjectNode>> records = new HashMap<>();
  private volatile Function<Asked, Reply> script = this::books;
  private int lastId = 100;
  final OpenBudget budget = new OpenBudget();
  final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  ScriptedRealm() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
  }

  QuickBooksCalls calls() {
    MemoryVault vault = new MemoryVault();
    vault.with(new Tokens("token-1", NOW.plusSeconds(3000), "refresh-1", "9130", null));
    String host = "http://localhost:" + server.getAddress().getPort();
    QuickBooksConnection connection =
        new QuickBooksConnection(
            new ConnectionId("harbour"),
            QuickBooksConnection.Addresses.at(host),
            new QuickBooksConnection.SignIn("client", "secret", URI.create(host + "/back"), null),
            Ids.items(),
            QuickBooksConnection.Retainage.NONE,
            QuickBooksConnection.Files.STANDARD,
            false,
            ZoneOffset.UTC,
            Duration.ofSeconds(20));
    return new QuickBooksCalls(
        connection,
        new QuickBooksSignIn(connection, RealHttp.client(), vault, clock),
        RealHttp.client(),
        budget,
        CallBudget.Purpose.EXPORT);
  }

  void script(Function<Asked, Reply> next) {
    script = next;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Writes that came in for an entity. */
  List<Asked> posted(String entity) {
    String path = BASE + entity.toLowerCase(Locale.ROOT);
    return asked.stream()
        .filter(one -> one.method().equals("POST") && one.path().equals(path))
        .toList();
  }

  /** All records of an entity. */
  synchronized List<ObjectNode> all(String entity) {
    return List.copyOf(of(entity).values());
  }

  /** Puts a record there as somebody in QuickBooks would; gives its id. */
  synchronized String enter(String entity, String json) {
    return QuickBooksJson.id(created(entity, (ObjectNode) Json.read(json.replace('`', '"'))));
  }

  synchronized ObjectNode record(String entity, String id) {
    return of(entity).get(id);
  }

  /** Somebody in QuickBooks deletes a record. */
  synchronized void delete(String entity, String id) {
    of(entity).remove(id);
  }

  private Map<String, ObjectNode> of(String entity) {
    return records.computeIfAbsent(entity, any -> new java.util.LinkedHashMap<>());
  }

  /** What the company itself answers. */
  synchronized Reply books(Asked request) {
    String rest = request.path().substring(BASE.length());
    if (rest.equals("query")) {
      return query(request.query().get("query"));
    }
    if (rest.equals("upload")) {
      return uploaded(request);
    }
    String[] parts = rest.split("/");
    String entity = entity(parts[0]);
    if (request.method().equals("GET")) {
      ObjectNode found = of(entity).get(parts[1]);
      return found == null ? Reply.refusal("610", "Object Not Found") : shown(entity, found);
    }
    ObjectNode body = (ObjectNode) Json.read(request.body());
    if (body.has("Id")) {
      ObjectNode was = of(entity).get(body.path("Id").asText());
      if (!was.path("SyncToken").asText().equals(body.path("SyncToken").asText())) {
        return Reply.refusal("5010", "Stale Object Error");
      }
      body.put("SyncToken", String.valueOf(was.path("SyncToken").asInt() + 1));
      completed(body);
      of(entity).put(body.path("Id").asText(), body);
      return shown(entity, body);
    }
    if (body.has("DisplayName")
        && List.of("Vendor", "Customer", "Employee").stream()
            .anyMatch(one -> holds(one, "DisplayName", body.path("DisplayName").asText()))) {
      return Reply.refusal("6240", "Duplicate Name Exists Error");
    }
    if (body.has("Name") && holds(entity, "Name", body.path("Name").asText())) {
      return Reply.refusal("6240", "Duplicate Name Exists Error");
    }
    if (body.has("DocNumber")
        && !"allowduplicatedocnum".equals(request.query().get("include"))
        && holds(entity, "DocNumber", body.path("DocNumber").asText())) {
      return Reply.refusal("6140", "Duplicate Document Number Error");
    }
    return shown(entity, created(entity, body));
  }

  /** What lies between the heads of two parts; files of tests are plain text. */
  private Reply uploaded(Asked request) {
    String boundary = request.contentType().split("boundary=")[1];
    String[] parts = request.body().split("--" + boundary);
    String metadata = parts[1].split("\r\n\r\n", 2)[1].strip();
    String content = parts[2].split("\r\n\r\n", 2)[1];
    ObjectNode attachable = (ObjectNode) Json.read(metadata);
    attachable.put("Size", content.length() - 2);
    ObjectNode body = Json.object();
    body.putArray("AttachableResponse")
        .addObject()
        .set("Attachable", created("Attachable", attachable));
    return new Reply(200, Json.write(body));
  }

  private static String value(ObjectNode record, String field) {
    String prefix = "AttachableRef.EntityRef.";
    return field.startsWith(prefix)
        ? record
            .path("AttachableRef")
            .path(0)
            .path("EntityRef")
            .path(field.substring(prefix.length()).toLowerCase(Locale.ROOT))
            .asText()
        : record.path(field).asText();
  }

  private boolean holds(String entity, String field, String value) {
    return of(entity).values().stream()
        .anyMatch(one -> value.equalsIgnoreCase(one.path(field).asText()));
  }

  private static String entity(String path) {
    for (String name :
        List.of("Bill", "VendorCredit", "PurchaseOrder", "Vendor", "Item", "Customer")) {
      if (name.equalsIgnoreCase(path)) {
        return name;
      }
    }
    throw new IllegalArgumentException(path);
  }

  private ObjectNode created(String entity, ObjectNode body) {
    String id = String.valueOf(++lastId);
    ObjectNode record = Json.object().put("Id", id).put("SyncToken", "0");
    record.put("domain", "QBO").put("sparse", false);
    record
        .putObject("MetaData")
        .put("CreateTime", "2026-11-22T02:00:00-08:00")
        .put("LastUpdatedTime", "2026-11-22T02:00:00-08:00");
    body.properties().forEach(field -> record.set(field.getKey(), field.getValue()));
    completed(record);
    of(entity).put(id, record);
    return record;
  }

  private static void completed(ObjectNode record) {
    if (record.path("Line").isArray()) {
      BigDecimal total = BigDecimal.ZERO;
      int number = 1;
      for (JsonNode line : record.path("Line")) {
        ((ObjectNode) line).put("Id", String.valueOf(number)).put("LineNum", number++);
        total = total.add(line.path("Amount").decimalValue());
      }
      record.put("TotalAmt", total);
    }
  }

  private static Reply shown(String entity, ObjectNode record) {
    ObjectNode body = Json.object();
    body.set(entity, record.deepCopy());
    return new Reply(200, Json.write(body.put("time", "2026-11-22T02:00:00.000-08:00")));
  }

  private Reply query(String statement) {
    String entity = statement.split(" ")[3];
    List<ObjectNode> found = new ArrayList<>(of(entity).values());
    Matcher equals = EQUALS.matcher(statement);
    while (equals.find()) {
      String field = equals.group(1);
      String value = equals.group(2).replace("\\'", "'").replace("\\\\", "\\");
      found.removeIf(one -> !value.equalsIgnoreCase(value(one, field)));
    }
    Matcher in = IN.matcher(statement);
    while (in.find()) {
      String field = in.group(1);
      String values = in.group(2);
      found.removeIf(one -> !values.contains("'" + one.path(field).asText() + "'"));
    }
    ObjectNode body = Json.object();
    ObjectNode response = body.putObject("QueryResponse");
    if (!found.isEmpty()) {
      ArrayNode rows = response.putArray(entity);
      found.forEach(one -> rows.add(one.deepCopy()));
    }
    return new Reply(200, Json.write(body.put("time", "2026-11-22T02:00:00.000-08:00")));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              uri.getPath(),
              form(uri.getRawQuery()),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              body);
      asked.add(request);
      Reply reply = script.apply(request);
      if (reply.status() == 0) {
        return;
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static Map<String, String> form(String raw) {
    Map<String, String> fields = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
