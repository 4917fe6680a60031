package io.tieback.command.seed;

import io.tieback.construction.ConnectionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the configuration folder of a connector that works against the stand-ins. Only addresses
 * and credentials differ from a real one.
 */
public final class ConnectorConfig {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final java.util.ArrayList<String> connections = new java.util.ArrayList<>();

  /** An empty configuration. */
  public ConnectorConfig() {
    values.put("connections", "");
  }

  /** Sets any value. */
  public ConnectorConfig with(String key, String value) {
    values.put(key, value);
    return this;
  }

  /** Sets a value of a connection. */
  public ConnectorConfig with(ConnectionId connection, String key, String value) {
    return with("connection." + connection.value() + "." + key, value);
  }

  /**
   * Adds a connection between the seeded companies.
   *
   * @param webhookPort port of the connector's webhooks
   */
  public ConnectorConfig connection(
      ContractorSeed seed, String procoreUrl, String erpUrl, int webhookPort, String redirectUri) {
    ConnectionId id = seed.connection();
    connections.add(id.value());
    values.put("connections", String.join(",", connections));
    with(id, "erp", seed.erp().erp())
        .with(id, "time-zone", "America/Los_Angeles")
        .with(id, "currency", "USD");
    with(id, "procore.company-id", Long.toString(seed.companyId()));
    with(id, "procore.url", procoreUrl)
        .with(id, "procore.login-url", procoreUrl)
        .with(id, "procore.web-url", "https://app.procore.com");
    with(id, "procore.client-id", seed.procoreClientId())
        .with(id, "procore.client-secret", ContractorSeed.SECRET);
    with(id, "procore.webhook-authorization", "Bearer webhook-of-" + id.value());
    with(id, "procore.namespace", "tieback-" + id.value());
    with(
        id,
        "procore.webhook-destination",
        "http://127.0.0.1:" + webhookPort + "/webhooks/procore/" + id.value());
    seed.erp().settings(erpUrl, redirectUri).forEach((key, value) -> with(id, key, value));
    with(id, "accounts.default", "500").with(id, "retainage.account", "815");
    return this;
  }

  /** Writes {@code tieback.properties} into the folder and gives the folder. */
  public Path write(Path folder) {
    StringBuilder text =
        new StringBuilder(
            "# Written for the stand-ins; every value can be looked up in"
                + " docs/configuration.md.\n");
    values.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tieback.properties"), text, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + folder + ": " + e.getMessage(), e);
    }
    return folder;
  }

  /**
   * Settings that make a connector quick, for a demonstration or a proof: everything is looked at
   * often, and the stand-in settles fast.
   */
  public ConnectorConfig quick(List<ConnectionId> ids) {
    for (String poll :
        List.of(
            "received",
            "prepare",
            "deliver",
            "look-up",
            "acknowledge",
            "attachments",
            "payments",
            "costs",
            "door",
            "notices")) {
      with("poll." + poll, "PT0.1S");
    }
    with("poll.housekeeping", "PT1S")
        .with("work.linger", "PT0.3S")
        .with("payments.tick", "* * * * * ?")
        .with("costs.tick", "* * * * * ?");
    with("retry.first-delay", "PT0.2S").with("retry.longest-delay", "PT5S");
    ids.forEach(id -> with(id, "xero.settle-time", "PT1.5S"));
    return this;
  }
}
