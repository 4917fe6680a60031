package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Writing payments to Procore, step by journalled step. Creating a row is not repeatable and
 * therefore looked for when its answer is lost; clearing and setting an origin id, patching and
 * removing have the same result however often they are done, so they are simply done again.
 */
public final class PaymentSteps {

  private static final String FLOW = "write-contract-payments";

  private final Db db;
  private final PaymentPlans plans;
  private final DeadLetters deadLetters;

  PaymentSteps(Db db, PaymentPlans plans, DeadLetters deadLetters) {
    this.db = db;
    this.plans = plans;
    this.deadLetters = deadLetters;
  }

  /** What to do next for a payment. */
  public enum Action {
    /** Create the row in Procore. */
    CREATE,
    /** Look for the row: it was to be created, and nobody knows whether it was. */
    LOOK_UP,
    /** Clear the row's origin id, which unlocks it. */
    CLEAR_ORIGIN,
    /** Change the row, leaving payment number and attachments alone (GEN-PAY-05). */
    PATCH,
    /** Set the row's origin id. */
    SET_ORIGIN,
    /** Remove the row. */
    REMOVE
  }

  /**
   * A step to take.
   *
   * @param payment the payment as it has to stand in Procore
   * @param action what to do
   * @param round which plan the step is of
   * @param position its place in the plan
   * @param zero whether the row is to stand with 0.00 instead of the payment's amount
   * @param attempts how often the step failed so far
   * @param projectId Procore's project of the bill's record
   * @param commitmentId Procore's commitment of the bill's record
   * @param procoreId Procore's id of the bill's record
   * @param invoiceNumber number of the bill
   */
  public record Step(
      PaymentRow payment,
      Action action,
      int round,
      int position,
      boolean zero,
      int attempts,
      Long projectId,
      Long commitmentId,
      Long procoreId,
      String invoiceNumber) {}

  private static final String STEP =
      """
      select p.*, s.kind, s.state as step_state, s.position as step_position, w.project_id, w.commitment_id, w.procore_id, w.number as invoice_number,
        p.erp_deleted_at is not null and p.deletion = 'zero' as zero
      from payment p
      join lateral (select * from payment_step x where x.payment_id = p.id and x.round = p.round and x.state <> 'done' order by position limit 1) s on true
      left join work_item w on w.id = p.work_item_id
      """;

  /**
   * Takes payments with a step that is due.
   *
   * @param settle how long Procore may still commit a request whose answer was lost; runs from when
   *     it was sent, for a row whose writer is gone
   */
  public List<Step> claim(ConnectionId connection, int most, Duration settle, Duration lease) {
    return db.inTransaction(
        () -> {
          List<Long> taken =
              db.sql(
                      """
                      update payment p set lease_owner = :node, due_at = :until, looked_up_at = :now,
                        settle_until = case when p.state = 'sent' then
                          (select max(s.sent_at) from payment_step s where s.payment_id = p.id and s.round = p.round) + cast(:settle as interval)
                          else p.settle_until end,
                        changed_at = case when p.state = 'sent' then :now else p.changed_at end,
                        changed_by = case when p.state = 'sent' then :node else p.changed_by end,
                        changed_why = case when p.state = 'sent' then 'no answer; being looked for' else p.changed_why end,
                        state = case when p.state = 'sent' then 'unknown' else p.state end
                      where p.id in (
                        select id from payment where connection = :connection and due_at <= :now
                          and state in ('planned', 'sent', 'unknown', 'amending', 'removing')
                          and connection not in (select name from erp_connection where paused_at is not null)
                          -- A step whose answer was lost may still be committed late: if it were done again at once, what follows it could be undone by it.
                          and not (state in ('amending', 'removing') and exists (
                            select 1 from payment_step x where x.payment_id = payment.id and x.round = payment.round and x.state in ('sent', 'unknown')
                              and x.sent_at + cast(:settle as interval) > :now))
                        order by due_at, id for update skip locked limit :most)
                      returning p.id
                      """)
                  .with("connection", connection)
                  .with("most", most)
                  .with("settle", settle.toMillis() + " milliseconds")
                  .with("until", db.now().plus(lease))
                  .ids();
          return taken.isEmpty() ? List.of() : steps(taken);
        });
  }

