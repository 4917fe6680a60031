package io.tieback.console.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * What the console says, in English and French. The texts stand in pairs of files, {@code
 * messages/<bundle>_en.properties} and {@code _fr}, in UTF-8; each group of pages has its own pair.
 * {@code {0}} stands for the first word that is filled in. What depends on a number has two keys,
 * {@code <key>.one} and {@code <key>.other}, and gets the number as {@code {0}}.
 */
public final class Messages {

  /** The languages that people can choose, the first is the usual one. */
  public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);

  private static final String FOLDER = "/io/tieback/console/messages/";

  private final Map<Locale, Map<String, String>> texts = new LinkedHashMap<>();

  /**
   * Reads them.
   *
   * @throws IllegalStateException when a file is missing, or two files have the same key
   */
  public Messages(Iterable<String> bundles) {
    for (Locale language : LANGUAGES) {
      Map<String, String> all = new LinkedHashMap<>();
      for (String bundle : bundles) {
        read(bundle, language)
            .forEach(
                (key, text) -> {
                  if (all.put(key.toString(), text.toString()) != null) {
                    throw new IllegalStateException(
                        "message "
                            + key
                            + " of bundle "
                            + bundle
                            + " exists in another bundle too");
                  }
                });
      }
      texts.put(language, all);
    }
  }

  private static Properties read(String bundle, Locale language) {
    String name = FOLDER + bundle + "_" + language.getLanguage() + ".properties";
    try (InputStream in = Messages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + name);
      }
      Properties read = new Properties();
      read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The language of the console that serves a locale: English for what it has not. */
  public static Locale language(Locale wanted) {
    return wanted.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH;
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException when there is no such key
   */
  public String text(Locale language, String key, Object... words) {
    String text = texts.get(language(language)).get(key);
    if (text == null) {
      throw new IllegalArgumentException("there is no message '" + key + "'");
    }
    return filled(text, words);
  }

  /** A text about a number of things; the number, as it is written, is {@code {0}}. */
  public String counted(Locale language, String key, long number, Object... further) {
    boolean one = language(language).equals(Locale.FRENCH) ? Math.abs(number) < 2 : number == 1;
    Object[] words = new Object[further.length + 1];
    words[0] = Formats.of(language, Formats.UTC).number(number);
    System.arraycopy(further, 0, words, 1, further.length);
    return text(language, key + (one ? ".one" : ".other"), words);
  }

  /** The text of a key, or what was given when it is no key but a sentence. */
  public String said(Locale language, String keyOrSentence) {
    return has(keyOrSentence) ? text(language, keyOrSentence) : keyOrSentence;
  }

  /** Whether there is such a key. */
  public boolean has(String key) {
    return texts.get(Locale.ENGLISH).containsKey(key);
  }

  private static String filled(String text, Object[] words) {
    if (words.length == 0 || text.indexOf('{') < 0) {
      return text;
    }
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = open < 0 ? -1 : text.indexOf('}', open);
      if (close < 0) {
        break;
      }
      int index = Integer.parseInt(text.substring(open + 1, close));
      if (index >= words.length) {
        throw new IllegalArgumentException(
            "'" + text + "' wants more words than " + Arrays.toString(words));
      }
      filled.append(text, at, open).append(words[index]);
      at = close + 1;
    }
    return filled.append(text.substring(at)).toString();
  }
}
