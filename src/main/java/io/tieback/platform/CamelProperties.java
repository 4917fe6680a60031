package io.tieback.platform;

import io.tieback.platform.keys.ServerKeys;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Camel is told: our defaults, then the operator's own {@code camel.} lines over them. */
final class CamelProperties {

  private CamelProperties() {}

  /** For the context that runs. */
  static Map<String, String> running(Settings settings, String quartzPool) {
    Map<String, String> properties = common(settings);
    properties.put("camel.main.shutdown-timeout", seconds(settings));
    properties.put("camel.main.use-breadcrumb", "true");
    properties.put("camel.server.enabled", "true");
    properties.put("camel.server.host", settings.get(ServerKeys.HOST));
    properties.put("camel.server.port", settings.get(ServerKeys.PORT).toString());
    properties.put("camel.management.enabled", "true");
    properties.put("camel.management.host", settings.get(ServerKeys.MANAGEMENT_HOST));
    properties.put("camel.management.port", settings.get(ServerKeys.MANAGEMENT_PORT).toString());
    properties.put("camel.management.health-check-enabled", "true");
    properties.put("camel.management.metrics-enabled", "true");
    properties.put("camel.health.exposure-level", "full");
    // RouteHealth looks at the routes. Camel's own check of a route fails with a
    // NullPointerException, and the page with 500, while a reload exchanges that route.
    properties.put("camel.health.routes-enabled", "false");
    properties.put("camel.metrics.enabled", "true");
    properties.put("camel.metrics.clear-on-reload", "false");
    // One timer per endpoint and exchange costs more than it tells; the routes' own timers stay.
    properties.put("camel.metrics.enable-exchange-event-notifier", "false");
    if (quartzPool != null) {
      quartz(quartzPool).forEach(properties::put);
    }
    properties.putAll(settings.camelProperties());
    return properties;
  }

  /** For a context in which routes are only tried out: no server, no schedule, nothing starts. */
  static Map<String, String> trial(Settings settings) {
    Map<String, String> properties = common(settings);
    settings
        .camelProperties()
        .forEach(
            (name, value) -> {
              if (name.startsWith("camel.component.")
                  && !name.startsWith("camel.component.quartz")) {
                properties.put(name, value);
              }
            });
    // Quartz keeps schedulers in a table of the process by the context's name: under the same name
    // the trial would be handed the running scheduler, and stop it.
    properties.put("camel.main.name", "tieback-trial");
    properties.put("camel.main.auto-startup", "false");
    properties.put("camel.health.enabled", "false");
    return properties;
  }

  private static Map<String, String> common(Settings settings) {
    Map<String, String> properties = new LinkedHashMap<>(settings.placeholders());
    properties.put("camel.main.name", "tieback");
    properties.put("camel.main.log-mask", "true");
    // Steps that log show under our own name, so that what a site's route says is seen at once.
    properties.put("camel.main.log-name", "io.tieback.routes.${routeId}");
    properties.put("camel.main.source-location-enabled", "true");
    properties.put("camel.main.jmx-enabled", "false");
    properties.put("camel.main.startup-summary-level", "Off");
    properties.put("camel.dataformat.jackson.auto-discover-object-mapper", "true");
    return properties;
  }

  private static String seconds(Settings settings) {
    return Long.toString(settings.get(ServerKeys.SHUTDOWN_WAIT).toSeconds());
  }

  /** Schedules lie in the database, so that of several nodes one fires (design section 10). */
  private static Map<String, String> quartz(String pool) {
    Map<String, String> quartz = new LinkedHashMap<>();
    quartz.put("org.quartz.scheduler.instanceName", "tieback");
    quartz.put("org.quartz.scheduler.instanceId", "AUTO");
    quartz.put("org.quartz.scheduler.skipUpdateCheck", "true");
    quartz.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    quartz.put("org.quartz.threadPool.threadCount", "4");
    quartz.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    quartz.put(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    quartz.put("org.quartz.jobStore.tablePrefix", "QRTZ_");
    quartz.put("org.quartz.jobStore.isClustered", "true");
    quartz.put("org.quartz.jobStore.clusterCheckinInterval", "5000");
    quartz.put("org.quartz.jobStore.useProperties", "false");
    quartz.put("org.quartz.jobStore.dataSource", "tieback");
    quartz.put(
        "org.quartz.dataSource.tieback.connectionProvider.class",
        QuartzConnections.class.getName());
    quartz.put("org.quartz.dataSource.tieback.pool", pool);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("camel.component.quartz.enable-jmx", "false");
    quartz.forEach(
        (name, value) -> properties.put("camel.component.quartz.properties[" + name + "]", value));
    return properties;
  }
}
