package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a fault does to the request that it strikes. */
sealed interface Effect {
  /** Points at which a request can wait for a test. */
  enum Point {
    BEFORE,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    AFTER_ANSWER;

    static Point of(String text) {
      return switch (text == null ? "" : text) {
        case "before" -> BEFORE;
        case "beforeCommit" -> BEFORE_COMMIT;
        case "afterCommit" -> AFTER_COMMIT;
        case "afterAnswer" -> AFTER_ANSWER;
        default ->
            throw new IllegalArgumentException(
                "effect.meet.point: \""
                    + text
                    + "\" is none of before, beforeCommit, afterCommit, afterAnswer.");
      };
    }

    String word() {
      String[] parts = name().toLowerCase(Locale.ROOT).split("_");
      return parts.length == 1
          ? parts[0]
          : parts[0] + parts[1].substring(0, 1).toUpperCase(Locale.ROOT) + parts[1].substring(1);
    }
  }

  /** Answers this instead of processing. */
  record AnswerInstead(Answer answer) implements Effect {}

  /** Closes the connection and processes nothing. */
  record DropBefore() implements Effect {}

  /** Processes and commits, then closes the connection. */
  record DropAfter() implements Effect {}

  /** Closes the connection at once, processes later. */
  record LateCommit(long delayMillis) implements Effect {}

  /** Processes, then answers 200 with JSON cut off in the middle. */
  record Malformed() implements Effect {}

  /** Processes, then answers later. */
  record Delay(long delayMillis) implements Effect {}

  /** Calls a test back at a point and waits for its answer. */
  record Meet(Point point, String url) implements Effect {}

  /** An effect of the vendor, applied before processing. */
  record Vendor(String effect) implements Effect {}

  /**
   * Reads one effect.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static Effect read(JsonNode effect, Set<String> vendorEffects) {
    if (effect == null || !effect.isObject() || effect.size() != 1) {
      throw new IllegalArgumentException(
          "effect: exactly one of answer, drop, lateCommit, malformed, delayMillis, meet, vendor is"
              + " expected.");
    }
    String kind = effect.fieldNames().next();
    JsonNode value = effect.get(kind);
    return switch (kind) {
      case "answer" -> answer(value);
      case "drop" ->
          switch (value.asText()) {
            case "before" -> new DropBefore();
            case "after" -> new DropAfter();
            default ->
                throw new IllegalArgumentException(
                    "effect.drop: \"before\" or \"after\" is expected.");
          };
      case "lateCommit" -> {
        Json.onlyFields("effect.lateCommit", value, "delayMillis");
        yield new LateCommit(millis("effect.lateCommit.delayMillis", value.get("delayMillis")));
      }
      case "malformed" -> {
        if (!value.isBoolean() || !value.booleanValue()) {
          throw new IllegalArgumentException("effect.malformed: only true is possible.");
        }
        yield new Malformed();
      }
      case "delayMillis" -> new Delay(millis("effect.delayMillis", value));
      case "meet" -> {
        Json.onlyFields("effect.meet", value, "point", "url");
        String url = Json.text(value, "url");
        if (url == null || !url.startsWith("http://")) {
          throw new IllegalArgumentException("effect.meet.url: an http:// address is expected.");
        }
        yield new Meet(Point.of(Json.text(value, "point")), url);
      }
      case "vendor" -> {
        if (!vendorEffects.contains(value.asText())) {
          throw new IllegalArgumentException(
              "effect.vendor: \"" + value.asText() + "\" is none of " + vendorEffects + ".");
        }
        yield new Vendor(value.asText());
      }
      default -> throw new IllegalArgumentException("effect: \"" + kind + "\" is not known.");
    };
  }

  private static Effect answer(JsonNode value) {
    Json.onlyFields("effect.answer", value, "status", "headers", "body");
    JsonNode status = value.get("status");
    if (status == null || !status.isInt() || status.intValue() < 200 || status.intValue() > 599) {
      throw new IllegalArgumentException(
          "effect.answer.status: a whole number from 200 to 599 is expected.");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (value.get("headers") instanceof ObjectNode given) {
      given
          .fields()
          .forEachRemaining(header -> headers.put(header.getKey(), header.getValue().asText()));
    }
    JsonNode body = value.get("body");
    byte[] bytes;
    if (body == null || body.isNull()) {
      bytes = new byte[0];
    } else if (body.isTextual()) {
      bytes = body.textValue().getBytes(StandardCharsets.UTF_8);
    } else {
      bytes = Json.bytes(body);
      headers.putIfAbsent("Content-Type", "application/json; charset=utf-8");
    }
    return new AnswerInstead(new Answer(status.intValue(), headers, bytes));
  }

  private static long millis(String field, JsonNode value) {
    if (value == null || !value.isInt() || value.intValue() < 1) {
      throw new IllegalArgumentException(
          field + ": a whole number of milliseconds above 0 is expected.");
    }
    return value.intValue();
  }
}
