package io.tieback.flow;

import io.tieback.construction.OriginId;
import io.tieback.ledger.Acknowledgements;
import io.tieback.ledger.Acknowledgements.Answer;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.DetailAnswer;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.Marks;
import io.tieback.procore.SyncOutcome;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells Procore in bulk what became of its requests: origin ids first, then the request details
 * (Procore reference section 5). At Tieback's own door there are no request details, and origin ids
 * go by the public resources ({@link ConnectionRoom#marks}). Partial failure is read from the body
 * (GEN-API-15).
 */
public final class Acknowledgement {

  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgement.class);

  /** What other records refer to; lines of invoices are referred to by none. */
  private static final Set<String> WAITED_FOR =
      Set.of(
          "vendor",
          "project",
          "cost_code",
          "line_item_type",
          "standard_cost_code",
          "work_order_contract",
          "purchase_order_contract",
          "line_item",
          "change_order");

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final OutwardFlows flows;
  private final ConnectionWatch watch;
  private final Clock clock;

  /** Wires it. */
  public Acknowledgement(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      ConnectionWatch watch,
      Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.flows = flows;
    this.watch = watch;
    this.clock = clock;
  }

  /** One turn for every connection; one that fails does not stop the others. */
  public void acknowledge() {
    for (ConnectionRoom room : rooms.all()) {
      Backlog.workOff(clock, () -> origins(room));
      Backlog.workOff(clock, () -> details(room));
    }
  }

  /** One call for origin ids, if one is worth making. Gives whether it was made and answered. */
  private boolean origins(ConnectionRoom room) {
    Acknowledgements work = ledger.acknowledgements();
    int most = room.procore().settings().syncRows();
    if (!work.worthACall(room.id(), most, clock.instant().minus(room.times().linger()))) {
      return false;
    }
    List<WorkItem> items = work.claimOrigins(room.id(), most, room.times().lease());
    return !items.isEmpty() && writeOrigins(room, items);
  }

  /**
   * Writes the origin ids of these records. A call that Procore refuses as a whole is parted, until
   * the record that it objects to stands alone and holds up no other.
   */
  private boolean writeOrigins(ConnectionRoom room, List<WorkItem> items) {
    Acknowledgements work = ledger.acknowledgements();
    Map<ExternalDataRow.Key, WorkItem> owners = new HashMap<>();
    List<ExternalDataRow> rows = new ArrayList<>();
    List<Marks.Mark> marks = new ArrayList<>();
    for (WorkItem item : items) {
      for (ExternalDataRow row : flows.ofEntity(item.entity()).originRows(room, item)) {
        // Records of one project may share a cost type: one row of it is enough.
        if (owners.putIfAbsent(row.key(), item) == null) {
          rows.add(row);
          marks.add(RecordMarks.of(item, row));
        }
      }
    }
    List<SyncOutcome<ExternalDataRow.Key>> outcomes;
    try {
      outcomes = room.marks().write(marks);
    } catch (Failure failure) {
      watch.noticed(room.id(), failure);
      if (failure.kind() == FailureKind.REFUSED && items.size() > 1) {
        int half = items.size() / 2;
        boolean first = writeOrigins(room, items.subList(0, half));
        return writeOrigins(room, items.subList(half, items.size())) || first;
      }
      items.forEach(
          item ->
              work.originsNotWritten(
                  item.id(),
                  failure.kind().name(),
                  failure.getMessage(),
                  later(room, failure, item.attempts())));
      return false;
    }
    Map<Long, String> problems = new HashMap<>();
    for (SyncOutcome<ExternalDataRow.Key> outcome : outcomes) {
      if (!outcome.accepted()) {
        problems.merge(
            owners.get(outcome.key()).id(),
            outcome.key() + ": " + outcome.words(),
            (a, b) -> a + "; " + b);
      }
    }
    ledger.links().put(links(room, rows, outcomes));
    tellTheRest(room, items, problems);
    work.originsWritten(
        items.stream().map(WorkItem::id).filter(id -> !problems.containsKey(id)).toList());
    for (WorkItem item : items) {
      String problem = problems.get(item.id());
      if (problem != null) {
        LOG.warn(
            "Procore did not take the origin ids connection='{}' entity='{}' id='{}' why='{}'",
            room.id(),
            item.entity(),
            item.procoreId(),
            problem);
        work.originsNotWritten(
            item.id(),
            "CONFLICT",
            problem,
            clock.instant().plus(room.times().backoff().after(item.attempts() + 1)));
      }
    }
    return true;
  }

  /** What Procore took is linked from now on, and lets go whatever waits for it. */
  private static List<Links.Link> links(
      ConnectionRoom room,
      List<ExternalDataRow> rows,
      List<SyncOutcome<ExternalDataRow.Key>> outcomes) {
    Set<ExternalDataRow.Key> taken =
        outcomes.stream()
            .filter(SyncOutcome::accepted)
            .map(SyncOutcome::key)
            .collect(Collectors.toSet());
    return rows.stream()
        .filter(row -> taken.contains(row.key()) && WAITED_FOR.contains(row.itemType()))
        .map(
            row ->
                new Links.Link(
                    room.id(),
                    row.itemType(),
                    Long.toString(row.itemId()),
                    row.originId(),
                    OriginId.parse(row.originId()).key(),
                    row.originCode(),
                    null))
        .toList();
  }

  private void tellTheRest(ConnectionRoom room, List<WorkItem> items, Map<Long, String> problems) {
    for (WorkItem item : items) {
      if (!problems.containsKey(item.id())) {
        try {
          flows.ofEntity(item.entity()).afterOrigins(room, item);
        } catch (Failure failure) {
          watch.noticed(room.id(), failure);
          problems.put(item.id(), failure.getMessage());
        }
      }
    }
  }

  /** One call that answers request details, if one is worth making. */
  private boolean details(ConnectionRoom room) {
    Acknowledgements work = ledger.acknowledgements();
    if (!work.answersWorthACall(
        room.id(),
        room.procore().settings().syncRows(),
        clock.instant().minus(room.times().linger()))) {
      return false;
    }
    List<Answer> answers =
        work.claimAnswers(room.id(), room.procore().settings().syncRows(), room.times().lease());
    return !answers.isEmpty() && answer(room, answers);
  }

  /** Answers these request details; a call that Procore refuses as a whole is parted likewise. */
  private boolean answer(ConnectionRoom room, List<Answer> answers) {
    Acknowledgements work = ledger.acknowledgements();
    List<SyncOutcome<Long>> outcomes;
    try {
      outcomes = room.client().closeDetails(answers.stream().map(Acknowledgement::answer).toList());
    } catch (Failure failure) {
      watch.noticed(room.id(), failure);
      if (failure.kind() == FailureKind.REFUSED && answers.size() > 1) {
        int half = answers.size() / 2;
        boolean first = answer(room, answers.subList(0, half));
        return answer(room, answers.subList(half, answers.size())) || first;
      }
      answers.forEach(
          answer ->
              work.notAnswered(
                  answer, failure.getMessage(), later(room, failure, answer.attempts())));
      return false;
    }
    Map<Long, String> problems = new HashMap<>();
    Set<Long> gone = new HashSet<>();
    for (SyncOutcome<Long> outcome : outcomes) {
      if (!outcome.accepted()) {
        problems.put(outcome.key(), outcome.words());
        if (outcome.words().toLowerCase(java.util.Locale.ROOT).contains("not found")) {
          gone.add(outcome.key());
        }
      }
    }
    work.answered(answers.stream().filter(a -> !problems.containsKey(a.detailId())).toList());
    for (Answer answer : answers) {
      if (gone.contains(answer.detailId())) {
        work.givenUp(answer, problems.get(answer.detailId()));
      } else if (problems.containsKey(answer.detailId())) {
        LOG.warn(
            "Procore did not take an answer connection='{}' detail='{}' why='{}'",
            room.id(),
            answer.detailId(),
            problems.get(answer.detailId()));
        work.notAnswered(
            answer,
            problems.get(answer.detailId()),
            clock.instant().plus(room.times().backoff().after(answer.attempts() + 1)));
      }
    }
    return true;
  }

  private static DetailAnswer answer(Answer answer) {
    return answer.success()
        ? DetailAnswer.success(answer.detailId(), answer.messages())
        : DetailAnswer.failed(answer.detailId(), answer.messages());
  }

  private Instant later(ConnectionRoom room, Failure failure, int attempts) {
    boolean needsSomebody =
        failure.kind() == FailureKind.REFUSED || failure.kind() == FailureKind.DEFECT;
    LOG.atLevel(needsSomebody ? Level.WARN : Level.INFO)
        .log(
            "acknowledging comes again connection='{}' kind='{}' why='{}' remedy='{}'",
            room.id(),
            failure.kind(),
            failure.getMessage(),
            failure.remedy());
    return clock
        .instant()
        .plus(failure.retryAfter().orElseGet(() -> room.times().backoff().after(attempts + 1)));
  }
}
