package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looking at job costs: what came back as direct costs, of all projects at once (GEN-JC-07), and
 * the lines that did not with the reason (GEN-JC-08).
 */
public final class JobCostLists {

  private static final int PAGE = 1_000;

  private final Db db;
  private final Lists lists;
  private final Timelines timelines;

  JobCostLists(Db db) {
    this.db = db;
    this.lists = new Lists(db);
    this.timelines = new Timelines(db);
  }

  /** What a list of lines that did not come may be sorted by. */
  public enum LeftSort {
    /** Date of the document. */
    DATE("t.dated"),
    /** What would come. */
    AMOUNT("t.amount"),
    /** Number of the document, as a text. */
    NUMBER("t.number"),
    /** Its supplier. */
    SUPPLIER("t.supplier"),
    /** The line's project. */
    PROJECT("t.project"),
    /** The line's item. */
    ITEM("t.item"),
    /** Why it did not come. */
    REASON("t.reason");

    private final String column;

    LeftSort(String column) {
      this.column = column;
    }

    String order(boolean ascending) {
      return this == DATE ? Lists.orderOfFilled(column, ascending) : Lists.order(column, ascending);
    }
  }

  /**
   * One page of direct costs.
   *
   * @param ascending whether the least comes first
   * @param size rows of a page, 1 to 500
   * @param offset rows to pass over
   */
  public Page<JobCostView> page(
      JobCostFilter filter, JobCostView.Sort sort, boolean ascending, int size, int offset) {
    return lists.page(
        "job_cost t",
        filter.where(db),
        sort.order(ascending),
        JobCostView.SELECT,
        size,
        offset,
        JobCostView::map);
  }

  /** One direct cost. */
  public Optional<JobCostView> find(long id) {
    return db.sql(JobCostView.SELECT + " where t.id = :id").with("id", id).first(JobCostView::map);
  }

  /** Everything that happened to a direct cost, oldest first. */
  public List<TimelineEntry> history(long id) {
    return timelines.ofJobCost(id);
  }

  /**
   * A line of a direct cost.
   *
   * @param code the ERP's code of it, or null
   * @param costCodeId Procore's cost code
   * @param costTypeId Procore's cost type
   * @param amount net of tax
   */
  public record Line(String code, Long costCodeId, Long costTypeId, Money amount) {}

  /** The lines of a direct cost as they are to stand in Procore. */
  public List<Line> lines(long id) {
    return db.sql("select * from job_cost_line where job_cost_id = :id order by position")
        .with("id", id)
        .list(
            (rs, n) ->
                new Line(
                    rs.getString("code"),
                    Sql.longOrNull(rs, "cost_code_id"),
                    Sql.longOrNull(rs, "cost_type_id"),
                    Sql.money(rs, "amount")));
  }

  /** One page of lines that are no direct cost; sizes as above. */
  public Page<JobCostJournal.Left> leftPage(
      CostLeftFilter filter, LeftSort sort, boolean ascending, int size, int offset) {
    return lists.page(
        "job_cost_left t",
        filter.where(db),
        sort.order(ascending),
        "select t.* from job_cost_left t",
        size,
        offset,
        JobCostJournal.Left::map);
  }

  /** Gives every line of a filter that is no direct cost, by date, however many there are. */
  public void eachLeft(CostLeftFilter filter, Consumer<JobCostJournal.Left> row) {
    // In slices by date and key, so that no more than one is held.
    Where first = filter.where(db);
    record Read(long id, JobCostJournal.Left left) {}
    Read last = null;
    List<Read> slice;
    do {
      String from =
          last == null ? "" : " and (t.dated, t.id) > (cast(:afterDate as date), :afterId)";
      Sql sql =
          first
              .bind(
                  db.sql(
                      "select t.* from job_cost_left t where "
                          + first.text()
                          + from
                          + " order by t.dated, t.id limit :most"))
              .with("most", PAGE);
      if (last != null) {
        sql.with("afterDate", last.left().date()).with("afterId", last.id());
      }
      slice = sql.list((rs, n) -> new Read(rs.getLong("id"), JobCostJournal.Left.map(rs, n)));
      for (Read read : slice) {
        row.accept(read.left());
        last = read;
      }
    } while (slice.size() == PAGE);
  }

