package io.tieback.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keys with which programs use the API in somebody's name. Of each only the SHA-256 is kept, and a
 * beginning by which people tell them apart. Every change is audited.
 */
public final class ApiKeys {

  /** How many one person may have that still count. */
  public static final int MOST = 20;

  /** A key that is used is marked so at most this often: not every call is a write. */
  private static final Duration MARKED_EVERY = Duration.ofMinutes(1);

  private final Db db;
  private final Audit audit;

  ApiKeys(Db db, Audit audit) {
    this.db = db;
    this.audit = audit;
  }

  /**
   * A key.
   *
   * @param id the ledger's key
   * @param userId in whose name it works
   * @param name what it is for
   * @param prefix its beginning, by which people tell keys apart
   * @param canWrite whether it may decide too, not only read
   * @param createdAt when it was made
   * @param expiresAt when it ends, or null for never
   * @param usedAt when it was last used, to the minute, or null
   * @param revokedAt when it was taken back, or null
   */
  public record ApiKey(
      long id,
      long userId,
      String name,
      String prefix,
      boolean canWrite,
      Instant createdAt,
      Instant expiresAt,
      Instant usedAt,
      Instant revokedAt) {

    /** Whether it still counts at a moment. */
    public boolean counts(Instant now) {
      return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
    }
  }

  /**
   * What is kept of a new key.
   *
   * @param name what it is for
   * @param prefix its beginning
   * @param hash SHA-256 of the whole, lower-case hex
   * @param canWrite whether it may decide too
   * @param expiresAt when it ends, or null for never
   */
  public record Draft(
      String name, String prefix, String hash, boolean canWrite, Instant expiresAt) {}

  /**
   * Makes a key.
   *
   * @param who who makes it, for the audit trail
   * @return its number
   * @throws Users.NotPossible when the person has {@value #MOST} that count already
   */
  public long create(long userId, Draft draft, String who) {
    Audit.requireWho(who);
    return db.inTransaction(
        () -> {
          db.holdAlone("api keys of " + userId);
          long present = of(userId).stream().filter(key -> key.counts(db.now())).count();
          if (present >= MOST) {
            throw new Users.NotPossible(
                "there are " + present + " keys already, and " + MOST + " is the most: revoke one");
          }
          long id =
              db.sql(
                      """
                      insert into api_key (user_id, name, prefix, key_hash, can_write, created_at, expires_at)
                      values (:user, :name, :prefix, :hash, :write, :now, cast(:end as timestamptz)) returning id
                      """)
                  .with("user", userId)
                  .with("name", draft.name())
                  .with("prefix", draft.prefix())
                  .with("hash", draft.hash())
                  .with("write", draft.canWrite())
                  .with("end", draft.expiresAt())
                  .number();
          audit.append(
              who,
              "make API key",
              subject(id, draft.prefix()),
              Map.of(
                  "name",
                  draft.name(),
                  "may",
                  draft.canWrite() ? "read and write" : "read",
                  "until",
                  draft.expiresAt() == null ? "no end" : draft.expiresAt().toString()));
          return id;
        });
  }

  /** The keys of a person, newest first; those that no longer count too. */
  public List<ApiKey> of(long userId) {
    return db.sql("select * from api_key where user_id = :user order by id desc")
        .with("user", userId)
        .list(ApiKeys::map);
  }

  /** The beginnings of a person's keys that count, in words; blank when there is none. */
  public String counting(long userId) {
    return of(userId).stream()
        .filter(key -> key.counts(db.now()))
        .map(key -> key.name() + " (" + key.prefix() + "…)")
        .collect(Collectors.joining(", "));
  }

  /** The key of a hash, while it counts and its person is active. Marks it as used. */
  public Optional<ApiKey> use(String hash) {
    Optional<ApiKey> found =
        db.sql(
                """
                select k.* from api_key k join app_user u on u.id = k.user_id and u.active
                where k.key_hash = :hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > :now)
                """)
            .with("hash", hash)
            .first(ApiKeys::map);
    found
        .filter(key -> key.usedAt() == null || key.usedAt().plus(MARKED_EVERY).isBefore(db.now()))
        .ifPresent(
            key ->
                db.sql("update api_key set used_at = :now where id = :id")
                    .with("id", key.id())
                    .update());
    return found;
  }

  /**
   * Takes a key of a person back.
   *
   * @return false when it is not theirs or was taken back already
   */
  public boolean revoke(long id, long userId, String who) {
    Audit.requireWho(who);
    return db.inTransaction(
        () -> {
          List<ApiKey> taken =
              db.sql(
                      """
                      update api_key set revoked_at = :now where id = :id and user_id = :user and revoked_at is null returning *
                      """)
                  .with("id", id)
                  .with("user", userId)
                  .list(ApiKeys::map);
          taken.forEach(
              key ->
                  audit.append(
                      who,
                      "revoke API key",
                      subject(id, key.prefix()),
                      Map.of("name", key.name())));
          return !taken.isEmpty();
        });
  }

  /**
   * Takes every key of a person back that is not taken back yet, in the transaction of the caller
   * if there is one.
   *
   * @return how many that were
   */
  public int revokeAll(long userId, String who) {
    return db.inTransaction(
        () ->
            Math.toIntExact(
                of(userId).stream()
                    .filter(key -> key.revokedAt() == null)
                    .filter(key -> revoke(key.id(), userId, who))
                    .count()));
  }

  private static String subject(long id, String prefix) {
    return "API key " + id + " (" + prefix + "…)";
  }

  private static ApiKey map(ResultSet rs, int row) throws SQLException {
    return new ApiKey(
        rs.getLong("id"),
        rs.getLong("user_id"),
        rs.getString("name"),
        rs.getString("prefix"),
        rs.getBoolean("can_write"),
        Sql.instant(rs, "created_at"),
        Sql.instant(rs, "expires_at"),
        Sql.instant(rs, "used_at"),
        Sql.instant(rs, "revoked_at"));
  }
}
