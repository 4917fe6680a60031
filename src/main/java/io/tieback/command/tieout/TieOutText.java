package io.tieback.command.tieout;

import io.tieback.construction.Money;
import io.tieback.reconcile.Account;
import io.tieback.reconcile.Difference;
import io.tieback.reconcile.Figure;
import io.tieback.reconcile.Question;
import io.tieback.reconcile.RetainageProof;
import io.tieback.reconcile.TieOutReport;
import io.tieback.reconcile.TieOutReport.ProjectReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tie-out as an accountant reads it. Nothing is cut: long texts go on in the next row. */
public final class TieOutText {

  private static final int LABEL = 34;
  private static final int AMOUNT = 18;
  private static final int WIDTH = LABEL + 3 * AMOUNT;
  private static final String ROW =
      "%-" + LABEL + "s%" + AMOUNT + "s%" + AMOUNT + "s%" + AMOUNT + "s";

  private static final Pattern COMMAND = Pattern.compile("'(\\./tieback [^']*)'");

  private final TieOutReport report;
  private final Question question;
  private final List<String> rows = new ArrayList<>();
  private final String again;

  private TieOutText(TieOutReport report, String again) {
    this.report = report;
    this.again = again;
    this.question = report.question();
  }

  /**
   * The whole text.
   *
   * @param calls API calls by name that the tie-out took
   * @param again what has to be added to a command that a remedy proposes, or nothing
   */
  public static String of(TieOutReport report, Map<String, Long> calls, String again) {
    TieOutText text = new TieOutText(report, again);
    text.head();
    report.projects().forEach(text::project);
    text.account(report.total());
    text.retainage(report.retainage());
    text.differences();
    text.calls(calls);
    text.verdict();
    return String.join("\n", text.rows) + "\n";
  }

  private void head() {
    rows.add(
        "Tie-out of connection "
            + question.connection()
            + ": Procore and "
            + question.erpName()
            + (question.through() == null
                ? ", everything."
                : ", billed and paid through " + question.through() + "."));
    rows.add("");
  }

  private void project(ProjectReport project) {
    rows.add("=".repeat(WIDTH));
    rows.add("Project " + project.project().words());
    rows.add("=".repeat(WIDTH));
    project.accounts().forEach(this::account);
    account(project.total());
  }

  private void account(Account account) {
    String name =
        account.number() == null ? account.title() : account.number() + " " + account.title();
    String supplier = account.supplier() == null ? "" : ", " + account.supplier();
    rows.add("");
    rows.add(capital(name) + supplier);
    rows.add(row("", "Procore", question.erpName(), "difference"));
    for (Figure figure : Figure.values()) {
      Money procore = account.procore().get(figure);
      Money erp = account.erp().get(figure);
      rows.add(
          row(
              "  " + figure.words(),
              procore == null ? "-" : money(procore),
              erp == null ? "not exported" : money(erp),
              procore == null || erp == null ? "" : money(procore.minus(erp))));
    }
  }

  private void retainage(RetainageProof proof) {
    rows.add("");
    rows.add("=".repeat(WIDTH));
    rows.add("Retainage held, on " + proof.place() + " of " + question.erpName());
    rows.add("=".repeat(WIDTH));
    rows.add(row("  held by Procore's invoices", money(proof.inProcore()), "", ""));
    rows.add(row("  on the bills of invoices", "", money(proof.onBills()), ""));
    rows.add(row("  posted there otherwise", "", money(proof.otherwise()), ""));
    if (proof.balance() != null) {
      rows.add(row("  balance of the account, in all", "", money(proof.balance()), ""));
    }
    rows.add(
        row(
            "  in all",
            money(proof.inProcore()),
            money(proof.onAccount()),
            money(proof.difference())));
  }

  private void differences() {
    rows.add("");
    if (!report.differences().isEmpty()) {
      rows.add("=".repeat(WIDTH));
      rows.add("Differences");
      rows.add("=".repeat(WIDTH));
    }
    int number = 1;
    for (Difference difference : report.differences()) {
      String label = number++ + ". ";
      wrapped(label, capital(difference.cause().words()) + ": " + difference.sentence());
      String indent = " ".repeat(label.length());
      wrapped(indent, "What to do: " + onSameFolder(difference.remedy()));
      wrapped(indent, "Records: " + String.join(", ", difference.records()) + ".");
      rows.add("");
    }
    for (String remark : report.remarks()) {
      wrapped("Note: ", remark);
    }
  }

  private String onSameFolder(String remedy) {
    return COMMAND.matcher(remedy).replaceAll("'$1" + Matcher.quoteReplacement(again) + "'");
  }

  private void calls(Map<String, Long> calls) {
    Map<String, Long> bySystem = new TreeMap<>();
    calls.forEach((name, count) -> bySystem.merge(name.split("\\.", 2)[0], count, Long::sum));
    long all = calls.values().stream().mapToLong(Long::longValue).sum();
    rows.add("API calls: " + all + " " + bySystem + " " + calls);
  }

  private void verdict() {
    int count = report.differences().size();
    rows.add(
        report.agrees()
            ? "Both sides agree to the cent."
            : count == 1 ? "1 difference." : count + " differences.");
  }

  private void wrapped(String label, String text) {
    StringBuilder row = new StringBuilder(label);
    String indent = " ".repeat(label.length());
    boolean first = true;
    for (String word : text.split(" ")) {
      if (!first && row.length() + 1 + word.length() > WIDTH) {
        rows.add(row.toString());
        row = new StringBuilder(indent);
        first = true;
      }
      row.append(first ? "" : " ").append(word);
      first = false;
    }
    rows.add(row.toString());
  }

  private static String row(String label, String procore, String erp, String difference) {
    return String.format(ROW, label, procore, erp, difference).stripTrailing();
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** With commas between thousands, exact. */
  static String money(Money amount) {
    return String.format(Locale.ROOT, "%,.2f", amount.amount());
  }
}