  private List<Step> steps(List<Long> payments) {
    return db.sql(STEP + " where p.id = any(:ids::bigint[]) order by p.id")
        .with("ids", payments)
        .list(
            (rs, n) ->
                new Step(
                    PaymentRow.map(rs, n),
                    rs.getString("state").equals("unknown")
                        ? Action.LOOK_UP
                        : Action.valueOf(rs.getString("kind")),
                    rs.getInt("round"),
                    rs.getInt("step_position"),
                    rs.getBoolean("zero"),
                    rs.getInt("attempts"),
                    Sql.longOrNull(rs, "project_id"),
                    Sql.longOrNull(rs, "commitment_id"),
                    Sql.longOrNull(rs, "procore_id"),
                    rs.getString("invoice_number")));
  }

  /**
   * The request is about to leave.
   *
   * @param through the interface of Procore, kept with the payment from its first step on
   * @return false when the step is not this node's any more, or the ERP deleted the payment
   *     meanwhile; the caller drops it
   */
  public boolean sending(Step step, Duration lease, String through) {
    return db.inTransaction(
        () -> {
          boolean creating = step.action() == Action.CREATE;
          if (creating && cancelledIfDeleted(step)) {
            return false;
          }
          int held =
              db.sql(
                      """
                      update payment set due_at = :until, state = case when :creating then 'sent' else state end,
                        written_through = coalesce(written_through, :through),
                        written_amount = case when :creating then cast(:amount as numeric) else written_amount end,
                        written_on = case when :creating then cast(:date as date) else written_on end,
                        written_method = case when :creating then cast(:method as text) else written_method end,
                        written_reference = case when :creating then cast(:reference as text) else written_reference end,
                        changed_at = :now, changed_by = :node, changed_why = 'sent to Procore'
                      where id = :id and round = :round and lease_owner = :node and state = any(:states::text[])
                      """)
                  .with("id", step.payment().id())
                  .with("round", step.round())
                  .with("until", db.now().plus(lease))
                  .with("creating", creating)
                  .with("through", through)
                  .with("amount", written(step))
                  .with("date", step.payment().date())
                  .with("method", step.payment().method())
                  .with("reference", step.payment().reference())
                  .with("states", creating ? List.of("planned") : List.of("amending", "removing"))
                  .update();
          if (held == 1) {
            mark(step, "sent", null);
          }
          return held == 1;
        });
  }

  /**
   * The ERP deleted the payment while its row was being looked for, or after a sending that was
   * turned away: there is nothing to create any more.
   */
  private boolean cancelledIfDeleted(Step step) {
    return db.sql(
                """
                update payment set state = 'cancelled', lease_owner = null,
                  written_amount = null, written_on = null, written_method = null, written_reference = null,
                  changed_at = :now, changed_by = :node, changed_why = 'gone in the ERP before it was written'
                where id = :id and round = :round and lease_owner = :node and state = 'planned' and erp_deleted_at is not null
                """)
            .with("id", step.payment().id())
            .with("round", step.round())
            .update()
        == 1;
  }

  private static Money written(Step step) {
    return step.zero() ? Money.ZERO : step.payment().amount();
  }

  /** As {@link #sending(Step, Duration, String)} through the public interface. */
  public boolean sending(Step step, Duration lease) {
    return sending(step, lease, "contract_payments");
  }

  private void mark(Step step, String state, String message) {
    db.sql(
            """
            update payment_step set state = :state, message = :message,
              sent_at = case when :state = 'sent' then :now else sent_at end, done_at = case when :state = 'done' then :now else done_at end
            where payment_id = :id and round = :round and position = :position and state <> 'done'
            """)
        .with("id", step.payment().id())
        .with("round", step.round())
        .with("position", step.position())
        .with("state", state)
        .with("message", message)
        .update();
  }

  /**
   * The step is done; for a look-up, the row was found, and shows what was sent.
   *
   * @see #done(Step, Long, String, Money, LocalDate)
   */
  public Optional<Step> done(Step step, Long procorePaymentId, String originId) {
    return done(step, procorePaymentId, originId, null, null);
  }

