package io.tieback.reconcile;

import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.JobBooks;
import io.tieback.construction.Money;
import io.tieback.reconcile.Matching.Pair;
import io.tieback.reconcile.TieOutReport.ProjectReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds Procore's subcontracts against the books of the ERP, commitment by commitment and to the
 * cent. Pure: what it is given is all that it looks at.
 *
 * <p>Each difference says by how much it parts the two sides. What they differ by beyond the sum of
 * these is a difference of its own, so that no cent stays unsaid whatever its cause.
 */
public final class TieOut {

  private final Question question;
  private final List<JobBooks> jobs;
  private final DocumentFigures figures;
  private final Accounts accounts;
  private final Matching matching;
  private final InvoiceAccounts detail;
  private final InvoiceDifferences invoices;
  private final PaymentDifferences payments;
  private final OrderDifferences orders;
  private final Money retainageBalance;

  private TieOut(
      Question question,
      List<JobBooks> jobs,
      List<BookedDocument> documents,
      List<BookedOrder> orders,
      Money retainageBalance,
      Traces traces) {
    this.question = question;
    this.jobs = jobs;
    this.retainageBalance = retainageBalance;
    this.figures = new DocumentFigures(question);
    this.accounts = new Accounts(jobs);
    this.detail = new InvoiceAccounts(question, jobs, figures);
    boolean tracked =
        documents.stream()
            .flatMap(document -> document.lines().stream())
            .anyMatch(line -> line.projectKey() != null);
    this.matching = new Matching(question, jobs, documents, traces);
    this.invoices = new InvoiceDifferences(question, traces, figures, matching, tracked);
    this.payments = new PaymentDifferences(question, traces);
    this.orders = new OrderDifferences(question, traces, jobs, orders);
  }

  /** Compares where commitments are not exported. */
  public static TieOutReport compare(
      Question question,
      List<JobBooks> jobs,
      List<BookedDocument> documents,
      Money retainageBalance,
      Traces traces) {
    return compare(question, jobs, documents, List.of(), retainageBalance, traces, false);
  }

  /**
   * Compares.
   *
   * @param question what is asked
   * @param jobs the projects as Procore shows them, with payments
   * @param documents the ERP's documents: all of this connection, and others with retainage
   * @param orders the ERP's purchase orders
   * @param retainageBalance credit less debit of the retainage account by the ERP's own report, or
   *     null when it is not known
   * @param traces what the ledger knows of the causes
   * @param withOrders whether commitments are exported; if not, {@code orders} is not looked at
   */
  public static TieOutReport compare(
      Question question,
      List<JobBooks> jobs,
      List<BookedDocument> documents,
      List<BookedOrder> orders,
      Money retainageBalance,
      Traces traces,
      boolean withOrders) {
    return new TieOut(
            question, jobs, documents, withOrders ? orders : null, retainageBalance, traces)
        .report();
  }

  private TieOutReport report() {
    matching.pairs().forEach(this::add);
    matching.withoutInvoice().forEach(this::addWithoutInvoice);
    for (JobBooks job : jobs) {
      for (JobBooks.Payment payment : job.payments()) {
        if (question.counts(payment.date())) {
          accounts.procore(
              job.project().id(), payment.commitmentId(), Figures.paid(payment.amount()));
        }
      }
    }
    RetainageProof.Postings postings = new RetainageProof.Postings(question, onlyProject());
    matching.others().forEach(postings::add);

    List<Difference> differences = new ArrayList<>(invoices.found());
    differences.addAll(payments.compare(jobs));
    differences.addAll(orders.compare(accounts));
    List<ProjectReport> projects = accounts.reports();
    differences.addAll(unexplained(projects, differences));
    List<Long> order = projects.stream().map(report -> report.project().id()).toList();
    differences.sort(Comparator.comparing(difference -> order.indexOf(difference.projectId())));
    Account total =
        Accounts.total("all projects", projects.stream().map(ProjectReport::total).toList());
    // A balance is of the whole account: nothing follows from it for one project.
    RetainageProof proof =
        postings.proof(
            total.procore(), total.erp(), question.oneProject() ? null : retainageBalance);
    differences.addAll(postings.found());
    return new TieOutReport(
        question, projects, total, proof, differences, remarks(proof), detail.all(jobs));
  }

  private String onlyProject() {
    return question.oneProject()
        ? question.key(jobs.get(0).project().originId()).orElse(null)
        : null;
  }

