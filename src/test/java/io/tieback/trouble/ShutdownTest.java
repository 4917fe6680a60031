package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tieback.command.load.ConnectorProcess;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM in the middle of work, to Tieback as a process of its own. Leases are so long that
 * whatever is not handed back would be seen to be stuck.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ShutdownTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Trouble site;
  private ConnectorProcess process;
  private Properties settings;

  @BeforeEach
  void start() throws IOException {
    site = Trouble.start(folder, "work.lease", "PT30M", "shutdown.wait", "PT8S");
    site.site.connector().close();
    settings = new Properties();
    settings.load(
        new StringReader(
            Files.readString(site.site.configuration().resolve("tieback.properties"))));
    process =
        new ConnectorProcess(
            List.of("-Xmx192m"),
            folder.resolve("run.log"),
            "run",
            "--config",
            site.site.configuration().toString());
    process.start();
    process.awaitOk(
        "http://127.0.0.1:" + settings.getProperty("management.port") + "/observe/health/ready",
        PATIENCE);
  }

  @AfterEach
  void stop() {
    if (process.alive()) {
      process.kill();
    }
    site.close();
  }

  @Test
  @DisplayName(
      "SIGTERM while Xero still works on one batch, another event is being read and more wait: what"
          + " is in flight ends, nothing stays behind, the next start goes on at once")
  void endsCleanlyInTheMiddleOfWork() throws Exception {
    List<Long> first = site.fresh(2);
    long mark = Fault.mark(site.xero);
    Fault.at(site.xero, "PUT", Fault.BILLS).answersLate(2500);
    site.accept(first);
    await()
        .atMost(PATIENCE)
        .until(() -> Fault.since(site.xero, mark, "PUT", Fault.BILLS).size() == 1);
    Fault.at(site.procore, "GET", Fault.REQUISITION).times(3).answersLate(1500);
    List<Long> more = site.fresh(8);
    site.accept(more);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !Fault.since(site.procore, 0, "GET", Fault.REQUISITION + more.get(0) + "$")
                    .isEmpty());

    int code = process.stop(Duration.ofSeconds(30));
    assertThat(code).isIn(0, 143);
    assertThat(Fault.since(site.xero, mark, "PUT", Fault.BILLS).get(0).outcome())
        .as("the batch in flight")
        .isEqualTo("answered late");
    assertThat(
            number(
                "select count(*) from work_item where erp_id is not null and procore_id in ("
                    + first.get(0)
                    + ", "
                    + first.get(1)
                    + ")"))
        .as("invoices whose bill is known")
        .isEqualTo(2);
    nothingStaysBehind();

    site.calm();
    site.site.restart();
    List<Long> all = new ArrayList<>(first);
    all.addAll(more);
    site.awaitAcknowledged(all);
    Books.oneBillEach(site, all);
  }

  @Test
  @DisplayName(
      "SIGTERM while Xero does not answer for longer than a stop waits: the write is handed back as"
          + " unknown, and looked for at the next start")
  void handsBackWhatDoesNotEnd() throws Exception {
    List<Long> ids = site.fresh(2);
    long mark = Fault.mark(site.xero);
    Fault.at(site.xero, "PUT", Fault.BILLS).answersLate(60_000);
    site.accept(ids);
    await()
        .atMost(PATIENCE)
        .until(() -> Fault.since(site.xero, mark, "PUT", Fault.BILLS).size() == 1);
    int code = process.stop(Duration.ofSeconds(30));
    assertThat(code).isIn(0, 143);
    nothingStaysBehind();

    site.calm();
    site.site.restart();
    site.awaitAcknowledged(ids);
    assertThat(Fault.since(site.xero, mark, "PUT", Fault.BILLS)).hasSize(1);
    Books.oneBillEach(site, ids);
  }

  /** No process, port, lock, lease or connection to the database. */
  private void nothingStaysBehind() throws SQLException {
    assertThat(process.alive()).isFalse();
    assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive)).isEmpty();
    for (String port : List.of("server.port", "management.port")) {
      assertThat(canListen(Integer.parseInt(settings.getProperty(port))))
          .as("%s is free again", port)
          .isTrue();
    }
    for (String table :
        List.of(
            "erp_request",
            "request_detail",
            "work_item",
            "write_batch",
            "payment",
            "notice",
            "budget_slot")) {
      assertThat(number("select count(*) from " + table + " where lease_owner is not null"))
          .as("leases in %s", table)
          .isZero();
    }
    assertThat(number("select count(*) from node where stopped_at is null"))
        .as("nodes that are believed to run")
        .isZero();
    assertThat(
            number(
                "select count(*) from pg_stat_activity where datname = current_database() and"
                    + " application_name = 'tieback'"))
        .isZero();
    assertThat(
            number(
                "select count(*) from pg_locks where locktype = 'advisory' and database = (select"
                    + " oid from pg_database where datname = current_database())"))
        .isZero();
  }

  private static boolean canListen(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(site.site.database(), "postgres", "postgres");
        Statement statement = connection.createStatement();
        ResultSet rs = statement.executeQuery(sql)) {
      rs.next();
      return rs.getLong(1);
    }
  }
}
