package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Calls that a service allows one connection, shared by all routes and nodes (design sections 7 and
 * 10). Windows begin with their first call. Counters are not worth a disk flush each: a crash may
 * forget the last few, and the service itself has the last word.
 */
public final class Budgets {

  private final Db db;

  Budgets(Db db) {
    this.db = db;
  }

  /**
   * A limit of calls in a time.
   *
   * @param name such as {@code minute}, {@code day}, {@code hour}, {@code spike}
   * @param length how long the window is, in whole seconds
   * @param allowed most calls in it
   * @param rolling whether no time of that length, whenever it begins, may hold more: for a service
   *     that does not say when its window begins. Otherwise the window begins with its first call
   * @param kept calls of it that are kept for what goes out: reading gets {@code allowed - kept}
   */
  public record Window(String name, Duration length, int allowed, boolean rolling, int kept) {

    /** A window that begins with its first call, and of which nothing is kept. */
    public Window(String name, Duration length, int allowed) {
      this(name, length, allowed, false, 0);
    }
  }

  /**
   * Sets what is allowed. Counts of windows that stay are kept. Windows are locked in the order of
   * their names, as {@link #take(ConnectionId, String, int)} locks them.
   *
   * @param concurrent most calls at the same time; 0 for any number
   */
  public void configure(
      ConnectionId connection, String system, List<Window> windows, int concurrent) {
    db.inTransaction(
        () -> {
          db.holdAlone("budget:" + connection + ":" + system);
          of(
                  connection,
                  system,
                  "insert into budget (connection, system) values (:connection, :system) on"
                      + " conflict do nothing")
              .update();
          of(
                  connection,
                  system,
                  "delete from budget_window where connection = :connection and system = :system"
                      + " and name <> all(:names::text[])")
              .with("names", windows.stream().map(Window::name).toList())
              .update();
          of(
                  connection,
                  system,
                  """
                  insert into budget_window (connection, system, name, seconds, allowed, rolling, kept, started_at)
                  select :connection, :system, name, seconds, allowed, rolling, kept, :now
                  from unnest(:names::text[], :seconds::bigint[]::int[], :allowed::text[]::int[], :rolling::text[]::boolean[], :kept::text[]::int[])
                    as w (name, seconds, allowed, rolling, kept)
                  order by name
                  on conflict (connection, system, name) do update
                    set seconds = excluded.seconds, allowed = excluded.allowed, rolling = excluded.rolling, kept = excluded.kept
                  """)
              .with("names", windows.stream().map(Window::name).toList())
              .with("seconds", windows.stream().map(w -> w.length().toSeconds()).toList())
              .with("allowed", windows.stream().map(Window::allowed).toList())
              .with("rolling", windows.stream().map(Window::rolling).toList())
              .with("kept", windows.stream().map(Window::kept).toList())
              .update();
          of(
                  connection,
                  system,
                  "delete from budget_slot where connection = :connection and system = :system and"
                      + " slot > :concurrent")
              .with("concurrent", concurrent)
              .update();
          of(
                  connection,
                  system,
                  """
                  insert into budget_slot (connection, system, slot, due_at)
                  select :connection, :system, n, :now from generate_series(1, :concurrent) n on conflict do nothing
                  """)
              .with("concurrent", concurrent)
              .update();
        });
  }

  private Sql of(ConnectionId connection, String system, String text) {
    return db.sql(text).with("connection", connection).with("system", system);
  }

  /**
   * Whether calls may be made.
   *
   * @param granted whether all of them may
   * @param waitUntil when to ask again; null when granted
   * @param reason which limit it is; blank when granted
   */
  public record Grant(boolean granted, Instant waitUntil, String reason) {}

  /**
   * Takes leave for a number of calls of what goes out: all of them or none, in one statement. A
   * system without limits grants everything.
   *
   * @throws IllegalArgumentException when that many can never be granted at once
   */
  public Grant take(ConnectionId connection, String system, int calls) {
    return take(connection, system, calls, true);
  }

  /**
   * As {@link #take(ConnectionId, String, int)}.
   *
   * @param goingOut whether the calls may use what is kept for what goes out
   */
  public Grant take(ConnectionId connection, String system, int calls, boolean goingOut) {
    return db.inTransaction(
        () -> {
          db.sql("set local synchronous_commit = off").update();
          return of(
                  connection,
                  system,
                  """
                  with held as (
                    select name, seconds, case when :out then allowed else greatest(allowed - kept, 1) end as allowed, used, started_at, rolling,
                      array(select at from unnest(recent) at where at > :now - seconds * interval '1 second' order by at) as recent
                    from budget_window where connection = :connection and system = :system order by name for update),
                  present as (
                    select name, allowed, rolling, recent,
                      case when rolling then cardinality(recent) when started_at + seconds * interval '1 second' <= :now then 0 else used end as used,
                      case when started_at + seconds * interval '1 second' <= :now then :now else started_at end as started_at,
                      case when rolling then coalesce(recent[greatest(cardinality(recent) + :calls - allowed, 1)], :now)
                        when started_at + seconds * interval '1 second' <= :now then :now else started_at end + seconds * interval '1 second' as ends_at
                    from held),
                  blocked as (
                    select blocked_until, blocked_reason from budget
                    where connection = :connection and system = :system and blocked_until > :now),
                  verdict as (
                    select not exists (select 1 from blocked) and coalesce(bool_and(used + :calls <= allowed), true) as granted,
                      greatest((select blocked_until from blocked), max(ends_at) filter (where used + :calls > allowed)) as wait_until,
                      coalesce((select blocked_reason from blocked),
                        'the limit of ' || (array_agg(allowed || ' calls a ' || name order by ends_at desc) filter (where used + :calls > allowed))[1]
                          || ' is used up', '') as reason,
                      coalesce(bool_or(:calls > allowed), false) as never
                    from present),
                  counted as (
                    update budget_window w set used = p.used + :calls, started_at = p.started_at,
                      recent = case when p.rolling then p.recent || array_fill(cast(:now as timestamptz), array[:calls]) else '{}' end
                    from present p, verdict v
                    where v.granted and w.connection = :connection and w.system = :system and w.name = p.name)
                  select granted, wait_until, reason, never from verdict
                  """)
              .with("calls", calls)
              .with("out", goingOut)
              .first(
                  (rs, n) -> {
                    if (rs.getBoolean("never")) {
                      throw new IllegalArgumentException(
                          calls
                              + " calls at once can never be granted for "
                              + system
                              + " of connection "
                              + connection
                              + ": "
                              + rs.getString("reason"));
                    }
                    boolean granted = rs.getBoolean("granted");
                    return new Grant(
                        granted,
                        granted ? null : Sql.instant(rs, "wait_until"),
                        granted ? "" : rs.getString("reason"));
                  })
              .orElseThrow();
        });
  }

