package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.rules.CostItemChecks;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.util.List;

/** The steps of the route {@code prepare-cost-code}. */
public final class StandardCodePreparation extends RecordPreparation<String> {

  private final ItemShelf shelf;

  /** Wires it. */
  public StandardCodePreparation(
      ConnectionRooms rooms, OutwardFlows flows, CallTally tally, ItemShelf shelf) {
    super(rooms, flows, tally, shelf);
    this.shelf = shelf;
  }

  @Override
  protected Read<String> read(Work<String> work) {
    return new Read<>(work.event().path("code").textValue(), List.of());
  }

  @Override
  protected List<Finding> findings(Work<String> work, String code) {
    ConnectionRoom room = work.room();
    String longest = room.invoices().itemCode(code, "x".repeat(shelf.longestType(room)));
    return CostItemChecks.standardCode(
        code,
        longest.length(),
        room.erp().capabilities().itemCodeLength(),
        room.erp().capabilities().displayName());
  }

  @Override
  protected ObjectNode figures(Work<String> work, String code) {
    return Json.object().put("code", code).put("name", work.event().path("name").asText(code));
  }

  @Override
  protected Outgoing compose(Work<String> work, String code) {
    String name = work.event().path("name").asText(code);
    return new CostItem(
        "standard_cost_code:" + work.procoreId(), code, name, name, null, null, code);
  }

  @Override
  protected Shown shown(Work<String> work, String code, Outgoing outgoing) {
    return new Shown(
        Json.object().put("kind", "standard_cost_code").put("code", code),
        null,
        null,
        code,
        null,
        null,
        null,
        1);
  }
}
