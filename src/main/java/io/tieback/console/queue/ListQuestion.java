package io.tieback.console.queue;

import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Errors;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.console.web.Problem;
import io.tieback.construction.Money;
import io.tieback.ledger.QueueFilter;
import io.tieback.ledger.QueuePage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is wanted of a list: its filter, order and page, out of the address. The page of an item
 * carries the same parameters, so that it knows what comes before and after it.
 *
 * @param view which list
 * @param query the parameters, those of this list alone
 * @param filter what is wanted
 * @param wanted order and page
 * @param errors amounts that cannot be read; they narrow nothing, and the page says so
 */
record ListQuestion(
    QueueView view,
    Map<String, List<String>> query,
    QueueFilter filter,
    Listing.Wanted wanted,
    Errors errors) {

  /** Rows of a page. */
  static final int SIZE = 50;

  /** Names of the filters, in the order in which they stand. */
  static final List<String> FILTERS =
      List.of("q", "kind", "state", "project", "least", "most", "age");

  /** How old something may be: days, less than which or more than which. */
  static final List<String> AGES = List.of("under-1", "under-7", "over-1", "over-7", "over-30");

  static List<Column> columns(QueueView view) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text(null, "queue.state"));
    columns.add(Column.text(null, "queue.kind"));
    columns.add(Column.text("number", "queue.number"));
    columns.add(Column.text(null, "queue.title"));
    columns.add(Column.text("party", "queue.party"));
    columns.add(Column.text("project", "queue.project"));
    columns.add(Column.figure("amount", "queue.amount"));
    columns.add(Column.text("since", "queue.since"));
    if (view == QueueView.FAILED_TO_EXPORT) {
      columns.add(Column.text(null, "queue.errors"));
    } else if (view == QueueView.NOT_SENT) {
      columns.add(Column.text(null, "queue.reasons"));
    } else {
      columns.add(Column.text(null, "queue.sent-by"));
    }
    return columns;
  }

  /** Reads it; 400 when a filter cannot be read. */
  static ListQuestion of(Ask ask, QueueView view) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String name : FILTERS) {
      ask.query(name).ifPresent(value -> query.put(name, List.of(value)));
    }
    ask.query("sort").ifPresent(value -> query.put("sort", List.of(value)));
    ask.query("page").ifPresent(value -> query.put("page", List.of(value)));
    Errors errors = new Errors();
    return new ListQuestion(
        view,
        query,
        filter(ask, view, errors),
        Listing.wanted(query, columns(view), view.decided() ? "since" : "-since", SIZE),
        errors);
  }

  private static QueueFilter filter(Ask ask, QueueView view, Errors errors) {
    QueueFilter whole = view.filter();
    List<String> states = new ArrayList<>(whole.states());
    chosen(ask, "state", word -> view.states().stream().anyMatch(one -> one.word().equals(word)))
        .ifPresent(
            word -> {
              states.clear();
              states.add(word);
            });
    Optional<String> kind = chosen(ask, "kind", ListQuestion::isKind);
    Optional<String> project = chosen(ask, "project", id -> id.matches("[0-9]{1,18}"));
    Optional<String> age = chosen(ask, "age", AGES::contains);
    Optional<Instant> edge =
        age.map(
            word ->
                ask.now()
                    .minus(Duration.ofDays(Long.parseLong(word.substring(word.indexOf('-') + 1)))));
    boolean under = age.isPresent() && age.get().startsWith("under");
    return new QueueFilter(
        whole.list(),
        states,
        ask.connection().orElse(null),
        kind.orElse(null),
        project.map(Long::valueOf).orElse(null),
        money(ask, "least", errors),
        money(ask, "most", errors),
        under ? edge.orElse(null) : null,
        under ? null : edge.orElse(null),
        ask.query("q").orElse(null));
  }

  private static boolean isKind(String word) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.word().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> chosen(Ask ask, String name, Predicate<String> known) {
    Optional<String> given = ask.query(name);
    if (given.isPresent() && !known.test(given.get())) {
      throw Problem.badRequest(name, ask.text("error.choice", given.get()), "error.400.remedy");
    }
    return given;
  }

  private static Money money(Ask ask, String name, Errors errors) {
    Optional<String> given = ask.query(name);
    Optional<Money> amount = given.flatMap(ask.formats()::amount);
    if (given.isPresent() && amount.isEmpty()) {
      errors.add(name, ask.text("queue.error.amount", given.get()));
    }
    return amount.orElse(null);
  }

  /** What stands in a filter; blank for nothing. */
  public String given(String name) {
    return query.getOrDefault(name, List.of("")).get(0);
  }

  /** Whether anything but the list itself narrows it. */
  public boolean narrowed() {
    return FILTERS.stream().anyMatch(query::containsKey);
  }

  /** How the ledger sorts. */
  QueuePage.Sort sort() {
    return QueuePage.Sort.valueOf(wanted.sort().toUpperCase(Locale.ROOT));
  }

  /** Path of the list, with its parameters. */
  String address() {
    return Listing.address("/lists/" + view.path(), query, Map.of());
  }

  /** Path of an item that is reached from here. */
  String item(long id) {
    Map<String, List<String>> from = new LinkedHashMap<>();
    from.put("list", List.of(view.path()));
    from.putAll(query);
    return Listing.address("/console/items/" + id, from, Map.of());
  }

  /** States to choose from; none when there is only one. */
  List<QueueState> states() {
    return view.states().size() > 1 ? view.states() : List.of();
  }
}
