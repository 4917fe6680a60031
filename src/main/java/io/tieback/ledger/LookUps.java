package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Settles what nobody knows (docs/decisions/0003): a batch whose answer was lost is looked for by
 * its markers, and only what is proven absent is written again. Absence counts only if the look-up
 * <em>began</em> after the settle time, since a vendor may commit after it dropped the line.
 */
public final class LookUps {

  /** How soon a look-up that left documents open is repeated, unless the settle time says later. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final Db db;
  private final BatchDissolution dissolution;

  LookUps(Db db, BatchDissolution dissolution) {
    this.db = db;
    this.dissolution = dissolution;
  }

  /** Whether not being found proves anything yet. */
  public enum Absence {
    /** The look-up began after the settle time: the document is not there. */
    COUNTS,
    /** The ERP may still commit: to be looked for again. */
    NOT_YET,
    /** The batch is not being looked for (any more). */
    IGNORED
  }

  /** What a finished look-up led to. */
  public enum Verdict {
    /** Some documents were neither found nor proven absent; the batch is looked for again later. */
    STILL_LOOKING,
    /** Every document has its outcome; the batch is closed. */
    ALL_SETTLED,
    /**
     * All are missing, no answer ever came, and the ERP still honours the key: the very same bytes
     * go again.
     */
    SAME_BYTES_AGAIN,
    /** What is missing goes into a new batch. */
    MISSING_AGAIN,
    /**
     * All are missing and the ERP had answered with an error: the caller decides between {@link
     * #halve} and {@link #missingAgain}.
     */
    FAILED_WHOLE
  }

  /**
   * What a look-up led to.
   *
   * @param verdict what was decided
   * @param missing markers of documents that are not in the ERP
   * @param status HTTP status of the answer to the write, 0 when none came
   * @param sends how often the bytes of the batch left
   * @param attempts how often the most repeated of the missing documents was sent in vain, this
   *     batch not counted
   */
  public record Settlement(
      Verdict verdict, List<String> missing, int status, int sends, int attempts) {}

  /**
   * Takes batches whose outcome is to be looked for: unknown ones that are due, and sent ones whose
   * holder is gone.
   *
   * @param settle settle time of the ERP; for a batch whose holder is gone it runs from when the
   *     bytes left
   * @param lease how long the caller has
   */
  public List<Batch> claim(ConnectionId connection, int most, Duration settle, Duration lease) {
    return db.inTransaction(
        () -> {
          List<Batch> batches =
              db.sql(
                      """
                      update write_batch b set lease_owner = :node, due_at = :until, looked_up_at = :now,
                        settle_until = case when b.state = 'sent' then b.last_sent_at + cast(:settle as interval) else b.settle_until end,
                        state = 'unknown'
                      where b.id in (
                        select id from write_batch where connection = :connection and state in ('sent', 'unknown') and due_at <= :now
                          and connection not in (select name from erp_connection where paused_at is not null)
                        order by due_at for update skip locked limit :most)
                      returning
                      """
                          + Batch.COLUMNS)
                  .with("connection", connection)
                  .with("settle", settle.toMillis() + " milliseconds")
                  .with("until", db.now().plus(lease))
                  .with("most", most)
                  .list(Batch::map);
          for (Batch batch : batches) {
            dissolution.itemsBecome(batch.id(), "unknown", "no answer; being looked for");
            // What an earlier look-up found absent is looked for anew: only a fresh look counts.
            db.sql(
                    "update write_document set outcome = null where batch_id = :batch and outcome ="
                        + " 'absent'")
                .with("batch", batch.id())
                .update();
          }
          return batches;
        });
  }

  /** These documents were looked for and not found. */
  public Absence absent(UUID batch, Collection<String> markers) {
    return db.inTransaction(
        () -> {
          if (!dissolution.lock(batch).equals("unknown")) {
            return Absence.IGNORED;
          }
          if (!dissolution.absenceCounts(batch)) {
            return Absence.NOT_YET;
          }
          db.sql(
                  """
                  update write_document set outcome = 'absent', outcome_at = :now
                  where batch_id = :batch and marker = any(:markers::text[]) and outcome is null
                  """)
              .with("batch", batch)
              .with("markers", markers)
              .update();
          return Absence.COUNTS;
        });
  }

  private record Tally(
      int open,
      List<String> absent,
      int documents,
      int status,
      int sends,
      int attempts,
      boolean keyHonoured) {}

  /**
   * The look-up is over: decides what happens to what is missing. Harmless when called too early or
   * twice.
   *
   * @param idempotencyWindow how long after the first sending the ERP honours the batch's key; zero
   *     when it knows no such keys
   */
  public Settlement lookedUp(UUID batch, Duration idempotencyWindow) {
    return db.inTransaction(
        () -> {
          if (!dissolution.lock(batch).equals("unknown")) {
            return new Settlement(Verdict.ALL_SETTLED, List.of(), 0, 0, 0);
          }
          Tally tally = tally(batch, idempotencyWindow);
          Verdict verdict = decide(batch, tally, idempotencyWindow);
          return new Settlement(
              verdict, tally.absent(), tally.status(), tally.sends(), tally.attempts());
        });
  }

