package io.tieback.journey;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * One real PostgreSQL for all journeys of a JVM; each journey gets a fresh database, copied from
 * one whose tables are made already.
 */
public final class SharedPostgres {

  /** The superuser; loopback needs no password. */
  public static final String USER = "postgres";

  private static final String TEMPLATE = "tieback_template";
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static EmbeddedPostgres server;

  private SharedPostgres() {}

  /** Makes a database. Gives its address for JDBC. */
  public static synchronized String fresh() {
    try {
      if (server == null) {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200")
                .start();
        run("create database " + TEMPLATE);
        Flyway.configure()
            .dataSource(server.getDatabase(USER, TEMPLATE))
            .locations("classpath:db/migration")
            .placeholderReplacement(false)
            .load()
            .migrate();
      }
      String name = "journey_" + NEXT.incrementAndGet();
      run("create database " + name + " template " + TEMPLATE);
      return url(name);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start: " + e.getMessage(), e);
    }
  }

  /** Drops a database that nobody needs any more. */
  public static synchronized void drop(String url) {
    run("drop database if exists " + url.substring(url.lastIndexOf('/') + 1) + " with (force)");
  }

  private static String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
  }

  private static void run(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("'" + sql + "' failed: " + e.getMessage(), e);
    }
  }
}
