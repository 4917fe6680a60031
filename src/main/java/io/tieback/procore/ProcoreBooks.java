package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.Discrepancy;
import io.tieback.construction.JobBooks;
import io.tieback.construction.JobBooks.Movement;
import io.tieback.construction.Money;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.wire.Failure;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Procore shows of a project's subcontracts, read afresh over public resources (Procore
 * reference sections 8, 10 and 12): one list for each kind of commitment and one of all invoices
 * with their items. Payments have no list over contracts: one call for each contract whose payments
 * are asked for.
 */
public final class ProcoreBooks {

  private final ProcoreClient client;
  private final ArithmeticSettings arithmetic;

  /**
   * @param client the company's client
   * @param arithmetic how uncertain figures are read, as for an export
   */
  public ProcoreBooks(ProcoreClient client, ArithmeticSettings arithmetic) {
    this.client = client;
    this.arithmetic = arithmetic;
  }

  /**
   * The projects that the connection works on and the service account sees. Also those that were
   * closed since: their retainage may still be held.
   */
  public List<JobBooks.Project> projects() {
    return client.directory().projectsOfAnyStatus().stream()
        .map(
            row ->
                new JobBooks.Project(
                    Fields.id(row, "id", "project"),
                    Fields.text(row, "project_number"),
                    Fields.text(row, "name"),
                    Fields.text(row, "origin_id")))
        .filter(project -> client.connection().worksOn(project.id()))
        .toList();
  }

  /** Commitments and invoices of a project, without payments. */
  public JobBooks read(JobBooks.Project project) {
    List<JobBooks.Commitment> commitments = new ArrayList<>();
    for (CommitmentKind kind : CommitmentKind.values()) {
      client.directory().commitments(kind, project.id()).stream()
          .map(ProcoreBooks::commitment)
          .forEach(commitments::add);
    }
    List<JsonNode> rows = client.requisitions(project.id());
    Map<Long, JsonNode> byId = new HashMap<>();
    rows.forEach(row -> byId.put(Fields.id(row, "id", "requisition"), row));
    List<JobBooks.Invoice> invoices = rows.stream().map(row -> invoice(row, byId)).toList();
    return new JobBooks(project, commitments, invoices, List.of());
  }

  private static JobBooks.Commitment commitment(JsonNode row) {
    long id = Fields.id(row, "id", "commitment");
    String of = "commitment " + id;
    return new JobBooks.Commitment(
        id,
        Fields.text(row, "number"),
        Fields.text(row, "title"),
        Fields.text(row.path("vendor"), "company"),
        Fields.moneyOrZero(row, "grand_total", of),
        Fields.moneyOrZero(row, "approved_change_orders", of),
        Fields.moneyOrZero(row, "total_payments", of),
        Fields.text(row, "origin_id"));
  }

  /** An invoice that cannot be read does not hold up the others: it says what is wrong with it. */
  private JobBooks.Invoice invoice(JsonNode row, Map<Long, JsonNode> byId) {
    try {
      Long previous = RequisitionItems.previousId(row);
      ReadRequisition read =
          RequisitionReader.read(
              row, previous == null ? null : byId.get(previous), null, arithmetic);
      SubcontractorInvoice invoice = read.invoice();
      List<String> problems = read.discrepancies().stream().map(ProcoreBooks::inWords).toList();
      if (read.discrepancies().stream().anyMatch(d -> d.kind() == Discrepancy.Kind.UNKNOWN)) {
        return invoice(row, invoice.billingDate(), Money.ZERO, List.of(), Money.ZERO, problems);
      }
      return invoice(
          row,
          invoice.billingDate(),
          invoice.gross(),
          invoice.lines().stream().map(l -> new Movement(l.retained(), l.released())).toList(),
          invoice.taxInProcore(),
          problems);
    } catch (Failure failure) {
      return invoice(row, null, Money.ZERO, List.of(), Money.ZERO, List.of(failure.getMessage()));
    }
  }

  private static String inWords(Discrepancy discrepancy) {
    return discrepancy.figure()
        + (discrepancy.procoreItemId() == 0 ? "" : " of item " + discrepancy.procoreItemId())
        + ": "
        + discrepancy.inWords();
  }

  private static JobBooks.Invoice invoice(
      JsonNode row,
      LocalDate date,
      Money billed,
      List<Movement> retainage,
      Money tax,
      List<String> problems) {
    long id = Fields.id(row, "id", "requisition");
    return new JobBooks.Invoice(
        id,
        Fields.id(row, "commitment_id", "requisition " + id),
        Fields.text(row, "invoice_number"),
        Fields.text(row, "status"),
        date,
        Fields.text(row, "origin_id"),
        billed,
        retainage,
        tax,
        problems);
  }

  /** Payments issued of one commitment. */
  public List<JobBooks.Payment> payments(long projectId, long commitmentId) {
    String of = "contract payment";
    return client.contractPayments(projectId, commitmentId).stream()
        .map(
            row ->
                new JobBooks.Payment(
                    Fields.id(row, "id", of),
                    commitmentId,
                    Fields.idOrNull(row, "requisition_id", of),
                    Fields.text(row, "origin_id"),
                    Fields.moneyOrZero(row, "amount", of),
                    Fields.dateOrNull(row, "date", of)))
        .toList();
  }
}
