package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The journal of writes, up to the moment when the bytes leave (design section 5): composed
 * documents are claimed, their exact bytes are stored as one batch (<em>planned</em>), and {@link
 * #sending} is the last thing that happens before they go (<em>sent</em>). What became of them is
 * in {@link WriteOutcomes}; what nobody knows is settled by {@link LookUps}.
 */
public final class WriteJournal {

  private static final String UNGROUPED = "group_id is null and look_since is null";
  private static final String DOUBTFUL = "look_since is not null";

  /** Of what may be changed by one document at a time, no other is under way. */
  private static final String IN_TURN =
      """
      (w.one_at_a_time is null or not exists (
        select 1 from work_item o where o.connection = w.connection and o.one_at_a_time = w.one_at_a_time and o.id <> w.id
          and (o.state in ('planned', 'sent', 'unknown') or (o.state = 'composed' and o.batch_id is not null and o.due_at > :now))))
      """;

  private final Db db;
  private final BatchDissolution dissolution;

  WriteJournal(Db db, BatchDissolution dissolution) {
    this.db = db;
    this.dissolution = dissolution;
  }

  /**
   * Documents that were claimed for one batch.
   *
   * @param batch key that the batch will have
   * @param connection whose they are
   * @param entity what they are
   * @param documents the documents, in the order in which they have to stand in the batch
   * @param lookFirst the ERP may hold them already ({@link WriteOutcomes#doubtful}): the batch is
   *     not written but looked for, and what is missing goes into a new one
   */
  public record Plan(
      UUID batch,
      ConnectionId connection,
      String entity,
      List<Document> documents,
      boolean lookFirst) {}

  /**
   * A document to write.
   *
   * @param itemId the ledger's key of its work item
   * @param procoreId Procore's id of its record
   * @param marker what finds it in the ERP
   * @param digest SHA-256 of {@code erpBody}
   * @param erpBody the document in the ERP's wire form
   */
  public record Document(
      long itemId, long procoreId, String marker, String digest, String erpBody) {}

  /**
   * The claim ended before its result was stored: somebody else may have it now, and the result
   * must be dropped.
   */
  public static final class ClaimLost extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClaimLost(String message) {
      super(message);
    }
  }

  /**
   * Claims composed documents for one batch: either the oldest that belong to no group, or those of
   * one group, at most as many as the group allows and never while another batch of that group is
   * under way (halving, {@link LookUps#halve}).
   *
   * @param most most documents that the ERP takes in one call
   * @param lease how long the caller has until {@link #planned}
   * @return nothing when there is nothing to write, or the connection is paused
   */
  public Optional<Plan> plan(ConnectionId connection, String entity, int most, Duration lease) {
    return db.inTransaction(
        () -> {
          if (most == 1) {
            // What goes alone may have to go one after the other: whoever plans sees the claims of
            // all others.
            db.holdAlone("one-at-a-time:" + connection + ":" + entity);
          }
          UUID batch = UUID.randomUUID();
          List<Document> documents = claimGroup(connection, entity, most, lease, batch);
          boolean lookFirst = false;
          if (documents.isEmpty()) {
            documents = claim(connection, entity, DOUBTFUL, null, most, lease, batch);
            lookFirst = !documents.isEmpty();
          }
          if (documents.isEmpty()) {
            documents = claim(connection, entity, UNGROUPED, null, most, lease, batch);
          }
          return documents.isEmpty()
              ? Optional.empty()
              : Optional.of(new Plan(batch, connection, entity, documents, lookFirst));
        });
  }

  private record Group(UUID id, int limit) {}

  private List<Document> claimGroup(
      ConnectionId connection, String entity, int most, Duration lease, UUID batch) {
    List<Group> groups =
        db.sql(
                """
                select group_id, min(batch_limit) as batch_limit from work_item w
                where connection = :connection and entity = :entity and state = 'composed' and due_at <= :now and group_id is not null
                group by group_id order by min(due_at)
                """)
            .with("connection", connection)
            .with("entity", entity)
            .list((rs, n) -> new Group(Sql.uuid(rs, "group_id"), rs.getInt("batch_limit")));
    for (Group group : groups) {
      // Whoever plans a batch of a group holds the group until the claim is visible to others.
      if (!db.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
          .with("name", "group:" + group.id())
          .first((rs, n) -> rs.getBoolean(1))
          .orElse(false)) {
        continue;
      }
      boolean underWay =
          db.sql(
                      """
                      select count(*) from work_item where group_id = :group
                        and (state in ('planned', 'sent', 'unknown') or (state = 'composed' and batch_id is not null and due_at > :now))
                      """)
                  .with("group", group.id())
                  .number()
              > 0;
      if (underWay) {
        continue;
      }
      List<Document> documents =
          claim(
              connection,
              entity,
              "group_id = :group and look_since is null",
              group.id(),
              Math.min(most, group.limit()),
              lease,
              batch);
      if (!documents.isEmpty()) {
        return documents;
      }
    }
    return List.of();
  }

  private List<Document> claim(
      ConnectionId connection,
      String entity,
      String groupCondition,
      UUID group,
      int most,
      Duration lease,
      UUID batch) {
    return db.sql(
            """
            with claimed as (
              update work_item set batch_id = :batch, lease_owner = :node, due_at = :until
              where id in (
                select id from work_item w
                where connection = :connection and entity = :entity and state = 'composed' and due_at <= :now and %s and %s
                  and connection not in (select name from erp_connection where paused_at is not null)
                order by due_at, id for update skip locked limit :most)
              returning id, procore_id, marker, digest, erp_body)
            select * from claimed order by id
            """
                .formatted(groupCondition, IN_TURN))
        .with("batch", batch)
        .with("connection", connection)
        .with("entity", entity)
        .with("group", group)
        .with("until", db.now().plus(lease))
        .with("most", most)
        .list(
            (rs, n) ->
                new Document(
                    rs.getLong("id"),
                    rs.getLong("procore_id"),
                    rs.getString("marker"),
                    rs.getString("digest"),
                    rs.getString("erp_body")));
  }

  /** What composed documents there are to write: their entities, none of them twice. */
  public Set<String> entitiesToWrite(ConnectionId connection) {
    return Set.copyOf(
        db.sql(
                """
                select distinct entity from work_item where connection = :connection and state = 'composed' and due_at <= :now
                """)
            .with("connection", connection)
            .list((rs, n) -> rs.getString(1)));
  }

  /**
   * Whether what is composed is worth a call already: a full batch is there, or a document that
   * waited long enough, or one of a group that is being halved.
   *
   * @param most most documents that the ERP takes in one call
   * @param waitingSince documents composed before this have waited long enough
   */
  public boolean worthACall(
      ConnectionId connection, String entity, int most, Instant waitingSince) {
    return db.sql(
            """
            select coalesce(count(*) >= :most or bool_or(due_at <= :since or group_id is not null), false) from (
              select due_at, group_id from work_item
              where connection = :connection and entity = :entity and state = 'composed' and due_at <= :now
              order by due_at limit :most) c
            """)
        .with("connection", connection)
        .with("entity", entity)
        .with("most", most)
        .with("since", waitingSince)
        .first((rs, n) -> rs.getBoolean(1))
        .orElse(false);
  }

  /** Gives claimed documents back, for instance because their bytes could not be made. */
  public void release(Plan plan, Instant dueAt) {
    db.sql(
            """
            update work_item set batch_id = null, lease_owner = null, due_at = :due
            where batch_id = :batch and state = 'composed' and lease_owner = :node
            """)
        .with("batch", plan.batch())
        .with("due", dueAt)
        .update();
  }

  /**
   * Journals the batch with its exact bytes: from here on a crash loses nothing. The caller holds
   * it until the lease ends. A batch that is to be looked for first is due for that at once, and
   * nobody holds it.
   *
   * @param idempotencyKey key that goes with the bytes; unique in the connection
   * @param body the exact bytes, holding the documents in the plan's order
   * @throws ClaimLost when a document of the plan was staged again or taken by somebody else;
   *     nothing is stored then, and the others are free for the next plan
   */
  public Batch planned(Plan plan, String idempotencyKey, byte[] body, Duration lease) {
    try {
      return journal(plan, idempotencyKey, body, lease);
    } catch (ClaimLost lost) {
      // What of the plan is still claimed need not wait for the end of the lease.
      release(plan, db.now());
      throw lost;
    }
  }

  private Batch journal(Plan plan, String idempotencyKey, byte[] body, Duration lease) {
    Instant due = plan.lookFirst() ? db.now() : db.now().plus(lease);
    return db.inTransaction(
        () -> {
          db.sql(
                  """
                  insert into write_batch (id, connection, entity, state, idempotency_key, body, documents, group_id, first_sent_at, planned_at, due_at,
                    lease_owner)
                  select :batch, :connection, :entity, :state, :key, :body, :documents,
                    (select group_id from work_item where id = :first),
                    (select min(look_since) from work_item where id = any(:items::bigint[])), :now, :until, case when :looked then null else :node end
                  """)
              .with("state", plan.lookFirst() ? "unknown" : "planned")
              .with("looked", plan.lookFirst())
              .with("items", plan.documents().stream().map(Document::itemId).toList())
              .with("batch", plan.batch())
              .with("connection", plan.connection())
              .with("entity", plan.entity())
              .with("key", idempotencyKey)
              .with("body", body)
              .with("documents", plan.documents().size())
              .with("first", plan.documents().get(0).itemId())
              .with("until", due)
              .update();
          int moved =
              db.sql(
                      """
                      with taken as (
                        update work_item set state = :state, due_at = :until, changed_at = :now, changed_by = :node,
                          changed_why = case when :looked then 'looked for before it is written' else 'in a batch of ' || :documents end
                        where batch_id = :batch and state = 'composed' and lease_owner = :node and id = any(:items::bigint[])
                        returning id, connection, round, marker, digest)
                      insert into write_document (batch_id, position, connection, work_item_id, round, marker, digest)
                      select :batch, array_position(:items::bigint[], t.id), t.connection, t.id, t.round, t.marker, t.digest from taken t
                      """)
                  .with("batch", plan.batch())
                  .with("items", plan.documents().stream().map(Document::itemId).toList())
                  .with("documents", plan.documents().size())
                  .with("state", plan.lookFirst() ? "unknown" : "planned")
                  .with("looked", plan.lookFirst())
                  .with("until", due)
                  .update();
          if (moved != plan.documents().size()) {
            throw new ClaimLost(
                "batch "
                    + plan.batch()
                    + " has "
                    + plan.documents().size()
                    + " documents, but only "
                    + moved
                    + " are still claimed for it: the others changed meanwhile, so the batch is not"
                    + " journalled");
          }
          return new Batch(
              plan.batch(),
              plan.connection(),
              plan.entity(),
              idempotencyKey,
              body,
              plan.documents().stream().map(Document::marker).toList(),
              plan.documents().size(),
              0,
              null,
              0,
              null,
              List.of(),
              0);
        });
  }

  /**
   * The bytes are about to leave: the batch is <em>sent</em> from here on. Only the node that holds
   * the batch may send it, only while it is planned, and only while all of its documents still are
   * to be written.
   *
   * <p>A batch that is to be repeated under its key after the ERP stopped honouring the key is not
   * sent but looked for again. A batch of which a document became known meanwhile (a late answer to
   * an earlier batch) is dissolved; its other documents go into a new one.
   *
   * @param lease how long the answer may take until the batch counts as abandoned
   * @return whether it may be sent; if not, the caller drops it
   */
  public boolean sending(UUID batch, Duration lease) {
    return db.inTransaction(
        () -> {
          boolean held =
              db.sql(
                      "select 1 from write_batch where id = :batch and state = 'planned' and"
                          + " lease_owner = :node for update")
                  .with("batch", batch)
                  .first((rs, n) -> true)
                  .orElse(false);
          if (!held) {
            return false;
          }
          boolean tooLateToRepeat =
              db.sql(
                          "update write_batch set state = 'unknown', lease_owner = null, due_at ="
                              + " :now where id = :batch and resend_before <= :now")
                      .with("batch", batch)
                      .update()
                  == 1;
          if (tooLateToRepeat) {
            dissolution.itemsBecome(
                batch, "unknown", "the time for repeating the same bytes is over");
            return false;
          }
          int leaving =
              db.sql(
                      """
                      update work_item w set state = 'sent', due_at = :until, changed_at = :now, changed_by = :node, changed_why = 'handed to the ERP'
                      from write_document d
                      where d.batch_id = :batch and d.outcome is null and w.id = d.work_item_id and w.batch_id = :batch and w.state = 'planned'
                      """)
                  .with("batch", batch)
                  .with("until", db.now().plus(lease))
                  .update();
          int sent =
              db.sql(
                      """
                      update write_batch set state = 'sent', first_sent_at = coalesce(first_sent_at, :now), last_sent_at = :now, sends = sends + 1,
                        last_status = 0, due_at = :until
                      where id = :batch and documents = :leaving
                      """)
                  .with("batch", batch)
                  .with("leaving", leaving)
                  .with("until", db.now().plus(lease))
                  .update();
          if (sent == 0) {
            dissolution.backToComposed(
                batch,
                "void",
                null,
                null,
                db.now(),
                "another document of the batch was written already");
            return false;
          }
          return true;
        });
  }

  /**
   * Takes batches that are planned and due: left by a crash before they were sent, or not written
   * and due again.
   */
  public List<Batch> claimPlanned(ConnectionId connection, int most, Duration lease) {
    return db.sql(
            """
            update write_batch b set lease_owner = :node, due_at = :until
            where b.id in (
              select id from write_batch where connection = :connection and state = 'planned' and due_at <= :now
                and connection not in (select name from erp_connection where paused_at is not null)
              order by due_at for update skip locked limit :most)
            returning
            """
                + Batch.COLUMNS)
        .with("connection", connection)
        .with("until", db.now().plus(lease))
        .with("most", most)
        .list(Batch::map);
  }

  /** One batch with its bytes, whatever its state. */
  public Optional<Batch> find(UUID batch) {
    return db.sql("select " + Batch.COLUMNS + " from write_batch b where b.id = :batch")
        .with("batch", batch)
        .first(Batch::map);
  }

  /**
   * Batches whose documents do not all have their outcome yet, the one that is due first at the
   * front.
   */
  public List<UUID> open(ConnectionId connection) {
    return db.sql(
            "select id from write_batch where connection = :connection and state <> 'closed' order"
                + " by due_at, id")
        .with("connection", connection)
        .list((rs, n) -> rs.getObject(1, UUID.class));
  }
}
