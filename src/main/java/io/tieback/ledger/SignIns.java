package io.tieback.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Attempts to sign in, counted for all nodes together: by the address that was typed (whether it
 * exists or not) and by where they came from. An attempt is counted before its password is looked
 * at, one after the other, so that many at once gain nothing.
 */
public final class SignIns {

  private final Db db;

  SignIns(Db db) {
    this.db = db;
  }

  /**
   * How many attempts are let through.
   *
   * @param perAccount for one mail address
   * @param perAddress from one network address
   * @param window in which they are counted
   */
  public record Limits(int perAccount, int perAddress, Duration window) {}

  /**
   * What became of an attempt.
   *
   * @param allowed whether the password may be looked at
   * @param again when the next attempt is let through; now when this one is
   */
  public record Attempt(boolean allowed, Instant again) {}

  /** Counts one more attempt, or says from when on there may be one. What is refused counts not. */
  public Attempt attempt(String mail, String from, Limits limits) {
    String account = account(mail);
    String address = "from:" + from;
    return db.inOwnTransaction(
        () -> {
          db.holdAlone("sign-in " + account);
          db.holdAlone("sign-in " + address);
          Instant now = db.now();
          Instant again =
              later(
                  free(account, limits.perAccount(), limits.window()),
                  free(address, limits.perAddress(), limits.window()));
          if (again.isAfter(now)) {
            return new Attempt(false, again);
          }
          db.sql("insert into sign_in_attempt (who, at) values (:account, :now), (:address, :now)")
              .with("account", account)
              .with("address", address)
              .update();
          return new Attempt(true, now);
        });
  }

  /** The password was right: the account's attempts no longer count, nor does this one's place. */
  public void succeeded(String mail, String from) {
    db.inTransaction(
        () -> {
          db.sql("delete from sign_in_attempt where who = :account")
              .with("account", account(mail))
              .update();
          db.sql(
                  """
                  delete from sign_in_attempt where id =
                    (select id from sign_in_attempt where who = :address order by at desc, id desc limit 1)
                  """)
              .with("address", "from:" + from)
              .update();
        });
  }

  /** Lets go of attempts that no longer count. Gives how many there were. */
  public int forgetOlder(Duration window) {
    return db.sql("delete from sign_in_attempt where at <= :since")
        .with("since", db.now().minus(window))
        .update();
  }

  /** When there is room again: the time at which the oldest of the last {@code most} ages out. */
  private Instant free(String who, int most, Duration window) {
    return db.sql(
            """
            select at from sign_in_attempt where who = :who and at > :since
            order by at desc, id desc offset :skip limit 1
            """)
        .with("who", who)
        .with("since", db.now().minus(window))
        .with("skip", most - 1)
        .first((rs, row) -> Sql.instant(rs, "at").plus(window))
        .orElse(Instant.MIN);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static String account(String mail) {
    return "mail:" + mail.strip().toLowerCase(Locale.ROOT);
  }
}
