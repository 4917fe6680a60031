package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import io.tieback.wire.Redaction;
import io.tieback.wire.TokenVault.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Intuit's token endpoint and its revocation (reference section 2). */
final class QuickBooksTokenEndpoint {

  private static final String HARD_END = "x-include-refresh-token-hard-expires-in";

  private final QuickBooksConnection connection;
  private final Http http;
  private final Clock clock;

  QuickBooksTokenEndpoint(QuickBooksConnection connection, Http http, Clock clock) {
    this.connection = connection;
    this.http = http;
    this.clock = clock;
  }

  /**
   * What Intuit gave.
   *
   * @param refreshToken replaces the one before at once, whatever its value
   * @param unusedEnd when the consent ends if it is not used, or null when Intuit does not say
   * @param hardEnd when it ends however much it is used, or null when Intuit does not say
   */
  record Granted(
      String accessToken,
      String refreshToken,
      Instant expiresAt,
      Instant unusedEnd,
      Instant hardEnd) {

    Tokens tokens(String realmId) {
      Instant ends =
          unusedEnd == null || hardEnd != null && hardEnd.isBefore(unusedEnd) ? hardEnd : unusedEnd;
      return new Tokens(accessToken, expiresAt, refreshToken, realmId, null, ends);
    }

    @Override
    public String toString() {
      return "Granted[expiresAt=" + expiresAt + "]";
    }
  }

  /** Exchanges the code of a consent. */
  Granted exchange(String code) {
    return ask(
        new Query()
            .with("grant_type", "authorization_code")
            .with("code", code)
            .with("redirect_uri", connection.signIn().redirectUri()));
  }

  /**
   * New tokens for a refresh token. Never asked twice: the token may have been exchanged already,
   * and a second request with it can end the consent.
   *
   * @throws Failure CREDENTIALS when the consent is gone; TRANSIENT when no answer could be had
   */
  Granted refreshed(String refreshToken) {
    try {
      return ask(
          new Query().with("grant_type", "refresh_token").with("refresh_token", refreshToken));
    } catch (Failure lost) {
      if (lost.kind() != FailureKind.UNKNOWN) {
        throw lost;
      }
      throw new Failure(
          FailureKind.TRANSIENT,
          lost.status(),
          lost.getMessage(),
          "If signing in fails afterwards, " + QuickBooksFailures.CONNECT + ".",
          Duration.ofSeconds(30),
          lost);
    }
  }

  /**
   * Ends the consent.
   *
   * @throws Failure when Intuit did not confirm it
   */
  void revoke(String refreshToken) {
    byte[] body = Json.bytes(Json.object().put("token", refreshToken));
    HttpAnswer answer =
        http.send(
            new HttpCall(
                "POST",
                connection.addresses().revoke(),
                Map.of(
                    "Authorization",
                    "Basic " + basic(),
                    "Content-Type",
                    "application/json",
                    "Accept",
                    "application/json"),
                body,
                connection.timeout()));
    // 400: the token is no longer good, so that there is nothing left to end.
    if (!answer.ok() && answer.status() != 400) {
      throw QuickBooksFailures.of(answer, true, "disconnecting");
    }
  }

  private Granted ask(Query form) {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Basic " + basic(),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "application/json",
            HARD_END,
            "true");
    HttpAnswer answer =
        http.send(
            new HttpCall(
                "POST",
                connection.addresses().token(),
                headers,
                form.toString().getBytes(StandardCharsets.UTF_8),
                connection.timeout()));
    if (!answer.ok()) {
      throw refused(answer);
    }
    return granted(answer);
  }

  private Granted granted(HttpAnswer answer) {
    JsonNode body;
    try {
      body = Json.read(answer.body());
    } catch (JsonProcessingException e) {
      // Never with the body or the cause: half a token is a secret too.
      throw lost(answer, "that is not whole JSON");
    }
    String access = QuickBooksJson.text(body, "access_token");
    String refresh = QuickBooksJson.text(body, "refresh_token");
    Instant end = end(body, "expires_in");
    if (access == null || refresh == null || end == null) {
      throw lost(answer, "without access_token, refresh_token and expires_in");
    }
    return new Granted(
        access,
        refresh,
        end,
        end(body, "x_refresh_token_expires_in"),
        end(body, "x_refresh_token_hard_expires_in"));
  }

  private Instant end(JsonNode body, String field) {
    JsonNode seconds = body.path(field);
    return seconds.isIntegralNumber() ? clock.instant().plusSeconds(seconds.longValue()) : null;
  }

  private static Failure lost(HttpAnswer answer, String shape) {
    return new Failure(
        FailureKind.UNKNOWN,
        answer.status(),
        "Intuit's token endpoint sent an answer " + shape + QuickBooksFailures.tid(answer),
        "",
        null,
        null);
  }

  private static Failure refused(HttpAnswer answer) {
    if (answer.status() != 400 && answer.status() != 401) {
      return QuickBooksFailures.of(answer, true, "signing in");
    }
    String words = Redaction.text(words(answer));
    String remedy =
        words.contains("invalid_grant")
            ? "The consent has ended (unused for 100 days, five years old, disconnected in"
                + " QuickBooks, or the code was used before): "
                + QuickBooksFailures.CONNECT
                + "."
            : "Compare client id and client secret with your app on developer.intuit.com, then "
                + QuickBooksFailures.CONNECT
                + ".";
    return new Failure(
        FailureKind.CREDENTIALS,
        answer.status(),
        "Intuit refused the sign-in: " + words + QuickBooksFailures.tid(answer),
        remedy,
        null,
        null);
  }

  private static String words(HttpAnswer answer) {
    try {
      JsonNode body = Json.read(answer.body());
      String error = QuickBooksJson.text(body, "error");
      String more = QuickBooksJson.text(body, "error_description");
      return error == null ? "no reason given" : error + (more == null ? "" : ": " + more);
    } catch (JsonProcessingException e) {
      return "no reason given";
    }
  }

  private String basic() {
    String pair = connection.signIn().clientId() + ":" + connection.signIn().clientSecret();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
