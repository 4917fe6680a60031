package io.tieback.flow;

import io.tieback.construction.DirectCost;
import io.tieback.ledger.JobCostSteps;
import io.tieback.ledger.JobCostSteps.Action;
import io.tieback.ledger.JobCostSteps.Done;
import io.tieback.ledger.JobCostSteps.Step;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Notifier;
import io.tieback.procore.DirectCosts;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.Marks;
import io.tieback.procore.SyncOutcome;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of writing direct costs of one connection: each step of all of them together, where
 * Procore takes them together.
 */
final class JobCostTurn {

  private static final Logger LOG = LoggerFactory.getLogger(JobCostTurn.class);

  /** External Data's word for a direct cost. */
  private static final String ITEM_TYPE = "item";

  private static final String REFUSED =
      "Correct in Procore or in the ERP what Procore objects to, then replay; a change in the ERP"
          + " goes by itself.";

  private final ConnectionRoom room;
  private final Ledger ledger;
  private final ConnectionWatch watch;
  private final Notifier notifier;
  private final Clock clock;

  /** What a person has to look at, by what happened: one mail tells of all that met the same. */
  private final Map<String, List<GivenUp>> givenUp = new LinkedHashMap<>();

  JobCostTurn(
      ConnectionRoom room, Ledger ledger, ConnectionWatch watch, Notifier notifier, Clock clock) {
    this.room = room;
    this.ledger = ledger;
    this.watch = watch;
    this.notifier = notifier;
    this.clock = clock;
  }

  private record Group(Action action, long projectId) {}

  private record GivenUp(Step step, Failure failure) {}

  /** Goes as far with these as it can. Gives how many steps were taken. */
  int take(List<Step> first) {
    int taken = 0;
    List<Step> steps = first;
    while (!steps.isEmpty()) {
      taken += steps.size();
      List<Step> next = new ArrayList<>();
      grouped(steps).forEach((group, of) -> next.addAll(take(group, of)));
      steps = next;
    }
    givenUp.values().forEach(this::tell);
    return taken;
  }

  private void tell(List<GivenUp> alike) {
    Failure failure = alike.get(0).failure();
    Step first = alike.get(0).step();
    notifier.deadLetter(
        room.id(),
        (alike.size() == 1 ? "Job cost" : alike.size() + " job costs, the first")
            + " of "
            + first.cost().kind()
            + " "
            + first.cost().erpId()
            + (first.cost().wantedAmount() == null ? "" : " over " + first.cost().wantedAmount()),
        failure.kind().name(),
        failure.getMessage(),
        failure.remedy());
  }

  private static Map<Group, List<Step>> grouped(List<Step> steps) {
    Map<Group, List<Step>> groups = new LinkedHashMap<>();
    for (Step step : steps) {
      groups
          .computeIfAbsent(
              new Group(step.action(), step.cost().projectId()), group -> new ArrayList<>())
          .add(step);
    }
    return groups;
  }

  private List<Step> take(Group group, List<Step> steps) {
    // One transaction for all of them: they leave together.
    List<Step> sending =
        ledger.together(
            () ->
                steps.stream()
                    .filter(
                        step ->
                            ledger
                                .jobCostSteps()
                                .sending(step, linesOf(step), room.times().lease()))
                    .toList());
    if (sending.isEmpty()) {
      return List.of();
    }
    return switch (group.action()) {
      case HEADER -> together(sending, () -> headers(group.projectId(), sending));
      case LINES -> together(sending, () -> lines(group.projectId(), sending));
      case UNLOCK -> together(sending, () -> unlock(sending));
      case DROP_LINES -> eachAlone(sending, this::dropLines);
      case REMOVE -> eachAlone(sending, this::remove);
    };
  }

  private static List<String> linesOf(Step step) {
    return step.action() == Action.LINES ? lines(JobCostTexts.cost(step.content())) : List.of();
  }

  private static List<String> lines(DirectCost cost) {
    return cost.lines().stream().map(DirectCost.Line::originId).toList();
  }

  private interface Call {
    List<Step> next();
  }

  /** One call for all of them: what fails, fails for all. */
  private List<Step> together(List<Step> steps, Call call) {
    try {
      return call.next();
    } catch (Failure failure) {
      watch.noticed(room.id(), failure);
      steps.forEach(step -> failed(step, failure));
      return List.of();
    }
  }

  private interface One {
    List<Step> next(Step step);
  }

  private List<Step> eachAlone(List<Step> steps, One one) {
    List<Step> next = new ArrayList<>();
    for (Step step : steps) {
      next.addAll(together(List.of(step), () -> one.next(step)));
    }
    return next;
  }

  private List<Step> headers(long projectId, List<Step> steps) {
    List<SyncOutcome<String>> outcomes =
        room.client()
            .directCosts()
            .sync(
                projectId,
                steps.stream()
                    .map(
                        step ->
                            new DirectCosts.Row(
                                JobCostTexts.cost(step.content()), step.cost().directCostId()))
                    .toList());
    return ledger.together(() -> headersDone(steps, outcomes));
  }

