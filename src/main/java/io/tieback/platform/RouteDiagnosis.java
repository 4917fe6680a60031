package io.tieback.platform;

import io.tieback.platform.RouteFile.Element;
import io.tieback.platform.RouteSet.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What a failure of Camel's means for the person who wrote the file: the line, and the innermost
 * message. Camel names the line of a mistake in the YAML's form only; for the others the line is
 * found by the bean, endpoint or option that the failure names.
 */
final class RouteDiagnosis {

  private static final Pattern UNKNOWN_OPTION =
      Pattern.compile("Unknown parameters=\\[\\{([^=}]+)=");

  private RouteDiagnosis() {}

  /** For a route or another element of a file. */
  static RouteProblem of(Entry entry, Throwable failure) {
    RouteProblem problem = of(entry.file(), failure);
    int line = problem.line();
    if (line == 0) {
      line = line(entry.file(), entry.element(), words(failure));
    }
    return new RouteProblem(problem.file(), line, problem.message());
  }

  /** For a file as a whole; the line is 0 when Camel names none. */
  static RouteProblem of(RouteFile file, Throwable failure) {
    int line = 0;
    String message = null;
    Throwable deepest = failure;
    for (Throwable e = failure; e != null; e = e.getCause()) {
      deepest = e;
      if (e instanceof MarkedYamlEngineException yaml) {
        line = yaml.getProblemMark().map(Mark::getLine).map(index -> index + 1).orElse(line);
        message = yaml.getProblem();
      }
    }
    if (message == null) {
      message = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }
    return new RouteProblem(file.path(), line, message);
  }

  private static int line(RouteFile file, Element element, List<String> words) {
    for (String word : words) {
      OptionalInt found = file.lineWith(element, word);
      if (found.isPresent()) {
        return found.getAsInt();
      }
    }
    return element.firstLine();
  }

  /** What to look for, the most telling first. */
  private static List<String> words(Throwable failure) {
    List<String> words = new ArrayList<>();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof NoSuchBeanException bean && bean.getName() != null) {
        words.add(bean.getName());
      } else if (e instanceof NoSuchEndpointException endpoint) {
        endpoint(endpoint.getUri(), words);
      } else if (e instanceof ResolveEndpointFailedException endpoint) {
        Matcher option = UNKNOWN_OPTION.matcher(String.valueOf(e.getMessage()));
        if (option.find()) {
          words.add(0, option.group(1));
        }
        endpoint(endpoint.getUri(), words);
      }
    }
    return words;
  }

  /** Camel says {@code timer://tick?period=5} where the file may say {@code timer:tick}. */
  private static void endpoint(String uri, List<String> words) {
    if (uri != null && uri.contains(":")) {
      String plain = uri.replaceFirst("://", ":").replaceFirst("\\?.*", "");
      words.add(plain);
      words.add(plain.substring(0, plain.indexOf(':') + 1));
    }
  }
}
