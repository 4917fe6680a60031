package io.tieback.flow;

import io.tieback.construction.Money;
import io.tieback.reconcile.Account;
import io.tieback.reconcile.Figure;
import io.tieback.reconcile.Figures;
import io.tieback.reconcile.TieOutReport;
import io.tieback.reconcile.TieOutReport.ProjectReport;
import java.util.ArrayList;
import java.util.List;

/** A tie-out as a table for spreadsheets (RFC 4180): one row a commitment and side. */
public final class TieOutCsv {

  private TieOutCsv() {}

  /** The table, with its head. A figure that a side does not have is empty. */
  public static String of(TieOutReport report) {
    List<String> head =
        new ArrayList<>(
            List.of("project_id", "project", "commitment_id", "commitment", "title", "supplier"));
    head.add("side");
    for (Figure figure : Figure.values()) {
      head.add(figure.words().replace(' ', '_'));
    }
    StringBuilder table = new StringBuilder();
    add(table, head);
    for (ProjectReport project : report.projects()) {
      for (Account account : project.accounts()) {
        add(table, row(project, account, "Procore", account.procore()));
        add(table, row(project, account, report.question().erpName(), account.erp()));
      }
    }
    return table.toString();
  }

  private static List<String> row(
      ProjectReport project, Account account, String side, Figures figures) {
    List<String> row = new ArrayList<>();
    row.add(Long.toString(project.project().id()));
    row.add(text(project.project().words()));
    row.add(Long.toString(account.commitmentId()));
    row.add(text(account.number()));
    row.add(text(account.title()));
    row.add(text(account.supplier()));
    row.add(side);
    for (Figure figure : Figure.values()) {
      Money amount = figures.get(figure);
      row.add(amount == null ? "" : amount.toString());
    }
    return row;
  }

  /** A spreadsheet would take a text that begins like this for a formula and carry it out. */
  private static String text(String words) {
    if (words == null) {
      return "";
    }
    return !words.isEmpty() && "=+-@\t\r".indexOf(words.charAt(0)) >= 0 ? "'" + words : words;
  }

  private static void add(StringBuilder table, List<String> row) {
    table.append(String.join(",", row.stream().map(TieOutCsv::quoted).toList())).append("\r\n");
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
