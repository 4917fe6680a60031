package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Job costs: the ERP's documents as they were last read, the direct cost in Procore that stands for
 * each document and project, and the lines that did not come with the reason (GEN-JC-08). Writing
 * to Procore is journalled step by step in {@link JobCostSteps}.
 */
public final class JobCostJournal {

  private final Db db;
  private final JobCostPlans plans;

  JobCostJournal(Db db, JobCostPlans plans) {
    this.db = db;
    this.plans = plans;
  }

  /**
   * Names a document.
   *
   * @param kind bill, spend, credit or journal
   * @param erpId the ERP's key
   */
  public record Key(String kind, String erpId) {}

  /**
   * A document as it was read.
   *
   * @param key its name
   * @param text the whole document; opaque here
   * @param wanted the direct costs that it comes to
   * @param left its lines that are no direct cost, with the reason
   */
  public record Document(Key key, String text, List<Wanted> wanted, List<Left> left) {
    public Document {
      wanted = List.copyOf(wanted);
      left = List.copyOf(left);
    }
  }

  /**
   * A direct cost as it is to stand in Procore.
   *
   * @param originId its External Data
   * @param projectId Procore's project
   * @param type type of direct cost, used when it is first written
   * @param content the whole direct cost; opaque here
   * @param amount what it comes to
   * @param lines origin ids of its lines
   */
  public record Wanted(
      String originId,
      long projectId,
      String type,
      String content,
      Money amount,
      List<String> lines) {}

  /**
   * A line that is no direct cost.
   *
   * @param document of which document
   * @param lineKey the ERP's key of the line
   * @param outcome UNSYNCED, EXPORTED, RETAINAGE, EARLIER or OVERHEAD
   * @param waits whether it may come without a change in the ERP
   * @param rules rule IDs, separated by blanks
   * @param reason why
   * @param remedy what to do about it
   * @param amount what would come, net
   * @param date date of the document
   * @param number number of the document, or null
   * @param supplier its supplier, or null
   * @param project name of the line's project, or null
   * @param item the line's item, or null
   * @param account the line's account, or null
   * @param description the line's text, or null
   */
  public record Left(
      Key document,
      String lineKey,
      String outcome,
      boolean waits,
      String rules,
      String reason,
      String remedy,
      Money amount,
      LocalDate date,
      String number,
      String supplier,
      String project,
      String item,
      String account,
      String description) {

    static Left map(ResultSet rs, int row) throws SQLException {
      return new Left(
          new Key(rs.getString("kind"), rs.getString("erp_id")),
          rs.getString("line_key"),
          rs.getString("outcome"),
          rs.getBoolean("waits"),
          rs.getString("rules"),
          rs.getString("reason"),
          rs.getString("remedy"),
          Sql.money(rs, "amount"),
          rs.getObject("dated", LocalDate.class),
          rs.getString("number"),
          rs.getString("supplier"),
          rs.getString("project"),
          rs.getString("item"),
          rs.getString("account"),
          rs.getString("description"));
    }
  }

  /** The documents of these keys as they were last read; what was never read is not in it. */
  public Map<Key, String> documents(ConnectionId connection, Collection<Key> keys) {
    return texts(
        keys(
            db.sql(
                """
                select d.kind, d.erp_id, d.document from job_cost_document d
                join unnest(:kinds::text[], :erpIds::text[]) as k (kind, erp_id) on k.kind = d.kind and k.erp_id = d.erp_id
                where d.connection = :connection
                """),
            List.copyOf(keys)),
        connection);
  }

  /** Documents with a line that may come without a change in the ERP. */
  public Map<Key, String> waiting(ConnectionId connection) {
    return texts(
        db.sql(
            """
            select d.kind, d.erp_id, d.document from job_cost_document d
            where d.connection = :connection and exists (select 1 from job_cost_left l
              where l.connection = d.connection and l.kind = d.kind and l.erp_id = d.erp_id and l.waits)
            """),
        connection);
  }

