package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an approver accepts at Tieback's own door, as a request without Procore's id and without
 * request details: work items, dead letters, replays and rounds are those of every request.
 */
public final class DoorRequests {

  private final Db db;
  private final Staging staging;
  private final Verdicts verdicts;

  DoorRequests(Db db, Staging staging, Verdicts verdicts) {
    this.db = db;
    this.staging = staging;
    this.verdicts = verdicts;
  }

  /**
   * What was accepted.
   *
   * @param connection whose it is
   * @param companyId the Procore company
   * @param queueItem the item of the queue
   * @param name Procore's name of such an event
   * @param body the event as JSON
   * @param items the records that it brings, at least one
   */
  public record Accepted(
      ConnectionId connection,
      long companyId,
      long queueItem,
      String name,
      String body,
      List<StagedRequest.Item> items) {
    public Accepted {
      items = List.copyOf(items);
    }
  }

  /**
   * Stages it, in the transaction of the caller.
   *
   * @return the work items, each with the state that it has now
   */
  public List<WorkItem.Reference> stage(Accepted accepted) {
    return db.inTransaction(
        () -> {
          long row =
              db.sql(
                      """
                      insert into erp_request (connection, request_id, company_id, source, queue_item_id, state, due_at, received_at)
                      values (:connection, null, :company, 'DOOR', :item, 'received', :now, :now) returning id
                      """)
                  .with("connection", accepted.connection())
                  .with("company", accepted.companyId())
                  .with("item", accepted.queueItem())
                  .number();
          return staging.stage(
              List.of(
                  new StagedRequest(
                      row, accepted.name(), accepted.body(), 0, accepted.items(), List.of())));
        });
  }

  /**
   * What of a record was accepted.
   *
   * @param entity External Data's word
   * @param procoreId Procore's id, or the ledger's where Procore has none
   * @param digest what the acceptance binds of it
   */
  public record Part(String entity, long procoreId, String digest) {}

  /** From now on this is what was accepted with an item, and nothing that was before. */
  public void bind(long queueItem, List<Part> parts) {
    db.inTransaction(
        () -> {
          db.sql("delete from accepted_part where queue_item_id = :item")
              .with("item", queueItem)
              .update();
          if (!parts.isEmpty()) {
            db.sql(
                    """
                    insert into accepted_part (queue_item_id, entity, procore_id, digest)
                    select :item, entity, procore_id, digest from unnest(:entities::text[], :records::bigint[], :digests::text[])
                      as p (entity, procore_id, digest)
                    """)
                .with("item", queueItem)
                .with("entities", parts.stream().map(Part::entity).toList())
                .with("records", parts.stream().map(Part::procoreId).toList())
                .with("digests", parts.stream().map(Part::digest).toList())
                .update();
          }
        });
  }

  /**
   * What binds a work item.
   *
   * @param queueItem the item of the queue with which it was accepted
   * @param itself whether it is that item's own record
   * @param part digest of what was accepted of it, or null when nothing is known of it alone
   */
  public record Bound(long queueItem, boolean itself, String part) {}

  /**
   * What binds those of these work items whose last request was accepted at Tieback's own door,
   * whichever door their connection has by now; the latest first. What Procore sent since was
   * accepted there.
   */
  public Map<Long, List<Bound>> bound(List<Long> workItems) {
    Map<Long, List<Bound>> bound = new HashMap<>();
    db.sql(
            """
            select w.id, r.queue_item_id, q.entity = w.entity and q.procore_id = w.procore_id as itself, p.digest
            from work_item w
            join lateral (
              select e.source from request_item i join erp_request e on e.id = i.request_row
              where i.work_item_id = w.id order by e.id desc limit 1) last on last.source = 'DOOR'
            join lateral (
              select e.queue_item_id, max(e.id) as latest from request_item i join erp_request e on e.id = i.request_row
              where i.work_item_id = w.id and e.source = 'DOOR' group by e.queue_item_id) r on true
            join queue_item q on q.id = r.queue_item_id
            left join accepted_part p on p.queue_item_id = q.id and p.entity = w.entity and p.procore_id = w.procore_id
            where w.id = any(:items::bigint[]) order by r.latest desc
            """)
        .with("items", workItems)
        .list(
            (rs, n) ->
                bound
                    .computeIfAbsent(rs.getLong("id"), none -> new ArrayList<>())
                    .add(
                        new Bound(
                            rs.getLong("queue_item_id"),
                            rs.getBoolean("itself"),
                            rs.getString("digest"))));
    return bound;
  }

  /**
   * The record does not go out, and is free to be accepted anew: nothing of it has left.
   *
   * @param round the round that was composed
   * @param why for the history
   * @return false when it is further already, or another round
   */
  public boolean withdraw(long workItem, int round, String why) {
    return db.inTransaction(
        () -> {
          List<Long> withdrawn =
              db.sql(
                      """
                      update work_item set state = 'discarded', lease_owner = null, waits_for = '{}', failure_kind = null, failure_message = null,
                        remedy = null, changed_at = :now, changed_by = :node, changed_why = :why
                      where id = :id and round = :round and state in ('staged', 'waiting', 'composed') returning id
                      """)
                  .with("id", workItem)
                  .with("round", round)
                  .with("why", why)
                  .ids();
          verdicts.finish(withdrawn);
          return !withdrawn.isEmpty();
        });
  }

  /**
   * What an operator corrected before replaying.
   *
   * @param who who did it
   * @param event the record's part of Procore's event, as it was corrected
   */
  public record Correction(String who, String event) {}

  /**
   * The last correction of what a work item goes with now, also when it was replayed as it was
   * since; empty when it goes as it was accepted.
   */
  public Optional<Correction> correction(long workItem) {
    return db.sql(
            """
            select d.closed_by, cast(w.event as text) as event from work_item w
            join dead_letter d on d.subject_kind = 'work_item' and d.subject_id = w.id and d.state = 'replayed' and d.corrected is not null
            where w.id = :id and w.round > 1 and d.closed_at >= coalesce(
              (select max(r.received_at) from request_item i join erp_request r on r.id = i.request_row where i.work_item_id = w.id), '-infinity')
            order by d.id desc limit 1
            """)
        .with("id", workItem)
        .first((rs, n) -> new Correction(rs.getString("closed_by"), rs.getString("event")));
  }

  /**
   * Whether a record that was accepted now left, or may leave at any moment, with other figures
   * than these.
   *
   * @param figures digest of the figures, or null where the kind states none
   */
  public boolean leftWithOtherFigures(WorkItem.Reference reference, String figures) {
    return figures != null
        && db.sql(
                    """
                    select count(*) from work_item where id = :id and figures <> :figures
                      and state in ('planned', 'sent', 'unknown', 'known', 'acknowledged')
                    """)
                .with("id", reference.id())
                .with("figures", figures)
                .number()
            > 0;
  }

  /**
   * What of the ERP was offered for import.
   *
   * @param id the queue's key
   * @param erpKey the ERP's key
   * @param state a word such as {@code ready_to_import}
   * @param title what it is called
   */
  public record Import(long id, String erpKey, String state, String title) {}

  /** Everything of an entity that was ever offered for import. */
  public List<Import> imports(ConnectionId connection, String entity) {
    return db.sql(
            "select id, erp_key, state, title from queue_item where connection = :connection and"
                + " entity = :entity and erp_key is not null order by id")
        .with("connection", connection)
        .with("entity", entity)
        .list(
            (rs, n) ->
                new Import(
                    rs.getLong("id"),
                    rs.getString("erp_key"),
                    rs.getString("state"),
                    rs.getString("title")));
  }
}
