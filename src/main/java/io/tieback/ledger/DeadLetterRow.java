package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What a list shows of a dead letter. What is not known is null.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param flow the route or flow that gave up
 * @param entity what it is about, such as {@code requisition}
 * @param subjectKind work_item, erp_request, payment, job_cost or exchange
 * @param subjectId the ledger's key of that record
 * @param key the key that people know it by, such as Procore's id
 * @param number the record's number, such as that of an invoice
 * @param amount what it comes to
 * @param projectId Procore's project
 * @param failureKind which kind of failure
 * @param message what happened
 * @param remedy what to do
 * @param state open, replayed, discarded or superseded
 * @param parentId the letter whose replay failed again
 * @param createdAt when it arose
 * @param closedAt when it was closed
 * @param closedBy who closed it
 * @param reason why it was closed
 * @param correctable whether its payload can be corrected here
 * @param queueItemId the item of the queue that it is about
 */
public record DeadLetterRow(
    long id,
    ConnectionId connection,
    String flow,
    String entity,
    String subjectKind,
    Long subjectId,
    String key,
    String number,
    Money amount,
    Long projectId,
    String failureKind,
    String message,
    String remedy,
    String state,
    Long parentId,
    Instant createdAt,
    Instant closedAt,
    String closedBy,
    String reason,
    boolean correctable,
    Long queueItemId) {

  /** What a list may be sorted by. */
  public enum Sort {
    /** When it arose. */
    CREATED("t.created_at"),
    /** Its connection. */
    CONNECTION("t.connection"),
    /** What it is about. */
    ENTITY("t.entity"),
    /** Which kind of failure. */
    KIND("t.failure_kind"),
    /** The route that gave up. */
    FLOW("t.flow"),
    /** Its number, as a text. */
    NUMBER("t.number");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    String order(boolean ascending) {
      return this == NUMBER
          ? Lists.order(column, ascending)
          : Lists.orderOfFilled(column, ascending);
    }
  }

  static final String SELECT =
      """
      select t.id, t.connection, t.flow, t.entity, t.subject_kind, t.subject_id, t.key, coalesce(t.number, w.number) as number,
        coalesce(w.amount, p.amount, c.wanted_amount) as amount, coalesce(w.project_id, c.project_id) as project_id, t.failure_kind, t.message, t.remedy,
        t.state, t.parent_id, t.created_at, t.closed_at, t.closed_by, t.reason, t.subject_kind = 'work_item' and t.state = 'open' as correctable,
        (select q.id from queue_item q where q.work_item_id = w.id order by q.id limit 1) as queue_item_id
      from dead_letter t
      left join work_item w on t.subject_kind = 'work_item' and w.id = t.subject_id
      left join payment p on t.subject_kind = 'payment' and p.id = t.subject_id
      left join job_cost c on t.subject_kind = 'job_cost' and c.id = t.subject_id
      """;

  static DeadLetterRow map(ResultSet rs, int row) throws SQLException {
    return new DeadLetterRow(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("flow"),
        rs.getString("entity"),
        rs.getString("subject_kind"),
        Sql.longOrNull(rs, "subject_id"),
        rs.getString("key"),
        rs.getString("number"),
        Sql.money(rs, "amount"),
        Sql.longOrNull(rs, "project_id"),
        rs.getString("failure_kind"),
        rs.getString("message"),
        rs.getString("remedy"),
        rs.getString("state"),
        Sql.longOrNull(rs, "parent_id"),
        Sql.instant(rs, "created_at"),
        Sql.instant(rs, "closed_at"),
        rs.getString("closed_by"),
        rs.getString("reason"),
        rs.getBoolean("correctable"),
        Sql.longOrNull(rs, "queue_item_id"));
  }
}
