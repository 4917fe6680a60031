package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.erp.WrittenDocument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Holds a bill, vendor credit or purchase order as QuickBooks Online shows it against what was
 * sent, line by line and in total (reference section 3.5): QuickBooks answers 200 to what it
 * rounds, drops or leaves out.
 */
final class QuickBooksComparison {

  static final String DIFFERENCE = "DIFFERENCE:";

  private QuickBooksComparison() {}

  /**
   * What came of it.
   *
   * @param written the document as QuickBooks shows it, with what differs without touching a figure
   * @param figures differences of amounts, each with both figures; what has any is not as it was
   *     meant, and a person has to act
   */
  record Result(WrittenDocument written, List<String> figures) {}

  /**
   * Compares.
   *
   * @param shown the document in QuickBooks's answer, with its id
   * @throws io.tieback.wire.Failure DEFECT when it shows no total
   */
  static Result compare(QuickBooksEnvelope sent, JsonNode shown) {
    List<String> warnings = new ArrayList<>();
    List<String> figures = new ArrayList<>();
    header(sent, shown, warnings);
    List<JsonNode> wanted = children(sent.document());
    List<JsonNode> matched = matched(wanted, purchases(shown), figures);
    for (int i = 0; i < matched.size(); i++) {
      if (matched.get(i) != null) {
        line(wanted.get(i), matched.get(i), "line " + (i + 1) + " ", warnings);
      }
    }
    Money total = total(sent, shown);
    Money meant = meant(sent);
    if (!total.equals(meant)) {
      figures.add("total sent " + meant + ", in QuickBooks " + total + taxInWords(shown));
    }
    boolean allIds =
        matched.stream().allMatch(one -> one != null && QuickBooksJson.id(one) != null);
    return new Result(
        new WrittenDocument(
            sent.marker(),
            QuickBooksJson.id(shown),
            Objects.requireNonNullElse(QuickBooksJson.text(shown, "DocNumber"), sent.name()),
            allIds ? lineIds(shown, matched) : List.of(),
            sent.entity().turned(total),
            status(shown),
            warnings),
        List.copyOf(figures));
  }

  /**
   * Keys of lines: QuickBooks's ids of lines are unique within their document only, and Procore
   * wants keys that are unique in the company (GEN-ARC-06).
   */
  static List<String> lineIds(JsonNode document, List<JsonNode> lines) {
    return lines.stream()
        .map(line -> QuickBooksJson.id(document) + "|" + QuickBooksJson.id(line))
        .toList();
  }

  /** QuickBooks has no word for the state of a bill; this says what can be read from it. */
  static String status(JsonNode shown) {
    if (isVoided(shown)) {
      return "Voided";
    }
    String order = QuickBooksJson.text(shown, "POStatus");
    if (order != null) {
      return order;
    }
    JsonNode balance = shown.path("Balance");
    JsonNode total = shown.path("TotalAmt");
    if (!balance.isNumber() || !total.isNumber()) {
      return "Open";
    }
    if (balance.decimalValue().signum() == 0 && total.decimalValue().signum() != 0) {
      return "Paid";
    }
    return balance.decimalValue().compareTo(total.decimalValue()) == 0 ? "Open" : "PartlyPaid";
  }

  /** Whether a document was voided: nothing is left of its amounts, and its note says so (3.7). */
  static boolean isVoided(JsonNode shown) {
    String note = QuickBooksJson.text(shown, QuickBooksMarker.NOTE);
    return note != null
        && note.startsWith("Voided")
        && shown.path("TotalAmt").isNumber()
        && shown.path("TotalAmt").decimalValue().signum() == 0;
  }

  /** What a document has to come to. */
  static Money meant(QuickBooksEnvelope sent) {
    return sent.payable() != null ? sent.payable() : sum(children(sent.document()));
  }

  /** What a document comes to: with tax where that is known beforehand, else without. */
  private static Money total(QuickBooksEnvelope sent, JsonNode shown) {
    Money total = QuickBooksJson.money(shown, "TotalAmt", sent.inWords());
    JsonNode tax = shown.path("TxnTaxDetail").path("TotalTax");
    return sent.payable() != null || !tax.isNumber()
        ? total
        : total.minus(new Money(tax.decimalValue()));
  }

