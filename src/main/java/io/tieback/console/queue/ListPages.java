package io.tieback.console.queue;

import io.tieback.approval.Action;
import io.tieback.approval.Approvals;
import io.tieback.approval.Duty;
import io.tieback.approval.Findings;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Listing;
import io.tieback.console.web.Problem;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueFilter;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueuePage;
import io.tieback.rules.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lists of the queue (GEN-Q-01), and accepting many invoices at once (GEN-Q-13). */
final class ListPages {

  private static final int CSV_ROWS = 500;

  private final Ledger ledger;
  private final Approvals approvals;
  private final QueueCounts counts;

  ListPages(Ledger ledger, Approvals approvals, QueueCounts counts) {
    this.ledger = ledger;
    this.approvals = approvals;
    this.counts = counts;
  }

  void addTo(Pages pages) {
    for (QueueView view : QueueView.values()) {
      pages.navigation(
          Pages.Section.LISTS,
          view.ordinal() + 1,
          view.key(),
          "/lists/" + view.path(),
          Pages.duty(Duty.VIEW),
          ask -> counts.of(view, ask.connection()));
    }
    pages
        .get("/lists/{list}", Pages.duty(Duty.VIEW), this::list)
        .get("/lists/{list}/rows", Pages.duty(Duty.VIEW), this::rows)
        .get("/lists/{list}/csv", Pages.duty(Duty.VIEW), this::csv)
        .post("/lists/{list}/review", Pages.duty(Duty.VIEW), this::review)
        .post("/lists/{list}/accept", Pages.duty(Duty.VIEW), this::accept);
  }

  /**
   * A row as it is drawn.
   *
   * @param href the item's page
   * @param choice what ticking it sends; null where it cannot be accepted with others
   * @param reasons what keeps it from going
   */
  record Line(
      QueuePage.Row row, QueueState state, String href, String choice, List<String> reasons) {}

  private Reply list(Ask ask) {
    ListQuestion question = question(ask);
    Map<String, Object> model = table(ask, question);
    model.put("title", question.view().key());
    model.put("question", question);
    model.put("kinds", kinds(ask));
    model.put(
        "states",
        question.states().stream()
            .map(one -> choice(one.word(), ask.text("state." + one.word())))
            .toList());
    model.put(
        "ages",
        ListQuestion.AGES.stream().map(one -> choice(one, ask.text("queue.age." + one))).toList());
    model.put(
        "projects",
        counts.projects(ask.connection()).stream()
            .map(
                one ->
                    choice(
                        Long.toString(one.id()),
                        one.name() == null ? Long.toString(one.id()) : one.name()))
            .toList());
    String here = "/console/lists/" + question.view().path();
    model.put("here", here);
    model.put("poll", Listing.address(here + "/rows", question.query(), Map.of()));
    model.put("csv", Listing.address(here + "/csv", question.query(), Map.of("page", "")));
    return new Reply.View(question.errors().none() ? 200 : 400, "queue-list", model);
  }

  private Reply rows(Ask ask) {
    return Reply.fragment("fragments/queue-rows", table(ask, question(ask)));
  }

  private static ListQuestion question(Ask ask) {
    return ListQuestion.of(ask, QueueView.ofPath(ask.part("list")));
  }

  private Map<String, Object> table(Ask ask, ListQuestion question) {
    QueuePage page =
        ledger
            .queueItems()
            .page(
                question.filter(),
                question.sort(),
                !question.wanted().descending(),
                ListQuestion.SIZE,
                Math.toIntExact(question.wanted().offset()));
    List<Line> lines = page.rows().stream().map(row -> line(ask.person(), question, row)).toList();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("view", question.view());
    model.put("lines", lines);
    model.put("bulk", lines.stream().anyMatch(line -> line.choice() != null));
    model.put("narrowed", question.narrowed());
    model.put("more", page.more());
    model.put("review", "/console/lists/" + question.view().path() + "/review");
    model.put("back", question.address());
    model.put(
        "listing",
        Listing.of(
            "/console/lists/" + question.view().path(),
            question.query(),
            ListQuestion.columns(question.view()),
            question.wanted(),
            lines.size(),
            page.total()));
    return model;
  }

  private static Line line(Person person, ListQuestion question, QueuePage.Row row) {
    QueueState state = QueueState.of(row.state());
    boolean waits = state == QueueState.READY_TO_EXPORT || state == QueueState.READY_TO_UPDATE;
    boolean together =
        waits
            && row.door().equals(QueueItem.TIEBACK)
            && row.kind().equals(RecordKind.INVOICE.word())
            && Permissions.refusal(person, Action.ACCEPT, row.connection(), RecordKind.INVOICE)
                .isEmpty();
    return new Line(
        row,
        state,
        question.item(row.id()),
        together ? Choices.text(row.id(), row.version(), row.shownDigest()) : null,
        Findings.read(row.findings()).stream()
            .map(one -> one.field() + ": " + one.found())
            .distinct()
            .toList());
  }

  private static List<Map<String, String>> kinds(Ask ask) {
    List<Map<String, String>> kinds = new ArrayList<>();
    for (RecordKind kind : RecordKind.values()) {
      kinds.add(choice(kind.word(), ask.text("queue.kind." + kind.word())));
    }
    return kinds;
  }

  private static Map<String, String> choice(String value, String label) {
    return Map.of("value", value, "label", label);
  }

  // ---- a list to keep

