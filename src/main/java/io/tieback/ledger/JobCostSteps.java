package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writing direct costs to Procore, step by journalled step and many at once. Every step has the
 * same result however often it is done, since Procore finds rows by their origin id; one whose
 * answer was lost is done again once Procore can no longer be at it.
 */
public final class JobCostSteps {

  private static final String FLOW = "write-direct-costs";

  private final Db db;
  private final JobCostPlans plans;
  private final DeadLetters deadLetters;

  JobCostSteps(Db db, JobCostPlans plans, DeadLetters deadLetters) {
    this.db = db;
    this.plans = plans;
    this.deadLetters = deadLetters;
  }

  /** What to do next for a direct cost. */
  public enum Action {
    /** Write it without its lines, which also sets its origin id and so locks it. */
    HEADER,
    /** Write its lines. */
    LINES,
    /** Clear its origin id, which unlocks it. */
    UNLOCK,
    /** Remove the lines that it shall not have. */
    DROP_LINES,
    /** Remove it. */
    REMOVE
  }

  /**
   * A step to take.
   *
   * @param cost the direct cost
   * @param action what to do
   * @param round which plan the step is of
   * @param position its place in the plan
   * @param attempts how often the step failed so far
   * @param content as it is to stand; when it is not to stand any more, as it was last sent
   */
  public record Step(
      JobCostRow cost, Action action, int round, int position, int attempts, String content) {

    static Step map(ResultSet rs, int row) throws SQLException {
      return new Step(
          JobCostRow.map(rs, row),
          Action.valueOf(rs.getString("step_kind")),
          rs.getInt("round"),
          rs.getInt("step_position"),
          rs.getInt("attempts"),
          rs.getString("content"));
    }
  }

  /**
   * Takes direct costs with a step that is due.
   *
   * @param settle how long Procore may still commit a request whose answer was lost; no step of a
   *     direct cost is taken sooner
   */
  public List<Step> claim(ConnectionId connection, int most, Duration settle, Duration lease) {
    return db.inTransaction(
        () -> {
          List<Long> taken =
              db.sql(
                      """
                      update job_cost set lease_owner = :node, due_at = :until where id in (
                        select c.id from job_cost c where c.connection = :connection and c.due_at <= :now and c.state = 'planned'
                          and c.connection not in (select name from erp_connection where paused_at is not null)
                          and not exists (select 1 from job_cost_step x where x.job_cost_id = c.id and x.state <> 'done'
                            and x.sent_at + cast(:settle as interval) > :now)
                        order by c.due_at, c.id for update skip locked limit :most)
                      returning id
                      """)
                  .with("connection", connection)
                  .with("most", most)
                  .with("settle", settle.toMillis() + " milliseconds")
                  .with("until", db.now().plus(lease))
                  .ids();
          return steps(taken);
        });
  }

  private List<Step> steps(Collection<Long> costs) {
    if (costs.isEmpty()) {
      return List.of();
    }
    return db.sql(
            """
            select c.*, s.kind as step_kind, s.position as step_position, coalesce(c.wanted, c.sending) as content
            from job_cost c join lateral (
              select * from job_cost_step x where x.job_cost_id = c.id and x.round = c.round and x.state <> 'done' order by x.position limit 1) s on true
            where c.id = any(:ids::bigint[]) and c.state = 'planned' and c.lease_owner = :node order by c.id
            """)
        .with("ids", costs)
        .list(Step::map);
  }

  /**
   * Requests of these steps are about to leave.
   *
   * @param lines origin ids of the lines that LINES is about to send; Procore may have them from
   *     now on
   * @return whether the step is still this node's; the caller drops it otherwise
   */
  public boolean sending(Step step, Collection<String> lines, Duration lease) {
    return db.inTransaction(
        () -> {
          boolean held = lock(step);
          if (held) {
            db.sql(
                    """
                    update job_cost set due_at = :until, sending = :content,
                      sent_lines = array(select distinct l from unnest(sent_lines || :lines::text[]) l) where id = :id
                    """)
                .with("id", step.cost().id())
                .with("until", db.now().plus(lease))
                .with("content", step.content())
                .with("lines", lines)
                .update();
            db.sql(
                    """
                    update job_cost_step set state = 'sent', sent_at = :now, message = null
                    where job_cost_id = :id and round = :round and position = :position
                    """)
                .with("id", step.cost().id())
                .with("round", step.round())
                .with("position", step.position())
                .update();
          }
          return held;
        });
  }

