package io.tieback.command.load;

import io.tieback.command.seed.ContractorSeed;
import io.tieback.platform.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration folder of the connector under {@code prove}: short times, no limits, the same
 * ports and node name in every life.
 */
final class ProveConfiguration {

  /**
   * How long a bill or a payment that may have been written has to be absent before it is written
   * again.
   */
  static final Duration SETTLE = Duration.ofSeconds(6);

  private static final String WEBHOOK_AUTHORIZATION = "Bearer prove-webhook-authorization";

  private final Path folder;
  private final int port = freePort();
  private final int managementPort = freePort();
  private final int redirectPort = freePort();
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param folder where {@value Settings#FILE} is written; made when missing
   * @param database folder of the database, shared with this process
   * @param programs where the database's programs are unpacked
   */
  ProveConfiguration(Path folder, Path database, Path programs) {
    this.folder = folder;
    values.put("node.name", "prove");
    values.put("server.port", Integer.toString(port));
    values.put("management.port", Integer.toString(managementPort));
    values.put("routes.reload", "false");
    values.put("database.folder", database.toAbsolutePath().toString());
    values.put("database.programs-folder", programs.toAbsolutePath().toString());
    values.put("retry.first-delay", "PT0.1S");
    values.put("retry.longest-delay", "PT2S");
    values.put("retry.attempts", "1000");
    values.put("waiting.recheck", "PT1S");
    for (String poll :
        new String[] {"received", "prepare", "deliver", "look-up", "acknowledge", "payments"}) {
      values.put("poll." + poll, "PT0.05S");
    }
    values.put("work.linger", "PT0.1S");
    values.put("poll.catch-up", "PT2S");
    values.put("payments.tick", "0/1 * * * * ?");
  }

  /** Address that a sign-in sends the browser back to. */
  String redirectUri() {
    return "http://localhost:" + redirectPort + "/callback";
  }

  /** Address that answers 200 when the connector is up. */
  String healthAddress() {
    return "http://127.0.0.1:" + managementPort + "/observe/health";
  }

  /** Adds what the connection between the two seeded companies needs. */
  void connection(LoadErp erp, ContractorSeed seed, String procoreUrl, String erpUrl) {
    String name = seed.connection().value();
    values.put("connections", name);
    // What is proved are bills and payments.
    values.put("connection." + name + ".costs.schedule", "Never");
    String procore = "connection." + name + ".procore.";
    values.put("connection." + name + ".time-zone", "America/Los_Angeles");
    values.put("connection." + name + ".currency", "USD");
    values.put("connection." + name + ".retainage.account", "815");
    values.put(procore + "company-id", Long.toString(seed.companyId()));
    values.put(procore + "url", procoreUrl);
    values.put(procore + "login-url", procoreUrl);
    values.put(procore + "client-id", seed.procoreClientId());
    values.put(procore + "client-secret", ContractorSeed.SECRET);
    values.put(procore + "webhook-authorization", WEBHOOK_AUTHORIZATION);
    values.put(
        procore + "webhook-destination", "http://127.0.0.1:" + port + "/webhooks/procore/" + name);
    values.put(procore + "calls-per-hour", "10000000");
    values.put(procore + "spike-calls", "100000");
    Map<String, String> side = new LinkedHashMap<>(seed.erp().settings(erpUrl, redirectUri()));
    side.putAll(erp.settings(SETTLE));
    side.forEach((key, value) -> values.put("connection." + name + "." + key, value));
  }

  /**
   * Writes the file for the next life.
   *
   * @param documentsPerCall how many bills go in one call
   * @param sameKeyAgain whether Xero's idempotency keys are relied on; without, what is missing
   *     goes under a new key, which forgives nothing
   */
  void write(ContractorSeed seed, int documentsPerCall, boolean sameKeyAgain) {
    // Only Xero has these.
    String xero = "connection." + seed.connection().value() + ".xero.";
    values.put(xero + "documents-per-call", Integer.toString(documentsPerCall));
    values.put(xero + "idempotency-window", sameKeyAgain ? "PT5M30S" : "PT0S");
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(Settings.FILE), text);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not write the connector's configuration to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** What was written, read back as the connector reads it. */
  Settings settings() {
    return Settings.load(folder, System.getenv());
  }

  /** The folder. */
  Path folder() {
    return folder;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address: " + e.getMessage(), e);
    }
  }
}
