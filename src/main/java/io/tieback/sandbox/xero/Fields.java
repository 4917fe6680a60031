package io.tieback.sandbox.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Call;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object out of a request. Names are read in any letter case, unknown ones are ignored
 * (section 1); a value of the wrong type refuses the whole request (section 3.3). JSON null counts
 * as absent.
 */
final class Fields {
  private final ObjectNode source;
  private final Map<String, JsonNode> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Fields(ObjectNode source) {
    this.source = source;
    source
        .fields()
        .forEachRemaining(
            field -> {
              if (!field.getValue().isNull()) {
                byName.put(field.getKey(), field.getValue());
              }
            });
  }

  /** The elements of a body: a bare object or the plural wrapper. */
  static List<Fields> elements(Call call, String plural) {
    JsonNode body;
    try {
      body = call.json();
    } catch (JsonProcessingException e) {
      throw Refusal.unreadable("JSON for post data was invalid: " + e.getOriginalMessage());
    }
    if (!(body instanceof ObjectNode object)) {
      throw Refusal.unreadable("JSON for post data was invalid: an object is expected");
    }
    Fields whole = new Fields(object);
    if (!whole.has(plural)) {
      return List.of(whole);
    }
    return whole.objects(plural);
  }

  ObjectNode source() {
    return source;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  String text(String name) {
    JsonNode value = byName.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrong(name, "a string");
    }
    return value.textValue();
  }

  /** Text that is one of the words, or null when absent. */
  String word(String name, List<String> words) {
    String text = text(name);
    if (text != null && !words.contains(text)) {
      throw wrong(name, "one of " + words);
    }
    return text;
  }

  /** An id in the normal spelling, or null when absent. */
  String id(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    String id = Ids.normal(text);
    if (id == null) {
      throw wrong(name, "a UUID");
    }
    return id;
  }

  BigDecimal decimal(String name) {
    JsonNode value = byName.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      throw wrong(name, "a number");
    }
    return value.decimalValue();
  }

  Boolean flag(String name) {
    JsonNode value = byName.get(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "a boolean");
    }
    return value.booleanValue();
  }

  LocalDate day(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    LocalDate day = Dates.readDay(text);
    if (day == null) {
      throw wrong(name, "a date");
    }
    return day;
  }

  /** A nested object, or null. */
  Fields object(String name) {
    JsonNode value = byName.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      throw wrong(name, "an object");
    }
    return new Fields(object);
  }

  /** A nested array of objects; empty when absent. */
  List<Fields> objects(String name) {
    JsonNode value = byName.get(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrong(name, "an array");
    }
    List<Fields> all = new ArrayList<>();
    for (JsonNode one : value) {
      if (!(one instanceof ObjectNode object)) {
        throw wrong(name, "an array of objects");
      }
      all.add(new Fields(object));
    }
    return all;
  }

  private static Refusal wrong(String name, String wanted) {
    return Refusal.unreadable(
        "JSON for post data was invalid: could not convert '" + name + "' to " + wanted);
  }
}
