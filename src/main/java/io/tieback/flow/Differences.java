package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is different between a document that was accepted and one that was composed since. */
final class Differences {

  private static final List<String> FIELDS =
      List.of(
          "kind",
          "number",
          "name",
          "title",
          "contact",
          "existing",
          "date",
          "due",
          "delivery",
          "order",
          "total",
          "tax",
          "key",
          "renamed",
          "purchaseAccount",
          "salesAccount");

  private static final Map<String, String> OF_LINE =
      new TreeMap<>(
          Map.of(
              "description", "text",
              "item", "item",
              "account", "account",
              "quantity", "quantity",
              "unitAmount", "price",
              "amount", "amount",
              "taxType", "tax type",
              "tax", "tax"));

  private static final int MOST = 12;

  private Differences() {}

  /** In words for people, the most important first; never blank. */
  static String between(JsonNode accepted, JsonNode now) {
    List<String> differences = new ArrayList<>();
    for (String field : FIELDS) {
      compare(field, accepted.path(field), now.path(field), differences);
    }
    JsonNode before = accepted.path("lines");
    JsonNode after = now.path("lines");
    if (before.size() != after.size()) {
      differences.add("lines: " + before.size() + " accepted, " + after.size() + " now");
    }
    for (int line = 0; line < Math.min(before.size(), after.size()); line++) {
      for (Map.Entry<String, String> field : OF_LINE.entrySet()) {
        compare(
            field.getValue() + " of line " + (line + 1),
            before.path(line).path(field.getKey()),
            after.path(line).path(field.getKey()),
            differences);
      }
    }
    if (differences.isEmpty()) {
      return "what it stands on in the ERP changed: the account of an item, an account of a code,"
          + " or what it is linked to";
    }
    int more = differences.size() - MOST;
    return String.join("; ", differences.subList(0, Math.min(MOST, differences.size())))
        + (more > 0 ? "; and " + more + " more differences" : "");
  }

  private static void compare(String name, JsonNode before, JsonNode after, List<String> into) {
    String accepted = text(before);
    String now = text(after);
    if (!accepted.equals(now)) {
      into.add(name + ": " + accepted + " accepted, " + now + " now");
    }
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? "none" : value.asText();
  }
}
