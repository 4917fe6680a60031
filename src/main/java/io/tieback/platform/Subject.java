package io.tieback.platform;

import java.util.List;
import java.util.Locale;

/**
 * Settings that belong together, in the order in which the reference lists them.
 *
 * @param title heading in the reference
 * @param introduction what they are about; may be blank
 * @param keys the settings
 */
public record Subject(String title, String introduction, List<Key<?>> keys) {

  /** The title as a word for keys of texts: lower case, hyphens between words. */
  public String word() {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
  }
}
