package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How Xero writes things in JSON: money, {@code /Date(...)/}, and its messages (Xero reference
 * sections 1.1, 1.2, 3.3). Reading itself is {@link io.tieback.wire.Json}'s.
 */
final class XeroJson {

  private static final String ZERO_ID = "00000000-0000-0000-0000-000000000000";
  private static final Pattern EPOCH = Pattern.compile("/Date\\((-?\\d+)(?:[+-]\\d{4})?\\)/");

  private XeroJson() {}

  /** A text that is there and not blank, else null. */
  static String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? value.asText()
        : null;
  }

  /** An id, or null when it is missing or Xero's id for nothing. */
  static String id(JsonNode object, String field) {
    String value = text(object, field);
    return ZERO_ID.equals(value) ? null : value;
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
          "Report this answer of Xero.");
    }
    throw Failure.of(
        FailureKind.DEFECT,
        field + " of " + of + " is missing in Xero's answer",
        "Report this answer of Xero.");
  }

  /**
   * A moment from {@code /Date(ms)/} or {@code /Date(ms+0000)/}, or null. The figure counts from
   * 1970 in UTC whatever the offset says.
   */
  static Instant instant(JsonNode object, String field) {
    return instant(object.path(field));
  }

  /** A moment from a value of that form, or null. */
  static Instant instant(JsonNode form) {
    String value = form.textValue();
    if (value == null) {
      return null;
    }
    Matcher epoch = EPOCH.matcher(value);
    return epoch.matches() ? Instant.ofEpochMilli(Long.parseLong(epoch.group(1))) : null;
  }

  /**
   * A calendar day: midnight UTC of that day (section 1.1); in any other zone it could be the day
   * before. Null when absent.
   */
  static LocalDate date(JsonNode object, String field) {
    Instant midnight = instant(object, field);
    if (midnight != null) {
      return midnight.atZone(ZoneOffset.UTC).toLocalDate();
    }
    String plain = text(object, field);
    return plain != null && plain.matches("\\d{4}-\\d{2}-\\d{2}.*")
        ? LocalDate.parse(plain.substring(0, 10))
        : null;
  }

  /**
   * Every message of {@code ValidationErrors}, at any depth: the contact and the lines have lists
   * of their own.
   */
  static List<String> validationErrors(JsonNode node) {
    List<String> found = new ArrayList<>();
    collect(node, "ValidationErrors", found);
    return found;
  }

  /** Every message of {@code Warnings}, at any depth. */
  static List<String> warnings(JsonNode node) {
    List<String> found = new ArrayList<>();
    collect(node, "Warnings", found);
    return found;
  }

  private static void collect(JsonNode node, String name, List<String> into) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, name, into));
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                if (field.getKey().equals(name)) {
                  field.getValue().forEach(entry -> add(words(entry), into));
                } else {
                  collect(field.getValue(), name, into);
                }
              });
    }
  }

  // The documentation's bulk example once has Description where every other place has Message.
  private static String words(JsonNode entry) {
    String message = text(entry, "Message");
    return message != null ? message : text(entry, "Description");
  }

  private static void add(String message, List<String> into) {
    if (message != null && !into.contains(message)) {
      into.add(message);
    }
  }
}
