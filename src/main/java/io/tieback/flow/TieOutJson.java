package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.reconcile.Account;
import io.tieback.reconcile.Difference;
import io.tieback.reconcile.Figure;
import io.tieback.reconcile.Figures;
import io.tieback.reconcile.InvoiceAccount;
import io.tieback.reconcile.Question;
import io.tieback.reconcile.RetainageProof;
import io.tieback.reconcile.TieOutReport;
import io.tieback.reconcile.TieOutReport.ProjectReport;
import io.tieback.wire.Json;
import java.time.LocalDate;
import java.util.Map;

/** A tie-out as JSON, complete. Amounts are decimal texts; what a side does not have is null. */
public final class TieOutJson {

  private TieOutJson() {}

  /**
   * The whole report.
   *
   * @param calls API calls by name that the tie-out took
   */
  public static ObjectNode of(TieOutReport report, Map<String, Long> calls) {
    Question question = report.question();
    ObjectNode json =
        Json.object()
            .put("connection", question.connection().value())
            .put("erp", question.erp())
            .put("through", question.through() == null ? null : question.through().toString())
            .put("agrees", report.agrees());
    ArrayNode projects = json.putArray("projects");
    for (ProjectReport project : report.projects()) {
      ObjectNode one =
          projects
              .addObject()
              .put("id", project.project().id())
              .put("number", project.project().number())
              .put("name", project.project().name());
      ArrayNode commitments = one.putArray("commitments");
      for (Account account : project.accounts()) {
        ObjectNode row =
            commitments
                .addObject()
                .put("id", account.commitmentId())
                .put("number", account.number())
                .put("title", account.title())
                .put("supplier", account.supplier());
        sides(row, account);
        invoices(row.putArray("invoices"), report, project.project().id(), account.commitmentId());
      }
      sides(one.putObject("total"), project.total());
    }
    sides(json.putObject("total"), report.total());
    json.set("retainage", retainage(report.retainage()));
    ArrayNode differences = json.putArray("differences");
    report.differences().forEach(difference -> differences.add(difference(difference)));
    ArrayNode remarks = json.putArray("remarks");
    report.remarks().forEach(remarks::add);
    ObjectNode made = json.putObject("apiCalls");
    calls.forEach(made::put);
    return json;
  }

  private static void invoices(ArrayNode into, TieOutReport report, long project, long commitment) {
    for (InvoiceAccount invoice : report.invoices()) {
      if (invoice.projectId() == project && invoice.commitmentId() == commitment) {
        ObjectNode row =
            into.addObject()
                .put("id", invoice.invoiceId())
                .put("number", invoice.number())
                .put("status", invoice.status())
                .put("date", day(invoice.date()));
        row.set("procore", figures(invoice.procore()));
        row.set("erp", figures(invoice.erp()));
        ArrayNode documents = row.putArray("documents");
        for (InvoiceAccount.Document document : invoice.documents()) {
          documents
              .addObject()
              .put("erpId", document.erpId())
              .put("number", document.number())
              .put("date", day(document.date()))
              .put("state", document.state().name())
              .put("status", document.status());
        }
        ArrayNode payments = row.putArray("payments");
        for (InvoiceAccount.Payment payment : invoice.payments()) {
          payments
              .addObject()
              .put("procoreId", payment.procoreId())
              .put("erpId", payment.erpId())
              .put("date", day(payment.date()))
              .put("procore", text(payment.procore()))
              .put("erp", text(payment.erp()));
        }
      }
    }
  }

  private static String day(LocalDate day) {
    return day == null ? null : day.toString();
  }

  private static void sides(ObjectNode into, Account account) {
    into.set("procore", figures(account.procore()));
    into.set("erp", figures(account.erp()));
    into.set("difference", figures(account.difference()));
  }

  private static ObjectNode figures(Figures figures) {
    ObjectNode json = Json.object();
    for (Figure figure : Figure.values()) {
      json.put(name(figure), text(figures.get(figure)));
    }
    return json;
  }

  private static String name(Figure figure) {
    return figure == Figure.HELD ? "held" : figure.words();
  }

  private static ObjectNode retainage(RetainageProof proof) {
    return Json.object()
        .put("place", proof.place())
        .put("inProcore", text(proof.inProcore()))
        .put("onBills", text(proof.onBills()))
        .put("otherwise", text(proof.otherwise()))
        .put("onAccount", text(proof.onAccount()))
        .put("otherConnections", text(proof.otherConnections()))
        .put("balance", text(proof.balance()))
        .put("difference", text(proof.difference()));
  }

  private static ObjectNode difference(Difference difference) {
    ObjectNode json =
        Json.object()
            .put("cause", difference.cause().name())
            .put("projectId", difference.projectId())
            .put("commitmentId", difference.commitmentId());
    ObjectNode effect = json.putObject("effect");
    difference
        .effect()
        .notZero()
        .forEach((figure, amount) -> effect.put(name(figure), text(amount)));
    json.put("onAccount", text(difference.onAccount()))
        .put("sentence", difference.sentence())
        .put("remedy", difference.remedy());
    ArrayNode records = json.putArray("records");
    difference.records().forEach(records::add);
    return json;
  }

  private static String text(Money amount) {
    return amount == null ? null : amount.toString();
  }
}
