package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Intuit's sign-in (reference section 2): consent (given at once, for the company that was chosen),
 * codes, access tokens of an hour, refresh tokens that are replaced on the first refresh after 24
 * hours, the window of about 100 days that each refresh moves, the end five years after consent,
 * and revocation. A new consent for the same app and company ends the earlier one.
 */
final class OAuth {
  static final String TOKEN_PATH = "/oauth2/v1/tokens/bearer";
  static final Duration ACCESS_LIFE = Duration.ofHours(1);
  static final Duration REFRESH_LIFE = Duration.ofDays(101);
  private static final int HARD_YEARS = 5;
  private static final Duration CODE_LIFE = Duration.ofMinutes(5);
  private static final String SCOPE = "com.intuit.quickbooks.accounting";
  private static final Set<String> SCOPES =
      Set.of(
          SCOPE,
          "com.intuit.quickbooks.payment",
          "openid",
          "profile",
          "email",
          "phone",
          "address",
          "project-management.project");

  /** A registered app; {@code realmId} is the company that its user chooses, null the first. */
  record App(String clientId, String clientSecret, Set<String> redirectUris, String realmId) {}

  /** An access token that is good. */
  record Session(App app, String realmId) {}

  private record Code(App app, String redirectUri, String realmId, Instant made) {}

  /** One consent with its tokens. */
  private static final class Grant {
    final App app;
    final String realmId;
    final Instant consented;
    final Map<String, Instant> accessTokens = new HashMap<>();
    String refreshToken;
    Instant issued;
    Instant refreshed;
    Instant lastRefresh;

    Grant(App app, String realmId, Instant consented) {
      this.app = app;
      this.realmId = realmId;
      this.consented = consented;
    }
  }

  final Map<String, App> apps = new LinkedHashMap<>();
  private final Map<String, Company> companies;
  private final Switches switches;
  private final SandboxClock clock;
  private final Map<String, Code> codes = new HashMap<>();
  private final List<Grant> grants = new ArrayList<>();
  private final Map<String, Integer> refreshing = new HashMap<>();
  private final Map<Long, String> refreshOf = new HashMap<>();
  private final Set<Long> overlapping = new HashSet<>();

  OAuth(Map<String, Company> companies, Switches switches, SandboxClock clock) {
    this.companies = companies;
    this.switches = switches;
    this.clock = clock;
  }

  void routes(Router router) {
    router.get("/connect/oauth2").handler(Gate.traced(this::authorize));
    router.post(TOKEN_PATH).handler(Gate.traced(this::token));
    router.post("/v2/oauth2/tokens/revoke").handler(Gate.traced(this::revoke));
  }

  void clear() {
    apps.clear();
    codes.clear();
    grants.clear();
  }

  void expireAll() {
    grants.forEach(grant -> grant.accessTokens.replaceAll((token, until) -> Instant.EPOCH));
  }

  void revokeAll() {
    grants.clear();
  }

  /** A request is complete: two refreshes with one token at a time are noticed here. */
  void arrived(Call call) {
    if (call.path().equals(TOKEN_PATH) && call.form("refresh_token") != null) {
      String token = call.form("refresh_token");
      if (refreshing.merge(token, 1, Integer::sum) > 1) {
        overlapping.add(call.ordinal());
      }
      refreshOf.put(call.ordinal(), token);
    }
  }

