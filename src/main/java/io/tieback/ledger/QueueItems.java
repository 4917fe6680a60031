package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The queue: looking at it, and taking in what was read. Decisions are stored by {@link
 * QueueMoves}.
 */
public final class QueueItems {

  private static final String COLUMNS =
      """
      id, connection, door, kind, entity, procore_id, erp_key, state, state_since, round, in_erp, version, changed_at, number, title, party,
      project_id, project_name, commitment_id, vendor_id, amount, currency, record_date, procore_status, procore_updated, created_by_name,
      created_by_mail, created_by_procore_id, cast(event as text) as event, source_digest, cast(findings as text) as findings, cast(preview as text) as preview,
      shown_digest, cast(shown_findings as text) as shown_findings, composed_at, sent_at, sent_by, sent_by_procore_id, sent_by_name, sent_by_mail,
      first_accepted_by, first_accepted_under, first_accepted_at, accepted_by, accepted_under, accepted_at, accepted_digest, accepted_source,
      rejected_source, comment, decided_by, cast(extra as text) as extra, error, remedy, work_item_id,
      cast(corrected as text) as corrected, corrected_by, corrected_at
      """;

  private final Db db;
  private final QueueLists lists;

  QueueItems(Db db) {
    this.db = db;
    this.lists = new QueueLists(db);
  }

  // ---- looking

  /** One item. */
  public Optional<QueueItem> find(long id) {
    return one("id = :id", sql -> sql.with("id", id));
  }

  /** The item of a record of Procore. */
  public Optional<QueueItem> find(ConnectionId connection, String entity, long procoreId) {
    return one(
        "connection = :connection and entity = :entity and procore_id = :record",
        sql -> sql.with("connection", connection).with("entity", entity).with("record", procoreId));
  }

  /** The item of what the ERP offers for import. */
  public Optional<QueueItem> findImport(ConnectionId connection, String entity, String erpKey) {
    return one(
        "connection = :connection and entity = :entity and erp_key = :key",
        sql -> sql.with("connection", connection).with("entity", entity).with("key", erpKey));
  }

  /** The item of a work item. */
  public Optional<QueueItem> ofWorkItem(long workItem) {
    return one("work_item_id = :work", sql -> sql.with("work", workItem));
  }

  /**
   * One item, that nobody else moves before the transaction of the caller ends. Its work item is
   * held first, in the order in which the pipeline takes the two.
   */
  public Optional<QueueItem> hold(long id) {
    db.sql(
            "select w.id from work_item w join queue_item q on q.work_item_id = w.id where q.id ="
                + " :id for update of w")
        .with("id", id)
        .run();
    return one("id = :id for update", sql -> sql.with("id", id));
  }

  /**
   * One page of a list.
   *
   * @param ascending whether the least comes first
   * @param size rows of a page, 1 to 500
   * @param offset rows to pass over
   */
  public QueuePage page(
      QueueFilter filter, QueuePage.Sort sort, boolean ascending, int size, int offset) {
    return lists.page(filter, sort, ascending, size, offset);
  }

  /**
   * How many there are of each.
   *
   * @param connection whose
   * @param kind a word such as {@code invoice}
   * @param state a word such as {@code synced}
   * @param list the list that shows them, or null
   * @param items how many
   */
  public record Count(
      ConnectionId connection, String kind, String state, String list, long items) {}

  /** How many there are of each connection, kind and state. */
  public List<Count> counts() {
    return lists.counts();
  }

  /**
   * A project that items of the queue belong to.
   *
   * @param connection whose
   * @param id Procore's id
   * @param name its name, or null when no item told it
   */
  public record Project(ConnectionId connection, long id, String name) {}

  /** The projects of the queue, by name. */
  public List<Project> projects() {
    return lists.projects();
  }

  /** When the oldest in these states came into them; empty when there is none. */
  public Optional<Instant> oldest(QueueFilter filter) {
    QueuePage first = page(filter, QueuePage.Sort.SINCE, true, 1, 0);
    return first.rows().stream().findFirst().map(QueuePage.Row::stateSince);
  }

  /**
   * One move of an item.
   *
   * @param round the round it happened in
   * @param action a word such as {@code accept}
   * @param from state before, or null at the beginning
   * @param to state after
   * @param at when
   * @param who who did it
   * @param reason why, or null
   */
  public record Step(
      int round, String action, String from, String to, Instant at, String who, String reason) {}

