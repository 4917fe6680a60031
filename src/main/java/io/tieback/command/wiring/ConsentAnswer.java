package io.tieback.command.wiring;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the browser brings back from a consent, in the query of the address that it opens. */
public final class ConsentAnswer {

  private final Map<String, String> fields;

  private ConsentAnswer(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Reads the query of an address, without its question mark; null for none. */
  public static ConsentAnswer of(String rawQuery) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new ConsentAnswer(pairs);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }

  /** A field, such as {@code code} or {@code state}. */
  public Optional<String> get(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** The code that tokens are given for. */
  public Optional<String> code() {
    return get("code");
  }
}
