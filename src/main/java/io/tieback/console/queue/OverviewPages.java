package io.tieback.console.queue;

import io.tieback.approval.Action;
import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Chart;
import io.tieback.flow.Overviews;
import io.tieback.ledger.Overview;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How things stand: what waits and how long, what failed, what went through, what runs out. */
final class OverviewPages {

  private static final int WARN_AT = 80;
  private static final Duration ENDS_SOON = Duration.ofDays(14);

  private final Overviews overviews;
  private final QueueCounts counts;

  OverviewPages(Overviews overviews, QueueCounts counts) {
    this.overviews = overviews;
    this.counts = counts;
  }

  void addTo(Pages pages) {
    pages
        .navigation(Pages.Section.START, 1, "overview.title", "/", Pages.duty(Duty.VIEW))
        .get("/", Pages.duty(Duty.VIEW), ask -> Reply.page("overview", model(ask)))
        .get(
            "/overview",
            Pages.duty(Duty.VIEW),
            ask -> Reply.fragment("fragments/overview", model(ask)));
  }

  /** A list on the overview. */
  record Tile(String key, String path, long items, Instant oldest, String colour) {}

  /** Calls that are used up of those allowed. */
  record Meter(String label, int share, String words) {}

  private Map<String, Object> model(Ask ask) {
    Overviews.Whole whole = overviews.of(ask.connection().orElse(null));
    Overview figures = whole.figures();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("mine", mine(ask));
    model.put("mineOldest", oldest(figures, QueueView.READY_TO_EXPORT, QueueView.READY_TO_UPDATE));
    model.put(
        "mineLists",
        tiles(ask, figures).stream()
            .filter(
                tile ->
                    tile.items() > 0
                        && (tile.key().equals(QueueView.READY_TO_EXPORT.key())
                            || tile.key().equals(QueueView.READY_TO_UPDATE.key())))
            .toList());
    model.put("tiles", tiles(ask, figures));
    model.put("failures", figures.failures());
    model.put("work", figures.work());
    model.put("written", chart(ask, figures, Overview.Hour::written));
    model.put("failed", chart(ask, figures, Overview.Hour::failed));
    model.put("payments", chart(ask, figures, Overview.Hour::payments));
    model.put("writtenSum", figures.hours().stream().mapToLong(Overview.Hour::written).sum());
    model.put("failedSum", figures.hours().stream().mapToLong(Overview.Hour::failed).sum());
    model.put("paymentsSum", figures.hours().stream().mapToLong(Overview.Hour::payments).sum());
    model.put(
        "connections",
        figures.connections().stream().map(one -> connection(ask, whole, one)).toList());
    model.put("warnAt", WARN_AT);
    return model;
  }

  /** How many wait that this person may decide about. */
  private long mine(Ask ask) {
    Person person = ask.person();
    return counts.all().stream()
        .filter(
            one -> ask.connection().isEmpty() || ask.connection().get().equals(one.connection()))
        .filter(
            one -> {
              QueueState state = QueueState.of(one.state());
              return state == QueueState.READY_TO_EXPORT || state == QueueState.READY_TO_UPDATE;
            })
        .filter(
            one ->
                Permissions.refusal(
                        person, Action.ACCEPT, one.connection(), RecordKind.of(one.kind()))
                    .isEmpty())
        .mapToLong(one -> one.items())
        .sum();
  }

  private List<Tile> tiles(Ask ask, Overview figures) {
    List<Tile> tiles = new ArrayList<>();
    for (QueueView view : QueueView.values()) {
      tiles.add(
          new Tile(
              view.key(),
              "/console/lists/" + view.path(),
              counts.of(view, ask.connection()),
              oldest(figures, view),
              view.states().get(0).icon().name().toLowerCase(Locale.ROOT)));
    }
    return tiles;
  }

  private static Instant oldest(Overview figures, QueueView... views) {
    Instant oldest = null;
    for (QueueView view : views) {
      for (Overview.Waiting one : figures.waiting()) {
        if (view.states().contains(QueueState.of(one.state()))) {
          oldest = ListPages.oldest(oldest, one.oldest());
        }
      }
    }
    return oldest;
  }

  private interface Figure {
    long of(Overview.Hour hour);
  }

  private static Chart chart(Ask ask, Overview figures, Figure figure) {
    List<Chart.Value> values = new ArrayList<>();
    for (Overview.Hour hour : figures.hours()) {
      values.add(
          new Chart.Value(
              ask.formats().dateTime(hour.begins()), BigDecimal.valueOf(figure.of(hour))));
    }
    return Chart.of(values, ask.formats());
  }

  private static Map<String, Object> connection(
      Ask ask, Overviews.Whole whole, Overview.Connection one) {
    Overview figures = whole.figures();
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("about", one);
    model.put("erpName", system(ask, one.erp()));
    model.put(
        "budgets",
        figures.budgets().stream()
            .filter(budget -> budget.connection().equals(one.connection()))
            .map(budget -> meter(ask, budget))
            .toList());
    model.put(
        "blocked",
        figures.budgets().stream()
            .filter(budget -> budget.connection().equals(one.connection()))
            .filter(
                budget -> budget.blockedUntil() != null && budget.blockedUntil().isAfter(ask.now()))
            .map(budget -> blocked(ask, budget))
            .toList());
    model.put(
        "signIns",
        whole.signIns().stream()
            .filter(end -> end.signIn().connection().equals(one.connection()))
            .map(end -> signIn(ask, end))
            .toList());
    model.put(
        "visits",
        whole.visits().stream()
            .filter(visit -> visit.connection().equals(one.connection()))
            .toList());
    model.put(
        "mails",
        figures.mails().stream()
            .filter(mails -> one.connection().equals(mails.connection()))
            .filter(mails -> mails.waiting() + mails.failed() > 0)
            .toList());
    model.put(
        "requests",
        figures.requests().stream()
            .filter(requests -> requests.connection().equals(one.connection()))
            .filter(requests -> requests.open() + requests.ready() > 0)
            .toList());
    return model;
  }

  private static Map<String, Object> blocked(Ask ask, Overview.Budget budget) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", system(ask, budget.system()));
    model.put("until", budget.blockedUntil());
    model.put("reason", budget.blockedReason() == null ? "" : budget.blockedReason());
    return model;
  }

  /** What people call a system that the ledger has a word for. */
  private static String system(Ask ask, String word) {
    String key = "system." + word;
    String said = ask.said(key);
    return said.equals(key) ? word : said;
  }

  private static Meter meter(Ask ask, Overview.Budget budget) {
    int share =
        budget.allowed() == 0 ? 100 : (int) Math.min(100, 100L * budget.used() / budget.allowed());
    return new Meter(
        ask.text(
            "overview.budget",
            system(ask, budget.system()),
            ask.said("overview.window." + budget.window())),
        share,
        ask.text(
            "overview.calls",
            ask.formats().number(budget.used()),
            ask.formats().number(budget.allowed())));
  }

  private static Map<String, Object> signIn(Ask ask, Overviews.SignInEnd end) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("system", system(ask, end.signIn().system()));
    model.put("present", end.signIn().present());
    model.put("unused", end.unusedFor());
    model.put("endsAt", end.endsAt().orElse(null));
    model.put(
        "soon",
        !end.signIn().present()
            || end.endsAt().filter(at -> at.isBefore(ask.now().plus(ENDS_SOON))).isPresent());
    return model;
  }
}
