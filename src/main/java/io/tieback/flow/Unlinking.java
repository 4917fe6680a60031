package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.procore.ErpEvent;
import java.util.Set;

/**
 * An approver unlinks a commitment or a change order in Procore's ERP tab (GEN-API-34); {@link
 * Unlinker} looks and frees.
 */
public final class Unlinking implements EventDeed {

  /** Procore's event of a commitment. */
  static final String COMMITMENT = "unlink_commitment";

  /** Procore's event of a change order. */
  static final String CHANGE_ORDER = "unlink_commitment_change_order";

  private final Unlinker unlinker;

  /** Wires it. */
  public Unlinking(Unlinker unlinker) {
    this.unlinker = unlinker;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(COMMITMENT, CHANGE_ORDER);
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    Unlinker.Unlinked unlinked =
        unlinker.unlink(room, record(event.is(COMMITMENT), event.data()), "Procore");
    return new Outcome(unlinked.done(), unlinked.message(), unlinked.calls());
  }

  private static Unlinker.Record record(boolean commitment, JsonNode data) {
    if (!commitment) {
      return new Unlinker.Record(
          "change_order",
          data.path("procore_commitment_change_order_id").longValue(),
          data.path("commitment_change_order_origin_id").textValue());
    }
    String type =
        "PurchaseOrderContract".equals(data.path("commitment_type").asText())
            ? "purchase_order_contract"
            : "work_order_contract";
    return new Unlinker.Record(
        type,
        data.path("procore_commitment_id").longValue(),
        data.path("commitment_origin_id").textValue());
  }
}
