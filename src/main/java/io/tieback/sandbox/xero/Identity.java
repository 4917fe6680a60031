package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.Switches;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Apps, access tokens, and which app is connected to which organisation (reference section 2).
 * {@link OAuth} speaks the protocol.
 */
final class Identity {
  static final Duration ACCESS_LIFE = Duration.ofMinutes(30);

  /** A registered app. A custom connection is bound to one organisation. */
  record App(
      String clientId,
      String clientSecret,
      List<String> redirectUris,
      boolean custom,
      String tenantId,
      String name) {}

  /** What an access token stands for. */
  record Session(App app, Set<String> scopes, String authEventId, Instant expires) {}

  /** An app's right to one organisation. */
  record Connection(
      String id, App app, String tenantId, String authEventId, Instant created, Instant updated) {}

  final Map<String, App> apps = new LinkedHashMap<>();
  final String userId = Ids.make();
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<String, Connection> connections = new LinkedHashMap<>();
  private final Map<String, Organisation> organisations;
  private final Switches switches;
  private final SandboxClock clock;

  Identity(Map<String, Organisation> organisations, Switches switches, SandboxClock clock) {
    this.organisations = organisations;
    this.switches = switches;
    this.clock = clock;
  }

  Switches switches() {
    return switches;
  }

  void clear() {
    apps.clear();
    sessions.clear();
    connections.clear();
  }

  /** Every access token is expired from now on. */
  void expireAll() {
    sessions.replaceAll(
        (token, s) -> new Session(s.app(), s.scopes(), s.authEventId(), Instant.EPOCH));
  }

  /** Every access token is unknown from now on. */
  void revokeAll() {
    sessions.clear();
  }

  /** A new access token in the shape of a JWT; its signature is no signature. */
  String issue(App app, Set<String> scopes, String authEventId, Instant now) {
    Instant expires = now.plus(ACCESS_LIFE);
    ObjectNode claims =
        Json.object()
            .put("nbf", now.getEpochSecond())
            .put("exp", expires.getEpochSecond())
            .put("iss", "https://identity.xero.com")
            .put("aud", "https://identity.xero.com/resources")
            .put("client_id", app.clientId())
            .put("xero_userid", userId)
            .put("jti", Ids.make())
            .put("authentication_event_id", authEventId);
    ArrayNode list = claims.putArray("scope");
    scopes.forEach(list::add);
    String token = jwt(claims);
    sessions.put(token, new Session(app, scopes, authEventId, expires));
    return token;
  }

  /** A token in the shape of a JWT. */
  static String jwt(ObjectNode claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    ObjectNode header = Json.object().put("alg", "RS256").put("kid", "sandbox").put("typ", "JWT");
    String signature = UUID.randomUUID().toString() + UUID.randomUUID();
    return base64.encodeToString(Json.bytes(header))
        + "."
        + base64.encodeToString(Json.bytes(claims))
        + "."
        + base64.encodeToString(signature.getBytes(StandardCharsets.US_ASCII));
  }

  /** Connects an app with the organisation, or renews the connection. */
  void connect(App app, String tenantId, String authEventId, Instant now) {
    Connection before = connection(app, tenantId);
    String id = before == null ? Ids.make() : before.id();
    connections.put(
        id,
        new Connection(
            id, app, tenantId, authEventId, before == null ? now : before.created(), now));
  }

  void disconnectAll(App app) {
    connections.values().removeIf(connection -> connection.app().equals(app));
  }

  private Connection connection(App app, String tenantId) {
    return connections.values().stream()
        .filter(one -> one.app().equals(app) && one.tenantId().equals(tenantId))
        .findFirst()
        .orElse(null);
  }

  /**
   * Who calls.
   *
   * @throws Refusal 401
   */
  Session session(Call call, Instant now) {
    String authorization = call.header("Authorization");
    String token =
        authorization != null && authorization.startsWith("Bearer ")
            ? authorization.substring(7)
            : null;
    Session session = token == null ? null : sessions.get(token);
    if (session == null) {
      throw Refusal.problem(401, "Unauthorized", "AuthenticationUnsuccessful");
    }
    if (!session.expires().isAfter(now)) {
      throw Refusal.problem(
          401, "Unauthorized", "TokenExpired: token expired at " + session.expires());
    }
    return session;
  }

  /**
   * The organisation that is meant; a custom connection need not name it.
   *
   * @throws Refusal 403 when none is named, or the app is not connected to it
   */
  String tenant(Call call, Session session) {
    String named = call.header("xero-tenant-id");
    String tenantId = Ids.normal(named);
    if ((named == null || named.isEmpty()) && session.app().custom()) {
      tenantId = session.app().tenantId();
    }
    if (tenantId == null
        || !organisations.containsKey(tenantId)
        || connection(session.app(), tenantId) == null) {
      throw Refusal.problem(403, "Forbidden", "AuthenticationUnsuccessful");
    }
    return tenantId;
  }

  /**
   * Key under which calls at the same time are counted: app and tenant, as far as they can be told.
   */
  String countingKey(Call call) {
    String authorization = call.header("Authorization");
    Session session =
        authorization != null && authorization.startsWith("Bearer ")
            ? sessions.get(authorization.substring(7))
            : null;
    if (session == null) {
      return null;
    }
    String named = call.header("xero-tenant-id");
    return session.app().clientId()
        + " "
        + (named == null || named.isEmpty() ? session.app().tenantId() : named);
  }

  /** {@code GET /connections}. */
  Answer list(Call call) {
    try {
      Session session = session(call, clock.instant());
      String event = call.query("authEventId");
      ArrayNode all = Json.array();
      for (Connection one : connections.values()) {
        if (one.app().equals(session.app()) && (event == null || event.equals(one.authEventId()))) {
          all.addObject()
              .put("id", one.id())
              .put("authEventId", one.authEventId())
              .put("tenantId", one.tenantId())
              .put("tenantType", "ORGANISATION")
              .put("tenantName", organisations.get(one.tenantId()).name)
              .put("createdDateUtc", Dates.sevenDigits(one.created()))
              .put("updatedDateUtc", Dates.sevenDigits(one.updated()));
        }
      }
      return Answer.json(200, all);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  /** {@code DELETE /connections/{id}}; the id of the connection, not of the tenant. */
  Answer disconnect(Call call) {
    try {
      Session session = session(call, clock.instant());
      Connection connection = connections.get(call.pathParam("id"));
      if (connection == null || !connection.app().equals(session.app())) {
        return Answer.empty(404);
      }
      connections.remove(connection.id());
      return Answer.empty(204);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }
}
