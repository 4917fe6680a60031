package io.tieback.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Moves the documents of a batch together. Runs in the transaction of its caller, which holds the
 * row of the batch.
 */
final class BatchDissolution {

  private final Db db;

  BatchDissolution(Db db) {
    this.db = db;
  }

  /** All documents of the batch that have no final outcome change their state. */
  void itemsBecome(UUID batch, String state, String why) {
    db.sql(
            """
            update work_item w set state = :state, changed_at = :now, changed_by = :node, changed_why = :why
            from write_document d
            where d.batch_id = :batch and (d.outcome is null or d.outcome = 'absent') and w.id = d.work_item_id and w.batch_id = :batch
              and w.state in ('planned', 'sent', 'unknown') and w.state <> :state
            """)
        .with("batch", batch)
        .with("state", state)
        .with("why", why)
        .update();
  }

  /**
   * Documents without a final outcome go back to <em>composed</em> and the batch is closed; its
   * bytes are never sent again.
   *
   * @param outcome what the journal says of them: missing or void
   * @param positions positions in the batch, or null for all
   * @param group the group that they form from now on, or null to stay in the one they are in
   */
  void backToComposed(
      UUID batch, String outcome, List<Integer> positions, UUID group, Instant dueAt, String why) {
    db.sql(
            """
            with given_back as (
              update write_document set outcome = :outcome, outcome_at = :now
              where batch_id = :batch and (outcome is null or outcome = 'absent')
                and (:all or position = any(:positions::int[]))
              returning work_item_id)
            update work_item w set state = 'composed', batch_id = null, lease_owner = null, due_at = :due, attempts = w.attempts + 1,
              group_id = coalesce(cast(:group as uuid), w.group_id), look_since = case when :outcome = 'missing' then null else w.look_since end,
              batch_limit = case when cast(:group as uuid) is null then w.batch_limit else (select count(*) from given_back) end,
              changed_at = :now, changed_by = :node, changed_why = :why
            from given_back g where w.id = g.work_item_id and w.batch_id = :batch and w.state in ('planned', 'sent', 'unknown')
            """)
        .with("batch", batch)
        .with("outcome", outcome)
        .with("all", positions == null)
        .with("positions", positions == null ? List.of() : positions)
        .with("group", group)
        .with("due", dueAt)
        .with("why", why)
        .update();
    closeIfFinished(batch);
  }

  /**
   * Whether not finding a document of this batch proves anything: the look-up began after the
   * settle time.
   */
  boolean absenceCounts(UUID batch) {
    return db.sql(
            "select 1 from write_batch where id = :batch and looked_up_at >= coalesce(settle_until,"
                + " looked_up_at)")
        .with("batch", batch)
        .first((rs, n) -> true)
        .orElse(false);
  }

  /** Closes the batch when each of its documents has a final outcome. */
  boolean closeIfFinished(UUID batch) {
    return db.sql(
                """
                update write_batch set state = 'closed', closed_at = :now, lease_owner = null
                where id = :batch and state <> 'closed'
                  and not exists (select 1 from write_document where batch_id = :batch and (outcome is null or outcome = 'absent'))
                """)
            .with("batch", batch)
            .update()
        == 1;
  }

  /** Takes the row of the batch, so that outcomes of one batch are recorded one after the other. */
  String lock(UUID batch) {
    return db.sql("select state from write_batch where id = :batch for update")
        .with("batch", batch)
        .first((rs, n) -> rs.getString(1))
        .orElseThrow(() -> new IllegalArgumentException("the journal holds no batch " + batch));
  }
}
