package io.tieback.ledger;

import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Somebody who uses the console, as the ledger has them. The password's hash never leaves {@link
 * Users#passwordHash}.
 *
 * @param id the ledger's key
 * @param email their mail address in lower case; it names them in the audit trail
 * @param name their name
 * @param role owner, administrator, approver, operator or viewer
 * @param language en or fr
 * @param amountLimit the most that they may accept alone, in the currency of the books, or null for
 *     no limit
 * @param procoreUserId who they are in Procore, or null when unknown
 * @param procoreLogin their mail address in Procore in lower case, or null when unknown
 * @param digest whether they get the daily digest (GEN-NOT-04)
 * @param failureMails whether they are told of failures
 * @param active whether they may sign in
 * @param oidcSubject how the identity provider calls them, or null
 * @param createdAt since when they are known
 * @param signedInAt when they last signed in, or null
 */
public record User(
    long id,
    String email,
    String name,
    String role,
    String language,
    Money amountLimit,
    Long procoreUserId,
    String procoreLogin,
    boolean digest,
    boolean failureMails,
    boolean active,
    String oidcSubject,
    Instant createdAt,
    Instant signedInAt) {

  /** The role of those who may do everything; there is always one. */
  public static final String OWNER = "owner";

  /**
   * Somebody new.
   *
   * @param email their mail address; kept in lower case
   * @param name their name
   * @param role a word of {@link User#role}
   * @param language en or fr
   * @param amountLimit the most that they may accept alone, or null for no limit
   */
  public record Draft(String email, String name, String role, String language, Money amountLimit) {}

  static User map(ResultSet rs, int row) throws SQLException {
    return new User(
        rs.getLong("id"),
        rs.getString("email"),
        rs.getString("name"),
        rs.getString("role"),
        rs.getString("language"),
        Sql.money(rs, "amount_limit"),
        Sql.longOrNull(rs, "procore_user_id"),
        rs.getString("procore_login"),
        rs.getBoolean("digest"),
        rs.getBoolean("failure_mails"),
        rs.getBoolean("active"),
        rs.getString("oidc_subject"),
        Sql.instant(rs, "created_at"),
        Sql.instant(rs, "signed_in_at"));
  }
}
