package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tells whether a record would be exported otherwise than before. Links, times of change, and
 * figures that follow from other records (approved changes, payments) do not count: they change
 * without anybody having changed the record.
 */
final class EventDigest {

  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");

  private static final Set<String> NOT_COUNTED =
      Set.of(
          "status",
          "executed",
          "synced",
          "synced_to_erp",
          "created_at",
          "updated_at",
          "approved_change_orders",
          "pending_change_orders",
          "draft_change_orders_amount",
          "revised_contract",
          "pending_revised_contract",
          RequisitionEvents.COPY,
          RequisitionEvents.COPY_BEFORE);

  private EventDigest() {}

  /** SHA-256 in lower-case hex. Figures count by what they are worth, however they are written. */
  static String of(JsonNode event) {
    StringBuilder text = new StringBuilder();
    append(event, text);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
      text.append('{');
      fields.forEach(
          (name, value) -> {
            boolean counts =
                !value.isNull() && !NOT_COUNTED.contains(name) && !name.contains("origin_");
            if (counts) {
              text.append(name).append(':');
              append(value, text);
            }
          });
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      node.forEach(element -> append(element, text));
      text.append(']');
    } else {
      text.append(worth(node)).append('\n');
    }
  }

  private static String worth(JsonNode value) {
    String written = value.asText();
    return (value.isNumber() || value.isTextual()) && DECIMAL.matcher(written).matches()
        ? new BigDecimal(written).stripTrailingZeros().toPlainString()
        : value.toString();
  }
}
