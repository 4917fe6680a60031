package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds answers of the stand-in against the Procore subset ({@code tieback.specs}, {@code
 * TIEBACK_SPECS}, else {@code ../shared/specs}): every field that is sent must be known there and
 * have its type.
 */
final class Contract {
  private static final JsonNode SPEC = read();

  private Contract() {}

  private static JsonNode read() {
    String folder =
        System.getProperty(
            "tieback.specs", System.getenv().getOrDefault("TIEBACK_SPECS", "../shared/specs"));
    try {
      return Json.parse(Files.readAllBytes(Path.of(folder, "procore-erp-subset.json")));
    } catch (IOException e) {
      throw new AssertionError("The Procore subset is needed: set tieback.specs to its folder.", e);
    }
  }

  /**
   * What is wrong with an answer; empty when nothing is. {@code known} names fields that the subset
   * lacks.
   */
  static List<String> answer(
      String method, String path, String status, JsonNode body, String... known) {
    JsonNode schema =
        SPEC.at("/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method)
            .at("/responses/" + status + "/content/application~1json/schema");
    if (schema.isMissingNode()) {
      throw new AssertionError(
          "no such answer in the subset: " + method + " " + path + " " + status);
    }
    List<String> wrong = new ArrayList<>();
    check("", schema, body, List.of(known), wrong);
    return wrong;
  }

  /** As above for the {@code request_data} of an ERP event. */
  static List<String> event(String name, JsonNode data, String... known) {
    List<String> wrong = new ArrayList<>();
    check("", SPEC.at("/x-erp-events/" + name + "/requestData"), data, List.of(known), wrong);
    return wrong;
  }

  private static void check(
      String at, JsonNode given, JsonNode value, List<String> known, List<String> wrong) {
    JsonNode schema = given.has("$ref") ? SPEC.at(given.get("$ref").asText().substring(1)) : given;
    if (schema.has("oneOf")) {
      List<String> tried = new ArrayList<>();
      for (JsonNode one : schema.get("oneOf")) {
        List<String> own = new ArrayList<>();
        check(at, one, value, known, own);
        if (own.isEmpty()) {
          return;
        }
        tried.addAll(own);
      }
      wrong.add(at + " fits none of the variants: " + tried);
      return;
    }
    if (schema.path("type").asText().equals("object") && schema.path("properties").isEmpty()) {
      // The copy of the contract was cut here: below this depth it knows nothing.
      return;
    }
    if (value.isNull()) {
      if (!schema.path("nullable").asBoolean() && schema.has("type")) {
        wrong.add(at + " is null");
      }
      return;
    }
    boolean fits =
        switch (schema.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "string" ->
              value.isTextual() && format(schema.path("format").asText(), value.textValue());
          default -> true;
        };
    if (!fits) {
      wrong.add(
          at
              + " is "
              + value
              + ", not "
              + schema.path("type").asText()
              + " "
              + schema.path("format").asText());
    }
    if (schema.has("enum")
        && value.isTextual()
        && !schema.get("enum").toString().contains(value.toString())) {
      wrong.add(at + " is " + value + ", none of " + schema.get("enum"));
    }
    if (value.isObject() && schema.path("properties").size() > 0) {
      value
          .fields()
          .forEachRemaining(
              field -> {
                JsonNode property = schema.get("properties").get(field.getKey());
                if (property != null) {
                  check(at + "/" + field.getKey(), property, field.getValue(), known, wrong);
                } else if (!known.contains(field.getKey())) {
                  wrong.add(at + "/" + field.getKey() + " is unknown");
                }
              });
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(at + "/" + i, schema.get("items"), value.get(i), known, wrong);
      }
    }
  }

  private static boolean format(String format, String text) {
    return switch (format) {
      case "date" -> text.matches("\\d{4}-\\d\\d-\\d\\d");
      case "date-time" -> text.matches("\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)");
      case "decimal" -> text.matches("-?\\d+\\.\\d+");
      default -> true;
    };
  }
}
