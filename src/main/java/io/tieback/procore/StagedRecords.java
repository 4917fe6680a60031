package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.util.List;
import java.util.Optional;

/**
 * What Procore shows under <em>Ready to Import</em> until an approver adds it (GEN-ARC-02,
 * GEN-API-18 to GEN-API-22; Procore reference section 4). A row with a known origin id is brought
 * up to date, so everything here may be repeated.
 */
public final class StagedRecords {

  private final ProcoreCalls calls;
  private final SyncCalls sync;
  private final String path;

  StagedRecords(ProcoreCalls calls, SyncCalls sync) {
    this.calls = calls;
    this.sync = sync;
    this.path =
        calls
            .connection()
            .settings()
            .stagedRecordsPath()
            .replace("{company}", Long.toString(calls.connection().companyId()));
  }

  /** Where a staged record stands (GEN-API-19). */
  public enum Status {
    /** It shows under Ready to Import. */
    STAGED,
    IMPORTED,
    ARCHIVED,
    INVALID;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A record to be staged.
   *
   * @param itemType one of GEN-API-18
   * @param originId what it is linked to once somebody imports it
   * @param originCode number or name that people see
   * @param status as it is to stand
   * @param data its fields, as the resource has them
   */
  public record Row(
      String itemType, String originId, String originCode, Status status, ObjectNode data) {}

  /**
   * A record that is staged.
   *
   * @param originId its key in the ERP
   * @param status Procore's word
   */
  public record Staged(String originId, String status) {}

  /** The records of a type that are staged, also imported and archived ones. */
  public List<Staged> list(String itemType) {
    String query = new Query().with("item_type", itemType).with("per_page", 1000).after(path);
    return calls.list("procore.list-staged-records", query).stream()
        .filter(row -> row.path("origin_id").isTextual())
        .map(row -> new Staged(row.path("origin_id").textValue(), row.path("status").asText("")))
        .toList();
  }

  /** Stages records in bulk; one outcome for each by its origin id, in their order. */
  public List<SyncOutcome<String>> sync(List<Row> rows) {
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-staged-records",
            path + "/sync",
            SyncCalls.updates()::apply,
            StagedRecords::json,
            row -> Optional.ofNullable(row.path("origin_id").textValue()),
            (sent, shown) -> sent.path("status").equals(shown.path("status"))),
        rows);
  }

  private static JsonNode json(Row row) {
    ObjectNode json =
        Json.object()
            .put("item_type", row.itemType())
            .put("origin_id", row.originId())
            .put("origin_code", row.originCode())
            .put("status", row.status().word());
    json.set("data", row.data());
    return json;
  }
}
