package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * How QuickBooks Online writes things in JSON: references, money, identifiers (reference section
 * 3). Reading itself is {@link Json}'s.
 */
final class QuickBooksJson {

  private QuickBooksJson() {}

  /** A text that is there and not blank, else null. */
  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? value.asText()
        : null;
  }

  /** The id of a record, or null. */
  static String id(JsonNode object) {
    return text(object, "Id");
  }

  /** The id that a reference names, or null when there is none. */
  static String reference(JsonNode object, String field) {
    return text(object.path(field), "value");
  }

  /** Whether a record of a list is active; one that does not say is. */
  static boolean isActive(JsonNode record) {
    return !record.path("Active").isBoolean() || record.path("Active").booleanValue();
  }

  /**
   * A calendar day, or null when it is absent.
   *
   * @throws Failure DEFECT when it is no day
   */
  static LocalDate date(JsonNode object, String field) {
    String text = text(object, field);
    try {
      return text == null
          ? null
          : LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
    } catch (DateTimeException e) {
      throw Failure.of(
          FailureKind.DEFECT,
          field + " is '" + text + "', which is no day",
          "Report this answer of QuickBooks Online.");
    }
  }

  /** Puts a reference; nothing for null. */
  static void refer(ObjectNode object, String field, String id) {
    if (id != null) {
      object.putObject(field).put("value", id);
    }
  }

  /** Puts a text; nothing for null. */
  static void put(ObjectNode object, String field, String text) {
    if (text != null) {
      object.put(field, text);
    }
  }

  /**
   * An amount of money, exact.
   *
   * @throws Failure DEFECT when it is missing or finer than cents
   */
  static Money money(JsonNode object, String field, String of) {
    JsonNode value = object.path(field);
    try {
      if (value.isNumber()) {
        return new Money(value.decimalValue());
      }
      if (value.isTextual()) {
        return new Money(new BigDecimal(value.textValue()));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw Failure.of(
          FailureKind.DEFECT,
          field + " of " + of + " is " + value + ", which is not an amount of whole cents",
          "Report this answer of QuickBooks Online.");
    }
    throw Failure.of(
        FailureKind.DEFECT,
        field + " of " + of + " is missing in the answer of QuickBooks Online",
        "Report this answer of QuickBooks Online.");
  }
}
