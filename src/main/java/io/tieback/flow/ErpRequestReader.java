package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OriginId;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ErpRequests;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.DetailFinder;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ErpEventKind;
import io.tieback.procore.RequestDetail;
import io.tieback.procore.RequisitionExport;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads ERP requests and turns each into work items (GEN-API-05, GEN-API-40). What is recognised
 * but has no flow is parked visibly and answered; what is not even recognised is left visibly
 * (Procore reference section 6).
 */
public final class ErpRequestReader {

  private static final Logger LOG = LoggerFactory.getLogger(ErpRequestReader.class);

  /** Events that become work items: one name for each flow that is built. */
  private static final Set<String> FLOWS = Set.of(ErpEventKind.CREATE_REQUISITIONS);

  private final Ledger ledger;
  private final ConnectionRooms rooms;

  /** Wires it. */
  public ErpRequestReader(Ledger ledger, ConnectionRooms rooms) {
    this.ledger = ledger;
    this.rooms = rooms;
  }

  /** What became of a request that was read; handed to {@link #stage} together with others. */
  public sealed interface Read permits Stage, Park {}

  /** It has records to export. */
  public record Stage(StagedRequest request) implements Read {}

  /** What a request that makes no work item comes to. */
  public enum End {
    /** Recognised, and nothing is done; its details are answered as failed. */
    PARKED,
    /** Another flow does what it asks for; its details are answered as success. */
    PASSED_ON,
    /** Its name is in no list. */
    UNRECOGNISED
  }

  /** There is nothing to export, and the message says why. */
  public record Park(
      long row, String name, String body, String message, List<Long> details, int calls, End end)
      implements Read {}

  /** Reads one claimed request; the body becomes what {@link #stage} takes. */
  public void read(Exchange exchange) {
    Claimed row = Claimed.of(exchange);
    long id = row.number("id");
    long requestId = row.number("request_id");
    exchange.setProperty(
        Subject.PROPERTY,
        new Subject(
            Subject.Kind.ERP_REQUEST,
            row.connection(),
            id,
            0,
            (int) row.number("attempts"),
            "ERP request " + requestId));
    ConnectionRoom room = rooms.of(row.connection());
    JsonNode shown = room.client().erpRequest(requestId);
    exchange.getMessage().setBody(understood(room, id, shown));
  }

  private Read understood(ConnectionRoom room, long row, JsonNode shown) {
    ErpEvent event = ErpEvent.of(shown);
    String body = Json.write(shown);
    Json.requireStorable(body, "ERP request " + event.requestId());
    if (event.companyId() != room.procore().companyId()) {
      throw Failure.of(
          FailureKind.REFUSED,
          "ERP request "
              + event.requestId()
              + " belongs to Procore company "
              + event.companyId()
              + ", not to "
              + room.procore().companyId(),
          "Point the webhook of that company at its own connection.");
    }
    if (event.kind().isEmpty()) {
      String message =
          "'"
              + event.requestName()
              + "' is in no list of Procore's events; it is kept and left alone.";
      LOG.warn(
          "unrecognised event connection='{}' request='{}' name='{}'",
          room.id(),
          event.requestId(),
          event.requestName());
      return new Park(row, event.requestName(), body, message, List.of(), 1, End.UNRECOGNISED);
    }
    ErpEventKind kind = event.kind().get();
    if (room.erp().capabilities().requestNames().contains(kind.name())
        && FLOWS.contains(kind.name())) {
      return stage(room, row, event, body);
    }
    return park(room, row, event, kind, body);
  }

