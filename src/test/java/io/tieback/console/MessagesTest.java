package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.console.view.Messages;
import io.tieback.platform.Subject;
import io.tieback.platform.keys.AllKeys;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every text exists in both languages, with the same places to fill, and somebody uses it. */
class MessagesTest {

  private static final Path SOURCES = Path.of("src", "main");
  private static final Path FOLDER =
      Path.of("src", "main", "resources", "io", "tieback", "console", "messages");

  @Test
  @DisplayName("each bundle has the same keys in both languages, and each key the same places")
  void complete() throws IOException {
    for (String bundle : bundles()) {
      Properties english = read(bundle, "en");
      Properties french = read(bundle, "fr");
      assertThat(new TreeSet<>(french.stringPropertyNames()))
          .as(bundle)
          .isEqualTo(new TreeSet<>(english.stringPropertyNames()));
      for (String key : english.stringPropertyNames()) {
        assertThat(places(french.getProperty(key)))
            .as(bundle + ": " + key)
            .isEqualTo(places(english.getProperty(key)));
        assertThat(english.getProperty(key)).as(bundle + ": " + key).isNotBlank();
        assertThat(french.getProperty(key)).as(bundle + ": " + key).isNotBlank();
      }
    }
  }

  @Test
  @DisplayName("each key is used: whole, or by its beginning up to a dot where the rest is a word")
  void used() throws IOException {
    String sources = sources();
    List<String> unused =
        bundles().stream()
            .flatMap(bundle -> read(bundle, "en").stringPropertyNames().stream())
            .filter(key -> !used(key, sources))
            .sorted()
            .toList();
    assertThat(unused).isEmpty();
  }

  @Test
  @DisplayName("GEN-CFG-01: each subject that the settings are grouped by has a heading")
  void subjects() {
    Properties texts = read("settings", "en");
    for (Subject subject : AllKeys.SUBJECTS) {
      assertThat(texts.stringPropertyNames()).contains("settings.group." + subject.word());
    }
  }

  private static boolean used(String key, String sources) {
    String plain = key.replaceAll("\\.(one|other)$", "");
    if (quoted(plain, sources)) {
      return true;
    }
    // As in t("state." + word) and t("error." + status + ".title").
    for (int dot = plain.indexOf('.'); dot >= 0; dot = plain.indexOf('.', dot + 1)) {
      if (sources.contains("\"" + plain.substring(0, dot + 1) + "\"")) {
        return true;
      }
    }
    return false;
  }

  private static boolean quoted(String key, String sources) {
    return sources.contains("\"" + key + "\"") || sources.contains("'" + key + "'");
  }

  @Test
  @DisplayName("what a text needs is filled in, and an apostrophe stays one")
  void fills() {
    Messages messages = new Messages(List.of("base"));
    assertThat(messages.text(Locale.FRENCH, "base.paging.rows", 1, 50, "1 234"))
        .isEqualTo("1 à 50 sur 1 234");
    assertThat(messages.said(Locale.ENGLISH, "A sentence, as it is: {0}"))
        .isEqualTo("A sentence, as it is: {0}");
  }

  private static List<String> places(String text) {
    return Pattern.compile("\\{[0-9]}")
        .matcher(text)
        .results()
        .map(r -> r.group())
        .sorted()
        .toList();
  }

  private static List<String> bundles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replaceAll("_(en|fr)[.]properties$", ""))
          .distinct()
          .sorted()
          .toList();
    }
  }

  private static Properties read(String bundle, String language) {
    try (Reader in =
        Files.newBufferedReader(
            FOLDER.resolve(bundle + "_" + language + ".properties"), StandardCharsets.UTF_8)) {
      Properties read = new Properties();
      read.load(in);
      return read;
    } catch (IOException e) {
      throw new AssertionError("bundle " + bundle + " lacks a language: " + e.getMessage(), e);
    }
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file :
          files
              .filter(f -> f.toString().contains("console"))
              .filter(f -> f.toString().endsWith(".java") || f.toString().endsWith(".peb"))
              .toList()) {
        all.append(Files.readString(file)).append('\n');
      }
    }
    return all.toString();
  }
}
