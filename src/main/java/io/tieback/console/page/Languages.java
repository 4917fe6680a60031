package io.tieback.console.page;

import io.tieback.console.view.Messages;
import io.tieback.console.web.Call;
import java.util.List;
import java.util.Locale;

/** Which language a page is in before anybody is signed in. */
final class Languages {

  /** The cookie of whoever chose one on the sign-in page. */
  static final String COOKIE = "tieback-language";

  private Languages() {}

  /** What was chosen, otherwise what the browser prefers, otherwise English. */
  static Locale of(Call call, String cookieName) {
    return call.query("language")
        .or(() -> call.cookie(cookieName))
        .filter(word -> word.equals("en") || word.equals("fr"))
        .map(Locale::forLanguageTag)
        .orElseGet(() -> preferred(call.header("Accept-Language").orElse("")));
  }

  private static Locale preferred(String header) {
    try {
      List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header);
      Locale found = Locale.lookup(ranges, Messages.LANGUAGES);
      return found == null ? Locale.ENGLISH : found;
    } catch (IllegalArgumentException e) {
      return Locale.ENGLISH;
    }
  }
}
