package io.tieback.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file of routes, taken apart into its elements so that one of them can be replaced while the
 * others stay as they are.
 */
final class RouteFile {

  private static final String ROUTE = "route";

  /** Shorthands of a route; they take no description, and Camel gives them an id that changes. */
  private static final Set<String> SHORTHANDS = Set.of("from");

  /**
   * One element of the file's list.
   *
   * @param kind {@code route}, {@code routeConfiguration}, {@code beans}, ...
   * @param id id of a route or route configuration; empty when it has none
   * @param configurations route configurations that a route names
   * @param firstLine its first line, counted from 1
   * @param afterLine the line after its last one
   * @param content what it says, without comments and layout
   */
  record Element(
      String kind,
      String id,
      List<String> configurations,
      int firstLine,
      int afterLine,
      String content) {

    boolean isRoute() {
      return ROUTE.equals(kind);
    }
  }

  private final Path path;
  private final boolean site;
  private final String text;
  private final List<Element> elements = new ArrayList<>();
  private final List<RouteProblem> problems = new ArrayList<>();

  /**
   * @param path the file
   * @param site whether it is the site's own, not the product's
   * @param text what it holds
   */
  RouteFile(Path path, boolean site, String text) {
    this(path, site, text, List.of());
    parse();
  }

  private RouteFile(Path path, boolean site, String text, List<RouteProblem> problems) {
    this.path = path;
    this.site = site;
    this.text = text;
    this.problems.addAll(problems);
  }

  /** A file or folder that cannot be read. */
  static RouteFile unreadable(Path path, boolean site, String message) {
    return new RouteFile(path, site, "", List.of(new RouteProblem(path, 0, message)));
  }

  Path path() {
    return path;
  }

  boolean site() {
    return site;
  }

  List<Element> elements() {
    return elements;
  }

  /** What is wrong with its form. */
  List<RouteProblem> problems() {
    return problems;
  }

  /**
   * The file's text with only the wanted elements; the others are blank lines, so that each line
   * keeps its number in errors and logs.
   */
  String textOf(Predicate<Element> wanted) {
    String[] lines = text.split("\n", -1);
    for (Element element : elements) {
      if (!wanted.test(element)) {
        for (int line = element.firstLine(); line < element.afterLine(); line++) {
          lines[line - 1] = "";
        }
      }
    }
    return String.join("\n", lines);
  }

  /** The first line of an element that holds a word; empty when none does. */
  OptionalInt lineWith(Element element, String word) {
    String[] lines = text.split("\n", -1);
    return IntStream.range(element.firstLine(), element.afterLine())
        .filter(line -> lines[line - 1].contains(word))
        .findFirst();
  }

  private void parse() {
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).map(index -> index + 1).orElse(0);
      problems.add(new RouteProblem(path, line, "not valid YAML: " + e.getProblem()));
      return;
    } catch (YamlEngineException e) {
      problems.add(new RouteProblem(path, 0, "not valid YAML: " + e.getMessage()));
      return;
    }
    if (root.isEmpty()) {
      problems.add(new RouteProblem(path, 0, "is empty. To take its routes away, delete the file"));
    } else if (root.get() instanceof SequenceNode list) {
      read(list);
    } else {
      problems.add(
          new RouteProblem(
              path, line(root.get()), "is not a list. Begin each route with '- route:'"));
    }
  }

  private void read(SequenceNode list) {
    String[] lines = text.split("\n", -1);
    List<Integer> starts = new ArrayList<>();
    for (Node node : list.getValue()) {
      int line = line(node);
      while (line > 1 && !lines[line - 1].stripLeading().startsWith("-")) {
        line--;
      }
      starts.add(line);
    }
    for (int i = 0; i < starts.size(); i++) {
      int after = i + 1 < starts.size() ? starts.get(i + 1) : lines.length + 1;
      element(list.getValue().get(i), starts.get(i), after);
    }
  }

  private void element(Node node, int first, int after) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().size() != 1) {
      problems.add(new RouteProblem(path, first, "is not one thing such as 'route:'"));
      return;
    }
    NodeTuple tuple = mapping.getValue().get(0);
    String kind = scalar(tuple.getKeyNode());
    Node value = tuple.getValueNode();
    if (SHORTHANDS.contains(kind)) {
      problems.add(
          new RouteProblem(
              path, first, "'" + kind + "' stands alone. Write it inside 'route:' with an id"));
      return;
    }
    String id = field(value, "id").orElse("");
    if (ROUTE.equals(kind) && id.isBlank()) {
      problems.add(
          new RouteProblem(
              path, first, "the route has no id. Give it one: it names it in logs and overrides"));
      return;
    }
    List<String> configurations =
        field(value, "routeConfigurationId")
            .map(names -> List.of(names.split("\\s*,\\s*")))
            .orElse(List.of());
    elements.add(new Element(kind, id, configurations, first, after, content(node)));
  }

  private static Optional<String> field(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (name.equals(scalar(tuple.getKeyNode()))) {
          return Optional.of(scalar(tuple.getValueNode()));
        }
      }
    }
    return Optional.empty();
  }

  private static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static String content(Node node) {
    StringBuilder content = new StringBuilder();
    write(node, content);
    return content.toString();
  }

  private static void write(Node node, StringBuilder content) {
    if (node instanceof MappingNode mapping) {
      content.append('{');
      for (NodeTuple tuple : mapping.getValue()) {
        write(tuple.getKeyNode(), content);
        content.append(':');
        write(tuple.getValueNode(), content);
      }
      content.append('}');
    } else if (node instanceof SequenceNode list) {
      content.append('[');
      list.getValue().forEach(item -> write(item, content));
      content.append(']');
    } else {
      String value = scalar(node);
      content.append(node.getTag()).append('#').append(value.length()).append('#').append(value);
    }
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
