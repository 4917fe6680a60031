package io.tieback.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** The processes that share the ledger. */
public final class Nodes {

  /** Tables whose rows are held with a lease, and the states in which they can be. */
  private static final List<String> HELD =
      List.of(
          "erp_request where state = 'reading'",
          "request_detail where state = 'ready'",
          "work_item where state in ('staged', 'waiting', 'composed', 'planned', 'sent', 'unknown',"
              + " 'known')",
          "write_batch where state in ('planned', 'sent', 'unknown')",
          "payment where state in ('planned', 'sent', 'unknown', 'amending', 'removing')",
          "replay_run where state = 'running'",
          "notice where state = 'sending'",
          "budget_slot where true");

  private final Db db;

  Nodes(Db db) {
    this.db = db;
  }

  /**
   * A process.
   *
   * @param name its name
   * @param startedAt when it started
   * @param seenAt when it last said that it lives
   * @param stoppedAt when it ended in good order, or null
   */
  public record Node(String name, Instant startedAt, Instant seenAt, Instant stoppedAt) {}

  /**
   * Takes this ledger's node name for as long as this process lives, before anything else is done
   * in it.
   *
   * @param single gives connections that are not out of the pool
   * @param patience how long to wait for the server to notice that the last holder was killed
   * @throws NodeHold.NameTaken when another living process has it
   */
  public NodeHold hold(DataSource single, Duration patience) {
    return NodeHold.take(single, db.node(), patience);
  }

  /**
   * This process starts under this ledger's node name. What a process of the same name held when it
   * died is let go at once instead of at the end of its leases. Two living processes must never
   * have the same name: see {@link #hold}.
   *
   * @return how many rows were let go
   */
  public int started() {
    return db.inTransaction(
        () -> {
          db.sql(
                  """
                  insert into node (name, started_at, seen_at) values (:node, :now, :now)
                  on conflict (name) do update set started_at = excluded.started_at, seen_at = excluded.seen_at, stopped_at = null
                  """)
              .update();
          return letGo();
        });
  }

  /** This process ends: what it still holds is handed back. */
  public int stopped() {
    return db.inTransaction(
        () -> {
          db.sql("update node set stopped_at = :now, seen_at = :now where name = :node").update();
          return letGo();
        });
  }

  private int letGo() {
    // A tie-out changed nothing anywhere: it is not taken up in the middle, but asked for again.
    int rows =
        db.sql(
                """
                update tie_out_run set state = 'interrupted', finished_at = :now, lease_owner = null
                where state = 'running' and lease_owner = :node
                """)
            .update();
    for (String held : HELD) {
      int where = held.indexOf(" where ");
      rows +=
          db.sql(
                  "update "
                      + held.substring(0, where)
                      + " set due_at = least(due_at, :now), lease_owner = null"
                      + held.substring(where)
                      + " and lease_owner = :node")
              .update();
    }
    return rows;
  }

  /** This process lives. */
  public void alive() {
    db.sql("update node set seen_at = :now where name = :node").update();
  }

  /** Processes that neither ended nor were seen for this long. */
  public List<Node> gone(Duration silence) {
    return db.sql("select * from node where stopped_at is null and seen_at < :since order by name")
        .with("since", db.now().minus(silence))
        .list(Nodes::map);
  }

  static Node map(ResultSet rs, int row) throws SQLException {
    return new Node(
        rs.getString("name"),
        Sql.instant(rs, "started_at"),
        Sql.instant(rs, "seen_at"),
        Sql.instant(rs, "stopped_at"));
  }
}
