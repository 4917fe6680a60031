package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far the Tieback door has read each of Procore's public resources, and which of them somebody
 * said have changed. A cursor moves only in the transaction that records what was read.
 */
public final class DoorReadings {

  private final Db db;

  DoorReadings(Db db) {
    this.db = db;
  }

  /**
   * How far a resource was read.
   *
   * @param through up to which moment of Procore's clock
   * @param readAt when that was, by ours
   */
  public record Reading(Instant through, Instant readAt) {}

  /**
   * A webhook said that something changed.
   *
   * @param resource what, such as {@code requisitions/4711/42}
   * @param at when it was said last
   */
  public record Hint(String resource, Instant at) {}

  /** Every resource of a connection that was read. */
  public Map<String, Reading> all(ConnectionId connection) {
    Map<String, Reading> readings = new LinkedHashMap<>();
    db.sql(
            """
            select resource, read_through, read_at from door_cursor where connection = :connection order by resource
            """)
        .with("connection", connection)
        .list(
            (rs, row) ->
                readings.put(
                    rs.getString("resource"),
                    new Reading(Sql.instant(rs, "read_through"), Sql.instant(rs, "read_at"))));
    return readings;
  }

  /**
   * Records what was read of a resource and moves its cursor, both or neither.
   *
   * @param from where the reading began: what {@link #all} gave then, null for never
   * @param through up to which moment it was read; never moves back
   * @param recording stores what was read; whatever it throws takes everything back
   * @throws Cursors.CursorMoved when another reading was recorded meanwhile
   */
  public void advance(
      ConnectionId connection, String resource, Instant from, Instant through, Runnable recording) {
    db.inTransaction(
        () -> {
          db.holdAlone("door:" + connection + ":" + resource);
          Instant present =
              db.sql(
                      "select read_through from door_cursor where connection = :connection and"
                          + " resource = :resource")
                  .with("connection", connection)
                  .with("resource", resource)
                  .first((rs, row) -> Sql.instant(rs, "read_through"))
                  .orElse(null);
          if (!Objects.equals(present, from)) {
            throw new Cursors.CursorMoved(
                resource
                    + " of connection "
                    + connection
                    + " is read through "
                    + present
                    + ", not "
                    + from
                    + ": another reading was recorded meanwhile; read again from there");
          }
          recording.run();
          db.sql(
                  """
                  insert into door_cursor (connection, resource, read_through, read_at) values (:connection, :resource, :through, :now)
                  on conflict (connection, resource) do update
                    set read_through = greatest(door_cursor.read_through, excluded.read_through), read_at = excluded.read_at
                  """)
              .with("connection", connection)
              .with("resource", resource)
              .with("through", through)
              .update();
        });
  }

  /**
   * Takes the turn to read, so that of several nodes one reads.
   *
   * @param resource what the turn is for
   * @param every how long after the last turn the next may be taken
   * @return whether it was taken
   */
  public boolean takeTurn(ConnectionId connection, String resource, Duration every) {
    return db.sql(
                """
                insert into door_cursor (connection, resource, read_through, read_at) values (:connection, :resource, :now, :now)
                on conflict (connection, resource) do update set read_through = :now, read_at = :now
                  where door_cursor.read_at <= :before
                """)
            .with("connection", connection)
            .with("resource", resource)
            .with("before", db.now().minus(every))
            .update()
        == 1;
  }

  /** Somebody wants the turn now: whoever looks next takes it. */
  public void wanted(ConnectionId connection, String resource) {
    db.sql("delete from door_cursor where connection = :connection and resource = :resource")
        .with("connection", connection)
        .with("resource", resource)
        .update();
  }

  /** Everything is read anew at the next turn: cursors of these resources are forgotten. */
  public int forget(ConnectionId connection) {
    return db.sql("delete from door_cursor where connection = :connection")
        .with("connection", connection)
        .update();
  }

  /** Somebody said that these changed. Durable when it returns; saying it again changes nothing. */
  public void hint(ConnectionId connection, Collection<String> resources) {
    if (!resources.isEmpty()) {
      db.sql(
              """
              insert into door_hint (connection, resource, at)
              select :connection, r, :now from unnest(:resources::text[]) as h (r) order by r
              on conflict (connection, resource) do update set at = excluded.at
              """)
          .with("connection", connection)
          .with("resources", resources.stream().distinct().toList())
          .update();
    }
  }

  /** What was said to have changed, oldest first. */
  public List<Hint> hints(ConnectionId connection, int most) {
    return db.sql(
            """
            select resource, at from door_hint where connection = :connection order by at, resource limit :most
            """)
        .with("connection", connection)
        .with("most", most)
        .list(DoorReadings::hint);
  }

  private static Hint hint(ResultSet rs, int row) throws SQLException {
    return new Hint(rs.getString("resource"), Sql.instant(rs, "at"));
  }

  /** These were looked at; one that was given again meanwhile stays. */
  public void lookedAt(ConnectionId connection, List<Hint> hints) {
    if (!hints.isEmpty()) {
      db.sql(
              """
              delete from door_hint h using unnest(:resources::text[], :times::text[]) as l (resource, at)
              where h.connection = :connection and h.resource = l.resource and h.at <= l.at::timestamptz
              """)
          .with("connection", connection)
          .with("resources", hints.stream().map(Hint::resource).toList())
          .with("times", hints.stream().map(Hint::at).toList())
          .update();
    }
  }
}
