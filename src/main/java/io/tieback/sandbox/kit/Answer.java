package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a vendor answers: made after the state change is committed and written afterwards, so that a
 * fault can stand between.
 *
 * @param status HTTP status
 * @param headers header name to value, one value each
 * @param body bytes, possibly none
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final byte[] NOTHING = new byte[0];

  /** A JSON answer with content type {@code application/json; charset=utf-8}. */
  public static Answer json(int status, JsonNode body) {
    return json(status, Json.bytes(body));
  }

  /** As {@link #json(int, JsonNode)}, for bytes that are JSON already. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
  }

  /** An answer without body and without content type. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), NOTHING);
  }

  /** A text answer, UTF-8. */
  public static Answer text(int status, String contentType, String body) {
    return new Answer(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  /** This answer with one more header (replacing one of the same spelling). */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  /** This answer with other headers added. */
  public Answer with(Map<String, String> others) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(others);
    return new Answer(status, more, body);
  }
}
