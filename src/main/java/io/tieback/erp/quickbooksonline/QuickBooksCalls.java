package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import io.tieback.wire.LastMoment;
import io.tieback.wire.Query;
import io.tieback.wire.TokenVault.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls to the Accounting API with sign-in, company and budget (reference sections 1, 2, 6 and 7).
 * What was changed is told by {@code QuickBooksChanges}, long lists are read by {@link
 * QuickBooksPages}.
 */
final class QuickBooksCalls {

  /** The version of the API that all of this speaks, named nowhere else (section 1). */
  static final String MINOR_VERSION = "75";

  /** Most records of one query (section 6). */
  static final int PAGE_SIZE = 1000;

  private static final int UNAUTHORIZED = 401;

  private final QuickBooksConnection connection;
  private final QuickBooksSignIn signIn;
  private final Http http;
  private final CallBudget budget;
  private final CallBudget.Purpose purpose;
  private final AtomicInteger made = new AtomicInteger();

  QuickBooksCalls(
      QuickBooksConnection connection,
      QuickBooksSignIn signIn,
      Http http,
      CallBudget budget,
      CallBudget.Purpose purpose) {
    this.connection = connection;
    this.signIn = signIn;
    this.http = http;
    this.budget = budget;
    this.purpose = purpose;
  }

  /** Calls made so far. */
  int made() {
    return made.get();
  }

  /**
   * Reads. A token that QuickBooks refuses is renewed once.
   *
   * @param path path below the company, such as {@code /bill/46}
   * @param query parameters, not yet encoded; the version goes along by itself
   * @param doing for messages, such as {@code reading payments}
   * @throws Failure as the answer means, also one of 200 that carries a fault; TRANSIENT when it is
   *     not whole JSON
   */
  JsonNode get(String path, Map<String, String> query, String doing) {
    HttpAnswer answer = fetched(path, query);
    JsonNode body;
    if (!answer.ok()) {
      throw failure(answer, false, doing);
    }
    try {
      body = Json.read(answer.body());
    } catch (JsonProcessingException e) {
      throw unreadable(doing, answer, e);
    }
    if (body.path("Fault").isObject()) {
      throw failure(answer, false, doing);
    }
    if (!body.isObject()) {
      throw unreadable(doing, answer, null);
    }
    return body;
  }

  private HttpAnswer fetched(String path, Map<String, String> query) {
    Tokens tokens = signIn.access();
    HttpAnswer answer = once(path, query, tokens);
    // Looked at before the body, which may be XML (section 2).
    return answer.status() == UNAUTHORIZED
        ? once(path, query, signIn.afterRefusalOf(tokens.accessToken()))
        : answer;
  }

  private static Failure unreadable(String doing, HttpAnswer answer, Throwable cause) {
    return new Failure(
        FailureKind.TRANSIENT,
        answer.status(),
        "QuickBooks Online's answer while "
            + doing
            + " is not a whole JSON object"
            + QuickBooksFailures.tid(answer),
        "",
        null,
        cause);
  }

  /**
   * One record.
   *
   * @param entity its name, such as {@code Bill}
   * @return empty when QuickBooks does not have it (any more)
   * @throws Failure as {@link #get}
   */
  Optional<JsonNode> read(String entity, String id, String doing) {
    String path =
        "/"
            + entity.toLowerCase(Locale.ROOT)
            + "/"
            + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    HttpAnswer answer = fetched(path, Map.of());
    QuickBooksAnswer read = QuickBooksAnswer.of(answer);
    if (answer.status() == 404 || read.has(QuickBooksFailures.NOT_FOUND)) {
      return Optional.empty();
    }
    if (!answer.ok() || read.isFault()) {
      throw failure(answer, false, doing);
    }
    JsonNode record = read.body().path(entity);
    if (!record.isObject()) {
      throw unreadable(doing, answer, null);
    }
    // A deleted one may still be told as such (section 7).
    return "Deleted".equals(QuickBooksJson.text(record, "status"))
        ? Optional.empty()
        : Optional.of(record);
  }

  /**
   * Everything that a short statement finds: pages by position, which is exact for lists that do
   * not change meanwhile. For long ones see {@link QuickBooksPages}.
   *
   * @param statement without its paging; values written by {@link QuickBooksQuery}
   * @param entity name of the array in the answer
   */
  QuickBooksFound query(String statement, String entity, String doing) {
    List<JsonNode> all = new ArrayList<>();
    Instant asOf = null;
    while (true) {
      QuickBooksFound page = page(statement, entity, all.size() + 1, doing);
      all.addAll(page.records());
      asOf = asOf == null ? page.asOf() : asOf;
      if (page.records().size() < PAGE_SIZE) {
        return new QuickBooksFound(all, asOf);
      }
    }
  }

  /** One page of a statement, from a position that counts from 1. */
  QuickBooksFound page(String statement, String entity, int position, String doing) {
    JsonNode answer =
        get(
            "/query",
            Map.of("query", statement + " startposition " + position + " maxresults " + PAGE_SIZE),
            doing);
    // Without a match the array is absent (section 6).
    return new QuickBooksFound(list(answer.path("QueryResponse").path(entity)), time(answer));
  }

