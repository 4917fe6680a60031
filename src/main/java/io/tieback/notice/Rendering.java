package io.tieback.notice;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters as plain text and as HTML, by the templates {@code letter.txt.peb} and {@code
 * letter.html.peb}.
 */
final class Rendering {

  private final PebbleTemplate html;
  private final PebbleTemplate text;

  Rendering() {
    html = template("letter.html.peb", true);
    text = template("letter.txt.peb", false);
  }

  /**
   * A letter that can be sent.
   *
   * @param subject one line
   * @param text as plain text
   * @param html as HTML
   */
  record Rendered(String subject, String text, String html) {}

  /**
   * @param why why the reader gets it
   * @param profile where the reader may choose other mails, or null when nobody can
   */
  Rendered render(Letter letter, Texts texts, String why, String profile) {
    Map<String, Object> model = new HashMap<>();
    model.put("letter", letter);
    model.put("language", texts.language());
    model.put("why", why);
    model.put("profile", profile);
    model.put("profileLabel", texts.get("footer.profile"));
    model.put("automatic", texts.get("footer.automatic"));
    model.put("nl", "\n");
    return new Rendered(
        Texts.subject(letter.subject()), evaluate(text, model), evaluate(html, model));
  }

  private static PebbleTemplate template(String file, boolean escaping) {
    ClasspathLoader loader = new ClasspathLoader(Rendering.class.getClassLoader());
    loader.setPrefix("io/tieback/notice");
    return new PebbleEngine.Builder()
        .loader(loader)
        .autoEscaping(escaping)
        .strictVariables(true)
        .newLineTrimming(true)
        .build()
        .getTemplate(file);
  }

  private static String evaluate(PebbleTemplate template, Map<String, Object> model) {
    StringWriter out = new StringWriter();
    try {
      template.evaluate(out, model);
    } catch (IOException e) {
      throw new UncheckedIOException("the mail template " + template.getName() + " failed", e);
    }
    return out.toString();
  }
}
