package io.tieback.console.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.tieback.console.door.Tokens;
import io.tieback.console.oidc.OidcRefused.Reason;
import io.tieback.ledger.OidcVisits;
import io.tieback.wire.Failure;
import io.tieback.wire.Http;
import io.tieback.wire.Redaction;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization code flow with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636, RFC 9700).
 * State, nonce and code verifier are made of a secret that only the browser holds; the database
 * knows a hash of the state until it is used. So every node can finish what another began, a state
 * counts once, and whoever reads the database can finish nothing.
 */
public final class OidcSignIn {

  /** How long somebody may take at the provider. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  private static final String SHA_256 = "[A-Za-z0-9_-]{43}";

  private final OidcSettings settings;
  private final OidcVisits visits;
  private final HouseSender sender;
  private final ProviderDirectory directory;
  private final IdTokenCheck tokens;

  /** With a provider; nothing is asked of it before somebody signs in. */
  public OidcSignIn(OidcSettings settings, OidcVisits visits, Http http, Clock clock) {
    this.settings = settings;
    this.visits = visits;
    this.sender = new HouseSender(http);
    this.directory = new ProviderDirectory(settings.issuer(), sender, clock);
    this.tokens = new IdTokenCheck(directory, settings.clientId(), clock);
  }

  /**
   * Somebody whom the provider signed in.
   *
   * @param identity who
   * @param back where they wanted to go
   * @param idToken the provider's word; {@link #leave} takes it
   */
  public record Arrival(Identity identity, String back, String idToken) {
    @Override
    public String toString() {
      return "Arrival[" + identity.key() + "]";
    }
  }

  /** How it is set up. */
  public OidcSettings settings() {
    return settings;
  }

