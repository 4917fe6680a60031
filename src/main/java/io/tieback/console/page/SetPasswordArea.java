package io.tieback.console.page;

import io.tieback.console.door.PasswordHashes;
import io.tieback.console.door.PasswordRules;
import io.tieback.console.door.SameOrigin;
import io.tieback.console.door.Tokens;
import io.tieback.console.view.Formats;
import io.tieback.console.view.Messages;
import io.tieback.console.view.Reader;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PasswordLinks;
import io.tieback.ledger.User;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where somebody sets a password by the link that an administrator gave them: good once, for a day.
 * A link that is not good says no more than that.
 */
final class SetPasswordArea implements Area {

  private static final String PATH = "/console/set-password";
  private static final String FORM = "[A-Za-z0-9_-]{43}";

  /** Holds the word that the form has to repeat. */
  private static final String WORD_COOKIE = "tieback-set-password";

  private final Screen screen;
  private final Messages messages;
  private final Ledger ledger;
  private final PasswordLinks links;
  private final SameOrigin sameOrigin;
  private final Cookies cookies;
  private final Clock clock;

  SetPasswordArea(
      Screen screen,
      Messages messages,
      Ledger ledger,
      SameOrigin sameOrigin,
      Cookies cookies,
      Clock clock) {
    this.screen = screen;
    this.messages = messages;
    this.ledger = ledger;
    this.links = ledger.passwordLinks();
    this.sameOrigin = sameOrigin;
    this.cookies = cookies;
    this.clock = clock;
  }

  @Override
  public boolean holds(String path) {
    return path.equals(PATH);
  }

  @Override
  public Answer answer(Call call) {
    String token =
        (call.reads() ? call.query("token") : call.field("token"))
            .filter(given -> given.matches(FORM))
            .orElse("");
    Optional<User> user = token.isEmpty() ? Optional.empty() : links.find(Tokens.hash(token));
    if (user.isEmpty()) {
      return page(410, call, Locale.ENGLISH, "", "", new Errors(), "gone");
    }
    Locale language = Locale.forLanguageTag(user.get().language());
    if (call.reads()) {
      return page(200, call, language, token, user.get().email(), new Errors(), "form");
    }
    return call.method().equals("POST")
        ? set(call, language, token, user.get())
        : Answer.of(405, "text/plain", "Method not allowed.");
  }

  private Answer set(Call call, Locale language, String token, User user) {
    Errors errors = new Errors();
    if (!sameOrigin.allows(call, call.cookie(cookies.name(WORD_COOKIE)).orElse(""))) {
      errors.add("new", messages.text(language, "sign-in.again"));
      return page(403, call, language, token, user.email(), errors, "form");
    }
    String wanted = call.field("new").orElse("");
    PasswordRules.whyNot(wanted, user.email())
        .ifPresent(
            key ->
                errors.add(
                    "new",
                    messages.text(language, key, PasswordRules.SHORTEST, PasswordRules.LONGEST)));
    if (!wanted.equals(call.field("again").orElse(""))) {
      errors.add("again", messages.text(language, "password.differs"));
    }
    if (!errors.none()) {
      return page(422, call, language, token, user.email(), errors, "form");
    }
    String hash = PasswordHashes.hash(wanted);
    boolean set =
        ledger.together(
            () -> {
              boolean used = links.use(Tokens.hash(token), hash);
              if (used && call.field("keys").isPresent()) {
                ledger.apiKeys().revokeAll(user.id(), user.email());
              }
              return used;
            });
    return set
        ? page(200, call, language, "", user.email(), errors, "done")
        : page(410, call, language, "", "", errors, "gone");
  }

  private Answer page(
      int status, Call call, Locale known, String token, String email, Errors errors, String step) {
    Locale language =
        step.equals("gone") ? Languages.of(call, cookies.name(Languages.COOKIE)) : known;
    String word =
        call.cookie(cookies.name(WORD_COOKIE))
            .filter(kept -> kept.matches(FORM))
            .orElseGet(Tokens::fresh);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("secret", token);
    model.put("email", email);
    model.put(
        "keys",
        step.equals("form")
            ? links
                .find(Tokens.hash(token))
                .map(user -> ledger.apiKeys().counting(user.id()))
                .orElse("")
            : "");
    model.put("shortest", PasswordRules.SHORTEST);
    model.put("errors", errors);
    model.put("step", step);
    Reader reader = new Reader(language, Formats.of(language, Formats.UTC), clock.instant(), word);
    return screen
        .bare(status, "set-password", model, call, reader)
        .cookie(cookies.set(WORD_COOKIE, word));
  }
}
