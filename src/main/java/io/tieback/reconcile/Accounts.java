package io.tieback.reconcile;

import io.tieback.construction.JobBooks;
import io.tieback.reconcile.TieOutReport.ProjectReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what belongs to each commitment on each side. */
final class Accounts {

  private static final JobBooks.Project NO_PROJECT =
      new JobBooks.Project(0, null, "without a project in Procore", null);

  private final Map<Long, JobBooks.Project> projects = new LinkedHashMap<>();
  private final Map<Long, Map<Long, Account>> accounts = new LinkedHashMap<>();

  Accounts(List<JobBooks> jobs) {
    for (JobBooks job : jobs) {
      long project = job.project().id();
      projects.put(project, job.project());
      accounts.put(project, new LinkedHashMap<>());
      for (JobBooks.Commitment commitment : job.commitments()) {
        accounts
            .get(project)
            .put(
                commitment.id(),
                new Account(
                    commitment.id(),
                    commitment.number(),
                    commitment.title(),
                    commitment.supplier(),
                    Figures.contract(commitment.original(), commitment.changes()),
                    Figures.NONE));
      }
    }
  }

  void procore(long project, long commitment, Figures more) {
    Account account = account(project, commitment);
    put(project, account, account.procore().plus(more), account.erp());
  }

  void erp(long project, long commitment, Figures more) {
    Account account = account(project, commitment);
    put(project, account, account.procore(), account.erp().plus(more));
  }

  private void put(long project, Account account, Figures procore, Figures erp) {
    accounts
        .get(project)
        .put(
            account.commitmentId(),
            new Account(
                account.commitmentId(),
                account.number(),
                account.title(),
                account.supplier(),
                procore,
                erp));
  }

  private Account account(long project, long commitment) {
    projects.putIfAbsent(project, NO_PROJECT);
    return accounts
        .computeIfAbsent(project, none -> new LinkedHashMap<>())
        .computeIfAbsent(
            commitment,
            id ->
                new Account(
                    id,
                    null,
                    id == 0
                        ? "bills without an invoice in Procore"
                        : "commitment " + id + ", which Procore does not list",
                    null,
                    Figures.NONE,
                    Figures.NONE));
  }

  /** All projects, by number. */
  List<ProjectReport> reports() {
    List<ProjectReport> reports = new ArrayList<>();
    accounts.forEach(
        (id, ofProject) -> {
          List<Account> sorted =
              ofProject.values().stream()
                  .sorted(
                      Comparator.comparing(
                              Account::number, Comparator.nullsLast(Comparator.naturalOrder()))
                          .thenComparing(Account::commitmentId))
                  .toList();
          reports.add(
              new ProjectReport(
                  projects.get(id), sorted, total(projects.get(id).words() + ", total", sorted)));
        });
    reports.sort(
        Comparator.comparing((ProjectReport report) -> report.project().id() == 0)
            .thenComparing(report -> report.project().words()));
    return reports;
  }

  static Account total(String title, List<Account> accounts) {
    return new Account(
        0,
        null,
        title,
        null,
        Figures.sum(accounts.stream().map(Account::procore).toList()),
        Figures.sum(accounts.stream().map(Account::erp).toList()),
        Figures.sum(accounts.stream().map(Account::difference).toList()));
  }
}
