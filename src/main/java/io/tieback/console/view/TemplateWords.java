package io.tieback.console.view;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.tieback.construction.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions that templates may call, everywhere, in macros too: {@code t}, {@code tn}, {@code
 * said}, {@code money}, {@code quantity}, {@code number}, {@code date}, {@code dateTime}, {@code
 * machineTime}, {@code age}, {@code ago}, {@code period}, {@code asset}, {@code csrf}, {@code
 * language}. What is null is written as nothing.
 */
final class TemplateWords extends AbstractExtension {

  /** A rendering is one thread's business from beginning to end. */
  private final ThreadLocal<Reader> reading = new ThreadLocal<>();

  private final Map<String, Function> functions = new LinkedHashMap<>();

  TemplateWords(Messages messages, StaticFiles files) {
    add("t", (reader, given) -> messages.text(reader.language(), word(given), rest(given, 1)));
    add(
        "tn",
        (reader, given) ->
            messages.counted(
                reader.language(),
                word(given),
                ((Number) given.get(1)).longValue(),
                rest(given, 2)));
    add("said", (reader, given) -> messages.said(reader.language(), word(given)));
    add(
        "money",
        (reader, given) ->
            reader
                .formats()
                .money(
                    (Money) given.get(0),
                    given.size() < 2 || given.get(1) == null ? null : given.get(1).toString()));
    add("quantity", (reader, given) -> reader.formats().quantity((BigDecimal) given.get(0)));
    add("number", (reader, given) -> reader.formats().number(((Number) given.get(0)).longValue()));
    add("date", (reader, given) -> reader.formats().date((LocalDate) given.get(0)));
    add("dateTime", (reader, given) -> reader.formats().dateTime((Instant) given.get(0)));
    add("machineTime", (reader, given) -> reader.formats().machineTime((Instant) given.get(0)));
    add("age", (reader, given) -> reader.formats().age((Instant) given.get(0), reader.now()));
    add(
        "ago",
        (reader, given) ->
            Duration.between((Instant) given.get(0), reader.now()).toSeconds() < 60
                ? messages.text(reader.language(), "base.just-now")
                : messages.text(
                    reader.language(),
                    "base.ago",
                    reader.formats().age((Instant) given.get(0), reader.now())));
    add("period", (reader, given) -> reader.formats().period((Duration) given.get(0)));
    add("asset", (reader, given) -> files.address(word(given)));
    add("csrf", (reader, given) -> reader.csrf());
    add("language", (reader, given) -> reader.language().getLanguage());
  }

  /** What is rendered for somebody. */
  interface Rendering {
    void run() throws IOException;
  }

  void reading(Reader reader, Rendering work) throws IOException {
    reading.set(reader);
    try {
      work.run();
    } finally {
      reading.remove();
    }
  }

  @Override
  public Map<String, Function> getFunctions() {
    return functions;
  }

  private interface Word {
    Object of(Reader reader, List<Object> given);
  }

  private void add(String name, Word word) {
    functions.put(
        name,
        new Function() {
          @Override
          public Object execute(
              Map<String, Object> arguments,
              PebbleTemplate self,
              EvaluationContext context,
              int line) {
            List<Object> given = new ArrayList<>();
            for (int i = 0; arguments.containsKey(Integer.toString(i)); i++) {
              given.add(arguments.get(Integer.toString(i)));
            }
            if (!given.isEmpty() && given.get(0) == null) {
              return "";
            }
            try {
              return word.of(reading.get(), given);
            } catch (ClassCastException e) {
              throw new IllegalArgumentException(
                  name + "(" + given + ") at line " + line + ": " + e.getMessage(), e);
            }
          }

          @Override
          public List<String> getArgumentNames() {
            return null;
          }
        });
  }

  private static String word(List<Object> given) {
    return given.get(0).toString();
  }

  private static Object[] rest(List<Object> given, int from) {
    return given.subList(from, given.size()).toArray();
  }
}
