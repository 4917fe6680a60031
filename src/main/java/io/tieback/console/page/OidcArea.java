package io.tieback.console.page;

import io.tieback.console.door.Gate;
import io.tieback.console.door.ReturnAddress;
import io.tieback.console.door.Tokens;
import io.tieback.console.oidc.OidcDoor;
import io.tieback.console.oidc.OidcRefused;
import io.tieback.console.oidc.OidcRefused.Reason;
import io.tieback.console.oidc.OidcSettings;
import io.tieback.console.oidc.OidcSignIn.Arrival;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Area;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** To the identity provider and back. */
final class OidcArea implements Area {

  private static final Logger LOG = LoggerFactory.getLogger(OidcArea.class);
  private static final String BEGIN = "/console/sign-in/oidc";

  /** The secret of the browser's that a sign-in is made of. */
  private static final String BROWSER_COOKIE = "tieback-oidc";

  private final OidcDoor door;
  private final SignInPage page;
  private final Gate gate;
  private final Cookies cookies;

  OidcArea(OidcDoor door, SignInPage page, Gate gate, Cookies cookies) {
    this.door = door;
    this.page = page;
    this.gate = gate;
    this.cookies = cookies;
  }

  @Override
  public boolean holds(String path) {
    return path.equals(BEGIN) || path.equals(OidcSettings.CALLBACK);
  }

  @Override
  public Answer answer(Call call) {
    if (!call.method().equals("GET")) {
      return Answer.of(405, "text/plain", "Method not allowed.").header("Allow", "GET");
    }
    return call.path().equals(BEGIN) ? begin(call) : finish(call);
  }

  private Answer begin(Call call) {
    String back = ReturnAddress.of(call.query("to").orElse(""));
    if (gate.guest(call).isPresent()) {
      return Answer.seeOther(back);
    }
    // One secret for all tabs: somebody may begin in two and finish in either.
    String known = browser(call);
    String browser = known.isEmpty() ? Tokens.fresh() : known;
    try {
      return Answer.seeOther(door.signIn().begin(browser, back).toString())
          .cookie(cookies.set(BROWSER_COOKIE, browser));
    } catch (OidcRefused refused) {
      return refused(call, back, refused);
    }
  }

  private Answer finish(Call call) {
    Arrival arrival;
    long user;
    try {
      arrival = door.signIn().finish(browser(call), call.query());
      Locale language = page.language(call);
      user = door.people().welcome(arrival.identity(), language.getLanguage(), call.from());
    } catch (OidcRefused refused) {
      // Somebody who goes back in their browser is not signed out by it.
      return refused.reason() == Reason.STALE && gate.guest(call).isPresent()
          ? Answer.seeOther(ReturnAddress.START)
          : refused(call, ReturnAddress.START, refused);
    }
    String back = ReturnAddress.of(arrival.back());
    return gate.admit(
        user,
        call,
        Answer.seeOther(back)
            .cookie(cookies.drop(BROWSER_COOKIE))
            .cookie(cookies.drop(SignInPage.WORD_COOKIE)),
        session -> door.keep(session, arrival));
  }

  private Answer refused(Call call, String back, OidcRefused refused) {
    Reason reason = refused.reason();
    LOG.info("sign-in by {} refused: {}", door.name(), refused.getMessage());
    String key = "oidc.refused." + reason.name().toLowerCase(Locale.ROOT);
    String problem = page.text(call, key, door.name(), refused.word());
    return page.answer(status(reason), call, back, "", "", problem);
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case UNREACHABLE, REJECTED, INVALID -> 502;
      case STALE -> 400;
      case DENIED, NO_MAIL, UNVERIFIED, UNKNOWN, INACTIVE, OTHER_IDENTITY -> 403;
    };
  }

  private String browser(Call call) {
    return call.cookie(cookies.name(BROWSER_COOKIE))
        .filter(kept -> kept.matches("[A-Za-z0-9_-]{43}"))
        .orElse("");
  }
}
