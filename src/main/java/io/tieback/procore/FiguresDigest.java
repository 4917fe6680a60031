package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The figures of an event as one short text, to tell a record that comes again unchanged from one
 * that comes with others. What else an event holds (ids of requests, links that were made since)
 * may differ.
 */
public final class FiguresDigest {

  private FiguresDigest() {}

  /**
   * SHA-256 in lower-case hex of the given fields of the elements of a list, in the order of the
   * elements' keys. Figures count by what they are worth, however they are written: {@code "1.0"}
   * and {@code 1.00} are the same. A field that is missing counts as none.
   *
   * @param lines the list; anything else counts as none
   * @param key field that tells the elements apart
   * @param fields the figures
   */
  public static String of(JsonNode lines, String key, List<String> fields) {
    String text =
        StreamSupport.stream(lines.spliterator(), false)
            .map(
                line ->
                    line.path(key)
                        + fields.stream()
                            .map(field -> " " + worth(line.path(field)))
                            .collect(Collectors.joining()))
            .sorted()
            .collect(Collectors.joining("\n"));
    return sha256(text);
  }

  private static String worth(JsonNode value) {
    try {
      return new BigDecimal(value.asText()).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException noFigure) {
      return value.isMissingNode() || value.isNull() ? "" : value.toString();
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The digest of a list's digests, for a record with several lists. */
  public static String of(String... digests) {
    return sha256(String.join("\n", Arrays.asList(digests)));
  }
}
