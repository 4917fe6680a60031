package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.Objects;
import java.util.Optional;

/**
 * How far something was read. A cursor moves only in the transaction that records what was read
 * (design section 4).
 */
public final class Cursors {

  private final Db db;

  Cursors(Db db) {
    this.db = db;
  }

  /**
   * Somebody else moved the cursor since it was read: what was read starts from the wrong place and
   * was not recorded.
   */
  public static final class CursorMoved extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CursorMoved(String message) {
      super(message);
    }
  }

  /** Where to go on, or nothing when it was never read. */
  public Optional<String> get(ConnectionId connection, String name) {
    return db.sql(
            "select value from cursor_position where connection = :connection and name = :name")
        .with("connection", connection)
        .with("name", name)
        .first((rs, n) -> rs.getString(1));
  }

  /**
   * Records what was read and moves the cursor, both or neither.
   *
   * @param from where the reading began: what {@link #get} gave then, null for never
   * @param to where to go on
   * @param recording stores what was read; whatever it throws takes everything back
   * @throws CursorMoved when the cursor is not at {@code from} any more; read again from where it
   *     is now
   */
  public void advance(
      ConnectionId connection, String name, String from, String to, Runnable recording) {
    db.inTransaction(
        () -> {
          db.holdAlone("cursor:" + connection + ":" + name);
          String present = get(connection, name).orElse(null);
          if (!Objects.equals(present, from)) {
            throw new CursorMoved(
                "cursor "
                    + name
                    + " of connection "
                    + connection
                    + " is at "
                    + present
                    + ", not at "
                    + from
                    + ": another reading was recorded meanwhile; read again from there");
          }
          recording.run();
          db.sql(
                  """
                  insert into cursor_position (connection, name, value, updated_at) values (:connection, :name, :value, :now)
                  on conflict (connection, name) do update set value = excluded.value, updated_at = excluded.updated_at
                  """)
              .with("connection", connection)
              .with("name", name)
              .with("value", to)
              .update();
        });
  }
}