  /** The way of an item, oldest first. */
  public List<Step> history(long id) {
    return db.sql("select * from queue_move where queue_item_id = :id order by id")
        .with("id", id)
        .list(
            (rs, row) ->
                new Step(
                    rs.getInt("round"),
                    rs.getString("action"),
                    rs.getString("from_state"),
                    rs.getString("to_state"),
                    Sql.instant(rs, "at"),
                    rs.getString("who"),
                    rs.getString("reason")));
  }

  // ---- taking in what was read

  /**
   * The items of these records, held until the transaction of the caller ends, in the order of
   * their keys. Their events and previews are left out.
   */
  public List<QueueItem> holdAll(List<QueueReading> readings) {
    if (readings.isEmpty()) {
      return List.of();
    }
    return db.sql(
            "select "
                + COLUMNS
                    .replace("cast(event as text)", "null")
                    .replace("cast(preview as text)", "null")
                + """
                from queue_item where id in (
                  select q.id from unnest(:connections::text[], :entities::text[], :records::bigint[], :keys::text[])
                    as r (connection, entity, procore_id, erp_key)
                  join queue_item q on q.connection = r.connection and q.entity = r.entity
                    and (q.procore_id = r.procore_id or (r.procore_id is null and q.erp_key = r.erp_key)))
                order by id for update
                """)
        .with("connections", each(readings, r -> r.connection().value()))
        .with("entities", each(readings, QueueReading::entity))
        .with("records", longs(readings, QueueReading::procoreId))
        .with("keys", each(readings, QueueReading::erpKey))
        .list(QueueItem::map);
  }

  /**
   * Makes records known to the queue of Tieback's own door.
   *
   * @param state the state that they begin in
   * @return their keys, in the order of the readings
   */
  public List<Long> add(List<QueueReading> readings, String state, String who) {
    List<Long> ids = new ArrayList<>();
    for (QueueReading reading : readings) {
      long id =
          bind(
                  db.sql(
                      """
                      insert into queue_item (connection, door, kind, entity, procore_id, erp_key, state, state_since, changed_at, number, title,
                        party, project_id, project_name, commitment_id, vendor_id, amount, currency, record_date, procore_status,
                        procore_updated, created_by_name, created_by_mail, created_by_procore_id, event, source_digest, findings)
                      values (:connection, 'tieback', :kind, :entity, cast(:record as bigint), cast(:key as text), :state, :now, :now,
                        cast(:number as text), cast(:title as text), cast(:party as text), cast(:project as bigint),
                        coalesce(cast(:projectName as text), (select p.title from queue_item p
                          where p.connection = :connection and p.entity = 'project' and p.procore_id = cast(:project as bigint))),
                        cast(:commitment as bigint), cast(:vendor as bigint), cast(:amount as numeric), cast(:currency as text), cast(:date as date), cast(:status as text), cast(:updated as timestamptz),
                        cast(:createdName as text), cast(:createdMail as text), cast(:createdId as bigint), cast(:event as jsonb), cast(:digest as text),
                        cast(:findings as jsonb))
                      returning id
                      """),
                  reading.about())
              .with("connection", reading.connection())
              .with("kind", reading.kind())
              .with("entity", reading.entity())
              .with("record", reading.procoreId())
              .with("key", reading.erpKey())
              .with("state", state)
              .number();
      db.sql(
              """
              insert into queue_move (queue_item_id, round, action, from_state, to_state, at, who)
              values (:id, 1, 'read', null, :state, :now, :who)
              """)
          .with("id", id)
          .with("state", state)
          .with("who", who)
          .update();
      ids.add(id);
    }
    return ids;
  }