  /** How many records a statement of the form {@code select count(*) from ...} counts. */
  long count(String statement, String doing) {
    return get("/query", Map.of("query", statement), doing)
        .path("QueryResponse")
        .path("totalCount")
        .asLong(0);
  }

  /**
   * What changed (section 7); the array of the answer that has one element for each entity.
   *
   * @param since at most 30 days ago
   */
  JsonNode cdc(Collection<String> entities, Instant since, String doing) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("entities", String.join(",", entities));
    query.put("changedSince", since.truncatedTo(ChronoUnit.SECONDS).toString());
    return get("/cdc", query, doing);
  }

  /** QuickBooks's own time of an answer, or null when it says none. */
  static Instant time(JsonNode answer) {
    return moment(QuickBooksJson.text(answer, "time"));
  }

  /** A moment with its offset, or null. */
  static Instant moment(String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> all = new ArrayList<>();
    array.forEach(all::add);
    return all;
  }

  /** The id of the company. */
  String realm() {
    return realm(signIn.access());
  }

  private static String realm(Tokens tokens) {
    if (tokens.tenantId() == null) {
      throw Failure.of(
          FailureKind.CREDENTIALS,
          "no company of QuickBooks Online was chosen for this connection",
          QuickBooksSignIn.CONNECT_SENTENCE);
    }
    return tokens.tenantId();
  }

  /** Tokens for a write; asked for before anything is marked as sent. */
  Tokens tokens() {
    return signIn.access();
  }

  /** Tokens after QuickBooks refused these. */
  Tokens afterRefusalOf(Tokens refused) {
    return signIn.afterRefusalOf(refused.accessToken());
  }

  /** Leave for one write; asked for before anything is marked as sent. */
  CallBudget.Leave leave() {
    return budget.take(purpose);
  }

  /**
   * Creates or updates: sends bytes once, under leave that the caller holds. There is no other verb
   * (section 1).
   *
   * @param query parameters, {@code requestid} among them
   * @param lastMoment until when they may leave
   */
  HttpAnswer post(
      String path, Map<String, String> query, byte[] body, Tokens tokens, LastMoment lastMoment) {
    return send("POST", path, query, "application/json", body, tokens, lastMoment);
  }

  /**
   * Uploads the parts of a file. A token that QuickBooks refuses is renewed once.
   *
   * @param contentType type of the parts, with their boundary
   * @param lastMoment until when they may leave
   * @throws Failure as the answer means; UNKNOWN when it is not whole JSON
   */
  QuickBooksAnswer upload(String contentType, byte[] parts, LastMoment lastMoment, String doing) {
    Tokens tokens = signIn.access();
    HttpAnswer answer = uploaded(contentType, parts, tokens, lastMoment);
    if (answer.status() == UNAUTHORIZED) {
      Tokens renewed = signIn.afterRefusalOf(tokens.accessToken());
      answer = uploaded(contentType, parts, renewed, lastMoment);
    }
    QuickBooksAnswer read = QuickBooksAnswer.of(answer);
    if (!answer.ok() || read.isFault()) {
      throw failure(answer, true, doing);
    }
    if (!read.body().isObject()) {
      throw Failure.of(
          FailureKind.UNKNOWN,
          "QuickBooks Online's answer while "
              + doing
              + " is not whole JSON"
              + QuickBooksFailures.tid(answer),
          "");
    }
    return read;
  }

  private HttpAnswer uploaded(
      String contentType, byte[] parts, Tokens tokens, LastMoment lastMoment) {
    try (CallBudget.Leave leave = budget.take(purpose)) {
      return send("POST", "/upload", Map.of(), contentType, parts, tokens, lastMoment);
    }
  }

  /**
   * The failure that an answer means, one of 200 with a fault included; the budget hears of every
   * pause that QuickBooks asks for.
   */
  Failure failure(HttpAnswer answer, boolean write, String doing) {
    Failure failure = QuickBooksFailures.of(answer, write, doing);
    failure.retryAfter().ifPresent(wait -> budget.blockedFor(wait, failure.getMessage()));
    return failure;
  }

  private HttpAnswer once(String path, Map<String, String> query, Tokens tokens) {
    try (CallBudget.Leave leave = budget.take(purpose)) {
      return send("GET", path, query, null, null, tokens, null);
    }
  }

  private HttpAnswer send(
      String method,
      String path,
      Map<String, String> query,
      String contentType,
      byte[] body,
      Tokens tokens,
      LastMoment lastMoment) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + tokens.accessToken());
    headers.put("Accept", "application/json");
    if (contentType != null) {
      headers.put("Content-Type", contentType);
    }
    made.incrementAndGet();
    return http.send(
        new HttpCall(
            method, address(tokens, path, query), headers, body, connection.timeout(), lastMoment));
  }

  private URI address(Tokens tokens, String path, Map<String, String> query) {
    Query parameters = new Query();
    query.forEach(parameters::with);
    parameters.with("minorversion", MINOR_VERSION);
    return URI.create(
        connection.addresses().api() + parameters.after("/v3/company/" + realm(tokens) + path));
  }
}
