package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.command.load.ConnectorProcess;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of one name on one database, as a copied configuration makes them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class NodeNameTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Trouble site;
  private Path log;
  private ConnectorProcess process;

  @BeforeEach
  void start() {
    site = Trouble.start(folder, "node.name", "connector-1");
    log = folder.resolve("run.log");
    process =
        new ConnectorProcess(
            List.of("-Xmx192m"), log, "run", "--config", site.site.configuration().toString());
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
      "the second does not start and says why in one line; the first works on, and the commands do")
  void theSecondIsRefused() throws IOException {
    process.start();
    assertThat(process.awaitEnd(PATIENCE)).isEqualTo(1);
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains("connector-1"))
        .singleElement()
        .asString()
        .startsWith("tieback: another process runs as node 'connector-1'")
        .contains("node.name");
    Trouble.CommandLine.run(
        0, "dead-letters", "list", "--config", site.site.configuration().toString());
    List<Long> ids = site.fresh(2);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    Books.oneBillEach(site, ids);
  }

  @Test
  @DisplayName("a process that was killed (SIGKILL) is followed at once by one of the same name")
  void aKilledProcessIsFollowedAtOnce() throws IOException {
    site.site.connector().close();
    Properties settings = new Properties();
    settings.load(
        new StringReader(
            Files.readString(site.site.configuration().resolve("tieback.properties"))));
    String health =
        "http://127.0.0.1:" + settings.getProperty("management.port") + "/observe/health";
    for (int life = 0; life < 2; life++) {
      process.start();
      process.awaitOk(health, PATIENCE);
      process.kill();
    }
    assertThat(Files.readString(log)).doesNotContain("another process runs");
  }
}