  /**
   * Brings an item up to date with what was read. Its state and what was decided stay; how it was
   * composed before is forgotten when its figures are others, and the version is one more.
   *
   * @return the version that it has now
   */
  public int refresh(long id, QueueItem.About about) {
    return (int)
        bind(
                db.sql(
                    """
                    update queue_item set number = cast(:number as text), title = cast(:title as text), party = cast(:party as text),
                      project_id = cast(:project as bigint), project_name = cast(:projectName as text),
                      commitment_id = cast(:commitment as bigint), vendor_id = cast(:vendor as bigint), amount = cast(:amount as numeric),
                      currency = cast(:currency as text), record_date = cast(:date as date), procore_status = cast(:status as text),
                      procore_updated = cast(:updated as timestamptz), created_by_name = cast(:createdName as text),
                      created_by_mail = cast(:createdMail as text), created_by_procore_id = cast(:createdId as bigint), event = cast(:event as jsonb), source_digest = cast(:digest as text),
                      findings = cast(:findings as jsonb), changed_at = :now, version = version + 1,
                      preview = case when source_digest is not distinct from cast(:digest as text) then preview end,
                      shown_digest = case when source_digest is not distinct from cast(:digest as text) then shown_digest end,
                      shown_findings = case when source_digest is not distinct from cast(:digest as text) then shown_findings else '[]' end,
                      corrected = case when source_digest is not distinct from cast(:digest as text) then corrected end,
                      corrected_by = case when source_digest is not distinct from cast(:digest as text) then corrected_by end,
                      corrected_at = case when source_digest is not distinct from cast(:digest as text) then corrected_at end,
                      first_accepted_by = case when source_digest is not distinct from cast(:digest as text) then first_accepted_by end,
                      first_accepted_under = case when source_digest is not distinct from cast(:digest as text) then first_accepted_under end,
                      first_accepted_at = case when source_digest is not distinct from cast(:digest as text) then first_accepted_at end
                    where id = :id returning version
                    """),
                about)
            .with("id", id)
            .number();
  }

  /**
   * Stores how it composes now, for people; the version stays, because nothing of the record
   * changed.
   *
   * @param preview the document as JSON, or null
   * @param digest of document and mapping, or null
   * @param findings a JSON array of findings
   * @param amount what it comes to, kept where reading it told none; or null
   * @param currency in which currency; likewise
   * @param number the number that it gets; likewise
   * @return false when its figures changed meanwhile: then nothing is stored
   */
  public boolean composed(
      QueueItem item,
      String preview,
      String digest,
      String findings,
      Money amount,
      String currency,
      String number) {
    return db.sql(
                """
                update queue_item set preview = cast(:preview as jsonb), shown_digest = cast(:shown as text),
                  shown_findings = cast(:findings as jsonb), amount = coalesce(amount, cast(:amount as numeric)),
                  currency = coalesce(currency, cast(:currency as text)), number = coalesce(number, cast(:number as text)), changed_at = :now,
                  composed_at = :now
                where id = :id and source_digest is not distinct from cast(:source as text)
                """)
            .with("id", item.id())
            .with("source", item.about().sourceDigest())
            .with("preview", preview)
            .with("shown", digest)
            .with("findings", findings)
            .with("amount", amount)
            .with("currency", currency)
            .with("number", number)
            .update()
        == 1;
  }

  /**
   * Stores what an approver entered (GEN-Q-05); what it is then is composed and shown before it can
   * be accepted.
   *
   * @param extra a JSON object of texts
   * @return false when it is another version by now: then nothing is stored
   */
  public boolean entered(long id, int version, String extra) {
    return db.sql(
                """
                update queue_item set extra = cast(:extra as jsonb), changed_at = :now
                where id = :id and version = :version and state in ('ready_to_export', 'ready_to_update')
                """)
            .with("id", id)
            .with("version", version)
            .with("extra", extra)
            .update()
        == 1;
  }

  /** Whether somebody is freeing it at this moment. */
  public boolean unlinking(long id) {
    return db.sql("select count(*) from queue_item where id = :id and unlinking_until > :now")
            .with("id", id)
            .number()
        > 0;
  }

  // ---- parts

  private static Sql bind(Sql sql, QueueItem.About about) {
    return sql.with("number", about.number())
        .with("title", about.title())
        .with("party", about.party())
        .with("project", about.projectId())
        .with("projectName", about.projectName())
        .with("commitment", about.commitmentId())
        .with("vendor", about.vendorId())
        .with("amount", about.amount())
        .with("currency", about.currency())
        .with("date", about.date())
        .with("status", about.procoreStatus())
        .with("updated", about.procoreUpdated())
        .with("createdName", about.createdByName())
        .with("createdMail", about.createdByMail())
        .with("createdId", about.createdByProcoreId())
        .with("event", about.event())
        .with("digest", about.sourceDigest())
        .with("findings", about.findings());
  }

  private Optional<QueueItem> one(String where, Function<Sql, Sql> bound) {
    return bound
        .apply(db.sql("select " + COLUMNS + " from queue_item where " + where))
        .first(QueueItem::map);
  }

  private static List<String> each(List<QueueReading> readings, Function<QueueReading, String> of) {
    return Arrays.asList(readings.stream().map(of).toArray(String[]::new));
  }

  private static List<Long> longs(List<QueueReading> readings, Function<QueueReading, Long> of) {
    return Arrays.asList(readings.stream().map(of).toArray(Long[]::new));
  }
}
