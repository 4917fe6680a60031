package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ERP requests: received once however often they are delivered (GEN-API-09), read, and turned into
 * work items. States: received, reading (held by a node), then staged, parked (recognised, but no
 * flow yet), unrecognised or dead; a staged one becomes answered when all of its records and
 * details are.
 */
public final class ErpRequests {

  private static final String COLUMNS =
      "id, connection, request_id, company_id, source, state, name, cast(body as text) as body,"
          + " attempts, api_calls, failure_message, received_at";

  private final Db db;
  private final Claims claims;
  private final Staging staging;
  private final DeadLetters deadLetters;

  ErpRequests(Db db, Claims claims, Staging staging, DeadLetters deadLetters) {
    this.db = db;
    this.claims = claims;
    this.staging = staging;
    this.deadLetters = deadLetters;
  }

  /**
   * One request that somebody told of.
   *
   * @param connection whose it is
   * @param requestId Procore's id of the request
   * @param companyId Procore's id of the company
   * @param source how it became known
   * @param deliveryId Procore's id of the delivery, or null
   */
  public record Received(
      ConnectionId connection, long requestId, long companyId, Source source, String deliveryId) {}

  /**
   * Stores that a request exists. Durable before it returns.
   *
   * @return whether it was new
   */
  public boolean receive(Received received) {
    return receive(List.of(received)) == 1;
  }

  /**
   * As {@link #receive(Received)}, for any number in one statement.
   *
   * @return how many were new
   */
  public int receive(List<Received> received) {
    if (received.isEmpty()) {
      return 0;
    }
    return db.sql(
            """
            insert into erp_request (connection, request_id, company_id, source, delivery_id, state, due_at, received_at)
            select distinct on (connection, request_id) connection, request_id, company_id, source, delivery_id, 'received', :now, :now
            from unnest(:connections::text[], :requests::bigint[], :companies::bigint[], :sources::text[], :deliveries::text[])
              as r (connection, request_id, company_id, source, delivery_id)
            order by connection, request_id
            on conflict (connection, request_id) do nothing
            """)
        .with("connections", received.stream().map(Received::connection).toList())
        .with("requests", received.stream().map(Received::requestId).toList())
        .with("companies", received.stream().map(Received::companyId).toList())
        .with("sources", received.stream().map(Received::source).toList())
        .with(
            "deliveries",
            java.util.Arrays.asList(
                received.stream().map(Received::deliveryId).toArray(String[]::new)))
        .update();
  }

  /**
   * Takes requests that are due for reading, of any connection that is not paused. Each goes to one
   * node until its lease ends.
   */
  public List<ErpRequest> claim() {
    return claims
        .statement("claim-erp-requests.sql")
        .list(
            (rs, row) ->
                new ErpRequest(
                    rs.getLong("id"),
                    Sql.connection(rs),
                    rs.getLong("request_id"),
                    rs.getLong("company_id"),
                    Source.valueOf(rs.getString("source")),
                    "reading",
                    null,
                    null,
                    rs.getInt("attempts"),
                    rs.getInt("api_calls"),
                    null,
                    Sql.instant(rs, "received_at")));
  }

  /**
   * Stores what the requests hold - body, details and records - in one transaction. A request that
   * somebody else has staged meanwhile is left as it is.
   *
   * @return the work items that the requests ask for
   */
  public List<WorkItem.Reference> staged(List<StagedRequest> requests) {
    return staging.stage(requests);
  }

  /**
   * Stores a request that Tieback recognises but has no flow for. It stays visible, and its details
   * are answered as failed with the message.
   *
   * @param name Procore's name of the event
   * @param body the request as JSON
   * @param message what the approver reads in Procore
   * @param details Procore's ids of the request details to close
   */
  public void parked(
      long row, String name, String body, String message, List<Long> details, int apiCalls) {
    setAside(row, "parked", "failed", name, body, message, details, apiCalls);
  }

  /**
   * Stores a request that asked for something which another flow does by itself, such as reading
   * payments. It stays visible with the message, and its details are answered as success with it.
   *
   * @param refused details that are answered as failed nevertheless, each with its own message
   */
  public void passedOn(
      long row,
      String name,
      String body,
      String message,
      List<Long> details,
      int apiCalls,
      Map<Long, String> refused) {
    db.inTransaction(
        () -> {
          setAside(row, "parked", "success", name, body, message, details, apiCalls);
          db.sql(
                  """
                  update request_detail d set outcome = 'failed', messages = array[r.message]
                  from unnest(:details::bigint[], :messages::text[]) as r (detail_id, message)
                  where d.request_row = :row and d.detail_id = r.detail_id and d.state = 'ready'
                  """)
              .with("row", row)
              .with("details", List.copyOf(refused.keySet()))
              .with("messages", refused.keySet().stream().map(refused::get).toList())
              .update();
        });
  }

