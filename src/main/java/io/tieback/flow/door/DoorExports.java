package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Composed;
import io.tieback.approval.Exports;
import io.tieback.approval.Refused;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.CompanyReadings;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.Corrected;
import io.tieback.flow.DoorData;
import io.tieback.flow.OutwardFlow;
import io.tieback.flow.OutwardFlows;
import io.tieback.flow.Previews;
import io.tieback.flow.Unlinker;
import io.tieback.ledger.DoorRequests;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.door.DoorEvents;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Optional;

/**
 * What decisions at Tieback's own door need of the pipeline: staging what was accepted by the same
 * flows as an ERP request, composing for a look, and unlinking.
 */
public final class DoorExports implements Exports {

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final OutwardFlows flows;
  private final Previews previews;
  private final Unlinker unlinker;
  private final CompanyLinking companies;
  private final DoorImports imports;

  /** Wires it. */
  public DoorExports(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      Previews previews,
      Unlinker unlinker,
      CompanyLinking companies,
      DoorImports imports) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.flows = flows;
    this.previews = previews;
    this.unlinker = unlinker;
    this.companies = companies;
    this.imports = imports;
  }

  @Override
  public long export(QueueItem item) {
    ConnectionRoom room = rooms.of(item.connection());
    JsonNode data =
        DoorData.of(item)
            .orElseThrow(
                () ->
                    new Refused(
                        "What Procore has of it could not be read.",
                        "Look at its findings; it is read again with the next poll."));
    OutwardFlow.Staged staged =
        flow(room, item)
            .stage(
                room, DoorEvents.event(room.procore().companyId(), item.entity(), item.id(), data));
    StagedRequest.Item own =
        staged.items().stream()
            .filter(one -> one.entity().equals(item.entity()))
            .filter(one -> one.procoreId() == item.procoreId())
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        staged.nothing() == null ? "Its event does not hold it." : staged.nothing(),
                        "Archive it here, or change the setting."));
    WorkItem.Reference reference =
        ledger
            .doorRequests()
            .stage(
                new DoorRequests.Accepted(
                    room.id(),
                    room.procore().companyId(),
                    item.id(),
                    DoorEvents.requestName(item.entity()),
                    Json.write(body(item, data)),
                    staged.items()))
            .stream()
            .filter(one -> one.entity().equals(own.entity()))
            .filter(one -> one.procoreId() == own.procoreId())
            .findFirst()
            .orElseThrow();
    if (ledger.doorRequests().leftWithOtherFigures(reference, own.figures())) {
      throw new Refused(
          "It was sent to "
              + room.erp().capabilities().displayName()
              + " before, and has other figures now. Nothing was changed there.",
          "Bring it back to the figures that were sent, or unlink it after its document is deleted"
              + " there.");
    }
    return reference.id();
  }

  private OutwardFlow flow(ConnectionRoom room, QueueItem item) {
    if (!flows.entities().contains(item.entity())) {
      throw new Refused(
          room.erp().capabilities().displayName()
              + " takes no records of the kind "
              + item.kind().replace('_', ' ')
              + ".",
          "Archive it here.");
    }
    return flows.ofEntity(item.entity());
  }

  private static ObjectNode body(QueueItem item, JsonNode data) {
    ObjectNode body = Json.object().put("request_name", DoorEvents.requestName(item.entity()));
    body.set("request_data", data);
    return body;
  }

  @Override
  public Composed compose(QueueItem item) {
    ConnectionRoom room = rooms.of(item.connection());
    try {
      if (item.isImport()) {
        return imports.compose(room, item);
      }
      flow(room, item);
      Optional<JsonNode> data = DoorData.of(item);
      if (data.isEmpty()) {
        return new Composed(null, null, List.of(), null, null, null);
      }
      Previews.Preview preview =
          previews.of(room, item.entity(), item.procoreId(), data.get(), Corrected.of(item));
      return new Composed(
          preview.json(),
          preview.digest(),
          preview.findings(),
          preview.amount(),
          preview.currency(),
          preview.number(),
          preview.amount() == null ? null : room.erp().setup().baseCurrency(),
          preview.parts());
    } catch (Failure failure) {
      throw new Refused(failure.getMessage(), remedy(failure));
    }
  }

  private static String remedy(Failure failure) {
    return failure.remedy().isBlank() ? "Try again in a moment." : failure.remedy();
  }

  @Override
  public void unlink(QueueItem item, String who) {
    ConnectionRoom room = rooms.of(item.connection());
    try {
      if (item.entity().equals(CompanyReadings.VENDOR)) {
        companies.unlink(room, company(room, item), who);
        return;
      }
      String link =
          ledger
              .links()
              .get(room.id(), item.entity(), Long.toString(item.procoreId()))
              .map(Links.Link::originId)
              .orElse(null);
      Unlinker.Unlinked unlinked =
          unlinker.unlink(room, new Unlinker.Record(item.entity(), item.procoreId(), link), who);
      if (!unlinked.done()) {
        throw new Refused(
            unlinked.message(),
            "Void or delete it in "
                + room.erp().capabilities().displayName()
                + ", what belongs to it first, then unlink it again.");
      }
    } catch (Failure failure) {
      throw new Refused(failure.getMessage(), remedy(failure));
    }
  }

  /** What was imported has the company that was made of it. */
  private long company(ConnectionRoom room, QueueItem item) {
    if (!item.isImport()) {
      return item.procoreId();
    }
    return ledger.links().all(room.id(), CompanyReadings.VENDOR).stream()
        .filter(link -> item.erpKey().equals(link.erpId()))
        .map(link -> Long.parseLong(link.procoreKey()))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    "No company is linked to this supplier any more.",
                    "Nothing to do: it is offered for import again with the next reading."));
  }
}
