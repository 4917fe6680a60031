package io.tieback.console.house;

import io.tieback.approval.Permissions;
import io.tieback.approval.Refusal;
import io.tieback.approval.Role;
import io.tieback.console.door.Tokens;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Reply;
import io.tieback.console.web.Problem;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Mail;
import io.tieback.ledger.User;
import io.tieback.ledger.Users;
import io.tieback.notice.PasswordMails;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How somebody gets in: being active, password links, sessions and keys, as others see to them. */
final class UserAccess {

  private final Ledger ledger;
  private final Optional<URI> address;
  private final PasswordMails mails;

  UserAccess(Ledger ledger, Optional<URI> address, PasswordMails mails) {
    this.ledger = ledger;
    this.address = address;
    this.mails = mails;
  }

  Reply active(Ask ask) {
    User user = mayChange(ask);
    boolean active = ask.required("active").equals("yes");
    try {
      ledger.users().active(user.id(), active, ask.person().email());
    } catch (Users.NotPossible lastOwner) {
      return back(user).warning("users.last-owner");
    }
    return back(user).saying(active ? "users.active.now" : "users.active.no-longer");
  }

  Reply sessions(Ask ask) {
    User user = mayChange(ask);
    int ended =
        ledger.together(
            () -> {
              int count = ledger.sessions().endAll(user.id());
              ledger
                  .audit()
                  .append(
                      ask.person().email(),
                      "end sessions",
                      "user " + user.id() + " (" + user.email() + ")",
                      Map.of("sessions", Integer.toString(count)));
              return count;
            });
    return back(user).saying("users.sessions.ended", ended);
  }

  Reply revokeKey(Ask ask) {
    User user = mayChange(ask);
    if (!ledger.apiKeys().revoke(ask.number("key"), user.id(), ask.person().email())) {
      throw Problem.notFound();
    }
    return back(user).saying("own.keys.revoked");
  }

  Reply revokeKeys(Ask ask) {
    User user = mayChange(ask);
    int revoked = ledger.apiKeys().revokeAll(user.id(), ask.person().email());
    return back(user).saying("own.keys.revoked.all", revoked);
  }

  Reply link(Ask ask) {
    User user = user(ask);
    requireMay(ask, Permissions.password(ask.person(), user.id(), Role.of(user.role())));
    if (!user.active()) {
      return back(user).warning("users.link.inactive");
    }
    String token = Tokens.fresh();
    boolean byMail = byMail(user.email());
    Instant until =
        ledger.together(
            () -> {
              Instant end =
                  ledger
                      .passwordLinks()
                      .create(Tokens.hash(token), user.id(), ask.person().email());
              if (byMail) {
                mailed(user, token);
              }
              return end;
            });
    if (byMail) {
      return back(user).saying("users.link.mailed", user.email());
    }
    return shown(ask, user, token, until);
  }

  void mailed(User user, String token) {
    if (!mails.send(user, token)) {
      throw new IllegalStateException("the mail to user " + user.id() + " was not stored");
    }
  }

  /** Shown now and never again: only the hash is kept. */
  Reply shown(Ask ask, User user, String token, Instant until) {
    String start =
        address
            .map(URI::toString)
            .orElseGet(() -> "http://" + ask.call().header("Host").orElse("localhost"));
    return Reply.page(
        "users-link",
        Map.of(
            "user", user, "link", start + "/console/set-password?token=" + token, "until", until));
  }

  User user(Ask ask) {
    return ledger.users().byId(ask.number("id")).orElseThrow(Problem::notFound);
  }

  User mayChange(Ask ask) {
    User user = user(ask);
    Role role = Role.of(user.role());
    requireMay(ask, Permissions.user(ask.person(), user.id(), role, role));
    return user;
  }

  static void requireMay(Ask ask, Optional<Refusal> refusal) {
    refusal.ifPresent(
        one -> {
          throw Problem.forbidden(one.reason(ask.language()), one.remedy(ask.language()));
        });
  }

  static Reply.Redirect back(User user) {
    return Reply.redirect("/users/" + user.id());
  }

  /** Whether a password link goes by mail, so that nobody else sees it. */
  boolean byMail(String email) {
    return mails.open() && Mail.isAddress(email.toLowerCase(Locale.ROOT));
  }
}
