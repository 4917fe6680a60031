package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Files that go along with documents that were written (TB-INV-12). A document waits here until
 * each of its files has gone or failed; the record itself is never touched.
 */
public final class DocumentFiles {

  private final Db db;

  DocumentFiles(Db db) {
    this.db = db;
  }

  /**
   * A document whose files have to go.
   *
   * @param item the ledger's key of its record
   * @param erpId the ERP's key
   * @param erpKind {@code bill} or {@code credit_note}
   * @param attempts how often going on failed so far
   */
  public record Waiting(long item, String erpId, String erpKind, int attempts) {}

  /**
   * A file that did not go.
   *
   * @param name its name
   * @param message why
   * @param remedy what a person can do
   */
  public record NotAttached(String name, String message, String remedy) {}

  /** The files of a written record have to go. Saying it twice is harmless. */
  public void wanted(WorkItem item, String erpKind) {
    db.sql(
            """
            insert into document_files (work_item_id, erp_id, connection, erp_kind, state, due_at, added_at)
            values (:item, :erpId, :connection, :kind, 'due', :now, :now)
            on conflict (work_item_id, erp_id) do nothing
            """)
        .with("item", item.id())
        .with("erpId", item.erpId())
        .with("connection", item.connection())
        .with("kind", erpKind)
        .update();
  }

  /** Takes the next document that is due. */
  public Optional<Waiting> claim(ConnectionId connection, Duration lease) {
    return db.sql(
            """
            update document_files set lease_owner = :node, due_at = :until
            where (work_item_id, erp_id) in (
              select work_item_id, erp_id from document_files
              where connection = :connection and state = 'due' and due_at <= :now
                and connection not in (select name from erp_connection where paused_at is not null)
              order by due_at for update skip locked limit 1)
            returning work_item_id, erp_id, erp_kind, attempts
            """)
        .with("connection", connection)
        .with("until", db.now().plus(lease))
        .first(
            (rs, n) ->
                new Waiting(
                    rs.getLong("work_item_id"),
                    rs.getString("erp_id"),
                    rs.getString("erp_kind"),
                    rs.getInt("attempts")));
  }

  /**
   * Holds it for longer.
   *
   * @return whether it is still this node's
   */
  public boolean hold(Waiting document, Duration lease) {
    return db.sql(
                """
                update document_files set due_at = :until
                where work_item_id = :item and erp_id = :erpId and state = 'due' and lease_owner = :node and due_at > :now
                """)
            .with("item", document.item())
            .with("erpId", document.erpId())
            .with("until", db.now().plus(lease))
            .update()
        == 1;
  }

  /** Procore's ids of the files that have gone or failed. */
  public Set<Long> settled(Waiting document) {
    return Set.copyOf(
        db.sql("select file_id from document_file where work_item_id = :item and erp_id = :erpId")
            .with("item", document.item())
            .with("erpId", document.erpId())
            .ids());
  }

  /** A file is on the document. */
  public void attached(Waiting document, long file, String name, long bytes) {
    file(document, file, name, "done", bytes, null, null);
  }

  /** A file does not go. */
  public void notAttached(Waiting document, long file, NotAttached why) {
    file(document, file, why.name(), "failed", null, why.message(), why.remedy());
  }

  private void file(
      Waiting document,
      long file,
      String name,
      String state,
      Long bytes,
      String message,
      String remedy) {
    db.sql(
            """
            insert into document_file (work_item_id, erp_id, file_id, file_name, state, bytes, message, remedy, at)
            values (:item, :erpId, :file, :name, :state, cast(:bytes as bigint), :message, :remedy, :now)
            on conflict (work_item_id, erp_id, file_id) do nothing
            """)
        .with("item", document.item())
        .with("erpId", document.erpId())
        .with("file", file)
        .with("name", name)
        .with("state", state)
        .with("bytes", bytes)
        .with("message", message)
        .with("remedy", remedy)
        .update();
  }

  /** The files of a document that do not go, by their names. */
  public List<NotAttached> failed(Waiting document) {
    return db.sql(
            """
            select file_name, message, remedy from document_file
            where work_item_id = :item and erp_id = :erpId and state = 'failed' order by file_name, file_id
            """)
        .with("item", document.item())
        .with("erpId", document.erpId())
        .list(
            (rs, n) ->
                new NotAttached(
                    rs.getString("file_name"), rs.getString("message"), rs.getString("remedy")));
  }

  /**
   * It goes on at the given time.
   *
   * @param counts whether this was an attempt that failed
   */
  public void later(Waiting document, Instant dueAt, String message, boolean counts) {
    db.sql(
            """
            update document_files set due_at = :due, lease_owner = null, message = :message, attempts = attempts + :more
            where work_item_id = :item and erp_id = :erpId and state = 'due' and lease_owner = :node
            """)
        .with("item", document.item())
        .with("erpId", document.erpId())
        .with("due", dueAt)
        .with("message", message)
        .with("more", counts ? 1 : 0)
        .update();
  }

  /**
   * Nothing is left to do for it.
   *
   * @param message why not all of it went, or null when it did
   */
  public void finished(Waiting document, String message) {
    db.sql(
            """
            update document_files set state = :state, message = :message, lease_owner = null, finished_at = :now
            where work_item_id = :item and erp_id = :erpId and state = 'due' and lease_owner = :node
            """)
        .with("item", document.item())
        .with("erpId", document.erpId())
        .with("state", message == null ? "done" : "failed")
        .with("message", message)
        .update();
  }
}