  private Tally tally(UUID batch, Duration window) {
    return db.sql(
            """
            select b.documents, b.last_status, b.sends,
              b.sends > 0 and b.first_sent_at + cast(:window as interval) > :now and b.last_status = 0 as honoured,
              (select count(*) from write_document d where d.batch_id = b.id and d.outcome is null) as open,
              array(select d.marker from write_document d where d.batch_id = b.id and d.outcome = 'absent' order by d.position) as absent,
              coalesce((select max(w.attempts) from work_item w where w.batch_id = b.id), 0) as attempts
            from write_batch b where b.id = :batch
            """)
        .with("batch", batch)
        .with("window", window.toMillis() + " milliseconds")
        .first(
            (rs, n) ->
                new Tally(
                    rs.getInt("open"),
                    Sql.strings(rs, "absent"),
                    rs.getInt("documents"),
                    rs.getInt("last_status"),
                    rs.getInt("sends"),
                    rs.getInt("attempts"),
                    rs.getBoolean("honoured")))
        .orElseThrow();
  }

  private Verdict decide(UUID batch, Tally tally, Duration window) {
    if (tally.open() > 0) {
      db.sql(
              """
              update write_batch set lease_owner = null, due_at = greatest(coalesce(settle_until, :again), :again) where id = :batch
              """)
          .with("batch", batch)
          .with("again", db.now().plus(LOOK_AGAIN))
          .update();
      return Verdict.STILL_LOOKING;
    }
    if (tally.absent().isEmpty()) {
      dissolution.closeIfFinished(batch);
      return Verdict.ALL_SETTLED;
    }
    boolean all = tally.absent().size() == tally.documents();
    if (all && tally.keyHonoured()) {
      sameBytesAgain(batch, window);
      return Verdict.SAME_BYTES_AGAIN;
    }
    if (all && tally.status() != 0) {
      return Verdict.FAILED_WHOLE;
    }
    missingAgain(batch, db.now());
    return Verdict.MISSING_AGAIN;
  }

  private void sameBytesAgain(UUID batch, Duration window) {
    dissolution.itemsBecome(
        batch, "planned", "looked for and not there; the same bytes go again under their key");
    db.sql(
            "update write_document set outcome = null, outcome_at = null where batch_id = :batch"
                + " and outcome = 'absent'")
        .with("batch", batch)
        .update();
    db.sql(
            """
            update write_batch set state = 'planned', lease_owner = null, due_at = :now, resend_before = first_sent_at + cast(:window as interval)
            where id = :batch
            """)
        .with("batch", batch)
        .with("window", window.toMillis() + " milliseconds")
        .update();
  }

  /**
   * What was looked for and is proven absent goes into a new batch, together. Documents of one
   * batch stay together, so that one that breaks connections cannot take others with it.
   */
  public void missingAgain(UUID batch, Instant dueAt) {
    db.inTransaction(
        () -> {
          requireSettled(batch);
          dissolution.backToComposed(
              batch,
              "missing",
              null,
              UUID.randomUUID(),
              dueAt,
              "looked for and not there; goes into a new batch");
        });
  }

  /** What halving a batch led to. */
  public enum Halving {
    /** Its documents are composed again, in two groups of half the size. */
    HALVED,
    /**
     * It held one document only: this is the one that the ERP chokes on. The caller lets it fail
     * ({@link WriteOutcomes#failRest}).
     */
    ALONE
  }

  /**
   * The batch failed whole and nothing of it is in the ERP: one of its documents is to blame. They
   * go back in two groups of half the size, which are written one batch at a time, until the poison
   * stands alone.
   *
   * @throws IllegalStateException when a document of the batch is not proven absent
   */
  public Halving halve(UUID batch) {
    return db.inTransaction(
        () -> {
          requireSettled(batch);
          List<Integer> positions =
              db.sql(
                      "select position from write_document where batch_id = :batch and outcome ="
                          + " 'absent' order by position")
                  .with("batch", batch)
                  .list((rs, n) -> rs.getInt(1));
          if (positions.size() <= 1) {
            return Halving.ALONE;
          }
          int half = (positions.size() + 1) / 2;
          String why = "the batch failed whole; halved to find the document to blame";
          dissolution.backToComposed(
              batch, "missing", positions.subList(0, half), UUID.randomUUID(), db.now(), why);
          dissolution.backToComposed(
              batch,
              "missing",
              positions.subList(half, positions.size()),
              UUID.randomUUID(),
              db.now(),
              why);
          return Halving.HALVED;
        });
  }

  private void requireSettled(UUID batch) {
    String state = dissolution.lock(batch);
    long open =
        db.sql("select count(*) from write_document where batch_id = :batch and outcome is null")
            .with("batch", batch)
            .number();
    if (!state.equals("unknown") || open > 0) {
      throw new IllegalStateException(
          "batch "
              + batch
              + " is "
              + state
              + " and "
              + open
              + " of its documents are not proven absent: look for them before sending anything"
              + " again");
    }
  }
}
