package io.tieback.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Health of the routes: DOWN when a changed file could not be taken up (the last good routes go on
 * running), or when a route that the files name is not there. Camel's own checks vanish with their
 * route, so they would stay UP. Counts for readiness, not for liveness: a restart would not help.
 */
final class RouteHealth extends AbstractHealthCheck {

  private volatile Set<String> expected = Set.of();
  private volatile List<String> problems = List.of();

  RouteHealth() {
    super("tieback", "routes");
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  /** Routes that should run. */
  void expect(Set<String> ids) {
    expected = Set.copyOf(ids);
  }

  /** What is wrong with the files; empty when nothing is. */
  void problems(List<String> found) {
    problems = List.copyOf(found);
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<String> all = new ArrayList<>(problems);
    for (String id : new TreeSet<>(expected)) {
      Route route = getCamelContext().getRoute(id);
      ServiceStatus status = getCamelContext().getRouteController().getRouteStatus(id);
      if (route == null || status == null) {
        all.add("the route " + id + " is missing");
      } else if (status.isStopped() && Boolean.TRUE.equals(route.isAutoStartup())) {
        all.add("the route " + id + " is " + status.name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    builder.detail("routes", Integer.toString(expected.size()));
    if (all.isEmpty()) {
      builder.up();
    } else {
      builder.detail("degraded", "true");
      builder.message(String.join("; ", all));
      builder.down();
    }
  }
}
