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
   * Records whose findings may be others by now: those that are not sent, and those that were sent
   * though they wait for others.
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
            select id from queue_item q where connection = :connection and door = 'tieback' and id > :after and event is not null
              and (state = 'not_sent' or (state in ('ready_to_export', 'ready_to_update') and findings @> '[{"severity": "WAIT"}]'))
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

  /**
   * Records were seen, changed or not: when and in which status. What people decide about stays the
   * same version.
   *
   * @param seen by Procore's id
   */
  public void seen(ConnectionId connection, String entity, Map<Long, Seen> seen) {
    List<Map.Entry<Long, Seen>> all =
        seen.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    db.sql(
            """
            update queue_item q set procore_updated = s.updated::timestamptz, procore_status = s.status
            from unnest(cast(:ids as bigint[]), :times::text[], :statuses::text[]) as s (id, updated, status)
            where q.connection = :connection and q.entity = :entity and q.procore_id = s.id
              and (q.procore_updated is distinct from s.updated::timestamptz or q.procore_status is distinct from s.status)
            """)
        .with("connection", connection)
        .with("entity", entity)
        .with("ids", all.stream().map(one -> one.getKey().toString()).toList())
        .with("times", all.stream().map(one -> one.getValue().updated()).toList())
        .with("statuses", all.stream().map(one -> one.getValue().status()).toList())
        .update();
  }

  /**
   * How a record was seen.
   *
   * @param status Procore's word, or null
   * @param updated when it changed last, or null
   */
  public record Seen(String status, Instant updated) {}

  /** Digests of what was accepted of records that are in the ERP or on their way there. */
  public Map<Long, String> accepted(ConnectionId connection, String entity, Collection<Long> ids) {
    Map<Long, String> accepted = new HashMap<>();
    if (ids.isEmpty()) {
      return accepted;
    }
    of(
            "select procore_id, accepted_source from queue_item where accepted_source is not null"
                + " and state in ('exporting', 'synced', 'imported') and",
            connection,
            entity,
            ids)
        .list((rs, row) -> accepted.put(rs.getLong("procore_id"), rs.getString("accepted_source")));
    return accepted;
  }
}
