package io.tieback.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * Stores what was decided about items of the queue, each with its step in the history. Whether a
 * move is allowed was decided before; here only the version is looked at, so that nobody decides
 * about what they have not seen.
 */
public final class QueueMoves {

  private final Db db;

  QueueMoves(Db db) {
    this.db = db;
  }

  /**
   * A move.
   *
   * @param id which item
   * @param version the version that was shown
   * @param action a word such as {@code accept}
   * @param to state after
   * @param who who does it, for the history
   * @param reason why, or null
   */
  public record Move(long id, int version, String action, String to, String who, String reason) {}

  /**
   * Who sends an item. What is not known is null.
   *
   * @param user a user of ours
   * @param procoreUser a user of Procore
   * @param name the name
   * @param mail the mail address
   */
  public record Sender(Long user, Long procoreUser, String name, String mail) {}

  /**
   * Who accepts, and what.
   *
   * @param user who, or null for what goes out directly
   * @param under in whose right, or null
   * @param name the name
   * @param digest of what was shown, or null
   * @param extra what they entered, a JSON object of texts
   */
  public record Acceptance(Long user, Long under, String name, String digest, String extra) {}

  /**
   * Changes the state alone.
   *
   * @return the item as it is now; empty when it has another version
   */
  public Optional<QueueItem> moved(Move move) {
    return move(move, "error = null, remedy = null", sql -> sql);
  }

  /** Parted from its document: sent again it is a new one. */
  public Optional<QueueItem> parted(Move move) {
    return move(move, "in_erp = false, error = null, remedy = null", sql -> sql);
  }

  /**
   * Nothing else is decided about it until {@link #unlinkingEnded}, or this time is over: freeing
   * it asks the ERP and Procore in between.
   */
  public void unlinking(long id, Duration longest) {
    db.sql("update queue_item set unlinking_until = :until where id = :id")
        .with("id", id)
        .with("until", db.now().plus(longest))
        .update();
  }

  /** It may be decided about again. */
  public void unlinkingEnded(long id) {
    db.sql("update queue_item set unlinking_until = null where id = :id").with("id", id).update();
  }

  /** Sent: the first time, or again, which begins a new round and forgets what was decided. */
  public Optional<QueueItem> sent(Move move, Sender sender, boolean again) {
    return move(
        move,
        """
        round = round + cast(:again as int), sent_at = :now, sent_by = cast(:user as bigint), sent_by_procore_id = cast(:procoreUser as bigint),
        sent_by_name = cast(:name as text), sent_by_mail = lower(cast(:mail as text)), first_accepted_by = null, first_accepted_under = null,
        first_accepted_at = null, decided_by = null, error = null, remedy = null
        """,
        sql ->
            sql.with("again", again ? 1 : 0)
                .with("user", sender.user())
                .with("procoreUser", sender.procoreUser())
                .with("name", sender.name())
                .with("mail", sender.mail()));
  }

  /** The first of two has accepted it; the second has to accept the same digest. */
  public Optional<QueueItem> firstAccepted(Move move, Acceptance acceptance) {
    return move(
        move,
        """
        first_accepted_by = cast(:user as bigint), first_accepted_under = cast(:under as bigint), first_accepted_at = :now,
        accepted_digest = cast(:digest as text),
        extra = cast(:extra as jsonb), decided_by = cast(:name as text)
        """,
        sql -> acceptance(sql, acceptance));
  }

  /** It goes to the ERP. */
  public Optional<QueueItem> accepted(Move move, Acceptance acceptance) {
    return move(
        move,
        """
        accepted_by = cast(:user as bigint), accepted_under = cast(:under as bigint), accepted_at = :now, accepted_digest = cast(:digest as text),
        accepted_source = source_digest, extra = cast(:extra as jsonb), decided_by = cast(:name as text), error = null, remedy = null
        """,
        sql -> acceptance(sql, acceptance));
  }

  /** It goes back with a comment. */
  public Optional<QueueItem> rejected(Move move, String comment, String name) {
    return move(
        move,
        """
        comment = cast(:comment as text), rejected_source = source_digest, decided_by = cast(:name as text), first_accepted_by = null,
        first_accepted_under = null, first_accepted_at = null, error = null, remedy = null
        """,
        sql -> sql.with("comment", comment).with("name", name));
  }

