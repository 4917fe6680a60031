package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** One object of a seed with the place it stands at, so that every complaint says where. */
final class SeedReader {
  final String where;
  final ObjectNode json;

  private SeedReader(String where, ObjectNode json) {
    this.where = where;
    this.json = json;
  }

  /** The whole seed. */
  static SeedReader root(ObjectNode seed, String... fields) {
    Json.onlyFields("seed", seed, fields);
    return new SeedReader("", seed);
  }

  /** The objects of an array member; none when it is absent. */
  List<SeedReader> list(String field, String... fields) {
    JsonNode value = json.get(field);
    List<SeedReader> all = new ArrayList<>();
    if (value == null) {
      return all;
    }
    if (!(value instanceof ArrayNode array)) {
      throw wrong(field, "an array is expected.");
    }
    for (int i = 0; i < array.size(); i++) {
      String place = (where.isEmpty() ? "" : where + ".") + field + "[" + i + "]";
      Json.onlyFields(place, array.get(i), fields);
      all.add(new SeedReader(place, (ObjectNode) array.get(i)));
    }
    return all;
  }

  IllegalArgumentException wrong(String field, String what) {
    return new IllegalArgumentException(
        (where.isEmpty() ? field : where + "." + field) + ": " + what);
  }

  String text(String field) {
    String value = textOrNull(field);
    if (value == null || value.isBlank()) {
      throw wrong(field, "is required.");
    }
    return value;
  }

  String textOrNull(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrong(field, "a text is expected, not " + value + ".");
    }
    return value.textValue();
  }

  long number(String field) {
    Long value = numberOrNull(field);
    if (value == null) {
      throw wrong(field, "is required.");
    }
    return value;
  }

  Long numberOrNull(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(field, "a whole number is expected, not " + value + ".");
    }
    return value.longValue();
  }

  boolean flag(String field) {
    JsonNode value = json.get(field);
    if (value != null && !value.isBoolean()) {
      throw wrong(field, "true or false is expected, not " + value + ".");
    }
    return value != null && value.booleanValue();
  }

  BigDecimal decimalOrNull(String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    try {
      return new BigDecimal(value.asText());
    } catch (NumberFormatException e) {
      throw wrong(field, "a decimal such as \"1250.00\" is expected, not " + value + ".");
    }
  }

  /** Money: at most two decimals. */
  BigDecimal moneyOrNull(String field) {
    BigDecimal value = decimalOrNull(field);
    if (value != null && value.stripTrailingZeros().scale() > 2) {
      throw wrong(field, "money has at most two decimals, not " + value + ".");
    }
    return value;
  }

  LocalDate date(String field) {
    LocalDate value = dateOrNull(field);
    if (value == null) {
      throw wrong(field, "is required.");
    }
    return value;
  }

  LocalDate dateOrNull(String field) {
    String value = textOrNull(field);
    try {
      return value == null ? null : LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      throw wrong(field, "a date such as 2026-01-31 is expected, not " + value + ".");
    }
  }

  String word(String field, String initial, List<String> words) {
    String value = textOrNull(field);
    if (value == null && initial != null) {
      return initial;
    }
    if (value == null || !words.contains(value)) {
      throw wrong(field, "one of " + words + " is expected, not " + value + ".");
    }
    return value;
  }
}
