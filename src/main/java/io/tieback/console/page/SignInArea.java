package io.tieback.console.page;

import io.tieback.console.door.Doorman;
import io.tieback.console.door.Gate;
import io.tieback.console.door.Gate.Guest;
import io.tieback.console.door.ReturnAddress;
import io.tieback.console.door.SameOrigin;
import io.tieback.console.door.Tokens;
import io.tieback.console.view.Formats;
import io.tieback.console.view.Messages;
import io.tieback.console.view.Reader;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Signing in and out. */
final class SignInArea implements Area {

  private static final String IN = "/console/sign-in";
  private static final String OUT = "/console/sign-out";

  /** Holds the word that the form has to repeat: there is no session yet that could. */
  private static final String WORD_COOKIE = "tieback-sign-in";

  private final Screen screen;
  private final Messages messages;
  private final Gate gate;
  private final Doorman doorman;
  private final SameOrigin sameOrigin;
  private final Cookies cookies;
  private final Clock clock;

  SignInArea(
      Screen screen,
      Messages messages,
      Gate gate,
      Doorman doorman,
      SameOrigin sameOrigin,
      Cookies cookies,
      Clock clock) {
    this.screen = screen;
    this.messages = messages;
    this.gate = gate;
    this.doorman = doorman;
    this.sameOrigin = sameOrigin;
    this.cookies = cookies;
    this.clock = clock;
  }

  @Override
  public boolean holds(String path) {
    return path.equals(IN) || path.equals(OUT);
  }

  @Override
  public Answer answer(Call call) {
    if (call.path().equals(OUT)) {
      return call.method().equals("POST") ? out(call) : Answer.seeOther(ReturnAddress.START);
    }
    String back = ReturnAddress.of(call.query("to").or(() -> call.field("to")).orElse(""));
    if (call.reads()) {
      return gate.guest(call).isPresent() ? Answer.seeOther(back) : form(call, back);
    }
    return call.method().equals("POST")
        ? in(call, back)
        : Answer.of(405, "text/plain", "Method not allowed.");
  }

  private Answer form(Call call, String back) {
    String notice = call.query("ended").isPresent() ? "sign-in.ended" : "";
    Answer answer = page(200, call, back, "", notice, "");
    return call.query("language").isEmpty()
        ? answer
        : answer.cookie(
            cookies.keep(Languages.COOKIE, language(call).getLanguage(), Duration.ofDays(365)));
  }

  private Answer in(Call call, String back) {
    String mail = call.field("email").orElse("").strip();
    String password = call.field("password").orElse("");
    if (!sameOrigin.allows(call, call.cookie(cookies.name(WORD_COOKIE)).orElse(""))) {
      return page(403, call, back, mail, "", text(call, "sign-in.again"));
    }
    Doorman.Outcome outcome = doorman.look(mail, password, call.from());
    if (outcome.userId().isPresent()) {
      return gate.admit(
          outcome.userId().get(), call, Answer.seeOther(back).cookie(cookies.drop(WORD_COOKIE)));
    }
    if (outcome.again() == null) {
      return page(422, call, back, mail, "", text(call, "sign-in.wrong"));
    }
    Instant now = clock.instant();
    Duration wait = Duration.between(now, outcome.again()).plusSeconds(1);
    String period =
        Formats.of(language(call), Formats.UTC)
            .period(wait.plusMinutes(wait.toSeconds() > 60 ? 1 : 0));
    return page(429, call, back, mail, "", text(call, "sign-in.locked", period))
        .header("Retry-After", Long.toString(wait.toSeconds()));
  }

  private Answer out(Call call) {
    Optional<Guest> guest = gate.guest(call);
    if (guest.isPresent() && !sameOrigin.allows(call, guest.get().session().csrf())) {
      return Answer.seeOther(ReturnAddress.START);
    }
    return gate.leave(call, Answer.seeOther(IN + "?ended=1"));
  }

  private Answer page(
      int status, Call call, String back, String mail, String notice, String problem) {
    String word =
        call.cookie(cookies.name(WORD_COOKIE))
            .filter(kept -> kept.matches("[A-Za-z0-9_-]{43}"))
            .orElseGet(Tokens::fresh);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("to", back);
    model.put("email", mail);
    model.put("notice", notice);
    model.put("problem", problem);
    return screen
        .bare(status, "sign-in", model, call, reader(call, word))
        .cookie(cookies.set(WORD_COOKIE, word));
  }

  private Reader reader(Call call, String word) {
    Locale language = language(call);
    return new Reader(language, Formats.of(language, Formats.UTC), clock.instant(), word);
  }

  private Locale language(Call call) {
    return Languages.of(call, cookies.name(Languages.COOKIE));
  }

  private String text(Call call, String key, Object... words) {
    return messages.text(language(call), key, words);
  }
}
