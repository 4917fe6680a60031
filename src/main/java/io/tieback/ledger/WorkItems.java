package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Work items on their way from staged to composed. What happens after that is in {@link
 * WriteJournal}.
 */
public final class WorkItems {

  /**
   * Left out by what they are, never by their ids: Procore counts invoices, change orders and
   * commitments each on their own, so that an invoice may have the number of its commitment.
   */
  private static final String COMMITMENTS = "('work_order_contract', 'purchase_order_contract')";

  private final Db db;
  private final Claims claims;
  private final ItemFailures failures;
  private final Verdicts verdicts;

  WorkItems(Db db, Claims claims, ItemFailures failures, Verdicts verdicts) {
    this.db = db;
    this.claims = claims;
    this.failures = failures;
    this.verdicts = verdicts;
  }

  /**
   * Takes subcontractor invoices that are due for checking, of any connection that is not paused.
   * Each goes to one node until its lease ends.
   */
  public List<Claimed> claimForPreparing() {
    return claims
        .statement("claim-items-to-prepare.sql")
        .list(
            (rs, row) ->
                new Claimed(
                    rs.getLong("id"),
                    Sql.connection(rs),
                    rs.getString("entity"),
                    rs.getLong("procore_id"),
                    rs.getInt("round"),
                    rs.getInt("attempts"),
                    rs.getString("event"),
                    Sql.longOrNull(rs, "project_id"),
                    Sql.longOrNull(rs, "commitment_id"),
                    Sql.longOrNull(rs, "vendor_id")));
  }

  /**
   * A work item to prepare.
   *
   * @param id the ledger's key
   * @param connection whose it is
   * @param entity what it is
   * @param procoreId Procore's id of the record
   * @param round its round; given back with the outcome
   * @param attempts how often preparing it failed so far
   * @param event its part of Procore's event, as JSON
   * @param projectId its project, or null
   * @param commitmentId its commitment, or null
   * @param vendorId its vendor, or null
   */
  public record Claimed(
      long id,
      ConnectionId connection,
      String entity,
      long procoreId,
      int round,
      int attempts,
      String event,
      Long projectId,
      Long commitmentId,
      Long vendorId) {}

  /**
   * Stores composed documents in one statement. One that was staged again, or is further already,
   * is left alone.
   *
   * @return keys of the work items that are composed now
   */
  public List<Long> composed(List<ComposedDocument> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    return db.sql(
            """
            update work_item w set state = 'composed', document = c.document::jsonb, erp_body = c.erp_body, digest = c.digest, marker = c.marker,
              amount = c.amount, currency = c.currency, number = c.number, project_id = coalesce(c.project_id, w.project_id),
              commitment_id = coalesce(c.commitment_id, w.commitment_id), vendor_id = coalesce(c.vendor_id, w.vendor_id),
              origin_rows = c.origin_rows, api_calls = w.api_calls + c.calls, waits_for = '{}', attempts = 0, due_at = :now, lease_owner = null,
              batch_id = null, failure_kind = null, failure_message = null, remedy = null,
              changed_at = :now, changed_by = :node, changed_why = 'checked and composed'
            from unnest(:ids::bigint[], :rounds::int[], :documents::text[], :bodies::text[], :digests::text[], :markers::text[],
              :amounts::text[]::numeric[], :currencies::text[], :numbers::text[], :projects::bigint[], :commitments::bigint[],
              :vendors::bigint[], :originRows::int[], :calls::int[])
              as c (id, round, document, erp_body, digest, marker, amount, currency, number, project_id, commitment_id, vendor_id, origin_rows, calls)
            where w.id = c.id and w.round = c.round and w.state in ('staged', 'waiting')
            returning w.id
            """)
        .with("ids", each(documents, ComposedDocument::itemId))
        .with("rounds", each(documents, ComposedDocument::round))
        .with("documents", each(documents, ComposedDocument::document))
        .with("bodies", each(documents, ComposedDocument::erpBody))
        .with("digests", each(documents, ComposedDocument::digest))
        .with("markers", each(documents, ComposedDocument::marker))
        .with("amounts", each(documents, d -> d.amount() == null ? null : d.amount().amount()))
        .with("currencies", each(documents, ComposedDocument::currency))
        .with("numbers", each(documents, ComposedDocument::number))
        .with("projects", each(documents, ComposedDocument::projectId))
        .with("commitments", each(documents, ComposedDocument::commitmentId))
        .with("vendors", each(documents, ComposedDocument::vendorId))
        .with("originRows", each(documents, ComposedDocument::originRows))
        .with("calls", each(documents, ComposedDocument::apiCalls))
        .ids();
  }

  /**
   * The ERP may hold this record's document already: it is not written before it was looked for
   * among what changed since then ({@link WriteJournal.Plan#lookFirst}). To be said before the
   * document is stored with {@link #composed}.
   */
  public void lookFirst(long id, Instant since) {
    db.sql(
            "update work_item set look_since = least(look_since, :since) where id = :id and erp_id"
                + " is null")
        .with("id", id)
        .with("since", since)
        .update();
  }

