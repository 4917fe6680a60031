package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the Tieback door looks up in the queue while it reads, and small notes that are no moves.
 */
public final class DoorRecords {

  private final Db db;

  DoorRecords(Db db) {
    this.db = db;
  }

  /**
   * When records changed last in Procore, as far as the queue has them. Those that it does not
   * have, or that could not be read, are not in the result.
   */
  public Map<Long, Instant> updated(ConnectionId connection, String entity, Collection<Long> ids) {
    Map<Long, Instant> updated = new HashMap<>();
    if (ids.isEmpty()) {
      return updated;
    }
    of(
            "select procore_id, procore_updated from queue_item where procore_updated is not null"
                + " and state <> 'invalid' and",
            connection,
            entity,
            ids)
        .list(
            (rs, row) -> updated.put(rs.getLong("procore_id"), Sql.instant(rs, "procore_updated")));
    return updated;
  }

  /** The events of records, JSON. */
  public Map<Long, String> events(ConnectionId connection, String entity, Collection<Long> ids) {
    Map<Long, String> events = new HashMap<>();
    if (ids.isEmpty()) {
      return events;
    }
    of(
            "select procore_id, cast(event as text) as event from queue_item where event is not"
                + " null and",
            connection,
            entity,
            ids)
        .list((rs, row) -> events.put(rs.getLong("procore_id"), rs.getString("event")));
    return events;
  }

  private Sql of(String select, ConnectionId connection, String entity, Collection<Long> ids) {
    return db.sql(
            select
                + " connection = :connection and entity = :entity and procore_id = any(cast(:ids as"
                + " bigint[]))")
        .with("connection", connection)
        .with("entity", entity)
        .with("ids", ids.stream().map(String::valueOf).toList());
  }

  /** Companies among these that a commitment in one of these statuses names. */
  public List<Long> used(
      ConnectionId connection, Collection<Long> vendors, Collection<String> statuses) {
    return vendors.isEmpty()
        ? List.of()
        : db.sql(
                """
                select distinct vendor_id from queue_item where connection = :connection and kind = 'commitment'
                  and vendor_id = any(cast(:vendors as bigint[])) and procore_status = any(:statuses::text[])
                  and state not in ('invalid', 'archived')
                """)
            .with("connection", connection)
            .with("vendors", vendors.stream().map(String::valueOf).toList())
            .with("statuses", statuses)
            .ids();
  }

  /**
   * Records that are not sent and whose findings may be others by now.
   *
   * @param after key of the last one that was looked at, 0 at the beginning
   * @param every whether all that have findings are wanted, not only those that wait for others
   * @param heldBack the finding of companies that nothing uses; looked at again once one is used
   * @param most how many at most
   * @return their keys in the queue, in order
   */
  public List<Long> waiting(
      ConnectionId connection, long after, boolean every, String heldBack, int most) {
    return db.sql(
            """
            select id from queue_item q where connection = :connection and door = 'tieback' and state = 'not_sent' and id > :after
              and event is not null
              and (findings @> '[{"severity": "WAIT"}]' or (:every and findings <> '[]')
                or (entity = 'vendor' and findings @> cast(:held as jsonb) and exists (
                  select 1 from queue_item c where c.connection = q.connection and c.kind = 'commitment'
                    and c.vendor_id = q.vendor_id)))
            order by id limit :most
            """)
        .with("connection", connection)
        .with("after", after)
        .with("every", every)
        .with("held", "[{\"ruleId\": \"" + heldBack + "\"}]")
        .with("most", most)
        .ids();
  }

  /**
   * Items that are not done with, so that what was deleted without a trace is noticed.
   *
   * @return Procore's ids
   */
  public List<Long> open(ConnectionId connection, String entity, Long projectId) {
    return db.sql(
            """
            select procore_id from queue_item where connection = :connection and door = 'tieback' and entity = :entity
              and project_id is not distinct from cast(:project as bigint) and procore_id is not null
              and state in ('not_sent', 'ready_to_export', 'ready_to_update', 'retrieved', 'rejected', 'failed') order by procore_id
            """)
        .with("connection", connection)
        .with("entity", entity)
        .with("project", projectId)
        .ids();
  }

  /** A record was seen again as it was: what people decide about stays the same version. */
  public void seen(long id, String status, java.time.Instant updated) {
    db.sql(
            """
            update queue_item set procore_status = cast(:status as text), procore_updated = cast(:updated as timestamptz)
            where id = :id
            """)
        .with("id", id)
        .with("status", status)
        .with("updated", updated)
        .update();
  }

  /** It is in the ERP, without having gone there through this queue. */
  public void isInErp(long id) {
    db.sql("update queue_item set in_erp = true where id = :id").with("id", id).update();
  }
}
