package io.tieback.sandbox.procore;

import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Switches;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.UUID;
import java.util.function.Function;

/**
 * What every call below {@code /rest} passes: token, company header, rights, rate windows; and what
 * every answer carries.
 */
final class Gate {
  private static final String REST = "/rest/";
  private final State state;
  private final OAuth oauth;
  private final RateLimits limits;
  private final Switches switches;
  private final Chronicle chronicle;
  private final Rights rights;

  Gate(State state, OAuth oauth, RateLimits limits, Switches switches, Chronicle chronicle) {
    this.chronicle = chronicle;
    this.rights = new Rights(state, switches);
    this.state = state;
    this.oauth = oauth;
    this.limits = limits;
    this.switches = switches;
  }

  /** Registers an operation that needs a token and the company header. */
  void on(Router router, String method, String path, Function<Ask, Answer> operation) {
    router
        .route(HttpMethod.valueOf(method), path)
        .handler(Call.handler(call -> run(call, operation)));
  }

  /** Any other path below {@code /rest}: the same checks, then 404. */
  Answer unknown(Call call) {
    if (!call.path().startsWith(REST)) {
      return Answer.empty(404);
    }
    return run(
        call,
        ask -> {
          throw Refusal.notFound("Route " + call.method() + " " + call.path());
        });
  }

  private Answer run(Call call, Function<Ask, Answer> operation) {
    String window = "unknown";
    Answer answer;
    try {
      Ask ask = admit(call);
      window = ask.app.clientId() + "|" + ask.companyId;
      limits.count(window);
      rights.check(ask);
      chronicle.begin(new Chronicle.Actor(ask.app.userId(), ask.app.clientId()));
      answer = operation.apply(ask);
      chronicle.end(true);
    } catch (Refusal refusal) {
      chronicle.end(true);
      answer = refusal.answer();
    }
    return answer
        .with(limits.headers(window))
        .with("X-Request-Id", UUID.nameUUIDFromBytes(longBytes(call)).toString());
  }

  private static byte[] longBytes(Call call) {
    return java.nio.ByteBuffer.allocate(Long.BYTES).putLong(call.ordinal()).array();
  }

  private Ask admit(Call call) {
    Model.App app = oauth.app(call.header("Authorization"));
    String header = call.header("Procore-Company-Id");
    if (header == null || header.isBlank()) {
      throw Refusal.errors(
          switches.number("missingCompanyHeaderStatus"),
          "Missing Procore-Company-Id header! Please include the Procore-Company-Id header with"
              + " your request.");
    }
    long companyId;
    try {
      companyId = Long.parseLong(header.trim());
    } catch (NumberFormatException e) {
      throw Refusal.errors(400, "Procore-Company-Id header is not a company id");
    }
    if (!state.companies.containsKey(companyId) || !app.companyIds().contains(companyId)) {
      throw Refusal.reason(403, "App is not connected to this company", "Forbidden");
    }
    Ask ask = new Ask(call, app, companyId, switches);
    Long named =
        call.pathParam("company_id") != null
            ? (Long) ask.path("company_id")
            : ask.queryOrNull("company_id");
    if (named != null && named != companyId) {
      throw Refusal.reason(
          403, "Procore-Company-Id header and company_id name different companies", "Forbidden");
    }
    return ask;
  }
}
