package io.tieback.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Approvals;
import io.tieback.approval.Extra;
import io.tieback.approval.Person;
import io.tieback.approval.QueueState;
import io.tieback.console.web.Call;
import io.tieback.ledger.QueueItem;
import io.tieback.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Decisions that programs send: the same as on the pages, with version and digest. */
final class ApiDecisions {

  /** The last segment of their paths. */
  static final Set<String> DEEDS =
      Set.of("accept", "reject", "retrieve", "send", "retry", "unlink", "archive", "restore");

  private static final Set<String> FIELDS =
      Set.of("version", "digest", "comment", "reason", "extra");
  private static final List<String> EXTRA = List.of(Extra.ACCOUNTING_DATE, Extra.NUMBER);
  private static final int LONGEST = 10_000;

  private final Approvals approvals;

  ApiDecisions(Approvals approvals) {
    this.approvals = approvals;
  }

  QueueItem decide(Person person, QueueItem item, String deed, Call call) {
    JsonNode body = body(call);
    JsonNode given = body.path("version");
    if (!given.isInt()) {
      throw ApiProblem.field(
          "version",
          given.isMissingNode() ? "missing" : "'" + given + "'",
          "the whole number that GET /api/v1/items/{id} gave as version");
    }
    long id = item.id();
    int version = given.intValue();
    return switch (deed) {
      case "accept" -> approvals.accept(person, id, version, text(body, "digest"), extra(body));
      case "reject" -> approvals.reject(person, id, version, text(body, "comment"));
      case "retrieve" -> approvals.retrieve(person, id, version);
      case "send" ->
          QueueState.of(item.state()) == QueueState.NOT_SENT
              ? approvals.send(person, id, version)
              : approvals.resend(person, id, version);
      case "retry" -> approvals.retry(person, id, version);
      case "unlink" -> approvals.unlink(person, id, version);
      case "archive" -> approvals.archive(person, id, version, text(body, "reason"));
      case "restore" -> approvals.restore(person, id, version);
      default -> throw ApiProblem.notFound();
    };
  }

  private static JsonNode body(Call call) {
    String type = call.header("Content-Type").orElse("");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw ApiProblem.field("Content-Type", "'" + type + "'", "application/json");
    }
    try {
      JsonNode body = Json.read(call.body());
      if (body == null || !body.isObject()) {
        throw ApiProblem.field("body", "no JSON object", "a JSON object");
      }
      body.fieldNames()
          .forEachRemaining(
              name -> {
                if (!FIELDS.contains(name)) {
                  throw ApiProblem.field(
                      name, "no field", "one of " + FIELDS.stream().sorted().toList());
                }
              });
      return body;
    } catch (JsonProcessingException e) {
      throw ApiProblem.field("body", "no JSON", "a JSON object");
    }
  }

  private static String text(JsonNode body, String field) {
    JsonNode given = body.path(field);
    if (given.isMissingNode() || given.isNull()) {
      return null;
    }
    if (!given.isTextual() || given.asText().length() > LONGEST) {
      throw ApiProblem.field(
          field, "no text, or too long", "a text of at most " + LONGEST + " characters");
    }
    if (given.asText().indexOf('\0') >= 0) {
      throw ApiProblem.field(field, "a text with a character 0", "a text without one");
    }
    return given.asText();
  }

  private static Map<String, String> extra(JsonNode body) {
    Map<String, String> extra = new LinkedHashMap<>();
    JsonNode given = body.path("extra");
    if (!given.isMissingNode() && !given.isNull()) {
      if (!given.isObject()) {
        throw ApiProblem.field("extra", "no object", "an object of texts");
      }
      given
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!EXTRA.contains(name)) {
                  throw ApiProblem.field("extra." + name, "no field", "one of " + EXTRA);
                }
                extra.put(name, text(given, name));
              });
    }
    if (Extra.wrongDate(extra).isPresent()) {
      throw ApiProblem.field(
          "extra." + Extra.ACCOUNTING_DATE,
          "'" + extra.get(Extra.ACCOUNTING_DATE) + "'",
          "a date from "
              + Extra.FIRST_DAY
              + " to "
              + Extra.LAST_DAY
              + ", such as 2026-01-31; leave it out to keep the date of the record");
    }
    return extra;
  }
}