  static Money sum(List<JsonNode> lines) {
    return Money.sum(
        lines.stream().map(line -> QuickBooksJson.money(line, "Amount", "a line")).toList());
  }

  private static String taxInWords(JsonNode shown) {
    JsonNode tax = shown.path("TxnTaxDetail").path("TotalTax");
    return tax.isNumber() && tax.decimalValue().signum() != 0
        ? ", of which tax " + tax.decimalValue().toPlainString()
        : "";
  }

  private static void header(QuickBooksEnvelope sent, JsonNode shown, List<String> warnings) {
    JsonNode document = sent.document();
    for (String field : List.of("DocNumber", "TxnDate", "DueDate", "GlobalTaxCalculation")) {
      differs(
          field, QuickBooksJson.text(document, field), QuickBooksJson.text(shown, field), warnings);
    }
    for (String field : List.of("VendorRef", "APAccountRef", "CurrencyRef")) {
      differs(
          field,
          QuickBooksJson.reference(document, field),
          QuickBooksJson.reference(shown, field),
          warnings);
    }
    links("the " + sent.entity().word(), document, shown, warnings);
    unmarked(sent, shown, warnings);
  }

  /** What lost its marker is not found again after an unknown outcome. */
  static void unmarked(QuickBooksEnvelope sent, JsonNode shown, List<String> warnings) {
    if (!sent.marker().equals(QuickBooksMarker.of(shown))) {
      warnings.add(
          DIFFERENCE
              + " the "
              + sent.inWords()
              + " does not bear its marker in QuickBooks: add "
              + QuickBooksMarker.inBrackets(sent.marker())
              + " to its note");
    }
  }

  /** What differs between a line as it was sent and as it is shown, its amount aside. */
  static void line(JsonNode sent, JsonNode shown, String where, List<String> warnings) {
    String type = QuickBooksJson.text(sent, "DetailType");
    if (!Objects.equals(type, QuickBooksJson.text(shown, "DetailType"))) {
      warnings.add(
          DIFFERENCE
              + " "
              + where
              + "sent as "
              + type
              + ", in QuickBooks it is "
              + QuickBooksJson.text(shown, "DetailType"));
      return;
    }
    JsonNode was = sent.path(type);
    JsonNode is = shown.path(type);
    for (String field : List.of("ItemRef", "AccountRef", "CustomerRef", "ClassRef", "TaxCodeRef")) {
      String wanted = QuickBooksJson.reference(was, field);
      String there = QuickBooksJson.reference(is, field);
      if (wanted != null && there == null) {
        warnings.add(
            DIFFERENCE
                + " "
                + where
                + "lost its "
                + field
                + " "
                + wanted
                + ": it is not on the line in QuickBooks");
      }
      differs(where + field, wanted, there, warnings);
    }
    differs(
        where + "BillableStatus",
        QuickBooksJson.text(was, "BillableStatus"),
        QuickBooksJson.text(is, "BillableStatus"),
        warnings);
    links(where.strip(), sent, shown, warnings);
  }

  /** A link that QuickBooks does not like is left out without a word (3.5). */
  private static void links(String of, JsonNode sent, JsonNode shown, List<String> warnings) {
    for (JsonNode link : sent.path("LinkedTxn")) {
      boolean kept = false;
      for (JsonNode other : shown.path("LinkedTxn")) {
        kept =
            kept
                || Stream.of("TxnId", "TxnType", "TxnLineId")
                    .allMatch(
                        field ->
                            Objects.equals(
                                QuickBooksJson.text(link, field),
                                QuickBooksJson.text(other, field)));
      }
      String line = QuickBooksJson.text(link, "TxnLineId");
      if (!kept) {
        warnings.add(
            DIFFERENCE
                + " "
                + of
                + " lost its link to "
                + QuickBooksJson.text(link, "TxnType")
                + " "
                + QuickBooksJson.text(link, "TxnId")
                + (line == null ? "" : " line " + line)
                + ": QuickBooks left it out");
      }
    }
  }

