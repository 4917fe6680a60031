package io.tieback.flow;

import io.tieback.construction.DirectCost;
import io.tieback.ledger.JobCostSteps;
import io.tieback.ledger.JobCostSteps.Action;
import io.tieback.ledger.JobCostSteps.Step;
import io.tieback.ledger.Ledger;
import io.tieback.procore.DirectCosts;
import io.tieback.procore.ExternalDataRow;
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
 * Writes direct costs to Procore: the same step of many at once through the bulk sync, each row
 * journalled on its own (design section 5). A row that Procore refuses does not stop its
 * neighbours.
 */
public final class JobCostWriting {

  private static final Logger LOG = LoggerFactory.getLogger(JobCostWriting.class);
  private static final int COSTS_A_TURN = 200;

  /** External Data's word for a direct cost. */
  private static final String ITEM_TYPE = "item";

  private static final String REFUSED =
      "Correct in Procore or in the ERP what Procore objects to, then replay; a change in the ERP goes by itself.";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Clock clock;

  /** Wires it. */
  public JobCostWriting(Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.clock = clock;
  }

  private record Group(Action action, long projectId) {}

  /**
   * One turn for every connection: takes direct costs that are due, and goes as far with them as it
   * can. Gives how many steps were taken.
   */
  public int write() {
    int taken = 0;
    for (ConnectionRoom room : rooms.all()) {
      List<Step> steps =
          ledger
              .jobCostSteps()
              .claim(room.id(), COSTS_A_TURN, room.times().settle(), room.times().lease());
      while (!steps.isEmpty()) {
        taken += steps.size();
        List<Step> next = new ArrayList<>();
        grouped(steps).forEach((group, of) -> next.addAll(take(room, group, of)));
        steps = next;
      }
    }
    return taken;
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

  private List<Step> take(ConnectionRoom room, Group group, List<Step> steps) {
    List<Step> sending =
        steps.stream()
            .filter(
                step -> ledger.jobCostSteps().sending(step, linesOf(step), room.times().lease()))
            .toList();
    if (sending.isEmpty()) {
      return List.of();
    }
    return switch (group.action()) {
      case HEADER -> together(room, sending, () -> headers(room, group.projectId(), sending));
      case LINES -> together(room, sending, () -> lines(room, group.projectId(), sending));
      case UNLOCK -> together(room, sending, () -> unlock(room, sending));
      case DROP_LINES -> eachAlone(room, sending, this::dropLines);
      case REMOVE -> eachAlone(room, sending, this::remove);
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
  private List<Step> together(ConnectionRoom room, List<Step> steps, Call call) {
    try {
      return call.next();
    } catch (Failure failure) {
      watch.noticed(room.id(), failure);
      steps.forEach(step -> failed(room, step, failure));
      return List.of();
    }
  }

  private interface One {
    Optional<Step> next(ConnectionRoom room, Step step);
  }

  private List<Step> eachAlone(ConnectionRoom room, List<Step> steps, One one) {
    List<Step> next = new ArrayList<>();
    for (Step step : steps) {
      next.addAll(together(room, List.of(step), () -> one.next(room, step).stream().toList()));
    }
    return next;
  }

  private List<Step> headers(ConnectionRoom room, long projectId, List<Step> steps) {
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
    List<Step> next = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      SyncOutcome<String> outcome = outcomes.get(i);
      if (outcome.accepted()) {
        long id = outcome.shown().path("id").longValue();
        ledger.jobCostSteps().done(step, id, null, List.of()).ifPresent(next::add);
      } else if (step.cost().directCostId() != null && isGone(outcome.words())) {
        LOG.warn(
            "direct cost is gone in Procore and is written anew connection='{}' cost='{}' directCost='{}'",
            room.id(),
            step.cost().originId(),
            step.cost().directCostId());
        ledger.jobCostSteps().lost(step).ifPresent(next::add);
      } else {
        notDone(room, step, outcome);
      }
    }
    return next;
  }

  private static boolean isGone(String words) {
    return words.toLowerCase(Locale.ROOT).contains("not found");
  }

  private List<Step> lines(ConnectionRoom room, long projectId, List<Step> steps) {
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
    List<Step> next = new ArrayList<>();
    for (Step step : steps) {
      DirectCost cost = JobCostTexts.cost(step.content());
      Optional<SyncOutcome<String>> not =
          lines(cost).stream().map(outcomes::get).filter(o -> !o.accepted()).findFirst();
      if (not.isPresent()) {
        notDone(room, step, not.get());
        continue;
      }
      ledger.jobCostSteps().done(step, null, cost.total(), List.of()).ifPresent(next::add);
      LOG.info(
          "job cost written connection='{}' cost='{}' directCost='{}' amount='{}'",
          room.id(),
          cost.originId(),
          step.cost().directCostId(),
          cost.total());
    }
    return next;
  }

  private List<Step> unlock(ConnectionRoom room, List<Step> steps) {
    List<SyncOutcome<ExternalDataRow.Key>> outcomes =
        room.client()
            .syncExternalData(
                steps.stream()
                    .map(step -> ExternalDataRow.cleared(ITEM_TYPE, step.cost().directCostId()))
                    .toList());
    List<Step> next = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      // What is gone needs no unlocking; the step that follows says so.
      if (outcomes.get(i).accepted() || isGone(outcomes.get(i).words())) {
        ledger.jobCostSteps().done(steps.get(i), null, null, List.of()).ifPresent(next::add);
      } else {
        notDone(room, steps.get(i), outcomes.get(i));
      }
    }
    return next;
  }

  private Optional<Step> dropLines(ConnectionRoom room, Step step) {
    List<String> wanted = lines(JobCostTexts.cost(step.content()));
    room.client()
        .directCosts()
        .dropLines(step.cost().projectId(), step.cost().directCostId(), wanted);
    return ledger.jobCostSteps().done(step, null, null, wanted);
  }

  private Optional<Step> remove(ConnectionRoom room, Step step) {
    room.client().directCosts().remove(step.cost().projectId(), step.cost().directCostId());
    LOG.info(
        "direct cost removed connection='{}' cost='{}' directCost='{}'",
        room.id(),
        step.cost().originId(),
        step.cost().directCostId());
    return ledger.jobCostSteps().done(step, null, null, List.of());
  }

  private void notDone(ConnectionRoom room, Step step, SyncOutcome<?> outcome) {
    boolean refused = outcome.state() == SyncOutcome.State.REFUSED;
    failed(
        room,
        step,
        Failure.of(
            refused ? FailureKind.REFUSED : FailureKind.TRANSIENT,
            (refused ? "Procore refuses it: " : "") + outcome.words(),
            refused ? REFUSED : ""));
  }

  private void failed(ConnectionRoom room, Step step, Failure failure) {
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
      steps.fail(step, failure.kind().name(), failure.getMessage(), failure.remedy(), maybeWritten);
    } else if (maybeWritten) {
      steps.unknown(step, failure.kind().name(), failure.getMessage(), next.again());
    } else {
      steps.retryAt(step, failure.kind().name(), failure.getMessage(), next.again());
    }
  }
}
