package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tieback.wire.CallBudget;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Failures;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends calls to one Procore company: token, company header, budget, rate limits, errors and pages.
 * A call that got 401 was not carried out; it is sent once more with a new token. Nothing else is
 * ever sent twice here.
 */
final class ProcoreCalls {

  private static final Pattern NEXT_PAGE = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");
  private static final Pattern QUERY_OF_LINK = Pattern.compile("\\?([^#]*)");
  private static final int MOST_PAGES = 10_000;

  private final Http http;
  private final ProcoreConnection connection;
  private final ProcoreTokens tokens;
  private final CallBudget budget;
  private final CallCounter counter;
  private final Clock clock;

  ProcoreCalls(
      Http http,
      ProcoreConnection connection,
      ProcoreTokens tokens,
      CallBudget budget,
      CallCounter counter,
      Clock clock) {
    this.http = http;
    this.connection = connection;
    this.tokens = tokens;
    this.budget = budget;
    this.counter = counter;
    this.clock = clock;
  }

  ProcoreConnection connection() {
    return connection;
  }

  /** Reads one resource. */
  JsonNode get(String operation, String path) {
    return body(call(operation, "GET", path, null, true));
  }

  /** Reads all rows of a list, following {@code Link: rel="next"}. */
  List<JsonNode> list(String operation, String path) {
    List<JsonNode> rows = new ArrayList<>();
    String bare = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
    String next = path;
    for (int page = 0; next != null; page++) {
      if (page >= MOST_PAGES) {
        throw Failure.of(
            FailureKind.DEFECT, "list " + bare + " did not end after " + MOST_PAGES + " pages", "");
      }
      Answered answered = call(operation, "GET", next, null, true);
      JsonNode body = body(answered);
      if (!body.isArray()) {
        throw Failures.unreadable(answered.call(), answered.answer(), "a list is expected");
      }
      body.forEach(rows::add);
      next = next(bare, answered.answer());
    }
    return rows;
  }

  /** Only the query of the link is taken, so that the token can never go to another host. */
  private static String next(String path, HttpAnswer answer) {
    Matcher link = NEXT_PAGE.matcher(answer.header("link").orElse(""));
    if (!link.find()) {
      return null;
    }
    Matcher query = QUERY_OF_LINK.matcher(link.group(1));
    return query.find() ? path + "?" + query.group(1) : null;
  }

  /** Writes something that must not happen twice: an answer that got lost leaves UNKNOWN. */
  JsonNode writeOnce(String operation, String method, String path, JsonNode body) {
    return body(call(operation, method, path, body, false));
  }

  /**
   * Writes something that may be repeated, because it says how things are to be: an answer that got
   * lost is only TRANSIENT.
   */
  JsonNode writeRepeatable(String operation, String method, String path, JsonNode body) {
    try {
      return body(call(operation, method, path, body, true));
    } catch (Failure failure) {
      throw ProcoreErrors.repeatable(failure);
    }
  }

  private record Answered(HttpCall call, HttpAnswer answer) {}

  private static JsonNode body(Answered answered) {
    return answered.answer().body().length == 0
        ? MissingNode.getInstance()
        : Json.body(answered.call(), answered.answer());
  }

  private Answered call(
      String operation, String method, String path, JsonNode body, boolean repeatable) {
    String token = tokens.current();
    Answered first = send(operation, method, path, body, token);
    if (first.answer().status() == 401) {
      first = send(operation, method, path, body, tokens.renewedInsteadOf(token));
    }
    if (!first.answer().ok()) {
      throw ProcoreErrors.failure(connection, first.call(), first.answer(), repeatable, clock);
    }
    return first;
  }

  /**
   * Reads bytes from an address of Procore's own host, with the token and the company, under the
   * budget.
   *
   * @param address an address below {@link ProcoreConnection#apiUrl}'s host
   * @param most most bytes that are taken
   * @return 2xx, or 3xx with where it leads
   */
  HttpAnswer bytes(String operation, URI address, long most) {
    String token = tokens.current();
    HttpCall call = reading(address, own(token), most);
    HttpAnswer answer = counted(operation, call);
    if (answer.status() == 401) {
      call = reading(address, own(tokens.renewedInsteadOf(token)), most);
      answer = counted(operation, call);
    }
    if (!answer.ok() && (answer.status() < 300 || answer.status() > 399)) {
      throw ProcoreErrors.failure(connection, call, answer, true, clock);
    }
    return answer;
  }

  /** Reads bytes from a host that is not Procore's: without token, company and budget. */
  HttpAnswer foreignBytes(String operation, URI address, long most) {
    counter.called(operation);
    return http.send(reading(address, Map.of("Accept", "*/*"), most));
  }

  private Map<String, String> own(String token) {
    return Map.of(
        "Authorization",
        "Bearer " + token,
        "Procore-Company-Id",
        Long.toString(connection.companyId()),
        "Accept",
        "*/*");
  }

  private HttpCall reading(URI address, Map<String, String> headers, long most) {
    return new HttpCall("GET", address, headers, null, connection.settings().timeout(), null, most);
  }

  private HttpAnswer counted(String operation, HttpCall call) {
    try (CallBudget.Leave leave = budget.take()) {
      counter.called(operation);
      HttpAnswer answer = http.send(call);
      observe(answer);
      return answer;
    }
  }

  private Answered send(String operation, String method, String path, JsonNode body, String token) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + token);
    headers.put("Procore-Company-Id", Long.toString(connection.companyId()));
    headers.put("Accept", "application/json");
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    URI address = connection.apiUrl().resolve(path);
    HttpCall call =
        new HttpCall(
            method,
            address,
            headers,
            body == null ? null : Json.bytes(body),
            connection.settings().timeout());
    return new Answered(call, counted(operation, call));
  }

  /**
   * Limits are known only from the headers (GEN-API-13): at none remaining, everybody of this
   * connection waits for the window's end.
   */
  private void observe(HttpAnswer answer) {
    Instant now = clock.instant();
    if (answer.status() == 429 || answer.status() == 503) {
      Failures.askedToWait(answer, now)
          .ifPresent(wait -> budget.blockedFor(wait, "Procore answered " + answer.status()));
    } else if (answer
        .header("x-rate-limit-remaining")
        .map(String::strip)
        .filter("0"::equals)
        .isPresent()) {
      answer
          .header("x-rate-limit-reset")
          .map(String::strip)
          .filter(text -> text.matches("\\d{1,12}"))
          .map(text -> Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text))))
          .filter(wait -> !wait.isNegative() && wait.compareTo(Failures.LONGEST_WAIT) < 0)
          .ifPresent(wait -> budget.blockedFor(wait, "Procore's rate limit is used up"));
    }
  }
}