  /** It goes back to whoever decides about it, because it is not what they decided about. */
  public Optional<QueueItem> returned(Move move, String error, String remedy) {
    return move(
        move,
        """
        error = cast(:error as text), remedy = cast(:remedy as text), first_accepted_by = null, first_accepted_under = null,
        first_accepted_at = null, accepted_by = null, accepted_under = null, accepted_at = null, accepted_digest = null,
        accepted_source = null, preview = null, shown_digest = null
        """,
        sql -> sql.with("error", error).with("remedy", remedy));
  }

  /** It cannot be gone on with, for a reason that people see. */
  public Optional<QueueItem> troubled(Move move, String error, String remedy) {
    return move(
        move,
        "error = cast(:error as text), remedy = cast(:remedy as text)",
        sql -> sql.with("error", error).with("remedy", remedy));
  }

  /** Names the person in the last step of an item, where the database itself has written it. */
  public void attribute(long id, String action, String who, String reason) {
    db.sql(
            """
            update queue_move set action = :action, who = :who, reason = coalesce(cast(:reason as text), reason)
            where id = (select max(id) from queue_move where queue_item_id = :id)
            """)
        .with("id", id)
        .with("action", action)
        .with("who", who)
        .with("reason", reason)
        .update();
    db.sql("update queue_item set decided_by = :who where id = :id")
        .with("id", id)
        .with("who", who)
        .update();
  }

  /** Says in the last step of an item why it went no further; nothing when it did meanwhile. */
  public void explained(QueueItem item, String reason) {
    db.sql(
            """
            update queue_move set reason = coalesce(reason || '; ', '') || :reason
            where id = (select max(id) from queue_move where queue_item_id = :id)
              and exists (select 1 from queue_item where id = :id and version = :version)
            """)
        .with("id", item.id())
        .with("version", item.version())
        .with("reason", reason)
        .update();
  }

  /**
   * Notes that it is in the ERP without having gone there through this queue; what was read of it
   * counts as what is there.
   */
  public void inErp(long id) {
    db.sql(
            "update queue_item set in_erp = true, accepted_source = coalesce(accepted_source,"
                + " source_digest) where id = :id")
        .with("id", id)
        .update();
  }

  /**
   * Takes an item of Procore's door to Tieback's own: its connection is read there now, and only
   * there is it decided about. What was read of one that is in the ERP counts as what is there.
   */
  public void adopted(long id) {
    db.sql(
            """
            update queue_item set door = 'tieback', accepted_source = case when in_erp then coalesce(accepted_source, source_digest) else accepted_source end
            where id = :id
            """)
        .with("id", id)
        .update();
  }

  /** Joins it to the work item that it became. */
  public void joined(long id, long workItem) {
    db.sql(
            "update queue_item set work_item_id = :work where id = :id and work_item_id is distinct"
                + " from :work")
        .with("id", id)
        .with("work", workItem)
        .update();
  }

  private interface Binding {
    Sql to(Sql sql);
  }

  private Optional<QueueItem> move(Move move, String assignments, Binding binding) {
    return db.inTransaction(
        () -> {
          int moved =
              binding
                  .to(
                      db.sql(
                          """
                          with before as (select id, state from queue_item where id = :id and version = :version for update),
                          after as (
                            update queue_item q set %s, state_since = case when q.state = :to then state_since else :now end, state = :to,
                              version = version + 1, changed_at = :now
                            from before b where q.id = b.id returning q.id, b.state as was, q.round)
                          insert into queue_move (queue_item_id, round, action, from_state, to_state, at, who, reason)
                          select id, round, :action, was, :to, :now, :who, cast(:reason as text) from after
                          """
                              .formatted(assignments)))
                  .with("id", move.id())
                  .with("version", move.version())
                  .with("action", move.action())
                  .with("to", move.to())
                  .with("who", move.who())
                  .with("reason", move.reason())
                  .update();
          return moved == 0 ? Optional.empty() : new QueueItems(db).find(move.id());
        });
  }

  private static Sql acceptance(Sql sql, Acceptance acceptance) {
    return sql.with("user", acceptance.user())
        .with("under", acceptance.under())
        .with("name", acceptance.name())
        .with("digest", acceptance.digest())
        .with("extra", acceptance.extra());
  }
}
