package io.tieback.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * Sign-ins by OpenID Connect: those under way, known by the SHA-256 of their state and shared by
 * all nodes, and what the sessions that came of them keep.
 */
public final class OidcVisits {

  private final Db db;

  OidcVisits(Db db) {
    this.db = db;
  }

  /**
   * Somebody leaves for the provider.
   *
   * @param stateHash SHA-256 of the state, lower-case hex
   * @param back where they go when they are signed in
   * @param life how long they may take
   */
  public void begin(String stateHash, String back, Duration life) {
    db.sql("delete from oidc_visit where expires_at <= :now").update();
    db.sql("insert into oidc_visit (state_hash, back, expires_at) values (:hash, :back, :end)")
        .with("hash", stateHash)
        .with("back", back)
        .with("end", db.now().plus(life))
        .update();
  }

  /**
   * They are back. A state counts once: of two that come at the same time one gets nothing.
   *
   * @return where they go; empty when nobody left with this state, it was used, or took too long
   */
  public Optional<String> end(String stateHash) {
    return db.sql(
            """
            with ended as (delete from oidc_visit where state_hash = :hash returning back, expires_at)
            select back from ended where expires_at > :now
            """)
        .with("hash", stateHash)
        .first((rs, row) -> rs.getString(1));
  }

  /**
   * Keeps a session's ID token; it goes with the session.
   *
   * @param tokenHash the session's key
   * @param idToken sealed
   */
  public void keep(String tokenHash, byte[] idToken) {
    db.sql("insert into oidc_session (token_hash, id_token) values (:hash, :token)")
        .with("hash", tokenHash)
        .with("token", idToken)
        .update();
  }

  /** A session's sealed ID token; empty when it did not begin at the provider. */
  public Optional<byte[]> idToken(String tokenHash) {
    return db.sql("select id_token from oidc_session where token_hash = :hash")
        .with("hash", tokenHash)
        .first((rs, row) -> rs.getBytes(1));
  }
}