  /**
   * The step is done; for a look-up, the row was found. What a found row shows is what was sent
   * when it was created, whatever the ERP changed since: the difference is amended next.
   *
   * @param procorePaymentId Procore's id of the row; needed for CREATE and LOOK_UP, otherwise
   *     ignored
   * @param originId the origin id that the row has now; null when it has none (after CLEAR_ORIGIN,
   *     or CREATE without one: setting it is planned then)
   * @param shownAmount what a created or found row shows; null when it shows what was sent
   * @param shownDate the day that a created or found row shows; null when it shows what was sent
   * @return the next step of this payment, already claimed; nothing when all is in line
   * @throws IllegalArgumentException when a created or found row has no id
   */
  public Optional<Step> done(
      Step step, Long procorePaymentId, String originId, Money shownAmount, LocalDate shownDate) {
    boolean created = step.action() == Action.CREATE || step.action() == Action.LOOK_UP;
    if (created && procorePaymentId == null) {
      throw new IllegalArgumentException(
          "payment " + step.payment().erpPaymentId() + ": a created row needs Procore's id of it");
    }
    return db.inTransaction(
        () -> {
          if (!lock(step)) {
            return Optional.empty();
          }
          mark(step, "done", null);
          // What CREATE wrote is kept since it was sent.
          boolean patched = step.action() == Action.PATCH;
          db.sql(
                  """
                  update payment set attempts = 0, failure_kind = null, failure_message = null, settle_until = null,
                    procore_payment_id = case when :created then cast(:procoreId as bigint) when :removed then null else procore_payment_id end,
                    origin_id = case when :origin then cast(:originId as text) when :removed then null else origin_id end,
                    written_amount = case when :patched then cast(:amount as numeric) when :removed then null
                      when :created then coalesce(cast(:shownAmount as numeric), written_amount) else written_amount end,
                    written_on = case when :patched then cast(:date as date) when :removed then null
                      when :created then coalesce(cast(:shownDate as date), written_on) else written_on end,
                    written_method = case when :patched then cast(:method as text) when :removed then null else written_method end,
                    written_reference = case when :patched then cast(:reference as text) when :removed then null else written_reference end
                  where id = :id
                  """)
              .with("id", step.payment().id())
              .with("created", created)
              .with("removed", step.action() == Action.REMOVE)
              .with(
                  "origin",
                  created
                      || step.action() == Action.CLEAR_ORIGIN
                      || step.action() == Action.SET_ORIGIN)
              .with("patched", patched)
              .with("procoreId", procorePaymentId)
              .with("originId", step.action() == Action.CLEAR_ORIGIN ? null : originId)
              .with("shownAmount", shownAmount)
              .with("shownDate", shownDate)
              .with("amount", written(step))
              .with("date", step.payment().date())
              .with("method", step.payment().method())
              .with("reference", step.payment().reference())
              .update();
          return next(step);
        });
  }

  private Optional<Step> next(Step step) {
    long id = step.payment().id();
    if (steps(List.of(id)).isEmpty()) {
      plans.settle(id);
    }
    List<Step> open =
        db.sql("select state from payment where id = :id")
                .with("id", id)
                .first((rs, n) -> rs.getString(1))
                .filter(s -> List.of("planned", "amending", "removing").contains(s))
                .isPresent()
            ? steps(List.of(id))
            : List.of();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    // The holder goes on with the next step; a plan that was just made is held by nobody yet.
    db.sql(
            "update payment set lease_owner = :node, due_at = greatest(due_at, :until) where id ="
                + " :id")
        .with("id", id)
        .with("until", db.now().plus(Duration.ofMinutes(1)))
        .update();
    return Optional.of(open.get(0));
  }

  /**
   * Takes the row; whether the step is still to be done. A late report about a step that is done,
   * or of an older plan, changes nothing.
   */
  private boolean lock(Step step) {
    return db.sql(
            """
            select 1 from payment p where id = :id and round = :round and state in ('planned', 'sent', 'unknown', 'amending', 'removing')
              and exists (select 1 from payment_step s where s.payment_id = p.id and s.round = p.round and s.position = :position and s.state <> 'done')
            for update
            """)
        .with("id", step.payment().id())
        .with("round", step.round())
        .with("position", step.position())
        .first((rs, n) -> true)
        .orElse(false);
  }

  /**
   * The answer was lost. A row to be created is looked for once the settle time is over; any other
   * step is done again then.
   */
  public void unknown(Step step, String failureKind, String message, Instant settleUntil) {
    db.inTransaction(
        () -> {
          if (lock(step)) {
            boolean creating = step.action() == Action.CREATE || step.action() == Action.LOOK_UP;
            if (creating) {
              mark(step, "unknown", message);
            }
            postpone(
                step,
                creating ? "unknown" : null,
                failureKind,
                message,
                settleUntil,
                step.action() != Action.LOOK_UP);
          }
        });
  }

