package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Something that was not retried to success and needs a person.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param flow the route or flow that gave up
 * @param entity what it is about, such as {@code requisition}
 * @param subjectKind work_item, erp_request, payment, job_cost, or exchange when it never became a
 *     record
 * @param subjectId the ledger's key of that record, or null
 * @param key the key that people know it by, such as Procore's id
 * @param failureKind which kind of failure
 * @param message what happened, in the service's own words where it had any
 * @param remedy what to do
 * @param exchange what was being worked on, as JSON
 * @param history everything that happened to it, as a JSON array
 * @param state open, replayed, discarded or superseded
 * @param parentId the letter whose replay failed again, or null
 * @param createdAt when it arose
 * @param closedAt when it was closed, or null
 * @param closedBy who closed it, or null
 * @param reason why it was closed, or null
 */
public record DeadLetter(
    long id,
    ConnectionId connection,
    String flow,
    String entity,
    String subjectKind,
    Long subjectId,
    String key,
    String failureKind,
    String message,
    String remedy,
    String exchange,
    String history,
    String state,
    Long parentId,
    Instant createdAt,
    Instant closedAt,
    String closedBy,
    String reason) {

  static DeadLetter map(ResultSet rs, int row) throws SQLException {
    return new DeadLetter(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("flow"),
        rs.getString("entity"),
        rs.getString("subject_kind"),
        Sql.longOrNull(rs, "subject_id"),
        rs.getString("key"),
        rs.getString("failure_kind"),
        rs.getString("message"),
        rs.getString("remedy"),
        rs.getString("exchange"),
        rs.getString("history"),
        rs.getString("state"),
        Sql.longOrNull(rs, "parent_id"),
        Sql.instant(rs, "created_at"),
        Sql.instant(rs, "closed_at"),
        rs.getString("closed_by"),
        rs.getString("reason"));
  }
}
