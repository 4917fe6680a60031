package io.tieback.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * What a person does about dead letters: replay one or many, as it was or after a correction, or
 * discard with a reason. Works on the ledger alone, so also while no connector runs. Each act is
 * audited in the same transaction.
 */
public final class Replays {

  private final Db db;
  private final DeadLetters deadLetters;
  private final Verdicts verdicts;
  private final PaymentSteps payments;
  private final JobCostSteps jobCosts;
  private final Audit audit;

  Replays(
      Db db,
      DeadLetters deadLetters,
      Verdicts verdicts,
      PaymentSteps payments,
      JobCostSteps jobCosts,
      Audit audit) {
    this.db = db;
    this.deadLetters = deadLetters;
    this.verdicts = verdicts;
    this.payments = payments;
    this.jobCosts = jobCosts;
    this.audit = audit;
  }

  /**
   * What a person asked for is not possible in the present state; the message says why and what to
   * do.
   */
  public static final class NotPossible extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotPossible(String message) {
      super(message);
    }
  }

  /**
   * Puts the record back on its way, as it was. A new failure gives a new letter that names this
   * one as its parent.
   *
   * @throws NotPossible when the letter is not open, or its record is further already
   */
  public void replay(long id, String who) {
    replay(id, who, Optional.empty());
  }

  /**
   * Puts the record back on its way with a corrected event.
   *
   * @param corrected the record's part of Procore's event as JSON; empty for as it was
   * @throws NotPossible when the letter is not open, its record is further already, or it is of a
   *     kind that is read anew and cannot be corrected here
   * @throws IllegalArgumentException when the correction is not JSON
   */
  public void replay(long id, String who, Optional<String> corrected) {
    Audit.requireWho(who);
    db.inTransaction(
        () -> {
          DeadLetter letter = open(id);
          switch (letter.subjectKind()) {
            case "work_item" -> replayItem(letter, who, corrected);
            case "erp_request" -> replayRequest(letter, corrected);
            case "payment" ->
                replayFromErp(letter, corrected, () -> payments.replay(letter.subjectId(), who));
            case "job_cost" ->
                replayFromErp(letter, corrected, () -> jobCosts.replay(letter.subjectId(), who));
            default ->
                throw new NotPossible(
                    "dead letter "
                        + id
                        + " is about an exchange that became no record, so there is nothing to"
                        + " replay: have the sender send it again, and discard the letter");
          }
          close(
              id,
              "replayed",
              who,
              corrected.isPresent() ? "replayed after a correction" : "replayed as it was");
          corrected.ifPresent(
              json ->
                  db.sql("update dead_letter set corrected = :json::jsonb where id = :id")
                      .with("id", id)
                      .with("json", deadLetters.masked(json))
                      .update());
          audit.append(
              who,
              letter.connection(),
              corrected.isPresent() ? "replay with correction" : "replay",
              "dead letter " + id + " (" + letter.entity() + " " + letter.key() + ")",
              Map.of(
                  "failure",
                  letter.message(),
                  "corrected",
                  corrected.map(deadLetters::masked).orElse("")));
        });
  }

  /**
   * One letter of many.
   *
   * @param id the letter
   * @param problem why it could not be replayed; empty when it was
   */
  public record Result(long id, Optional<String> problem) {}

  /**
   * Replays many as they were, each in a transaction of its own; one that cannot be replayed does
   * not stop the others.
   */
  public List<Result> replay(List<Long> ids, String who) {
    List<Result> results = new ArrayList<>();
    for (long id : ids) {
      try {
        replay(id, who);
        results.add(new Result(id, Optional.empty()));
      } catch (NotPossible e) {
        results.add(new Result(id, Optional.of(e.getMessage())));
      }
    }
    return results;
  }

  /**
   * The record shall not go out. Its request details are answered as failed with the reason.
   *
   * @param reason why; kept for good
   * @throws NotPossible when the letter is not open
   * @throws IllegalArgumentException when no reason is given
   */
  public void discard(long id, String who, String reason) {
    Audit.requireWho(who);
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException(
          "a dead letter is discarded with a reason; none was given");
    }
    db.inTransaction(
        () -> {
          DeadLetter letter = open(id);
          if (letter.subjectKind().equals("work_item")) {
            int discarded =
                db.sql(
                        """
                        update work_item set state = 'discarded', lease_owner = null, changed_at = :now, changed_by = :node,
                          changed_why = 'discarded by ' || :who || ': ' || :reason
                        where id = :id and state = 'failed'
                        """)
                    .with("id", letter.subjectId())
                    .with("who", who)
                    .with("reason", reason)
                    .update();
            if (discarded == 1) {
              rejectedAtDoor(letter.subjectId(), reason);
              // Procore was told of the failure already, as a rule; it is told again, with the
              // reason.
              verdicts.reopened(List.of(letter.subjectId()));
              verdicts.failed(
                  List.of(letter.subjectId()),
                  List.of(letter.message(), "Discarded by " + who + ": " + reason));
              verdicts.finish(List.of(letter.subjectId()));
            }
          } else if (letter.subjectKind().equals("payment")) {
            payments.cancel(letter.subjectId(), who, reason);
          } else if (letter.subjectKind().equals("job_cost")) {
            jobCosts.cancel(letter.subjectId(), who, reason);
          }
          close(id, "discarded", who, reason);
          audit.append(
              who,
              letter.connection(),
              "discard",
              "dead letter " + id + " (" + letter.entity() + " " + letter.key() + ")",
              Map.of("failure", letter.message(), "reason", reason));
        });
  }

  private DeadLetter open(long id) {
    db.sql("select 1 from dead_letter where id = :id for update").with("id", id).run();
    DeadLetter letter =
        deadLetters
            .find(id)
            .orElseThrow(
                () ->
                    new NotPossible(
                        "there is no dead letter " + id + ": list them to see which there are"));
    if (!letter.state().equals("open")) {
      throw new NotPossible(
          "dead letter "
              + id
              + " is not open: it was "
              + letter.state()
              + " by "
              + letter.closedBy()
              + " at "
              + letter.closedAt()
              + " ("
              + letter.reason()
              + ")");
    }
    return letter;
  }

  private void close(long id, String state, String who, String reason) {
    db.sql(
            "update dead_letter set state = :state, closed_at = :now, closed_by = :who, reason ="
                + " :reason where id = :id")
        .with("id", id)
        .with("state", state)
        .with("who", who)
        .with("reason", reason)
        .update();
  }

  /**
   * At Tieback's own door the correction stays with the item: what was read of Procore is never
   * overwritten by it, and nothing of it goes out without an approver.
   */
  private void keep(DeadLetter letter, String who, String part) {
    db.sql(
            """
            update queue_item q set corrected = cast(:part as jsonb), corrected_by = :who, corrected_at = :now
            from work_item w
            where w.id = :id and q.door = 'tieback' and q.connection = w.connection and q.entity = w.entity and q.procore_id = w.procore_id
            """)
        .with("id", letter.subjectId())
        .with("who", who)
        .with("part", part)
        .update();
  }

  private void replayItem(DeadLetter letter, String who, Optional<String> corrected) {
    int again;
    try {
      again =
          db.sql(
                  """
                  update work_item set state = 'staged', round = round + 1, event = coalesce(cast(:corrected as jsonb), event), attempts = 0,
                    due_at = :now, staged_at = :now, failure_kind = null, failure_message = null, remedy = null,
                    changed_at = :now, changed_by = :node, changed_why = 'replayed by ' || :who
                  where id = :id and state = 'failed'
                  """)
              .with("id", letter.subjectId())
              .with("corrected", corrected.orElse(null))
              .with("who", who)
              .update();
    } catch (DataIntegrityViolationException e) {
      throw new IllegalArgumentException(
          "the correction for dead letter " + letter.id() + " is not JSON: " + rootMessage(e), e);
    }
    if (again == 0) {
      throw new NotPossible(
          letter.entity()
              + " "
              + letter.key()
              + " of dead letter "
              + letter.id()
              + " is not failed any more, so there is nothing to replay: discard the letter");
    }
    corrected.ifPresent(part -> keep(letter, who, part));
    requireStillFailed(letter);
    verdicts.reopened(List.of(letter.subjectId()));
  }

  /**
   * What was decided at Tieback's own door since it failed leads: a record that was sent again, set
   * aside or lost in Procore does not go out by its old letter. The item is held by now.
   */
  private void requireStillFailed(DeadLetter letter) {
    db.sql(
            """
            select state from queue_item where work_item_id = :id and door = 'tieback'
              and state not in ('failed', 'exporting', 'synced') for update
            """)
        .with("id", letter.subjectId())
        .first((rs, n) -> rs.getString("state"))
        .ifPresent(
            state -> {
              throw new NotPossible(
                  letter.entity()
                      + " "
                      + letter.key()
                      + " of dead letter "
                      + letter.id()
                      + " is "
                      + state.replace('_', ' ')
                      + " in the queue since it failed, so it goes out only when it is accepted"
                      + " anew: decide about it there");
            });
  }

  /** What was discarded comes back as what was rejected does: once it was corrected. */
  private void rejectedAtDoor(long workItem, String reason) {
    db.sql(
            """
            update queue_item set rejected_source = source_digest, comment = :reason
            where work_item_id = :id and door = 'tieback' and state = 'rejected' and rejected_source is distinct from source_digest
            """)
        .with("id", workItem)
        .with("reason", reason)
        .update();
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  private void replayRequest(DeadLetter letter, Optional<String> corrected) {
    if (corrected.isPresent()) {
      throw new NotPossible(
          "dead letter "
              + letter.id()
              + " is about an ERP request, which is read from Procore again: correct it there and"
              + " replay it as it is");
    }
    int again =
        db.sql(
                "update erp_request set state = 'received', attempts = 0, due_at = :now where id ="
                    + " :id and state = 'dead'")
            .with("id", letter.subjectId())
            .update();
    if (again == 0) {
      throw new NotPossible(
          "ERP request "
              + letter.key()
              + " of dead letter "
              + letter.id()
              + " was read after all: discard the letter");
    }
  }

  private void replayFromErp(
      DeadLetter letter, Optional<String> corrected, BooleanSupplier replay) {
    String what = letter.entity().replace('_', ' ');
    if (corrected.isPresent()) {
      throw new NotPossible(
          "dead letter "
              + letter.id()
              + " is about a "
              + what
              + ", which is as the ERP has it: correct it there; the next reading brings the"
              + " change");
    }
    if (!replay.getAsBoolean()) {
      throw new NotPossible(
          what
              + " "
              + letter.key()
              + " of dead letter "
              + letter.id()
              + " is not failed any more: discard the letter");
    }
  }
}
