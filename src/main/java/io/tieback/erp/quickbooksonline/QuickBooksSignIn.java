package io.tieback.erp.quickbooksonline;

import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.Query;
import io.tieback.wire.TokenVault;
import io.tieback.wire.TokenVault.Tokens;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Signing in at Intuit (reference section 2). Tokens live in the vault and nowhere else: whoever
 * renews them holds the vault, so that no refresh token is ever sent by two at once, and what
 * Intuit gave is stored, access and refresh token together, before it is used.
 */
public final class QuickBooksSignIn {

  /** How long before its end an access token is renewed. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  static final String CONNECT_SENTENCE = "Sign in: " + QuickBooksFailures.CONNECT + ".";

  private final QuickBooksConnection connection;
  private final TokenVault vault;
  private final Clock clock;
  private final QuickBooksTokenEndpoint endpoint;

  /** A sign-in that keeps its tokens in the vault. */
  public QuickBooksSignIn(
      QuickBooksConnection connection, Http http, TokenVault vault, Clock clock) {
    this.connection = connection;
    this.vault = vault;
    this.clock = clock;
    this.endpoint = new QuickBooksTokenEndpoint(connection, http, clock);
  }

  /**
   * Where the user's browser has to go to consent.
   *
   * @param state unguessable text that comes back with the code; the caller compares it
   */
  public URI authorizeUrl(String state) {
    return URI.create(
        new Query()
            .with("client_id", connection.signIn().clientId())
            .with("response_type", "code")
            .with("scope", QuickBooksConnection.SignIn.SCOPE)
            .with("redirect_uri", connection.signIn().redirectUri())
            .with("state", state)
            .after(connection.addresses().consent().toString()));
  }

  /**
   * Ends the consent: exchanges the code and stores the tokens with the company. When anything
   * fails, what was stored before stays.
   *
   * @param code what Intuit sent back; works once
   * @param realmId the company that was consented to, as it came back with the code
   * @throws Failure CREDENTIALS when the code is no longer good; REFUSED when it is another company
   *     than the configuration names, or none was sent back
   */
  public void complete(String code, String realmId) {
    String wanted = connection.signIn().realmId();
    if (realmId == null || !realmId.matches("\\d{1,20}")) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Intuit sent no company id (realmId) back with the consent",
          "Choose a company on the page where you consent. " + CONNECT_SENTENCE);
    }
    if (wanted != null && !wanted.equals(realmId)) {
      throw Failure.of(
          FailureKind.REFUSED,
          "company "
              + realmId
              + " was consented to, but quickbooks-online.realm-id names "
              + wanted,
          "Consent to the company that is configured, or correct quickbooks-online.realm-id.");
    }
    vault.renew(before -> endpoint.exchange(code).tokens(realmId));
  }

  /**
   * Tokens that work now, renewed ahead of their end.
   *
   * @throws Failure CREDENTIALS when nobody signed in or the consent is gone; TRANSIENT when
   *     Intuit's token endpoint does not answer and the present token is at its end
   */
  Tokens access() {
    Tokens stored =
        vault
            .read()
            .filter(QuickBooksSignIn::isSignedIn)
            .orElseThrow(QuickBooksSignIn::notSignedIn);
    if (lasts(stored, AHEAD)) {
      return stored;
    }
    try {
      return vault.renew(
          now ->
              now.filter(tokens -> isSignedIn(tokens) && lasts(tokens, AHEAD))
                  .orElseGet(() -> renewal(now)));
    } catch (Failure failure) {
      boolean passing =
          failure.kind() == FailureKind.TRANSIENT || failure.kind() == FailureKind.THROTTLED;
      if (passing && lasts(stored, Duration.ofSeconds(30))) {
        return stored;
      }
      throw failure;
    }
  }

  /**
   * Tokens after QuickBooks refused one: renewed, unless another thread or node has done so
   * meanwhile.
   *
   * @param refused the access token that was answered with 401
   */
  Tokens afterRefusalOf(String refused) {
    return vault.renew(
        now ->
            now.filter(tokens -> isSignedIn(tokens) && !tokens.accessToken().equals(refused))
                .orElseGet(() -> renewal(now)));
  }

  /**
   * Ends the consent at Intuit and forgets the tokens.
   *
   * @throws Failure when Intuit did not confirm it; the tokens then stay
   */
  public void disconnect() {
    vault.renew(
        now -> {
          Tokens tokens =
              now.filter(QuickBooksSignIn::isSignedIn).orElseThrow(QuickBooksSignIn::notSignedIn);
          endpoint.revoke(tokens.refreshToken());
          return new Tokens("", Instant.EPOCH, null, null, null);
        });
  }

  private Tokens renewal(Optional<Tokens> now) {
    Tokens before =
        now.filter(QuickBooksSignIn::isSignedIn).orElseThrow(QuickBooksSignIn::notSignedIn);
    return endpoint.refreshed(before.refreshToken()).tokens(before.tenantId());
  }

  private static boolean isSignedIn(Tokens tokens) {
    return tokens.refreshToken() != null
        && tokens.accessToken() != null
        && !tokens.accessToken().isEmpty();
  }

  private boolean lasts(Tokens tokens, Duration margin) {
    return clock.instant().plus(margin).isBefore(tokens.expiresAt());
  }

  private static Failure notSignedIn() {
    return Failure.of(
        FailureKind.CREDENTIALS,
        "nobody has signed in to QuickBooks Online for this connection",
        CONNECT_SENTENCE);
  }
}
