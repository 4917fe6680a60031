package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;

/**
 * {@code /batch} (reference section 8): at most 30 items, one after the other, each with its own
 * answer or Fault.
 */
final class Batch {
  private static final int MOST = 30;
  private static final int LONGEST_REQUEST_ID = 36;

  private final Gate gate;

  Batch(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    router.post(Entities.API + "/batch").handler(gate.guard(Batch::all));
  }

  private static Answer all(Gate.Visit visit) {
    String requestId = visit.call().query("requestid");
    if (requestId != null && requestId.length() > LONGEST_REQUEST_ID) {
      throw Refusal.invalid(
          "2050",
          "String length is either shorter or longer than supported by specification",
          "requestid of a batch: Max:" + LONGEST_REQUEST_ID + " supported",
          "requestid");
    }
    JsonNode items = visit.body().path("BatchItemRequest");
    if (!items.isArray() || items.isEmpty()) {
      throw Refusal.missing("BatchItemRequest");
    }
    if (items.size() > MOST) {
      throw Refusal.property("BatchItemRequest", "takes at most " + MOST + " items");
    }
    ObjectNode out = Json.object();
    ArrayNode answers = out.putArray("BatchItemResponse");
    for (JsonNode item : items) {
      ObjectNode answer = answers.addObject();
      try {
        answer.setAll(one(visit, item));
      } catch (Refusal refusal) {
        answer.set("Fault", refusal.fault());
      }
      answer.put("bId", Json.text(item, "bId"));
    }
    return visit.answer(out);
  }

  private static ObjectNode one(Gate.Visit visit, JsonNode item) {
    if (!item.isObject() || Json.text(item, "bId") == null) {
      throw Refusal.missing("bId");
    }
    if (item.has("Query")) {
      return Gate.wrapped(
          "QueryResponse",
          new QueryDesk(visit.company(), visit.switches()).answer(Json.text(item, "Query")));
    }
    String operation = Json.text(item, "operation");
    if (operation == null) {
      throw Refusal.missing("operation");
    }
    String options = Json.text(item, "optionsData");
    for (Kind kind : Kind.values()) {
      if (item.get(kind.entity) instanceof ObjectNode object) {
        if (operation.equals("create") && object.has("Id")) {
          throw Refusal.property("Id", "is not for operation create");
        }
        if (operation.equals("update") && !object.has("Id")) {
          throw Refusal.missing("Id");
        }
        return Entities.write(
            visit, kind, operation, object, "allowduplicatedocnum".equals(options));
      }
    }
    throw Refusal.unsupported("The item " + Json.text(item, "bId") + " has no entity");
  }
}
