package io.tieback.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Builds the query of an address, or a form, with names and values percent-encoded; keeps their
 * order.
 */
public final class Query {

  private final StringBuilder text = new StringBuilder();

  /** Adds a pair; a null value adds nothing. */
  public Query with(String name, Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? "" : "&")
          .append(encoded(name))
          .append('=')
          .append(encoded(String.valueOf(value)));
    }
    return this;
  }

  /** The path with this query behind it, or the path alone when there is none. */
  public String after(String path) {
    return text.isEmpty() ? path : path + "?" + text;
  }

  /** The pairs as they go into a form's body. */
  @Override
  public String toString() {
    return text.toString();
  }

  private static String encoded(String part) {
    // A plus sign means a space only in forms; %20 means it in both.
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
