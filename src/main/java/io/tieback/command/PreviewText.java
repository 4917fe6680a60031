package io.tieback.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A preview of any kind of record but a bill, as text: the document, and Procore's own figures. */
final class PreviewText {

  private static final String LINE = "%4s  %-44s  %-22s  %10s  %14s  %16s";

  private PreviewText() {}

  /** The document; nothing of one that does not go. */
  static String of(JsonNode preview) {
    JsonNode document = preview.path("document");
    if (!document.isObject()) {
      return "";
    }
    List<String> rows = new ArrayList<>();
    rows.add(head("Becomes", preview.path("erp").asText() + ": " + words(preview, document)));
    for (String field : List.of("number", "name", "title", "contact", "date", "delivery", "due")) {
      if (document.hasNonNull(field)) {
        rows.add(head(capital(field), document.path(field).asText()));
      }
    }
    lines(document, rows);
    if (document.path("totals").hasNonNull("total")) {
      rows.add(head("Total", document.path("totals").path("total").asText()));
    }
    standing("Now", preview.path("before"), rows);
    standing("Then", preview.path("after"), rows);
    for (JsonNode code : preview.path("codes")) {
      rows.add(
          head("Code", code.path("code").asText() + "  " + code.path("name").asText())
              + (code.path("new").asBoolean() ? "  (new)" : "  (there)"));
    }
    document.path("notes").forEach(note -> rows.add("  - " + note.asText()));
    rows.add(head("Procore", preview.path("procore").path("total").asText("")));
    rows.add(head("Digest", preview.path("digest").asText()));
    rows.removeIf(row -> row.isBlank() || row.strip().equals("Procore"));
    return String.join("\n", rows) + "\n";
  }

  private static String words(JsonNode preview, JsonNode document) {
    return preview.path("action").asText() + " " + document.path("kind").asText().replace('_', ' ');
  }

  private static void lines(JsonNode document, List<String> rows) {
    int number = 0;
    for (JsonNode line : document.path("lines")) {
      if (number == 0) {
        rows.add(row("Line", "Description", "Item / account", "Quantity", "Price", "Amount"));
      }
      number++;
      String item = line.path("item").asText("");
      String account = line.path("account").asText("");
      rows.add(
          row(
              Integer.toString(number),
              line.path("description").asText(),
              item.isEmpty() ? account : account.isEmpty() ? item : item + " / " + account,
              line.path("quantity").asText(),
              line.path("unitAmount").asText(),
              line.path("amount").asText()));
    }
  }

  private static void standing(String when, JsonNode order, List<String> rows) {
    if (!order.isObject()) {
      return;
    }
    rows.add(
        head(
            when,
            order.hasNonNull("total")
                ? order.path("lines").size() + " lines, " + order.path("total").asText()
                : order.path("name").asText("")));
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, LINE, (Object[]) cells).stripTrailing();
  }

  private static String head(String word, String text) {
    return String.format(Locale.ROOT, "%-10s%s", word, text).stripTrailing();
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
