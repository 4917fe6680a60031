package io.tieback.console.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.console.page.Ask;
import io.tieback.construction.Money;
import io.tieback.ledger.QueueItem;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The figures that the forms of a page carry along, so that whoever decided about what is no longer
 * there is told what changed. They are shown again to the same person and decide nothing.
 */
final class Shown {

  private static final int LONGEST = 9_000;
  private static final List<String> TOTALS =
      List.of("work", "retainageHeld", "retainageReleased", "total", "tax", "payable");

  private Shown() {}

  /** What differs: name, how it was shown, how it is. */
  record Difference(String label, String shown, String now) {}

  /** The figures of an item as it is now. */
  static String of(QueueItem item) {
    ObjectNode figures = Json.object();
    figures.put("state", item.state());
    put(figures, "number", item.about().number());
    put(figures, "title", item.about().title());
    put(figures, "party", item.about().party());
    put(figures, "date", item.about().date());
    put(figures, "amount", item.about().amount());
    put(figures, "status", item.about().procoreStatus());
    if (item.shown().preview() != null) {
      JsonNode document = Json.read(item.shown().preview()).path("document");
      for (String name : TOTALS) {
        put(figures, "total." + name, text(document.path("totals"), name));
      }
      for (String name : List.of("contactName", "due", "delivery")) {
        put(figures, name, text(document, name));
      }
      int number = 0;
      for (JsonNode line : document.path("lines")) {
        String words =
            String.join(
                " · ",
                List.of(
                    text(line, "description"),
                    text(line, "item"),
                    text(line, "account"),
                    text(line, "amount")));
        number++;
        if (figures.toString().length() + words.length() < LONGEST) {
          figures.put("line." + number, words);
        }
      }
      figures.put("lines", Integer.toString(number));
    }
    return Json.write(figures);
  }

  /** What differs between what was shown and the item as it is now; none when it is not known. */
  static List<Difference> differences(Ask ask, String shown, QueueItem item) {
    Map<String, String> before = read(shown);
    if (before.isEmpty()) {
      return List.of();
    }
    Map<String, String> now = read(of(item));
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(now.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      String was = before.getOrDefault(name, "");
      String is = now.getOrDefault(name, "");
      if (!was.equals(is)) {
        differences.add(
            new Difference(label(ask, name), said(ask, name, was), said(ask, name, is)));
      }
    }
    return differences;
  }

  private static String label(Ask ask, String name) {
    return name.startsWith("line.")
        ? ask.text("look.line", name.substring("line.".length()))
        : ask.said("look.field." + name).replace("look.field.", "");
  }

  private static String said(Ask ask, String name, String value) {
    return name.equals("state") && !value.isEmpty() ? ask.said("state." + value) : value;
  }

  private static Map<String, String> read(String json) {
    Map<String, String> figures = new LinkedHashMap<>();
    if (json != null && json.startsWith("{")) {
      try {
        Json.read(json)
            .fields()
            .forEachRemaining(one -> figures.put(one.getKey(), one.getValue().asText()));
      } catch (RuntimeException e) {
        // A form of somebody's own making: then nothing is known of what was shown.
        figures.clear();
      }
    }
    return figures;
  }

  private static void put(ObjectNode figures, String name, Object value) {
    if (value != null && !value.toString().isEmpty()) {
      figures.put(name, value instanceof Money money ? money.toString() : value.toString());
    }
  }

  private static String text(JsonNode of, String name) {
    return of.path(name).isNull() ? "" : of.path(name).asText("");
  }
}
