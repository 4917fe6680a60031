package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Mails that wait for a mail server. The text is composed when the thing happens. A mail whose
 * sender died is sent again, with the same Message-ID: better twice than never.
 */
public final class Notices {

  /** Most rows of a {@link #list}. */
  public static final int PAGE = 200;

  /** Kind of mails with a link that sets a password: their text is kept no longer than needed. */
  public static final String PASSWORD_LINK = "password_link";

  private static final String WIPED =
      ", body = case when kind = '"
          + PASSWORD_LINK
          + "' then '' else body end, html = case when kind = '"
          + PASSWORD_LINK
          + "' then null else html end";

  private static final List<String> STATES = List.of("due", "sending", "sent", "failed");

  private final Db db;
  private final Claims claims;
  private final Audit audit;

  Notices(Db db, Claims claims, Audit audit) {
    this.db = db;
    this.claims = claims;
    this.audit = audit;
  }

  /**
   * A mail to send.
   *
   * @param id the ledger's key
   * @param connection whose it is
   * @param kind what it is about, such as {@code dead_letter}
   * @param recipients addresses; one, but for mails from before V55
   * @param subject the subject line
   * @param body the plain text
   * @param html the same as HTML, or null
   * @param messageKey what its Message-ID is made of
   * @param attempts how often sending it failed
   */
  public record Notice(
      long id,
      ConnectionId connection,
      String kind,
      List<String> recipients,
      String subject,
      String body,
      String html,
      String messageKey,
      int attempts) {}

  /**
   * A mail as an operator sees it.
   *
   * @param id the ledger's key
   * @param connection whose it is
   * @param kind what it is about
   * @param state {@code due}, {@code sending}, {@code sent} or {@code failed}
   * @param recipient to whom
   * @param language {@code en} or {@code fr}
   * @param subject the subject line
   * @param attempts how often sending it failed
   * @param dueAt when it is tried next; of no meaning once sent or failed
   * @param lastError why it did not leave, in the mail server's words, or null
   * @param createdAt when it was composed
   * @param sentAt when a mail server took it, or null
   */
  public record Row(
      long id,
      ConnectionId connection,
      String kind,
      String state,
      String recipient,
      String language,
      String subject,
      int attempts,
      Instant dueAt,
      String lastError,
      Instant createdAt,
      Instant sentAt) {}

  /**
   * Stores a mail, in the transaction of the caller if there is one.
   *
   * @return whether it was stored: false when one with its once key is there already
   */
  public boolean add(Mail mail) {
    return db.sql(
                """
                insert into notice (connection, kind, recipients, user_id, language, subject, body, html, once_key, state, due_at, created_at)
                values (:connection, :kind, array[cast(:recipient as text)], :user, :language, :subject, :body, :html, :onceKey, 'due', :now, :now)
                on conflict (connection, once_key) do nothing
                """)
            .with("connection", mail.connection())
            .with("kind", mail.kind())
            .with("recipient", mail.recipient())
            .with("user", mail.userId())
            .with("language", mail.language())
            .with("subject", mail.subject())
            .with("body", mail.text())
            .with("html", mail.html())
            .with("onceKey", mail.onceKey())
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
                    rs.getString("html"),
                    rs.getString("message_key"),
                    rs.getInt("attempts")));
  }

  /** The mail server took it. */
  public void sent(long id) {
    db.sql(
            "update notice set state = 'sent', sent_at = :now, lease_owner = null, last_error ="
                + " null"
                + WIPED
                + " where id = :id and state <> 'sent'")
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
            "update notice set state = 'failed', attempts = attempts + 1, lease_owner = null,"
                + " last_error = :message"
                + WIPED
                + " where id = :id and state <> 'sent'")
        .with("id", id)
        .with("message", message)
        .update();
  }

  /** How many mails wait to be sent. */
  public long waiting() {
    return db.sql("select count(*) from notice where state in ('due', 'sending')").number();
  }

  /** How many were given up and wait for a person. */
  public long failed() {
    return db.sql("select count(*) from notice where state = 'failed'").number();
  }

  /**
   * Mails for operators, the latest first.
   *
   * @param state one of the four states, or null for all
   * @param before only those with a lower key, for the next page; null for the first page
   * @param most how many at most, up to {@value #PAGE}
   * @throws IllegalArgumentException when there is no such state
   */
  public List<Row> list(String state, Long before, int most) {
    if (state != null && !STATES.contains(state)) {
      throw new IllegalArgumentException(
          "mails are in one of the states " + STATES + ", not in '" + state + "'");
    }
    return db.sql(
            """
            select * from notice
            where (cast(:state as text) is null or state = :state) and (cast(:before as bigint) is null or id < :before)
            order by id desc limit :most
            """)
        .with("state", state)
        .with("before", before)
        .with("most", Math.min(most, PAGE))
        .list(Notices::row);
  }

  /** One mail for operators. */
  public Optional<Row> find(long id) {
    return db.sql("select * from notice where id = :id").with("id", id).first(Notices::row);
  }

  /**
   * Sends a mail again that was given up, and says so in the audit trail. A password link is not
   * sent again: its text is gone, a new one is made.
   *
   * @param who who wants it
   * @return false when there is none, or it is not given up (it waits, or it left)
   */
  public boolean again(long id, String who) {
    return db.inTransaction(
        () -> {
          Optional<Row> row =
              find(id)
                  .filter(found -> found.state().equals("failed"))
                  .filter(found -> !found.kind().equals(PASSWORD_LINK));
          boolean again =
              row.isPresent()
                  && db.sql(
                              "update notice set state = 'due', attempts = 0, due_at = :now where"
                                  + " id = :id and state = 'failed'")
                          .with("id", id)
                          .update()
                      == 1;
          if (again) {
            audit.append(
                who,
                row.get().connection(),
                "send mail again",
                "mail " + id,
                Map.of("recipient", row.get().recipient(), "kind", row.get().kind()));
          }
          return again;
        });
  }

  private static Row row(ResultSet rs, int n) throws SQLException {
    return new Row(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("kind"),
        rs.getString("state"),
        String.join(", ", Sql.strings(rs, "recipients")),
        rs.getString("language"),
        rs.getString("subject"),
        rs.getInt("attempts"),
        Sql.instant(rs, "due_at"),
        rs.getString("last_error"),
        Sql.instant(rs, "created_at"),
        Sql.instant(rs, "sent_at"));
  }
}
