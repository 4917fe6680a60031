package io.tieback.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses with which somebody sets a password of their own. Of each only the SHA-256 of its token
 * is kept; it is good once, for a day, and only the latest of a person counts.
 */
public final class PasswordLinks {

  /** How long one is good. */
  public static final Duration LIFE = Duration.ofHours(24);

  private final Db db;
  private final Users users;
  private final Audit audit;

  PasswordLinks(Db db, Users users, Audit audit) {
    this.db = db;
    this.users = users;
    this.audit = audit;
  }

  /**
   * Makes one; those that the person was given before count no longer.
   *
   * @param tokenHash SHA-256 of its token, lower-case hex
   * @param who who made it, for the audit trail
   * @return when it ends
   * @throws Users.NotPossible when the person is not known or not active
   */
  public Instant create(String tokenHash, long userId, String who) {
    Audit.requireWho(who);
    return db.inTransaction(
        () -> {
          User user =
              users
                  .byId(userId)
                  .filter(User::active)
                  .orElseThrow(
                      () ->
                          new Users.NotPossible(
                              "user "
                                  + userId
                                  + " is not known or not active: make them active first"));
          db.sql("delete from password_link where user_id = :user").with("user", userId).update();
          Instant end = db.now().plus(LIFE);
          db.sql(
                  """
                  insert into password_link (token_hash, user_id, created_at, created_by, expires_at)
                  values (:hash, :user, :now, :who, :end)
                  """)
              .with("hash", tokenHash)
              .with("user", userId)
              .with("who", who)
              .with("end", end)
              .update();
          audit.append(
              who,
              "make password link",
              Users.subject(userId, user.email()),
              Map.of("until", end.toString()));
          return end;
        });
  }

  /** Whose it is, while it is good. */
  public Optional<User> find(String tokenHash) {
    return db.sql(
            """
            select u.* from password_link l join app_user u on u.id = l.user_id
            where l.token_hash = :hash and l.used_at is null and l.expires_at > :now and u.active
            """)
        .with("hash", tokenHash)
        .first(User::map);
  }

  /**
   * Uses it up: the person has this password from now on and is signed out everywhere.
   *
   * @param passwordHash what is kept of the password
   * @return whether it was good; nothing is changed otherwise
   */
  public boolean use(String tokenHash, String passwordHash) {
    return db.inTransaction(
        () -> {
          Optional<User> user = find(tokenHash);
          boolean taken =
              user.isPresent()
                  && db.sql(
                              "update password_link set used_at = :now where token_hash = :hash and"
                                  + " used_at is null")
                          .with("hash", tokenHash)
                          .update()
                      == 1;
          if (taken) {
            users.password(user.get().id(), passwordHash, user.get().email());
            db.sql("delete from web_session where user_id = :user")
                .with("user", user.get().id())
                .update();
          }
          return taken;
        });
  }
}
