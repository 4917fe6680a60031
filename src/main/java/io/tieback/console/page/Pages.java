package io.tieback.console.page;

import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The registry of pages: what is answered under which path, who may, what stands in the navigation
 * and which bundles of messages there are. Paths are relative to {@code /console}; a part in braces
 * matches one segment.
 */
public final class Pages {

  /** For everybody who is signed in. */
  public static final Function<Person, Optional<Refusal>> EVERYBODY = person -> Optional.empty();

  private final List<Route> routes = new ArrayList<>();
  private final List<NavigationEntry> navigation = new ArrayList<>();
  private final Set<String> bundles = new LinkedHashSet<>(List.of("base", "way"));

  /** Several pages about one subject. */
  public interface Group {
    /** Says what it has. */
    void addTo(Pages pages);
  }

  /** One page, or one deed. */
  @FunctionalInterface
  public interface Page {
    /** Answers. May throw {@link io.tieback.console.web.Problem}. */
    Reply answer(Ask ask);
  }

  /**
   * One path.
   *
   * @param method GET or POST
   * @param pattern such as {@code /items/{id}}
   * @param open whether nobody has to be signed in
   * @param whyNot why a person may not; empty when they may
   * @param page what answers
   */
  record Route(
      String method,
      List<String> pattern,
      boolean open,
      Function<Person, Optional<Refusal>> whyNot,
      Page page) {

    /** The named parts, when the path fits. */
    Optional<Map<String, String>> match(List<String> path) {
      if (path.size() != pattern.size()) {
        return Optional.empty();
      }
      Map<String, String> parts = new LinkedHashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String wanted = pattern.get(i);
        if (wanted.startsWith("{")) {
          parts.put(wanted.substring(1, wanted.length() - 1), path.get(i));
        } else if (!wanted.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(parts);
    }
  }

  /** Parts of the navigation, in their order. */
  public enum Section {
    /** Overview. */
    START,
    /** The lists of what is decided about. */
    LISTS,
    /** Payments, costs, tie-out, links. */
    BOOKS,
    /** Settings, users. */
    HOUSE
  }

  /**
   * A line of the navigation. It is shown to whoever may go there.
   *
   * @param section where it stands
   * @param order its place in the section, lowest first
   * @param key message of its name
   * @param path where it leads
   * @param whyNot why a person may not
   * @param count what waits there, or null when nothing is counted
   */
  public record NavigationEntry(
      Section section,
      int order,
      String key,
      String path,
      Function<Person, Optional<Refusal>> whyNot,
      Function<Ask, Long> count) {}

  /** For those whose role has a duty. */
  public static Function<Person, Optional<Refusal>> duty(Duty duty) {
    return person -> Permissions.refusal(person, duty);
  }

  /** Adds the messages of a bundle. */
  public Pages bundle(String name) {
    bundles.add(name);
    return this;
  }

  /** A page that reads only. */
  public Pages get(String path, Function<Person, Optional<Refusal>> whyNot, Page page) {
    return add("GET", path, false, whyNot, page);
  }

  /** A deed: the form carried the session's word against forgery when it comes here. */
  public Pages post(String path, Function<Person, Optional<Refusal>> whyNot, Page page) {
    return add("POST", path, false, whyNot, page);
  }

  /** A page for which nobody has to be signed in; {@link Ask#person} is nobody there. */
  public Pages openGet(String path, Page page) {
    return add("GET", path, true, EVERYBODY, page);
  }

  /** A line of the navigation without a count. */
  public Pages navigation(
      Section section,
      int order,
      String key,
      String path,
      Function<Person, Optional<Refusal>> whyNot) {
    return navigation(section, order, key, path, whyNot, null);
  }

  /** A line of the navigation. */
  public Pages navigation(
      Section section,
      int order,
      String key,
      String path,
      Function<Person, Optional<Refusal>> whyNot,
      Function<Ask, Long> count) {
    navigation.add(new NavigationEntry(section, order, key, path, whyNot, count));
    navigation.sort(
        Comparator.comparing(NavigationEntry::section).thenComparing(NavigationEntry::order));
    return this;
  }

  /** Without a page of its own the start leads to what stands first for whoever comes. */
  void startIfMissing() {
    if (routes.stream().noneMatch(r -> r.method().equals("GET") && r.pattern().isEmpty())) {
      get(
          "/",
          EVERYBODY,
          ask ->
              Reply.redirect(
                  navigation.stream()
                      .filter(line -> line.whyNot().apply(ask.person()).isEmpty())
                      .map(NavigationEntry::path)
                      .findFirst()
                      .orElse("/profile")));
    }
  }

  private Pages add(
      String method,
      String path,
      boolean open,
      Function<Person, Optional<Refusal>> whyNot,
      Page page) {
    List<String> pattern = segments(path);
    if (routes.stream().anyMatch(r -> r.method().equals(method) && r.pattern().equals(pattern))) {
      throw new IllegalStateException(method + " " + path + " has two pages");
    }
    routes.add(new Route(method, pattern, open, whyNot, page));
    return this;
  }

  /** Whether a path has a page already. */
  boolean has(String path) {
    return routes.stream().anyMatch(route -> route.pattern().equals(segments(path)));
  }

  List<Route> routes() {
    return routes;
  }

  /** Lines of the navigation, in their order. */
  public List<NavigationEntry> navigation() {
    return List.copyOf(navigation);
  }

  /** Bundles of messages. */
  public Set<String> bundles() {
    return bundles;
  }

  /** Segments of a path, decoded. */
  static List<String> segments(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }
}
