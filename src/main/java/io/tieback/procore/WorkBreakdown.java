package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.util.List;
import java.util.Optional;

/**
 * Calls about standard cost codes and about cost types of cost codes (Procore reference section 9).
 */
public final class WorkBreakdown {

  private static final int PAGE = 1000;

  private final ProcoreCalls calls;
  private final SyncCalls sync;
  private final long companyId;

  WorkBreakdown(ProcoreCalls calls, SyncCalls sync) {
    this.calls = calls;
    this.sync = sync;
    this.companyId = calls.connection().companyId();
  }

  /** A cost type of a cost code. */
  public record Assignment(long costCodeId, long costTypeId) {}

  /** The company's standard cost code lists. */
  public List<JsonNode> standardLists() {
    Query query = new Query().with("company_id", companyId).with("per_page", PAGE);
    return calls.list(
        "procore.list-standard-lists", query.after("/rest/v1.0/standard_cost_code_lists"));
  }

  /** The id of the one list that the ERP tab made; nothing when Procore shows none as such. */
  public Optional<Long> erpList() {
    return standardLists().stream()
        .filter(list -> list.path("is_erp_list").asBoolean(false))
        .findFirst()
        .map(list -> Fields.id(list, "id", "standard cost code list"));
  }

  /** The codes of a standard list, each with its External Data. */
  public List<JsonNode> standardCodes(long listId) {
    Query query =
        new Query()
            .with("company_id", companyId)
            .with("standard_cost_code_list_id", listId)
            .with("per_page", PAGE);
    return calls.list("procore.list-standard-codes", query.after("/rest/v1.0/standard_cost_codes"));
  }

  /**
   * Says of cost types of cost codes that they are in the ERP (GEN-API-32); one outcome for each,
   * in their order. May be repeated.
   */
  public List<SyncOutcome<Assignment>> synced(long projectId, List<Assignment> assignments) {
    String path =
        new Query()
            .with("project_id", projectId)
            .after("/rest/v1.0/cost_code_line_item_types/sync");
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-cost-type-assignments",
            path,
            SyncCalls.updates()::apply,
            row ->
                Json.object()
                    .put("cost_code_id", row.costCodeId())
                    .put("line_item_type_id", row.costTypeId())
                    .put("synced", true),
            WorkBreakdown::assignment,
            (sent, shown) -> shown.path("synced").asBoolean(true)),
        assignments);
  }

  private static Optional<Assignment> assignment(JsonNode row) {
    return row.path("cost_code_id").canConvertToLong()
            && row.path("line_item_type_id").canConvertToLong()
        ? Optional.of(
            new Assignment(
                row.get("cost_code_id").longValue(), row.get("line_item_type_id").longValue()))
        : Optional.empty();
  }
}
