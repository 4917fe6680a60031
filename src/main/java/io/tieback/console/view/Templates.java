package io.tieback.console.view;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Turns a template of {@code io/tieback/console/templates} and its model into HTML. Everything is
 * escaped; a variable that the model does not have is an error, not a blank.
 */
public final class Templates {

  private final PebbleEngine engine;
  private final TemplateWords words;

  /** Templates with these texts and files. */
  public Templates(Messages messages, StaticFiles files) {
    this.words = new TemplateWords(messages, files);
    ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix("io/tieback/console/templates");
    loader.setSuffix(".peb");
    this.engine =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .autoEscaping(true)
            .newLineTrimming(true)
            .extension(words)
            .build();
  }

  /**
   * The HTML of a template.
   *
   * @param name such as {@code home} or {@code fragments/counts}
   */
  public String html(String name, Map<String, Object> model, Reader reader) {
    StringWriter out = new StringWriter();
    try {
      words.reading(reader, () -> engine.getTemplate(name).evaluate(out, model, reader.language()));
    } catch (PebbleException e) {
      throw new IllegalStateException("template " + name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
