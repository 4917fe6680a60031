package io.tieback.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is signed in at the console. A session is known here by the SHA-256 of the token that the
 * browser holds: whoever reads the table cannot use it. Whoever gets another role or is made
 * inactive is signed out by the database itself (V50).
 */
public final class Sessions {

  /** A session that is used is marked so at most this often: not every request is a write. */
  private static final Duration MARKED_EVERY = Duration.ofSeconds(30);

  private final Db db;

  Sessions(Db db) {
    this.db = db;
  }

  /**
   * Somebody who is signed in.
   *
   * @param userId who
   * @param csrf what each of their forms has to carry
   * @param createdAt when they signed in
   * @param expiresAt when it ends at the latest
   * @param flash what the next page is to say, or null
   */
  public record Session(
      long userId, String csrf, Instant createdAt, Instant expiresAt, String flash) {}

  /**
   * Begins a session.
   *
   * @param tokenHash SHA-256 of the browser's token, lower-case hex
   * @param csrf what each form of this session has to carry
   * @param longest when it ends at the latest
   */
  public void open(String tokenHash, long userId, String csrf, Duration longest) {
    db.sql(
            """
            insert into web_session (token_hash, user_id, csrf, created_at, seen_at, expires_at)
            values (:hash, :user, :csrf, :now, :now, :end)
            """)
        .with("hash", tokenHash)
        .with("user", userId)
        .with("csrf", csrf)
        .with("end", db.now().plus(longest))
        .update();
  }

  /**
   * The session of a token, when it still counts: not ended, used within {@code idle}, and its user
   * active. Using it keeps it from ending for another {@code idle}.
   */
  public Optional<Session> find(String tokenHash, Duration idle) {
    return find(tokenHash, idle, true);
  }

  /**
   * As {@link #find(String, Duration)}.
   *
   * @param used false for what a page asks by itself: that keeps no session alive
   */
  public Optional<Session> find(String tokenHash, Duration idle, boolean used) {
    Optional<Session> session =
        db.sql(
                """
                select s.*, s.seen_at < :mark as stale from web_session s join app_user u on u.id = s.user_id
                where s.token_hash = :hash and s.expires_at > :now and s.seen_at > :since and u.active
                """)
            .with("hash", tokenHash)
            .with("since", db.now().minus(idle))
            .with("mark", db.now().minus(MARKED_EVERY))
            .first(
                (rs, row) -> {
                  if (used && rs.getBoolean("stale")) {
                    seen(tokenHash);
                  }
                  return new Session(
                      rs.getLong("user_id"),
                      rs.getString("csrf"),
                      Sql.instant(rs, "created_at"),
                      Sql.instant(rs, "expires_at"),
                      rs.getString("flash"));
                });
    return session;
  }

  private void seen(String tokenHash) {
    db.sql("update web_session set seen_at = :now where token_hash = :hash")
        .with("hash", tokenHash)
        .update();
  }

  /** What the next page is to say; null takes it back. */
  public void flash(String tokenHash, String flash) {
    db.sql("update web_session set flash = cast(:flash as text) where token_hash = :hash")
        .with("hash", tokenHash)
        .with("flash", flash)
        .update();
  }

  /** Ends one. */
  public void end(String tokenHash) {
    db.sql("delete from web_session where token_hash = :hash").with("hash", tokenHash).update();
  }

  /** Ends every one of a user. Gives how many there were. */
  public int endAll(long userId) {
    return db.sql("delete from web_session where user_id = :user").with("user", userId).update();
  }

  /** How many of a user still count. */
  public long countOf(long userId) {
    return db.sql("select count(*) from web_session where user_id = :user and expires_at > :now")
        .with("user", userId)
        .number();
  }

  /** Lets go of those that no longer count. Gives how many there were. */
  public int forgetEnded(Duration idle) {
    return db.sql("delete from web_session where expires_at <= :now or seen_at <= :since")
        .with("since", db.now().minus(idle))
        .update();
  }
}
