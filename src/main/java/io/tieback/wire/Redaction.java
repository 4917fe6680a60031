package io.tieback.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what must not get into logs, errors and dead letters: bearer tokens, secrets by their name,
 * and long runs of digits such as bank and card numbers. Ids are left readable, since nobody can
 * mend a record without them: numbers of JSON that are not named like an account, digits after
 * {@code id}, {@code #}, a slash or the word for a record of Procore's, and digits of a UUID.
 */
public final class Redaction {

  /** What stands in place of a secret. */
  public static final String MASK = "***";

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(secret|password|passwd|authorization|access_?token|refresh_?token|id_token|api_?key|private_?key|assertion|set-cookie|cookie).*|token|code_verifier");
  private static final Pattern ACCOUNT_NAME =
      Pattern.compile(
          "(?i).*(bank|iban|routing|sort_?code|account_?(number|no)|card_?number|ssn|tax_?(number|id)).*");

  private static final Pattern BEARER =
      Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
  private static final Pattern JWT =
      Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)?");
  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "(?i)([\"']?[\\w-]*(?:secret|password|passwd|access_?token|refresh_?token|id_token|api_?key|private_?key|assertion)[\\w-]*[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s&,;\"'}]+)");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "(?i)([\"']?\\bauthorization[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\r\\n,}]+)");
  private static final Pattern IBAN =
      Pattern.compile("\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\\b");
  private static final Pattern CARD =
      Pattern.compile("(?<![\\w-])\\d{4}[ -]\\d{4}[ -]\\d{4}[ -]\\d{1,7}(?![\\w-])");
  private static final Pattern DIGITS =
      Pattern.compile(
          "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?<![\\w.])\\d{9,}(?![\\w]|\\.\\d)");
  private static final Pattern IDENTIFIER_BEFORE =
      Pattern.compile(
          "(?i)(?:id|ids|request|requisition|item|delivery|event|company|vendor|project|commitment|contract|invoice|payment|detail|hook|cost"
              + " (?:code|type)|[#/=|:])[\"']?\\s*[:=#]?\\s*$");
  private static final int SHOWN = 4;
  private static final int LOOK_BACK = 24;

  private Redaction() {}

  /** Masks secrets in a text of any kind, JSON and forms included. Null stays null. */
  public static String text(String text) {
    if (text == null || text.isEmpty()) {
      return text;
    }
    String masked = JWT.matcher(text).replaceAll(MASK);
    masked = AUTHORIZATION.matcher(masked).replaceAll("$1" + MASK);
    masked = BEARER.matcher(masked).replaceAll("$1 " + MASK);
    masked = NAMED_SECRET.matcher(masked).replaceAll("$1" + MASK);
    masked =
        IBAN.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(lastFour(found.group())));
    masked =
        CARD.matcher(masked).replaceAll(found -> Matcher.quoteReplacement(lastFour(found.group())));
    return digits(masked);
  }

  /** Masks secrets in JSON text, keeping it JSON; text that is not JSON is masked as text. */
  public static String json(String json) {
    if (json == null || json.isBlank()) {
      return json;
    }
    try {
      return Json.write(tree(Json.mapper().readTree(json)));
    } catch (JsonProcessingException e) {
      return text(json);
    }
  }

  /**
   * A copy of a JSON tree with secrets masked: whole values of fields named like secrets, all but
   * four digits of accounts, and {@link #text} elsewhere.
   */
  public static JsonNode tree(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = Json.object();
      object
          .fields()
          .forEachRemaining(
              field -> copy.set(field.getKey(), named(field.getKey(), field.getValue())));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.array();
      array.forEach(element -> copy.add(tree(element)));
      return copy;
    }
    return node.isTextual() ? TextNode.valueOf(text(node.textValue())) : node;
  }

  private static JsonNode named(String name, JsonNode value) {
    if (value.isNull()) {
      return value;
    }
    if (SECRET_NAME.matcher(name).matches()) {
      return TextNode.valueOf(MASK);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (ACCOUNT_NAME.matcher(name).matches() && value.isValueNode() && !lower.endsWith("_id")) {
      return TextNode.valueOf(lastFour(value.asText()));
    }
    if (value.isTextual()
        && (lower.equals("id")
            || lower.endsWith("_id")
            || lower.endsWith("_ids")
            || lower.endsWith("url"))) {
      // Ids and addresses lead a person to the record; a secret in them is still found by its form.
      return TextNode.valueOf(
          JWT.matcher(NAMED_SECRET.matcher(value.textValue()).replaceAll("$1" + MASK))
              .replaceAll(MASK));
    }
    return tree(value);
  }

  private static String digits(String text) {
    Matcher found = DIGITS.matcher(text);
    StringBuilder masked = new StringBuilder();
    while (found.find()) {
      String before = text.substring(Math.max(0, found.start() - LOOK_BACK), found.start());
      boolean id = found.group().indexOf('-') >= 0 || IDENTIFIER_BEFORE.matcher(before).find();
      found.appendReplacement(
          masked, Matcher.quoteReplacement(id ? found.group() : lastFour(found.group())));
    }
    return found.appendTail(masked).toString();
  }

  private static String lastFour(String number) {
    return number.length() <= SHOWN * 2 ? MASK : MASK + number.substring(number.length() - SHOWN);
  }
}
