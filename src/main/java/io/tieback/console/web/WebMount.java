package io.tieback.console.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts areas onto the HTTP server that Camel runs, beside the webhooks. Everything blocking runs on
 * threads of its own, so that a slow page never keeps a webhook waiting.
 */
public final class WebMount implements AutoCloseable {

  /** What may be posted at most. */
  public static final int MOST_BYTES = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(WebMount.class);
  private static final int THREADS = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<Area> areas;
  private final ClientAddress addresses;
  private final SafeHeaders headers;
  private final WorkerExecutor workers;

  private WebMount(Vertx vertx, List<Area> areas, ClientAddress addresses, SafeHeaders headers) {
    this.areas = List.copyOf(areas);
    this.addresses = addresses;
    this.headers = headers;
    this.workers =
        vertx.createSharedWorkerExecutor("tieback-console", THREADS, 2, TimeUnit.MINUTES);
  }

  /**
   * Mounts them; the context has to be started.
   *
   * @param areas who answers, first match counts
   */
  public static WebMount on(
      CamelContext context, List<Area> areas, ClientAddress addresses, SafeHeaders headers) {
    // Looked for by what it is: its name has the port in it, which may have been chosen late.
    VertxPlatformHttpRouter router =
        context.getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
            .filter(VertxPlatformHttpRouter::isMainServer)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Camel runs no HTTP server"));
    WebMount mount = new WebMount(router.vertx(), areas, addresses, headers);
    router.get("/").handler(at -> mount.write(at, Answer.seeOther("/console/")));
    BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_BYTES);
    for (String start : List.of("/console", "/api/v1")) {
      for (String path : List.of(start, start + "/*")) {
        router.route(path).handler(body).handler(mount::handle).failureHandler(mount::failed);
      }
    }
    return mount;
  }

  private void handle(RoutingContext at) {
    Call call = call(at);
    workers
        .executeBlocking(() -> unreadable(call) ? unreadable(call, 400) : answer(call), false)
        .onSuccess(answer -> write(at, answer))
        .onFailure(at::fail);
  }

  /** No text has a character 0 in it, and no database takes one. */
  private static boolean unreadable(Call call) {
    return call.path().indexOf('\0') >= 0
        || Stream.of(call.query(), call.form())
            .flatMap(fields -> fields.values().stream().flatMap(List::stream))
            .anyMatch(value -> value.indexOf('\0') >= 0);
  }

  private Answer answer(Call call) {
    try {
      for (Area area : areas) {
        if (area.holds(call.path())) {
          return area.answer(call);
        }
      }
      return Answer.of(404, "text/plain", "Not found.");
    } catch (RuntimeException e) {
      return broken(call.method(), call.path(), e);
    }
  }

  /** Nobody outside learns more than a number; the log has the rest under it. */
  private static Answer broken(String method, String path, Throwable why) {
    String number = newNumber();
    LOG.error("error {}: {} {} failed", number, method, path, why);
    return Answer.of(
        500, "text/plain", "Something went wrong. The log has it under number " + number + ".");
  }

  /** A number under which a failure stands in the log. */
  public static String newNumber() {
    byte[] bytes = new byte[5];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void failed(RoutingContext at) {
    if (at.response().ended() || at.response().headWritten()) {
      return;
    }
    int status = at.statusCode();
    if (status != 400 && status != 413) {
      write(at, broken(at.request().method().name(), at.request().path(), at.failure()));
      return;
    }
    Call call = call(at);
    workers
        .executeBlocking(() -> unreadable(call, status), false)
        .onSuccess(answer -> write(at, answer))
        .onFailure(why -> write(at, broken(call.method(), call.path(), why)));
  }

  private Answer unreadable(Call call, int status) {
    try {
      return areas.stream()
          .filter(area -> area.holds(call.path()))
          .findFirst()
          .map(area -> area.unreadable(call, status))
          .orElseGet(() -> Answer.of(status, "text/plain", "The request cannot be read."));
    } catch (RuntimeException e) {
      return broken(call.method(), call.path(), e);
    }
  }

  private void write(RoutingContext at, Answer answer) {
    HttpServerResponse response = at.response();
    if (response.ended() || response.closed()) {
      return;
    }
    headers.on(answer);
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    answer.cookies().forEach(cookie -> response.headers().add("Set-Cookie", cookie));
    if (at.request().method().name().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(answer.body().length)).end();
    } else if (answer.body().length == 0) {
      response.end();
    } else {
      response.end(Buffer.buffer(answer.body()));
    }
  }

  private Call call(RoutingContext at) {
    Map<String, String> head = new LinkedHashMap<>();
    at.request()
        .headers()
        .forEach(
            one ->
                head.merge(
                    one.getKey().toLowerCase(Locale.ROOT), one.getValue(), (a, b) -> a + "," + b));
    if (at.request().authority() != null) {
      // HTTP/2 has no Host header.
      head.putIfAbsent("host", at.request().authority().toString());
    }
    Map<String, String> cookies = new LinkedHashMap<>();
    for (Cookie cookie : at.request().cookies()) {
      cookies.putIfAbsent(cookie.getName(), cookie.getValue());
    }
    String peer = at.request().remoteAddress().hostAddress();
    Buffer body = at.body() == null ? null : at.body().buffer();
    return new Call(
        at.request().method().name(),
        at.normalizedPath(),
        many(at.queryParams()),
        many(at.request().formAttributes()),
        head,
        cookies,
        addresses.of(peer == null ? "unknown" : peer, head.get("x-forwarded-for")),
        body == null ? new byte[0] : body.getBytes());
  }

  private static Map<String, List<String>> many(io.vertx.core.MultiMap values) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    values.names().forEach(name -> all.put(name, List.copyOf(values.getAll(name))));
    return all;
  }

  /** Lets requests that are being answered finish. */
  @Override
  public void close() {
    workers.close();
  }
}
