package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.path;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Key.PathBase;
import io.tieback.platform.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where the ledger lies. */
public final class DatabaseKeys {

  /** The PostgreSQL that Tieback starts by itself. */
  public static final String EMBEDDED = "embedded";

  /** A PostgreSQL that somebody else runs. */
  public static final String EXTERNAL = "external";

  /** Which of the two. */
  public static final Key<String> MODE =
      Key.of("database.mode", oneOf(EMBEDDED, EXTERNAL))
          .standard(EMBEDDED)
          .described(
              "embedded: Tieback starts a PostgreSQL of its own, for trying out and for small firms"
                  + " that copy its folder while it is stopped.",
              "external: a PostgreSQL 14 or newer that you run, back up and watch. Use it for"
                  + " anything that more than one person depends on.");

  /** Address of an external database. */
  public static final Key<String> URL =
      Key.of(
              "database.url",
              text(
                  "a PostgreSQL address (jdbc:postgresql://HOST:PORT/NAME)",
                  "jdbc:postgresql:(?!.*[?&](user|password)=).+"))
          .example("jdbc:postgresql://db.example.com:5432/tieback?sslmode=verify-full")
          .requiredWhen(MODE, EXTERNAL)
          .described(
              "Address of the external database. Keep user and password out of it: they have"
                  + " settings of their own.");

  /** User of an external database. */
  public static final Key<String> USER =
      Key.of("database.user", text())
          .example("tieback")
          .requiredWhen(MODE, EXTERNAL)
          .described(
              "User of the external database; it has to own the tables, which Tieback makes.");

  /** Password of that user. */
  public static final Key<String> PASSWORD =
      Key.of("database.password", text())
          .example("${env:DATABASE_PASSWORD}")
          .secret()
          .requiredWhen(MODE, EXTERNAL)
          .described("Password of that user.");

  /** Folder of the embedded database. */
  public static final Key<Path> FOLDER =
      Key.of("database.folder", path())
          .standard(".tieback/postgres")
          .startingAt(PathBase.WORKING_FOLDER)
          .described(
              "Folder of the embedded database: data, log, password and the unpacked server. Needs"
                  + " about 150 MB to begin with, on a local disk.");

  /** Where the server's programs are unpacked. */
  public static final Key<Path> PROGRAMS_FOLDER =
      Key.of("database.programs-folder", path())
          .example(".tieback/postgres/programs")
          .startingAt(PathBase.WORKING_FOLDER)
          .described(
              "Where the embedded database's programs are unpacked once. Without it: in"
                  + " database.folder. It must be writable by this user only.");

  /** Port of the embedded database. */
  public static final Key<Integer> PORT =
      Key.of("database.port", wholeNumber(0, 65535))
          .standard("0")
          .described(
              "Port of the embedded database, on this machine's loopback address only; 0 takes any"
                  + " free port.");

  /** Connections in the pool. */
  public static final Key<Integer> POOL_SIZE =
      Key.of("database.pool-size", wholeNumber(2, 100))
          .standard("12")
          .described("How many connections to the database a node keeps at most.");

  /** How long a start waits for the database. */
  public static final Key<Duration> START_WAIT =
      Key.of("database.start-wait", period(Duration.ofSeconds(1), Duration.ofMinutes(30)))
          .standard("PT30S")
          .described("How long a start waits for the database to answer before it gives up.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Database",
          "Everything Tieback knows lies in one PostgreSQL database; its tables are made and"
              + " brought up to date at each start.",
          List.of(MODE, URL, USER, PASSWORD, FOLDER, PROGRAMS_FOLDER, PORT, POOL_SIZE, START_WAIT));

  private DatabaseKeys() {}
}