  /**
   * The row was looked for and is not there. If the look began after the settle time, it is created
   * (again); otherwise it is looked for again.
   *
   * @return whether the absence counts
   */
  public boolean absent(Step step) {
    return db.inTransaction(
        () -> {
          if (step.action() != Action.LOOK_UP || !lock(step)) {
            return false;
          }
          boolean counts =
              db.sql(
                      "select 1 from payment where id = :id and looked_up_at >="
                          + " coalesce(settle_until, looked_up_at)")
                  .with("id", step.payment().id())
                  .first((rs, n) -> true)
                  .orElse(false);
          if (counts) {
            mark(step, "planned", "looked for and not there");
            postpone(step, "planned", null, "looked for and not there", db.now(), true);
          } else {
            db.sql("update payment set lease_owner = null, due_at = settle_until where id = :id")
                .with("id", step.payment().id())
                .update();
          }
          return counts;
        });
  }

  /**
   * Nothing was written, and that is certain; the step is due again at the given time. For a
   * look-up: the looking failed.
   */
  public void retryAt(Step step, String failureKind, String message, Instant dueAt) {
    db.inTransaction(
        () -> {
          if (lock(step)) {
            if (step.action() != Action.LOOK_UP) {
              mark(step, "planned", message);
            }
            postpone(
                step,
                step.action() == Action.CREATE ? "planned" : null,
                failureKind,
                message,
                dueAt,
                false);
          }
        });
  }

  private void postpone(
      Step step, String state, String kind, String message, Instant dueAt, boolean settling) {
    db.sql(
            """
            update payment set state = coalesce(cast(:state as text), state), lease_owner = null, due_at = :due, attempts = attempts + 1,
              settle_until = case when :settling then :due else settle_until end,
              failure_kind = :kind, failure_message = :message, changed_at = :now, changed_by = :node, changed_why = :message
            where id = :id
            """)
        .with("id", step.payment().id())
        .with("state", state)
        .with("settling", settling)
        .with("due", dueAt)
        .with("kind", kind)
        .with("message", message)
        .update();
  }

  /**
   * A person must act. The payment gets a dead letter; replaying takes the step up again.
   *
   * @return whether it fails by this, so that somebody has to be told
   */
  public boolean fail(Step step, String failureKind, String message, String remedy) {
    return db.inTransaction(
        () -> {
          if (!lock(step)) {
            return false;
          }
          mark(step, "failed", message);
          db.sql(
                  """
                  update payment set state = 'failed', lease_owner = null, failure_kind = :kind, failure_message = :message, remedy = :remedy,
                    changed_at = :now, changed_by = :node, changed_why = :message where id = :id
                  """)
              .with("id", step.payment().id())
              .with("kind", failureKind)
              .with("message", message)
              .with("remedy", remedy)
              .update();
          deadLetters.addForPayment(step.payment().id(), FLOW, failureKind, message, remedy);
          return true;
        });
  }

  /** Takes the failed step up again. A row whose creation left once is looked for first. */
  boolean replay(long payment, String who) {
    int again =
        db.sql(
                """
                update payment p set due_at = :now, attempts = 0, failure_kind = null, failure_message = null, remedy = null,
                  state = case when s.kind = 'CREATE' and s.sent_at is not null then 'unknown' when s.kind = 'CREATE' then 'planned'
                    when s.kind = 'REMOVE' then 'removing' else 'amending' end,
                  changed_at = :now, changed_by = :node, changed_why = 'replayed by ' || :who
                from payment_step s
                where p.id = :id and p.state = 'failed' and s.payment_id = p.id and s.round = p.round and s.state = 'failed'
                """)
            .with("id", payment)
            .with("who", who)
            .update();
    db.sql("update payment_step set state = 'planned' where payment_id = :id and state = 'failed'")
        .with("id", payment)
        .update();
    return again == 1;
  }

  /**
   * Discarded: nothing more is written. What stands in Procore already is flagged, so that the
   * difference stays visible.
   */
  void cancel(long payment, String who, String reason) {
    db.sql(
            """
            update payment set state = case when procore_payment_id is null then 'cancelled' else 'flagged' end,
              changed_at = :now, changed_by = :node, changed_why = 'discarded by ' || :who || ': ' || :reason
            where id = :id and state = 'failed'
            """)
        .with("id", payment)
        .with("who", who)
        .with("reason", reason)
        .update();
  }
}
