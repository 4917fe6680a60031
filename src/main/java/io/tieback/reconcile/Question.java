package io.tieback.reconcile;

import io.tieback.construction.BookedDocument.Line;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.JobBooks;
import io.tieback.construction.OriginId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * What a tie-out is asked.
 *
 * @param connection whose books
 * @param erp short name of the ERP in origin ids
 * @param erpName its name for people
 * @param through last day that counts on both sides, or null for everything
 * @param approvedStatuses Procore's words for invoices that count as billed
 * @param retainageAccount account that retainage is held on, or null
 * @param retainageItem item that retainage is written on, or null
 * @param oneProject whether it is about one project only
 */
public record Question(
    ConnectionId connection,
    String erp,
    String erpName,
    LocalDate through,
    Set<String> approvedStatuses,
    String retainageAccount,
    String retainageItem,
    boolean oneProject) {

  public Question {
    approvedStatuses = Set.copyOf(approvedStatuses);
  }

  /** Whether something of this day counts; what has no day counts always. */
  boolean counts(LocalDate day) {
    return through == null || day == null || !day.isAfter(through);
  }

  boolean isRetainage(Line line) {
    return (retainageItem != null && retainageItem.equals(line.itemCode()))
        || (retainageAccount != null && retainageAccount.equals(line.accountCode()));
  }

  /** The ERP's key in External Data of this connection; empty when it is not this connection's. */
  public Optional<String> key(String originId) {
    if (originId == null) {
      return Optional.empty();
    }
    try {
      OriginId parsed = OriginId.parse(originId);
      return parsed.erp().equals(erp) && parsed.connection().equals(connection)
          ? Optional.of(parsed.key())
          : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** Whether a project is joined to this connection's ERP company. */
  public boolean has(JobBooks.Project project) {
    return key(project.originId()).isPresent();
  }

  /** What retainage is held on, in words, such as {@code account 815}. */
  public String retainagePlace() {
    if (retainageItem != null) {
      return "item "
          + retainageItem
          + (retainageAccount == null ? "" : " and account " + retainageAccount);
    }
    return retainageAccount == null ? "no account" : "account " + retainageAccount;
  }
}
