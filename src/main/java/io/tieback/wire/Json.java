package io.tieback.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The one JSON mapper: numbers with a fraction are exact decimals with the scale they were written
 * with, never binary floating point (Camel guide 4.19).
 */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private Json() {}

  /** The mapper itself, for binding; its configuration is not to be changed. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** A new, empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A new, empty array. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** JSON text of a tree. */
  public static String write(JsonNode tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /** JSON bytes of a tree, UTF-8. */
  public static byte[] bytes(JsonNode tree) {
    return write(tree).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a text that is surely JSON, such as one that Tieback stored itself.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("text is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a whole document.
   *
   * @return the tree; a missing node when there are no bytes
   * @throws JsonProcessingException when it is not JSON, is cut off or goes on after its end
   */
  public static JsonNode read(byte[] bytes) throws JsonProcessingException {
    try {
      return MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a record of which a text holds the character NUL, which PostgreSQL stores in no text:
   * alone, before it holds up those that are stored with it.
   *
   * @param written the tree as JSON text
   * @param what it is, for a person
   * @throws Failure REFUSED, with the field's path
   */
  public static void requireStorable(String written, String what) {
    // Looked at more closely only if it may be there: the escape may also be somebody's own text.
    String field = written.contains("\\u0000") ? fieldWithNul(read(written), "") : null;
    if (field != null) {
      throw Failure.of(
          FailureKind.REFUSED,
          what
              + ": the text of "
              + field
              + " holds the character NUL (U+0000), which no text may hold",
          "Remove it from that field in Procore, then send the record again.");
    }
  }

  private static String fieldWithNul(JsonNode node, String path) {
    if (node.isTextual()) {
      return node.textValue().indexOf('\0') >= 0 ? (path.isEmpty() ? "/" : path) : null;
    }
    var fields = node.fields();
    while (fields.hasNext()) {
      var field = fields.next();
      String found =
          field.getKey().indexOf('\0') >= 0
              ? path + "/(a field name)"
              : fieldWithNul(field.getValue(), path + "/" + field.getKey());
      if (found != null) {
        return found;
      }
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        String found = fieldWithNul(node.get(i), path + "/" + i);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /**
   * Reads the body of a successful answer.
   *
   * @return the tree; a missing node when the body is empty
   * @throws Failure when the body is no JSON or is cut off: TRANSIENT for a read, UNKNOWN for a
   *     write
   */
  public static JsonNode body(HttpCall call, HttpAnswer answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      String why =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw Failures.unreadable(call, answer, why);
    }
  }
}
