package io.tieback.ledger;

import java.util.List;

/**
 * Lets work items fail: the state, the verdict for their request details and the dead letter,
 * together. Runs in the transaction of its caller.
 */
final class ItemFailures {

  private final Db db;
  private final Verdicts verdicts;
  private final DeadLetters deadLetters;

  ItemFailures(Db db, Verdicts verdicts, DeadLetters deadLetters) {
    this.db = db;
    this.verdicts = verdicts;
    this.deadLetters = deadLetters;
  }

  /**
   * @param round the round that may fail, or 0 for any
   * @param from states from which they may fail; others are left alone
   * @return how many failed
   */
  int fail(
      List<Long> items,
      int round,
      String flow,
      String kind,
      String message,
      String remedy,
      List<String> from) {
    List<Long> failed =
        db.sql(
                """
                update work_item set state = 'failed', failure_kind = :kind, failure_message = :message, remedy = :remedy, lease_owner = null,
                  attempts = attempts + 1, waits_for = '{}', batch_id = null, group_id = null, batch_limit = null,
                  changed_at = :now, changed_by = :node, changed_why = :message
                where id = any(:items::bigint[]) and state = any(:from::text[]) and (:round = 0 or round = :round)
                returning id
                """)
            .with("items", items)
            .with("round", round)
            .with("kind", kind)
            .with("message", message)
            .with("remedy", remedy)
            .with("from", from)
            .ids();
    if (!failed.isEmpty()) {
      verdicts.failed(
          failed, remedy == null || remedy.isBlank() ? List.of(message) : List.of(message, remedy));
      deadLetters.addForItems(failed, flow, kind, message, remedy);
      verdicts.finish(failed);
      lookAtWhatWaited(failed);
    }
    return failed.size();
  }

  /** What waits for a record that failed is looked at again: it may go without. */
  private void lookAtWhatWaited(List<Long> failed) {
    db.sql(
            """
            update work_item w set due_at = :now
            from (select connection, array_agg(entity || ':' || procore_id) as keys from work_item
              where id = any(:failed::bigint[]) group by connection) f
            where w.connection = f.connection and w.state = 'waiting' and w.waits_for && f.keys
            """)
        .with("failed", failed)
        .update();
  }
}
