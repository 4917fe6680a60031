package io.tieback.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.tieback.platform.keys.DatabaseKeys;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The ledger's database, ready for use: started when it is ours to start, its tables brought up to
 * date, its connections pooled.
 */
public final class Database implements AutoCloseable {

  private static final int OLDEST_VERSION = 14;

  /** A statement that takes longer than this has lost its server. */
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /** The same for statements that wait for nothing. */
  private static final Duration SHORT_ANSWER = Duration.ofSeconds(30);

  private final EmbeddedServer server;
  private final HikariDataSource pool;
  private final DataSource single;

  private Database(EmbeddedServer server, HikariDataSource pool, DataSource single) {
    this.server = server;
    this.pool = pool;
    this.single = single;
  }

  /**
   * Opens the database that the settings name and brings its tables up to date.
   *
   * @throws DatabaseException when it does not answer or is too old; says what to do
   */
  public static Database open(Settings settings) {
    if (DatabaseKeys.EXTERNAL.equals(settings.get(DatabaseKeys.MODE))) {
      return open(
          null,
          settings,
          settings.get(DatabaseKeys.URL),
          settings.get(DatabaseKeys.USER),
          settings.get(DatabaseKeys.PASSWORD));
    }
    Path folder = settings.get(DatabaseKeys.FOLDER);
    EmbeddedServer server =
        EmbeddedServer.use(
            folder,
            settings.find(DatabaseKeys.PROGRAMS_FOLDER).orElse(folder.resolve("programs")),
            settings.get(DatabaseKeys.PORT),
            settings.get(DatabaseKeys.START_WAIT));
    try {
      return open(server, settings, server.url(), EmbeddedServer.USER, server.password());
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Connections to it. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Connections that come out of no pool and count for none: for what lasts as long as the process.
   * Whoever opens one closes it.
   */
  public DataSource singleConnections() {
    return single;
  }

  /** Address for JDBC, without user and password. */
  public String url() {
    return pool.getJdbcUrl();
  }

  /** Closes the connections; stops an embedded server that nobody else uses. */
  @Override
  public void close() {
    pool.close();
    if (server != null) {
      server.close();
    }
  }

  private static Database open(
      EmbeddedServer server, Settings settings, String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("tieback");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(settings.get(DatabaseKeys.POOL_SIZE));
    config.setMinimumIdle(2);
    config.setInitializationFailTimeout(settings.get(DatabaseKeys.START_WAIT).toMillis());
    config.addDataSourceProperty("ApplicationName", "tieback");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "10");
    config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new DatabaseException(
          "the database at "
              + url
              + " does not answer: "
              + e.getCause().getMessage()
              + ". Check database.url, database.user and database.password, and that it runs",
          e);
    }
    try {
      checkVersion(pool);
      migrate(url, user, password);
      return new Database(server, pool, single(url, user, password));
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static DataSource single(String url, String user, String password) {
    PGSimpleDataSource single = new PGSimpleDataSource();
    single.setUrl(url);
    single.setUser(user);
    single.setPassword(password);
    single.setApplicationName("tieback node");
    single.setTcpKeepAlive(true);
    single.setConnectTimeout(10);
    single.setSocketTimeout((int) SHORT_ANSWER.toSeconds());
    return single;
  }

  private static void checkVersion(DataSource pool) {
    try (Connection connection = pool.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_VERSION) {
        throw new DatabaseException(
            "the database is PostgreSQL "
                + version
                + "; Tieback needs "
                + OLDEST_VERSION
                + " or newer");
      }
    } catch (SQLException e) {
      throw new DatabaseException("the database stopped answering: " + e.getMessage(), e);
    }
  }

  /** Over a connection of its own: bringing large tables up to date may outlast a pooled one. */
  private static void migrate(String url, String user, String password) {
    try {
      Flyway.configure()
          .dataSource(url, user, password)
          .locations("classpath:db/migration")
          .placeholderReplacement(false)
          // Flyway's own default lets tables of a newer version pass.
          .ignoreMigrationPatterns(new String[0])
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseException(
          "the tables could not be brought up to date, nothing was changed: "
              + e.getMessage()
              + ". When the database was used by a newer Tieback before, run that one",
          e);
    }
  }
}