  /**
   * The record's document changes something that no other may change at the same time: documents
   * with the same text in a connection go one after the other. To be said before the document is
   * stored with {@link #composed}.
   *
   * @param what what it changes
   */
  public void oneAtATime(long id, String what) {
    db.sql("update work_item set one_at_a_time = :what where id = :id")
        .with("id", id)
        .with("what", what)
        .update();
  }

  private static List<Object> each(
      List<ComposedDocument> documents, Function<ComposedDocument, Object> part) {
    return Arrays.asList(documents.stream().map(part).toArray());
  }

  /**
   * The record depends on something that is not in the ERP yet. It is looked at again at the given
   * time, or at once when {@link Links#put} brings what it waits for. What has been put already
   * counts, so that nothing falls between the check and this call.
   *
   * @param round the round that was claimed
   * @param waitsFor what it waits for, as {@link Links#waitKey}; at least one
   * @param message what it waits for, in words
   * @param lookAgainAt when to look again even if nothing arrived
   */
  public void waiting(
      long id,
      int round,
      List<String> waitsFor,
      String message,
      Instant lookAgainAt,
      int apiCalls) {
    if (waitsFor.isEmpty()) {
      throw new IllegalArgumentException(
          "work item " + id + " cannot wait for nothing: name at least one 'entity:procore key'");
    }
    db.inTransaction(
        () -> {
          db.sql("select connection from work_item where id = :id")
              .with("id", id)
              .first((rs, n) -> rs.getString(1))
              .ifPresent(connection -> db.holdAlone(Links.lockName(connection)));
          db.sql(
                  """
                  update work_item w set
                    waits_for = o.missing, state = case when o.missing = '{}' then 'staged' else 'waiting' end,
                    due_at = case when o.missing = '{}' then :now else :again end, attempts = w.attempts + 1, api_calls = w.api_calls + :calls,
                    lease_owner = null, failure_kind = null, failure_message = :message, changed_at = :now, changed_by = :node, changed_why = :message
                  from (select coalesce(array_agg(key order by key), '{}') as missing from unnest(:waitsFor::text[]) as key
                        where not exists (select 1 from link l, work_item i where i.id = :id and l.connection = i.connection
                          and l.entity || ':' || l.procore_key = key)) o
                  where w.id = :id and w.round = :round and w.state in ('staged', 'waiting')
                  """)
              .with("id", id)
              .with("round", round)
              .with("waitsFor", waitsFor)
              .with("again", lookAgainAt)
              .with("calls", apiCalls)
              .with("message", message)
              .update();
        });
  }

  /** Preparing failed for now; the record is due again at the given time. */
  public void retryAt(
      long id, int round, String failureKind, String message, Instant dueAt, int apiCalls) {
    db.sql(
            """
            update work_item set attempts = attempts + 1, due_at = :due, lease_owner = null, failure_kind = :kind, failure_message = :message,
              api_calls = api_calls + :calls
            where id = :id and round = :round and state in ('staged', 'waiting')
            """)
        .with("id", id)
        .with("round", round)
        .with("kind", failureKind)
        .with("message", message)
        .with("due", dueAt)
        .with("calls", apiCalls)
        .update();
  }

  /**
   * The record cannot go out as it is: a person must act. It gets a dead letter, and its request
   * details are answered as failed with the message.
   *
   * @param flow the route or flow that found out, for the dead letter
   * @return false when it was staged again or is further already, and therefore left alone
   */
  public boolean fail(
      long id, int round, String flow, String failureKind, String message, String remedy) {
    return db.inTransaction(
        () ->
            failures.fail(
                    List.of(id),
                    round,
                    flow,
                    failureKind,
                    message,
                    remedy,
                    List.of("staged", "waiting", "composed"))
                == 1);
  }

  /** One work item by the ledger's key. */
  public Optional<WorkItem> find(long id) {
    return db.sql("select " + WorkItem.COLUMNS + " from work_item where id = :id")
        .with("id", id)
        .first(WorkItem::map);
  }

