package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Reads fields of Procore's JSON exactly. Money and quantities come as decimal strings or as
 * numbers (Procore reference section 3); both are read, and nothing is rounded or guessed: what
 * cannot be used is refused with the field's name and its value.
 */
public final class Fields {

  private static final String REMEDY =
      "Tell whoever runs Tieback: Procore's data does not have the published form. Then replay.";

  private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");
  private static final Pattern DECIMAL = Pattern.compile("\\s*-?\\d{1,18}(\\.\\d{1,18})?\\s*");

  private Fields() {}

  /** An id, 64 bits, as number or text. */
  public static long id(JsonNode node, String field, String of) {
    Long id = idOrNull(node, field, of);
    if (id == null) {
      throw missing(field, of);
    }
    return id;
  }

  /** An id, or null when it is absent. */
  public static Long idOrNull(JsonNode node, String field, String of) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isTextual() && ID.matcher(value.textValue()).matches()) {
      return Long.valueOf(value.textValue());
    }
    throw wrong(field, of, value, "a whole number");
  }

  /** A text, or null when it is absent or blank. */
  public static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull() || value.isContainerNode()) {
      return null;
    }
    String text = value.asText();
    return text.isBlank() ? null : text;
  }

  /** Money that has to be there. */
  public static Money money(JsonNode node, String field, String of) {
    Money money = moneyOrNull(node, field, of);
    if (money == null) {
      throw missing(field, of);
    }
    return money;
  }

  /** Money, or zero where Procore leaves out what does not apply. */
  public static Money moneyOrZero(JsonNode node, String field, String of) {
    Money money = moneyOrNull(node, field, of);
    return money == null ? Money.ZERO : money;
  }

  /** Money, or null when it is absent. */
  public static Money moneyOrNull(JsonNode node, String field, String of) {
    BigDecimal figure = decimalOrNull(node, field, of);
    if (figure == null) {
      return null;
    }
    try {
      return new Money(figure);
    } catch (ArithmeticException e) {
      throw wrong(field, of, node.path(field), "an amount with at most two decimals");
    }
  }

  /** A decimal with all its digits, or null when it is absent. */
  public static BigDecimal decimalOrNull(JsonNode node, String field, String of) {
    JsonNode value = node.path(field);
    if (value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank())) {
      return null;
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    if (value.isTextual() && DECIMAL.matcher(value.textValue()).matches()) {
      return new BigDecimal(value.textValue().strip());
    }
    throw wrong(field, of, value, "a decimal number");
  }

  /** A day, or null when it is absent; of a point in time the day is taken as it is written. */
  public static LocalDate dateOrNull(JsonNode node, String field, String of) {
    String text = text(node, field);
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(
          text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text);
    } catch (DateTimeParseException e) {
      throw wrong(field, of, node.path(field), "a day such as 2026-01-31");
    }
  }

  private static Failure missing(String field, String of) {
    return ProcoreClient.unusable(of + " in Procore", field + " is missing", REMEDY);
  }

  private static Failure wrong(String field, String of, JsonNode value, String expected) {
    return ProcoreClient.unusable(
        of + " in Procore", field + " is " + value + ", " + expected + " is expected", REMEDY);
  }
}
