package io.tieback.sandbox.procore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/**
 * Procore's sign-in: {@code /oauth/token}, {@code /oauth/token/info}, {@code /oauth/revoke}, {@code
 * /oauth/authorize}.
 */
final class OAuth {
  private record Token(Model.App app, Instant createdAt, Instant expiresAt, String refreshToken) {}

  private record Code(Model.App app, String redirectUri, Instant expiresAt) {}

  private final State state;
  private final Clock clock;
  private final Switches switches;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Token> tokens = new HashMap<>();
  private final Map<String, Model.App> refreshTokens = new HashMap<>();
  private final Map<String, Code> codes = new HashMap<>();

  OAuth(State state, Clock clock, Switches switches) {
    this.state = state;
    this.clock = clock;
    this.switches = switches;
  }

  void routes(Router router) {
    on(router, HttpMethod.POST, "/oauth/token", this::token);
    on(router, HttpMethod.POST, "/oauth/revoke", this::revoke);
    on(router, HttpMethod.GET, "/oauth/token/info", this::info);
    on(router, HttpMethod.GET, "/oauth/authorize", this::authorize);
  }

  private static void on(
      Router router,
      HttpMethod method,
      String path,
      java.util.function.Function<Call, Answer> operation) {
    router
        .route(method, path)
        .handler(
            Call.handler(
                call -> {
                  try {
                    return operation.apply(call);
                  } catch (Refusal refusal) {
                    return refusal.answer();
                  }
                }));
  }

  /** Forgets every token and code. */
  void clear() {
    tokens.clear();
    refreshTokens.clear();
    codes.clear();
  }

  /** Lets every access token run out now; refresh tokens stay. */
  void expireTokens() {
    Instant now = clock.instant();
    tokens.replaceAll(
        (token, held) -> new Token(held.app(), held.createdAt(), now, held.refreshToken()));
  }

  /** The application behind an {@code Authorization} header; 401 when there is none. */
  Model.App app(String authorization) {
    // A later seed may have changed the app, so that it has other companies than when the token was
    // issued.
    return state.apps.get(held(authorization).app().clientId());
  }

