package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.List;

/**
 * Mails that wait for a mail server. The text is composed when the thing happens. A mail whose
 * sender died is sent again: better twice than never.
 */
public final class Notices {

  private final Db db;
  private final Claims claims;

  Notices(Db db, Claims claims) {
    this.db = db;
    this.claims = claims;
  }

  /**
   * A mail to send.
   *
   * @param id the ledger's key
   * @param connection whose it is
   * @param kind what it is about, such as {@code failure}
   * @param recipients addresses
   * @param subject the subject line
   * @param body the text
   * @param attempts how often sending it failed
   */
  public record Notice(
      long id,
      ConnectionId connection,
      String kind,
      List<String> recipients,
      String subject,
      String body,
      int attempts) {}

  /**
   * Stores a mail, in the transaction of the caller if there is one.
   *
   * @param onceKey a notice with the same key is stored once for good; null for always
   * @return whether it was stored
   */
  public boolean add(
      ConnectionId connection,
      String kind,
      List<String> recipients,
      String subject,
      String body,
      String onceKey) {
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException(
          "the notice '" + subject + "' of connection " + connection + " has no recipient");
    }
    return db.sql(
                """
                insert into notice (connection, kind, recipients, subject, body, once_key, state, due_at, created_at)
                values (:connection, :kind, :recipients::text[], :subject, :body, :onceKey, 'due', :now, :now)
                on conflict (connection, once_key) do nothing
                """)
            .with("connection", connection)
            .with("kind", kind)
            .with("recipients", recipients)
            .with("subject", subject)
            .with("body", body)
            .with("onceKey", onceKey)
            .update()
        == 1;
  }

  /** Takes mails that are due. */
  public List<Notice> claim() {
    return claims
        .statement("claim-notices.sql")
        .list(
            (rs, n) ->
                new Notice(
                    rs.getLong("id"),
                    Sql.connection(rs),
                    rs.getString("kind"),
                    List.of(rs.getString("recipients").split(",")),
                    rs.getString("subject"),
                    rs.getString("body"),
                    rs.getInt("attempts")));
  }

  /** The mail server took it. */
  public void sent(long id) {
    db.sql(
            "update notice set state = 'sent', sent_at = :now, lease_owner = null, last_error = null where id = :id and state <> 'sent'")
        .with("id", id)
        .update();
  }

  /** The mail server did not take it; it is due again at the given time. */
  public void retryAt(long id, String message, Instant dueAt) {
    db.sql(
            """
            update notice set state = 'due', attempts = attempts + 1, due_at = :due, lease_owner = null, last_error = :message
            where id = :id and state = 'sending'
            """)
        .with("id", id)
        .with("message", message)
        .with("due", dueAt)
        .update();
  }

  /**
   * It will not be tried again, for instance because the address does not exist. It stays visible
   * with the reason.
   */
  public void failed(long id, String message) {
    db.sql(
            "update notice set state = 'failed', attempts = attempts + 1, lease_owner = null, last_error = :message where id = :id and state <> 'sent'")
        .with("id", id)
        .with("message", message)
        .update();
  }

  /** How many mails wait to be sent. */
  public long waiting() {
    return db.sql("select count(*) from notice where state in ('due', 'sending')").number();
  }
}