  /**
   * Stores a request with an event name that is in no list. It stays visible; details that it
   * carries are answered as failed with the message.
   */
  public void unrecognised(
      long row, String name, String body, String message, List<Long> details, int apiCalls) {
    setAside(row, "unrecognised", "failed", name, body, message, details, apiCalls);
  }

  private void setAside(
      long row,
      String state,
      String outcome,
      String name,
      String body,
      String message,
      List<Long> details,
      int apiCalls) {
    db.inTransaction(
        () -> {
          int moved =
              db.sql(
                      """
                      update erp_request set state = :state, name = :name, body = :body::jsonb, failure_message = :message,
                        api_calls = api_calls + :calls, lease_owner = null, staged_at = :now
                      where id = :row and state in ('received', 'reading')
                      """)
                  .with("row", row)
                  .with("state", state)
                  .with("name", name)
                  .with("body", body)
                  .with("message", message)
                  .with("calls", apiCalls)
                  .update();
          if (moved == 1) {
            db.sql(
                    """
                    insert into request_detail (connection, detail_id, request_row, state, outcome, messages, due_at)
                    select r.connection, d.detail_id, r.id, 'ready', :outcome, array[:message], :now
                    from erp_request r, (select distinct unnest(:details::bigint[]) as detail_id) d where r.id = :row
                    on conflict (connection, detail_id) do update
                      set request_row = excluded.request_row, state = 'ready', outcome = excluded.outcome, messages = excluded.messages,
                        due_at = excluded.due_at, lease_owner = null
                    """)
                .with("row", row)
                .with("details", details)
                .with("outcome", outcome)
                .with("message", message)
                .update();
          }
        });
  }

  /** Reading failed for now; it is due again at the given time. */
  public void retryAt(long row, String failureKind, String message, Instant dueAt) {
    db.sql(
            """
            update erp_request set state = 'received', attempts = attempts + 1, due_at = :due, lease_owner = null,
              failure_kind = :kind, failure_message = :message
            where id = :row and state in ('received', 'reading')
            """)
        .with("row", row)
        .with("kind", failureKind)
        .with("message", message)
        .with("due", dueAt)
        .update();
  }

  /** Reading failed for good: a person must act. A dead letter keeps what is known. */
  public void dead(long row, String failureKind, String message, String remedy) {
    db.inTransaction(
        () -> {
          int moved =
              db.sql(
                      """
                      update erp_request set state = 'dead', attempts = attempts + 1, lease_owner = null, failure_kind = :kind,
                        failure_message = :message
                      where id = :row and state in ('received', 'reading')
                      """)
                  .with("row", row)
                  .with("kind", failureKind)
                  .with("message", message)
                  .update();
          if (moved == 1) {
            deadLetters.addForRequest(row, failureKind, message, remedy);
          }
        });
  }

  /** One request by the ledger's key. */
  public Optional<ErpRequest> find(long row) {
    return db.sql("select " + COLUMNS + " from erp_request where id = :row")
        .with("row", row)
        .first((rs, n) -> map(rs));
  }

  /** Requests of a connection in a state, newest first. */
  public List<ErpRequest> inState(ConnectionId connection, String state, int limit) {
    return db.sql(
            "select "
                + COLUMNS
                + " from erp_request where connection = :connection and state = :state order by id"
                + " desc limit :limit")
        .with("connection", connection)
        .with("state", state)
        .with("limit", limit)
        .list((rs, n) -> map(rs));
  }

  private static ErpRequest map(ResultSet rs) throws SQLException {
    return new ErpRequest(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getLong("request_id"),
        rs.getLong("company_id"),
        Source.valueOf(rs.getString("source")),
        rs.getString("state"),
        rs.getString("name"),
        rs.getString("body"),
        rs.getInt("attempts"),
        rs.getInt("api_calls"),
        rs.getString("failure_message"),
        Sql.instant(rs, "received_at"));
  }
}
