package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells Procore what became of its requests, in its order: origin ids first, then the request
 * details (Procore reference section 6). A work item is acknowledged when both are done; a request
 * is answered when all of its records and details are.
 */
public final class Acknowledgements {

  /** Separates the elements of a list within one text; occurs in no message. */
  private static final String UNIT = "\u001f";

  private final Db db;
  private final Verdicts verdicts;

  Acknowledgements(Db db, Verdicts verdicts) {
    this.db = db;
    this.verdicts = verdicts;
  }

  /**
   * Takes records whose origin ids Procore does not have yet, oldest first, as many as fit into one
   * call. A record that alone takes more rows than that is given alone.
   *
   * @param mostRows most External Data rows in one call (GEN-API-15: 1,000)
   */
  public List<WorkItem> claimOrigins(ConnectionId connection, int mostRows, Duration lease) {
    return db.sql(
            """
            with due as (
              select id, coalesce(origin_rows, 1 + cardinality(erp_line_ids)) as rows, due_at from work_item
              where connection = :connection and state = 'known' and origins_written_at is null and due_at <= :now
                and connection not in (select name from erp_connection where paused_at is not null)
              order by due_at, id limit :most),
            counted as (
              select id, sum(rows) over w as through, row_number() over w as place from due window w as (order by due_at, id))
            update work_item w set lease_owner = :node, due_at = :until
            where w.id in (
              select id from work_item
              where id = any(array(select id from counted where through <= :most or place = 1))
                and state = 'known' and origins_written_at is null and due_at <= :now
              for update skip locked)
            returning
            """
                + WorkItem.COLUMNS)
        .with("connection", connection)
        .with("most", mostRows)
        .with("until", db.now().plus(lease))
        .list(WorkItem::map);
  }

  /**
   * Whether a call is worth making for origin ids: a full call's rows are there, or a record that
   * waited long enough.
   */
  public boolean worthACall(ConnectionId connection, int mostRows, Instant waitingSince) {
    return db.sql(
            """
            select coalesce(sum(coalesce(origin_rows, 1 + cardinality(erp_line_ids))) >= :most or bool_or(due_at <= :since), false) from (
              select origin_rows, erp_line_ids, due_at from work_item
              where connection = :connection and state = 'known' and origins_written_at is null and due_at <= :now
              order by due_at limit :most) c
            """)
        .with("connection", connection)
        .with("most", mostRows)
        .with("since", waitingSince)
        .first((rs, n) -> rs.getBoolean(1))
        .orElse(false);
  }

  /**
   * Whether a call is worth making for request details: a full call is there, or an answer that
   * waited long enough.
   */
  public boolean answersWorthACall(ConnectionId connection, int most, Instant waitingSince) {
    return db.sql(
            """
            select coalesce(count(*) >= :most or bool_or(due_at <= :since), false) from (
              select due_at from request_detail where connection = :connection and state = 'ready' and due_at <= :now order by due_at limit :most) c
            """)
        .with("connection", connection)
        .with("most", most)
        .with("since", waitingSince)
        .first((rs, n) -> rs.getBoolean(1))
        .orElse(false);
  }

  /**
   * Procore took the origin ids of these records: their details can be answered, and what has none
   * is done.
   */
  public void originsWritten(List<Long> items) {
    if (items.isEmpty()) {
      return;
    }
    db.inTransaction(
        () -> {
          List<Long> written =
              db.sql(
                      """
                      update work_item set origins_written_at = :now, lease_owner = null, attempts = 0, failure_kind = null, failure_message = null
                      where id = any(:items::bigint[]) and state = 'known' and origins_written_at is null returning id
                      """)
                  .with("items", items)
                  .ids();
          if (!written.isEmpty()) {
            verdicts.succeeded(written);
            verdicts.finish(written);
          }
        });
  }

