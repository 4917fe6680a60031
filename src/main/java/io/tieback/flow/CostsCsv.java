package io.tieback.flow;

import io.tieback.ledger.JobCostJournal.Left;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lines of the ERP that are no direct cost in Procore, as rows of a table (GEN-JC-08). */
public final class CostsCsv {

  /** The head of the table. */
  public static final String HEAD =
      String.join(
          ",",
          List.of(
              "kind",
              "number",
              "date",
              "supplier",
              "project",
              "item",
              "account",
              "amount",
              "line",
              "outcome",
              "rules",
              "reason",
              "remedy",
              "erp id"));

  private CostsCsv() {}

  /** A line as a row. */
  public static String row(Left line) {
    return Arrays.asList(
            line.document().kind(),
            line.number(),
            line.date().toString(),
            line.supplier(),
            line.project(),
            line.item(),
            line.account(),
            line.amount().toString(),
            line.description(),
            line.outcome().toLowerCase(Locale.ROOT),
            line.rules(),
            line.outcome().equals("UNSYNCED") ? line.reason() : why(line),
            line.remedy(),
            line.document().erpId())
        .stream()
        .map(CostsCsv::cell)
        .collect(Collectors.joining(","));
  }

  /** Why a line is no direct cost, with the remedy where there is one. */
  public static String why(Left line) {
    return switch (line.outcome()) {
      case "EXPORTED" ->
          "Tieback exported this bill; Procore has it as a subcontractor invoice (GEN-INV-06).";
      case "RETAINAGE" -> "Retainage is no cost (TB-JC-01).";
      case "EARLIER" -> "From before the day that costs.from names.";
      case "OVERHEAD" -> "Neither a project nor an item: a cost of the office.";
      default ->
          line.reason() + ". " + line.remedy() + ". (" + line.rules().replace(" ", ", ") + ")";
    };
  }

  /**
   * A cell as RFC 4180 wants it. A text that a spreadsheet would take for a formula gets an
   * apostrophe before it; an amount may begin with a minus.
   */
  static String cell(String text) {
    if (text == null) {
      return "";
    }
    boolean formula =
        !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !text.matches("-?[0-9.]+");
    String safe = formula ? "'" + text : text;
    return safe.matches("[^\",\r\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
