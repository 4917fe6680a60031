package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.Switches;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What every Accounting call passes, in this order: bearer token (401), tenant and scope (403),
 * rate limits (429), idempotency key (replay or 400), size; then the operation. Without {@code
 * Accept: application/json} the answer is XML (section 1).
 */
final class Gate {
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  /** A call that was let in. */
  record Visit(
      Call call, Identity.App app, Organisation organisation, Switches switches, Instant now) {
    /** 4 with {@code unitdp=4}, else 2 (section 1.2). */
    int unitDecimals() {
      return "4".equals(call.query("unitdp")) ? 4 : 2;
    }

    /** Zone by which contacts' time stamps are off in answers to writes, or null. */
    java.time.ZoneId contactSkew() {
      return switches.flag("contactTimestampSkew") ? organisation.zone : null;
    }
  }

  private final Identity identity;
  private final Map<String, Organisation> organisations;
  private final Limits limits;
  private final IdempotencyKeys keys;
  private final Switches switches;
  private final SandboxClock clock;

  Gate(
      Identity identity,
      Map<String, Organisation> organisations,
      Limits limits,
      IdempotencyKeys keys,
      Switches switches,
      SandboxClock clock) {
    this.identity = identity;
    this.organisations = organisations;
    this.limits = limits;
    this.keys = keys;
    this.switches = switches;
    this.clock = clock;
  }

  /**
   * A guarded operation.
   *
   * @param areas scope areas, any of which allows it
   * @param write whether the reading scope is too little
   */
  Handler<RoutingContext> guard(
      List<String> areas, boolean write, Function<Visit, Answer> operation) {
    return Call.handler(call -> enter(call, areas, write, operation));
  }

  private Answer enter(
      Call call, List<String> areas, boolean write, Function<Visit, Answer> operation) {
    Instant now = clock.instant();
    Answer answer;
    try {
      Identity.Session session = identity.session(call, now);
      Organisation organisation = organisations.get(identity.tenant(call, session));
      if (!Scopes.allow(session.scopes(), areas, write)) {
        int status = switches.number("missingScopeStatus");
        throw Refusal.problem(
            status,
            status == 401 ? "Unauthorized" : "Forbidden",
            "AuthorizationUnsuccessful: insufficient scope");
      }
      String app = session.app().clientId();
      Map<String, String> remaining =
          limits.charge(call.ordinal(), app, organisation.tenantId, now);
      try {
        answer =
            keys.once(
                call,
                app,
                organisation.tenantId,
                now,
                () ->
                    perform(
                        operation, new Visit(call, session.app(), organisation, switches, now)));
      } catch (Refusal refusal) {
        answer = refusal.answer();
      }
      answer = answer.with(remaining);
    } catch (Refusal refusal) {
      answer = refusal.answer();
    }
    return acceptsJson(call) ? answer : asXml(answer);
  }

  private static Answer perform(Function<Visit, Answer> operation, Visit visit) {
    try {
      if (visit.call().body().length() > LARGEST_BODY) {
        return Answer.text(413, "text/html; charset=utf-8", "");
      }
      return operation.apply(visit);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private static boolean acceptsJson(Call call) {
    String accept = call.header("Accept");
    return accept != null && accept.contains("application/json");
  }

  /** Not Xero's XML, but XML: a client that forgot the header notices at once. */
  private static Answer asXml(Answer answer) {
    String type = answer.headers().get("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      return answer;
    }
    String xml =
        "<Response><Status>" + (answer.status() == 200 ? "OK" : "ERROR") + "</Status></Response>";
    return new Answer(answer.status(), answer.headers(), xml.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "text/xml; charset=utf-8");
  }
}
