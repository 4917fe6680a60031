package io.tieback.command.load;

import io.tieback.command.seed.ContractorSeed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration folder of a connector under load: the stand-ins' addresses and their lifted
 * limits, and otherwise the defaults that an operator gets.
 */
final class LoadConfiguration {

  /** What the generated contractor's webhooks carry. */
  static final String AUTHORIZATION = "Bearer sandbox-webhook-authorization";

  private final Map<String, String> lines = new LinkedHashMap<>();

  /**
   * @param database folder of the embedded database, shared with whoever measures
   * @param programs where the embedded database's programs are unpacked
   * @param port where webhooks are received
   * @param managementPort health and metrics
   */
  LoadConfiguration(Path database, Path programs, int port, int managementPort) {
    lines.put("node.name", "load");
    lines.put("server.port", Integer.toString(port));
    lines.put("management.port", Integer.toString(managementPort));
    lines.put("database.mode", "embedded");
    lines.put("database.folder", database.toAbsolutePath().toString());
    lines.put("database.programs-folder", programs.toAbsolutePath().toString());
  }

  /** Adds the connection of a seeded contractor to the stand-ins. */
  LoadConfiguration connection(
      ContractorSeed seed, String redirectUri, String procoreUrl, String erpUrl) {
    return connection(LoadErp.XERO, seed, redirectUri, procoreUrl, erpUrl);
  }

  /** The same for any accounting system. */
  LoadConfiguration connection(
      LoadErp erp, ContractorSeed seed, String redirectUri, String procoreUrl, String erpUrl) {
    String name = seed.connection().value();
    lines.put("connections", name);
    Map<String, String> own = new LinkedHashMap<>();
    own.put("time-zone", "America/Los_Angeles");
    own.put("currency", "USD");
    own.put("procore.company-id", Long.toString(seed.companyId()));
    own.put("procore.url", procoreUrl);
    own.put("procore.login-url", procoreUrl);
    own.put("procore.client-id", seed.procoreClientId());
    own.put("procore.client-secret", ContractorSeed.SECRET);
    own.put("procore.webhook-authorization", AUTHORIZATION);
    own.put("procore.calls-per-hour", "10000000");
    own.put("procore.spike-calls", "100000");
    own.putAll(seed.erp().settings(erpUrl, redirectUri));
    own.putAll(erp.settings(null));
    own.put("retainage.account", "815");
    // What is measured are bills and payments; a reading of costs in between would be noise.
    own.put("costs.schedule", "Never");
    own.forEach((key, value) -> lines.put("connection." + name + "." + key, value));
    return this;
  }

  /** Sets one more setting. */
  LoadConfiguration with(String name, String value) {
    lines.put(name, value);
    return this;
  }

  /** Writes the folder's {@code tieback.properties}, replacing what was there. */
  void write(Path folder) {
    String text =
        lines.entrySet().stream()
            .map(line -> line.getKey() + " = " + line.getValue())
            .collect(Collectors.joining("\n", "", "\n"));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tieback.properties"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the configuration into " + folder + ": " + e.getMessage(), e);
    }
  }
}
