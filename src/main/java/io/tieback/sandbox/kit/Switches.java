package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named switches with defaults: whole numbers, flags, and words out of a list. A vendor declares
 * one for each fact that its reference calls uncertain and for each limit.
 */
public final class Switches {
  private record Declared(JsonNode initial, String description, List<String> words) {}

  private final Map<String, Declared> declared = new LinkedHashMap<>();
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  /** Declares a whole number. */
  public Switches number(String name, int initial, String description) {
    return declare(name, new Declared(IntNode.valueOf(initial), description, List.of()));
  }

  /** Declares a flag. */
  public Switches flag(String name, boolean initial, String description) {
    return declare(name, new Declared(BooleanNode.valueOf(initial), description, List.of()));
  }

  /** Declares a choice; the first word is the default. */
  public Switches choice(String name, List<String> words, String description) {
    return declare(
        name, new Declared(TextNode.valueOf(words.get(0)), description, List.copyOf(words)));
  }

  private Switches declare(String name, Declared declaration) {
    declared.put(name, declaration);
    values.put(name, declaration.initial());
    return this;
  }

  /** The value of a whole number. */
  public int number(String name) {
    return value(name).intValue();
  }

  /** The value of a flag. */
  public boolean flag(String name) {
    return value(name).booleanValue();
  }

  /** The word chosen. */
  public String choice(String name) {
    return value(name).textValue();
  }

  private JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("undeclared switch " + name);
    }
    return value;
  }

  /** All back to their defaults. */
  public void reset() {
    declared.forEach((name, declaration) -> values.put(name, declaration.initial()));
  }

  /** Present values. */
  public ObjectNode values() {
    ObjectNode all = Json.object();
    values.forEach(all::set);
    return all;
  }

  /** Whether such a switch exists. */
  public boolean has(String name) {
    return declared.containsKey(name);
  }

  /** The names, in order of declaration. */
  public List<String> names() {
    return List.copyOf(declared.keySet());
  }

  /**
   * Changes the named switches, all or none.
   *
   * @throws IllegalArgumentException naming the switch and what it takes
   */
  public void change(ObjectNode changes) {
    changes.fields().forEachRemaining(change -> check(change.getKey(), change.getValue()));
    changes.fields().forEachRemaining(change -> values.put(change.getKey(), change.getValue()));
  }

  private void check(String name, JsonNode value) {
    Declared declaration = declared.get(name);
    if (declaration == null) {
      throw new IllegalArgumentException(
          "Unknown setting \"" + name + "\"; known are " + String.join(", ", names()) + ".");
    }
    boolean fits =
        switch (declaration.initial().getNodeType()) {
          case NUMBER -> value.isInt();
          case BOOLEAN -> value.isBoolean();
          default -> value.isTextual() && declaration.words().contains(value.textValue());
        };
    if (!fits) {
      String wanted =
          switch (declaration.initial().getNodeType()) {
            case NUMBER -> "a whole number";
            case BOOLEAN -> "true or false";
            default -> "one of " + declaration.words();
          };
      throw new IllegalArgumentException(
          "Setting \"" + name + "\" takes " + wanted + ": " + declaration.description());
    }
  }
}
