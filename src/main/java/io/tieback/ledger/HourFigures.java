package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What went in each hour. Hours that are over are counted once and kept, so that looking at them
 * costs nothing; the present one, and what nobody counted yet, is counted when it is looked at.
 */
public final class HourFigures {

  /** Hours that are shown and counted. */
  static final int HOURS = 48;

  private static final Duration KEEP = Duration.ofDays(60);

  /** A transaction that changed a state in an hour may end this much later. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private static final String COUNTED =
      """
      select hour, connection, sum(written) as written, sum(failed) as failed, sum(payments) as payments from (
        select date_trunc('hour', at, 'UTC') as hour, connection, count(*) filter (where to_state = 'known') as written,
          count(*) filter (where to_state = 'failed') as failed, 0 as payments
        from work_item_history where at >= :from and at < :until and to_state in ('known', 'failed') group by 1, 2
        union all
        select date_trunc('hour', at, 'UTC'), connection, 0, 0, count(*) filter (where to_state = 'known')
        from payment_history where at >= :from and at < :until and to_state in ('known', 'failed') group by 1, 2) each
      group by hour, connection
      """;

  private final Db db;

  HourFigures(Db db) {
    this.db = db;
  }

  /** Counts the hours that are over and were not counted yet. Gives how many these were. */
  public int count() {
    Instant until = db.now().minus(GRACE).truncatedTo(ChronoUnit.HOURS);
    if (!uncounted(until).isBefore(until)) {
      return 0;
    }
    return db.inTransaction(
        () -> {
          db.holdAlone("hour-figures");
          Instant from = uncounted(until);
          if (!from.isBefore(until)) {
            return 0;
          }
          db.sql("insert into hour_figure (hour, connection, written, failed, payments) " + COUNTED)
              .with("from", from)
              .with("until", until)
              .update();
          db.sql("delete from hour_figure where hour < :before")
              .with("before", db.now().minus(KEEP))
              .update();
          return db.sql(
                  """
                  insert into hour_figure (hour, connection, written, failed, payments)
                  select hour, '', 0, 0, 0 from generate_series(:from, :until - interval '1 hour', interval '1 hour') as hour
                  """)
              .with("from", from)
              .with("until", until)
              .update();
        });
  }

  /** The first hour that was not counted; never earlier than the first that is shown. */
  private Instant uncounted(Instant now) {
    Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(HOURS, ChronoUnit.HOURS);
    Instant next =
        db.sql("select hour from hour_figure where connection = '' order by hour desc limit 1")
            .first((rs, n) -> Sql.instant(rs, "hour"))
            .map(last -> last.plus(1, ChronoUnit.HOURS))
            .orElse(first);
    return next.isBefore(first) ? first : next;
  }

  /** The last hours of one connection, or of all, none left out. */
  List<Overview.Hour> last(ConnectionId connection) {
    Instant last = db.now().truncatedTo(ChronoUnit.HOURS);
    Instant first = last.minus(HOURS - 1L, ChronoUnit.HOURS);
    Instant from = uncounted(last);
    Map<Instant, Overview.Hour> found = new HashMap<>();
    db.sql(
            """
            select hour, sum(written) as written, sum(failed) as failed, sum(payments) as payments from (
              select hour, connection, written, failed, payments from hour_figure where hour >= :first and hour < :from and connection <> ''
              union all
            """
                + COUNTED
                + ") figures where (cast(:connection as text) is null or connection = :connection)"
                + " group by hour")
        .with("connection", connection)
        .with("first", first)
        .with("from", from)
        .with("until", last.plus(1, ChronoUnit.DAYS))
        .list(
            (rs, n) ->
                new Overview.Hour(
                    Sql.instant(rs, "hour"),
                    rs.getLong("written"),
                    rs.getLong("failed"),
                    rs.getLong("payments")))
        .forEach(hour -> found.put(hour.begins(), hour));
    List<Overview.Hour> hours = new ArrayList<>();
    for (Instant hour = first; !hour.isAfter(last); hour = hour.plus(1, ChronoUnit.HOURS)) {
      hours.add(found.getOrDefault(hour, new Overview.Hour(hour, 0, 0, 0)));
    }
    return hours;
  }
}
