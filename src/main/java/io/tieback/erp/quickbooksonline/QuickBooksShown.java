package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What every purchase transaction shows in the same way: its day, its tax, its lines (reference
 * sections 3.5 to 3.8 and 15). Items and accounts are given by id, see {@link QuickBooksCodes}.
 */
final class QuickBooksShown {

  private static final String JOURNAL = "JournalEntryLineDetail";
  private static final String GROUP = "GroupLineDetail";

  private QuickBooksShown() {}

  /**
   * A line with an amount.
   *
   * @param key its id, or its place and content where it has none
   * @param description its text, or null
   * @param itemId id of its item, or null
   * @param accountId id of the account that it names by itself, or null
   * @param projectKey id of its customer or project, or null
   * @param projectName name of that, its id when QuickBooks does not tell
   * @param amount before tax, as it is shown; of a journal entry debit less credit
   */
  record Line(
      String key,
      String description,
      String itemId,
      String accountId,
      String projectKey,
      String projectName,
      Money amount) {}

  /**
   * The day of a transaction: a calendar day of the company, without a zone.
   *
   * @throws Failure DEFECT when it has none
   */
  static LocalDate day(JsonNode shown, String what) {
    String day = QuickBooksJson.text(shown, "TxnDate");
    try {
      if (day != null) {
        return LocalDate.parse(day);
      }
    } catch (DateTimeException e) {
      throw new Failure(
          FailureKind.DEFECT,
          0,
          "TxnDate of " + what + " is '" + day + "', which is not a day",
          "Report this answer of QuickBooks Online.",
          null,
          e);
    }
    throw missing("TxnDate", what);
  }

  static Failure missing(String field, String what) {
    return Failure.of(
        FailureKind.DEFECT,
        field + " of " + what + " is missing in the answer of QuickBooks Online",
        "Report this answer of QuickBooks Online.");
  }

  /** Tax of all lines: none where it says none. */
  static Money tax(JsonNode shown, String what) {
    JsonNode detail = shown.path("TxnTaxDetail");
    return detail.hasNonNull("TotalTax")
        ? QuickBooksJson.money(detail, "TotalTax", what)
        : Money.ZERO;
  }

  /**
   * The lines with an amount, those of groups too. QuickBooks takes a line of an item detail
   * without item for a mere remark, whatever amount it shows (section 3.5). Amounts are without
   * tax, also where those of the form hold it.
   */
  static List<Line> lines(JsonNode shown, String what) {
    List<Line> lines = new ArrayList<>();
    collect(shown.path("Line"), what, lines);
    return lines;
  }

  private static void collect(JsonNode array, String what, List<Line> lines) {
    int place = 0;
    for (JsonNode line : array) {
      place++;
      String type = String.valueOf(QuickBooksJson.text(line, "DetailType"));
      JsonNode detail = line.path(type);
      if (type.equals(GROUP)) {
        collect(detail.path("Line"), what, lines);
      } else if (line.hasNonNull("Amount") && !isRemark(type, detail)) {
        Money amount = QuickBooksJson.money(line, "Amount", "line " + place + " of " + what);
        JsonNode project = project(line, detail);
        String key = QuickBooksJson.text(project, "value");
        String name = QuickBooksJson.text(project, "name");
        lines.add(
            new Line(
                key(line, place),
                QuickBooksJson.text(line, "Description"),
                QuickBooksJson.reference(detail, "ItemRef"),
                QuickBooksJson.reference(detail, "AccountRef"),
                key,
                name == null ? key : name.substring(name.lastIndexOf(':') + 1).strip(),
                isCredit(type, detail) ? amount.negated() : amount));
      }
    }
  }

  private static boolean isRemark(String type, JsonNode detail) {
    return type.equals(QuickBooksLine.ITEM) && QuickBooksJson.reference(detail, "ItemRef") == null;
  }

  private static boolean isCredit(String type, JsonNode detail) {
    return type.equals(JOURNAL) && "Credit".equals(QuickBooksJson.text(detail, "PostingType"));
  }

  /** The customer first, which every project is; then the id that projects have beside (3.2). */
  private static JsonNode project(JsonNode line, JsonNode detail) {
    JsonNode entity = detail.path("Entity");
    if (QuickBooksJson.reference(detail, "CustomerRef") != null) {
      return detail.path("CustomerRef");
    }
    return "Customer".equals(QuickBooksJson.text(entity, "Type"))
        ? entity.path("EntityRef")
        : line.path("ProjectRef");
  }

  private static String key(JsonNode line, int place) {
    String id = QuickBooksJson.id(line);
    return id != null
        ? id
        : place + "-" + UUID.nameUUIDFromBytes(line.toString().getBytes(StandardCharsets.UTF_8));
  }
}
