package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Commitment;
import io.tieback.construction.DocumentKind;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.CommitmentExport;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Commitments on their way out: subcontracts and purchase orders alike become purchase orders
 * (XR-COM-15). {@link CommitmentPreparation} prepares them.
 */
public final class CommitmentFlow implements OutwardFlow {

  /** Procore's event. */
  static final String CREATE = "create_commitment";

  /** Why nothing is exported when the firm does not want it (XR-CFG-08). */
  static final String SWITCHED_OFF =
      "Commitments and change orders are not exported (orders.export is off, XR-CFG-08). Reject the"
          + " item here; invoices go without it.";

  private static final int LONGEST_NUMBER_IN_WORDS = 60;

  private final ConnectionRooms rooms;

  /** Wires it. */
  public CommitmentFlow(ConnectionRooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.ORDER;
  }

  @Override
  public Set<String> entities() {
    return Set.of("work_order_contract", "purchase_order_contract");
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(CREATE);
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    CommitmentExport export = CommitmentExport.of(event.data());
    Commitment commitment = export.commitment();
    if (rooms.belongsToAnother(room, commitment.projectOriginId())) {
      return Staged.nothing(ELSEWHERE);
    }
    if (!room.orders().export()) {
      return Staged.nothing(SWITCHED_OFF);
    }
    return one(
        room,
        event,
        new StagedRequest.Item(
            commitment.entity(),
            commitment.procoreId(),
            Json.write(event.data()),
            commitment.projectId(),
            null,
            commitment.vendorId(),
            export.figures()));
  }

  /** One record with the detail of the event, which is looked for where the event names none. */
  static Staged one(ConnectionRoom room, ErpEvent event, StagedRequest.Item item) {
    OpenDetails open = OpenDetails.of(room, event.sharedDetailId(), item.procoreId());
    return new Staged(
        List.of(item),
        open.detail() == null
            ? List.of()
            : List.of(new StagedRequest.Detail(open.detail(), List.of(item.procoreId()))),
        open.calls(),
        null);
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    String number = inOneLine(event.path("commitment").path("number"));
    return "commitment "
        + (number.isEmpty() ? Long.toString(procoreId) : number + " (id " + procoreId + ")");
  }

  /** A short text in one line, or nothing when it is overlong. */
  static String inOneLine(JsonNode text) {
    String line = text.asText("").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > LONGEST_NUMBER_IN_WORDS ? "" : line;
  }

  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    return new OrderBooks(room)
        .rows(
            item.entity(),
            item.procoreId(),
            OrderBooks.ORDER,
            item.erpId(),
            item.erpId(),
            item.erpNumber(),
            items(item));
  }

  /** Ids of a record's lines in Procore. */
  static List<Long> items(WorkItem item) {
    List<Long> ids = new ArrayList<>();
    Json.read(item.document()).path("items").forEach(one -> ids.add(one.path("id").longValue()));
    return ids;
  }
}