  private Token held(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw Refusal.error(401, "The access token is missing");
    }
    Token token = tokens.get(authorization.substring(7).trim());
    if (token == null) {
      throw Refusal.error(401, "The access token is invalid");
    }
    if (!clock.instant().isBefore(token.expiresAt())) {
      throw Refusal.error(401, "The access token expired");
    }
    return token;
  }

  /** Credentials count in the body only; a Basic header is not looked at. */
  private Answer token(Call call) {
    Map<String, String> body =
        body(
            call,
            "grant_type",
            "client_id",
            "client_secret",
            "code",
            "redirect_uri",
            "refresh_token");
    Model.App app = client(body);
    return switch (Objects.requireNonNullElse(body.get("grant_type"), "")) {
      case "client_credentials" -> issue(app, false);
      case "authorization_code" -> {
        Code code = body.get("code") == null ? null : codes.remove(body.get("code"));
        if (code == null
            || !same(code.app(), app)
            || !clock.instant().isBefore(code.expiresAt())
            || !Objects.equals(code.redirectUri(), body.get("redirect_uri"))) {
          throw grant(
              "invalid_grant",
              "The provided authorization grant is invalid, expired or was issued elsewhere.");
        }
        yield issue(app, true);
      }
      case "refresh_token" -> {
        // Single use: it is gone from here on, whether or not the answer arrives.
        Model.App owner =
            body.get("refresh_token") == null
                ? null
                : refreshTokens.remove(body.get("refresh_token"));
        if (owner == null || !same(owner, app)) {
          throw grant(
              "invalid_grant",
              "The refresh token is invalid, was used, or belongs to another client.");
        }
        yield issue(app, true);
      }
      default ->
          throw new Refusal(
              Answer.json(
                  400,
                  Json.object()
                      .put("error", "unsupported_grant_type")
                      .put("error_description", "The authorization grant type is not supported.")));
    };
  }

  private Answer issue(Model.App app, boolean withRefresh) {
    Instant now = clock.instant();
    String access = secret();
    String refresh = withRefresh ? secret() : null;
    int seconds = switches.number("accessTokenSeconds");
    tokens.put(access, new Token(app, now, now.plusSeconds(seconds), refresh));
    ObjectNode body =
        Json.object()
            .put("access_token", access)
            .put("token_type", "bearer")
            .put("expires_in", seconds);
    if (withRefresh) {
      refreshTokens.put(refresh, app);
      body.put("refresh_token", refresh);
    }
    return Answer.json(200, body.put("created_at", now.getEpochSecond()))
        .with("Cache-Control", "no-store");
  }

  private Answer revoke(Call call) {
    Map<String, String> body = body(call, "token", "client_id", "client_secret");
    Model.App app = client(body);
    String given = body.get("token");
    tokens
        .entrySet()
        .removeIf(
            entry -> {
              boolean same =
                  entry.getKey().equals(given)
                      || Objects.equals(entry.getValue().refreshToken(), given);
              if (same && same(entry.getValue().app(), app)) {
                refreshTokens.remove(
                    Objects.requireNonNullElse(entry.getValue().refreshToken(), ""));
              }
              return same && same(entry.getValue().app(), app);
            });
    return Answer.json(200, Json.object());
  }

  private Answer info(Call call) {
    Token token = held(call.header("Authorization"));
    ObjectNode body = Json.object().put("resource_owner_id", token.app().userId());
    body.putArray("scopes");
    body.put(
        "expires_in_seconds",
        token.expiresAt().getEpochSecond() - clock.instant().getEpochSecond());
    body.putObject("application").put("uid", token.app().clientId());
    return Answer.json(200, body.put("created_at", token.createdAt().getEpochSecond()));
  }

  /** The user agrees at once: redirects back with a code. */
  private Answer authorize(Call call) {
    Model.App app = state.apps.get(Objects.requireNonNullElse(call.query("client_id"), ""));
    String redirect = call.query("redirect_uri");
    if (app == null || redirect == null || !"code".equals(call.query("response_type"))) {
      throw new Refusal(Answer.json(400, Json.object().put("error", "invalid_request")));
    }
    String code = secret();
    codes.put(
        code,
        new Code(
            app,
            redirect,
            clock.instant().plusSeconds(switches.number("authorizationCodeSeconds"))));
    io.netty.handler.codec.http.QueryStringEncoder to =
        new io.netty.handler.codec.http.QueryStringEncoder(redirect);
    to.addParam("code", code);
    if (call.query("state") != null) {
      to.addParam("state", call.query("state"));
    }
    return Answer.empty(302).with("Location", to.toString());
  }

  private Model.App client(Map<String, String> body) {
    Model.App app = state.apps.get(Objects.requireNonNullElse(body.get("client_id"), ""));
    if (app == null || !app.clientSecret().equals(body.get("client_secret"))) {
      throw grant(
          "invalid_client",
          "Client authentication failed due to unknown client, or no client authentication"
              + " included.");
    }
    return app;
  }

  private static boolean same(Model.App one, Model.App other) {
    return one.clientId().equals(other.clientId());
  }

  private Refusal grant(String error, String description) {
    return new Refusal(
        Answer.json(
            switches.number("invalidGrantStatus"),
            Json.object().put("error", error).put("error_description", description)));
  }

  private static Map<String, String> body(Call call, String... fields) {
    Map<String, String> values = new HashMap<>();
    String type = Objects.requireNonNullElse(call.header("Content-Type"), "");
    if (type.startsWith("application/json")) {
      try {
        JsonNode json = call.json();
        for (String field : fields) {
          values.put(field, Json.text(json, field));
        }
      } catch (JsonProcessingException e) {
        throw Refusal.errors(
            400, "There was a problem in the JSON you submitted: " + e.getOriginalMessage());
      }
    } else {
      for (String field : fields) {
        values.put(field, call.form(field));
      }
    }
    return values;
  }

  private String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
