package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.DirectCost;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Direct costs by Procore's bulk sync (Procore reference section 8): first the direct costs, then
 * their lines, whose sum is the total. By the rule of sync actions a key alone finds the row or
 * creates it, and an id with a key finds the row and sets its key, so every call here may be
 * repeated.
 */
public final class DirectCosts {

  private static final String PROJECTS = "/rest/v1.0/projects/";
  private static final int PAGE = 1000;

  private final ProcoreCalls calls;
  private final SyncCalls sync;

  DirectCosts(ProcoreCalls calls, SyncCalls sync) {
    this.calls = calls;
    this.sync = sync;
  }

  /**
   * A direct cost to be written.
   *
   * @param cost as it is to stand
   * @param id Procore's id, or null while it is not known
   */
  public record Row(DirectCost cost, Long id) {}

  /**
   * A line to be written.
   *
   * @param directCostId Procore's id of its direct cost
   * @param line as it is to stand
   */
  public record LineRow(long directCostId, DirectCost.Line line) {}

  /**
   * Writes direct costs of one project without their lines; one outcome for each by its origin id,
   * in their order. An accepted one shows its {@code id}.
   */
  public List<SyncOutcome<String>> sync(long projectId, List<Row> rows) {
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-direct-costs",
            PROJECTS + projectId + "/direct_costs/sync",
            SyncCalls.updates()::apply,
            DirectCosts::json,
            DirectCosts::origin,
            (sent, shown) ->
                // A date that Procore does not understand is stored as nothing, without an error.
                sent.path("direct_cost_date").equals(shown.path("direct_cost_date"))
                    && shown.path("id").canConvertToLong()),
        rows);
  }

  /**
   * Writes lines of one project; one outcome for each by its origin id, in their order. An accepted
   * one shows its {@code id}, and its amount was compared to the cent.
   */
  public List<SyncOutcome<String>> syncLines(long projectId, List<LineRow> rows) {
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-direct-cost-lines",
            PROJECTS + projectId + "/direct_costs/line_items/sync",
            SyncCalls.updates()::apply,
            DirectCosts::json,
            DirectCosts::origin,
            (sent, shown) -> sameAmount(sent, shown) && shown.path("id").canConvertToLong()),
        rows);
  }

  private static Optional<String> origin(JsonNode row) {
    return Optional.ofNullable(row.path("origin_id").textValue());
  }

  private static boolean sameAmount(JsonNode sent, JsonNode shown) {
    BigDecimal amount = Fields.decimalOrNull(shown, "amount", "line of a direct cost");
    return amount != null && amount.compareTo(sent.path("amount").decimalValue()) == 0;
  }

  private static JsonNode json(Row row) {
    DirectCost cost = row.cost();
    ObjectNode json = Json.object();
    if (row.id() != null) {
      json.put("id", row.id());
    } else {
      // Procore takes the type only when the row is made.
      json.put("direct_cost_type", cost.type().word());
    }
    json.put("origin_id", cost.originId())
        .put("status", "approved")
        .put("direct_cost_date", cost.date().toString())
        .put("description", cost.description());
    if (cost.invoiceNumber() != null) {
      json.put("invoice_number", cost.invoiceNumber());
    }
    if (cost.vendorId() != null) {
      json.put("vendor_id", cost.vendorId());
    }
    return json;
  }

  private static JsonNode json(LineRow row) {
    DirectCost.Line line = row.line();
    return Json.object()
        .put("origin_id", line.originId())
        .put("direct_cost_id", row.directCostId())
        .put("cost_code_id", line.costCodeId())
        .put("line_item_type_id", line.costTypeId())
        .put("extended_type", "manual")
        .put("amount", line.amount().amount())
        .put("description", line.description());
  }

  /**
   * Removes an unlocked direct cost with its lines. May be repeated.
   *
   * @return whether it was there
   */
  public boolean remove(long projectId, long id) {
    return deleted(
        "procore.delete-direct-cost", "/rest/v1.1/projects/" + projectId + "/direct_costs/" + id);
  }

  /**
   * Removes every line of an unlocked direct cost that is not among these. May be repeated. Which
   * lines there are is asked of Procore, since an answer that got lost may have made more than is
   * known.
   *
   * @param keep origin ids
   */
  public void dropLines(long projectId, long directCostId, Collection<String> keep) {
    String path =
        new Query()
            .with("filters[direct_cost_id]", directCostId)
            .with("per_page", PAGE)
            .after(PROJECTS + projectId + "/direct_costs/line_items");
    for (JsonNode line : calls.list("procore.list-direct-cost-lines", path)) {
      if (!keep.contains(line.path("origin_id").asText())) {
        deleted(
            "procore.delete-direct-cost-line",
            PROJECTS
                + projectId
                + "/direct_costs/"
                + directCostId
                + "/line_items/"
                + Fields.id(line, "id", "line of a direct cost"));
      }
    }
  }

  private boolean deleted(String operation, String path) {
    try {
      calls.writeRepeatable(operation, "DELETE", path, null);
      return true;
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return false;
      }
      throw failure;
    }
  }
}
