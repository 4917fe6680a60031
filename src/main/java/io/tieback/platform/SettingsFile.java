package io.tieback.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads files of {@code key = value} lines. Unlike {@link java.util.Properties} it knows the line
 * of each key, refuses a key given twice, and takes a value as it stands: no escapes and no lines
 * that continue, so that passwords need no care.
 */
final class SettingsFile {

  /**
   * A value as it was written.
   *
   * @param value the text, without the blanks around it
   * @param where file and line, or the environment variable
   */
  record Written(String value, String where) {}

  private final Map<String, Written> values = new LinkedHashMap<>();
  private final List<String> problems;

  SettingsFile(List<String> problems) {
    this.problems = problems;
  }

  /** What was read, by key, in the order of the files. */
  Map<String, Written> values() {
    return values;
  }

  /** Reads one file; a file that is not there is a problem only when it has to be. */
  void read(Path file, boolean required) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      if (required) {
        problems.add(
            file
                + " does not exist. Copy config/tieback.example.properties to it and fill it in, or"
                + " name another folder with --config");
      }
      return;
    } catch (MalformedInputException e) {
      problems.add(file + " is not a text in UTF-8. Save it in that encoding");
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
    for (int i = 0; i < lines.size(); i++) {
      line(lines.get(i).strip(), file + ", line " + (i + 1));
    }
  }

  private void line(String line, String where) {
    if (line.isEmpty() || line.startsWith("#") || line.startsWith("!")) {
      return;
    }
    int equals = line.indexOf('=');
    if (equals < 1) {
      // The line is not shown: it may be a secret that was pasted without its key.
      problems.add(where + ": not a setting. Write it as key = value, or begin the line with #");
      return;
    }
    String key = line.substring(0, equals).strip();
    String value = line.substring(equals + 1).strip();
    if (value.endsWith("\\")) {
      problems.add(
          where
              + ": "
              + key
              + " ends in a backslash. Values are written on one line; give one that really ends so"
              + " by an environment variable");
      return;
    }
    Written earlier = values.putIfAbsent(key, new Written(value, where));
    if (earlier != null) {
      problems.add(
          where + ": " + key + " was already given in " + earlier.where() + ". Remove one of them");
    }
  }

  /** The values of a map, for tests and for what a command makes up itself. */
  static Map<String, Written> of(Map<String, String> given, String where) {
    Map<String, Written> values = new LinkedHashMap<>();
    given.forEach((key, value) -> values.put(key, new Written(value, where)));
    return new LinkedHashMap<>(values);
  }

  /** A list that problems are collected in. */
  static List<String> noProblems() {
    return new ArrayList<>();
  }
}
