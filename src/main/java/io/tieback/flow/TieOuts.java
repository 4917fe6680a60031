package io.tieback.flow;

import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.JobBooks;
import io.tieback.construction.Money;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import io.tieback.ledger.Ledger;
import io.tieback.procore.ProcoreBooks;
import io.tieback.procore.ProcoreSettings;
import io.tieback.reconcile.Question;
import io.tieback.reconcile.TieOut;
import io.tieback.reconcile.TieOutReport;
import io.tieback.reconcile.Traces;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads both systems of a connection afresh and has them compared. Nothing is written anywhere and
 * no cursor moves.
 */
public final class TieOuts {

  private final Ledger ledger;
  private final ConnectionRooms rooms;

  /**
   * @param ledger asked for the causes of differences only
   * @param rooms the connections
   */
  public TieOuts(Ledger ledger, ConnectionRooms rooms) {
    this.ledger = ledger;
    this.rooms = rooms;
  }

  /** A project was asked for that the connection does not have; the message lists those it has. */
  public static final class UnknownProject extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownProject(String message) {
      super(message);
    }
  }

  /** What a tie-out is at. */
  public enum Step {
    /** Procore's projects, one after the other. */
    PROCORE,
    /** The ERP's documents. */
    ERP,
    /** Payments in Procore, by commitment. */
    PAYMENTS,
    /** The ERP's orders. */
    ORDERS,
    /** Both sides are held against each other. */
    COMPARE
  }

  /** Is told how far a tie-out is. */
  public interface Progress {
    /** Nobody wants to know. */
    Progress NONE = (step, done, total) -> {};

    /**
     * A step goes on.
     *
     * @param total of how much; 0 when that is not known
     */
    void at(Step step, int done, int total);
  }

  /**
   * As {@link #reconcile(ConnectionId, Long, LocalDate, Progress)}; nobody is told how far it is.
   */
  public TieOutReport reconcile(ConnectionId connection, Long project, LocalDate through) {
    return reconcile(connection, project, through, Progress.NONE);
  }

  /**
   * Ties a connection out.
   *
   * @param project Procore's id of the only project, or null for all that are in this ERP company
   * @param through last day that counts on both sides, or null for everything
   * @param progress is told how far it is; what it throws ends the tie-out
   * @throws UnknownProject when the connection has no such project
   * @throws io.tieback.wire.Failure when one of the systems does not answer
   */
  public TieOutReport reconcile(
      ConnectionId connection, Long project, LocalDate through, Progress progress) {
    progress.at(Step.PROCORE, 0, 0);
    ConnectionRoom room = rooms.of(connection);
    Question question =
        new Question(
            connection,
            room.erp().capabilities().erp(),
            room.erp().capabilities().displayName(),
            through,
            room.invoices().policy().approvedStatuses(),
            room.invoices().bill().retainageAccountCode(),
            room.invoices().bill().retainageItemCode(),
            project != null);
    Traces traces = Traces.of(ledger, connection);
    ProcoreBooks procore = new ProcoreBooks(room.client(), room.arithmetic());
    List<JobBooks.Project> all = procore.projects();
    List<JobBooks.Project> ours = ours(question, all, traces);
    List<JobBooks.Project> wanted = wanted(question, ours, project);
    List<JobBooks> jobs = new ArrayList<>();
    for (JobBooks.Project one : wanted) {
      progress.at(Step.PROCORE, jobs.size(), wanted.size());
      jobs.add(procore.read(one));
    }
    progress.at(Step.ERP, 0, 0);
    BooksReading books =
        room.erp()
            .readBooks(
                new BooksWanted(
                    billKeys(question, jobs),
                    question.retainageAccount(),
                    question.retainageItem(),
                    through));
    List<BookedDocument> documents = books.documents();
    Set<Long> paid = paidInErp(question, jobs, documents);
    List<JobBooks> whole = new ArrayList<>();
    for (JobBooks job : jobs) {
      progress.at(Step.PAYMENTS, whole.size(), jobs.size());
      whole.add(job.with(payments(procore, question, job, paid)));
    }
    boolean withOrders = room.orders().export();
    if (withOrders) {
      progress.at(Step.ORDERS, 0, 0);
    }
    List<BookedOrder> orders = withOrders ? room.erp().readOrders().orders() : List.of();
    progress.at(Step.COMPARE, 0, 0);
    return TieOut.compare(
            question, whole, documents, orders, books.retainageBalance(), traces, withOrders)
        .with(remarks(room, project == null ? leftOut(all, ours) : List.of()));
  }

  private static List<JobBooks.Project> leftOut(
      List<JobBooks.Project> all, List<JobBooks.Project> ours) {
    return all.stream().filter(project -> !ours.contains(project)).toList();
  }

  private static List<String> remarks(ConnectionRoom room, List<JobBooks.Project> leftOut) {
    List<String> remarks = new ArrayList<>();
    if (!leftOut.isEmpty()) {
      remarks.add(
          "Left out, because they are not joined to this connection's "
              + room.erp().capabilities().displayName()
              + " company: "
              + leftOut.stream().map(JobBooks.Project::words).collect(Collectors.joining(", "))
              + ".");
    }
    if (room.client().connection().settings().paymentsInterface()
        == ProcoreSettings.PaymentsInterface.INVOICE_PAYMENTS) {
      remarks.add(
          "Payments are written through the ERP tab's own interface, which has no list; compared is"
              + " what Procore lists as contract payments.");
    }
    return remarks;
  }

  /** Those of this connection's ERP company. Others of a shared Procore company are not its own. */
  private static List<JobBooks.Project> ours(
      Question question, List<JobBooks.Project> all, Traces traces) {
    return all.stream()
        .filter(project -> question.has(project) || isAwaited(project, traces))
        .toList();
  }

  private static List<JobBooks.Project> wanted(
      Question question, List<JobBooks.Project> ours, Long wanted) {
    if (wanted == null) {
      return ours;
    }
    return List.of(
        ours.stream()
            .filter(project -> project.id() == wanted)
            .findFirst()
            .orElseThrow(
                () ->
                    new UnknownProject(
                        "project "
                            + wanted
                            + " is not one of connection "
                            + question.connection()
                            + ": these are "
                            + ours.stream().map(p -> p.id() + " (" + p.words() + ")").toList())));
  }

  /** In no ERP yet, but an invoice of it was accepted for this connection. */
  private static boolean isAwaited(JobBooks.Project project, Traces traces) {
    return project.originId() == null && traces.projects().contains(project.id());
  }

  private static Set<String> billKeys(Question question, List<JobBooks> jobs) {
    Set<String> keys = new HashSet<>();
    for (JobBooks job : jobs) {
      job.invoices().forEach(invoice -> question.key(invoice.originId()).ifPresent(keys::add));
    }
    return keys;
  }

  /** Commitments on whose bills something was paid in the ERP. */
  private static Set<Long> paidInErp(
      Question question, List<JobBooks> jobs, List<BookedDocument> documents) {
    Map<Long, Long> byInvoice = new HashMap<>();
    Map<String, Long> byKey = new HashMap<>();
    for (JobBooks job : jobs) {
      for (JobBooks.Invoice invoice : job.invoices()) {
        byInvoice.put(invoice.id(), invoice.commitmentId());
        question.key(invoice.originId()).ifPresent(key -> byKey.put(key, invoice.commitmentId()));
      }
    }
    Set<Long> paid = new HashSet<>();
    for (BookedDocument document : documents) {
      if (document.settlements().stream().anyMatch(s -> s.by() == SettledBy.PAYMENT)) {
        Optional.ofNullable(byKey.get(document.erpId())).ifPresent(paid::add);
        BillMarker.parse(document.marker())
            .map(marker -> byInvoice.get(marker.requisitionId()))
            .ifPresent(paid::add);
      }
    }
    return paid;
  }

  /**
   * Procore lists payments by commitment only. One on which neither side shows a payment is not
   * asked for; but what adds up to nothing today may not have by an earlier day.
   */
  private static List<JobBooks.Payment> payments(
      ProcoreBooks procore, Question question, JobBooks job, Set<Long> paid) {
    List<JobBooks.Payment> payments = new ArrayList<>();
    for (JobBooks.Commitment commitment : job.commitments()) {
      boolean billed = job.invoices().stream().anyMatch(i -> i.commitmentId() == commitment.id());
      if (!commitment.paid().equals(Money.ZERO)
          || paid.contains(commitment.id())
          || (question.through() != null && billed)) {
        payments.addAll(procore.payments(job.project().id(), commitment.id()));
      }
    }
    return payments;
  }
}
