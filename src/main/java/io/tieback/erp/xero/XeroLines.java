package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Holds lines as Xero shows them against lines as they were sent. */
final class XeroLines {

  private XeroLines() {}

  /** What differs between a line as it was sent and as it is shown. */
  static void compare(SentBill.Line sent, JsonNode shown, int number, List<String> warnings) {
    String where = "line " + number + " ";
    differs(where + "item", sent.itemCode(), XeroJson.text(shown, "ItemCode"), warnings);
    differs(where + "account", sent.accountCode(), XeroJson.text(shown, "AccountCode"), warnings);
    differs(where + "tax type", sent.taxType(), XeroJson.text(shown, "TaxType"), warnings);
    List<String> kept = new ArrayList<>();
    int withoutIds = 0;
    for (JsonNode entry : shown.path("Tracking")) {
      String option = XeroJson.id(entry, "TrackingOptionID");
      if (option != null) {
        kept.add(option);
      } else {
        withoutIds++; // older answers carry names only
      }
    }
    List<String> lost =
        sent.trackingOptions().stream()
            .filter(option -> kept.stream().noneMatch(option::equalsIgnoreCase))
            .toList();
    if (lost.size() > withoutIds) {
      warnings.add(
          XeroComparison.DIFFERENCE
              + " "
              + where
              + "lost its project: tracking option "
              + String.join(", ", lost)
              + " is not on the line in Xero");
    }
  }

  /** Adds a warning when both are there and not the same, letter case aside. */
  static void differs(String what, Object sent, Object shown, List<String> warnings) {
    if (sent != null
        && shown != null
        && !sent.equals(shown)
        && !sent.toString().equalsIgnoreCase(shown.toString())) {
      warnings.add(XeroComparison.DIFFERENCE + " " + what + " sent " + sent + ", in Xero " + shown);
    }
  }

  /**
   * Xero's lines in the order in which ours were sent. Lines of credit notes may have no ids (Xero
   * reference section 11). Xero keeps the order; where somebody has changed the bill, lines are
   * recognised by description and amount. Empty, with a warning, when they cannot be told apart: a
   * wrong line id would lead Procore to the wrong line.
   */
  static List<JsonNode> matched(
      List<SentBill.Line> sent, List<JsonNode> shown, List<String> warnings) {
    List<JsonNode> left = new ArrayList<>(shown);
    int there = left.size();
    List<JsonNode> result = new ArrayList<>();
    if (left.size() == sent.size()) {
      for (int i = 0; i < left.size(); i++) {
        JsonNode same = isSame(sent.get(i), left.get(i)) ? left.get(i) : null;
        if (same != null) {
          result.add(same);
        }
      }
      if (result.size() == sent.size()) {
        return result;
      }
      result.clear();
    }
    for (SentBill.Line line : sent) {
      left.stream()
          .filter(candidate -> isSame(line, candidate))
          .findFirst()
          .ifPresent(candidate -> take(candidate, left, result));
    }
    if (result.size() == sent.size() && left.isEmpty()) {
      return result;
    }
    warnings.add(
        XeroComparison.DIFFERENCE
            + " "
            + sent.size()
            + " lines sent, "
            + there
            + " in Xero, and they cannot be told apart by description and amount");
    return List.of();
  }

  // By identity: two equal lines are two lines.
  private static void take(JsonNode chosen, List<JsonNode> left, List<JsonNode> into) {
    into.add(chosen);
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) == chosen) {
        left.remove(i);
        return;
      }
    }
  }

  /** Whether a line is this one, by description and amount. */
  static boolean isSame(SentBill.Line sent, JsonNode shown) {
    return shown.path("LineAmount").isNumber()
        && shown.path("LineAmount").decimalValue().compareTo(sent.amount().amount()) == 0
        && spaced(sent.description()).equals(spaced(XeroJson.text(shown, "Description")));
  }

  private static String spaced(String text) {
    return text == null ? "" : text.strip().replaceAll("\\s+", " ");
  }
}
