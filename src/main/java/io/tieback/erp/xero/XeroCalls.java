package io.tieback.erp.xero;

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
import io.tieback.wire.TokenVault.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to the Accounting API with sign-in, tenant and budget (Xero reference sections 1 and 3).
 */
final class XeroCalls {

  private static final Logger LOG = LoggerFactory.getLogger(XeroCalls.class);
  private static final String DAY_REMAINING = "x-daylimit-remaining";

  private final XeroConnection connection;
  private final XeroSignIn signIn;
  private final Http http;
  private final CallBudget budget;
  private final CallBudget.Purpose purpose;
  private final AtomicInteger made = new AtomicInteger();

  XeroCalls(
      XeroConnection connection,
      XeroSignIn signIn,
      Http http,
      CallBudget budget,
      CallBudget.Purpose purpose) {
    this.connection = connection;
    this.signIn = signIn;
    this.http = http;
    this.budget = budget;
    this.purpose = purpose;
  }

  /** Calls made so far, each as Xero counts it. */
  int made() {
    return made.get();
  }

  /**
   * Reads a short answer.
   *
   * @throws Failure as the answer means; TRANSIENT when it is not whole JSON
   * @see #bytes
   */
  JsonNode get(String path, Map<String, String> query, String doing) {
    try {
      return Json.read(bytes(path, query, null, doing));
    } catch (JsonProcessingException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          200,
          "Xero's answer while " + doing + " is not whole JSON",
          "",
          null,
          e);
    }
  }

  /**
   * Reads. A token that Xero refuses is renewed once.
   *
   * @param path path below the API's base, such as {@code /Invoices}
   * @param query parameters, not yet encoded
   * @param changedSince for {@code If-Modified-Since}, or null; Xero compares whole seconds
   * @param doing for messages, such as {@code reading payments}
   * @throws Failure as the answer means
   */
  byte[] bytes(String path, Map<String, String> query, Instant changedSince, String doing) {
    Map<String, String> extra = new LinkedHashMap<>();
    if (changedSince != null) {
      extra.put("If-Modified-Since", changedSince.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    Tokens tokens = signIn.access();
    HttpAnswer answer = once("GET", path, query, extra, null, tokens, null);
    if (answer.status() == 401) {
      Tokens renewed = signIn.afterRefusalOf(tokens.accessToken());
      answer = once("GET", path, query, extra, null, renewed, null);
    }
    if (!answer.ok()) {
      throw failure(answer, false, doing);
    }
    return answer.body();
  }

  /** Tokens for a write; asked for before anything is marked as sent. */
  Tokens tokens() {
    return signIn.access();
  }

  /** Tokens after Xero refused these. */
  Tokens afterRefusalOf(Tokens refused) {
    return signIn.afterRefusalOf(refused.accessToken());
  }

  /** Leave for one write; asked for before anything is marked as sent. */
  CallBudget.Leave leave() {
    return budget.take(purpose);
  }

  /**
   * Sends bytes once, under leave that the caller holds.
   *
   * @param lastMoment until when they may leave
   */
  HttpAnswer put(
      String path,
      Map<String, String> query,
      String idempotencyKey,
      byte[] body,
      Tokens tokens,
      LastMoment lastMoment) {
    return write("PUT", path, query, idempotencyKey, body, tokens, lastMoment);
  }

  /** As {@link #put}, by any verb. */
  HttpAnswer write(
      String method,
      String path,
      Map<String, String> query,
      String idempotencyKey,
      byte[] body,
      Tokens tokens,
      LastMoment lastMoment) {
    Map<String, String> extra =
        Map.of("Content-Type", "application/json", "Idempotency-Key", idempotencyKey);
    return send(method, path, query, extra, body, tokens, lastMoment);
  }

  /**
   * Writes something that is no document of the journal and may be repeated without harm. A token
   * that Xero refuses is renewed once.
   *
   * @throws Failure as the answer means
   */
  JsonNode writeHarmless(String method, String path, byte[] body, String doing) {
    return written(method, path, Map.of("Content-Type", "application/json"), body, null, doing);
  }

  /**
   * Puts the bytes of a file. A token that Xero refuses is renewed once.
   *
   * @param idempotencyKey the same for the same file on the same document
   * @param lastMoment until when they may leave
   * @throws Failure as the answer means
   */
  JsonNode putFile(
      String path,
      String contentType,
      String idempotencyKey,
      byte[] bytes,
      LastMoment lastMoment,
      String doing) {
    Map<String, String> extra =
        Map.of("Content-Type", contentType, "Idempotency-Key", idempotencyKey);
    return written("PUT", path, extra, bytes, lastMoment, doing);
  }

  private JsonNode written(
      String method,
      String path,
      Map<String, String> extra,
      byte[] body,
      LastMoment lastMoment,
      String doing) {
    Tokens tokens = signIn.access();
    HttpAnswer answer = once(method, path, Map.of(), extra, body, tokens, lastMoment);
    if (answer.status() == 401) {
      Tokens renewed = signIn.afterRefusalOf(tokens.accessToken());
      answer = once(method, path, Map.of(), extra, body, renewed, lastMoment);
    }
    if (!answer.ok()) {
      throw failure(answer, true, doing);
    }
    try {
      return Json.read(answer.body());
    } catch (JsonProcessingException e) {
      throw new Failure(
          FailureKind.UNKNOWN,
          answer.status(),
          "Xero's answer while " + doing + " is not whole JSON",
          "",
          null,
          e);
    }
  }

  /** The failure that an answer means; the budget hears of every pause that Xero asks for. */
  Failure failure(HttpAnswer answer, boolean write, String doing) {
    Failure failure = XeroFailures.of(answer, write, doing);
    failure.retryAfter().ifPresent(wait -> budget.blockedFor(wait, failure.getMessage()));
    return failure;
  }

  private HttpAnswer once(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> extra,
      byte[] body,
      Tokens tokens,
      LastMoment lastMoment) {
    try (CallBudget.Leave leave = budget.take(purpose)) {
      return send(method, path, query, extra, body, tokens, lastMoment);
    }
  }

  private HttpAnswer send(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> extra,
      byte[] body,
      Tokens tokens,
      LastMoment lastMoment) {
    Map<String, String> headers = new LinkedHashMap<>(extra);
    headers.put("Authorization", "Bearer " + tokens.accessToken());
    headers.put("Accept", "application/json");
    if (tokens.tenantId() != null) {
      headers.put("xero-tenant-id", tokens.tenantId());
    } else if (connection.signIn().grant() == XeroConnection.Grant.AUTHORIZATION_CODE) {
      throw Failure.of(
          FailureKind.CREDENTIALS,
          "no Xero organisation was chosen for this connection",
          XeroSignIn.CONNECT_SENTENCE);
    }
    made.incrementAndGet();
    HttpAnswer answer =
        http.send(
            new HttpCall(
                method, address(path, query), headers, body, connection.timeout(), lastMoment));
    answer.header(DAY_REMAINING).ifPresent(this::told);
    return answer;
  }

  private void told(String remaining) {
    try {
      budget.told("day", Integer.parseInt(remaining.strip()));
    } catch (NumberFormatException noFigure) {
      LOG.debug("{} says '{}', which is no figure", DAY_REMAINING, remaining);
    }
  }

  private URI address(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .map(
                p ->
                    p.getKey()
                        + "="
                        + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8)
                            .replace("+", "%20"))
            .collect(Collectors.joining("&"));
    return URI.create(
        connection.addresses().api() + path + (parameters.isEmpty() ? "" : "?" + parameters));
  }
}
