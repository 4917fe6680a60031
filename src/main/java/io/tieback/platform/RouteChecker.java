package io.tieback.platform;

import io.tieback.platform.RouteSet.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.support.PatternHelper;

/**
 * Tries routes out in a context of their own in which no consumer starts: mistakes in YAML, unknown
 * endpoints and options, and missing beans show there and do no harm.
 */
final class RouteChecker {

  /**
   * A context for trying out, with Java routes in it.
   *
   * @param context started, with {@code autoStartup} off
   * @param end ends it
   */
  record Trial(CamelContext context, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private final Supplier<Trial> trials;

  RouteChecker(Supplier<Trial> trials) {
    this.trials = trials;
  }

  /** Everything that is wrong with a set whose form is right. */
  List<RouteProblem> check(RouteSet set) {
    List<RouteProblem> problems = new ArrayList<>();
    try (Trial trial = trials.get()) {
      CamelContext context = trial.context();
      Set<String> javaRoutes = new HashSet<>();
      context.getRoutes().forEach(route -> javaRoutes.add(route.getRouteId()));
      for (Entry other : set.others()) {
        tryOut(context, other, problems);
      }
      for (Entry route : set.routes().values()) {
        String id = route.element().id();
        if (javaRoutes.contains(id)) {
          problems.add(
              problem(
                  route, "the route " + id + " is built in Java and cannot be replaced by a file"));
        } else {
          checkConfigurations(context, route, problems);
          tryOut(context, route, problems);
        }
      }
    }
    return problems;
  }

  /**
   * Camel passes over a route configuration that does not exist; the route would then run without
   * the error policy that its author wanted.
   */
  static void checkConfigurations(CamelContext context, Entry route, List<RouteProblem> problems) {
    List<String> known =
        ((ModelCamelContext) context)
            .getRouteConfigurationDefinitions().stream()
                .map(RouteConfigurationDefinition::getId)
                .toList();
    for (String wanted : route.element().configurations()) {
      if (known.stream().noneMatch(id -> PatternHelper.matchPattern(id, wanted))) {
        problems.add(
            problem(route, "there is no route configuration '" + wanted + "'; there are " + known));
      }
    }
  }

  private static void tryOut(CamelContext context, Entry entry, List<RouteProblem> problems) {
    try {
      RouteLibrary.load(context, entry);
    } catch (Exception e) {
      problems.add(RouteDiagnosis.of(entry, e));
    }
  }

  private static RouteProblem problem(Entry route, String message) {
    return new RouteProblem(route.file().path(), route.element().firstLine(), message);
  }
}