  /**
   * The documents of a kind as they were last read whose keys are not among these.
   *
   * @param erpIds the ERP's keys of all that there are
   */
  public Map<Key, String> others(ConnectionId connection, String kind, Collection<String> erpIds) {
    return texts(
        db.sql(
                """
                select kind, erp_id, document from job_cost_document
                where connection = :connection and kind = :kind and erp_id not in (select unnest(:erpIds::text[]))
                """)
            .with("kind", kind)
            .with("erpIds", erpIds),
        connection);
  }

  private static Map<Key, String> texts(Sql sql, ConnectionId connection) {
    Map<Key, String> texts = new HashMap<>();
    sql.with("connection", connection)
        .list(
            (rs, n) ->
                texts.put(
                    new Key(rs.getString("kind"), rs.getString("erp_id")),
                    rs.getString("document")));
    return texts;
  }

  private static Sql keys(Sql sql, List<Key> keys) {
    return sql.with("kinds", keys.stream().map(Key::kind).toList())
        .with("erpIds", keys.stream().map(Key::erpId).toList());
  }

  /**
   * Which of these bills and credit notes of the ERP are exported subcontractor invoices of this
   * connection. Keys of other records may be the same: not every ERP's are unique among all.
   */
  public Set<String> exported(ConnectionId connection, Collection<String> billIds) {
    return new HashSet<>(
        db.sql(
                "select distinct erp_id from work_item where connection = :connection and entity ="
                    + " 'requisition' and erp_id = any(:ids::text[])")
            .with("connection", connection)
            .with("ids", billIds)
            .list((rs, n) -> rs.getString(1)));
  }

  /** The types under which direct costs were first written, by origin id. */
  public Map<String, String> types(ConnectionId connection, Collection<String> originIds) {
    Map<String, String> types = new HashMap<>();
    db.sql(
            """
            select origin_id, type from job_cost where connection = :connection and origin_id = any(:ids::text[])
              and state not in ('removed', 'cancelled')
            """)
        .with("connection", connection)
        .with("ids", originIds)
        .list((rs, n) -> types.put(rs.getString(1), rs.getString(2)));
    return types;
  }

  /**
   * What recording came to.
   *
   * @param added direct costs that are new here
   * @param changed direct costs whose content changed
   * @param gone direct costs that are not to stand any more
   * @param unsynced lines that look like job costs and do not come, of all documents of the
   *     connection
   */
  public record Recorded(int added, int changed, int gone, long unsynced) {}

  /**
   * Records documents as they were read or looked at again. Call it inside {@link Cursors#advance},
   * so that the cursor moves only with it. The same documents twice change nothing.
   */
  public Recorded record(ConnectionId connection, List<Document> documents) {
    return db.inTransaction(
        () -> {
          store(connection, documents);
          List<Key> keys = documents.stream().map(Document::key).toList();
          Map<String, JobCostRow> present = present(connection, keys);
          Set<Long> settle = new HashSet<>();
          Map<Wanted, Key> fresh = new LinkedHashMap<>();
          Set<String> standing = new HashSet<>();
          int changed = 0;
          for (Document document : documents) {
            for (Wanted wanted : document.wanted()) {
              JobCostRow row = present.get(wanted.originId());
              standing.add(wanted.originId());
              if (row == null) {
                fresh.put(wanted, document.key());
              } else if (!Objects.equals(row.wanted(), wanted.content())) {
                want(row.id(), wanted);
                settle.add(row.id());
                changed++;
              }
            }
          }
          int gone = 0;
          for (JobCostRow row : present.values()) {
            if (!standing.contains(row.originId()) && row.wanted() != null) {
              want(row.id(), null);
              settle.add(row.id());
              gone++;
            }
          }
          settle.addAll(insert(connection, fresh));
          plans.settle(atRest(settle));
          return new Recorded(fresh.size(), changed, gone, unsynced(connection));
        });
  }

