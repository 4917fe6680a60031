package io.tieback.console.books;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Listing;
import io.tieback.console.web.Problem;
import io.tieback.ledger.DeadLetterFilter;
import io.tieback.ledger.DeadLetterRow;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Page;
import io.tieback.ledger.ReplayRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Dead letters as a list, and what is ordered for many of them (design section 7). */
final class LetterPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final int MOST_PROBLEMS = 200;
  private static final String LIST = "/dead-letters";

  private final Ledger ledger;

  LetterPages(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("books")
        .bundle("letters")
        .navigation(
            Pages.Section.LISTS, 50, "letters.title", LIST, Pages.duty(Duty.VIEW), this::waiting)
        .get(LIST, Pages.duty(Duty.VIEW), this::list)
        .get("/dead-letters/rows", Pages.duty(Duty.VIEW), this::rows)
        .post("/dead-letters/replay", Pages.duty(Duty.REPLAY), this::replayTicked)
        .post("/dead-letters/discard", Pages.duty(Duty.DISCARD), this::discardTicked)
        .post("/dead-letters/replay-all", Pages.duty(Duty.REPLAY), ask -> all(ask, "replay"))
        .post("/dead-letters/discard-all", Pages.duty(Duty.DISCARD), ask -> all(ask, "discard"))
        .get("/dead-letters/runs", Pages.duty(Duty.VIEW), this::runs)
        .get("/dead-letters/runs/{run}", Pages.duty(Duty.VIEW), this::run)
        .get("/dead-letters/runs/{run}/progress", Pages.duty(Duty.VIEW), this::progress);
    new LetterPage(ledger).addTo(pages);
  }

  private Long waiting(Ask ask) {
    return ledger.deadLetters().counts(ask.connection().orElse(null)).stream()
        .mapToLong(DeadLetters.Count::letters)
        .sum();
  }

  // ---- the list

  private Reply list(Ask ask) {
    Map<String, Object> model = table(ask);
    LetterQuestion question = LetterQuestion.ofAddress(ask);
    List<DeadLetters.Count> counts = ledger.deadLetters().counts(ask.connection().orElse(null));
    model.put("states", Choices.of(LetterQuestion.STATES, "letters.state.", ask));
    model.put("ages", Choices.of(List.of("day", "week", "month"), "letters.age.", ask));
    model.put(
        "kinds",
        Choices.of(
            distinct(counts, DeadLetters.Count::failureKind, question.kind()),
            "letters.failure.",
            ask));
    model.put("flows", Choices.of(distinct(counts, DeadLetters.Count::flow, question.flow())));
    model.put(
        "entities",
        Choices.named(
            distinct(counts, DeadLetters.Count::entity, question.entity()),
            one -> BookWords.entity(ask, one)));
    return Reply.page("letters", model);
  }

  private Reply rows(Ask ask) {
    return Reply.fragment("fragments/letters-rows", table(ask));
  }

  private static List<String> distinct(
      List<DeadLetters.Count> counts, Function<DeadLetters.Count, String> of, String chosen) {
    return java.util.stream.Stream.concat(
            counts.stream().map(of),
            chosen.isEmpty() ? java.util.stream.Stream.empty() : java.util.stream.Stream.of(chosen))
        .distinct()
        .sorted()
        .toList();
  }

  private Map<String, Object> table(Ask ask) {
    LetterQuestion question = LetterQuestion.ofAddress(ask);
    Listing.Wanted wanted =
        Listing.wanted(ask.call().query(), LetterQuestion.COLUMNS, "-created", SIZE);
    Page<DeadLetterRow> page =
        ledger
            .deadLetters()
            .page(
                question.filter(ask.now(), Optional.empty()),
                LetterQuestion.sort(wanted),
                !wanted.descending(),
                SIZE,
                Math.toIntExact(wanted.offset()));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("question", question);
    model.put("rows", page.rows().stream().map(row -> LetterLine.of(ask, row)).toList());
    model.put("more", page.more());
    model.put("ticks", question.state().equals("open") && maySomething(ask));
    model.put("mayReplay", Permissions.refusal(ask.person(), Duty.REPLAY).isEmpty());
    model.put("mayDiscard", Permissions.refusal(ask.person(), Duty.DISCARD).isEmpty());
    model.put("hidden", question.hidden(ask.now()));
    model.put("poll", Listing.address("/console/dead-letters/rows", ask.call().query(), Map.of()));
    model.put(
        "listing",
        Listing.of(
            "/console/dead-letters",
            ask.call().query(),
            LetterQuestion.COLUMNS,
            wanted,
            page.rows().size(),
            page.total()));
    return model;
  }

  private static boolean maySomething(Ask ask) {
    return Permissions.refusal(ask.person(), Duty.REPLAY).isEmpty()
        || Permissions.refusal(ask.person(), Duty.DISCARD).isEmpty();
  }

  // ---- what is ordered for many

  private Reply replayTicked(Ask ask) {
    List<Long> ticked = ticked(ask);
    LetterRights.require(ask, Duty.REPLAY, ledger, ticked);
    return ticked.isEmpty()
        ? Reply.redirect(LIST).warning("letters.none-ticked")
        : started(ledger.replayRuns().replay(ticked, ask.person().email()));
  }

  private Reply discardTicked(Ask ask) {
    List<Long> ticked = ticked(ask);
    if (ticked.isEmpty()) {
      return Reply.redirect(LIST).warning("letters.none-ticked");
    }
    LetterRights.require(ask, Duty.DISCARD, ledger, ticked);
    Optional<String> reason = ask.field("reason");
    if (reason.isPresent()) {
      return started(ledger.replayRuns().discard(ticked, ask.person().email(), reason.get()));
    }
    List<Map<String, String>> hidden =
        ticked.stream().map(id -> Map.of("name", "letter", "value", Long.toString(id))).toList();
    return confirm(ask, "discard", "/console/dead-letters/discard", hidden, ticked.size(), false);
  }

  /** Everything of a filter: how many that are is said first. */
  private Reply all(Ask ask, String act) {
    LetterQuestion question = LetterQuestion.ofForm(ask);
    Instant until = LetterQuestion.until(ask).orElse(ask.now());
    DeadLetterFilter filter = question.filter(ask.now(), Optional.of(until));
    boolean discards = act.equals("discard");
    if (filter.connection() != null) {
      ask.requireSeen(filter.connection());
    } else if (Permissions.limited(ask.person())) {
      throw Problem.badRequest("of", ask.text("error.missing"), "error.400.remedy");
    }
    boolean whole = LetterRights.everywhere(ask.person());
    List<Long> some =
        whole
            ? List.of()
            : LetterRights.allowed(ask, discards ? Duty.DISCARD : Duty.REPLAY, ledger, filter);
    Optional<String> reason = ask.field("reason");
    if (ask.ticked("confirmed") && (!discards || reason.isPresent())) {
      String who = ask.person().email();
      if (!whole) {
        return started(
            discards
                ? ledger.replayRuns().discard(some, who, reason.get())
                : ledger.replayRuns().replay(some, who));
      }
      return started(
          discards
              ? ledger.replayRuns().discard(filter, who, reason.get())
              : ledger.replayRuns().replay(filter, who));
    }
    Page<DeadLetterRow> page =
        ledger.deadLetters().page(filter, DeadLetterRow.Sort.CREATED, false, 1, 0);
    return confirm(
        ask,
        act,
        "/console/dead-letters/" + act + "-all",
        question.hidden(until),
        whole ? page.total() : some.size(),
        whole && page.more());
  }

  private static Reply confirm(
      Ask ask,
      String act,
      String path,
      List<Map<String, String>> hidden,
      long count,
      boolean more) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("act", act);
    model.put("path", path);
    model.put("hidden", hidden);
    model.put("count", count);
    model.put("more", more);
    boolean again = ask.ticked("confirmed");
    model.put("error", again && act.equals("discard") ? ask.text("letters.reason.missing") : "");
    return again ? Reply.again("letters-confirm", model) : Reply.page("letters-confirm", model);
  }

  private static Reply started(long run) {
    return Reply.redirect("/dead-letters/runs/" + run);
  }

  private static List<Long> ticked(Ask ask) {
    return ask.fields("letter").stream()
        .map(
            given -> {
              if (!given.matches("[0-9]{1,18}")) {
                throw Problem.badRequest(
                    "letter", ask.text("error.number", given), "error.400.remedy");
              }
              return Long.valueOf(given);
            })
        .distinct()
        .toList();
  }

  // ---- how far it is

  private Reply runs(Ask ask) {
    List<ReplayRun> runs =
        ledger.replayRuns().newest(50).stream().filter(run -> ownOrUnlimited(ask, run)).toList();
    return Reply.page("letters-runs", Map.of("runs", runs));
  }

  private Reply run(Ask ask) {
    return Reply.page("letters-run", model(ask));
  }

  private Reply progress(Ask ask) {
    return Reply.fragment("fragments/letters-run", model(ask));
  }

  /** A run may be about letters of any connection. */
  private static boolean ownOrUnlimited(Ask ask, ReplayRun run) {
    return !Permissions.limited(ask.person()) || run.who().equals(ask.person().email());
  }

  private Map<String, Object> model(Ask ask) {
    ReplayRun run = ledger.replayRuns().find(ask.number("run")).orElseThrow(Problem::notFound);
    if (!ownOrUnlimited(ask, run)) {
      throw Problem.notFound();
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("run", run);
    model.put("running", run.finishedAt() == null);
    model.put(
        "words",
        ask.text(
            "letters.run.words",
            ask.formats().number((long) run.done() + run.failed()),
            ask.formats().number(run.total())));
    model.put("stays", ledger.replayRuns().letters(run.id(), true, 0, MOST_PROBLEMS));
    return model;
  }
}
