package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.Switches;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What every call of the Accounting API passes, in this order: bearer token (401, whose body is
 * XML), company (403), throttling (429), requestid (replay), then the operation. Without {@code
 * Accept: application/json} the answer is XML. A minorversion below 75, or none, is served as 75,
 * so that it makes no difference here. Every answer carries {@code intuit_tid}.
 */
final class Gate {
  /** A call that was let in. */
  record Visit(Call call, Company company, Switches switches, Instant now) {
    /** The time of the answer. */
    String time() {
      return company.time(now);
    }

    /** The body, which has to be a JSON object in UTF-8. */
    ObjectNode body() {
      String type = call.header("Content-Type");
      if (type == null || !type.startsWith("application/json")) {
        throw Refusal.unsupported("Content-Type: " + type + " is not application/json");
      }
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(call.body().getBytes()));
        if (call.json() instanceof ObjectNode object) {
          return object;
        }
      } catch (CharacterCodingException e) {
        throw Refusal.unsupported("Unsupported Operation: Invalid byte 2 of 3-byte UTF-8 sequence");
      } catch (JsonProcessingException e) {
        throw Refusal.property("body", "is not JSON: " + e.getOriginalMessage());
      }
      throw Refusal.property("body", "is not a JSON object");
    }

    /** A JSON answer with its time. */
    Answer answer(ObjectNode body) {
      return Answer.json(200, body.put("time", time()));
    }
  }

  private final OAuth oauth;
  private final Map<String, Company> companies;
  private final Limits limits;
  private final RequestIds requestIds;
  private final Switches switches;
  private final SandboxClock clock;

  Gate(
      OAuth oauth,
      Map<String, Company> companies,
      Limits limits,
      RequestIds requestIds,
      Switches switches,
      SandboxClock clock) {
    this.oauth = oauth;
    this.companies = companies;
    this.limits = limits;
    this.requestIds = requestIds;
    this.switches = switches;
    this.clock = clock;
  }

  /** An operation whose answers carry {@code intuit_tid}. */
  static Handler<RoutingContext> traced(Function<Call, Answer> operation) {
    return Call.handler(call -> trace(operation.apply(call)));
  }

  static Answer trace(Answer answer) {
    return answer.with("intuit_tid", "1-" + UUID.randomUUID());
  }

  /** A guarded operation. */
  Handler<RoutingContext> guard(Function<Visit, Answer> operation) {
    return traced(call -> enter(call, operation));
  }

  private Answer enter(Call call, Function<Visit, Answer> operation) {
    Instant now = clock.instant();
    String time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    Answer answer;
    try {
      OAuth.Session session = oauth.session(call);
      String realmId = call.pathParam("realm");
      Company company = companies.get(session.realmId());
      if (!session.realmId().equals(realmId) || company == null) {
        throw Refusal.otherCompany();
      }
      limits.charge(
          call.ordinal(), session.app().clientId(), realmId, call.path().endsWith("/batch"), now);
      Visit visit = new Visit(call, company, switches, now);
      answer =
          call.method().equals("GET")
              ? perform(operation, visit)
              : requestIds.once(
                  call.query("requestid"), realmId, now, () -> perform(operation, visit));
    } catch (Refusal refusal) {
      answer =
          refusal.status() == 401 && switches.choice("unauthorizedBody").equals("xml")
              ? refusal.xml(time)
              : refusal.answer(time);
    }
    if (answer.status() == 400 && switches.flag("faultsIn200")) {
      answer = new Answer(200, answer.headers(), answer.body());
    }
    return acceptsJson(call) ? answer : asXml(answer);
  }

  private Answer perform(Function<Visit, Answer> operation, Visit visit) {
    try {
      return operation.apply(visit);
    } catch (Refusal refusal) {
      return refusal.answer(visit.time());
    }
  }

  private static boolean acceptsJson(Call call) {
    String accept = call.header("Accept");
    return accept != null && accept.contains("application/json");
  }

  /** Not Intuit's whole XML, but XML: a client that forgot the header notices at once. */
  private static Answer asXml(Answer answer) {
    String type = answer.headers().get("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      return answer;
    }
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
            + "<IntuitResponse xmlns=\"http://schema.intuit.com/finance/v3\"/>";
    return new Answer(answer.status(), answer.headers(), xml.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "application/xml;charset=UTF-8");
  }

  /** One object under its name. */
  static ObjectNode wrapped(String name, ObjectNode object) {
    ObjectNode out = Json.object();
    out.set(name, object);
    return out;
  }
}