  /**
   * How many direct costs of a connection are in a state.
   *
   * @param connection whose
   * @param state planned, known, removed, cancelled or failed
   * @param costs how many
   * @param wanted what they are to come to
   * @param written what they come to in Procore
   */
  public record Count(
      ConnectionId connection, String state, long costs, Money wanted, Money written) {}

  /**
   * How many direct costs there are of each state.
   *
   * @param connection of this connection, or null for all
   */
  public List<Count> counts(ConnectionId connection) {
    return db.sql(
            """
            select connection, state, count(*) as costs, coalesce(sum(wanted_amount), 0) as wanted, coalesce(sum(written_amount), 0) as written
            from job_cost where (cast(:connection as text) is null or connection = :connection)
            group by connection, state order by connection, state
            """)
        .with("connection", connection)
        .list(
            (rs, n) ->
                new Count(
                    Sql.connection(rs),
                    rs.getString("state"),
                    rs.getLong("costs"),
                    Sql.money(rs, "wanted"),
                    Sql.money(rs, "written")));
  }

  /**
   * How many lines did not come for a reason.
   *
   * @param connection whose
   * @param outcome UNSYNCED, EXPORTED, RETAINAGE, EARLIER or OVERHEAD
   * @param rules rule IDs, separated by blanks
   * @param lines how many
   * @param amount what they come to
   */
  public record LeftCount(
      ConnectionId connection, String outcome, String rules, long lines, Money amount) {}

  /**
   * How many lines did not come, by outcome and rules.
   *
   * @param connection of this connection, or null for all
   */
  public List<LeftCount> leftCounts(ConnectionId connection) {
    return db.sql(
            """
            select connection, outcome, rules, count(*) as lines, sum(amount) as amount from job_cost_left
            where (cast(:connection as text) is null or connection = :connection)
            group by connection, outcome, rules order by connection, outcome, rules
            """)
        .with("connection", connection)
        .list(
            (rs, n) ->
                new LeftCount(
                    Sql.connection(rs),
                    rs.getString("outcome"),
                    rs.getString("rules"),
                    rs.getLong("lines"),
                    Sql.money(rs, "amount")));
  }

  /**
   * Sums of a code in a project.
   *
   * @param connection whose
   * @param projectId Procore's project
   * @param projectName its name in the ERP, or null
   * @param code the ERP's code, or null for lines that have none
   * @param lines how many lines
   * @param amount what they are to come to in Procore
   */
  public record Sum(
      ConnectionId connection,
      long projectId,
      String projectName,
      String code,
      long lines,
      Money amount) {}

  /**
   * Sums by project and code.
   *
   * @param connection of this connection, or null for all
   * @param projectId of this project, or null for all
   */
  public List<Sum> sums(ConnectionId connection, Long projectId) {
    return db.sql(
            """
            with sums as (
              select connection, project_id, code, count(*) as lines, sum(amount) as amount from job_cost_line
              where (cast(:connection as text) is null or connection = :connection) and (cast(:project as bigint) is null or project_id = :project)
              group by connection, project_id, code),
            names as (
              select p.connection, p.project_id, (
                select c.project_name from job_cost c
                where c.connection = p.connection and c.project_id = p.project_id and c.project_name is not null limit 1) as name
              from (select distinct connection, project_id from sums) p)
            select s.*, n.name from sums s join names n on n.connection = s.connection and n.project_id = s.project_id
            order by s.connection, n.name nulls last, s.project_id, s.code nulls last
            """)
        .with("connection", connection)
        .with("project", projectId)
        .list(
            (rs, n) ->
                new Sum(
                    Sql.connection(rs),
                    rs.getLong("project_id"),
                    rs.getString("name"),
                    rs.getString("code"),
                    rs.getLong("lines"),
                    Sql.money(rs, "amount")));
  }
}
