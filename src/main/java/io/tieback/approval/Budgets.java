package io.tieback.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.ledger.QueueItem;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Budgets (GEN-BUD). Their event has the shape of Procore's own ({@code job_costs[]}, {@code
 * transactions[]} with {@code synced}; procore-api section 7) with {@code locked} besides.
 */
public final class Budgets {

  /** Figures are read exactly, to their last zero. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Budgets() {}

  /** Why a budget may not be sent now. */
  static Optional<Refusal> sending(QueueItem item, ApprovalPolicy policy) {
    if (policy.budgetsNotTaken() != null) {
      return Optional.of(
          Refusal.of("budget.not_taken", policy.erpName(), policy.budgetsNotTaken()));
    }
    JsonNode event = read(item.about().event());
    if (!event.path("locked").asBoolean(false)) {
      return Optional.of(Refusal.of("budget.not_locked"));
    }
    long loose = count(event.path("job_costs"), Budgets::unlinked);
    if (loose > 0) {
      return Optional.of(Refusal.of("budget.codes", loose));
    }
    return count(event.path("transactions"), Budgets::unsynced) == 0
        ? Optional.of(Refusal.of("budget.nothing_new"))
        : Optional.empty();
  }

  /**
   * The event with only those changes that the ERP does not have yet: the original budget the first
   * time, and the lines and modifications since later on (GEN-BUD-05, GEN-BUD-06).
   */
  public static String unsynced(String event) {
    JsonNode given = read(event);
    if (!(given instanceof ObjectNode budget)) {
      throw new IllegalArgumentException("a budget's event is no JSON object");
    }
    ArrayNode changes = MAPPER.createArrayNode();
    budget
        .path("transactions")
        .forEach(
            change -> {
              if (unsynced(change)) {
                changes.add(change);
              }
            });
    budget.set("transactions", changes);
    try {
      return MAPPER.writeValueAsString(budget);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree cannot be written", e);
    }
  }

  /**
   * Why a budget that was sent may not be unlocked in Procore (GEN-BUD-02, GEN-BUD-09); empty when
   * it may.
   *
   * @param amountsInErp whether the amounts that were exported were found in the ERP (contradiction
   *     C-23)
   * @param modified whether a budget modification exists
   */
  public static Optional<Refusal> unlocking(
      QueueItem item, boolean amountsInErp, boolean modified) {
    if (modified) {
      return Optional.of(Refusal.of("budget.unlock_modified"));
    }
    return switch (QueueState.of(item.state())) {
      case READY_TO_EXPORT, READY_TO_UPDATE -> Optional.of(Refusal.of("budget.unlock_waiting"));
      case EXPORTING, FAILED -> Optional.of(Refusal.of("budget.unlock_exporting"));
      case SYNCED ->
          amountsInErp ? Optional.empty() : Optional.of(Refusal.of("budget.unlock_unposted"));
      default -> Optional.empty();
    };
  }

  private interface Condition {
    boolean holds(JsonNode node);
  }

  private static boolean unlinked(JsonNode jobCost) {
    return blank(jobCost, "cost_code_origin_id") || blank(jobCost, "job_origin_id");
  }

  private static boolean unsynced(JsonNode change) {
    return !change.path("synced").asBoolean(false);
  }

  private static boolean blank(JsonNode node, String field) {
    return node.path(field).asText("").isBlank() || node.path(field).isNull();
  }

  private static long count(JsonNode array, Condition condition) {
    return StreamSupport.stream(array.spliterator(), false).filter(condition::holds).count();
  }

  private static JsonNode read(String event) {
    try {
      return event == null
          ? MAPPER.createObjectNode()
          : MAPPER.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a budget's event is no JSON", e);
    }
  }
}
