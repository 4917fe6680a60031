package io.tieback.console.door;

import io.tieback.console.web.ClientAddress;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.SignIns.Attempt;
import io.tieback.ledger.SignIns.Limits;
import io.tieback.ledger.User;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at mail address and password. Whether an address exists shows neither in the answer nor in
 * the time that it takes. What fails is audited. The same look is taken at the old password before
 * a new one: an open browser is no way to try passwords out.
 */
public final class Doorman {

  /** What nobody signs in with: the trail has no room for more. */
  private static final int LONGEST_MAIL = 254;

  private final Ledger ledger;
  private final Limits limits;

  /** A doorman with these limits. */
  public Doorman(Ledger ledger, Limits limits) {
    this.ledger = ledger;
    this.limits = limits;
  }

  /**
   * What came of it.
   *
   * @param userId who it is; empty when they are not let in
   * @param again when they may try again; null when they may at once
   */
  public record Outcome(Optional<Long> userId, Instant again) {}

  /**
   * Looks at an attempt.
   *
   * @param from network address that it came from
   * @param device SHA-256 of what a browser was given when its person signed in, or blank
   */
  public Outcome look(String mail, String password, String from, String device) {
    String typed = mail.strip();
    String account = typed.length() > LONGEST_MAIL ? typed.substring(0, LONGEST_MAIL) : typed;
    String counted = ClientAddress.counted(from);
    Attempt attempt = ledger.signIns().attempt(account, counted, device, limits);
    if (!attempt.allowed()) {
      return new Outcome(Optional.empty(), attempt.again());
    }
    Optional<User> user = ledger.users().byEmail(account).filter(User::active);
    Optional<String> hash = user.flatMap(found -> ledger.users().passwordHash(found.id()));
    boolean same =
        password.length() <= PasswordRules.LONGEST * 4 && PasswordHashes.matches(password, hash);
    if (!same) {
      ledger
          .audit()
          .append(
              user.map(User::email).orElse("nobody"),
              "sign-in refused",
              "console",
              Map.of("from", from));
      return new Outcome(Optional.empty(), null);
    }
    long id = user.orElseThrow().id();
    ledger.signIns().succeeded(account, counted, device);
    ledger.signIns().forgetOlder(limits.window());
    if (PasswordHashes.outdated(hash.orElseThrow())) {
      ledger.users().rehash(id, PasswordHashes.hash(password));
    }
    return new Outcome(Optional.of(id), null);
  }
}
