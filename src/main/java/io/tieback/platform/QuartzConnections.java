package io.tieback.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.quartz.utils.ConnectionProvider;

/**
 * Hands Quartz the connections of our own pool. Quartz makes it by its class name, so the pool is
 * found by a name that Quartz passes on.
 */
public final class QuartzConnections implements ConnectionProvider {

  private static final Map<String, DataSource> POOLS = new ConcurrentHashMap<>();

  private String pool;

  /** Makes a pool known under a name. */
  static void register(String name, DataSource pool) {
    POOLS.put(name, pool);
  }

  /** Forgets it. */
  static void forget(String name) {
    POOLS.remove(name);
  }

  /** Quartz calls this with the property {@code pool}. */
  public void setPool(String name) {
    this.pool = name;
  }

  @Override
  public Connection getConnection() throws SQLException {
    DataSource source = POOLS.get(pool);
    if (source == null) {
      throw new SQLException("the schedule's database was closed");
    }
    return source.getConnection();
  }

  @Override
  public void initialize() {
    // The pool is ready before Quartz starts.
  }

  @Override
  public void shutdown() {
    // The pool belongs to the application, which closes it last.
  }
}
