package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokens, sealed by whoever hands them in. One holder at a time renews them, whatever node it is on
 * (design section 7).
 */
public final class Credentials {

  private final Db db;

  Credentials(Db db) {
    this.db = db;
  }

  /**
   * Sealed bytes.
   *
   * @param bytes the sealed content
   * @param expiresAt when what is inside stops working, or null
   * @param signInEndsAt when the whole sign-in ends unless it is renewed before, or null when the
   *     service did not tell
   * @param version how often it was stored; 0 for content that was not stored yet
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // sealed bytes are handed through; equality is by content, below
  public record Sealed(byte[] bytes, Instant expiresAt, Instant signInEndsAt, long version) {

    /** Content that is to be stored. */
    public static Sealed of(byte[] bytes, Instant expiresAt) {
      return of(bytes, expiresAt, null);
    }

    /** Content that is to be stored, of a sign-in whose end is known. */
    public static Sealed of(byte[] bytes, Instant expiresAt, Instant signInEndsAt) {
      return new Sealed(bytes, expiresAt, signInEndsAt, 0);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sealed that
          && Arrays.equals(bytes, that.bytes)
          && java.util.Objects.equals(expiresAt, that.expiresAt)
          && java.util.Objects.equals(signInEndsAt, that.signInEndsAt)
          && version == that.version;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    /** Says nothing of the content. */
    @Override
    public String toString() {
      return "Sealed[version=" + version + ", expiresAt=" + expiresAt + "]";
    }
  }

  /** What is stored now. */
  public Optional<Sealed> get(ConnectionId connection, String system) {
    return db.sql(
            "select sealed, expires_at, ends_at, version from credential where connection ="
                + " :connection and system = :system and sealed is not null")
        .with("connection", connection)
        .with("system", system)
        .first(
            (rs, n) ->
                new Sealed(
                    rs.getBytes("sealed"),
                    Sql.instant(rs, "expires_at"),
                    Sql.instant(rs, "ends_at"),
                    rs.getLong("version")));
  }

  /**
   * Renews while no other thread or node can. The function gets what is stored now, which another
   * holder may just have renewed, and gives what to store: the very object that it got to leave all
   * as it is. The result is committed before this returns, also inside a caller's transaction. What
   * the function throws leaves the stored content as it is.
   */
  public Sealed exclusively(
      ConnectionId connection, String system, Function<Optional<Sealed>, Sealed> renewal) {
    // The row has to exist before it can be held.
    db.inOwnTransaction(
        () ->
            db.sql(
                    """
                    insert into credential (connection, system, updated_at) values (:connection, :system, :now)
                    on conflict (connection, system) do nothing
                    """)
                .with("connection", connection)
                .with("system", system)
                .update());
    return db.inOwnTransaction(
        () -> {
          Optional<Sealed> present =
              db.sql(
                      "select sealed, expires_at, ends_at, version from credential where connection"
                          + " = :connection and system = :system for update")
                  .with("connection", connection)
                  .with("system", system)
                  .first(
                      (rs, n) ->
                          new Sealed(
                              rs.getBytes("sealed"),
                              Sql.instant(rs, "expires_at"),
                              Sql.instant(rs, "ends_at"),
                              rs.getLong("version")))
                  .filter(content -> content.bytes() != null);
          Sealed renewed = renewal.apply(present);
          if (present.isPresent() && present.get() == renewed) {
            return renewed;
          }
          long version = present.map(Sealed::version).orElse(0L) + 1;
          db.sql(
                  """
                  update credential set sealed = :sealed, expires_at = :expires, ends_at = :ends, version = :version, updated_at = :now
                  where connection = :connection and system = :system
                  """)
              .with("connection", connection)
              .with("system", system)
              .with("sealed", renewed.bytes())
              .with("expires", renewed.expiresAt())
              .with("ends", renewed.signInEndsAt())
              .with("version", version)
              .update();
          return new Sealed(renewed.bytes(), renewed.expiresAt(), renewed.signInEndsAt(), version);
        });
  }

  /**
   * When a sign-in was renewed last.
   *
   * @param connection whose it is
   * @param system {@code procore} or the ERP's short name
   * @param at when new tokens were stored
   * @param endsAt when it ends unless it is renewed before, as the service told; null when it did
   *     not
   */
  public record Renewal(ConnectionId connection, String system, Instant at, Instant endsAt) {}

  /** The sign-ins that are stored, with when each was renewed last. */
  public List<Renewal> renewals() {
    return db.sql(
            "select connection, system, updated_at, ends_at from credential where sealed is not"
                + " null order by connection, system")
        .list(
            (rs, n) ->
                new Renewal(
                    Sql.connection(rs),
                    rs.getString("system"),
                    Sql.instant(rs, "updated_at"),
                    Sql.instant(rs, "ends_at")));
  }

  /** Forgets what is stored, for instance after the consent was withdrawn. */
  public void forget(ConnectionId connection, String system) {
    db.sql(
            "update credential set sealed = null, expires_at = null, ends_at = null, updated_at ="
                + " :now where connection = :connection and system = :system")
        .with("connection", connection)
        .with("system", system)
        .update();
  }
}
