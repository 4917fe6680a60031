package io.tieback.sandbox.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** One request to a vendor stand-in, body already read. Used on the server's event loop only. */
public final class Call {
  private static final String KEY = Call.class.getName();

  private final long ordinal;
  private final RoutingContext context;
  private final Buffer body;
  private final Instant receivedAt;
  private final String method;
  private final String path;
  private Map<String, List<String>> query;
  private Map<String, List<String>> form;
  private String bodyText;
  private Consumer<Answer> whenAnswered;
  private Throwable defect;

  Call(long ordinal, RoutingContext context, Buffer body, Instant receivedAt) {
    this.ordinal = ordinal;
    this.context = context;
    this.body = body;
    this.receivedAt = receivedAt;
    this.method = context.request().method().name();
    this.path = context.request().path();
    context.put(KEY, this);
  }

  /**
   * The way to register a vendor operation: the function validates, changes state and gives the
   * answer, all at once on the event loop; the kit decides when (and whether) it runs and when its
   * answer is written.
   */
  public static Handler<RoutingContext> handler(Function<Call, Answer> operation) {
    return context -> {
      Call call = context.get(KEY);
      Answer answer;
      try {
        answer = operation.apply(call);
      } catch (RuntimeException | StackOverflowError e) {
        answer = call.defect(e);
      }
      call.answered(answer);
    };
  }

  static Call of(RoutingContext context) {
    return context.get(KEY);
  }

  /** Runs the routes behind this call; {@code then} receives the answer, exactly once. */
  void process(Consumer<Answer> then) {
    whenAnswered = then;
    context.next();
  }

  void answered(Answer answer) {
    Consumer<Answer> then = whenAnswered;
    whenAnswered = null;
    if (then != null) {
      then.accept(answer);
    }
  }

  Answer defect(Throwable cause) {
    defect = cause;
    return Answer.text(
            500, "text/plain", "Defect of the sandbox (not an answer of the vendor): " + cause)
        .with("X-Sandbox-Defect", "true");
  }

  Throwable defect() {
    return defect;
  }

  RoutingContext context() {
    return context;
  }

  /** 1 for the first request since start or reset. */
  public long ordinal() {
    return ordinal;
  }

  /** GET, PUT, ... */
  public String method() {
    return method;
  }

  /** Path without query, as sent. */
  public String path() {
    return path;
  }

  /** Path and query as sent. */
  public String uri() {
    return context.request().uri();
  }

  /** When the request was complete, by the stand-in's clock. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /** The first header of that name (any letter case), or null. */
  public String header(String name) {
    return context.request().getHeader(name);
  }

  /** All headers. */
  public MultiMap headers() {
    return context.request().headers();
  }

  /** The decoded variable of the route's path, or null. */
  public String pathParam(String name) {
    return context.pathParam(name);
  }

  /** First decoded query value of that name (exact letter case), or null. */
  public String query(String name) {
    List<String> values = queryAll(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** Every decoded query value of that name, in order. */
  public List<String> queryAll(String name) {
    return queryParameters().getOrDefault(name, List.of());
  }

  /** All decoded query parameters. */
  public Map<String, List<String>> queryParameters() {
    if (query == null) {
      query = new QueryStringDecoder(uri()).parameters();
    }
    return query;
  }

  /** The field of a form-encoded body, or null. */
  public String form(String name) {
    if (form == null) {
      form = new QueryStringDecoder(bodyText(), StandardCharsets.UTF_8, false).parameters();
    }
    List<String> values = form.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The body's bytes. */
  public Buffer body() {
    return body;
  }

  /** The body as UTF-8 text. */
  public String bodyText() {
    if (bodyText == null) {
      bodyText = body.toString(StandardCharsets.UTF_8);
    }
    return bodyText;
  }

  /**
   * The body as JSON with exact decimals.
   *
   * @throws JsonProcessingException when it is not one JSON value
   */
  public JsonNode json() throws JsonProcessingException {
    return Json.parse(body.getBytes());
  }
}