  /** Adds a warning when both are there and not the same. */
  static void differs(String what, String sent, String shown, List<String> warnings) {
    if (sent != null && shown != null && !sent.equals(shown)) {
      warnings.add(DIFFERENCE + " " + what + " sent " + sent + ", in QuickBooks " + shown);
    }
  }

  /** All lines of a document. */
  static List<JsonNode> children(JsonNode document) {
    List<JsonNode> lines = new ArrayList<>();
    document.path(QuickBooksPapers.LINES).forEach(lines::add);
    return lines;
  }

  /** Lines that stand for a purchase; others, such as a mere text, carry no amount of ours. */
  private static List<JsonNode> purchases(JsonNode shown) {
    return children(shown).stream()
        .filter(
            line -> {
              String type = QuickBooksJson.text(line, "DetailType");
              return QuickBooksLine.ITEM.equals(type) || QuickBooksLine.ACCOUNT.equals(type);
            })
        .toList();
  }

  /**
   * The lines in QuickBooks in the order in which ours were sent. It keeps the order; where
   * somebody has changed it, lines are recognised by description and amount, then by description or
   * by place. Null where a line is not there; each difference of an amount is added.
   */
  static List<JsonNode> matched(List<JsonNode> sent, List<JsonNode> shown, List<String> figures) {
    JsonNode[] found = new JsonNode[sent.size()];
    List<JsonNode> left = new ArrayList<>(shown);
    for (int i = 0; i < found.length && sent.size() == shown.size(); i++) {
      if (isSame(sent.get(i), shown.get(i))) {
        found[i] = take(left, shown.get(i));
      }
    }
    for (int i = 0; i < found.length; i++) {
      JsonNode line = sent.get(i);
      if (found[i] == null) {
        found[i] = takeFirst(left, other -> isSame(line, other));
      }
    }
    List<JsonNode> matched = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      JsonNode line = sent.get(i);
      if (found[i] == null) {
        found[i] = takeFirst(left, other -> words(line).equals(words(other)));
        figures.add(missed(line, found[i], i + 1));
      }
      matched.add(found[i]);
    }
    for (JsonNode more : left) {
      if (amount(more) == null || amount(more).signum() != 0) {
        figures.add(
            "a line '"
                + words(more)
                + "' over "
                + inWords(more)
                + " in QuickBooks that was not sent");
      }
    }
    return matched;
  }

  private static String missed(JsonNode sent, JsonNode shown, int number) {
    String line = "line " + number + " '" + words(sent) + "' sent " + inWords(sent);
    return shown == null
        ? line + ", which is not in QuickBooks"
        : line + ", in QuickBooks " + inWords(shown);
  }

  private static JsonNode takeFirst(
      List<JsonNode> left, java.util.function.Predicate<JsonNode> fits) {
    return left.stream().filter(fits).findFirst().map(line -> take(left, line)).orElse(null);
  }

  // By identity: two equal lines are two lines.
  private static JsonNode take(List<JsonNode> left, JsonNode chosen) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) == chosen) {
        return left.remove(i);
      }
    }
    return chosen;
  }

  /** Whether a line is this one, by description and amount. */
  static boolean isSame(JsonNode sent, JsonNode shown) {
    BigDecimal was = amount(sent);
    BigDecimal is = amount(shown);
    return was != null && is != null && was.compareTo(is) == 0 && words(sent).equals(words(shown));
  }

  private static BigDecimal amount(JsonNode line) {
    JsonNode amount = line.path("Amount");
    return amount.isNumber() ? amount.decimalValue() : null;
  }

  private static String inWords(JsonNode line) {
    BigDecimal amount = amount(line);
    return amount == null ? "no amount" : amount.toPlainString();
  }

  private static String words(JsonNode line) {
    String text = QuickBooksJson.text(line, "Description");
    return text == null ? "" : text.strip().replaceAll("\\s+", " ");
  }
}