  /**
   * Begins.
   *
   * @param browser a secret of the browser's, 256 random bits as {@link Tokens#fresh}; it has to
   *     come back with the callback
   * @param back where they go afterwards
   * @return where the browser has to go
   * @throws OidcRefused UNREACHABLE
   */
  public URI begin(String browser, String back) throws OidcRefused {
    OIDCProviderMetadata metadata = directory.metadata();
    String visit = Tokens.fresh();
    BrowserWords words = new BrowserWords(browser, visit);
    URI address =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(settings.scopes().toArray(String[]::new)),
                new ClientID(settings.clientId()),
                settings.callback())
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(new State(words.state()))
            .nonce(new Nonce(words.nonce()))
            .codeChallenge(new CodeVerifier(words.verifier()), CodeChallengeMethod.S256)
            .build()
            .toURI();
    visits.begin(Tokens.hash(words.state()), back, LIFE);
    return address;
  }

  /**
   * Finishes what {@link #begin} began.
   *
   * @param browser the browser's secret, or blank when it brought none
   * @param query the callback's parameters
   */
  public Arrival finish(String browser, Map<String, List<String>> query) throws OidcRefused {
    String state = one(query, "state");
    String visit = state.length() > 43 ? state.substring(0, 43) : "";
    if (!browser.matches(SHA_256) || !visit.matches(SHA_256)) {
      throw stale("the browser brings no sign-in that was begun in it");
    }
    BrowserWords words = new BrowserWords(browser, visit);
    if (!Tokens.same(words.state(), state)) {
      throw stale("the state is of another browser");
    }
    String back =
        visits
            .end(Tokens.hash(state))
            .orElseThrow(() -> stale("the sign-in took too long or is over already"));
    OIDCProviderMetadata metadata = directory.metadata();
    requireIssuer(query, metadata);
    String error = one(query, "error");
    if (!error.isEmpty()) {
      String known = error.matches("[a-z_]{1,60}") ? error : "an unreadable error";
      throw new OidcRefused(
          Reason.DENIED,
          known,
          "the provider answers " + known + ": " + shortened(one(query, "error_description")));
    }
    OIDCTokenResponse answer = exchange(metadata, one(query, "code"), words.verifier());
    String idToken = answer.getOIDCTokens().getIDTokenString();
    JWTClaimsSet claims = tokens.check(idToken, words.nonce());
    return new Arrival(identity(metadata, claims, answer), back, idToken);
  }

  /**
   * Where one signs out at the provider too.
   *
   * @param idToken what the sign-in brought; null when it is not known
   * @return empty when the provider offers none or is away
   */
  public Optional<URI> leave(String idToken) {
    try {
      URI there = directory.metadata().getEndSessionEndpointURI();
      if (there == null) {
        return Optional.empty();
      }
      return Optional.of(
          new LogoutRequest(
                  there,
                  idToken == null ? null : com.nimbusds.jwt.JWTParser.parse(idToken),
                  null,
                  new ClientID(settings.clientId()),
                  settings.signedOut(),
                  null,
                  null)
              .toURI());
    } catch (OidcRefused | java.text.ParseException e) {
      return Optional.empty();
    }
  }

  /** An answer of another provider is none (RFC 9207). */
  private static void requireIssuer(Map<String, List<String>> query, OIDCProviderMetadata metadata)
      throws OidcRefused {
    String named = one(query, "iss");
    boolean promised = metadata.supportsAuthorizationResponseIssuerParam();
    if ((named.isEmpty() && promised)
        || (!named.isEmpty() && !named.equals(metadata.getIssuer().getValue()))) {
      throw new OidcRefused(
          Reason.INVALID, "", "the answer comes from '" + named + "', not " + metadata.getIssuer());
    }
  }

  private OIDCTokenResponse exchange(OIDCProviderMetadata metadata, String code, String verifier)
      throws OidcRefused {
    if (code.isEmpty()) {
      throw new OidcRefused(Reason.INVALID, "", "the provider sends neither a code nor an error");
    }
    URI there = metadata.getTokenEndpointURI();
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), settings.callback(), new CodeVerifier(verifier));
    ClientID client = new ClientID(settings.clientId());
    TokenRequest request =
        switch (settings.authentication()) {
          case "basic" ->
              new TokenRequest.Builder(
                      there,
                      new ClientSecretBasic(client, new Secret(settings.clientSecret())),
                      grant)
                  .build();
          case "post" ->
              new TokenRequest.Builder(
                      there,
                      new ClientSecretPost(client, new Secret(settings.clientSecret())),
                      grant)
                  .build();
          default -> new TokenRequest.Builder(there, client, grant).build();
        };
    try {
      HTTPResponse answer = request.toHTTPRequest().send(sender);
      TokenResponse read = OIDCTokenResponseParser.parse(answer);
      if (read instanceof TokenErrorResponse refused) {
        String why =
            refused.getErrorObject() == null || refused.getErrorObject().getCode() == null
                ? "status " + answer.getStatusCode()
                : shortened(refused.getErrorObject().getCode());
        throw new OidcRefused(
            Reason.REJECTED, why, "the provider does not take the sign-in: " + why);
      }
      return (OIDCTokenResponse) read;
    } catch (Failure e) {
      throw unreachable(e);
    } catch (IOException | ParseException e) {
      throw unreachable(e);
    }
  }

  /** What the ID token does not say about the person, the UserInfo endpoint may. */
  private Identity identity(
      OIDCProviderMetadata metadata, JWTClaimsSet claims, OIDCTokenResponse answer)
      throws OidcRefused {
    String email = words(claims.getClaim("email"));
    boolean verified = truth(claims.getClaim("email_verified"));
    String name = words(claims.getClaim("name"));
    URI there = metadata.getUserInfoEndpointURI();
    if (email.isEmpty() && there != null) {
      UserInfo info = userInfo(there, answer, claims.getSubject());
      email = words(info.getClaim("email"));
      verified = truth(info.getClaim("email_verified"));
      name = name.isEmpty() ? words(info.getClaim("name")) : name;
    }
    return new Identity(
        metadata.getIssuer().getValue(),
        claims.getSubject(),
        email.toLowerCase(Locale.ROOT),
        verified,
        name.length() > 200 ? name.substring(0, 200) : name);
  }

  private UserInfo userInfo(URI there, OIDCTokenResponse answer, String subject)
      throws OidcRefused {
    try {
      BearerAccessToken token =
          new BearerAccessToken(answer.getOIDCTokens().getAccessToken().getValue());
      UserInfoResponse read =
          UserInfoResponse.parse(new UserInfoRequest(there, token).toHTTPRequest().send(sender));
      UserInfo info = read.indicatesSuccess() ? read.toSuccessResponse().getUserInfo() : null;
      if (info == null) {
        throw new OidcRefused(
            Reason.UNREACHABLE,
            there.getHost(),
            there + " gives no readable claims about the person");
      }
      if (!subject.equals(info.getSubject().getValue())) {
        throw new OidcRefused(
            Reason.INVALID, "", there + " speaks of another person than the ID token");
      }
      return info;
    } catch (Failure e) {
      throw unreachable(e);
    } catch (IOException | ParseException e) {
      throw unreachable(e);
    }
  }

  /** Some providers write it as text. */
  private static boolean truth(Object claim) {
    return Boolean.TRUE.equals(claim) || "true".equals(claim);
  }

  private static String words(Object claim) {
    return claim instanceof String text ? text.strip() : "";
  }

  private static String one(Map<String, List<String>> query, String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }

  private static String shortened(String text) {
    String masked = Redaction.text(text).replaceAll("[^\\p{L}\\p{N}\\p{P} ]", " ");
    return masked.length() > 200 ? masked.substring(0, 200) : masked;
  }

  private static OidcRefused stale(String why) {
    return new OidcRefused(Reason.STALE, "", why);
  }

  private static OidcRefused unreachable(Exception why) {
    String told = shortened(String.valueOf(why.getMessage()));
    return new OidcRefused(Reason.UNREACHABLE, told, told);
  }
}
