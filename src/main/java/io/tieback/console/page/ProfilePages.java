package io.tieback.console.page;

import io.tieback.console.door.Doorman;
import io.tieback.console.door.PasswordHashes;
import io.tieback.console.door.PasswordRules;
import io.tieback.console.web.Problem;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What everybody may change about themselves: language, mails, password. */
final class ProfilePages implements Pages.Group {

  private final Ledger ledger;
  private final Doorman doorman;
  private boolean further;

  ProfilePages(Ledger ledger, Doorman doorman) {
    this.ledger = ledger;
    this.doorman = doorman;
  }

  @Override
  public void addTo(Pages pages) {
    further = pages.has("/profile/keys");
    pages
        .bundle("profile")
        .get("/profile", Pages.EVERYBODY, ask -> page(ask, new Errors()))
        .post("/profile", Pages.EVERYBODY, this::preferences)
        .post("/profile/password", Pages.EVERYBODY, this::password);
  }

  private Reply page(Ask ask, Errors errors) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("user", user(ask));
    model.put("shortest", PasswordRules.SHORTEST);
    model.put("further", further);
    model.put("keys", ledger.apiKeys().counting(ask.person().id()));
    model.put("errors", errors);
    return errors.none() ? Reply.page("profile", model) : Reply.again("profile", model);
  }

  private Reply preferences(Ask ask) {
    long id = ask.person().id();
    String who = ask.person().email();
    String language = ask.required("language");
    if (!language.equals("en") && !language.equals("fr")) {
      throw Problem.badRequest("language", ask.text("error.choice", language), "error.400.remedy");
    }
    ledger.together(
        () -> {
          ledger.users().language(id, language, who);
          ledger.users().mails(id, ask.ticked("digest"), ask.ticked("failures"), who);
          return null;
        });
    return Reply.redirect("/profile").saying("profile.saved");
  }

  /** Ends every session of theirs, this one too: whoever knew the old password is out. */
  private Reply password(Ask ask) {
    User user = user(ask);
    String wanted = ask.typed("new");
    Errors errors = new Errors();
    PasswordRules.whyNot(wanted, user.email())
        .ifPresent(
            key -> errors.add("new", ask.text(key, PasswordRules.SHORTEST, PasswordRules.LONGEST)));
    if (!wanted.equals(ask.typed("again"))) {
      errors.add("again", ask.text("password.differs"));
    }
    if (!errors.none()) {
      return page(ask, errors);
    }
    Doorman.Outcome outcome = doorman.look(user.email(), ask.typed("old"), ask.call().from(), "");
    if (outcome.userId().filter(id -> id == user.id()).isEmpty()) {
      return page(
          ask,
          errors.add(
              "old",
              outcome.again() == null
                  ? ask.text("password.wrong")
                  : ask.text(
                      "sign-in.locked",
                      ask.formats().age(ask.now(), outcome.again().plusSeconds(60)))));
    }
    String hash = PasswordHashes.hash(wanted);
    ledger.together(
        () -> {
          ledger.users().password(user.id(), hash, user.email());
          if (ask.ticked("keys")) {
            ledger.apiKeys().revokeAll(user.id(), user.email());
          }
          return ledger.sessions().endAll(user.id());
        });
    return Reply.redirect("/sign-in?ended=1");
  }

  private User user(Ask ask) {
    Optional<User> user = ledger.users().byId(ask.person().id());
    return user.orElseThrow(Problem::notFound);
  }
}
