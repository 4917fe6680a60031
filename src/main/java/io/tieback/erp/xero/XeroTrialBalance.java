package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The balance of an account by Xero's own trial balance, which holds whatever was posted there:
 * manual journals and bank transactions too. Read only when the connection asks for the right to
 * ({@code accounting.reports.trialbalance.read}, or {@code accounting.reports.read} of older apps).
 */
final class XeroTrialBalance {

  private static final Set<String> SCOPES =
      Set.of("accounting.reports.trialbalance.read", "accounting.reports.read");
  private static final String DOING = "reading the trial balance";

  private final XeroConnection connection;
  private final XeroCalls calls;

  XeroTrialBalance(XeroConnection connection, XeroCalls calls) {
    this.connection = connection;
    this.calls = calls;
  }

  /**
   * Credit less debit of an account; an account that the report does not list has none.
   *
   * @param account its code, or null
   * @param asOf the last day that counts
   * @return null when no account is asked for, or the right is not
   * @throws Failure DEFECT when the report has not the published form
   */
  Money balance(String account, LocalDate asOf) {
    boolean mayRead =
        Arrays.stream(connection.signIn().scopes().split("\\s+")).anyMatch(SCOPES::contains);
    if (account == null || !mayRead) {
      return null;
    }
    JsonNode report =
        calls
            .get("/Reports/TrialBalance", Map.of("date", asOf.toString()), DOING)
            .path("Reports")
            .path(0);
    int debit = column(report, "YTD Debit");
    int credit = column(report, "YTD Credit");
    for (JsonNode section : report.path("Rows")) {
      for (JsonNode row : section.path("Rows")) {
        JsonNode cells = row.path("Cells");
        // The first cell names the account, such as "Retainage payable (815)".
        if (cells.path(0).path("Value").asText().endsWith("(" + account + ")")) {
          return amount(cells.path(credit), account).minus(amount(cells.path(debit), account));
        }
      }
    }
    return Money.ZERO;
  }

  private static int column(JsonNode report, String name) {
    for (JsonNode row : report.path("Rows")) {
      if ("Header".equals(XeroJson.text(row, "RowType"))) {
        for (int i = 0; i < row.path("Cells").size(); i++) {
          if (name.equals(XeroJson.text(row.path("Cells").path(i), "Value"))) {
            return i;
          }
        }
      }
    }
    throw Failure.of(
        FailureKind.DEFECT,
        "Xero's trial balance has no column " + name,
        "Report this answer of Xero.");
  }

  private static Money amount(JsonNode cell, String account) {
    return XeroJson.text(cell, "Value") == null
        ? Money.ZERO
        : XeroJson.money(cell, "Value", "account " + account + " in the trial balance");
  }
}
