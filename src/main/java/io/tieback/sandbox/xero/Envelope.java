package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * The envelope of every success, and what becomes of the elements of a batch (reference sections 1,
 * 3.3, 3.4).
 */
final class Envelope {
  private Envelope() {}

  /**
   * The outcome of one element before anything is stored: either what failed, or how to store it.
   */
  record Outcome(ObjectNode failed, Supplier<ObjectNode> commit) {
    static Outcome failed(ObjectNode element) {
      return new Outcome(element, null);
    }

    static Outcome of(Supplier<ObjectNode> commit) {
      return new Outcome(null, commit);
    }
  }

  /** Id, Status, ProviderName, DateTimeUTC. */
  static ObjectNode start(Gate.Visit visit) {
    return start(visit.app().name(), visit.now());
  }

  private static ObjectNode start(String provider, Instant now) {
    ObjectNode envelope =
        Json.object().put("Id", Ids.make()).put("Status", "OK").put("ProviderName", provider);
    Dates.bare(envelope, "DateTimeUTC", now);
    return envelope;
  }

  static Answer of(Gate.Visit visit, String plural, JsonNode records) {
    ObjectNode envelope = start(visit);
    envelope.set(plural, records);
    return Answer.json(200, envelope);
  }

  static Answer one(Gate.Visit visit, String plural, ObjectNode record) {
    return of(visit, plural, Json.array().add(record));
  }

  /**
   * Stores a batch. With {@code summarizeErrors=false} the good elements are stored and all are
   * answered with 200; else (the server's default) any failure answers 400 with the failed elements
   * only, and whether the good ones are stored then is a switch.
   */
  static Answer batch(
      Gate.Visit visit, String plural, List<Outcome> outcomes, boolean canSummarize) {
    String asked = canSummarize ? visit.call().query("summarizeErrors") : null;
    boolean each = "false".equalsIgnoreCase(asked);
    boolean anyFailed = outcomes.stream().anyMatch(outcome -> outcome.failed() != null);
    boolean store = each || !anyFailed || visit.switches().flag("batchStoresValidOnError");
    ArrayNode failed = Json.array();
    ArrayNode all = Json.array();
    for (Outcome outcome : outcomes) {
      if (outcome.failed() != null) {
        failed.add(outcome.failed());
        all.add(outcome.failed());
      } else if (store) {
        all.add(outcome.commit().get().put("StatusAttributeString", "OK"));
      }
    }
    if (anyFailed && !each) {
      throw Refusal.elements(failed);
    }
    return of(visit, plural, all);
  }

  /** A failed element: what was sent, dates as /Date()/, an id, and the messages. */
  static ObjectNode failed(
      Fields sent, String idField, String id, List<String> messages, String... dateFields) {
    ObjectNode echo = sent.source().deepCopy();
    for (String field : dateFields) {
      if (sent.text(field) != null) {
        echo.remove(field);
        Dates.day(echo, field, sent.day(field));
      }
    }
    echo.put(idField, id == null ? Ids.ZERO : id)
        .put("HasErrors", true)
        .put("StatusAttributeString", "ERROR");
    ArrayNode errors = echo.putArray("ValidationErrors");
    messages.forEach(message -> errors.addObject().put("Message", message));
    return echo;
  }
}
