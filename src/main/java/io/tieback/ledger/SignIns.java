package io.tieback.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Attempts to sign in, counted for all nodes together: by the mail address that was typed (whether
 * it exists or not) with the network or the known device that it came from, by the network over all
 * accounts, and by the account over all networks. Wrong passwords from one network keep nobody out
 * elsewhere; an account that is tried from many networks is slowed down, never closed, and devices
 * on which its owner signed in before are not held up by that. An attempt is counted before its
 * password is looked at, one after the other, so that many at once gain nothing.
 */
public final class SignIns {

  /** An account has this many times what one network may, before it is slowed down. */
  static final int NETWORKS = 10;

  /** How long a device on which somebody signed in stays known. */
  public static final Duration DEVICE_LIFE = Duration.ofDays(90);

  private static final String DEVICE = "device:";

  private final Db db;

  SignIns(Db db) {
    this.db = db;
  }

  /**
   * How many attempts are let through.
   *
   * @param perAccount for one mail address from one network or known device
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

  /**
   * Counts one more attempt, or says from when on there may be one. What is refused counts not.
   *
   * @param device SHA-256 of what the browser was given when its person signed in, or blank
   */
  public Attempt attempt(String mail, String from, String device, Limits limits) {
    String account = account(mail);
    String address = "from:" + from;
    return db.inOwnTransaction(
        () -> {
          db.holdAlone("sign-in " + account);
          db.holdAlone("sign-in " + address);
          Instant now = db.now();
          boolean known = known(account, device);
          String pair = account + (known ? " " + DEVICE + device : " " + address);
          Instant again = free(pair, limits.perAccount(), limits.window());
          if (!known) {
            // Whoever shares a network with a guesser is let in on a device of their own.
            again = later(again, free(address, limits.perAddress(), limits.window()));
            again = later(again, slowed(account, limits));
          }
          if (again.isAfter(now)) {
            return new Attempt(false, again);
          }
          count(pair);
          if (!known) {
            count(address);
            count(account);
          }
          return new Attempt(true, now);
        });
  }

  /**
   * The password was right: what was tried on the account from there no longer counts, nor does
   * this attempt elsewhere. What others try from other networks goes on counting.
   *
   * @param device that of {@link #attempt}; it is forgotten, a sign-in makes a new one known
   */
  public void succeeded(String mail, String from, String device) {
    String account = account(mail);
    String address = "from:" + from;
    db.inTransaction(
        () -> {
          if (!known(account, device)) {
            takeBack(address);
            takeBack(account);
          }
          for (String who :
              List.of(
                  account + " " + address,
                  account + " " + DEVICE + device,
                  DEVICE + device + " " + account)) {
            db.sql("delete from sign_in_attempt where who = :who").with("who", who).update();
          }
        });
  }

  /** Somebody signed in on this device, by SHA-256 of what its browser was given. */
  public void remember(String mail, String device) {
    count(DEVICE + device + " " + account(mail));
  }

  private boolean known(String account, String device) {
    return !device.isEmpty()
        && db.sql("select count(*) from sign_in_attempt where who = :who and at > :since")
                .with("who", DEVICE + device + " " + account)
                .with("since", db.now().minus(DEVICE_LIFE))
                .number()
            > 0;
  }

  private void count(String who) {
    db.sql("insert into sign_in_attempt (who, at) values (:who, :now)").with("who", who).update();
  }

  private void takeBack(String who) {
    db.sql(
            """
            delete from sign_in_attempt where id =
              (select id from sign_in_attempt where who = :who order by at desc, id desc limit 1)
            """)
        .with("who", who)
        .update();
  }

  /**
   * When an account that is tried from many networks has its next turn: then attempts pass one by
   * one, as fast in all as one network alone may guess.
   */
  private Instant slowed(String account, Limits limits) {
    if (free(account, limits.perAccount() * NETWORKS, limits.window()).equals(Instant.MIN)) {
      return Instant.MIN;
    }
    return free(account, 1, limits.window().dividedBy(limits.perAccount()));
  }

  /** Lets go of attempts that no longer count. Gives how many there were. */
  public int forgetOlder(Duration window) {
    return db.sql(
            "delete from sign_in_attempt where at <= :since and (who not like 'device:%' or at <="
                + " :known)")
        .with("since", db.now().minus(window))
        .with("known", db.now().minus(DEVICE_LIFE))
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
