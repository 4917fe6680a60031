package io.tieback.ledger;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is done once a day whatever the number of nodes, and what was told of long waits. */
public final class DailyRuns {

  private final Db db;

  DailyRuns(Db db) {
    this.db = db;
  }

  /**
   * Takes the daily summary of a day, in the transaction of the caller: it is taken when that one
   * commits, so that what a node that died began is done by another.
   *
   * @return false when it was taken already
   */
  public boolean take(LocalDate day) {
    return db.sql(
                "insert into digest_run (day, ran_at, node) values (cast(:day as date), :now,"
                    + " :node) on conflict do nothing")
            .with("day", day.toString())
            .update()
        == 1;
  }

  /** Whether the daily summary of a day was taken. */
  public boolean taken(LocalDate day) {
    return db.sql("select count(*) from digest_run where day = cast(:day as date)")
            .with("day", day.toString())
            .number()
        > 0;
  }

  /**
   * Marks items of the queue as told of for waiting too long, in the transaction of the caller.
   *
   * @return those that were not told of yet in their present round
   */
  public Set<Long> escalate(Collection<Long> queueItems) {
    if (queueItems.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        db.sql(
                """
                insert into escalation (queue_item_id, round, at)
                select id, round, :now from queue_item where id = any(cast(:items as bigint[]))
                on conflict do nothing
                returning queue_item_id
                """)
            .with("items", List.copyOf(queueItems))
            .ids());
  }
}
