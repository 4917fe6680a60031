package io.tieback.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL in a folder of ours, shared by every Tieback process that uses the folder: the
 * first one in starts it, the last one out stops it. A process that was killed leaves the server
 * running; the next one finds it, uses it, and stops it at its own end.
 *
 * <p>It listens on the loopback address only, has no socket file, asks for a password that lies in
 * the folder (readable by its owner), and keeps fsync on.
 */
final class EmbeddedServer implements AutoCloseable {

  static final String USER = "tieback";
  static final String DATABASE = "tieback";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final int PORT_ATTEMPTS = 5;
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  /** A process that nobody reaps (a container without an init) is seen for ever. */
  private static final Duration ENDING = Duration.ofSeconds(5);

  private static final String NO_SUCH_DATABASE = "3D000";

  private final Path folder;
  private final Path programsFolder;
  private final Duration wait;
  private FolderUse use;
  private int port;
  private String password;

  private EmbeddedServer(Path folder, Path programsFolder, Duration wait) {
    this.folder = folder;
    this.programsFolder = programsFolder;
    this.wait = wait;
  }

  /**
   * Uses the server of a folder; starts it when it does not run.
   *
   * @param folder holds {@code data}, {@code server.log}, {@code password} and two lock files
   * @param programsFolder where the programs are unpacked
   * @param wantedPort port to start on; 0 for any free one. A server that runs already keeps its
   *     own
   * @param wait how long to wait for it at most
   * @throws DatabaseException when it cannot be started; the message has the end of its log
   */
  static EmbeddedServer use(Path folder, Path programsFolder, int wantedPort, Duration wait) {
    EmbeddedServer server = new EmbeddedServer(folder, programsFolder, wait);
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
      server.use = FolderUse.begin(folder, wait, () -> server.join(wantedPort));
      return server;
    } catch (IOException e) {
      throw new DatabaseException(
          "the embedded database in " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Address for JDBC. */
  String url() {
    return url(DATABASE);
  }

  /** Password of {@link #USER}. */
  String password() {
    return password;
  }

  /** Stops using it; stops the server when nobody else uses it. */
  @Override
  public void close() {
    try {
      use.end(this::stop);
    } catch (IOException e) {
      throw new DatabaseException(
          "the embedded database in " + folder + " could not be stopped: " + e.getMessage(), e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private Path pidFile() {
    return data().resolve("postmaster.pid");
  }

  /** Runs while no other process starts or stops the server of this folder. */
  private void join(int wantedPort) throws IOException {
    if (!Files.isDirectory(data())) {
      initialise();
    }
    password = Files.readString(folder.resolve("password")).strip();
    OptionalInt running = portOfRunning();
    if (running.isPresent()) {
      port = running.getAsInt();
      LOG.debug("using the database that runs in {} on port {}", folder, port);
    } else {
      Files.deleteIfExists(pidFile());
      start(wantedPort);
    }
    awaitDatabase();
  }

  private void initialise() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path path : left.filter(p -> p.getFileName().toString().startsWith("new-")).toList()) {
        PostgresPrograms.delete(path);
      }
    }
    LOG.info("setting up a database in {}", folder);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path passwordFile = folder.resolve("password");
    Files.deleteIfExists(passwordFile);
    Files.createFile(
        passwordFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile, HexFormat.of().formatHex(random) + "\n");
    // Made beside and moved into place, so that a set-up that was killed is never taken for a
    // whole.
    Path fresh = folder.resolve("new-data");
    program(
        "initdb",
        List.of(
            "-D",
            fresh.toString(),
            "-U",
            USER,
            "--auth=scram-sha-256",
            "--pwfile=" + passwordFile,
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--lc-collate=C",
            "--lc-ctype=C",
            "--data-checksums"));
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void start(int wantedPort) throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = wantedPort == 0 ? Ports.free() : wantedPort;
      try {
        program(
            "pg_ctl",
            List.of(
                "start",
                "-w",
                "-t",
                Long.toString(Math.max(1, wait.toSeconds())),
                "-D",
                data().toString(),
                "-l",
                log().toString(),
                "-o",
                "-p "
                    + port
                    + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on"
                    + " -c synchronous_commit=on -c full_page_writes=on -c max_connections=200"
                    + " -c timezone=UTC -c log_timezone=UTC"));
        LOG.info("database started in {} on port {}", folder, port);
        return;
      } catch (IOException e) {
        // A free port may be taken by somebody else before the server has it.
        if (wantedPort != 0 || attempt == PORT_ATTEMPTS || !Ports.taken(port)) {
          throw e;
        }
      }
    }
  }

  private void stop() throws IOException {
    if (portOfRunning().isPresent()) {
      ProcessHandle process = ProcessHandle.of(pid()).orElse(null);
      program("pg_ctl", List.of("stop", "-w", "-t", "120", "-m", "fast", "-D", data().toString()));
      // pg_ctl is content when the pid file is gone; the process itself needs a moment more.
      long deadline = System.nanoTime() + ENDING.toNanos();
      while (process != null && process.isAlive() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      LOG.info("database stopped in {}", folder);
    }
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
  }

  /**
   * The port of the server that runs on our data. The file names a process that may be gone, and
   * its number may belong to something else by now, which PostgreSQL itself would take for a
   * server.
   */
  private OptionalInt portOfRunning() throws IOException {
    if (!Files.exists(pidFile())) {
      return OptionalInt.empty();
    }
    List<String> lines = Files.readAllLines(pidFile());
    if (lines.size() < 4) {
      return OptionalInt.empty();
    }
    boolean alive =
        ProcessHandle.of(pid())
            .filter(ProcessHandle::isAlive)
            .map(process -> process.info().commandLine().orElse("postgres"))
            .filter(commandLine -> commandLine.contains("postgres"))
            .isPresent();
    return alive ? OptionalInt.of(Integer.parseInt(lines.get(3).strip())) : OptionalInt.empty();
  }

  /** Waits until the server answers (it may be recovering), and makes the database once. */
  private void awaitDatabase() throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      try (Connection connection = DriverManager.getConnection(url(), USER, password)) {
        return;
      } catch (SQLException e) {
        if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
          create();
        } else if (System.nanoTime() > deadline) {
          throw new IOException("it does not answer on port " + port + ": " + e.getMessage(), e);
        } else {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void create() throws IOException {
    try (Connection connection = DriverManager.getConnection(url("postgres"), USER, password);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + DATABASE);
    } catch (SQLException e) {
      throw new IOException("the database could not be created: " + e.getMessage(), e);
    }
  }

  private void program(String name, List<String> arguments) throws IOException {
    int code = PostgresPrograms.in(programsFolder).run(log(), name, arguments);
    if (code != 0) {
      List<String> lines = Files.readAllLines(log());
      List<String> last = lines.subList(Math.max(0, lines.size() - 12), lines.size());
      throw new IOException(
          name + " ended with " + code + "; the end of " + log() + ": " + String.join(" | ", last));
    }
  }
}
