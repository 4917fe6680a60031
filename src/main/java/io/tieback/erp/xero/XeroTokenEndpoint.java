package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import io.tieback.wire.TokenVault.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code POST /connect/token} in its three uses (Xero reference sections 2.1, 2.2, 2.5). */
final class XeroTokenEndpoint {

  private final XeroConnection connection;
  private final Http http;
  private final Clock clock;

  XeroTokenEndpoint(XeroConnection connection, Http http, Clock clock) {
    this.connection = connection;
    this.http = http;
    this.clock = clock;
  }

  /**
   * What Xero gave.
   *
   * @param consentId the consent's id from the token ({@code authentication_event_id}), or null
   */
  record Granted(String accessToken, String refreshToken, Instant expiresAt, String consentId) {

    Tokens tokens(String tenantId, String connectionKey) {
      return new Tokens(accessToken, expiresAt, refreshToken, tenantId, connectionKey);
    }

    @Override
    public String toString() {
      return "Granted[expiresAt=" + expiresAt + "]";
    }
  }

  /** Exchanges the code of a consent. */
  Granted exchange(String code) {
    Granted granted =
        ask(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                connection.signIn().redirectUri().toString()));
    if (granted.refreshToken() == null) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Xero gave no refresh token, so the sign-in would end in 30 minutes",
          "Add offline_access to the scopes of the connection, then " + XeroFailures.CONNECT + ".");
    }
    return granted;
  }

  /**
   * New tokens for a refresh token. Asked once more when the answer is lost, because Xero accepts
   * the previous token for 30 minutes just for that.
   *
   * @throws Failure CREDENTIALS when the consent is gone; TRANSIENT when no answer could be had,
   *     and then the same token is good for another try
   */
  Granted refreshed(String refreshToken) {
    Map<String, String> form = Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
    Granted granted;
    try {
      granted = ask(form);
    } catch (Failure lost) {
      if (lost.kind() != FailureKind.UNKNOWN) {
        throw lost;
      }
      granted = askAgain(form);
    }
    return granted.refreshToken() != null
        ? granted
        : new Granted(
            granted.accessToken(), refreshToken, granted.expiresAt(), granted.consentId());
  }

  private Granted askAgain(Map<String, String> form) {
    try {
      return ask(form);
    } catch (Failure lost) {
      if (lost.kind() != FailureKind.UNKNOWN) {
        throw lost;
      }
      throw new Failure(
          FailureKind.TRANSIENT,
          lost.status(),
          lost.getMessage(),
          lost.remedy(),
          Duration.ofSeconds(10),
          lost);
    }
  }

  /** A token of a custom connection. */
  Granted byClientCredentials() {
    try {
      return ask(
          Map.of(
              "grant_type", "client_credentials", "scope", connection.signIn().scopesToAskFor()));
    } catch (Failure lost) {
      if (lost.kind() != FailureKind.UNKNOWN) {
        throw lost;
      }
      // Nothing rotates here: asking later is harmless.
      throw new Failure(
          FailureKind.TRANSIENT, lost.status(), lost.getMessage(), lost.remedy(), null, lost);
    }
  }

  private Granted ask(Map<String, String> form) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Basic " + basic());
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("Accept", "application/json");
    URI address = URI.create(connection.addresses().identity() + "/connect/token");
    HttpAnswer answer =
        http.send(
            new HttpCall(
                "POST",
                address,
                headers,
                form(form).getBytes(StandardCharsets.UTF_8),
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
      throw lost(answer, e);
    }
    String access = XeroJson.text(body, "access_token");
    JsonNode life = body.path("expires_in");
    if (access == null || !life.isIntegralNumber()) {
      throw lost(answer, null);
    }
    return new Granted(
        access,
        XeroJson.text(body, "refresh_token"),
        clock.instant().plusSeconds(life.longValue()),
        XeroSignIn.claim(access, "authentication_event_id").orElse(null));
  }

  // Never with the body: half a token is a secret too.
  private static Failure lost(HttpAnswer answer, Throwable cause) {
    String shape = cause == null ? "without access_token and expires_in" : "that is not whole JSON";
    return new Failure(
        FailureKind.UNKNOWN,
        answer.status(),
        "Xero's token endpoint sent an answer " + shape,
        "",
        null,
        null);
  }

  private static Failure refused(HttpAnswer answer) {
    if (answer.status() != 400 && answer.status() != 401) {
      return XeroFailures.of(answer, true, "signing in");
    }
    String words = XeroFailures.words(answer);
    String remedy;
    if (words.contains("invalid_grant")) {
      remedy =
          "The consent has ended (unused for 60 days, disconnected in Xero, or the code is older"
              + " than 5 minutes): "
              + XeroFailures.CONNECT
              + ".";
    } else if (words.contains("invalid_scope")) {
      remedy =
          "Correct the scopes of the connection: apps made since March 2026 know only the granular"
              + " ones. Then "
              + XeroFailures.CONNECT
              + ".";
    } else {
      remedy =
          "Compare client id and client secret with your app on developer.xero.com, then "
              + XeroFailures.CONNECT
              + ".";
    }
    return new Failure(
        FailureKind.CREDENTIALS,
        answer.status(),
        "Xero refused the sign-in: " + words,
        remedy,
        null,
        null);
  }

  private String basic() {
    String pair = connection.signIn().clientId() + ":" + connection.signIn().clientSecret();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Form fields in the order of their names. */
  static String form(Map<String, String> fields) {
    return new TreeMap<>(fields)
        .entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)
                            .replace("+", "%20"))
            .collect(Collectors.joining("&"));
  }
}
