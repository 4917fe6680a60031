package io.tieback.platform;

import io.tieback.platform.SettingsReader.Setting;
import io.tieback.platform.keys.AllKeys;
import io.tieback.platform.keys.ServerKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings in use, checked and typed. They come from {@code tieback.properties} and {@code
 * secrets.properties} of one folder; an environment variable {@code TIEBACK_<KEY>} (dots and
 * hyphens as underscores) wins over both, and {@code ${env:NAME}} in a value stands for a
 * variable's value.
 */
public final class Settings {

  /** The file of settings. */
  public static final String FILE = "tieback.properties";

  /** The file of settings that not everybody should read; optional. */
  public static final String SECRETS_FILE = "secrets.properties";

  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> connections;
  private final Map<String, Setting> settings;
  private final Map<String, String> camel;
  private final List<String> warnings;
  private final Map<String, SettingsFile.Written> written;

  Settings(
      Path folder,
      Map<String, String> environment,
      List<String> connections,
      Map<String, Setting> settings,
      Map<String, String> camel,
      List<String> warnings,
      Map<String, SettingsFile.Written> written) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.connections = List.copyOf(connections);
    this.settings = new LinkedHashMap<>(settings);
    this.camel = new LinkedHashMap<>(camel);
    this.warnings = List.copyOf(warnings);
    this.written = new LinkedHashMap<>(written);
  }

  /**
   * One line of a listing for operators.
   *
   * @param name whole name
   * @param value the value, or {@code (not shown)} for a secret
   * @param where where it was written, or {@code default}
   */
  public record Line(String name, String value, String where) {}

  /**
   * Reads the settings of a folder.
   *
   * @param folder holds {@value #FILE} and, if wanted, {@value #SECRETS_FILE}
   * @param environment environment variables, usually {@link System#getenv()}
   * @throws SettingsException naming everything that is wrong: file, line, key, what is allowed and
   *     the name that was probably meant
   */
  public static Settings load(Path folder, Map<String, String> environment) {
    List<String> problems = SettingsFile.noProblems();
    SettingsFile files = new SettingsFile(problems);
    files.read(folder.resolve(FILE), true);
    if (!problems.isEmpty() && files.values().isEmpty()) {
      throw new SettingsException(problems);
    }
    files.read(folder.resolve(SECRETS_FILE), false);
    return new SettingsReader(files.values(), environment, folder, problems).read();
  }

  /**
   * Settings that a command or a test makes up instead of reading them from files.
   *
   * @param folder stands for the configuration folder
   * @param given values by whole name
   * @throws SettingsException as {@link #load}
   */
  public static Settings of(
      Path folder, Map<String, String> given, Map<String, String> environment) {
    return new SettingsReader(
            SettingsFile.of(given, "given"), environment, folder, SettingsFile.noProblems())
        .read();
  }

  /**
   * These settings with values that were changed while running. They count over the files; an
   * environment variable counts over them.
   *
   * @param changes values by whole name
   * @param where how a message calls the place where they were written
   * @throws SettingsException as {@link #load}; nothing is changed then
   */
  public Settings with(Map<String, String> changes, String where) {
    Map<String, SettingsFile.Written> all = new LinkedHashMap<>(written);
    all.putAll(SettingsFile.of(changes, where));
    return new SettingsReader(all, environment, folder, SettingsFile.noProblems()).read();
  }

  /** Whether an environment variable says what this setting is: nothing else can change it then. */
  public boolean fixedByEnvironment(String wholeName) {
    String value = environment.get(Key.environmentName(wholeName));
    return value != null && !value.isBlank();
  }

  /** Names of the connections, in the order in which they are listed. */
  public List<String> connections() {
    return connections;
  }

  /** The configuration folder. */
  public Path folder() {
    return folder;
  }

  /**
   * The value of a setting of the deployment: what was written, else its default.
   *
   * @throws IllegalStateException when there is neither; use {@link #find(Key)} for such keys
   */
  public <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> missing(key.name()));
  }

  /** The value of a setting of one connection; as {@link #get(Key)}. */
  public <T> T get(Key<T> key, String connection) {
    return find(key, connection).orElseThrow(() -> missing(key.name(connection)));
  }

  /**
   * The value of a setting of the deployment; empty when none was written and there is no default.
   */
  public <T> Optional<T> find(Key<T> key) {
    if (key.perConnection()) {
      throw new IllegalArgumentException(key + " belongs to a connection: name it");
    }
    return value(key, key.name());
  }

  /** The value of a setting of one connection; as {@link #find(Key)}. */
  public <T> Optional<T> find(Key<T> key, String connection) {
    if (!key.perConnection() || !connections.contains(connection)) {
      throw new IllegalArgumentException(
          key + " has no value for '" + connection + "'; connections are " + connections);
    }
    return value(key, key.name(connection));
  }

  /** Name of this node: as it was set, else the machine's name and this process's id. */
  public String nodeName() {
    return find(ServerKeys.NODE_NAME)
        .orElseGet(
            () -> {
              String host;
              try {
                host = InetAddress.getLocalHost().getHostName();
              } catch (UnknownHostException e) {
                host = "node";
              }
              return host.replaceAll("[^A-Za-z0-9.-]", "-") + "-" + ProcessHandle.current().pid();
            });
  }

  /** The environment variables that were in force when the settings were read. */
  Map<String, String> environment() {
    return environment;
  }

  /** What was written for Camel itself: lines that begin with {@code camel.}. */
  public Map<String, String> camelProperties() {
    return Map.copyOf(camel);
  }

  /** What is odd, but no reason to refuse the start. */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Every value but the secrets, by whole name, for {@code {{...}}} in routes. Periods are given in
   * milliseconds, since that is what Camel's time options take.
   */
  public Map<String, String> placeholders() {
    Map<String, String> values = new LinkedHashMap<>();
    forEach(
        (key, name) -> {
          if (!key.secret()) {
            value(key, name).ifPresent(value -> values.put(name, placeholder(value)));
          }
        });
    return values;
  }

  /** Every setting that has a value, secrets not shown, in the order of the reference. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    forEach(
        (key, name) -> {
          Setting setting = settings.get(name);
          String text = setting == null ? key.standard().orElse(null) : setting.text();
          if (text != null) {
            lines.add(
                new Line(
                    name,
                    key.secret() ? "(not shown)" : text,
                    setting == null ? "default" : setting.where()));
          }
        });
    return lines;
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "Settings[" + folder + ", connections " + connections + "]";
  }

  private interface EachKey {
    void with(Key<?> key, String name);
  }

  private void forEach(EachKey each) {
    for (Key<?> key : AllKeys.all()) {
      if (key.perConnection()) {
        connections.forEach(connection -> each.with(key, key.name(connection)));
      } else {
        each.with(key, key.name());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <T> Optional<T> value(Key<T> key, String name) {
    Setting setting = settings.get(name);
    Optional<T> value =
        setting != null
            ? Optional.of((T) setting.value())
            : key.standard().map(standard -> key.type().read(standard));
    return key.pathBase().isEmpty()
        ? value
        : value.map(path -> (T) base(key).resolve((Path) path).toAbsolutePath().normalize());
  }

  private Path base(Key<?> key) {
    Path working = Path.of("");
    return switch (key.pathBase().orElseThrow()) {
      case WORKING_FOLDER -> working;
      case CONFIGURATION_FOLDER -> folder;
      case HOME_FOLDER ->
          Optional.ofNullable(environment.get("TIEBACK_HOME")).map(Path::of).orElse(working);
    };
  }

  private static String placeholder(Object value) {
    if (value instanceof Duration period) {
      return Long.toString(period.toMillis());
    }
    if (value instanceof List<?> list) {
      return String.join(",", list.stream().map(String::valueOf).toList());
    }
    return String.valueOf(value);
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException(name + " has no value and no default: ask for it with find");
  }
}
