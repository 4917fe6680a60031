package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The identity service (reference section 2): consent (given at once), code and refresh tokens,
 * client credentials, revocation. A refresh token is good for 60 days; once it was used it can be
 * used again for 30 minutes, then it is dead.
 */
final class OAuth {
  private static final Duration CODE_LIFE = Duration.ofMinutes(5);
  private static final Duration REFRESH_LIFE = Duration.ofDays(60);
  private static final Duration GRACE = Duration.ofMinutes(30);

  private record Code(
      Identity.App app, String redirectUri, Set<String> scopes, String challenge, Instant made) {}

  /** One consent; its refresh tokens follow each other. */
  private static final class Grant {
    final Identity.App app;
    final Set<String> scopes;
    final String authEventId;
    String current;
    Instant currentMade;
    String previous;
    Instant previousUsed;

    Grant(Identity.App app, Set<String> scopes, String authEventId) {
      this.app = app;
      this.scopes = scopes;
      this.authEventId = authEventId;
    }
  }

  private final Identity identity;
  private final Map<String, Organisation> organisations;
  private final SandboxClock clock;
  private final Map<String, Code> codes = new HashMap<>();
  private final Map<String, Grant> byRefreshToken = new HashMap<>();

  OAuth(Identity identity, Map<String, Organisation> organisations, SandboxClock clock) {
    this.identity = identity;
    this.organisations = organisations;
    this.clock = clock;
  }

  void routes(Router router) {
    router.get("/identity/connect/authorize").handler(Call.handler(this::authorize));
    router.post("/connect/token").handler(Call.handler(this::token));
    router.post("/connect/revocation").handler(Call.handler(this::revoke));
  }

  void clear() {
    codes.clear();
    byRefreshToken.clear();
  }

  /** Every refresh token is dead from now on. */
  void revokeAll() {
    byRefreshToken.clear();
  }

