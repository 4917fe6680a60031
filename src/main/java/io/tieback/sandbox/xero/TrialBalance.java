package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * {@code /Reports/TrialBalance}: what every account stands at on a day, in the shape of Xero's
 * reports. Accounts at nothing are left out; all figures are texts.
 */
final class TrialBalance {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final List<String> COLUMNS =
      List.of("Account", "Debit", "Credit", "YTD Debit", "YTD Credit");

  private final Gate gate;

  TrialBalance(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    router
        .get(XeroStandIn.API + "/Reports/TrialBalance")
        .handler(gate.guard(List.of("reports", "reports.trialbalance"), false, this::report));
  }

  private Answer report(Gate.Visit visit) {
    Organisation organisation = visit.organisation();
    LocalDate day = day(visit);
    String shown = DAY.format(day);
    ObjectNode report =
        Json.object()
            .put("ReportID", "TrialBalance")
            .put("ReportName", "Trial Balance")
            .put("ReportType", "TrialBalance");
    report
        .putArray("ReportTitles")
        .add("Trial Balance")
        .add(organisation.name)
        .add("As at " + shown);
    report.put("ReportDate", shown);
    report.putArray("Fields");
    ArrayNode rows = report.putArray("Rows");
    ArrayNode header = rows.addObject().put("RowType", "Header").putArray("Cells");
    COLUMNS.forEach(column -> header.addObject().put("Value", column));
    ArrayNode accounts =
        rows.addObject().put("RowType", "Section").put("Title", "Accounts").putArray("Rows");
    balances(organisation, day)
        .forEach((code, balance) -> row(accounts, organisation, code, balance));
    ObjectNode envelope = Envelope.start(visit);
    envelope.putArray("Reports").add(report);
    return Answer.json(200, envelope);
  }

  private static LocalDate day(Gate.Visit visit) {
    String date = visit.call().query("date");
    try {
      return date == null
          ? LocalDate.ofInstant(visit.now(), visit.organisation().zone)
          : LocalDate.parse(date);
    } catch (DateTimeParseException e) {
      throw Refusal.query("The parameter date must be a date");
    }
  }

  private static TreeMap<String, BigDecimal> balances(Organisation organisation, LocalDate day) {
    TreeMap<String, BigDecimal> balances = new TreeMap<>();
    Bookkeeper.balances(organisation, day)
        .properties()
        .forEach(
            balance -> {
              // The system accounts of payables and tax have no code in the books.
              BigDecimal amount = balance.getValue().decimalValue();
              if (organisation.accounts.containsKey(balance.getKey()) && amount.signum() != 0) {
                balances.put(balance.getKey(), amount);
              }
            });
    return balances;
  }

  private static void row(
      ArrayNode accounts, Organisation organisation, String code, BigDecimal balance) {
    Organisation.Account account = organisation.account(code);
    String amount = balance.abs().setScale(2).toPlainString();
    String debit = balance.signum() > 0 ? amount : "";
    String credit = balance.signum() < 0 ? amount : "";
    ArrayNode cells = accounts.addObject().put("RowType", "Row").putArray("Cells");
    for (String value : List.of(account.name + " (" + code + ")", debit, credit, debit, credit)) {
      cells
          .addObject()
          .put("Value", value)
          .putArray("Attributes")
          .addObject()
          .put("Value", account.id)
          .put("Id", "account");
    }
  }
}
