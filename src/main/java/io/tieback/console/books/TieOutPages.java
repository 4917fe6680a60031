package io.tieback.console.books;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.approval.RecordKind;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueFilter;
import io.tieback.ledger.QueuePage;
import io.tieback.ledger.TieOutRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tie-out: the last report at once with its age, a new one in the background, and the way down
 * from a commitment to its invoices and payments, with the cause of every difference.
 */
final class TieOutPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final int RUNS = 20;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text(null, "tie-out.commitment"),
          Column.text(null, "tie-out.supplier"),
          Column.figure(null, "tie-out.figure.billed"),
          Column.figure(null, "tie-out.figure.held"),
          Column.figure(null, "tie-out.figure.paid"),
          Column.figure(null, "tie-out.figure.open"),
          Column.text(null, "tie-out.result"));

  private final Ledger ledger;
  private final List<ConnectionId> connections;
  private Map.Entry<Long, TieOutReading> lastRead;

  TieOutPages(Ledger ledger, List<ConnectionId> connections) {
    this.ledger = ledger;
    this.connections = List.copyOf(connections);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("books")
        .bundle("tie-out")
        .navigation(Pages.Section.BOOKS, 3, "tie-out.title", "/tie-out", Pages.duty(Duty.VIEW))
        .get("/tie-out", Pages.duty(Duty.VIEW), this::latest)
        .post("/tie-out", Pages.duty(Duty.SYNC_NOW), this::start)
        .get("/tie-out/{run}", Pages.duty(Duty.VIEW), ask -> page(ask, Optional.of(run(ask))))
        .get("/tie-out/{run}/progress", Pages.duty(Duty.VIEW), this::progress)
        .get("/tie-out/{run}/csv", Pages.duty(Duty.VIEW), this::csv)
        .get("/tie-out/{run}/commitments/{id}", Pages.duty(Duty.VIEW), this::commitment);
  }

  /** The connection whose books are looked at: the one that was chosen, or the first. */
  private ConnectionId connection(Ask ask) {
    return ask.connection().orElse(connections.get(0));
  }

  private TieOutRun run(Ask ask) {
    TieOutRun run = ledger.tieOutRuns().find(ask.number("run")).orElseThrow(Problem::notFound);
    ask.requireSeen(run.connection());
    return run;
  }

  private Reply latest(Ask ask) {
    return page(ask, ledger.tieOutRuns().latestReport(connection(ask)));
  }

  private Reply page(Ask ask, Optional<TieOutRun> shown) {
    ConnectionId connection = shown.map(TieOutRun::connection).orElse(connection(ask));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("of", connection.value());
    model.put("run", shown.orElse(null));
    model.put("running", ledger.tieOutRuns().underWay(connection).orElse(null));
    model.put("progress", "");
    ledger.tieOutRuns().underWay(connection).ifPresent(under -> progress(ask, model, under));
    model.put("runs", ledger.tieOutRuns().newest(connection, RUNS));
    model.put("mayStart", Permissions.refusal(ask.person(), Duty.SYNC_NOW).isEmpty());
    Optional<TieOutReading> report = shown.flatMap(this::report);
    model.put("report", report.orElse(null));
    report.ifPresent(one -> put(ask, model, shown.get(), one));
    model.put("projectName", shown.map(run -> projectName(run, report)).orElse(""));
    return Reply.page("tie-out", model);
  }

  private static String projectName(TieOutRun run, Optional<TieOutReading> report) {
    return report.stream()
        .flatMap(one -> one.projects().stream())
        .filter(one -> Long.valueOf(one.id()).equals(run.projectId()))
        .map(TieOutReading.Project::label)
        .findFirst()
        .orElse(String.valueOf(run.projectId()));
  }

  /**
   * How often a cause is there.
   *
   * @param cause its word
   * @param count how often
   */
  record CauseCount(String cause, long count) {}

  private static void put(Ask ask, Map<String, Object> model, TieOutRun run, TieOutReading report) {
    boolean only = ask.query("only").isPresent();
    String words = ask.query("q").orElse("").toLowerCase(Locale.ROOT);
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "", SIZE);
    List<TieOutReading.Commitment> found =
        report.commitments().stream()
            .filter(one -> !only || !one.agrees() || !report.of(one.id()).isEmpty())
            .filter(one -> words.isEmpty() || text(one).contains(words))
            .toList();
    List<TieOutReading.Commitment> rows = found.stream().skip(wanted.offset()).limit(SIZE).toList();
    model.put("only", only);
    model.put("q", ask.query("q").orElse(""));
    model.put("rows", rows);
    List<CauseCount> causes = new ArrayList<>();
    report.causes().forEach((cause, count) -> causes.add(new CauseCount(cause, count)));
    model.put("causes", causes);
    model.put(
        "elsewhere",
        report.differences().stream().filter(one -> one.commitmentId() == null).toList());
    model.put(
        "listing",
        Listing.of(
            "/console/tie-out/" + run.id(),
            ask.call().query(),
            COLUMNS,
            wanted,
            rows.size(),
            found.size()));
  }

  private static String text(TieOutReading.Commitment one) {
    return String.join(" ", one.project(), one.number(), one.title(), one.supplier())
        .toLowerCase(Locale.ROOT);
  }

  /** The last one that was read stays read: a report may have thousands of commitments. */
  private synchronized Optional<TieOutReading> report(TieOutRun run) {
    if (lastRead == null || lastRead.getKey() != run.id()) {
      Optional<TieOutReading> read = ledger.tieOutRuns().report(run.id()).map(TieOutReading::of);
      if (read.isEmpty()) {
        return read;
      }
      lastRead = Map.entry(run.id(), read.get());
    }
    return Optional.of(lastRead.getValue());
  }

  private Reply start(Ask ask) {
    String name = ask.required("of");
    ConnectionId connection =
        connections.stream()
            .filter(one -> one.value().equals(name))
            .findFirst()
            .orElseThrow(
                () -> Problem.badRequest("of", ask.text("error.choice", name), "error.400.remedy"));
    ask.requireSeen(connection);
    Reply.Redirect there = Reply.redirect("/tie-out?connection=" + connection);
    Optional<String> wanted = ask.field("project");
    Optional<Long> project = wanted.flatMap(given -> project(connection, given));
    if (wanted.isPresent() && project.isEmpty()) {
      return there.warning("tie-out.project.unknown", wanted.get());
    }
    boolean fresh =
        ledger
            .tieOutRuns()
            .ask(
                connection,
                project.orElse(null),
                ask.day("through").orElse(null),
                ask.person().email())
            .fresh();
    return fresh ? there.saying("tie-out.started") : there.warning("tie-out.runs-already");
  }

  /**
   * Procore's id of a project that people call by its number: as the last report or the queue knows
   * it. What is only digits, and no known number, is the id itself.
   */
  private Optional<Long> project(ConnectionId connection, String given) {
    Optional<Long> tied =
        ledger.tieOutRuns().latestReport(connection).flatMap(this::report).stream()
            .flatMap(report -> report.projects().stream())
            .filter(one -> one.number().equalsIgnoreCase(given))
            .map(TieOutReading.Project::id)
            .findFirst();
    return tied.or(() -> queued(connection, given))
        .or(
            () ->
                given.matches("[0-9]{1,18}")
                    ? Optional.of(Long.parseLong(given))
                    : Optional.empty());
  }

  private Optional<Long> queued(ConnectionId connection, String number) {
    QueueFilter projects =
        new QueueFilter(
            null,
            List.of(),
            connection,
            RecordKind.PROJECT.word(),
            null,
            null,
            null,
            null,
            null,
            number);
    return ledger.queueItems().page(projects, QueuePage.Sort.NUMBER, true, SIZE, 0).rows().stream()
        .filter(row -> number.equalsIgnoreCase(row.number()) && row.procoreId() != null)
        .map(QueuePage.Row::procoreId)
        .findFirst();
  }

  /** Leads to the report as soon as there is one. */
  private Reply progress(Ask ask) {
    TieOutRun run = run(ask);
    if (!run.isUnderWay()) {
      return Reply.redirect("/tie-out/" + run.id());
    }
    Map<String, Object> model = new LinkedHashMap<>();
    progress(ask, model, run);
    return Reply.fragment("fragments/tie-out-progress", model);
  }

  private static void progress(Ask ask, Map<String, Object> model, TieOutRun run) {
    model.put("running", run);
    String step = run.step() == null ? run.state() : run.step().toLowerCase(Locale.ROOT);
    model.put(
        "progress",
        ask.text("tie-out.step." + step)
            + (run.stepTotal() > 0
                ? " "
                    + ask.text(
                        "tie-out.step-of",
                        ask.formats().number(run.stepDone()),
                        ask.formats().number(run.stepTotal()))
                : ""));
    model.put("share", run.stepTotal() > 0 ? run.stepDone() * 100 / run.stepTotal() : 0);
  }

  private Reply csv(Ask ask) {
    TieOutRun run = run(ask);
    String csv = ledger.tieOutRuns().csv(run.id()).orElseThrow(Problem::notFound);
    return new Reply.Download(
        "tie-out-" + run.connection() + "-" + run.id() + ".csv",
        "text/csv; charset=utf-8",
        ("\uFEFF" + csv).getBytes(StandardCharsets.UTF_8));
  }

  private Reply commitment(Ask ask) {
    TieOutRun run = run(ask);
    TieOutReading report = report(run).orElseThrow(Problem::notFound);
    TieOutReading.Commitment commitment =
        report.commitment(ask.number("id")).orElseThrow(Problem::notFound);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("run", run);
    model.put("report", report);
    model.put("commitment", commitment);
    model.put("invoices", TieOutReading.invoices(commitment));
    model.put("differences", report.of(commitment.id()));
    return Reply.page("tie-out-commitment", model);
  }
}