  /**
   * The service said that nothing is allowed until then (429, 503). A later time that was said
   * before stays.
   */
  public void blockedUntil(ConnectionId connection, String system, Instant until, String reason) {
    of(
            connection,
            system,
            """
            insert into budget (connection, system, blocked_until, blocked_reason) values (:connection, :system, :until, :reason)
            on conflict (connection, system) do update set blocked_until = excluded.blocked_until, blocked_reason = excluded.blocked_reason
              where budget.blocked_until is null or budget.blocked_until < excluded.blocked_until
            """)
        .with("until", until)
        .with("reason", reason)
        .update();
  }

  /**
   * The service told how much is left (its rate-limit headers): it knows better, since others use
   * the same limits.
   *
   * @param allowed most calls in the window, by the service; never hard-coded (GEN-API-13)
   * @param remaining how many are left
   * @param endsAt when the window ends
   */
  public void observed(
      ConnectionId connection,
      String system,
      String window,
      int allowed,
      int remaining,
      Instant endsAt) {
    db.inTransaction(
        () -> {
          db.sql("set local synchronous_commit = off").update();
          of(
                  connection,
                  system,
                  """
                  update budget_window set allowed = greatest(:allowed, 1), used = greatest(:allowed - :remaining, 0),
                    started_at = :ends - seconds * interval '1 second'
                  where connection = :connection and system = :system and name = :window
                  """)
              .with("window", window)
              .with("allowed", allowed)
              .with("remaining", remaining)
              .with("ends", endsAt)
              .update();
        });
  }

  /**
   * What is left of a window.
   *
   * @param name such as {@code day}
   * @param allowed most calls in it
   * @param used calls that were made in it
   * @param kept calls of it that are kept for what goes out
   * @param endsAt when it ends; for a rolling one when its oldest call leaves it
   */
  public record Left(String name, int allowed, int used, int kept, Instant endsAt) {}

  /** How far the calls of a connection are used up, the longest window first. */
  public List<Left> left(ConnectionId connection, String system) {
    return of(
            connection,
            system,
            """
            select name, allowed, kept,
              case when rolling then (select count(*) from unnest(recent) at where at > :now - seconds * interval '1 second')
                when started_at + seconds * interval '1 second' <= :now then 0 else used end as used,
              case when rolling then coalesce((select min(at) from unnest(recent) at where at > :now - seconds * interval '1 second'), :now)
                when started_at + seconds * interval '1 second' <= :now then :now else started_at end + seconds * interval '1 second' as ends_at
            from budget_window where connection = :connection and system = :system order by seconds desc
            """)
        .list(
            (rs, n) ->
                new Left(
                    rs.getString("name"),
                    rs.getInt("allowed"),
                    rs.getInt("used"),
                    rs.getInt("kept"),
                    Sql.instant(rs, "ends_at")));
  }

  /**
   * The service said how many calls are left in a window. It counts what others of the same app
   * make, too: when it says less than our count, it is right.
   */
  public void told(ConnectionId connection, String system, String window, int remaining) {
    db.inTransaction(
        () -> {
          db.sql("set local synchronous_commit = off").update();
          of(
                  connection,
                  system,
                  """
                  update budget_window set used = allowed - :remaining
                  where connection = :connection and system = :system and name = :window and not rolling and used < allowed - :remaining
                  """)
              .with("window", window)
              .with("remaining", remaining)
              .update();
        });
  }

  /**
   * Takes one of the places for calls at the same time.
   *
   * @param lease after this time the place is free again, whatever became of its holder
   * @return the place to {@link #release}, or nothing when all are taken
   */
  public Optional<Integer> slot(ConnectionId connection, String system, Duration lease) {
    return db.inTransaction(
        () -> {
          db.sql("set local synchronous_commit = off").update();
          return of(
                  connection,
                  system,
                  """
                  update budget_slot set lease_owner = :node, due_at = :until
                  where connection = :connection and system = :system and slot = (
                    select slot from budget_slot where connection = :connection and system = :system and due_at <= :now
                    order by slot for update skip locked limit 1)
                  returning slot
                  """)
              .with("until", db.now().plus(lease))
              .first((rs, n) -> rs.getInt(1));
        });
  }

  /** Gives places back. */
  public void release(ConnectionId connection, String system, Collection<Integer> slots) {
    db.inTransaction(
        () -> {
          db.sql("set local synchronous_commit = off").update();
          of(
                  connection,
                  system,
                  """
                  update budget_slot set lease_owner = null, due_at = :now
                  where connection = :connection and system = :system and slot = any(:slots::text[]::int[]) and lease_owner = :node
                  """)
              .with("slots", slots)
              .update();
        });
  }
}