  private List<Step> headersDone(List<Step> steps, List<SyncOutcome<String>> outcomes) {
    List<Step> next = new ArrayList<>();
    List<Done> done = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      SyncOutcome<String> outcome = outcomes.get(i);
      if (outcome.accepted()) {
        done.add(new Done(step, outcome.shown().path("id").longValue(), null, List.of()));
      } else if (step.cost().directCostId() != null && isGone(outcome.words())) {
        LOG.warn(
            "direct cost is gone in Procore and is written anew connection='{}' cost='{}'"
                + " directCost='{}'",
            room.id(),
            step.cost().originId(),
            step.cost().directCostId());
        next.addAll(ledger.jobCostSteps().lost(step));
      } else {
        notDone(step, outcome);
      }
    }
    next.addAll(ledger.jobCostSteps().done(done));
    return next;
  }

  private static boolean isGone(String words) {
    return words.toLowerCase(Locale.ROOT).contains("not found");
  }

  private List<Step> lines(long projectId, List<Step> steps) {
    List<DirectCosts.LineRow> rows = new ArrayList<>();
    for (Step step : steps) {
      JobCostTexts.cost(step.content())
          .lines()
          .forEach(line -> rows.add(new DirectCosts.LineRow(step.cost().directCostId(), line)));
    }
    Map<String, SyncOutcome<String>> outcomes = new HashMap<>();
    room.client()
        .directCosts()
        .syncLines(projectId, rows)
        .forEach(outcome -> outcomes.put(outcome.key(), outcome));
    return ledger.together(() -> linesDone(steps, outcomes));
  }

  private List<Step> linesDone(List<Step> steps, Map<String, SyncOutcome<String>> outcomes) {
    List<Done> done = new ArrayList<>();
    for (Step step : steps) {
      DirectCost cost = JobCostTexts.cost(step.content());
      Optional<SyncOutcome<String>> not =
          lines(cost).stream().map(outcomes::get).filter(o -> !o.accepted()).findFirst();
      if (not.isPresent()) {
        notDone(step, not.get());
        continue;
      }
      done.add(new Done(step, null, cost.total(), List.of()));
      LOG.info(
          "job cost written connection='{}' cost='{}' directCost='{}' amount='{}'",
          room.id(),
          cost.originId(),
          step.cost().directCostId(),
          cost.total());
    }
    return ledger.jobCostSteps().done(done);
  }

  private List<Step> unlock(List<Step> steps) {
    List<SyncOutcome<ExternalDataRow.Key>> outcomes =
        room.ownMarks()
            .write(
                steps.stream()
                    .map(
                        step ->
                            new Marks.Mark(
                                ExternalDataRow.cleared(ITEM_TYPE, step.cost().directCostId()),
                                step.cost().projectId(),
                                null,
                                null))
                    .toList());
    List<Done> done = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      // What is gone needs no unlocking; the step that follows says so.
      if (outcomes.get(i).accepted() || isGone(outcomes.get(i).words())) {
        done.add(Done.of(steps.get(i)));
      } else {
        notDone(steps.get(i), outcomes.get(i));
      }
    }
    return ledger.jobCostSteps().done(done);
  }

  private List<Step> dropLines(Step step) {
    List<String> wanted = lines(JobCostTexts.cost(step.content()));
    room.client()
        .directCosts()
        .dropLines(step.cost().projectId(), step.cost().directCostId(), wanted);
    return ledger.jobCostSteps().done(List.of(new Done(step, null, null, wanted)));
  }

  private List<Step> remove(Step step) {
    room.client().directCosts().remove(step.cost().projectId(), step.cost().directCostId());
    LOG.info(
        "direct cost removed connection='{}' cost='{}' directCost='{}'",
        room.id(),
        step.cost().originId(),
        step.cost().directCostId());
    return ledger.jobCostSteps().done(List.of(Done.of(step)));
  }

  private void notDone(Step step, SyncOutcome<?> outcome) {
    boolean refused = outcome.state() == SyncOutcome.State.REFUSED;
    failed(
        step,
        Failure.of(
            refused ? FailureKind.REFUSED : FailureKind.TRANSIENT,
            (refused ? "Procore refuses it: " : "") + outcome.words(),
            refused ? REFUSED : ""));
  }

  private void failed(Step step, Failure failure) {
    JobCostSteps steps = ledger.jobCostSteps();
    StepFailure next =
        StepFailure.of(failure, step.attempts(), false, room.times(), clock.instant());
    LOG.info(
        "direct cost step failed connection='{}' cost='{}' step='{}' kind='{}' why='{}'",
        room.id(),
        step.cost().originId(),
        step.action(),
        failure.kind(),
        failure.getMessage());
    boolean maybeWritten = next.answerLost() && failure.kind() != FailureKind.REFUSED;
    if (next.verdict() == StepFailure.Verdict.GIVEN_UP) {
      if (steps.fail(
          step, failure.kind().name(), failure.getMessage(), failure.remedy(), maybeWritten)) {
        givenUp
            .computeIfAbsent(failure.getMessage(), message -> new ArrayList<>())
            .add(new GivenUp(step, failure));
      }
    } else if (maybeWritten) {
      steps.unknown(step, failure.kind().name(), failure.getMessage(), next.again());
    } else {
      steps.retryAt(step, failure.kind().name(), failure.getMessage(), next.again());
    }
  }
}
