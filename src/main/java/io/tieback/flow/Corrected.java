package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.ledger.QueueItem;
import io.tieback.wire.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a person corrected of a record, beside what Procore has: approvers see whose figures they
 * decide about.
 *
 * @param who who corrected it
 * @param at when
 * @param original {@code request_data} of the record as Procore has it
 * @param corrected the same as it is composed now
 */
public record Corrected(String who, Instant at, JsonNode original, JsonNode corrected) {

  /** The correction that stands of an item; empty when none does. */
  public static Optional<Corrected> of(QueueItem item) {
    if (item.correction() == null || !DoorData.takesCorrections(item.entity())) {
      return Optional.empty();
    }
    return DoorData.of(item.uncorrected())
        .flatMap(
            original ->
                DoorData.of(item)
                    .map(
                        now ->
                            new Corrected(
                                item.correction().who(), item.correction().at(), original, now)));
  }

  /** {@code correction} of a preview: {@code by}, {@code at}, and each field that is another. */
  ObjectNode json() {
    ObjectNode json = Json.object().put("by", who).put("at", at.toString());
    compare("", original, corrected, json.putArray("fields"));
    return json;
  }

  private static void compare(String path, JsonNode was, JsonNode is, ArrayNode fields) {
    if (was.isObject() || is.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      was.fieldNames().forEachRemaining(names::add);
      is.fieldNames().forEachRemaining(names::add);
      // Links are the ledger's own and change by themselves; so does the request detail.
      names.removeIf(name -> name.endsWith("origin_id") || name.equals("request_detail_id"));
      names.forEach(
          name ->
              compare(
                  path.isEmpty() ? name : path + "." + name,
                  was.path(name),
                  is.path(name),
                  fields));
    } else if (was.isArray() || is.isArray()) {
      for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
        compare(path + "[" + i + "]", was.path(i), is.path(i), fields);
      }
    } else if (!same(was, is)) {
      fields.addObject().put("field", path).put("procore", text(was)).put("corrected", text(is));
    }
  }

  private static boolean same(JsonNode was, JsonNode is) {
    return was.isNumber() && is.isNumber()
        ? was.decimalValue().compareTo(is.decimalValue()) == 0
        : text(was).equals(text(is));
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? "" : value.asText();
  }

  /** Procore's figures, with the lines marked of which a person made others. */
  static ObjectNode marked(ObjectNode procore, ObjectNode now) {
    ObjectNode marked = procore.deepCopy();
    Map<String, JsonNode> lines = new HashMap<>();
    now.path("lines").forEach(line -> lines.put(line.path("id").asText(), line));
    for (JsonNode line : marked.path("lines")) {
      if (!line.equals(lines.get(line.path("id").asText()))) {
        ((ObjectNode) line).put("corrected", true);
      }
    }
    return marked;
  }
}