  /** Takes the row; whether the step is still this node's and still to be done. */
  private boolean lock(Step step) {
    return db.sql(
            """
            select 1 from job_cost c where c.id = :id and c.round = :round and c.state = 'planned' and c.lease_owner = :node
              and exists (select 1 from job_cost_step s where s.job_cost_id = c.id and s.round = c.round and s.position = :position and s.state <> 'done')
            for update
            """)
        .with("id", step.cost().id())
        .with("round", step.round())
        .with("position", step.position())
        .first((rs, n) -> true)
        .orElse(false);
  }

  /**
   * A step that is done.
   *
   * @param step the step
   * @param directCostId Procore's id of the direct cost; needed for HEADER, otherwise ignored
   * @param amount what it comes to; needed for LINES, otherwise ignored
   * @param lines origin ids of the lines that it is to have; needed for DROP_LINES, otherwise
   *     ignored
   */
  public record Done(Step step, Long directCostId, Money amount, Collection<String> lines) {

    /** A step of which nothing else has to be known. */
    public static Done of(Step step) {
      return new Done(step, null, null, List.of());
    }
  }

  /**
   * Steps are done.
   *
   * @return the next step of each direct cost, already claimed; none where all is in line
   */
  public List<Step> done(Collection<Done> steps) {
    return db.inTransaction(
        () -> {
          List<Step> held = new ArrayList<>();
          for (Done done : steps) {
            if (lock(done.step())) {
              finish(done.step());
              remember(done.step(), done.directCostId(), done.amount(), done.lines());
              held.add(done.step());
            }
          }
          return next(held);
        });
  }

  private void finish(Step step) {
    // A header that is there settles every earlier one whose answer was lost: all of them are of
    // one key.
    db.sql(
            """
            update job_cost_step set state = 'done', done_at = :now where job_cost_id = :id and state <> 'done'
              and ((round = :round and position = :position) or (:header and kind = 'HEADER' and round <= :round))
            """)
        .with("id", step.cost().id())
        .with("round", step.round())
        .with("position", step.position())
        .with("header", step.action() == Action.HEADER)
        .update();
  }

  private void remember(Step step, Long directCostId, Money amount, Collection<String> lines) {
    String change =
        switch (step.action()) {
          case HEADER -> "direct_cost_id = :directCost, removed_at = null";
          case LINES -> "written = :content, written_amount = :amount";
          case UNLOCK -> "written = null";
          case DROP_LINES ->
              "sent_lines = array(select l from unnest(sent_lines) l where l ="
                  + " any(:lines::text[]))";
          case REMOVE ->
              "direct_cost_id = null, written = null, written_amount = null, sent_lines = '{}',"
                  + " removed_at = :now";
        };
    db.sql(
            "update job_cost set attempts = 0, failure_kind = null, failure_message = null, "
                + change
                + " where id = :id")
        .with("id", step.cost().id())
        .with("directCost", directCostId)
        .with("content", step.content())
        .with("amount", amount)
        .with("lines", lines)
        .update();
  }

  private List<Step> next(List<Step> done) {
    Map<Long, Step> open = byCost(steps(ids(done)));
    List<Long> settle =
        done.stream()
            .filter(
                step -> {
                  Step next = open.get(step.cost().id());
                  return next == null || isOutdated(step, next);
                })
            .map(step -> step.cost().id())
            .toList();
    if (!settle.isEmpty()) {
      plans.settle(settle);
      // A plan that was just made is held by nobody yet; the holder goes on with it.
      db.sql(
              "update job_cost set lease_owner = :node, due_at = :until where id ="
                  + " any(:ids::bigint[]) and state = 'planned'")
          .with("ids", settle)
          .with("until", db.now().plus(Duration.ofMinutes(1)))
          .update();
      open.keySet().removeAll(settle);
      open.putAll(byCost(steps(settle)));
    }
    return List.copyOf(open.values());
  }

  private static List<Long> ids(List<Step> steps) {
    return steps.stream().map(step -> step.cost().id()).toList();
  }

  private static Map<Long, Step> byCost(List<Step> steps) {
    Map<Long, Step> byCost = new LinkedHashMap<>();
    steps.forEach(step -> byCost.put(step.cost().id(), step));
    return byCost;
  }

  /**
   * The ERP changed it between the two steps, so that they would not go together; or the next one
   * writes what is not wanted any more.
   */
  private static boolean isOutdated(Step done, Step next) {
    boolean writes = next.action() == Action.HEADER || next.action() == Action.LINES;
    return !Objects.equals(done.cost().wanted(), next.cost().wanted())
        || (writes && next.cost().wanted() == null);
  }

