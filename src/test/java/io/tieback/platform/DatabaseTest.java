package io.tieback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    serverPid().ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  @DisplayName("what was written is there after a stop, and nothing runs in between")
  void keepsDataOverAStop() throws Exception {
    ProcessHandle server;
    String url;
    try (Database database = Database.open(TestSettings.of(folder))) {
      run(database, "create table kept(amount numeric(18,2))");
      run(database, "insert into kept values (1234567.89)");
      server = serverPid().orElseThrow();
      url = database.url();
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(server.isAlive()).isFalse();
    assertThat(folder.resolve("postgres/data/postmaster.pid")).doesNotExist();
    assertThat(Ports.taken(port(url))).isFalse();

    try (Database database = Database.open(TestSettings.of(folder))) {
      assertThat(ask(database, "select amount from kept")).isEqualTo("1234567.89");
    }
  }

  @Test
  @DisplayName("tables that a newer Tieback has changed are refused, and nothing is changed")
  void refusesTablesOfANewerTieback() throws Exception {
    try (Database database = Database.open(TestSettings.of(folder))) {
      run(
          database,
          "insert into flyway_schema_history(installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) values (999, '999', 'newer',"
              + " 'SQL', 'V999__newer.sql', 1, 'tieback', 1, true)");
    }
    assertThatThrownBy(() -> Database.open(TestSettings.of(folder)).close())
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("newer Tieback");
  }

  @Test
  @DisplayName(
      "a commit is on disk when it returns, and strangers on the machine are asked for a password")
  void isDurableAndClosedToOthers() throws Exception {
    try (Database database = Database.open(TestSettings.of(folder))) {
      assertThat(ask(database, "show fsync")).isEqualTo("on");
      assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(database, "show full_page_writes")).isEqualTo("on");
      assertThat(ask(database, "show data_checksums")).isEqualTo("on");
      assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(database, "show unix_socket_directories")).isEmpty();
      assertThat(Integer.parseInt(ask(database, "show max_connections")))
          .isGreaterThanOrEqualTo(100);
      assertThatThrownBy(
              () -> java.sql.DriverManager.getConnection(database.url(), "tieback", "guessed"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(folder.resolve("postgres/password")))
          .hasSize(2)
          .allMatch(permission -> permission.name().startsWith("OWNER"));
    }
  }

  @Test
  @DisplayName("a command beside a running connector uses its server and leaves it running")
  void joinsAServerThatRuns() throws Exception {
    try (ChildProcess connector = new ChildProcess(DatabaseHolder.class, folder.toString())) {
      String url = connector.await("open ");
      try (Database command = Database.open(TestSettings.of(folder))) {
        assertThat(command.url()).isEqualTo(url);
      }
      connector.say("query");
      assertThat(connector.await("valid ")).isEqualTo("true");
      connector.say("end");
      connector.await("closed");
    }
    assertThat(serverPid()).isEmpty();
  }

  @Test
  @DisplayName("the last one out stops the server, also when it was not the one that started it")
  void lastOneOutStops() throws Exception {
    try (ChildProcess starter = new ChildProcess(DatabaseHolder.class, folder.toString())) {
      starter.await("open ");
      try (Database command = Database.open(TestSettings.of(folder))) {
        starter.say("end");
        starter.await("closed");
        assertThat(starter.exitCode()).isZero();
        assertThat(ask(command, "select 1")).isEqualTo("1");
      }
      assertThat(serverPid()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "after SIGKILL of the connector the next start finds the server and its end stops it")
  void findsTheServerOfAKilledProcess() throws Exception {
    String url;
    try (ChildProcess killed = new ChildProcess(DatabaseHolder.class, folder.toString())) {
      url = killed.await("open ");
      killed.kill();
    }
    assertThat(serverPid()).isPresent();
    try (Database next = Database.open(TestSettings.of(folder))) {
      assertThat(next.url()).isEqualTo(url);
      assertThat(ask(next, "select 1")).isEqualTo("1");
    }
    assertThat(serverPid()).isEmpty();
  }

  @Test
  @DisplayName(
      "a pid file left by a crash does not block the start, not even when its number is somebody"
          + " else's")
  void startsAfterACrashOfTheServer() throws Exception {
    Path pidFile = folder.resolve("postgres/data/postmaster.pid");
    List<String> lines;
    try (Database database = Database.open(TestSettings.of(folder))) {
      run(database, "create table kept(n int)");
      lines = Files.readAllLines(pidFile);
    }
    // As after a crash of the machine: the number now belongs to a living process, ours.
    lines.set(0, Long.toString(ProcessHandle.current().pid()));
    Files.write(pidFile, lines);
    try (Database database = Database.open(TestSettings.of(folder))) {
      assertThat(ask(database, "select count(*) from kept")).isEqualTo("0");
    }
  }

  @Test
  @DisplayName("a set-up that was killed half-way is begun again")
  void beginsAHalfSetUpAgain() throws Exception {
    Path half = Files.createDirectories(folder.resolve("postgres/new-data"));
    Files.writeString(half.resolve("PG_VERSION"), "17\n");
    try (Database database = Database.open(TestSettings.of(folder))) {
      assertThat(ask(database, "select 1")).isEqualTo("1");
    }
  }

  @Test
  @DisplayName("two users in one process share the server until both have closed")
  void isSharedWithinAProcess() throws Exception {
    Database first = Database.open(TestSettings.of(folder));
    try (Database second = Database.open(TestSettings.of(folder))) {
      first.close();
      assertThat(ask(second, "select 1")).isEqualTo("1");
    }
    assertThat(serverPid()).isEmpty();
  }

  @Test
  @DisplayName("a port that is taken is told, with the end of the server's log")
  void tellsThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      Settings settings =
          TestSettings.of(folder, "database.port", Integer.toString(taken.getLocalPort()));
      assertThatThrownBy(() -> Database.open(settings))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("server.log")
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  @DisplayName("an external database that does not answer is named, with the settings to look at")
  void tellsThatAnExternalDatabaseDoesNotAnswer() throws Exception {
    int closed = Ports.free();
    Settings settings =
        TestSettings.of(
            folder,
            "database.mode",
            "external",
            "database.url",
            "jdbc:postgresql://127.0.0.1:" + closed + "/tieback",
            "database.user",
            "tieback",
            "database.password",
            "hidden-password",
            "database.start-wait",
            "PT1S");
    assertThatThrownBy(() -> Database.open(settings))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("127.0.0.1:" + closed)
        .hasMessageContaining("database.url")
        .hasMessageNotContaining("hidden-password");
  }

  @Test
  @DisplayName("an external database is used through its address, and not stopped at the end")
  void usesAnExternalDatabase() throws Exception {
    try (Database server = Database.open(TestSettings.of(folder))) {
      Settings external =
          TestSettings.of(
              folder,
              "database.mode",
              "external",
              "database.url",
              server.url(),
              "database.user",
              "tieback",
              "database.password",
              Files.readString(folder.resolve("postgres/password")).strip());
      try (Database database = Database.open(external)) {
        assertThat(ask(database, "select 1")).isEqualTo("1");
      }
      assertThat(ask(server, "select 1")).isEqualTo("1");
    }
  }

  private Optional<ProcessHandle> serverPid() throws IOException {
    Path pidFile = folder.resolve("postgres/data/postmaster.pid");
    return Files.exists(pidFile)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
            .filter(process -> process.pid() != ProcessHandle.current().pid())
        : Optional.empty();
  }

  private static int port(String url) {
    return java.net.URI.create(url.substring("jdbc:".length())).getPort();
  }

  private static void run(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
