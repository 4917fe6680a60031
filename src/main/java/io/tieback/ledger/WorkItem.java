package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A record on its way out, as the ledger has it.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param entity what it is, such as {@link #REQUISITION}
 * @param procoreId Procore's id of the record
 * @param state how far it is
 * @param round 1 for the first time that it was asked for; one more each time it is staged again
 * @param event its part of Procore's event, as JSON
 * @param document the composed document as JSON, or null
 * @param erpBody the document in the ERP's wire form, or null
 * @param digest SHA-256 of {@code erpBody} in lower-case hex, or null
 * @param marker what finds it in the ERP, or null
 * @param amount what it comes to, or null until composed
 * @param number the number that it gets in the ERP, or null until composed
 * @param projectId its project, or null
 * @param commitmentId its commitment, or null
 * @param vendorId its vendor, or null
 * @param originRows External Data rows that acknowledging it takes, or null until composed
 * @param waitsFor what it waits for, as {@code entity:procore key}
 * @param attempts how often the present step failed or was repeated
 * @param apiCalls calls that it has cost so far, its share of batches not counted
 * @param dueAt when somebody may take it next; the end of the lease while somebody holds it
 * @param failureKind kind of the last failure, or null
 * @param failureMessage the last failure in words, or null
 * @param remedy what a person can do, or null
 * @param batchId the batch it is or was in, or null
 * @param erpId the ERP's key, or null until known
 * @param erpNumber the number it has in the ERP, or null
 * @param erpLineIds the ERP's keys of its lines, in their order
 * @param erpTotal what the ERP says it comes to, or null
 * @param warnings what has to be looked at although it was written
 * @param originsWrittenAt when Procore took its origin ids, or null
 * @param stagedAt when it was last staged
 */
public record WorkItem(
    long id,
    ConnectionId connection,
    String entity,
    long procoreId,
    ItemState state,
    int round,
    String event,
    String document,
    String erpBody,
    String digest,
    String marker,
    Money amount,
    String number,
    Long projectId,
    Long commitmentId,
    Long vendorId,
    Integer originRows,
    List<String> waitsFor,
    int attempts,
    int apiCalls,
    Instant dueAt,
    String failureKind,
    String failureMessage,
    String remedy,
    UUID batchId,
    String erpId,
    String erpNumber,
    List<String> erpLineIds,
    Money erpTotal,
    List<String> warnings,
    Instant originsWrittenAt,
    Instant stagedAt) {

  /** The entity of a subcontractor invoice. */
  public static final String REQUISITION = "requisition";

  /** Columns that {@link #map} reads. */
  static final String COLUMNS =
      "id, connection, entity, procore_id, state, round, cast(event as text) as event,"
          + " cast(document as text) as document, erp_body, digest, marker, amount, number,"
          + " project_id, commitment_id, vendor_id, origin_rows, waits_for, attempts, api_calls,"
          + " due_at, failure_kind, failure_message, remedy, batch_id, erp_id, erp_number,"
          + " erp_line_ids, erp_total, warnings, origins_written_at, staged_at";

  /**
   * A work item by its names.
   *
   * @param id the ledger's key
   * @param connection whose it is
   * @param entity what it is
   * @param procoreId Procore's id of the record
   * @param state how far it is
   * @param round how often it was staged
   */
  public record Reference(
      long id,
      ConnectionId connection,
      String entity,
      long procoreId,
      ItemState state,
      int round) {}

  /**
   * One change of state.
   *
   * @param round the round it happened in
   * @param from state before, null at the beginning
   * @param to state after
   * @param at when
   * @param node which node did it
   * @param reason why
   */
  public record Change(
      int round, ItemState from, ItemState to, Instant at, String node, String reason) {}

  static WorkItem map(ResultSet rs, int row) throws SQLException {
    return new WorkItem(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("entity"),
        rs.getLong("procore_id"),
        ItemState.of(rs.getString("state")),
        rs.getInt("round"),
        rs.getString("event"),
        rs.getString("document"),
        rs.getString("erp_body"),
        rs.getString("digest"),
        rs.getString("marker"),
        Sql.money(rs, "amount"),
        rs.getString("number"),
        Sql.longOrNull(rs, "project_id"),
        Sql.longOrNull(rs, "commitment_id"),
        Sql.longOrNull(rs, "vendor_id"),
        rs.getObject("origin_rows", Integer.class),
        Sql.strings(rs, "waits_for"),
        rs.getInt("attempts"),
        rs.getInt("api_calls"),
        Sql.instant(rs, "due_at"),
        rs.getString("failure_kind"),
        rs.getString("failure_message"),
        rs.getString("remedy"),
        Sql.uuid(rs, "batch_id"),
        rs.getString("erp_id"),
        rs.getString("erp_number"),
        Sql.strings(rs, "erp_line_ids"),
        Sql.money(rs, "erp_total"),
        Sql.strings(rs, "warnings"),
        Sql.instant(rs, "origins_written_at"),
        Sql.instant(rs, "staged_at"));
  }
}
