package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tie-outs that were asked for, one at a time of each connection over all nodes, and the reports of
 * the last ones.
 */
public final class TieOutRuns {

  private final Db db;
  private final Audit audit;

  TieOutRuns(Db db, Audit audit) {
    this.db = db;
    this.audit = audit;
  }

  /**
   * What became of asking.
   *
   * @param run key of the run
   * @param fresh false when one of the connection is under way already: then it is that one
   */
  public record Asked(long run, boolean fresh) {}

  /**
   * Asks for a tie-out; a node that is free takes it.
   *
   * @param project Procore's id of the only project, or null for all
   * @param through last day that counts on both sides, or null for everything
   */
  public Asked ask(ConnectionId connection, Long project, LocalDate through, String who) {
    Audit.requireWho(who);
    return db.inTransaction(
        () -> {
          db.holdAlone("tie-out:" + connection);
          Optional<Long> present =
              db.sql(
                      "select id from tie_out_run where connection = :connection and state in"
                          + " ('waiting', 'running')")
                  .with("connection", connection)
                  .first((rs, n) -> rs.getLong(1));
          if (present.isPresent()) {
            return new Asked(present.get(), false);
          }
          long run =
              db.sql(
                      """
                      insert into tie_out_run (connection, who, project_id, through, state, asked_at, due_at)
                      values (:connection, :who, cast(:project as bigint), cast(:through as date), 'waiting', :now, :now) returning id
                      """)
                  .with("connection", connection)
                  .with("who", who)
                  .with("project", project)
                  .with("through", through)
                  .number();
          audit.append(
              who,
              connection,
              "tie out",
              "tie-out " + run,
              Map.of(
                  "project", project == null ? "all" : project.toString(),
                  "through", through == null ? "" : through.toString()));
          return new Asked(run, true);
        });
  }

  /** Takes one that waits; it is this node's as long as it says that it lives. */
  public Optional<TieOutRun> claim(Duration lease) {
    return db.sql(
            """
            update tie_out_run set state = 'running', lease_owner = :node, due_at = :until, started_at = :now where id = (
              select id from tie_out_run where state = 'waiting' order by id for update skip locked limit 1)
            returning
            """
                + TieOutRun.COLUMNS)
        .with("until", db.now().plus(lease))
        .first(TieOutRun::map);
  }

  /**
   * How far it is.
   *
   * @return false when it is not this node's any more
   */
  public boolean at(long run, String step, int done, int total, Duration lease) {
    return held(
                run,
                "update tie_out_run set step = :step, step_done = :done, step_total = :total,"
                    + " due_at = :until")
            .with("step", step)
            .with("done", done)
            .with("total", total)
            .with("until", db.now().plus(lease))
            .update()
        == 1;
  }

  /**
   * It is still being worked on.
   *
   * @return false when it is not this node's any more
   */
  public boolean alive(long run, Duration lease) {
    return held(run, "update tie_out_run set due_at = :until")
            .with("until", db.now().plus(lease))
            .update()
        == 1;
  }

  /**
   * It is done.
   *
   * @param report the whole report as JSON
   * @param csv its table
   * @param keep how many runs of the connection are kept, this one included
   * @return false when it was not this node's any more, and nothing was stored
   */
  public boolean done(
      TieOutRun run, String report, String csv, boolean agrees, int differences, int keep) {
    return db.inTransaction(
        () -> {
          int stored =
              held(
                      run.id(),
                      """
                      update tie_out_run set state = 'done', finished_at = :now, lease_owner = null, step = null, step_done = 0, step_total = 0,
                        agrees = :agrees, differences = :differences, report = cast(:report as jsonb), csv = :csv
                      """)
                  .with("agrees", agrees)
                  .with("differences", differences)
                  .with("report", report)
                  .with("csv", csv)
                  .update();
          letGo(run.connection(), keep);
          return stored == 1;
        });
  }

  /** It could not be done. */
  public boolean failed(TieOutRun run, String message, String remedy, int keep) {
    return db.inTransaction(
        () -> {
          int stored =
              held(
                      run.id(),
                      "update tie_out_run set state = 'failed', finished_at = :now, lease_owner ="
                          + " null, failure = :failure, remedy = :remedy")
                  .with("failure", message)
                  .with("remedy", remedy)
                  .update();
          letGo(run.connection(), keep);
          return stored == 1;
        });
  }

  /** Those whose node said nothing any more were interrupted. Gives how many. */
  public int interruptGone() {
    return db.sql(
            """
            update tie_out_run set state = 'interrupted', finished_at = :now, lease_owner = null
            where state = 'running' and due_at <= :now
            """)
        .update();
  }

  private Sql held(long run, String update) {
    return db.sql(update + " where id = :run and state = 'running' and lease_owner = :node")
        .with("run", run);
  }

  private void letGo(ConnectionId connection, int keep) {
    db.sql(
            """
            delete from tie_out_run where connection = :connection and state not in ('waiting', 'running') and id not in (
              select id from tie_out_run where connection = :connection order by id desc limit :keep)
            """)
        .with("connection", connection)
        .with("keep", keep)
        .update();
  }

  // ---- looking

  /** One run. */
  public Optional<TieOutRun> find(long run) {
    return db.sql("select " + TieOutRun.COLUMNS + " from tie_out_run where id = :run")
        .with("run", run)
        .first(TieOutRun::map);
  }

  /**
   * Runs, newest first.
   *
   * @param connection of this connection, or null for all
   */
  public List<TieOutRun> newest(ConnectionId connection, int limit) {
    return db.sql(
            "select "
                + TieOutRun.COLUMNS
                + """
                 from tie_out_run where (cast(:connection as text) is null or connection = :connection)
                order by id desc limit :limit
                """)
        .with("connection", connection)
        .with("limit", limit)
        .list(TieOutRun::map);
  }

  /** The last run of a connection that has a report: of all projects, through any day. */
  public Optional<TieOutRun> latestReport(ConnectionId connection) {
    return db.sql(
            "select "
                + TieOutRun.COLUMNS
                + """
                 from tie_out_run where connection = :connection and state = 'done' and project_id is null
                order by id desc limit 1
                """)
        .with("connection", connection)
        .first(TieOutRun::map);
  }

  /** The one of a connection that waits or runs. */
  public Optional<TieOutRun> underWay(ConnectionId connection) {
    return db.sql(
            "select "
                + TieOutRun.COLUMNS
                + " from tie_out_run where connection = :connection and state in ('waiting',"
                + " 'running')")
        .with("connection", connection)
        .first(TieOutRun::map);
  }

  /** The report of a run as JSON; empty when it has none. */
  public Optional<String> report(long run) {
    return text(run, "cast(report as text)");
  }

  /** The table of a run as CSV; empty when it has none. */
  public Optional<String> csv(long run) {
    return text(run, "csv");
  }

  private Optional<String> text(long run, String what) {
    return db.sql("select " + what + " from tie_out_run where id = :run and state = 'done'")
        .with("run", run)
        .first((rs, n) -> rs.getString(1));
  }
}
