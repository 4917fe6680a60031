package io.tieback.console.page;

import io.tieback.console.door.Tokens;
import io.tieback.console.oidc.OidcDoor;
import io.tieback.console.view.Formats;
import io.tieback.console.view.Messages;
import io.tieback.console.view.Reader;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The page on which one signs in, whichever way. */
final class SignInPage {

  /** Holds the word that the form has to repeat: there is no session yet that could. */
  static final String WORD_COOKIE = "tieback-sign-in";

  private final Screen screen;
  private final Messages messages;
  private final Cookies cookies;
  private final Optional<OidcDoor> oidc;
  private final Clock clock;

  SignInPage(
      Screen screen, Messages messages, Cookies cookies, Optional<OidcDoor> oidc, Clock clock) {
    this.screen = screen;
    this.messages = messages;
    this.cookies = cookies;
    this.oidc = oidc;
    this.clock = clock;
  }

  /**
   * The page.
   *
   * @param back where one goes afterwards
   * @param mail what stands in the field
   * @param notice message of what is well, or blank
   * @param problem sentence of what is not, or blank
   */
  Answer answer(int status, Call call, String back, String mail, String notice, String problem) {
    String word =
        call.cookie(cookies.name(WORD_COOKIE))
            .filter(kept -> kept.matches("[A-Za-z0-9_-]{43}"))
            .orElseGet(Tokens::fresh);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("to", back);
    model.put("email", mail);
    model.put("notice", notice);
    model.put("problem", problem);
    model.put("passwords", passwords());
    model.put("provider", oidc.map(OidcDoor::name).orElse(""));
    return screen
        .bare(status, "sign-in", model, call, reader(call, word))
        .cookie(cookies.set(WORD_COOKIE, word));
  }

  /**
   * The page after signing out here, for whoever is still signed in at the provider. It has a link:
   * a form may not lead to another site.
   */
  Answer stillThere(Call call, URI there) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("provider", oidc.map(OidcDoor::name).orElse(""));
    model.put("there", there.toString());
    return screen.bare(200, "signed-out", model, call, reader(call, ""));
  }

  /** Whether one may sign in by password. */
  boolean passwords() {
    return oidc.map(OidcDoor::passwords).orElse(true);
  }

  /** The language of whoever is not signed in. */
  Locale language(Call call) {
    return Languages.of(call, cookies.name(Languages.COOKIE));
  }

  /** A text in it. */
  String text(Call call, String key, Object... words) {
    return messages.text(language(call), key, words);
  }

  private Reader reader(Call call, String word) {
    Locale language = language(call);
    return new Reader(language, Formats.of(language, Formats.UTC), clock.instant(), word);
  }
}
