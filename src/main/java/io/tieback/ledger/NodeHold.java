package io.tieback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name of a living node, held by an advisory lock of PostgreSQL on a connection of its own. The
 * lock ends with the connection, so that a process that was killed lets its name go at once, and
 * one that runs keeps it from every other: two processes of one name would take each other's work
 * for their own, and let it go at each start ({@link Nodes#started}).
 */
public final class NodeHold implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeHold.class);
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
  private static final int ANSWER_SECONDS = 5;

  /** The server notices within half a minute that the machine of a holder is gone. */
  private static final String NOTICE_DEAD_PEERS =
      "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;"
          + " set idle_session_timeout = 0";

  private static final String KEY = "hashtextextended('node:' || ?, 0)";

  private final DataSource single;
  private final String node;
  private Connection connection;
  private int backend;

  /** Another living process has the name; the message says which and what to do. */
  public static final class NameTaken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NameTaken(String message) {
      super(message);
    }
  }

  private NodeHold(DataSource single, String node) {
    this.single = single;
    this.node = node;
  }

  /**
   * Takes the name.
   *
   * @param single gives connections of their own, not out of a pool
   * @param patience how long to wait for the server to notice that the last holder was killed
   * @throws NameTaken when another process has it for longer than that
   */
  static NodeHold take(DataSource single, String node, Duration patience) {
    NodeHold hold = new NodeHold(single, node);
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      hold.open();
      while (!hold.tryLock()) {
        if (System.nanoTime() - deadline > 0) {
          NameTaken taken = hold.taken();
          hold.close();
          throw taken;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return hold;
    } catch (SQLException e) {
      hold.close();
      throw new IllegalStateException(
          "the name of this node could not be taken in the database: " + e.getMessage(), e);
    }
  }

  /**
   * Whether this process still has its name. When its connection broke, because the database was
   * started anew for instance, the name is taken again.
   *
   * @return false only when another process has it now: this one has to end
   */
  public synchronized boolean stillHeld() {
    int before = backend;
    try {
      if (connection != null && connection.isValid(ANSWER_SECONDS)) {
        return true;
      }
      close();
      open();
      if (tryLock()) {
        LOG.info("took the name of this node again node='{}'", node);
        return true;
      }
      // A server that has not noticed yet that our old connection is gone still counts it.
      Optional<Holder> holder = holder();
      close();
      return holder.isEmpty() || holder.get().backend() == before;
    } catch (SQLException e) {
      LOG.warn("the name of this node could not be looked at why='{}'", e.getMessage());
      return true;
    }
  }

  private void open() throws SQLException {
    connection = single.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(NOTICE_DEAD_PEERS);
    }
  }

  private boolean tryLock() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(" + KEY + "), pg_backend_pid()")) {
      statement.setString(1, node);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        boolean locked = row.getBoolean(1);
        if (locked) {
          backend = row.getInt(2);
        }
        return locked;
      }
    }
  }

  private record Holder(int backend, String words) {}

  private Optional<Holder> holder() throws SQLException {
    String query =
        """
        select a.pid, coalesce(host(a.client_addr), 'this machine') || ' since ' || date_trunc('second', a.backend_start) as words
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
          and l.database = (select oid from pg_database where datname = current_database())
          and ((l.classid::bigint << 32) | l.objid::bigint) = %s
        """
            .formatted(KEY);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, node);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Holder(row.getInt("pid"), row.getString("words")))
            : Optional.empty();
      }
    }
  }

  private NameTaken taken() throws SQLException {
    return new NameTaken(
        "another process runs as node '"
            + node
            + "' on this database"
            + holder().map(holder -> " (connected from " + holder.words() + ")").orElse("")
            + ": stop it, or give this one a node.name of its own");
  }

  /** Lets the name go. */
  @Override
  public synchronized void close() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("closing the connection of the node's name failed: {}", e.getMessage());
    }
    connection = null;
  }
}