  private void store(ConnectionId connection, List<Document> documents) {
    List<Key> keys = documents.stream().map(Document::key).toList();
    keys(
            db.sql(
                """
                insert into job_cost_document (connection, kind, erp_id, document, recorded_at)
                select :connection, kind, erp_id, document, :now
                from unnest(:kinds::text[], :erpIds::text[], :texts::text[]) as d (kind, erp_id, document)
                on conflict (connection, kind, erp_id) do update set document = excluded.document, recorded_at = excluded.recorded_at
                """),
            keys)
        .with("connection", connection)
        .with("texts", documents.stream().map(Document::text).toList())
        .update();
    keys(
            db.sql(
                """
                delete from job_cost_left l using unnest(:kinds::text[], :erpIds::text[]) as k (kind, erp_id)
                where l.connection = :connection and l.kind = k.kind and l.erp_id = k.erp_id
                """),
            keys)
        .with("connection", connection)
        .update();
    List<Left> left = documents.stream().flatMap(d -> d.left().stream()).toList();
    if (!left.isEmpty()) {
      insert(connection, left);
    }
  }

  private void insert(ConnectionId connection, List<Left> left) {
    keys(
            db.sql(
                """
                insert into job_cost_left (connection, kind, erp_id, line_key, outcome, waits, rules, reason, remedy, amount, dated, number, supplier,
                  project, item, account, description)
                select :connection, kind, erp_id, line_key, outcome, waits, rules, reason, remedy, amount, dated, number, supplier,
                  project, item, account, description
                from unnest(:kinds::text[], :erpIds::text[], :lines::text[], :outcomes::text[], :waits::text[]::boolean[], :rules::text[],
                  :reasons::text[], :remedies::text[], :amounts::text[]::numeric[], :dates::text[]::date[], :numbers::text[], :suppliers::text[],
                  :projects::text[], :items::text[], :accounts::text[], :descriptions::text[])
                  as l (kind, erp_id, line_key, outcome, waits, rules, reason, remedy, amount, dated, number, supplier, project, item, account, description)
                """),
            left.stream().map(Left::document).toList())
        .with("connection", connection)
        .with("lines", column(left, Left::lineKey))
        .with("outcomes", column(left, Left::outcome))
        .with("waits", column(left, Left::waits))
        .with("rules", column(left, Left::rules))
        .with("reasons", column(left, Left::reason))
        .with("remedies", column(left, Left::remedy))
        .with("amounts", column(left, l -> l.amount().amount()))
        .with("dates", column(left, Left::date))
        .with("numbers", column(left, Left::number))
        .with("suppliers", column(left, Left::supplier))
        .with("projects", column(left, Left::project))
        .with("items", column(left, Left::item))
        .with("accounts", column(left, Left::account))
        .with("descriptions", column(left, Left::description))
        .update();
  }

  private static <T> List<Object> column(List<T> rows, Function<T, Object> value) {
    List<Object> column = new ArrayList<>();
    rows.forEach(row -> column.add(value.apply(row)));
    return column;
  }

  private Map<String, JobCostRow> present(ConnectionId connection, List<Key> keys) {
    return keys(
            db.sql(
                """
                select c.* from job_cost c
                join unnest(:kinds::text[], :erpIds::text[]) as k (kind, erp_id) on k.kind = c.kind and k.erp_id = c.erp_id
                where c.connection = :connection order by c.id for update of c
                """),
            keys)
        .with("connection", connection)
        .list(JobCostRow::map)
        .stream()
        .collect(Collectors.toMap(JobCostRow::originId, Function.identity()));
  }

  private void want(long cost, Wanted wanted) {
    db.sql(
            """
            update job_cost set wanted = :content, wanted_amount = :amount, wanted_lines = :lines::text[],
              type = case when state in ('removed', 'cancelled') then coalesce(cast(:type as text), type) else type end
            where id = :id
            """)
        .with("id", cost)
        .with("content", wanted == null ? null : wanted.content())
        .with("amount", wanted == null ? null : wanted.amount())
        .with("lines", wanted == null ? List.of() : wanted.lines())
        .with("type", wanted == null ? null : wanted.type())
        .update();
  }

