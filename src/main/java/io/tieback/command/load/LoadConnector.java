package io.tieback.command.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The connector under load: {@code tieback run} in a process of its own, with the options of the
 * {@code tieback} script.
 */
final class LoadConnector implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ConnectorProcess process;
  private final int port;
  private final int managementPort;

  /**
   * @param configuration its folder
   * @param javaOptions besides the script's own
   * @param log file that its output is added to
   */
  LoadConnector(
      Path configuration, List<String> javaOptions, Path log, int port, int managementPort) {
    this.process =
        new ConnectorProcess(
            JavaOptions.with(javaOptions), log, "run", "--config", configuration.toString());
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts it. Gives the time from starting the process until health answers that everything is up.
   */
  Duration start() {
    long begun = System.nanoTime();
    process.start();
    process.awaitOk(management() + "/observe/health", PATIENCE);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Asks it to end and waits for that. */
  int stop() {
    return process.stop(PATIENCE);
  }

  /** Where webhooks of a connection go. */
  URI webhooks(String connection) {
    return URI.create("http://127.0.0.1:" + port + "/webhooks/procore/" + connection);
  }

  /** Address of health and metrics. */
  String management() {
    return "http://127.0.0.1:" + managementPort;
  }

  /** Whether it runs. */
  boolean alive() {
    return process.alive();
  }

  /** CPU time of all its lives. */
  Duration cpu() {
    return process.cpu();
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    if (process.alive()) {
      process.stop(PATIENCE);
    }
  }
}
