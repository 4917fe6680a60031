package io.tieback.platform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings as small as they can be, for tests. */
public final class TestSettings {

  private TestSettings() {}

  /** What one connection needs, by whole name. */
  public static Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("connections", "main");
    values.put("connection.main.time-zone", "America/Chicago");
    values.put("connection.main.currency", "USD");
    values.put("connection.main.procore.company-id", "8080");
    values.put("connection.main.procore.client-id", "procore-client");
    values.put("connection.main.procore.client-secret", "procore-secret");
    values.put("connection.main.procore.webhook-authorization", "Bearer 0123456789abcdef");
    values.put("connection.main.xero.client-id", "xero-client");
    values.put("connection.main.xero.client-secret", "xero-secret");
    values.put("database.programs-folder", "target/postgres-programs");
    return values;
  }

  /** Settings of a folder, with further values given as name, value, name, value. */
  public static Settings of(Path folder, String... more) {
    Map<String, String> values = values();
    values.put("database.folder", folder.resolve("postgres").toString());
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return Settings.of(folder, values, Map.of());
  }
}