  /** Whether Xero would register the address: https, or plain http on the name localhost. */
  static boolean isAllowedRedirect(String text) {
    try {
      URI uri = URI.create(text);
      return uri.isAbsolute()
          && uri.getHost() != null
          && (uri.getScheme().equals("https")
              || (uri.getScheme().equals("http") && uri.getHost().equals("localhost")));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Answer authorize(Call call) {
    Identity.App app = identity.apps.get(call.query("client_id"));
    String redirect = call.query("redirect_uri");
    if (app == null || app.custom()) {
      return page("unauthorized_client : Unknown client or client not enabled");
    }
    if (redirect == null
        || !isAllowedRedirect(redirect)
        || !app.redirectUris().contains(redirect)) {
      return page("unauthorized_client : Invalid redirect_uri");
    }
    String state = call.query("state");
    Set<String> scopes = scopes(call.query("scope"));
    if (!"code".equals(call.query("response_type"))) {
      return back(redirect, state, Map.of("error", "unsupported_response_type"));
    }
    if (scopes.isEmpty() || !scopes.stream().allMatch(Scopes::isKnown)) {
      return back(redirect, state, Map.of("error", "invalid_scope"));
    }
    if (identity.switches().choice("consent").equals("denied")) {
      return back(redirect, state, Map.of("error", "access_denied"));
    }
    String code = secret();
    codes.put(code, new Code(app, redirect, scopes, call.query("code_challenge"), clock.instant()));
    return back(redirect, state, Map.of("code", code));
  }

  private static Answer page(String message) {
    return Answer.text(
        400,
        "text/html; charset=utf-8",
        "<html><body><h1>Sorry, something went wrong</h1><p>Error: "
            + message
            + "</p></body></html>");
  }

  private static Answer back(String redirect, String state, Map<String, String> parameters) {
    StringBuilder to = new StringBuilder(redirect).append(redirect.contains("?") ? '&' : '?');
    parameters.forEach((name, value) -> to.append(name).append('=').append(encoded(value)));
    if (state != null) {
      to.append("&state=").append(encoded(state));
    }
    return Answer.empty(302).with("Location", to.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Set<String> scopes(String text) {
    Set<String> scopes = new LinkedHashSet<>();
    if (text != null) {
      scopes.addAll(List.of(text.trim().split("\\s+")));
    }
    scopes.remove("");
    return scopes;
  }

  private Answer token(Call call) {
    String type = call.form("grant_type");
    Identity.App app = client(call);
    if (app == null) {
      return error("invalid_client");
    }
    if (type == null) {
      return error("invalid_request");
    }
    return switch (type) {
      case "authorization_code" -> app.custom() ? error("unauthorized_client") : byCode(call, app);
      case "refresh_token" ->
          app.custom() ? error("unauthorized_client") : byRefreshToken(call, app);
      case "client_credentials" ->
          app.custom() ? byCredentials(call, app) : error("unauthorized_client");
      default -> error("unsupported_grant_type");
    };
  }

  private static Answer error(String code) {
    return Answer.json(400, Json.object().put("error", code));
  }

  /**
   * The app by Basic authentication, or by its id and a code verifier (PKCE); null when neither
   * fits.
   */
  private Identity.App client(Call call) {
    String authorization = call.header("Authorization");
    if (authorization == null) {
      return call.form("code_verifier") == null ? null : identity.apps.get(call.form("client_id"));
    }
    if (!authorization.startsWith("Basic ")) {
      return null;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      Identity.App app = colon < 0 ? null : identity.apps.get(pair.substring(0, colon));
      return app != null && app.clientSecret().equals(pair.substring(colon + 1)) ? app : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Answer byCode(Call call, Identity.App app) {
    Instant now = clock.instant();
    Code code = codes.remove(call.form("code"));
    if (code == null
        || !code.app().equals(app)
        || !code.redirectUri().equals(call.form("redirect_uri"))
        || code.made().plus(CODE_LIFE).isBefore(now)
        || !provesChallenge(code.challenge(), call.form("code_verifier"))) {
      return error("invalid_grant");
    }
    String event = Ids.make();
    for (String tenantId : organisations.keySet()) {
      if (app.tenantId() == null || app.tenantId().equals(tenantId)) {
        identity.connect(app, tenantId, event, now);
      }
    }
    return tokens(new Grant(app, code.scopes(), event), now);
  }

  private static boolean provesChallenge(String challenge, String verifier) {
    if (challenge == null) {
      return verifier == null;
    }
    if (verifier == null || verifier.length() < 43 || verifier.length() > 128) {
      return false;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).equals(challenge);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Answer byRefreshToken(Call call, Identity.App app) {
    Instant now = clock.instant();
    String token = call.form("refresh_token");
    Grant grant = token == null ? null : byRefreshToken.get(token);
    if (grant == null || !grant.app.equals(app)) {
      return error("invalid_grant");
    }
    boolean current =
        token.equals(grant.current) && grant.currentMade.plus(REFRESH_LIFE).isAfter(now);
    boolean retried = token.equals(grant.previous) && grant.previousUsed.plus(GRACE).isAfter(now);
    if (!current && !retried) {
      return error("invalid_grant");
    }
    if (current) {
      byRefreshToken.remove(grant.previous);
      grant.previous = token;
      grant.previousUsed = now;
    } else {
      byRefreshToken.remove(grant.current);
    }
    return tokens(grant, now);
  }

  private Answer byCredentials(Call call, Identity.App app) {
    Set<String> scopes = scopes(call.form("scope"));
    if (scopes.isEmpty()
        || !scopes.stream()
            .allMatch(scope -> Scopes.isKnown(scope) && scope.startsWith("accounting."))) {
      return error("invalid_scope");
    }
    ObjectNode answer = Json.object();
    answer.put("access_token", identity.issue(app, scopes, Ids.make(), clock.instant()));
    return Answer.json(
        200,
        answer
            .put("expires_in", Identity.ACCESS_LIFE.toSeconds())
            .put("token_type", "Bearer")
            .put("scope", String.join(" ", scopes)));
  }

  private Answer tokens(Grant grant, Instant now) {
    ObjectNode answer = Json.object();
    if (grant.scopes.contains("openid")) {
      answer.put(
          "id_token",
          Identity.jwt(
              Json.object().put("sub", identity.userId).put("xero_userid", identity.userId)));
    }
    answer.put("access_token", identity.issue(grant.app, grant.scopes, grant.authEventId, now));
    answer.put("expires_in", Identity.ACCESS_LIFE.toSeconds()).put("token_type", "Bearer");
    if (grant.scopes.contains("offline_access")) {
      grant.current = secret();
      grant.currentMade = now;
      byRefreshToken.put(grant.current, grant);
      answer.put("refresh_token", grant.current);
    }
    return Answer.json(200, answer.put("scope", String.join(" ", grant.scopes)));
  }

  private Answer revoke(Call call) {
    Identity.App app = client(call);
    if (app == null) {
      return error("invalid_client");
    }
    Grant grant = byRefreshToken.get(call.form("token"));
    if (grant != null && grant.app.equals(app)) {
      byRefreshToken.values().removeIf(other -> other == grant);
      identity.disconnectAll(app);
    }
    return Answer.empty(200);
  }

  private static String secret() {
    return java.util.UUID.randomUUID().toString().replace("-", "")
        + java.util.UUID.randomUUID().toString().substring(0, 8);
  }
}
