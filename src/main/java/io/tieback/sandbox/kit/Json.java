package io.tieback.sandbox.kit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON of the stand-ins. Decimals are read and written as exact {@link java.math.BigDecimal}; this
 * is why Jackson is used and not the JSON of Vert.x, which reads decimals as binary floating point.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  /** A new empty object. */
  public static ObjectNode object() {
    return MAPPER.getNodeFactory().objectNode();
  }

  /** A new empty array. */
  public static ArrayNode array() {
    return MAPPER.getNodeFactory().arrayNode();
  }

  /**
   * Parses one JSON value.
   *
   * @throws JsonProcessingException when the bytes are not exactly one JSON value; an empty input
   *     counts as that
   */
  public static JsonNode parse(byte[] json) throws JsonProcessingException {
    try {
      return required(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /** As {@link #parse(byte[])}, from text. */
  public static JsonNode parse(String json) throws JsonProcessingException {
    return required(MAPPER.readTree(json));
  }

  private static JsonNode required(JsonNode node) throws JsonProcessingException {
    if (node == null || node.isMissingNode()) {
      throw new com.fasterxml.jackson.databind.JsonMappingException(
          null, "The body is empty; JSON is expected.");
    }
    return node;
  }

  /** The value as UTF-8 JSON. */
  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /**
   * The object's field as text, or null when absent or JSON null. Numbers and booleans are given as
   * written.
   */
  public static String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  /**
   * Refuses fields that nobody reads, so that a misspelt field in a seed or a fault is not silently
   * ignored.
   *
   * @throws IllegalArgumentException naming the field and the ones that exist
   */
  public static void onlyFields(String where, JsonNode object, String... allowed) {
    if (!object.isObject()) {
      throw new IllegalArgumentException(where + ": a JSON object is expected.");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!Arrays.asList(allowed).contains(name)) {
                throw new IllegalArgumentException(
                    where
                        + ": unknown field \""
                        + name
                        + "\"; known are "
                        + String.join(", ", allowed)
                        + ".");
              }
            });
  }
}
