package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import io.tieback.wire.TokenVault;
import io.tieback.wire.TokenVault.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The service account's access token: client credentials, no refresh token (Procore reference
 * section 2, GEN-API-01). It is renewed ahead of its end, by one holder at a time over all nodes.
 */
public final class ProcoreTokens {

  private static final Duration AHEAD = Duration.ofMinutes(2);

  private final Http http;
  private final ProcoreConnection connection;
  private final TokenVault vault;
  private final CallCounter counter;
  private final Clock clock;

  /** What this node saw last. Only a saving: the vault decides. */
  private volatile Tokens seen;

  /**
   * @param http the way out
   * @param connection whose account
   * @param vault where the token lies
   * @param counter is told of each call
   * @param clock tells when a token ends
   */
  public ProcoreTokens(
      Http http, ProcoreConnection connection, TokenVault vault, CallCounter counter, Clock clock) {
    this.http = http;
    this.connection = connection;
    this.vault = vault;
    this.counter = counter;
    this.clock = clock;
  }

  /**
   * A token that still works for a while.
   *
   * @throws Failure CREDENTIALS when Procore does not accept the account
   */
  public String current() {
    Tokens known = seen;
    if (known == null || !lasts(known)) {
      known = vault.read().filter(this::lasts).orElse(null);
    }
    if (known == null) {
      known = vault.renew(stored -> stored.filter(this::lasts).orElseGet(this::fetch));
    }
    seen = known;
    return known.accessToken();
  }

  /**
   * A token other than one that Procore just refused with 401; another holder may have fetched it
   * already.
   *
   * @throws Failure CREDENTIALS when Procore does not accept the account
   */
  public String renewedInsteadOf(String refused) {
    Tokens renewed =
        vault.renew(
            stored ->
                stored
                    .filter(this::lasts)
                    .filter(tokens -> !tokens.accessToken().equals(refused))
                    .orElseGet(this::fetch));
    seen = renewed;
    return renewed.accessToken();
  }

  private boolean lasts(Tokens tokens) {
    return tokens.expiresAt().isAfter(clock.instant().plus(AHEAD));
  }

  private Tokens fetch() {
    byte[] form =
        new Query()
            .with("grant_type", "client_credentials")
            .with("client_id", connection.clientId())
            .with("client_secret", connection.clientSecret())
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    URI address = connection.loginUrl().resolve("/oauth/token");
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
    HttpCall call = new HttpCall("POST", address, headers, form, connection.settings().timeout());
    counter.called("procore.token");
    Instant asked = clock.instant();
    HttpAnswer answer;
    try {
      answer = http.send(call);
    } catch (Failure failure) {
      // A token that nobody received is harmless: asking again is not writing twice.
      throw ProcoreErrors.repeatable(failure);
    }
    if (!answer.ok()) {
      throw refused(call, answer);
    }
    return tokens(call, answer, asked);
  }

  private Tokens tokens(HttpCall call, HttpAnswer answer, Instant asked) {
    JsonNode body;
    try {
      body = Json.body(call, answer);
    } catch (Failure failure) {
      throw ProcoreErrors.repeatable(failure);
    }
    String token = body.path("access_token").asText("");
    long seconds = body.path("expires_in").asLong(0);
    if (token.isEmpty() || seconds <= 0) {
      throw new Failure(
          FailureKind.TRANSIENT,
          answer.status(),
          call + " answered without access_token and expires_in",
          "",
          null,
          null);
    }
    // A token that lives shorter than the lead is used for half of its life, else it would be
    // renewed at every call.
    Instant end = asked.plusSeconds(seconds);
    Instant least = asked.plus(AHEAD).plusSeconds(Math.max(1, seconds / 2));
    return new Tokens(
        token, end.isAfter(least) ? end : least, null, Long.toString(connection.companyId()), null);
  }

  private Failure refused(HttpCall call, HttpAnswer answer) {
    Failure failure = ProcoreErrors.failure(connection, call, answer, true, clock);
    boolean account =
        answer.status() == 400
            || failure.kind() == FailureKind.REFUSED
            || failure.kind() == FailureKind.CREDENTIALS;
    return account
        ? new Failure(
            FailureKind.CREDENTIALS,
            answer.status(),
            failure.getMessage(),
            "Check client id and client secret of connection "
                + connection.connection()
                + " in Procore's developer portal.",
            null,
            failure)
        : failure;
  }

  /** When the stored token ends, for people who ask; empty before the first sign-in. */
  public Optional<Instant> endsAt() {
    return vault.read().map(Tokens::expiresAt);
  }
}
