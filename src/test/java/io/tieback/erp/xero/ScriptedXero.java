package io.tieback.erp.xero;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.MemoryVault;
import io.tieback.erp.OpenBudget;
import io.tieback.erp.RealHttp;
import io.tieback.wire.Http;
import io.tieback.wire.TokenVault.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server that answers what a test tells it to, word for word: for answers that the stand-in gives
 * only now and then.
 */
final class ScriptedXero implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final String TENANT = "0aaaaaaa-0000-4000-8000-000000000001";
  static final String CATEGORY = "0ccccccc-0000-4000-8000-000000000001";
  static final String OPTION = "0ddddddd-0000-4000-8000-000000000001";
  static final String CONTACT = "0eeeeeee-0000-4000-8000-000000000001";

  /** What came in. */
  record Asked(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {}

  /**
   * What goes back; null headers for none. A status of 0 closes the connection without an answer.
   */
  record Reply(int status, Map<String, String> headers, String body) {
    static Reply json(String body) {
      return new Reply(200, Map.of("Content-Type", "application/json"), body);
    }

    static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body);
    }

    static Reply dropped() {
      return new Reply(0, Map.of(), "");
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Reply> script;
  final MemoryVault vault = new MemoryVault();
  final OpenBudget budget = new OpenBudget();
  final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

  ScriptedXero(Function<Asked, Reply> script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::handle);
    server.start();
    vault.with(new Tokens("token-1", NOW.plusSeconds(1700), "refresh-1", TENANT, "connection-1"));
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void script(Function<Asked, Reply> next) {
    script = next;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<Asked> asked(String method, String path) {
    return asked.stream().filter(a -> a.method().equals(method) && a.path().equals(path)).toList();
  }

  XeroConnection connection() {
    return connection(XeroConnection.Grant.AUTHORIZATION_CODE, null);
  }

  XeroConnection connection(XeroConnection.Grant grant, String tenantId) {
    return XeroConnection.of(
        new ConnectionId("harbour"),
        XeroConnection.Addresses.at(url()),
        new XeroConnection.SignIn(
            "client",
            "secret",
            grant,
            URI.create("http://localhost:9/back"),
            XeroConnection.SignIn.GRANULAR_SCOPES,
            tenantId),
        XeroConnection.Bills.standard(CATEGORY, null, "815"));
  }

  XeroSignIn signIn() {
    return new XeroSignIn(connection(), RealHttp.judged(), vault, clock);
  }

  XeroAdapter adapter() {
    Http http = RealHttp.judged();
    return new XeroAdapter(
        connection(), new XeroSignIn(connection(), http, vault, clock), http, budget, clock);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      Asked request =
          new Asked(
              exchange.getRequestMethod(), uri.getPath(), form(uri.getRawQuery()), headers, body);
      asked.add(request);
      Reply reply = script.apply(request);
      if (reply.status() == 0) {
        return;
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  /** Fields of a query or a form body. */
  static Map<String, String> form(String raw) {
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
