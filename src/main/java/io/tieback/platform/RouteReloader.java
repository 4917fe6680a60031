package io.tieback.platform;

import io.tieback.platform.RouteSet.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes changed route files up while the connector runs. A change counts when it was seen twice the
 * same (an editor may still be writing), and is checked as a whole in a context that does not start
 * before anything is replaced. A mistake leaves the last good routes running and shows in the
 * health. Camel's own reload is not used: it stops a route before it knows whether the new one is
 * good.
 */
final class RouteReloader {

  private static final Logger LOG = LoggerFactory.getLogger(RouteReloader.class);

  private final CamelContext context;
  private final RouteLibrary library;
  private final RouteChecker checker;
  private final RouteHealth health;
  private final Duration stopWait;
  private final Map<String, Entry> atStart;
  private final Map<String, Entry> running;
  private Map<String, String> seen;
  private Map<String, String> settled;

  /**
   * @param context runs the routes
   * @param loaded the routes that it was started with
   * @param stopWait how long a route that is replaced may finish its work
   */
  RouteReloader(
      CamelContext context,
      RouteLibrary library,
      RouteSet loaded,
      RouteChecker checker,
      RouteHealth health,
      Duration stopWait) {
    this.context = context;
    this.library = library;
    this.checker = checker;
    this.health = health;
    this.stopWait = stopWait;
    this.running = new LinkedHashMap<>(loaded.routes());
    this.atStart = loaded.othersByContent();
    this.seen = fingerprint(loaded);
    this.settled = seen;
    health.expect(loaded.routes().keySet());
  }

  /** Looks at the files once; call it again and again. Never throws. */
  synchronized void look() {
    try {
      RouteSet now = library.read();
      Map<String, String> fingerprint = fingerprint(now);
      boolean stable = fingerprint.equals(seen);
      seen = fingerprint;
      if (stable && !fingerprint.equals(settled)) {
        settled = fingerprint;
        takeUp(now);
      }
    } catch (RuntimeException e) {
      LOG.error("the route files could not be looked at: {}", e.getMessage(), e);
      health.problems(List.of("the route files could not be looked at: " + e.getMessage()));
    }
  }

  private void takeUp(RouteSet now) {
    List<RouteProblem> problems = new ArrayList<>(now.problems());
    if (problems.isEmpty()) {
      problems.addAll(checker.check(now));
    }
    if (problems.isEmpty()) {
      problems.addAll(replace(now));
    }
    if (!problems.isEmpty()) {
      problems.forEach(problem -> LOG.error("route not taken up: {}", problem));
      health.problems(problems.stream().map(RouteProblem::toString).toList());
      return;
    }
    List<String> restart = needingRestart(now);
    restart.forEach(change -> LOG.warn("{}", change));
    health.problems(restart);
  }

  private List<RouteProblem> replace(RouteSet now) {
    List<RouteProblem> problems = new ArrayList<>();
    Set<String> added = new TreeSet<>();
    Set<String> changed = new TreeSet<>();
    Set<String> removed = new TreeSet<>(running.keySet());
    removed.removeAll(now.routes().keySet());
    for (String id : removed) {
      try {
        remove(id);
        running.remove(id);
      } catch (Exception e) {
        problems.add(problem(running.get(id), e));
      }
    }
    now.routes()
        .forEach(
            (id, entry) -> {
              Entry old = running.get(id);
              if (old != null && old.element().content().equals(entry.element().content())) {
                running.put(id, entry);
              } else if (exchange(id, old, entry, problems)) {
                running.put(id, entry);
                (old == null ? added : changed).add(id);
              }
            });
    health.expect(now.routes().keySet());
    LOG.info("routes taken up: changed {}, new {}, removed {}", changed, added, removed);
    return problems;
  }

  /**
   * Puts a route in the place of an old one; puts the old one back when the new one does not start.
   */
  private boolean exchange(String id, Entry old, Entry entry, List<RouteProblem> problems) {
    try {
      remove(id);
      RouteLibrary.load(context, entry);
      return true;
    } catch (Exception e) {
      problems.add(problem(entry, e));
      try {
        remove(id);
        if (old != null) {
          RouteLibrary.load(context, old);
        }
      } catch (Exception again) {
        problems.add(problem(old == null ? entry : old, again));
      }
      return false;
    }
  }

  private void remove(String id) throws Exception {
    if (context.getRoute(id) != null) {
      context.getRouteController().stopRoute(id, stopWait.toSeconds(), TimeUnit.SECONDS);
      if (!context.removeRoute(id)) {
        throw new IllegalStateException("the route " + id + " does not stop");
      }
    }
  }

  private List<String> needingRestart(RouteSet now) {
    Map<String, Entry> current = now.othersByContent();
    List<String> changes = new ArrayList<>();
    current.forEach(
        (content, other) -> {
          if (!atStart.containsKey(content)) {
            changes.add(change(other, "is new or changed"));
          }
        });
    atStart.forEach(
        (content, other) -> {
          boolean kept =
              current.values().stream().anyMatch(candidate -> samePlace(candidate, other));
          if (!current.containsKey(content) && !kept) {
            changes.add(change(other, "was removed"));
          }
        });
    return changes;
  }

  private static boolean samePlace(Entry one, Entry other) {
    return one.file().path().equals(other.file().path())
        && one.element().kind().equals(other.element().kind())
        && one.element().id().equals(other.element().id());
  }

  private static String change(Entry other, String what) {
    String name = (other.element().kind() + " " + other.element().id()).strip();
    return new RouteProblem(
            other.file().path(),
            other.element().firstLine(),
            name + " " + what + " and needs a restart; the routes that run keep the old one")
        .toString();
  }

  private static RouteProblem problem(Entry entry, Exception e) {
    return RouteDiagnosis.of(entry, e);
  }

  private static Map<String, String> fingerprint(RouteSet set) {
    Map<String, String> fingerprint = new LinkedHashMap<>();
    set.routes()
        .forEach(
            (id, entry) ->
                fingerprint.put(
                    "route " + id, entry.file().path() + "\n" + entry.element().content()));
    set.othersByContent().keySet().forEach(content -> fingerprint.put(content, ""));
    set.problems().forEach(problem -> fingerprint.put(problem.toString(), ""));
    return fingerprint;
  }
}
