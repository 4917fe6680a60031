package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The faults that a test has ordered. Every fault counts each request that it matches; the oldest
 * one that has skipped enough of them and has strikes left is the one that strikes, and only that
 * one.
 */
final class Faults {
  private static final class Fault {
    final ObjectNode asGiven;
    final String method;
    final Pattern path;
    final String bodyContains;
    final long after;
    final long count;
    final Effect effect;
    long seen;
    long struck;

    Fault(ObjectNode given, Set<String> vendorEffects) {
      Json.onlyFields("fault", given, "match", "after", "count", "effect");
      JsonNode match = given.has("match") ? given.get("match") : Json.object();
      Json.onlyFields("fault.match", match, "method", "path", "bodyContains");
      asGiven = given;
      method = Json.text(match, "method");
      path = pattern(Json.text(match, "path"));
      bodyContains = Json.text(match, "bodyContains");
      after = whole(given, "after", 0);
      count = whole(given, "count", 1);
      if (after < 0 || count == 0 || count < -1) {
        throw new IllegalArgumentException(
            "fault: after must be 0 or more, count 1 or more, or -1 for ever.");
      }
      effect = Effect.read(given.get("effect"), vendorEffects);
    }

    boolean matches(Call call) {
      return (method == null || method.equals(call.method()))
          && (path == null || path.matcher(call.path()).find())
          && (bodyContains == null || call.bodyText().contains(bodyContains));
    }

    boolean strikes() {
      return seen > after && (count == -1 || struck < count);
    }
  }

  private final Map<String, Fault> faults = new LinkedHashMap<>();
  private final Set<String> vendorEffects;
  private long made;

  Faults(Set<String> vendorEffects) {
    this.vendorEffects = vendorEffects;
  }

  /** Adds a fault and gives its id. */
  String add(ObjectNode given) {
    Fault fault = new Fault(given, vendorEffects);
    String id = "fault-" + ++made;
    faults.put(id, fault);
    return id;
  }

  boolean remove(String id) {
    return faults.remove(id) != null;
  }

  void clear() {
    faults.clear();
  }

  /** The effect for this request, or null. */
  Effect strike(Call call) {
    Effect effect = null;
    for (Fault fault : faults.values()) {
      if (fault.matches(call)) {
        fault.seen++;
        if (effect == null && fault.strikes()) {
          fault.struck++;
          effect = fault.effect;
        }
      }
    }
    return effect;
  }

  ArrayNode list() {
    ArrayNode all = Json.array();
    faults.forEach(
        (id, fault) -> {
          ObjectNode one = all.addObject().put("id", id);
          one.setAll(fault.asGiven);
          one.put("seen", fault.seen).put("struck", fault.struck);
        });
    return all;
  }

  private static long whole(JsonNode object, String field, int initial) {
    JsonNode value = object.get(field);
    if (value == null) {
      return initial;
    }
    if (!value.isInt()) {
      throw new IllegalArgumentException("fault." + field + ": a whole number is expected.");
    }
    return value.intValue();
  }

  static Pattern pattern(String regex) {
    try {
      return regex == null ? null : Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("path: not a regular expression: " + e.getMessage(), e);
    }
  }
}
