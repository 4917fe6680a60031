package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays or discards many dead letters. What was ordered is stored with its letters first; then
 * they are worked off one by one, each in a transaction of its own that also counts it: after a
 * crash another turn goes on with what is left, and none is done twice.
 */
public final class ReplayRuns {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayRuns.class);

  private static final int AT_ONCE = 200;
  private static final Duration LEASE = Duration.ofMinutes(2);

  private final Db db;
  private final Replays replays;
  private final Audit audit;

  ReplayRuns(Db db, Replays replays, Audit audit) {
    this.db = db;
    this.replays = replays;
    this.audit = audit;
  }

  // ---- ordering

  /**
   * Orders that these letters be replayed as they were.
   *
   * @return key of the run; it is worked off by {@link #work()} on any node
   */
  public long replay(List<Long> letters, String who) {
    return start("replay", letters, who, null, false);
  }

  /** Orders that all open letters of a filter be replayed as they were. Gives the run's key. */
  public long replay(DeadLetterFilter filter, String who) {
    return start("replay", filter, who, null, false);
  }

  /**
   * Orders that these letters be discarded.
   *
   * @param reason why; kept for good and told to Procore
   * @throws IllegalArgumentException when no reason is given
   */
  public long discard(List<Long> letters, String who, String reason) {
    return start("discard", letters, who, required(reason), false);
  }

  /** As {@link #discard(List, String, String)}, all open letters of a filter. */
  public long discard(DeadLetterFilter filter, String who, String reason) {
    return start("discard", filter, who, required(reason), false);
  }

  private static String required(String reason) {
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException(
          "dead letters are discarded with a reason; none was given");
    }
    return reason;
  }

  private static String named(List<Long> letters) {
    return letters.size() == 1 ? "letter " + letters.get(0) : letters.size() + " chosen letters";
  }

  private long start(String act, DeadLetterFilter filter, String who, String reason, boolean here) {
    DeadLetterFilter open =
        new DeadLetterFilter(
            filter.connection(),
            "open",
            filter.kind(),
            filter.flow(),
            filter.entity(),
            filter.since(),
            filter.before(),
            filter.text());
    return db.inTransaction(
        () -> {
          Where where = open.where(db);
          long run = add(act, open.words(), open.connection(), who, reason, here);
          where
              .bind(
                  db.sql(
                      "insert into replay_run_letter (run_id, letter_id) select :run, t.id from"
                          + " dead_letter t where "
                          + where.text()))
              .with("run", run)
              .update();
          return counted(run, act, open.words(), open.connection(), who, reason);
        });
  }

  private long start(String act, List<Long> letters, String who, String reason, boolean here) {
    String words = named(letters);
    return db.inTransaction(
        () -> {
          long run = add(act, words, null, who, reason, here);
          int known =
              db.sql(
                      """
                      insert into replay_run_letter (run_id, letter_id)
                      select :run, id from dead_letter where id = any(:letters::bigint[])
                      """)
                  .with("run", run)
                  .with("letters", letters)
                  .update();
          if (known != letters.stream().distinct().count()) {
            List<Long> unknown =
                db.sql(
                        "select l from unnest(:letters::bigint[]) l where not exists (select 1 from"
                            + " dead_letter d where d.id = l) order by l")
                    .with("letters", letters)
                    .ids();
            throw new Replays.NotPossible(
                "there is no dead letter "
                    + unknown.get(0)
                    + ": list them to see which there are; nothing was ordered");
          }
          return counted(run, act, words, null, who, reason);
        });
  }

  /**
   * @param here whether this process works it off at once, so that no other takes it
   */
  private long add(
      String act, String words, ConnectionId connection, String who, String reason, boolean here) {
    Audit.requireWho(who);
    return db.sql(
            """
            insert into replay_run (act, who, reason, connection, wanted, state, total, created_at, due_at, lease_owner, started_at)
            values (:act, :who, :reason, :connection, :wanted, 'running', 0, :now, :due, case when :here then :node end,
              case when :here then cast(:now as timestamptz) end) returning id
            """)
        .with("act", act)
        .with("who", who)
        .with("reason", reason)
        .with("connection", connection)
        .with("wanted", words)
        .with("here", here)
        .with("due", here ? db.now().plus(LEASE) : db.now())
        .number();
  }

  private long counted(
      long run, String act, String words, ConnectionId connection, String who, String reason) {
    long total =
        db.sql(
                """
                update replay_run set total = (select count(*) from replay_run_letter where run_id = :run) where id = :run returning total
                """)
            .with("run", run)
            .number();
    db.sql(
            "update replay_run set state = 'done', started_at = :now, finished_at = :now where id ="
                + " :run and total = 0")
        .with("run", run)
        .update();
    audit.append(
        who,
        connection == null ? "" : connection.value(),
        act + " many",
        "replay run " + run,
        Map.of(
            "letters",
            Long.toString(total),
            "wanted",
            words,
            "reason",
            reason == null ? "" : reason));
    return run;
  }

  // ---- looking

  /** One run. */
  public Optional<ReplayRun> find(long run) {
    return db.sql("select * from replay_run where id = :run")
        .with("run", run)
        .first(ReplayRuns::map);
  }

  /** Runs, newest first. */
  public List<ReplayRun> newest(int limit) {
    return db.sql("select * from replay_run order by id desc limit :limit")
        .with("limit", limit)
        .list(ReplayRuns::map);
  }

  /**
   * Letters of a run by number, after the given one (0 for the first page).
   *
   * @param staysOnly only those that stay as they were
   */
  public List<ReplayRun.Letter> letters(long run, boolean staysOnly, long after, int limit) {
    return db.sql(
            "select * from replay_run_letter where run_id = :run and letter_id > :after"
                + (staysOnly ? " and outcome = 'stays'" : "")
                + " order by letter_id limit :limit")
        .with("run", run)
        .with("after", after)
        .with("limit", limit)
        .list(ReplayRuns::letter);
  }

  // ---- working off

  /**
   * One turn: takes runs that nobody works on, and works them off. What a crash leaves is taken up
   * again when its lease ends, or when its node starts.
   */
  public void work() {
    for (Optional<ReplayRun> run = claim(); run.isPresent(); run = claim()) {
      workOff(run.get(), letter -> {});
    }
  }

  /**
   * Orders that these letters be replayed, and works that off here and now: for a command without a
   * running connector. A connector goes on with it when the command is killed.
   *
   * @param each is told what became of each letter
   * @return the run at its end
   */
  public ReplayRun replayHere(List<Long> letters, String who, Consumer<ReplayRun.Letter> each) {
    return workOffHere(start("replay", letters, who, null, true), each);
  }

  /** As {@link #replayHere(List, String, Consumer)}, all open letters of a filter. */
  public ReplayRun replayHere(
      DeadLetterFilter filter, String who, Consumer<ReplayRun.Letter> each) {
    return workOffHere(start("replay", filter, who, null, true), each);
  }

  private ReplayRun workOffHere(long run, Consumer<ReplayRun.Letter> each) {
    ReplayRun ordered = find(run).orElseThrow();
    if (ordered.state().equals("running")) {
      workOff(ordered, each);
    }
    return find(run).orElseThrow();
  }

  private Optional<ReplayRun> claim() {
    return db.sql(
            """
            update replay_run set lease_owner = :node, due_at = :until, started_at = coalesce(started_at, :now) where id = (
              select id from replay_run where state = 'running' and due_at <= :now
              order by id for update skip locked limit 1)
            returning *
            """)
        .with("until", db.now().plus(LEASE))
        .first(ReplayRuns::map);
  }

  private void workOff(ReplayRun run, Consumer<ReplayRun.Letter> each) {
    while (true) {
      List<Long> letters =
          db.sql(
                  "select letter_id from replay_run_letter where run_id = :run and outcome is null"
                      + " order by letter_id limit :most")
              .with("run", run.id())
              .with("most", AT_ONCE)
              .ids();
      if (letters.isEmpty()) {
        finished(run);
        return;
      }
      for (long letter : letters) {
        each.accept(one(run, letter));
      }
      if (!held(run)) {
        LOG.info("another node goes on with this run run='{}'", run.id());
        return;
      }
    }
  }

  /** Still ours: held a while longer. */
  private boolean held(ReplayRun run) {
    return db.sql(
                "update replay_run set due_at = :until where id = :run and state = 'running' and"
                    + " lease_owner = :node")
            .with("run", run.id())
            .with("until", db.now().plus(LEASE))
            .update()
        == 1;
  }

  private ReplayRun.Letter one(ReplayRun run, long letter) {
    try {
      return db.inOwnTransaction(
          () -> {
            if (run.act().equals("replay")) {
              replays.replay(letter, run.who());
            } else {
              replays.discard(letter, run.who(), run.reason());
            }
            return mark(run, letter, "done", null);
          });
    } catch (Replays.NotPossible stays) {
      return db.inOwnTransaction(() -> mark(run, letter, "stays", stays.getMessage()));
    } catch (RuntimeException defect) {
      // One letter that cannot be worked on holds up no other. With the database gone this fails as
      // well, and the run is taken up again later.
      LOG.warn("dead letter stays letter='{}' why='{}'", letter, defect.getMessage());
      return db.inOwnTransaction(
          () -> mark(run, letter, "stays", "Tieback could not: " + defect.getMessage()));
    }
  }

  /** In the transaction of the letter itself: counted once, whoever works on it. */
  private ReplayRun.Letter mark(ReplayRun run, long letter, String outcome, String problem) {
    Optional<ReplayRun.Letter> marked =
        db.sql(
                """
                update replay_run_letter set outcome = :outcome, problem = :problem, at = :now
                where run_id = :run and letter_id = :letter and outcome is null returning *
                """)
            .with("run", run.id())
            .with("letter", letter)
            .with("outcome", outcome)
            .with("problem", problem)
            .first(ReplayRuns::letter);
    if (marked.isPresent()) {
      db.sql(
              outcome.equals("done")
                  ? "update replay_run set done = done + 1 where id = :run"
                  : "update replay_run set failed = failed + 1 where id = :run")
          .with("run", run.id())
          .update();
      return marked.get();
    }
    return db.sql("select * from replay_run_letter where run_id = :run and letter_id = :letter")
        .with("run", run.id())
        .with("letter", letter)
        .first(ReplayRuns::letter)
        .orElseThrow();
  }

  private void finished(ReplayRun run) {
    db.sql(
            "update replay_run set state = 'done', finished_at = :now, lease_owner = null where id"
                + " = :run and state = 'running'")
        .with("run", run.id())
        .update();
  }

  private static ReplayRun map(ResultSet rs, int row) throws SQLException {
    return new ReplayRun(
        rs.getLong("id"),
        rs.getString("act"),
        rs.getString("who"),
        rs.getString("reason"),
        rs.getString("wanted"),
        rs.getString("state"),
        rs.getInt("total"),
        rs.getInt("done"),
        rs.getInt("failed"),
        Sql.instant(rs, "created_at"),
        Sql.instant(rs, "started_at"),
        Sql.instant(rs, "finished_at"));
  }

  private static ReplayRun.Letter letter(ResultSet rs, int row) throws SQLException {
    return new ReplayRun.Letter(
        rs.getLong("letter_id"),
        rs.getString("outcome"),
        rs.getString("problem"),
        Sql.instant(rs, "at"));
  }
}
