package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties of an object, written as text: {@code Name:type}, {@code Name{...}} for an object
 * and {@code Name[...]} for an array of objects. A {@code !} behind means required, a {@code -}
 * read only (taken and ignored, since clients send back what they read). Types: {@code text},
 * {@code text21} (with its limit), {@code flag}, {@code money} (2 decimals), {@code price} (7
 * decimals), {@code whole}, {@code date}, {@code ref=Vendor} (to an object of that kind), {@code
 * currency}, {@code word=A|B}, {@code any} (kept as sent).
 */
final class Shape {
  private static final int MONEY_DECIMALS = 2;
  private static final int PRICE_DECIMALS = 7;
  private static final int DIGITS = 15;

  /** One property. */
  record Field(
      String name, String type, String argument, boolean required, boolean readOnly, Shape inner) {}

  /** Turns a reference into the one that is stored; refuses unknown and inactive ones. */
  interface References {
    ObjectNode resolve(String kind, String id, String element);
  }

  private final Map<String, Field> fields = new LinkedHashMap<>();

  private Shape() {}

  static Shape of(String text) {
    return new Reader(text).shape(false);
  }

  Map<String, Field> fields() {
    return fields;
  }

  /**
   * The writable part of what was sent, checked. JSON null stands for no value and is kept as such.
   *
   * @param partial whether required properties may be missing (sparse update)
   */
  ObjectNode clean(ObjectNode sent, boolean partial, References references) {
    return clean(sent, "", partial, references);
  }

