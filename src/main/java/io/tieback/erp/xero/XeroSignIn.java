package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.xero.XeroConnection.Grant;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import io.tieback.wire.TokenVault;
import io.tieback.wire.TokenVault.Tokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Signing in at Xero (Xero reference section 2). Tokens live in the vault and nowhere else: whoever
 * renews them holds the vault, and what Xero gave is stored before it is used. When the answer of a
 * renewal is lost, the stored refresh token is still the previous one, which Xero accepts for 30
 * more minutes.
 */
public final class XeroSignIn {

  /** How long before its end an access token is renewed. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private final XeroConnection connection;
  private final TokenVault vault;
  private final Clock clock;
  private final XeroTokenEndpoint endpoint;
  private final XeroOrganisations organisations;
  private final Http http;

  /** A sign-in that keeps its tokens in the vault. */
  public XeroSignIn(XeroConnection connection, Http http, TokenVault vault, Clock clock) {
    this.connection = connection;
    this.http = http;
    this.vault = vault;
    this.clock = clock;
    this.endpoint = new XeroTokenEndpoint(connection, http, clock);
    this.organisations = new XeroOrganisations(connection, http);
  }

  /**
   * Where the user's browser has to go to consent (section 2.1).
   *
   * @param state unguessable text that comes back with the code; the caller compares it
   * @throws IllegalStateException for a custom connection, which has no consent in the browser
   */
  public URI authorizeUrl(String state) {
    requireConsent();
    return URI.create(
        connection.addresses().login()
            + "/identity/connect/authorize?"
            + XeroTokenEndpoint.form(
                Map.of(
                    "response_type", "code",
                    "client_id", connection.signIn().clientId(),
                    "redirect_uri", connection.signIn().redirectUri().toString(),
                    "scope", connection.signIn().scopes(),
                    "state", state)));
  }

  /**
   * Ends the consent: exchanges the code, chooses the one organisation and stores both. When
   * anything fails, what was stored before stays.
   *
   * @param code what Xero sent back; works once, for five minutes
   * @return the organisation that was chosen
   * @throws Failure CREDENTIALS when the code is no longer good; REFUSED when the consent reaches
   *     no organisation or several
   */
  public XeroOrganisation complete(String code) {
    requireConsent();
    XeroOrganisation[] chosen = new XeroOrganisation[1];
    vault.renew(
        before -> {
          XeroTokenEndpoint.Granted granted = endpoint.exchange(code);
          chosen[0] = organisations.choose(granted.accessToken(), granted.consentId());
          return granted.tokens(chosen[0].tenantId(), chosen[0].connectionKey());
        });
    return chosen[0];
  }

  /**
   * Tokens that work now, renewed ahead of their end.
   *
   * @throws Failure CREDENTIALS when nobody signed in or the consent is gone; TRANSIENT when Xero's
   *     token endpoint does not answer and the present token is at its end
   */
  Tokens access() {
    Optional<Tokens> stored = vault.read().filter(this::isSignedIn);
    if (stored.isPresent() && lasts(stored.get(), AHEAD)) {
      return stored.get();
    }
    if (stored.isEmpty() && connection.signIn().grant() == Grant.AUTHORIZATION_CODE) {
      throw notSignedIn();
    }
    try {
      return vault.renew(
          now ->
              now.filter(tokens -> isSignedIn(tokens) && lasts(tokens, AHEAD))
                  .orElseGet(() -> renewal(now)));
    } catch (Failure failure) {
      boolean passing =
          failure.kind() == FailureKind.TRANSIENT || failure.kind() == FailureKind.THROTTLED;
      if (passing && stored.isPresent() && lasts(stored.get(), Duration.ofSeconds(30))) {
        return stored.get();
      }
      throw failure;
    }
  }

  /**
   * Tokens after Xero refused one: renewed, unless another thread or node has done so meanwhile.
   *
   * @param refused the access token that Xero answered 401 to
   */
  Tokens afterRefusalOf(String refused) {
    return vault.renew(
        now ->
            now.filter(tokens -> isSignedIn(tokens) && !tokens.accessToken().equals(refused))
                .orElseGet(() -> renewal(now)));
  }

  /**
   * Ends the connection at Xero and forgets the tokens. Revocation is not used: it would end all
   * connections of that user.
   *
   * @throws Failure when Xero did not confirm it; the tokens then stay
   */
  public void disconnect() {
    Tokens tokens = access();
    if (tokens.connectionKey() != null) {
      URI address = URI.create(connection.addresses().connections() + "/" + tokens.connectionKey());
      Map<String, String> headers =
          Map.of("Authorization", "Bearer " + tokens.accessToken(), "Accept", "application/json");
      HttpAnswer answer =
          http.send(new HttpCall("DELETE", address, headers, null, connection.timeout()));
      // 404: the user has already disconnected Tieback inside Xero.
      if (!answer.ok() && answer.status() != 404) {
        throw XeroFailures.of(answer, true, "disconnecting");
      }
    }
    vault.renew(now -> new Tokens("", Instant.EPOCH, null, null, null));
  }

  /** The organisations that the stored sign-in reaches, for {@code doctor}. */
  java.util.List<XeroOrganisation> reachable() {
    return organisations.list(access().accessToken(), null);
  }

  private Tokens renewal(Optional<Tokens> now) {
    if (connection.signIn().grant() == Grant.CLIENT_CREDENTIALS) {
      // Bound to one organisation: the tenant may be left out of calls (section 1), so it is only
      // what the configuration says.
      return endpoint.byClientCredentials().tokens(connection.signIn().tenantId(), null);
    }
    Tokens before = now.filter(this::isSignedIn).orElseThrow(XeroSignIn::notSignedIn);
    return endpoint
        .refreshed(before.refreshToken())
        .tokens(before.tenantId(), before.connectionKey());
  }

  private boolean isSignedIn(Tokens tokens) {
    boolean renewable =
        connection.signIn().grant() == Grant.CLIENT_CREDENTIALS || tokens.refreshToken() != null;
    return renewable && tokens.accessToken() != null && !tokens.accessToken().isEmpty();
  }

  private boolean lasts(Tokens tokens, Duration margin) {
    return clock.instant().plus(margin).isBefore(tokens.expiresAt());
  }

  private void requireConsent() {
    if (connection.signIn().grant() != Grant.AUTHORIZATION_CODE) {
      throw new IllegalStateException(
          "a custom connection signs in by itself: there is nothing to consent to in the browser");
    }
  }

  private static Failure notSignedIn() {
    return Failure.of(
        FailureKind.CREDENTIALS,
        "nobody has signed in to Xero for this connection",
        CONNECT_SENTENCE);
  }

  static final String CONNECT_SENTENCE = "Sign in: " + XeroFailures.CONNECT + ".";

  /**
   * Claims of a token that came straight from Xero over TLS; its signature need not be checked
   * again.
   */
  static Optional<String> claim(String jwt, String name) {
    String[] parts = jwt.split("\\.");
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = Json.read(java.util.Base64.getUrlDecoder().decode(parts[1]));
      return Optional.ofNullable(XeroJson.text(claims, name));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
