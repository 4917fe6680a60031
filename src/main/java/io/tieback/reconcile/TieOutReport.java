package io.tieback.reconcile;

import io.tieback.construction.JobBooks;
import java.util.ArrayList;
import java.util.List;

/**
 * Both sides of a connection, and everything in which they differ.
 *
 * @param question what was asked
 * @param projects the projects, each with its commitments
 * @param total all projects together
 * @param retainage the proof of what is held
 * @param differences everything that differs, in the order of the projects; empty when both sides
 *     agree to the cent
 * @param remarks what a reader should know and what is no difference
 * @param invoices what stands behind the commitments' figures: every invoice with its documents and
 *     payments
 */
public record TieOutReport(
    Question question,
    List<ProjectReport> projects,
    Account total,
    RetainageProof retainage,
    List<Difference> differences,
    List<String> remarks,
    List<InvoiceAccount> invoices) {

  /**
   * One project.
   *
   * @param project the project; id 0 for bills that belong to none
   * @param accounts its commitments
   * @param total all of them together
   */
  public record ProjectReport(JobBooks.Project project, List<Account> accounts, Account total) {
    public ProjectReport {
      accounts = List.copyOf(accounts);
    }
  }

  public TieOutReport {
    projects = List.copyOf(projects);
    differences = List.copyOf(differences);
    remarks = List.copyOf(remarks);
    invoices = List.copyOf(invoices);
  }

  /** The same with more remarks. */
  public TieOutReport with(List<String> more) {
    List<String> all = new ArrayList<>(remarks);
    all.addAll(more);
    return new TieOutReport(question, projects, total, retainage, differences, all, invoices);
  }

  /** Whether both sides agree to the cent. */
  public boolean agrees() {
    return differences.isEmpty();
  }
}
