package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.DocumentKind;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ChangeOrderExport;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Set;

/**
 * Commitment change orders on their way out: further lines of the commitment's purchase order
 * (XR-CCO-11). {@link ChangeOrderPreparation} prepares them.
 */
public final class ChangeOrderFlow implements OutwardFlow {

  /** External Data's word. */
  static final String ENTITY = "change_order";

  /** Procore's event. */
  static final String CREATE = "create_commitment_change_order";

  private final ConnectionRooms rooms;

  /** Wires it. */
  public ChangeOrderFlow(ConnectionRooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.ORDER_CHANGE;
  }

  @Override
  public Set<String> entities() {
    return Set.of(ENTITY);
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(CREATE);
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    ChangeOrderExport export = ChangeOrderExport.of(event.data());
    ChangeOrder change = export.change();
    if (rooms.belongsToAnother(room, change.projectOriginId())) {
      return Staged.nothing(ELSEWHERE);
    }
    if (!room.orders().export()) {
      return Staged.nothing(CommitmentFlow.SWITCHED_OFF);
    }
    return CommitmentFlow.one(
        room,
        event,
        new StagedRequest.Item(
            ENTITY,
            change.procoreId(),
            Json.write(event.data()),
            change.projectId(),
            change.commitmentId(),
            change.vendorId(),
            export.figures()));
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    String number = CommitmentFlow.inOneLine(event.path("change_order").path("number"));
    String contract = CommitmentFlow.inOneLine(event.path("commitment").path("number"));
    return "change order "
        + (number.isEmpty() ? "" : number + (contract.isEmpty() ? " " : " of " + contract + " "))
        + "(id "
        + procoreId
        + ")";
  }

  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    // The key is that of the order that bears the lines, and of the change order.
    String order = item.erpId().substring(0, item.erpId().indexOf('|'));
    return new OrderBooks(room)
        .rows(
            ENTITY,
            item.procoreId(),
            OrderBooks.CHANGE,
            item.erpId(),
            order,
            item.erpNumber(),
            CommitmentFlow.items(item));
  }
}