  /** Procore has the direct cost no more, though nobody here removed it: it is written anew. */
  public List<Step> lost(Step step) {
    return db.inTransaction(
        () -> {
          if (!lock(step)) {
            return List.of();
          }
          db.sql(
                  """
                  update job_cost_step set state = 'done', done_at = :now, message = 'Procore has it no more'
                  where job_cost_id = :id and round = :round and state <> 'done'
                  """)
              .with("id", step.cost().id())
              .with("round", step.round())
              .update();
          db.sql(
                  "update job_cost set direct_cost_id = null, written = null, written_amount ="
                      + " null, sent_lines = '{}', removed_at = :now where id = :id")
              .with("id", step.cost().id())
              .update();
          return next(List.of(step));
        });
  }

  /**
   * The answer was lost, or did not speak of it: the step is done again then.
   *
   * @param dueAt not before Procore can no longer be at it
   */
  public void unknown(Step step, String failureKind, String message, Instant dueAt) {
    postpone(step, failureKind, message, dueAt, true);
  }

  /** Nothing was written, and that is certain; the step is due again at the given time. */
  public void retryAt(Step step, String failureKind, String message, Instant dueAt) {
    postpone(step, failureKind, message, dueAt, false);
  }

  private void postpone(
      Step step, String kind, String message, Instant dueAt, boolean maybeWritten) {
    db.inTransaction(
        () -> {
          if (!lock(step)) {
            return;
          }
          mark(step, maybeWritten ? "sent" : "planned", message, maybeWritten);
          db.sql(
                  """
                  update job_cost set lease_owner = null, due_at = :due, attempts = attempts + 1, failure_kind = :kind, failure_message = :message
                  where id = :id
                  """)
              .with("id", step.cost().id())
              .with("due", dueAt)
              .with("kind", kind)
              .with("message", message)
              .update();
        });
  }

  private void mark(Step step, String state, String message, boolean maybeWritten) {
    db.sql(
            """
            update job_cost_step set state = :state, message = :message, sent_at = case when :maybe then sent_at end
            where job_cost_id = :id and round = :round and position = :position and state <> 'done'
            """)
        .with("id", step.cost().id())
        .with("round", step.round())
        .with("position", step.position())
        .with("state", state)
        .with("message", message)
        .with("maybe", maybeWritten)
        .update();
  }

  /**
   * A person must act. The direct cost gets a dead letter; replaying takes the step up again, and
   * so does a change in the ERP.
   *
   * @param maybeWritten whether Procore may have carried it out all the same
   * @return whether it fails by this, so that somebody has to be told
   */
  public boolean fail(
      Step step, String failureKind, String message, String remedy, boolean maybeWritten) {
    return db.inTransaction(
        () -> {
          if (!lock(step)) {
            return false;
          }
          mark(step, "failed", message, maybeWritten);
          db.sql(
                  """
                  update job_cost set state = 'failed', lease_owner = null, failure_kind = :kind, failure_message = :message, remedy = :remedy,
                    changed_at = :now, changed_by = :node, changed_why = :message where id = :id
                  """)
              .with("id", step.cost().id())
              .with("kind", failureKind)
              .with("message", message)
              .with("remedy", remedy)
              .update();
          deadLetters.addForJobCost(step.cost().id(), FLOW, failureKind, message, remedy);
          return true;
        });
  }

  boolean replay(long cost, String who) {
    int again =
        db.sql(
                """
                update job_cost set state = 'planned', due_at = :now, attempts = 0, failure_kind = null, failure_message = null, remedy = null,
                  changed_at = :now, changed_by = :node, changed_why = 'replayed by ' || :who where id = :id and state = 'failed'
                """)
            .with("id", cost)
            .with("who", who)
            .update();
    db.sql(
            "update job_cost_step set state = 'planned' where job_cost_id = :id and state ="
                + " 'failed'")
        .with("id", cost)
        .update();
    return again == 1;
  }

  /**
   * Discarded: nothing more is written until the ERP changes it. What stands in Procore stays
   * there.
   */
  void cancel(long cost, String who, String reason) {
    db.sql(
            """
            update job_cost set state = 'cancelled', changed_at = :now, changed_by = :node,
              changed_why = 'discarded by ' || :who || ': ' || :reason where id = :id and state = 'failed'
            """)
        .with("id", cost)
        .with("who", who)
        .with("reason", reason)
        .update();
  }
}
