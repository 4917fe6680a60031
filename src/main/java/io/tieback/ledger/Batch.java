package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Documents that are written together, as the journal has them.
 *
 * @param id the journal's key
 * @param connection whose it is
 * @param entity what the documents are
 * @param idempotencyKey key that goes with the bytes; the same for every repetition of them
 * @param body the exact bytes
 * @param markers markers of the documents without a final outcome, in their order in {@code body}
 * @param documents how many documents the bytes hold
 * @param sends how often the bytes left without proof that they did nothing
 * @param firstSentAt when they first left, or null when they never did
 * @param lastStatus HTTP status of the last answer to a write, 0 when none came
 * @param lastMessage what was said last, or null
 * @param formerIds the ERP's keys of documents that bore these markers before their records were
 *     unlinked
 * @param attempts how often sending or looking up failed so far
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, never compared
public record Batch(
    UUID id,
    ConnectionId connection,
    String entity,
    String idempotencyKey,
    byte[] body,
    List<String> markers,
    int documents,
    int sends,
    Instant firstSentAt,
    int lastStatus,
    String lastMessage,
    List<String> formerIds,
    int attempts) {

  /** Columns of {@code write_batch b} that {@link #map} reads. */
  static final String COLUMNS =
      "b.id, b.connection, b.entity, b.idempotency_key, b.body, b.documents, b.sends,"
          + " b.first_sent_at, b.last_status, b.last_message, b.attempts, array(select marker from"
          + " write_document d where d.batch_id = b.id and (d.outcome is null or d.outcome ="
          + " 'absent') order by position) as markers, array(select unnest(w.former_erp_ids) from"
          + " write_document d join work_item w on w.id = d.work_item_id where d.batch_id = b.id)"
          + " as former_ids";

  static Batch map(ResultSet rs, int row) throws SQLException {
    return new Batch(
        Sql.uuid(rs, "id"),
        Sql.connection(rs),
        rs.getString("entity"),
        rs.getString("idempotency_key"),
        rs.getBytes("body"),
        Sql.strings(rs, "markers"),
        rs.getInt("documents"),
        rs.getInt("sends"),
        Sql.instant(rs, "first_sent_at"),
        rs.getInt("last_status"),
        rs.getString("last_message"),
        Sql.strings(rs, "former_ids"),
        rs.getInt("attempts"));
  }
}