  void left(Call call) {
    overlapping.remove(call.ordinal());
    String token = refreshOf.remove(call.ordinal());
    if (token != null) {
      refreshing.computeIfPresent(token, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  /** The session of a bearer token; 401 when there is none. */
  Session session(Call call) {
    String header = call.header("Authorization");
    if (header != null && header.startsWith("Bearer ")) {
      String token = header.substring(7);
      for (Grant grant : grants) {
        Instant until = grant.accessTokens.get(token);
        if (until != null && until.isAfter(clock.instant())) {
          return new Session(grant.app, grant.realmId);
        }
      }
    }
    throw Refusal.unauthenticated();
  }

  private Answer authorize(Call call) {
    App app = apps.get(call.query("client_id"));
    String redirect = call.query("redirect_uri");
    if (app == null) {
      return page("invalid_client", "The app is not known");
    }
    if (redirect == null || !app.redirectUris().contains(redirect)) {
      return page("invalid_redirect_uri", "The redirect_uri query parameter value is invalid");
    }
    String state = call.query("state");
    if (state == null || state.isEmpty()) {
      return page("invalid_request", "The state query parameter is missing");
    }
    if (!"code".equals(call.query("response_type"))) {
      return back(redirect, state, Map.of("error", "unsupported_response_type"));
    }
    String scope = call.query("scope");
    List<String> scopes = scope == null ? List.of() : List.of(scope.trim().split("\\s+"));
    if (!scopes.contains(SCOPE) || !SCOPES.containsAll(scopes)) {
      return back(redirect, state, Map.of("error", "invalid_scope"));
    }
    String realmId =
        app.realmId() != null
            ? app.realmId()
            : companies.keySet().stream().findFirst().orElse(null);
    if (realmId == null || switches.choice("consent").equals("denied")) {
      return back(redirect, state, Map.of("error", "access_denied"));
    }
    String code = secret();
    codes.put(code, new Code(app, redirect, realmId, clock.instant()));
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("code", code);
    parameters.put("realmId", realmId);
    return back(redirect, state, parameters);
  }

  private static Answer page(String error, String message) {
    return Answer.text(
        400,
        "text/html; charset=utf-8",
        "<html><body><h1>Undefined didn't connect</h1><p>"
            + message
            + "</p><p>"
            + error
            + "</p></body></html>");
  }

  private static Answer back(String redirect, String state, Map<String, String> parameters) {
    StringBuilder to = new StringBuilder(redirect).append(redirect.contains("?") ? '&' : '?');
    parameters.forEach(
        (name, value) -> to.append(name).append('=').append(encoded(value)).append('&'));
    return Answer.empty(302)
        .with("Location", to.append("state=").append(encoded(state)).toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer token(Call call) {
    App app = client(call);
    if (app == null) {
      return Answer.json(401, Json.object().put("error", "invalid_client"));
    }
    String type = call.form("grant_type");
    if (type == null) {
      return error("invalid_request");
    }
    return switch (type) {
      case "authorization_code" -> byCode(call, app);
      case "refresh_token" -> byRefreshToken(call, app);
      default -> error("unsupported_grant_type");
    };
  }

  private static Answer error(String code) {
    return Answer.json(400, Json.object().put("error", code));
  }

  /** The app by Basic authentication, or null; credentials in the body are not taken. */
  private App client(Call call) {
    String authorization = call.header("Authorization");
    if (authorization == null || !authorization.startsWith("Basic ")) {
      return null;
    }
    try {
      String pair =
          new String(
              Base64.getDecoder().decode(authorization.substring(6)), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      App app = colon < 0 ? null : apps.get(pair.substring(0, colon));
      return app != null && app.clientSecret().equals(pair.substring(colon + 1)) ? app : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Answer byCode(Call call, App app) {
    Instant now = clock.instant();
    Code code = codes.remove(call.form("code"));
    if (code == null
        || !code.app().equals(app)
        || !code.redirectUri().equals(call.form("redirect_uri"))
        || code.made().plus(CODE_LIFE).isBefore(now)) {
      return error("invalid_grant");
    }
    grants.removeIf(grant -> grant.app.equals(app) && grant.realmId.equals(code.realmId()));
    Grant grant = new Grant(app, code.realmId(), now);
    grant.refreshToken = secret();
    grant.issued = now;
    grants.add(grant);
    return tokens(call, grant, now);
  }

  private Answer byRefreshToken(Call call, App app) {
    Instant now = clock.instant();
    String token = call.form("refresh_token");
    Grant grant =
        grants.stream()
            .filter(one -> one.app.equals(app) && one.refreshToken.equals(token))
            .findFirst()
            .orElse(null);
    if (grant == null
        || !grant.refreshed.plus(REFRESH_LIFE).isAfter(now)
        || !hardEnd(grant).isAfter(now)) {
      return error("invalid_grant");
    }
    boolean soon =
        grant.lastRefresh != null
            && grant.lastRefresh.plusMillis(switches.number("refreshWindowMillis")).isAfter(now);
    String rule = switches.choice("concurrentRefresh");
    if (!rule.equals("allowed") && (soon || overlapping.contains(call.ordinal()))) {
      if (rule.equals("revokesAll")) {
        grants.remove(grant);
      }
      return error("invalid_grant");
    }
    Duration turn = Duration.ofHours(switches.number("refreshTokenRotatesHours"));
    if (!grant.issued.plus(turn).isAfter(now)) {
      grant.refreshToken = secret();
      grant.issued = now;
    }
    grant.lastRefresh = now;
    return tokens(call, grant, now);
  }

  private static Instant hardEnd(Grant grant) {
    return grant.consented.atOffset(ZoneOffset.UTC).plusYears(HARD_YEARS).toInstant();
  }

  private static Answer tokens(Call call, Grant grant, Instant now) {
    String access = secret() + "." + secret();
    grant.accessTokens.values().removeIf(until -> !until.isAfter(now));
    grant.accessTokens.put(access, now.plus(ACCESS_LIFE));
    grant.refreshed = now;
    ObjectNode answer =
        Json.object()
            .put("token_type", "bearer")
            .put("access_token", access)
            .put("expires_in", ACCESS_LIFE.toSeconds())
            .put("refresh_token", grant.refreshToken)
            .put("x_refresh_token_expires_in", REFRESH_LIFE.toSeconds());
    if ("true".equals(call.header("x-include-refresh-token-hard-expires-in"))) {
      answer.put(
          "x_refresh_token_hard_expires_in", Duration.between(now, hardEnd(grant)).toSeconds());
    }
    return Answer.json(200, answer);
  }

  private Answer revoke(Call call) {
    App app = client(call);
    if (app == null) {
      return Answer.json(401, Json.object().put("error", "invalid_client"));
    }
    String token;
    try {
      token = Json.text(call.json(), "token");
    } catch (JsonProcessingException e) {
      return error("invalid_request");
    }
    boolean known =
        grants.removeIf(
            grant ->
                grant.app.equals(app)
                    && (grant.refreshToken.equals(token) || grant.accessTokens.containsKey(token)));
    return known ? Answer.empty(200) : error("invalid_request");
  }

  private static String secret() {
    return UUID.randomUUID().toString().replace("-", "")
        + UUID.randomUUID().toString().substring(0, 8);
  }
}
