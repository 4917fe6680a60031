package io.tieback.platform;

import io.tieback.platform.RouteFile.Element;
import io.tieback.platform.RouteSet.Entry;
import io.tieback.platform.keys.ServerKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The route files: every {@code *.camel.yaml} below the product's folder and the site's own. A
 * route of the site replaces the built-in one of the same id.
 */
public final class RouteLibrary {

  private static final String ENDING = ".camel.yaml";

  private final Path builtIn;
  private final Path site;

  /**
   * @param builtIn folder of the product's routes
   * @param site folder of the site's own; need not exist
   */
  public RouteLibrary(Path builtIn, Path site) {
    this.builtIn = builtIn.toAbsolutePath().normalize();
    this.site = site.toAbsolutePath().normalize();
  }

  /** The folders that the settings name. */
  public static RouteLibrary of(Settings settings) {
    return new RouteLibrary(
        settings.get(ServerKeys.ROUTES_FOLDER), settings.get(ServerKeys.SITE_ROUTES_FOLDER));
  }

  /** The files as they are now. */
  RouteSet read() {
    List<RouteFile> files = new ArrayList<>();
    if (!Files.isDirectory(builtIn)) {
      files.add(
          RouteFile.unreadable(
              builtIn,
              false,
              "does not exist. Set routes.folder to the folder of Tieback's routes"));
    }
    read(builtIn, false, files);
    read(site, true, files);
    return new RouteSet(files);
  }

  /** Ids of the routes in force as the files are now, in the order of the files. */
  public List<String> routeIds() {
    return List.copyOf(read().routes().keySet());
  }

  /**
   * Loads everything into a context that has not started yet.
   *
   * @return what was loaded
   * @throws RoutesException when a file cannot be used
   */
  RouteSet load(CamelContext context) {
    RouteSet set = read();
    List<RouteProblem> problems = new ArrayList<>(set.problems());
    Set<RouteFile> files = new LinkedHashSet<>();
    set.others().forEach(other -> files.add(other.file()));
    set.routes().values().forEach(route -> files.add(route.file()));
    for (RouteFile file : files) {
      Predicate<Element> wanted =
          element -> !element.isRoute() || set.routes().get(element.id()).file() == file;
      try {
        load(context, file, wanted);
      } catch (Exception e) {
        problems.add(RouteDiagnosis.of(file, e));
      }
    }
    if (!problems.isEmpty()) {
      throw new RoutesException(problems);
    }
    return set;
  }

  /** Loads one route into a context. */
  static void load(CamelContext context, Entry route) throws Exception {
    load(context, route.file(), element -> element == route.element());
  }

  private static void load(CamelContext context, RouteFile file, Predicate<Element> wanted)
      throws Exception {
    Resource resource = ResourceHelper.fromString("file:" + file.path(), file.textOf(wanted));
    PluginHelper.getRoutesLoader(context).loadRoutes(resource);
  }

  private static void read(Path folder, boolean site, List<RouteFile> files) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.filter(path -> path.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException(
          "cannot list " + folder + ": " + e.getMessage(), new IOException(e));
    }
    for (Path path : paths) {
      try {
        files.add(new RouteFile(path, site, Files.readString(path)));
      } catch (NoSuchFileException e) {
        // Deleted between listing and reading: as if it had not been listed.
        continue;
      } catch (MalformedInputException e) {
        files.add(RouteFile.unreadable(path, site, "is not a text in UTF-8"));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
      }
    }
  }
}