  private Reply csv(Ask ask) {
    ListQuestion question = question(ask);
    question
        .errors()
        .first()
        .ifPresent(
            wrong -> {
              throw Problem.badRequest(wrong.getKey(), wrong.getValue(), "error.400.remedy");
            });
    List<String> heads = new ArrayList<>();
    for (String head :
        List.of(
            "connection",
            "state",
            "kind",
            "number",
            "title",
            "party",
            "project",
            "amount",
            "currency",
            "date",
            "since",
            "sent-by",
            "errors")) {
      heads.add(ask.text("queue." + head));
    }
    Csv csv = new Csv(heads);
    for (int offset = 0; ; offset += CSV_ROWS) {
      QueuePage page =
          ledger
              .queueItems()
              .page(
                  question.filter(),
                  question.sort(),
                  !question.wanted().descending(),
                  CSV_ROWS,
                  offset);
      if (page.more()) {
        // A part of a list that looks like the whole would be worse than none.
        throw Problem.refused(
            ask.text("queue.csv.long", ask.formats().number(QueuePage.MOST_COUNTED)),
            ask.text("queue.csv.long.remedy"));
      }
      page.rows().forEach(row -> csv(ask, csv, row));
      if (page.rows().size() < CSV_ROWS) {
        return Reply.csv(question.view().path() + ".csv", csv);
      }
    }
  }

  private static void csv(Ask ask, Csv csv, QueuePage.Row row) {
    List<Object> cells = new ArrayList<>();
    cells.add(row.connection().value());
    cells.add(ask.text("state." + row.state()));
    cells.add(ask.text("queue.kind." + row.kind()));
    cells.add(row.number());
    cells.add(row.title());
    cells.add(row.party());
    cells.add(row.projectName());
    cells.add(row.amount());
    cells.add(row.currency());
    cells.add(row.date());
    cells.add(row.stateSince());
    cells.add(row.sentByName());
    cells.add(
        row.error() != null
            ? row.error()
            : String.join(
                " ", Findings.read(row.findings()).stream().map(Finding::sentence).toList()));
    csv.row(cells);
  }

  // ---- many at once

  /** What would be accepted, once more before it is: figures of both sides and what was found. */
  private Reply review(Ask ask) {
    QueueView view = QueueView.ofPath(ask.part("list"));
    if (Choices.none(ask)) {
      return nothingTicked(ask, view);
    }
    List<Approvals.Choice> choices = Choices.of(ask);
    List<Map<String, Object>> lines = new ArrayList<>();
    int ready = 0;
    for (Approvals.Choice choice : choices) {
      Map<String, Object> line = Choices.looked(ask, ledger, approvals, choice);
      ready += line.get("choice") == null ? 0 : 1;
      lines.add(line);
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("lines", lines);
    model.put("ready", ready);
    model.put("backField", back(ask, view).substring("/console".length()));
    model.put("path", "/console/lists/" + view.path() + "/accept");
    model.put("back", back(ask, view));
    return Reply.page("queue-review", model);
  }

  private Reply accept(Ask ask) {
    QueueView view = QueueView.ofPath(ask.part("list"));
    if (Choices.none(ask)) {
      return nothingTicked(ask, view);
    }
    List<Map<String, Object>> lines = new ArrayList<>();
    int accepted = 0;
    for (Approvals.Result result : approvals.acceptAll(ask.person(), Choices.of(ask))) {
      accepted += result.item() == null ? 0 : 1;
      Map<String, Object> line = new LinkedHashMap<>();
      QueueItem item =
          result.item() != null
              ? result.item()
              : ledger
                  .queueItems()
                  .find(result.id())
                  .filter(found -> Permissions.sees(ask.person(), found.connection()))
                  .orElse(null);
      line.put("id", result.id());
      line.put("item", item);
      line.put("state", item == null ? null : QueueState.of(item.state()));
      line.put("good", result.item() != null);
      line.put(
          "text",
          result.item() == null
              ? result.refusal().reason(ask.language())
                  + " "
                  + result.refusal().remedy(ask.language())
              : ask.text(
                  QueueState.of(result.item().state()) == QueueState.EXPORTING
                      ? "queue.done.accept"
                      : "queue.done.accept-first"));
      lines.add(line);
    }
    counts.forget();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("lines", lines);
    model.put("accepted", accepted);
    model.put("refused", lines.size() - accepted);
    model.put("back", back(ask, view));
    return Reply.page("queue-accepted", model);
  }

  private static Reply nothingTicked(Ask ask, QueueView view) {
    return Reply.redirect(back(ask, view).substring("/console".length()))
        .warning("queue.review.none");
  }

  /** Only to a list of ours. */
  static String back(Ask ask, QueueView view) {
    String list = "/lists/" + view.path();
    return "/console"
        + ask.field("back")
            .filter(given -> given.equals(list) || given.startsWith(list + "?"))
            .orElse(list);
  }

  /** Rows before, at and after an item, as the list has them. */
  List<QueuePage.Row> around(ListQuestion question) {
    QueueFilter filter = question.filter();
    int before = Math.toIntExact(Math.max(0, question.wanted().offset() - 1));
    return ledger
        .queueItems()
        .page(
            filter, question.sort(), !question.wanted().descending(), ListQuestion.SIZE + 2, before)
        .rows();
  }

  /** How old something is that waits, for the overview. */
  static Instant oldest(Instant one, Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }
}
