package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Failures that people are told of by mail: the first at once, those that follow within a window
 * together when it ends. One window a connection, whatever node meets the failures.
 */
public final class FailureNotes {

  private final Db db;

  FailureNotes(Db db) {
    this.db = db;
  }

  /**
   * What failed.
   *
   * @param what the record in words
   * @param kind kind of failure, such as {@code REFUSED}
   * @param message what happened
   * @param remedy what to do, or null
   * @param queueItem the item of the queue that it is about, or null
   */
  public record Note(String what, String kind, String message, String remedy, Long queueItem) {}

  /**
   * Notes a failure, in the transaction of the caller if there is one. When no window is open, it
   * is told at once with what an ended window left, and a window opens.
   *
   * @param tell gets what is to be told now, in the same transaction
   */
  public void note(ConnectionId connection, Note note, Duration window, Consumer<List<Note>> tell) {
    db.inTransaction(
        () -> {
          hold(connection);
          db.sql(
                  """
                  insert into failure_note (connection, at, what, kind, message, remedy, queue_item_id)
                  values (:connection, :now, :what, :kind, :message, :remedy, :item)
                  """)
              .with("connection", connection)
              .with("what", note.what())
              .with("kind", note.kind())
              .with("message", note.message())
              .with("remedy", note.remedy())
              .with("item", note.queueItem())
              .update();
          tellUnlessOpen(connection, window, tell);
        });
  }

  /** Tells what the ended window of a connection collected; nothing when it goes on or is empty. */
  public void windowEnded(ConnectionId connection, Duration window, Consumer<List<Note>> tell) {
    db.inTransaction(
        () -> {
          hold(connection);
          tellUnlessOpen(connection, window, tell);
        });
  }

  /** Connections that have something untold. */
  public List<ConnectionId> untold() {
    return db.sql("select distinct connection from failure_note where mailed_at is null")
        .list((rs, n) -> Sql.connection(rs));
  }

  private void hold(ConnectionId connection) {
    db.holdAlone("failure-window:" + connection);
  }

  private void tellUnlessOpen(ConnectionId connection, Duration window, Consumer<List<Note>> tell) {
    Instant openIfAfter = db.now().minus(window);
    boolean open =
        db.sql(
                    "select count(*) from failure_window where connection = :connection and"
                        + " opened_at > :after")
                .with("connection", connection)
                .with("after", openIfAfter)
                .number()
            > 0;
    if (open) {
      return;
    }
    List<Note> untold =
        db
            .sql(
                """
                update failure_note set mailed_at = :now where connection = :connection and mailed_at is null
                returning id, what, kind, message, remedy, queue_item_id
                """)
            .with("connection", connection)
            .list(Numbered::of)
            .stream()
            .sorted((a, b) -> Long.compare(a.id(), b.id()))
            .map(Numbered::note)
            .toList();
    if (untold.isEmpty()) {
      return;
    }
    db.sql(
            """
            insert into failure_window (connection, opened_at) values (:connection, :now)
            on conflict (connection) do update set opened_at = excluded.opened_at
            """)
        .with("connection", connection)
        .update();
    tell.accept(untold);
  }

  private record Numbered(long id, Note note) {
    static Numbered of(ResultSet rs, int n) throws SQLException {
      return new Numbered(
          rs.getLong("id"),
          new Note(
              rs.getString("what"),
              rs.getString("kind"),
              rs.getString("message"),
              rs.getString("remedy"),
              Sql.longOrNull(rs, "queue_item_id")));
    }
  }
}
