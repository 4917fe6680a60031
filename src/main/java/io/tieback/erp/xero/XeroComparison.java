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
    List<JsonNode> shownLines = new ArrayList<>();
    for (JsonNode line : shown.path("LineItems")) {
      if (!sent.kind().isMarkerLine(line)) {
        shownLines.add(line);
      }
    }
    List<JsonNode> lines = XeroLines.matched(sent.lines(), shownLines, warnings);
    for (int i = 0; i < lines.size(); i++) {
      XeroLines.compare(sent.lines().get(i), lines.get(i), i + 1, warnings);
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
      XeroLines.differs("status", sent.status(), status, warnings);
    }
    XeroLines.differs(
        "number", sent.number(), XeroJson.text(shown, sent.kind().numberField()), warnings);
    XeroLines.differs(
        "supplier", sent.contact(), XeroJson.text(shown.path("Contact"), "ContactID"), warnings);
    XeroLines.differs("date", sent.date(), XeroJson.date(shown, "Date"), warnings);
    XeroLines.differs("due date", sent.dueDate(), XeroJson.date(shown, "DueDate"), warnings);
  }
}