  /** One work item by its record. */
  public Optional<WorkItem> find(ConnectionId connection, String entity, long procoreId) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and entity = :entity and"
                + " procore_id = :procoreId")
        .with("connection", connection)
        .with("entity", entity)
        .with("procoreId", procoreId)
        .first(WorkItem::map);
  }

  /**
   * Records of a commitment that are in the ERP or on their way there, itself left out: what has to
   * be unlinked before it (GEN-UNL-04).
   */
  public List<WorkItem> childrenOf(ConnectionId connection, long commitmentId) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and commitment_id = :commitment"
                + " and entity not in "
                + COMMITMENTS
                + " and state in ('composed', 'planned', 'sent', 'unknown', 'known',"
                + " 'acknowledged') order by entity, id")
        .with("connection", connection)
        .with("commitment", commitmentId)
        .list(WorkItem::map);
  }

  /** Every invoice and change order of a commitment, whatever its state; itself left out. */
  public List<WorkItem> ofCommitment(ConnectionId connection, long commitmentId) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and commitment_id = :commitment"
                + " and entity not in "
                + COMMITMENTS
                + " order by entity, id")
        .with("connection", connection)
        .with("commitment", commitmentId)
        .list(WorkItem::map);
  }

  /** One work item by the marker of its document. */
  public Optional<WorkItem> findByMarker(ConnectionId connection, String marker) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and marker = :marker")
        .with("connection", connection)
        .with("marker", marker)
        .first(WorkItem::map);
  }

  /**
   * The record is free again: its document is gone in the ERP, or no longer meant. What was written
   * is not forgotten (history, journal, {@code former_erp_ids}), but counts no longer. Details that
   * were not answered yet are answered as failed, since nothing else would ever answer them.
   *
   * @param why for the history
   * @return whether it was in the ERP, and is unlinked by this
   */
  public boolean unlinked(ConnectionId connection, String entity, long procoreId, String why) {
    return db.inTransaction(
        () -> {
          db.holdShared(PaymentJournal.lockName(connection.value()));
          db.sql(
                  "delete from link where connection = :connection and entity = :entity and"
                      + " procore_key = :key")
              .with("connection", connection)
              .with("entity", entity)
              .with("key", Long.toString(procoreId))
              .update();
          List<Long> freed =
              db.sql(
                      """
                      update work_item set state = 'unlinked', former_erp_ids = former_erp_ids || erp_id, erp_id = null, erp_number = null,
                        erp_line_ids = '{}', erp_total = null, known_at = null, origins_written_at = null, acknowledged_at = null, look_since = staged_at,
                        lease_owner = null, changed_at = :now, changed_by = :node, changed_why = :why
                      where connection = :connection and entity = :entity and procore_id = :procoreId and state in ('known', 'acknowledged') returning id
                      """)
                  .with("connection", connection)
                  .with("entity", entity)
                  .with("procoreId", procoreId)
                  .with("why", why)
                  .ids();
          if (!freed.isEmpty()) {
            verdicts.withdrawn(
                freed, "It was in the ERP, and is not linked any more: " + why + ".");
            verdicts.finish(freed);
          }
          return !freed.isEmpty();
        });
  }

  /** Exported records by the ERP's keys of their documents. */
  public List<WorkItem> findByErpId(
      ConnectionId connection, List<String> entities, List<String> erpIds) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and entity ="
                + " any(:entities::text[]) and erp_id = any(:erpIds::text[]) order by id")
        .with("connection", connection)
        .with("entities", entities)
        .with("erpIds", erpIds)
        .list(WorkItem::map);
  }

  /**
   * Work items of a connection in a state, oldest first, after the given key (0 for the first
   * page).
   */
  public List<WorkItem> inState(ConnectionId connection, ItemState state, long afterId, int limit) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and state = :state and id >"
                + " :after order by id limit :limit")
        .with("connection", connection)
        .with("state", state.word())
        .with("after", afterId)
        .with("limit", limit)
        .list(WorkItem::map);
  }

  /** All work items of a connection, oldest first, after the given key (0 for the first page). */
  public List<WorkItem> all(ConnectionId connection, long afterId, int limit) {
    return db.sql(
            "select "
                + WorkItem.COLUMNS
                + " from work_item where connection = :connection and id > :after order by id limit"
                + " :limit")
        .with("connection", connection)
        .with("after", afterId)
        .with("limit", limit)
        .list(WorkItem::map);
  }

  /** How many work items of a connection are in each state; states without any are left out. */
  public Map<ItemState, Long> countByState(ConnectionId connection) {
    Map<ItemState, Long> counts = new EnumMap<>(ItemState.class);
    db.sql(
            "select state, count(*) as many from work_item where connection = :connection group by"
                + " state")
        .with("connection", connection)
        .list((rs, n) -> counts.put(ItemState.of(rs.getString("state")), rs.getLong("many")));
    return counts;
  }

  /** Every change of state of a work item, oldest first. */
  public List<WorkItem.Change> history(long id) {
    return db.sql(
            "select round, from_state, to_state, at, node, reason from work_item_history where"
                + " work_item_id = :id order by id")
        .with("id", id)
        .list(
            (rs, n) ->
                new WorkItem.Change(
                    rs.getInt("round"),
                    rs.getString("from_state") == null
                        ? null
                        : ItemState.of(rs.getString("from_state")),
                    ItemState.of(rs.getString("to_state")),
                    Sql.instant(rs, "at"),
                    rs.getString("node"),
                    rs.getString("reason")));
  }
}
