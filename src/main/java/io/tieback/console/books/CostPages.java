package io.tieback.console.books;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.page.Way;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.CostLeftFilter;
import io.tieback.ledger.JobCostFilter;
import io.tieback.ledger.JobCostJournal.Left;
import io.tieback.ledger.JobCostLists;
import io.tieback.ledger.JobCostLists.LeftSort;
import io.tieback.ledger.JobCostView;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Page;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Job costs of all projects at once (GEN-JC-07): those that came as direct costs, the lines that
 * did not with why (GEN-JC-08), and totals by project and code.
 */
final class CostPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final int CSV_ROWS = 500;
  private static final String HERE = "/console/costs";
  private static final List<String> STATES =
      List.of("planned", "known", "failed", "removed", "cancelled");
  private static final List<String> OUTCOMES =
      List.of("UNSYNCED", "EXPORTED", "RETAINAGE", "EARLIER", "OVERHEAD");

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("date", "costs.date"),
          Column.text("number", "costs.number"),
          Column.text("supplier", "costs.supplier"),
          Column.text("project", "costs.project"),
          Column.figure("amount", "costs.amount"),
          Column.figure(null, "costs.written"),
          Column.text("state", "costs.state"));

  private static final Map<String, JobCostView.Sort> SORTS =
      Map.of(
          "date", JobCostView.Sort.DATE,
          "number", JobCostView.Sort.NUMBER,
          "supplier", JobCostView.Sort.SUPPLIER,
          "project", JobCostView.Sort.PROJECT,
          "amount", JobCostView.Sort.AMOUNT,
          "state", JobCostView.Sort.STATE);

  private static final List<Column> LEFT_COLUMNS =
      List.of(
          Column.text("date", "costs.date"),
          Column.text("number", "costs.number"),
          Column.text("supplier", "costs.supplier"),
          Column.text("project", "costs.project"),
          Column.text("item", "costs.item"),
          Column.figure("amount", "costs.amount"),
          Column.text("reason", "costs.why"));

  private static final Map<String, LeftSort> LEFT_SORTS =
      Map.of(
          "date", LeftSort.DATE,
          "number", LeftSort.NUMBER,
          "supplier", LeftSort.SUPPLIER,
          "project", LeftSort.PROJECT,
          "item", LeftSort.ITEM,
          "amount", LeftSort.AMOUNT,
          "reason", LeftSort.REASON);

  private final Ledger ledger;
  private final List<ConnectionId> connections;

  CostPages(Ledger ledger, List<ConnectionId> connections) {
    this.ledger = ledger;
    this.connections = List.copyOf(connections);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("books")
        .bundle("costs")
        .navigation(Pages.Section.BOOKS, 2, "costs.title", "/costs", Pages.duty(Duty.VIEW))
        .get("/costs", Pages.duty(Duty.VIEW), this::costs)
        .get("/costs/csv", Pages.duty(Duty.VIEW), this::csv)
        .get("/costs/unsynced", Pages.duty(Duty.VIEW), this::left)
        .get("/costs/unsynced/csv", Pages.duty(Duty.VIEW), this::leftCsv)
        .get("/costs/totals", Pages.duty(Duty.VIEW), this::totals)
        .get("/costs/totals/csv", Pages.duty(Duty.VIEW), this::totalsCsv)
        .post("/costs/sync", Pages.duty(Duty.SYNC_NOW), this::syncNow)
        .get("/costs/{id}", Pages.duty(Duty.VIEW), this::one);
  }

  // ---- what came

  /**
   * A direct cost as a list shows it.
   *
   * @param row what the ledger knows
   * @param colour of its state
   */
  record Line(JobCostView row, String colour) {
    static Line of(JobCostView row) {
      return new Line(
          row,
          switch (row.state()) {
            case "known" -> "green";
            case "failed" -> "red";
            case "planned" -> "blue";
            default -> "none";
          });
    }
  }

  private Reply costs(Ask ask) {
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "-date", SIZE);
    Page<JobCostView> page = page(ask, wanted, SIZE, Math.toIntExact(wanted.offset()));
    Map<String, Object> model = frame(ask, "came", "/console/costs/csv");
    model.put("state", ask.query("state").orElse(""));
    model.put("states", Choices.of(STATES, "costs.state.", ask));
    model.put("lines", page.rows().stream().map(Line::of).toList());
    model.put("more", page.more());
    model.put(
        "listing",
        Listing.of(HERE, ask.call().query(), COLUMNS, wanted, page.rows().size(), page.total()));
    return Reply.page("costs", model);
  }

  private Page<JobCostView> page(Ask ask, Listing.Wanted wanted, int size, int offset) {
    List<String> states =
        ask.query("state").filter(STATES::contains).map(List::of).orElse(List.of());
    JobCostFilter filter =
        new JobCostFilter(
            ask.connection().orElse(null),
            states,
            null,
            ask.query("project")
                .filter(id -> id.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .orElse(null),
            ask.query("code").orElse(null),
            null,
            null,
            ask.day("from").orElse(null),
            ask.day("through").orElse(null),
            ask.query("q").orElse(null));
    return ledger
        .jobCostLists()
        .page(filter, SORTS.get(wanted.sort()), !wanted.descending(), size, offset);
  }

  private Reply csv(Ask ask) {
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "-date", SIZE);
    Csv csv =
        new Csv(
            List.of(
                "connection",
                "kind",
                "number",
                "date",
                "supplier",
                "project",
                "type",
                "lines",
                "amount",
                "in procore",
                "state",
                "why",
                "erp id"));
    for (int offset = 0; ; offset += CSV_ROWS) {
      Page<JobCostView> page = page(ask, wanted, CSV_ROWS, offset);
      if (page.more()) {
        throw Problem.refused(
            ask.text("books.csv.long", ask.formats().number(Page.MOST_COUNTED)),
            "books.csv.long.remedy");
      }
      page.rows()
          .forEach(
              row ->
                  csv.row(
                      Arrays.asList(
                          row.connection(),
                          row.kind(),
                          row.number(),
                          row.date(),
                          row.supplier(),
                          row.projectName(),
                          row.type(),
                          row.lines(),
                          row.wantedAmount(),
                          row.writtenAmount(),
                          row.state(),
                          row.failureMessage(),
                          row.erpId())));
      if (page.rows().size() < CSV_ROWS) {
        return Reply.csv("direct-costs.csv", csv);
      }
    }
  }

  private Reply one(Ask ask) {
    JobCostView row = ledger.jobCostLists().find(ask.number("id")).orElseThrow(Problem::notFound);
    ask.requireSeen(row.connection());
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("line", Line.of(row));
    model.put("row", row);
    model.put("lines", ledger.jobCostLists().lines(row.id()));
    model.put("steps", Way.steps(ask, ledger.jobCostLists().history(row.id())));
    return Reply.page("cost", model);
  }

  // ---- what did not

  private Reply left(Ask ask) {
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), LEFT_COLUMNS, "-date", SIZE);
    Page<Left> page =
        ledger
            .jobCostLists()
            .leftPage(
                leftFilter(ask),
                LEFT_SORTS.get(wanted.sort()),
                !wanted.descending(),
                SIZE,
                Math.toIntExact(wanted.offset()));
    Map<String, Object> model = frame(ask, "unsynced", "/console/costs/unsynced/csv");
    model.put("outcome", outcome(ask));
    model.put("outcomes", Choices.of(OUTCOMES, "costs.outcome.", ask));
    model.put("rows", page.rows());
    model.put("more", page.more());
    model.put(
        "listing",
        Listing.of(
            HERE + "/unsynced",
            ask.call().query(),
            LEFT_COLUMNS,
            wanted,
            page.rows().size(),
            page.total()));
    return Reply.page("costs-unsynced", model);
  }

  private static String outcome(Ask ask) {
    return ask.query("outcome").filter(OUTCOMES::contains).orElse("UNSYNCED");
  }

  private static CostLeftFilter leftFilter(Ask ask) {
    return new CostLeftFilter(
        ask.connection().orElse(null),
        List.of(outcome(ask)),
        null,
        null,
        null,
        ask.query("project").orElse(null),
        null,
        null,
        ask.day("from").orElse(null),
        ask.day("through").orElse(null),
        ask.query("q").orElse(null));
  }

  private Reply leftCsv(Ask ask) {
    Csv csv =
        new Csv(
            List.of(
                "kind",
                "number",
                "date",
                "supplier",
                "project",
                "item",
                "account",
                "amount",
                "line",
                "outcome",
                "rules",
                "reason",
                "remedy",
                "erp id"));
    ledger
        .jobCostLists()
        .eachLeft(
            leftFilter(ask),
            line ->
                csv.row(
                    Arrays.asList(
                        line.document().kind(),
                        line.number(),
                        line.date(),
                        line.supplier(),
                        line.project(),
                        line.item(),
                        line.account(),
                        line.amount(),
                        line.description(),
                        line.outcome().toLowerCase(Locale.ROOT),
                        line.rules(),
                        line.reason(),
                        line.remedy(),
                        line.document().erpId())));
    return Reply.csv("unsynced-costs.csv", csv);
  }

  // ---- totals

  private Reply totals(Ask ask) {
    List<JobCostLists.Sum> sums = ledger.jobCostLists().sums(ask.connection().orElse(null), null);
    Map<String, Object> model = frame(ask, "totals", "/console/costs/totals/csv");
    model.put("sums", sums);
    model.put("total", sums.stream().map(JobCostLists.Sum::amount).reduce(Money.ZERO, Money::plus));
    return Reply.page("costs-totals", model);
  }

  private Reply totalsCsv(Ask ask) {
    Csv csv = new Csv(List.of("connection", "project id", "project", "code", "lines", "amount"));
    ledger
        .jobCostLists()
        .sums(ask.connection().orElse(null), null)
        .forEach(
            sum ->
                csv.row(
                    Arrays.asList(
                        sum.connection(),
                        sum.projectId(),
                        sum.projectName(),
                        sum.code(),
                        sum.lines(),
                        sum.amount())));
    return Reply.csv("cost-totals.csv", csv);
  }

  // ---- all of them

  private Map<String, Object> frame(Ask ask, String view, String csv) {
    long unsynced =
        ledger.jobCostLists().leftCounts(ask.connection().orElse(null)).stream()
            .filter(count -> count.outcome().equals("UNSYNCED"))
            .mapToLong(JobCostLists.LeftCount::lines)
            .sum();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put(
        "tabs",
        List.of(
            new Tab(ask.text("costs.came"), HERE, view.equals("came"), null),
            new Tab(
                ask.text("costs.unsynced"), HERE + "/unsynced", view.equals("unsynced"), unsynced),
            new Tab(ask.text("costs.totals"), HERE + "/totals", view.equals("totals"), null)));
    model.put("q", ask.query("q").orElse(""));
    model.put("from", ask.query("from").orElse(""));
    model.put("through", ask.query("through").orElse(""));
    model.put("csv", Listing.address(csv, ask.call().query(), Map.of("page", "")));
    model.put("maySync", Permissions.refusal(ask.person(), Duty.SYNC_NOW).isEmpty());
    return model;
  }

  private Reply syncNow(Ask ask) {
    List<ConnectionId> wanted = ask.connection().map(List::of).orElse(connections);
    wanted.forEach(one -> ledger.connections().requestCostSync(one, ask.person().email()));
    return Reply.redirect("/costs").saying("costs.synced");
  }
}