  /**
   * Procore did not take the origin ids of this record (partial failure: GEN-API-15). It stays
   * known and is due again at the given time.
   *
   * @param message Procore's own words
   */
  public void originsNotWritten(long item, String failureKind, String message, Instant dueAt) {
    db.sql(
            """
            update work_item set attempts = attempts + 1, lease_owner = null, due_at = :due, failure_kind = :kind, failure_message = :message
            where id = :item and state = 'known' and origins_written_at is null
            """)
        .with("item", item)
        .with("due", dueAt)
        .with("kind", failureKind)
        .with("message", message)
        .update();
  }

  /**
   * An answer that Procore waits for.
   *
   * @param row the ledger's key
   * @param detailId Procore's id of the request detail
   * @param success whether all of its records went out
   * @param messages what the approver reads; all records' messages when several failed
   * @param attempts how often answering failed so far
   */
  public record Answer(
      long row, long detailId, boolean success, List<String> messages, int attempts) {}

  /**
   * Takes request details whose outcome is certain: all records succeeded or failed, or the request
   * is parked.
   */
  public List<Answer> claimAnswers(ConnectionId connection, int most, Duration lease) {
    return db.sql(
            """
            update request_detail set lease_owner = :node, due_at = :until
            where id in (
              select id from request_detail where connection = :connection and state = 'ready' and due_at <= :now
                and connection not in (select name from erp_connection where paused_at is not null)
              order by due_at, id for update skip locked limit :most)
            returning id, detail_id, outcome, messages, attempts
            """)
        .with("connection", connection)
        .with("most", most)
        .with("until", db.now().plus(lease))
        .list(
            (rs, n) ->
                new Answer(
                    rs.getLong("id"),
                    rs.getLong("detail_id"),
                    "success".equals(rs.getString("outcome")),
                    Sql.strings(rs, "messages"),
                    rs.getInt("attempts")));
  }

  /**
   * Procore took these answers. One whose records were set going again, or whose messages became
   * others meanwhile, stays open and will be answered again.
   */
  public void answered(List<Answer> answers) {
    close(answers, "answered", null);
  }

  /**
   * Procore does not know this detail any more (stale or deleted): nothing is left to answer. The
   * message stays visible.
   */
  public void givenUp(Answer answer, String message) {
    close(List.of(answer), "given_up", message);
  }

  private void close(List<Answer> answers, String state, String message) {
    if (answers.isEmpty()) {
      return;
    }
    db.inTransaction(
        () -> {
          List<Long> closed =
              db.sql(
                      """
                      update request_detail d set state = :state, answered_at = :now, lease_owner = null, last_error = :message
                      from unnest(:rows::bigint[], :outcomes::text[], :messages::text[]) as a (id, outcome, messages)
                      where d.id = a.id and d.state = 'ready' and d.outcome = a.outcome and array_to_string(d.messages, :unit) = a.messages
                      returning d.id
                      """)
                  .with("rows", answers.stream().map(Answer::row).toList())
                  .with(
                      "outcomes",
                      answers.stream().map(a -> a.success() ? "success" : "failed").toList())
                  .with(
                      "messages",
                      answers.stream().map(a -> String.join(UNIT, a.messages())).toList())
                  .with("unit", UNIT)
                  .with("state", state)
                  .with("message", message)
                  .ids();
          if (closed.isEmpty()) {
            return;
          }
          List<Long> items =
              db.sql(
                      "select distinct work_item_id from item_detail where detail_row ="
                          + " any(:details::bigint[]) order by 1")
                  .with("details", closed)
                  .ids();
          verdicts.finish(items);
          db.sql(
                  "update erp_request set answered_at = :now where id in (select request_row from"
                      + " request_detail where id = any(:details::bigint[])) and state in"
                      + " ('parked', 'unrecognised')")
              .with("details", closed)
              .update();
        });
  }

  /** Procore did not take this answer; it is due again at the given time. */
  public void notAnswered(Answer answer, String message, Instant dueAt) {
    db.sql(
            """
            update request_detail set attempts = attempts + 1, lease_owner = null, due_at = :due, last_error = :message
            where id = :row and state = 'ready'
            """)
        .with("row", answer.row())
        .with("due", dueAt)
        .with("message", message)
        .update();
  }
}
