package io.tieback.console.page;

import io.tieback.console.door.Doorman;
import io.tieback.console.door.Gate;
import io.tieback.console.door.Gate.Guest;
import io.tieback.console.door.ReturnAddress;
import io.tieback.console.door.SameOrigin;
import io.tieback.console.door.Tokens;
import io.tieback.console.oidc.OidcDoor;
import io.tieback.console.view.Formats;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import io.tieback.ledger.SignIns;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signing in and out. */
final class SignInArea implements Area {

  private static final String IN = "/console/sign-in";

  /** Says that somebody signed in on this device before; it opens nothing. */
  private static final String DEVICE_COOKIE = "tieback-device";

  private static final String OUT = "/console/sign-out";

  private final SignInPage page;
  private final Optional<OidcDoor> oidc;
  private final Gate gate;
  private final Doorman doorman;
  private final SameOrigin sameOrigin;
  private final Cookies cookies;
  private final SignIns signIns;
  private final Clock clock;

  SignInArea(
      SignInPage page,
      Optional<OidcDoor> oidc,
      Gate gate,
      Doorman doorman,
      SameOrigin sameOrigin,
      Cookies cookies,
      SignIns signIns,
      Clock clock) {
    this.page = page;
    this.oidc = oidc;
    this.gate = gate;
    this.doorman = doorman;
    this.sameOrigin = sameOrigin;
    this.cookies = cookies;
    this.signIns = signIns;
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
    Answer answer = page.answer(200, call, back, "", notice, "");
    return call.query("language").isEmpty()
        ? answer
        : answer.cookie(
            cookies.keep(
                Languages.COOKIE, page.language(call).getLanguage(), Duration.ofDays(365)));
  }

  private Answer in(Call call, String back) {
    String mail = call.field("email").orElse("").strip();
    String password = call.field("password").orElse("");
    if (!sameOrigin.allows(call, call.cookie(cookies.name(SignInPage.WORD_COOKIE)).orElse(""))) {
      return page.answer(403, call, back, mail, "", page.text(call, "sign-in.again"));
    }
    if (!page.passwords()) {
      return page.answer(403, call, back, "", "", page.text(call, "oidc.only"));
    }
    String device =
        call.cookie(cookies.name(DEVICE_COOKIE))
            .filter(kept -> kept.matches("[A-Za-z0-9_-]{43}"))
            .map(Tokens::hash)
            .orElse("");
    Doorman.Outcome outcome = doorman.look(mail, password, call.from(), device);
    if (outcome.userId().isPresent()) {
      // Each sign-in makes the browser known anew: a word that somebody planted is of no use later.
      String fresh = Tokens.fresh();
      signIns.remember(mail, Tokens.hash(fresh));
      return gate.admit(
          outcome.userId().get(),
          call,
          Answer.seeOther(back)
              .cookie(cookies.drop(SignInPage.WORD_COOKIE))
              .cookie(cookies.keep(DEVICE_COOKIE, fresh, SignIns.DEVICE_LIFE)));
    }
    if (outcome.again() == null) {
      return page.answer(422, call, back, mail, "", page.text(call, "sign-in.wrong"));
    }
    Instant now = clock.instant();
    Duration wait = Duration.between(now, outcome.again()).plusSeconds(1);
    String period =
        Formats.of(page.language(call), Formats.UTC)
            .period(wait.plusMinutes(wait.toSeconds() > 60 ? 1 : 0));
    return page.answer(429, call, back, mail, "", page.text(call, "sign-in.locked", period))
        .header("Retry-After", Long.toString(wait.toSeconds()));
  }

  private Answer out(Call call) {
    Optional<Guest> guest = gate.guest(call);
    if (guest.isPresent() && !sameOrigin.allows(call, guest.get().session().csrf())) {
      return Answer.seeOther(ReturnAddress.START);
    }
    Optional<URI> there =
        guest.flatMap(known -> oidc.flatMap(door -> door.leave(known.tokenHash())));
    return gate.leave(
        call,
        there
            .map(address -> page.stillThere(call, address))
            .orElseGet(() -> Answer.seeOther(IN + "?ended=1")));
  }
}
