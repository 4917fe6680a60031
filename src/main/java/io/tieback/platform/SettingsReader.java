package io.tieback.platform;

import io.tieback.platform.SettingsFile.Written;
import io.tieback.platform.keys.AllKeys;
import io.tieback.platform.keys.ServerKeys;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what was written into typed values, and collects everything that is wrong with it. */
final class SettingsReader {

  private static final String CAMEL = "camel.";
  private static final Pattern ENVIRONMENT = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");

  /** A password that somebody wrote into an address. */
  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&\\s]*");

  /** Environment variables that begin like a setting's and are none. */
  private static final Set<String> NO_SETTINGS =
      Set.of(
          "TIEBACK_HOME",
          "TIEBACK_JAVA_OPTIONS",
          "TIEBACK_SPECS",
          "TIEBACK_TRACE",
          SecretBox.ENVIRONMENT_VARIABLE);

  /** Camel options that would undo what Tieback guarantees, and what to do instead. */
  private static final Map<String, String> REFUSED_CAMEL =
      Map.of(
          "camel.main.routes-reload-", "Tieback reloads routes itself; see routes.reload",
          "camel.main.routes-include-pattern", "use routes.folder and routes.site-folder",
          "camel.server.host", "use server.host",
          "camel.server.port", "use server.port",
          "camel.management.host", "use management.host",
          "camel.management.port", "use management.port",
          "camel.component.http.follow-redirects",
              "a redirect would hand the credentials to another host");

  private final Map<String, Written> written;
  private final Map<String, String> environment;
  private final Path folder;
  private final List<String> problems;
  private final Set<String> refused = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Map<String, String> camel = new LinkedHashMap<>();

  SettingsReader(
      Map<String, Written> written,
      Map<String, String> environment,
      Path folder,
      List<String> problems) {
    this.written = written;
    this.environment = environment;
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * A value in use.
   *
   * @param key whose value it is
   * @param name the whole name, with the connection's
   * @param value what the program gets
   * @param text the value as text, after environment variables were put in
   * @param where where it was written
   */
  record Setting(Key<?> key, String name, Object value, String text, String where) {}

  Settings read() {
    read(ServerKeys.CONNECTIONS, ServerKeys.CONNECTIONS.name());
    List<String> connections = connections();
    Set<String> names = new TreeSet<>();
    Set<String> variables = new TreeSet<>(NO_SETTINGS);
    for (Key<?> key : AllKeys.all()) {
      for (String name : names(key, connections)) {
        names.add(name);
        variables.add(Key.environmentName(name));
        if (key != ServerKeys.CONNECTIONS) {
          read(key, name);
        }
      }
    }
    AllKeys.all().forEach(key -> names(key, connections).forEach(name -> require(key, name)));
    AllKeys.all().forEach(key -> names(key, connections).forEach(name -> narrow(key, name)));
    written.forEach((name, value) -> unknown(name, value, names, connections));
    warnOfVariables(variables);
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Settings(
        folder, environment, connections, settings, camel, List.copyOf(warnings), written);
  }

  private List<String> connections() {
    Setting setting = settings.get(ServerKeys.CONNECTIONS.name());
    if (setting == null) {
      return List.of();
    }
    List<?> listed = (List<?>) setting.value();
    return listed.stream().map(String.class::cast).toList();
  }

  private static List<String> names(Key<?> key, List<String> connections) {
    return key.perConnection() ? connections.stream().map(key::name).toList() : List.of(key.name());
  }

  private <T> void read(Key<T> key, String name) {
    String variable = Key.environmentName(name);
    String overriding = environment.get(variable);
    Written source = written.get(name);
    if (overriding != null && !overriding.isBlank()) {
      source = new Written(overriding.strip(), "environment variable " + variable);
    }
    if (source == null) {
      return;
    }
    if (source.value().isEmpty()) {
      key.standard()
          .ifPresent(
              standard ->
                  problems.add(
                      written.get(name).where()
                          + ": "
                          + name
                          + " is empty. Give a value, or remove the line; then "
                          + standard
                          + " applies"));
      return;
    }
    String text = withVariables(source, name);
    if (text == null) {
      refused.add(name);
      return;
    }
    try {
      settings.put(name, new Setting(key, name, key.type().read(text), text, source.where()));
    } catch (IllegalArgumentException e) {
      refused.add(name);
      problems.add(wrong(key, name, text, source.where(), key.type().allowed()));
    }
  }

  private static String wrong(Key<?> key, String name, String text, String where, String allowed) {
    String shown =
        key.secret()
            ? "what is given (not shown)"
            : "'" + PASSWORD.matcher(text).replaceAll("$1(not shown)") + "'";
    String hint =
        key.secret()
            ? ""
            : NearestName.to(text, key.type().choices())
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("");
    return where
        + ": "
        + name
        + ": "
        + shown
        + " is not "
        + allowed
        + ", for example "
        + key.example()
        + hint;
  }

  private String withVariables(Written source, String name) {
    Matcher matcher = ENVIRONMENT.matcher(source.value());
    StringBuilder text = new StringBuilder();
    boolean complete = true;
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null || value.isBlank()) {
        problems.add(
            source.where()
                + ": "
                + name
                + " names the environment variable "
                + matcher.group(1)
                + ", which is not set. Set it, or write the value here");
        complete = false;
        value = "";
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value.strip()));
    }
    matcher.appendTail(text);
    return complete ? text.toString() : null;
  }

  private void require(Key<?> key, String name) {
    if (settings.containsKey(name) || refused.contains(name) || key.requirement().isEmpty()) {
      return;
    }
    Key.Requirement requirement = key.requirement().get();
    String because = "";
    if (requirement.other() != null) {
      String other = otherName(requirement.other(), name);
      String value = deciding(requirement.other(), other);
      if (!value.equals(requirement.value())) {
        return;
      }
      because = ", because " + other + " is " + value;
    }
    problems.add(
        folder.resolve(Settings.FILE)
            + ": "
            + name
            + " is missing"
            + because
            + ". "
            + key.description()
            + " For example: "
            + name
            + " = "
            + key.example());
  }

  /** What the type of a setting lets through, but not beside the value of another setting. */
  private void narrow(Key<?> key, String name) {
    Setting setting = settings.get(name);
    if (setting == null || key.narrowed().isEmpty()) {
      return;
    }
    Key.Narrowed narrowed = key.narrowed().get();
    String other = otherName(narrowed.other(), name);
    if (!deciding(narrowed.other(), other).equals(narrowed.value())) {
      return;
    }
    try {
      narrowed.type().read(setting.text());
    } catch (IllegalArgumentException e) {
      String because = ", because " + other + " is " + narrowed.value();
      problems.add(
          wrong(key, name, setting.text(), setting.where(), narrowed.type().allowed() + because));
    }
  }

  /** The value in use of a setting that others depend on. */
  private String deciding(Key<?> key, String name) {
    Setting setting = settings.get(name);
    return setting == null ? key.standard().orElse("") : setting.text();
  }

  private static String otherName(Key<?> other, String name) {
    return other.perConnection() ? other.name(name.split("\\.", 3)[1]) : other.name();
  }

  private void unknown(String name, Written value, Set<String> names, List<String> connections) {
    if (name.startsWith(CAMEL)) {
      camel(name, value);
      return;
    }
    if (names.contains(name)) {
      return;
    }
    String[] parts = name.split("\\.", 3);
    if (name.startsWith("connection.") && parts.length == 3 && !connections.contains(parts[1])) {
      problems.add(
          value.where()
              + ": "
              + name
              + " is for a connection '"
              + parts[1]
              + "' that 'connections' does not list"
              + NearestName.to(parts[1], connections)
                  .map(nearest -> "; did you mean '" + nearest + "'?")
                  .orElse(". Add it there, or remove the line"));
      return;
    }
    problems.add(
        value.where()
            + ": "
            + name
            + " is no setting of Tieback"
            + NearestName.to(name, names)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElse("; docs/configuration.md lists them"));
  }

  private void camel(String name, Written value) {
    String plain = dashed(name);
    for (Map.Entry<String, String> refused : REFUSED_CAMEL.entrySet()) {
      if (plain.startsWith(refused.getKey())) {
        problems.add(value.where() + ": " + name + " may not be set: " + refused.getValue());
        return;
      }
    }
    String text = withVariables(value, name);
    if (text != null) {
      camel.put(name, text);
    }
  }

  /** Camel takes {@code followRedirects} and {@code follow-redirects} for the same. */
  private static String dashed(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /**
   * A variable that looks like a setting and is none is told, not refused: Kubernetes makes such
   * ones by itself for a service of the name "tieback".
   */
  private void warnOfVariables(Set<String> known) {
    environment.keySet().stream()
        .filter(variable -> variable.startsWith("TIEBACK_") && !known.contains(variable))
        .sorted()
        .forEach(
            variable ->
                warnings.add(
                    "environment variable "
                        + variable
                        + " is no setting of Tieback and has no effect"
                        + NearestName.to(variable, known)
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("")));
  }
}
