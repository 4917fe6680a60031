package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.Acknowledger;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ErpEventKind;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.RequisitionExport;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Subcontractor invoices on their way out; {@link InvoicePreparation} prepares them. */
public final class InvoiceFlow implements OutwardFlow {

  private final ConnectionRooms rooms;
  private final Ledger ledger;
  private final BilledOrders billed;

  /** Wires it. */
  public InvoiceFlow(Ledger ledger, ConnectionRooms rooms) {
    this.rooms = rooms;
    this.ledger = ledger;
    this.billed = new BilledOrders(ledger);
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.INVOICE;
  }

  @Override
  public Set<String> entities() {
    return Set.of(WorkItem.REQUISITION);
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(ErpEventKind.CREATE_REQUISITIONS);
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    List<StagedRequest.Item> items = new ArrayList<>();
    Map<Long, List<Long>> details = new LinkedHashMap<>();
    int calls = 0;
    boolean elsewhere = false;
    for (RequisitionExport export : event.requisitions()) {
      if (rooms.belongsToAnother(room, export.jobOriginId())) {
        elsewhere = true;
        continue;
      }
      items.add(
          new StagedRequest.Item(
              WorkItem.REQUISITION,
              export.requisitionId(),
              Json.write(export.source()),
              null,
              export.contractId(),
              null,
              export.figuresDigest()));
      OpenDetails open = OpenDetails.of(room, export.detailId(), export.requisitionId());
      calls += open.calls();
      if (open.detail() != null) {
        details
            .computeIfAbsent(open.detail(), none -> new ArrayList<>())
            .add(export.requisitionId());
      }
    }
    if (items.isEmpty()) {
      return Staged.nothing(
          elsewhere
              ? OutwardFlow.ELSEWHERE
              : "The event holds no invoice; there is nothing to do.");
    }
    return new Staged(
        items,
        details.entrySet().stream()
            .map(d -> new StagedRequest.Detail(d.getKey(), d.getValue()))
            .toList(),
        calls,
        null);
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    return InvoicePreparation.inWords(procoreId, event);
  }

  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    return new Acknowledger(room.client(), room.erp().capabilities().erp()).rows(bill(item));
  }

  @Override
  public void afterOrigins(ConnectionRoom room, WorkItem item) {
    if (room.invoices().files()) {
      ledger.documentFiles().wanted(item, kind(item));
    }
    billed.after(room, item);
  }

  private static Acknowledger.WrittenBill bill(WorkItem item) {
    List<Acknowledger.Item> lines = new ArrayList<>();
    JsonNode document = Json.read(item.document());
    for (JsonNode line : document.path("items")) {
      lines.add(
          new Acknowledger.Item(
              line.path("id").longValue(), InvoiceLineKind.valueOf(line.path("kind").textValue())));
    }
    return new Acknowledger.WrittenBill(
        kind(item), item.procoreId(), item.erpId(), item.erpNumber(), lines);
  }

  /** {@code bill} or {@code credit_note}. What an earlier version composed names none: a bill. */
  private static String kind(WorkItem item) {
    return Json.read(item.document()).path("kind").asText("bill");
  }
}
