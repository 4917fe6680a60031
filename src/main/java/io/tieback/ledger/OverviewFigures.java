package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;

/** Reads the {@link Overview}: each figure from an index that holds little more than it needs. */
final class OverviewFigures {

  /** States of the queue that are not at rest. */
  private static final List<String> WAITING =
      List.of(
          "ready_to_export",
          "ready_to_update",
          "ready_to_import",
          "exporting",
          "failed",
          "retrieved",
          "rejected");

  /**
   * Records under way, part by part as the partial indexes of the pipeline have them: those that
   * are done are never looked at, however many there are.
   */
  private static final List<String> UNDER_WAY =
      List.of(
          "state in ('staged', 'waiting')",
          "state = 'composed'",
          "state in ('planned', 'sent', 'unknown') and batch_id is not null",
          "state = 'known' and origins_written_at is null",
          "state = 'failed'");

  private static final String OF =
      " (cast(:connection as text) is null or connection = :connection) ";

  private final Db db;
  private final HourFigures hours;

  OverviewFigures(Db db, HourFigures hours) {
    this.db = db;
    this.hours = hours;
  }

  Overview read(ConnectionId connection) {
    return new Overview(
        db.now(),
        connection,
        connections(connection),
        waiting(connection),
        work(connection),
        failures(connection),
        hours.last(connection),
        budgets(connection),
        signIns(connection),
        nodes(),
        mails(connection),
        requests(connection));
  }

  private <T> List<T> list(String sql, ConnectionId connection, RowMapper<T> mapper) {
    return db.sql(sql).with("connection", connection).with("waiting", WAITING).list(mapper);
  }

  private List<Overview.Connection> connections(ConnectionId connection) {
    return list(
        """
        select c.*, c.name as connection,
          (select r.received_at from erp_request r where r.connection = c.name and r.source = 'WEBHOOK' order by r.received_at desc limit 1) as webhook_at,
          (select max(d.read_at) from door_cursor d where d.connection = c.name) as door_read_at
        from erp_connection c where (cast(:connection as text) is null or c.name = :connection) order by c.name
        """,
        connection,
        (rs, n) ->
            new Overview.Connection(
                Sql.connection(rs),
                rs.getString("erp"),
                Sql.instant(rs, "paused_at"),
                rs.getString("pause_reason"),
                rs.getString("payment_schedule"),
                Sql.instant(rs, "payments_switched_on_at"),
                Sql.instant(rs, "payments_read_at"),
                Sql.instant(rs, "costs_read_at"),
                Sql.instant(rs, "payment_sync_requested_at"),
                Sql.instant(rs, "cost_sync_requested_at"),
                Sql.instant(rs, "webhook_at"),
                Sql.instant(rs, "door_read_at")));
  }

  private List<Overview.Waiting> waiting(ConnectionId connection) {
    return list(
        "select connection, state, count(*) as items, min(state_since) as oldest from queue_item"
            + " where state = any(:waiting::text[]) and"
            + OF
            + "group by connection, state order by connection, state",
        connection,
        (rs, n) ->
            new Overview.Waiting(
                Sql.connection(rs),
                rs.getString("state"),
                rs.getLong("items"),
                Sql.instant(rs, "oldest")));
  }

  private List<Overview.Work> work(ConnectionId connection) {
    String parts =
        UNDER_WAY.stream()
            .map(
                part ->
                    "select connection, state, count(*) as records, min(changed_at) as oldest from"
                        + " work_item where "
                        + part
                        + " and"
                        + OF
                        + "group by connection, state")
            .collect(Collectors.joining(" union all "));
    return list(
        parts + " order by connection, state",
        connection,
        (rs, n) ->
            new Overview.Work(
                Sql.connection(rs),
                ItemState.of(rs.getString("state")),
                rs.getLong("records"),
                Sql.instant(rs, "oldest")));
  }

  private List<Overview.Failed> failures(ConnectionId connection) {
    return list(
        "select connection, failure_kind, count(*) as letters, min(created_at) as oldest from"
            + " dead_letter where state = 'open' and"
            + OF
            + "group by connection, failure_kind order by connection, failure_kind",
        connection,
        (rs, n) ->
            new Overview.Failed(
                Sql.connection(rs),
                rs.getString("failure_kind"),
                rs.getLong("letters"),
                Sql.instant(rs, "oldest")));
  }

  private List<Overview.Budget> budgets(ConnectionId connection) {
    return list(
        """
        select w.*, case when b.blocked_until > :now then b.blocked_until end as blocked_until,
          case when b.blocked_until > :now then b.blocked_reason end as blocked_reason,
          case when w.rolling then (select count(*) from unnest(w.recent) at where at > :now - w.seconds * interval '1 second')
            when w.started_at + w.seconds * interval '1 second' <= :now then 0 else w.used end as used_now,
          case when w.rolling then coalesce((select min(at) from unnest(w.recent) at where at > :now - w.seconds * interval '1 second'), :now)
            when w.started_at + w.seconds * interval '1 second' <= :now then :now else w.started_at end + w.seconds * interval '1 second' as ends_at
        from budget_window w left join budget b on b.connection = w.connection and b.system = w.system
        where (cast(:connection as text) is null or w.connection = :connection) order by w.connection, w.system, w.seconds desc
        """,
        connection,
        (rs, n) ->
            new Overview.Budget(
                Sql.connection(rs),
                rs.getString("system"),
                rs.getString("name"),
                rs.getInt("seconds"),
                rs.getInt("allowed"),
                rs.getInt("used_now"),
                rs.getInt("kept"),
                Sql.instant(rs, "ends_at"),
                Sql.instant(rs, "blocked_until"),
                rs.getString("blocked_reason")));
  }

  private List<Overview.SignIn> signIns(ConnectionId connection) {
    return list(
        "select connection, system, sealed is not null as present, updated_at, expires_at, ends_at"
            + " from credential where"
            + OF
            + "order by connection, system",
        connection,
        (rs, n) ->
            new Overview.SignIn(
                Sql.connection(rs),
                rs.getString("system"),
                rs.getBoolean("present"),
                Sql.instant(rs, "updated_at"),
                Sql.instant(rs, "expires_at"),
                Sql.instant(rs, "ends_at")));
  }

  private List<Nodes.Node> nodes() {
    return db.sql("select * from node where seen_at > :since order by seen_at desc, name")
        .with("since", db.now().minus(7, ChronoUnit.DAYS))
        .list(Nodes::map);
  }

  private List<Overview.Mails> mails(ConnectionId connection) {
    return list(
        """
        select connection, count(*) filter (where state <> 'failed') as waiting, count(*) filter (where state = 'failed') as failed,
          min(created_at) filter (where state <> 'failed') as oldest
        from notice where state in ('due', 'sending', 'failed') and\
        """
            + OF
            + "group by connection order by connection",
        connection,
        (rs, n) ->
            new Overview.Mails(
                Sql.connection(rs),
                rs.getLong("waiting"),
                rs.getLong("failed"),
                Sql.instant(rs, "oldest")));
  }

  private List<Overview.Requests> requests(ConnectionId connection) {
    return list(
        "select connection, count(*) filter (where state = 'open') as open, count(*) filter (where"
            + " state = 'ready') as ready from request_detail where state in ('open', 'ready') and"
            + OF
            + "group by connection order by connection",
        connection,
        (rs, n) ->
            new Overview.Requests(Sql.connection(rs), rs.getLong("open"), rs.getLong("ready")));
  }
}