  private ObjectNode clean(ObjectNode sent, String path, boolean partial, References references) {
    ObjectNode out = Json.object();
    sent.fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.containsKey(name)) {
                throw Refusal.property(path + name, "specified is unsupported or invalid");
              }
            });
    for (Field field : fields.values()) {
      JsonNode value = sent.get(field.name());
      String element = path + field.name();
      if (value == null || value.isNull()) {
        if (field.required() && !(partial && value == null)) {
          throw Refusal.missing(element);
        }
        if (value != null && !field.readOnly()) {
          out.putNull(field.name());
        }
      } else if (!field.readOnly()) {
        out.set(field.name(), value(field, value, element, references));
      }
    }
    return out;
  }

  private JsonNode value(Field field, JsonNode value, String element, References references) {
    return switch (field.type()) {
      case "text" -> text(field, value, element);
      case "word" -> word(field, value, element);
      case "flag" -> need(value.isBoolean(), value, element, "true or false");
      case "money" -> decimal(value, element, MONEY_DECIMALS);
      case "price" -> decimal(value, element, PRICE_DECIMALS);
      case "whole" -> need(value.isIntegralNumber(), value, element, "a whole number");
      case "date" -> date(value, element);
      case "ref", "currency" -> reference(field, value, element, references);
      case "object" ->
          field.inner().clean(object(value, element), element + ".", false, references);
      case "array" -> array(field, value, element, references);
      default -> value.deepCopy();
    };
  }

  private static JsonNode need(boolean fits, JsonNode value, String element, String wanted) {
    if (!fits) {
      throw Refusal.property(element, "takes " + wanted);
    }
    return value;
  }

  private static ObjectNode object(JsonNode value, String element) {
    return (ObjectNode) need(value.isObject(), value, element, "an object");
  }

  /** Codes 2040 and 2050 are from recollection; the reference does not name them. */
  private static JsonNode text(Field field, JsonNode value, String element) {
    need(value.isTextual(), value, element, "a string");
    int most = field.argument().isEmpty() ? 4000 : Integer.parseInt(field.argument());
    int length = value.textValue().length();
    if (length > most) {
      throw Refusal.invalid(
          "2050",
          "String length is either shorter or longer than supported by specification",
          "String length specified does not match the supported length. Min:0 Max:"
              + most
              + " supported. Supplied length:"
              + length,
          element);
    }
    return value;
  }

  private static JsonNode word(Field field, JsonNode value, String element) {
    need(value.isTextual(), value, element, "a string");
    if (!List.of(field.argument().split("\\|")).contains(value.textValue())) {
      throw Refusal.property(element, "takes one of " + field.argument().replace("|", ", "));
    }
    return value;
  }

  private static JsonNode decimal(JsonNode value, String element, int decimals) {
    need(value.isNumber(), value, element, "a number");
    BigDecimal number = value.decimalValue();
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (plain.scale() > decimals || plain.precision() - plain.scale() > DIGITS - decimals) {
      throw Refusal.invalid(
          "2060",
          "Invalid Number",
          "Invalid Number : "
              + element
              + " takes at most "
              + (DIGITS - decimals)
              + " digits and "
              + decimals
              + " decimals. Supplied:"
              + number.toPlainString(),
          element);
    }
    return DecimalNode.valueOf(number);
  }

  private static JsonNode date(JsonNode value, String element) {
    need(value.isTextual(), value, element, "a date");
    try {
      LocalDate day = LocalDate.parse(value.textValue());
      return need(day.getYear() > 0, value, element, "a date");
    } catch (DateTimeParseException e) {
      throw Refusal.property(element, "takes a date YYYY-MM-DD");
    }
  }

  private static JsonNode reference(
      Field field, JsonNode value, String element, References references) {
    ObjectNode sent = object(value, element);
    sent.fieldNames()
        .forEachRemaining(
            name -> {
              if (!List.of("value", "name", "type").contains(name)) {
                throw Refusal.property(element + "." + name, "specified is unsupported or invalid");
              }
            });
    String id = Json.text(sent, "value");
    if (id == null || id.isEmpty()) {
      throw Refusal.missing(element + ".value");
    }
    need(sent.get("value").isTextual(), value, element + ".value", "a string");
    if (field.type().equals("currency")) {
      return Json.object().put("value", id);
    }
    ObjectNode out = references.resolve(field.argument(), id, element);
    if (field.argument().isEmpty() && sent.hasNonNull("type")) {
      out.set("type", sent.get("type"));
    }
    return out;
  }

  private static JsonNode array(
      Field field, JsonNode value, String element, References references) {
    need(value.isArray(), value, element, "an array");
    ArrayNode out = Json.array();
    for (JsonNode one : value) {
      out.add(field.inner().clean(object(one, element), element + ".", false, references));
    }
    return out;
  }

  /** Reads the text form. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Shape shape(boolean nested) {
      Shape shape = new Shape();
      while (true) {
        while (at < text.length() && text.charAt(at) == ' ') {
          at++;
        }
        if (at == text.length() || text.charAt(at) == '}' || text.charAt(at) == ']') {
          if (nested != at < text.length()) {
            throw new IllegalStateException("brackets of a shape do not match: " + text);
          }
          return shape;
        }
        Field field = field();
        shape.fields.put(field.name(), field);
      }
    }

    private Field field() {
      String name = until(":{[");
      char kind = text.charAt(at++);
      if (kind != ':') {
        Shape inner = shape(true);
        at++;
        String marks = until(" }]");
        return new Field(
            name,
            kind == '{' ? "object" : "array",
            "",
            marks.contains("!"),
            marks.contains("-"),
            inner);
      }
      String type = until(" }]");
      boolean required = type.endsWith("!");
      boolean readOnly = type.endsWith("-");
      if (required || readOnly) {
        type = type.substring(0, type.length() - 1);
      }
      String argument = "";
      int equals = type.indexOf('=');
      if (equals >= 0) {
        argument = type.substring(equals + 1).replace('_', ' ');
        type = type.substring(0, equals);
      } else if (type.startsWith("text") && type.length() > 4) {
        argument = type.substring(4);
        type = "text";
      }
      return new Field(name, type, argument, required, readOnly, null);
    }

    private String until(String ends) {
      int start = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }
  }
}
