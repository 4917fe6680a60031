package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.procore.Fields;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.wire.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project's budget as {@code create_budget} has it (Procore reference sections 7 and 13). Procore
 * gives a budget no id of its own in its public resources: the project's stands for it.
 */
public final class BudgetEvents {

  private BudgetEvents() {}

  /**
   * A budget.
   *
   * @param project the project
   * @param locked whether it is locked (GEN-BUD-01)
   * @param rows rows of a budget view
   * @param changes approved budget changes with their lines (GEN-BUD-05)
   * @param updated when it was read
   */
  public static DoorRecord budget(
      JsonNode project,
      boolean locked,
      List<JsonNode> rows,
      List<JsonNode> changes,
      Instant updated) {
    long projectId = Fields.id(project, "id", "project");
    String of = "budget of project " + projectId;
    ObjectNode event = Json.object();
    event.putNull("job_id").put("locked", locked);
    event
        .putObject("budget")
        .put("id", projectId)
        .put("project_id", projectId)
        .put("synced", false);
    Map<String, Money> totals = new LinkedHashMap<>();
    ArrayNode costs = event.putArray("job_costs");
    ArrayNode transactions = event.putArray("transactions");
    for (JsonNode row : rows) {
      Money original = Fields.moneyOrZero(row, "original_budget_amount", of);
      Money revised = original.plus(Fields.moneyOrZero(row, "budget_modifications", of));
      ObjectNode cost =
          costs
              .addObject()
              .put("id", Fields.id(row, "id", of))
              .put("budget_line_item_id", Fields.id(row, "id", of))
              .put("cost_code_id", Fields.idOrNull(row, "cost_code_id", of))
              .put("line_item_type_id", Fields.idOrNull(row, "category_id", of))
              .put("cost_code", Fields.text(row, "cost_code"))
              .put("cost_type", Fields.text(row, "category"))
              .put("biller_type", Fields.text(row, "biller_type"))
              .put("new_amount", revised.amount());
      cost.putNull("sub_job_origin_id");
      totals.merge("total", revised, Money::plus);
      transactions
          .addObject()
          .put("id", Fields.id(row, "id", of))
          .put("value", original.amount())
          .put("synced", false)
          .put("type", "Erp::OriginalEstimateTransaction")
          .put("job_cost_id", Fields.id(row, "id", of));
    }
    changes.forEach(change -> lines(change, transactions, of));
    return new DoorRecord(
        DoorEvents.BUDGET,
        projectId,
        event,
        EventDigest.of(event),
        new Facts(
            Fields.text(project, "project_number"),
            Fields.text(project, "name"),
            null,
            projectId,
            Fields.text(project, "name"),
            null,
            null,
            totals.getOrDefault("total", Money.ZERO),
            null,
            null,
            locked ? "locked" : "unlocked",
            updated),
        Author.UNKNOWN,
        Presence.THERE,
        null);
  }

  private static void lines(JsonNode change, ArrayNode transactions, String of) {
    for (JsonNode line : change.path("adjustment_line_items")) {
      transactions
          .addObject()
          .put("id", Fields.id(line, "id", of))
          .put("value", Fields.moneyOrZero(line, "amount", of).amount())
          .put("synced", false)
          .put("type", "Erp::EstimateChangeTransaction")
          .put("procore_transaction_id", Fields.id(line, "id", of))
          .put("procore_transaction_type", "BudgetChange")
          .put("notes", Fields.text(change, "title"));
    }
  }
}
