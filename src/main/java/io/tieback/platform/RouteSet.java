package io.tieback.platform;

import io.tieback.platform.RouteFile.Element;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every route of a moment: the built-in ones, with the site's own in place of those of the same id.
 */
final class RouteSet {

  /**
   * A route and where it stands.
   *
   * @param file its file
   * @param element its element there
   */
  record Entry(RouteFile file, Element element) {}

  private final Map<String, Entry> routes = new LinkedHashMap<>();
  private final List<Entry> others = new ArrayList<>();
  private final List<RouteProblem> problems = new ArrayList<>();

  /** The files in any order; the site's own win over the product's. */
  RouteSet(List<RouteFile> files) {
    Map<String, Entry> builtIn = new LinkedHashMap<>();
    Map<String, Entry> site = new LinkedHashMap<>();
    for (RouteFile file : files) {
      problems.addAll(file.problems());
      for (Element element : file.elements()) {
        Entry entry = new Entry(file, element);
        if (element.isRoute()) {
          add(file.site() ? site : builtIn, entry);
        } else {
          others.add(entry);
        }
      }
    }
    routes.putAll(builtIn);
    routes.putAll(site);
  }

  /** The routes in force, by id. */
  Map<String, Entry> routes() {
    return routes;
  }

  /** What is no route: route configurations, beans, templates. Camel takes it at start only. */
  List<Entry> others() {
    return others;
  }

  /** What is wrong with the files' form. */
  List<RouteProblem> problems() {
    return problems;
  }

  /** What is no route, as text to compare: file, kind and content of each. */
  Map<String, Entry> othersByContent() {
    Map<String, Entry> contents = new LinkedHashMap<>();
    for (Entry other : others) {
      contents.put(
          other.file().path() + " " + other.element().kind() + " " + other.element().content(),
          other);
    }
    return contents;
  }

  private void add(Map<String, Entry> all, Entry entry) {
    Entry earlier = all.putIfAbsent(entry.element().id(), entry);
    if (earlier != null) {
      Path first = earlier.file().path();
      problems.add(
          new RouteProblem(
              entry.file().path(),
              entry.element().firstLine(),
              "the route "
                  + entry.element().id()
                  + " is also in "
                  + first.getFileName()
                  + ", line "
                  + earlier.element().firstLine()
                  + ". Give one of them another id"));
    }
  }
}
