package io.tieback.console.house;

import io.tieback.ledger.SettingChanges;
import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.Subject;
import io.tieback.platform.keys.AllKeys;
import io.tieback.platform.keys.LiveKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Settings as the pages show them, grouped as the reference has them (GEN-CFG-01). */
final class SettingRows {

  private final Settings current;
  private final Map<String, SettingChanges.Change> changed = new LinkedHashMap<>();
  private final Map<String, Settings.Line> lines = new LinkedHashMap<>();

  /**
   * @param current settings in force
   * @param changes changes of the console, newest first
   */
  SettingRows(Settings current, List<SettingChanges.Change> changes) {
    this.current = current;
    changes.forEach(change -> changed.putIfAbsent(change.name(), change));
    current.lines().forEach(line -> lines.put(line.name(), line));
  }

  /**
   * One setting.
   *
   * @param name its whole name
   * @param word its message is {@code setting.<word>} when it can be changed here
   * @param value in force, or null for none; secrets are not shown
   * @param standard its default, or null
   * @param source files, environment, console or default
   * @param where file and line, or variable; blank where there is none
   * @param live whether it can be changed while running, and no variable fixes it
   * @param described what it does, in the reference's words
   * @param change the last change in the console, or null
   */
  public record Row(
      String name,
      String word,
      String value,
      String standard,
      String source,
      String where,
      boolean live,
      String described,
      SettingChanges.Change change) {}

  /**
   * Settings that belong together.
   *
   * @param title heading in the reference
   * @param word its message is {@code settings.group.<word>}
   * @param rows the settings
   */
  public record Group(String title, String word, List<Row> rows) {}

  /** Those of a connection that can be changed while running. */
  List<Group> live(String connection) {
    return groups(connection, key -> LiveKeys.ALL.contains(key) && key.perConnection());
  }

  /** Those of a connection and of the deployment that are read at a start only. */
  List<Group> atStart(String connection) {
    return groups(connection, key -> !LiveKeys.ALL.contains(key));
  }

  /** One setting. */
  Optional<Row> of(String connection, String wholeName) {
    return LiveKeys.of(wholeName, connection).map(key -> row(connection, key));
  }

  private List<Group> groups(String connection, Predicate<Key<?>> wanted) {
    List<Group> groups = new ArrayList<>();
    for (Subject subject : AllKeys.SUBJECTS) {
      List<Row> rows =
          subject.keys().stream().filter(wanted).map(key -> row(connection, key)).toList();
      if (!rows.isEmpty()) {
        groups.add(new Group(subject.title(), subject.word(), rows));
      }
    }
    return groups;
  }

  private Row row(String connection, Key<?> key) {
    String name = key.perConnection() ? key.name(connection) : key.name();
    Settings.Line line = lines.get(name);
    SettingChanges.Change change = changed.get(name);
    boolean environment = current.fixedByEnvironment(name);
    boolean console = !environment && change != null && change.value() != null;
    String source =
        environment
            ? "environment"
            : console
                ? "console"
                : line == null || line.where().equals("default") ? "default" : "files";
    return new Row(
        name,
        key.name().replace(Key.CONNECTION_PREFIX, ""),
        line == null ? null : line.value(),
        key.standard().orElse(null),
        source,
        environment ? Key.environmentName(name) : source.equals("files") ? place(line.where()) : "",
        LiveKeys.ALL.contains(key) && !environment,
        key.description(),
        change);
  }

  /** The file's name and line; where the folder lies is nobody's business here. */
  private static String place(String where) {
    return where.substring(Math.max(where.lastIndexOf('/'), where.lastIndexOf('\\')) + 1);
  }
}