  private void add(Pair pair) {
    JobBooks.Invoice invoice = pair.invoice();
    long project = pair.job().project().id();
    if (question.counts(invoice.date())) {
      accounts.procore(project, invoice.commitmentId(), InvoiceDifferences.ofInvoice(invoice));
    }
    for (BookedDocument bill : pair.in(State.POSTED)) {
      add(project, invoice.commitmentId(), bill, invoice);
    }
    invoices.compare(pair);
    detail.add(pair);
  }

  private void add(long project, long commitment, BookedDocument bill, JobBooks.Invoice invoice) {
    if (question.counts(bill.date())) {
      accounts.erp(project, commitment, figures.billed(bill, invoice));
    }
    accounts.erp(project, commitment, figures.paid(bill));
    accounts.erp(project, commitment, figures.credited(bill));
    accounts.erp(project, commitment, Figures.open(figures.gap(bill)));
    payments.bill(project, commitment, bill);
  }

  private void addWithoutInvoice(BookedDocument bill) {
    long project = projectOf(bill);
    boolean asked =
        !question.oneProject() || jobs.stream().anyMatch(job -> job.project().id() == project);
    if (bill.state() == State.POSTED && asked) {
      add(project, 0, bill, null);
      detail.withoutInvoice(project, bill);
      invoices.withoutInvoice(project, bill);
    }
  }

  /** By the address that the bill carries, else by its lines; 0 when neither names one of these. */
  private long projectOf(BookedDocument bill) {
    Map<String, Long> byKey = new HashMap<>();
    for (JobBooks job : jobs) {
      Long named = BillMarker.projectOf(bill.marker()).orElse(null);
      if (named != null && named == job.project().id()) {
        return named;
      }
      question.key(job.project().originId()).ifPresent(key -> byKey.put(key, job.project().id()));
    }
    if (BillMarker.projectOf(bill.marker()).isPresent()) {
      return 0;
    }
    return bill.lines().stream()
        .map(line -> byKey.getOrDefault(String.valueOf(line.projectKey()), 0L))
        .filter(id -> id != 0)
        .findFirst()
        .orElse(0L);
  }

  /** What both sides of a commitment differ by beyond what was found. */
  private List<Difference> unexplained(List<ProjectReport> projects, List<Difference> found) {
    Map<String, Figures> explained = new HashMap<>();
    for (Difference difference : found) {
      explained.merge(
          difference.projectId() + "/" + difference.commitmentId(),
          difference.effect(),
          Figures::plus);
    }
    List<Difference> left = new ArrayList<>();
    for (ProjectReport report : projects) {
      for (Account account : report.accounts()) {
        String key = report.project().id() + "/" + account.commitmentId();
        Figures rest = account.difference().minus(explained.getOrDefault(key, Figures.NONE));
        rest.notZero()
            .forEach((figure, amount) -> left.add(unexplained(report, account, figure, amount)));
      }
    }
    return left;
  }

  private static Difference unexplained(
      ProjectReport report, Account account, Figure figure, Money amount) {
    return new Difference(
        Cause.UNEXPLAINED,
        report.project().id(),
        account.commitmentId(),
        Figures.NONE,
        Money.ZERO,
        List.of("Procore commitment " + account.commitmentId()),
        "Of "
            + figure.words()
            + " on "
            + (account.number() == null ? account.title() : account.number())
            + " "
            + amount
            + " is not explained by any record.",
        "Run it again; if it stays, report it with the file that --json writes.");
  }

  private List<String> remarks(RetainageProof proof) {
    List<String> remarks = new ArrayList<>();
    if (question.retainageAccount() == null && question.retainageItem() == null) {
      remarks.add(
          "No retainage account is set (connection."
              + question.connection()
              + ".retainage.account): no line of a bill can be told to be retainage.");
    }
    if (retainageBalance == null && question.retainageAccount() != null) {
      remarks.add(
          "The balance of "
              + proof.place()
              + " by "
              + question.erpName()
              + "'s own report was not read: what manual journals and bank transactions posted"
              + " there is not seen (docs/reconcile.md tells how to permit it).");
    }
    orders.notCompared().ifPresent(remarks::add);
    if (!proof.otherConnections().isZero()) {
      remarks.add(
          proof.otherConnections()
              + " on "
              + proof.place()
              + " belongs to bills of other connections and is left out.");
    }
    return remarks;
  }
}