  private Read stage(ConnectionRoom room, long row, ErpEvent event, String body) {
    List<StagedRequest.Item> items = new ArrayList<>();
    Map<Long, List<Long>> details = new LinkedHashMap<>();
    int calls = 1;
    boolean elsewhere = false;
    for (RequisitionExport export : event.requisitions()) {
      if (belongsToAnother(room, export.jobOriginId())) {
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
              null));
      if (export.detailId() != null) {
        details
            .computeIfAbsent(export.detailId(), none -> new ArrayList<>())
            .add(export.requisitionId());
      } else {
        calls++;
        new DetailFinder(room.client())
            .openDetailOf(export.requisitionId())
            .ifPresent(
                detail ->
                    details
                        .computeIfAbsent(detail, none -> new ArrayList<>())
                        .add(export.requisitionId()));
      }
    }
    if (items.isEmpty() && elsewhere) {
      return new Park(
          row,
          event.requestName(),
          body,
          "Its projects belong to another connection of this Procore company, which exports it.",
          List.of(),
          calls,
          End.PARKED);
    }
    if (items.isEmpty()) {
      return new Park(
          row,
          event.requestName(),
          body,
          "The event holds no invoice; there is nothing to do.",
          event.detailIds(),
          calls,
          End.PARKED);
    }
    List<StagedRequest.Detail> answers =
        details.entrySet().stream()
            .map(d -> new StagedRequest.Detail(d.getKey(), d.getValue()))
            .toList();
    return new Stage(new StagedRequest(row, event.requestName(), body, calls, items, answers));
  }

  /**
   * A Procore company may have several connections, and each of their webhooks tells of every
   * event; the project's link says whose it is.
   */
  private boolean belongsToAnother(ConnectionRoom room, String projectOriginId) {
    try {
      return projectOriginId != null
          && !OriginId.parse(projectOriginId).connection().equals(room.id())
          && rooms.has(OriginId.parse(projectOriginId).connection());
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }

  private Read park(ConnectionRoom room, long row, ErpEvent event, ErpEventKind kind, String body) {
    String erp = room.erp().capabilities().displayName();
    if (!kind.answer().closesDetail()) {
      return new Park(
          row,
          event.requestName(),
          body,
          "Procore only tells of this ('" + kind.name() + "'); nothing is asked of Tieback.",
          List.of(),
          1,
          End.PARKED);
    }
    List<Long> details = new ArrayList<>(event.detailIds());
    int calls = 1;
    if (details.isEmpty()) {
      for (Long record : event.recordIds()) {
        calls++;
        room.client().requestDetails(record).stream()
            .filter(RequestDetail::open)
            .map(RequestDetail::id)
            .forEach(details::add);
      }
    }
    if (kind.name().equals(ErpEventKind.SYNC_CONTRACT_PAYMENTS)) {
      // The button of GEN-PAY-06: the next tick reads payments, whatever the schedule says.
      ledger.connections().requestPaymentSync(room.id());
      String asked =
          "'"
              + kind.name()
              + "': payments are read from "
              + erp
              + " at once and come as contract payments.";
      return new Park(
          row,
          event.requestName(),
          body,
          asked,
          details.stream().distinct().toList(),
          calls,
          End.PASSED_ON);
    }
    String message =
        "Tieback does not carry out '"
            + kind.name()
            + "' for "
            + erp
            + " yet. Nothing was changed in "
            + erp
            + "; do it there by hand, and reject the item here.";
    LOG.info(
        "parked connection='{}' request='{}' name='{}'",
        room.id(),
        event.requestId(),
        event.requestName());
    return new Park(
        row,
        event.requestName(),
        body,
        message,
        details.stream().distinct().toList(),
        calls,
        End.PARKED);
  }

  /** Stores what was read, all that has records in one transaction. */
  public void stage(List<Read> read) {
    List<StagedRequest> stages = new ArrayList<>();
    for (Read one : read) {
      if (one instanceof Stage stage) {
        stages.add(stage.request());
      } else if (one instanceof Park park) {
        setAside(park);
      }
    }
    ledger.erpRequests().staged(stages);
  }

  private void setAside(Park park) {
    ErpRequests requests = ledger.erpRequests();
    switch (park.end()) {
      case PARKED ->
          requests.parked(
              park.row(), park.name(), park.body(), park.message(), park.details(), park.calls());
      case PASSED_ON ->
          requests.passedOn(
              park.row(), park.name(), park.body(), park.message(), park.details(), park.calls());
      case UNRECOGNISED ->
          requests.unrecognised(
              park.row(), park.name(), park.body(), park.message(), park.details(), park.calls());
    }
  }
}
