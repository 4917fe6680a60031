package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.erp.WrittenDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Holds what Xero keeps against what was sent. A document that is there but differs is known all
 * the same, and each difference becomes a warning that begins with {@value #DIFFERENCE}, because
 * Xero answers 200 to some things that it drops, tracking above all (Xero reference section 6).
 */
final class XeroComparison {

  static final String DIFFERENCE = "DIFFERENCE:";

  private XeroComparison() {}

  /**
   * The document as Xero shows it.
   *
   * @param sent what was sent
   * @param shown the bill in Xero's answer, with its id
   */
  static WrittenDocument written(SentBill sent, JsonNode shown) {
    List<String> warnings = new ArrayList<>(XeroJson.warnings(shown));
    XeroJson.validationErrors(shown)
        .forEach(
            message ->
                warnings.add(
                    DIFFERENCE
                        + " Xero kept the "
                        + sent.kind().word()
                        + " and remarked: "
                        + message));
    Money total = XeroJson.money(shown, "Total", "the " + sent.kind().word() + " " + sent.number());
    header(sent, shown, total, warnings);
    List<JsonNode> lines = matched(sent, shown, warnings);
    for (int i = 0; i < lines.size(); i++) {
      line(sent.lines().get(i), lines.get(i), i + 1, warnings);
    }
    boolean withoutIds = lines.stream().anyMatch(line -> XeroJson.id(line, "LineItemID") == null);
    if (withoutIds && sent.kind() == XeroDocument.BILL) {
      warnings.add(DIFFERENCE + " lines of the bill have no ids in Xero");
    }
    List<String> lineIds =
        withoutIds
            ? List.of()
            : lines.stream().map(line -> XeroJson.id(line, "LineItemID")).toList();
    return new WrittenDocument(
        sent.marker(),
        XeroJson.id(shown, sent.kind().idField()),
        Objects.requireNonNullElse(XeroJson.text(shown, sent.kind().numberField()), sent.number()),
        lineIds,
        sent.kind().turned(total),
        Objects.requireNonNullElse(XeroJson.text(shown, "Status"), ""),
        warnings);
  }

  private static void header(SentBill sent, JsonNode shown, Money total, List<String> warnings) {
    if (!total.equals(sent.total())) {
      JsonNode tax = shown.path("TotalTax");
      String why =
          tax.isNumber() && tax.decimalValue().signum() != 0
              ? ", of which tax " + tax.decimalValue().toPlainString()
              : "";
      warnings.add(DIFFERENCE + " total sent " + sent.total() + ", in Xero " + total + why);
    }
    String status = XeroJson.text(shown, "Status");
    // A bill may have been paid between the writing and the looking; that is no difference.
    boolean paid = "PAID".equals(status) && "AUTHORISED".equals(sent.status());
    if (!paid) {
      differs("status", sent.status(), status, warnings);
    }
    differs("number", sent.number(), XeroJson.text(shown, sent.kind().numberField()), warnings);
    differs(
        "supplier", sent.contact(), XeroJson.text(shown.path("Contact"), "ContactID"), warnings);
    differs("date", sent.date(), XeroJson.date(shown, "Date"), warnings);
    differs("due date", sent.dueDate(), XeroJson.date(shown, "DueDate"), warnings);
  }

  private static void line(SentBill.Line sent, JsonNode shown, int number, List<String> warnings) {
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
          DIFFERENCE
              + " "
              + where
              + "lost its project: tracking option "
              + String.join(", ", lost)
              + " is not on the line in Xero");
    }
  }

  private static void differs(String what, Object sent, Object shown, List<String> warnings) {
    if (sent != null
        && shown != null
        && !sent.equals(shown)
        && !sent.toString().equalsIgnoreCase(shown.toString())) {
      warnings.add(DIFFERENCE + " " + what + " sent " + sent + ", in Xero " + shown);
    }
  }

  /**
   * Xero's lines in the order in which ours were sent. Lines of credit notes may have no ids (Xero
   * reference section 11). Xero keeps the order; where somebody has changed the bill, lines are
   * recognised by description and amount. Empty, with a warning, when they cannot be told apart: a
   * wrong line id would lead Procore to the wrong line.
   */
  private static List<JsonNode> matched(SentBill sent, JsonNode shown, List<String> warnings) {
    List<JsonNode> left = new ArrayList<>();
    for (JsonNode line : shown.path("LineItems")) {
      if (!sent.kind().isMarkerLine(line)) {
        left.add(line);
      }
    }
    int there = left.size();
    List<JsonNode> result = new ArrayList<>();
    if (left.size() == sent.lines().size()) {
      for (int i = 0; i < left.size(); i++) {
        JsonNode same = isSame(sent.lines().get(i), left.get(i)) ? left.get(i) : null;
        if (same != null) {
          result.add(same);
        }
      }
      if (result.size() == sent.lines().size()) {
        return result;
      }
      result.clear();
    }
    for (SentBill.Line line : sent.lines()) {
      left.stream()
          .filter(candidate -> isSame(line, candidate))
          .findFirst()
          .ifPresent(candidate -> take(candidate, left, result));
    }
    if (result.size() == sent.lines().size() && left.isEmpty()) {
      return result;
    }
    warnings.add(
        DIFFERENCE
            + " "
            + sent.lines().size()
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

  private static boolean isSame(SentBill.Line sent, JsonNode shown) {
    return shown.path("LineAmount").isNumber()
        && shown.path("LineAmount").decimalValue().compareTo(sent.amount().amount()) == 0
        && spaced(sent.description()).equals(spaced(XeroJson.text(shown, "Description")));
  }

  private static String spaced(String text) {
    return text == null ? "" : text.strip().replaceAll("\\s+", " ");
  }
}
