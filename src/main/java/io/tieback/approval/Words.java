package io.tieback.approval;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of refusals in the languages of the console; English where a language is missing. */
final class Words {

  private static final String BUNDLE = "io.tieback.approval.words";
  private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

  private Words() {}

  /** The words of a key, their places filled in. */
  static String of(String key, List<String> arguments, Locale language) {
    ResourceBundle bundle = bundle(language);
    // One pass: what fills a place is a text of somebody else and is not looked at for places.
    return PLACE
        .matcher(bundle.getString(key))
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    argument(bundle, arguments.get(Integer.parseInt(place.group(1))))));
  }

  /** Whether there are such words. */
  static boolean has(String key) {
    return bundle(Locale.ENGLISH).containsKey(key);
  }

  private static String argument(ResourceBundle bundle, String argument) {
    return argument.startsWith("@") && bundle.containsKey(argument.substring(1))
        ? bundle.getString(argument.substring(1))
        : argument;
  }

  private static ResourceBundle bundle(Locale language) {
    return ResourceBundle.getBundle(
        BUNDLE,
        language,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }
}