  private List<Long> insert(ConnectionId connection, Map<Wanted, Key> fresh) {
    List<Long> ids = new ArrayList<>();
    fresh.forEach(
        (wanted, key) ->
            ids.addAll(
                db.sql(
                        """
                        insert into job_cost (connection, kind, erp_id, project_id, origin_id, type, state, wanted, wanted_amount, wanted_lines,
                          due_at, recorded_at, changed_at, changed_by, changed_why)
                        values (:connection, :kind, :erpId, :project, :origin, :type, 'planned', :content, :amount, :lines::text[],
                          :now, :now, :now, :node, 'read from the ERP')
                        returning id
                        """)
                    .with("connection", connection)
                    .with("kind", key.kind())
                    .with("erpId", key.erpId())
                    .with("project", wanted.projectId())
                    .with("origin", wanted.originId())
                    .with("type", wanted.type())
                    .with("content", wanted.content())
                    .with("amount", wanted.amount())
                    .with("lines", wanted.lines())
                    .ids()));
    return ids;
  }

  /**
   * Those without a step under way whose outcome nobody knows; the others are settled when that is
   * known.
   */
  private List<Long> atRest(Set<Long> costs) {
    return db.sql(
            """
            select c.id from job_cost c where c.id = any(:ids::bigint[]) and not (c.state = 'planned' and exists (
              select 1 from job_cost_step s where s.job_cost_id = c.id and s.round = c.round and s.state = 'sent'))
            """)
        .with("ids", costs)
        .ids();
  }

  private long unsynced(ConnectionId connection) {
    return db.sql(
            "select count(*) from job_cost_left where connection = :connection and outcome ="
                + " 'UNSYNCED'")
        .with("connection", connection)
        .number();
  }

  /**
   * Lines that are no direct cost, by date.
   *
   * @param outcomes only of these outcomes
   */
  public List<Left> left(ConnectionId connection, Collection<String> outcomes) {
    return db.sql(
            """
            select * from job_cost_left where connection = :connection and outcome = any(:outcomes::text[])
            order by dated, kind, number, erp_id, line_key
            """)
        .with("connection", connection)
        .with("outcomes", outcomes)
        .list(Left::map);
  }

  /**
   * Sums of a project, or of one state of it.
   *
   * @param projectId Procore's project
   * @param costs how many direct costs are to stand there
   * @param wanted what they are to come to
   * @param written what those in Procore come to
   * @param open how many are not yet as they are to be
   */
  public record Totals(long projectId, long costs, Money wanted, Money written, long open) {}

  /** Sums by project; equal sums mean that Procore shows what the ERP has. */
  public List<Totals> totals(ConnectionId connection) {
    return db.sql(
            """
            select project_id, count(*) filter (where wanted is not null) as costs, coalesce(sum(wanted_amount), 0) as wanted,
              coalesce(sum(written_amount), 0) as written, count(*) filter (where state in ('planned', 'failed')) as open
            from job_cost where connection = :connection group by project_id order by project_id
            """)
        .with("connection", connection)
        .list(
            (rs, n) ->
                new Totals(
                    rs.getLong("project_id"),
                    rs.getLong("costs"),
                    Sql.money(rs, "wanted"),
                    Sql.money(rs, "written"),
                    rs.getLong("open")));
  }

  /** Direct costs in these states, oldest first. */
  public List<JobCostRow> list(ConnectionId connection, Collection<String> states, int limit) {
    return db.sql(
            """
            select * from job_cost where connection = :connection and state = any(:states::text[]) order by id limit :limit
            """)
        .with("connection", connection)
        .with("states", states)
        .with("limit", limit)
        .list(JobCostRow::map);
  }
}
