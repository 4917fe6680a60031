package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.Capabilities;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ErpRequests;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.StagedRequest;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ErpEventKind;
import io.tieback.procore.RequestDetail;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final OutwardFlows flows;

  /** Wires it. */
  public ErpRequestReader(Ledger ledger, ConnectionRooms rooms, OutwardFlows flows) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.flows = flows;
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
      long row,
      String name,
      String body,
      String message,
      List<Long> details,
      int calls,
      End end,
      Map<Long, String> refused)
      implements Read {

    /** One answer for all request details. */
    public Park(
        long row,
        String name,
        String body,
        String message,
        List<Long> details,
        int calls,
        End end) {
      this(row, name, body, message, details, calls, end, Map.of());
    }
  }

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
    Capabilities takes = room.erp().capabilities();
    String notTaken = takes.notTaken().get(kind.name());
    if (notTaken != null) {
      return park(room, row, event, kind, body, notTaken, End.PARKED, 1);
    }
    if (takes.requestNames().contains(kind.name())) {
      Optional<OutwardFlow> flow = flows.ofRequest(kind.name());
      if (flow.isPresent()) {
        return stage(flow.get().stage(room, event), room, row, event, kind, body);
      }
      Optional<EventDeed> deed = flows.deed(kind.name());
      if (deed.isPresent()) {
        EventDeed.Outcome outcome = deed.get().carryOut(room, event);
        if (outcome.message().equals(OutwardFlow.ELSEWHERE)) {
          return new Park(
              row,
              event.requestName(),
              body,
              outcome.message(),
              List.of(),
              1 + outcome.calls(),
              End.PARKED);
        }
        End end = outcome.done() ? End.PASSED_ON : End.PARKED;
        Park park = park(room, row, event, kind, body, outcome.message(), end, 1 + outcome.calls());
        return new Park(
            row,
            park.name(),
            body,
            park.message(),
            park.details(),
            park.calls(),
            end,
            outcome.refused());
      }
    }
    return park(room, row, event, kind, body, notCarriedOut(takes, kind), End.PARKED, 1);
  }

  private Read stage(
      OutwardFlow.Staged staged,
      ConnectionRoom room,
      long row,
      ErpEvent event,
      ErpEventKind kind,
      String body) {
    int calls = 1 + staged.calls();
    if (staged.items().isEmpty()) {
      // What another connection exports, it answers too.
      return staged.nothing().equals(OutwardFlow.ELSEWHERE)
          ? new Park(row, event.requestName(), body, staged.nothing(), List.of(), calls, End.PARKED)
          : park(room, row, event, kind, body, staged.nothing(), End.PARKED, calls);
    }
    return new Stage(
        new StagedRequest(row, event.requestName(), body, calls, staged.items(), staged.details()));
  }

  private static String notCarriedOut(Capabilities takes, ErpEventKind kind) {
    return kind.answer().closesDetail()
        ? "Tieback does not carry out '"
            + kind.name()
            + "' for "
            + takes.displayName()
            + " yet. Nothing was changed in "
            + takes.displayName()
            + "; do it there by hand, and reject the item here."
        : "Procore only tells of this ('" + kind.name() + "'); nothing is asked of Tieback.";
  }

  private Park park(
      ConnectionRoom room,
      long row,
      ErpEvent event,
      ErpEventKind kind,
      String body,
      String message,
      End end,
      int callsBefore) {
    List<Long> details = new ArrayList<>(event.detailIds());
    int calls = callsBefore;
    if (details.isEmpty() && kind.answer().closesDetail()) {
      for (Long record : event.recordIds()) {
        calls++;
        room.client().requestDetails(record).stream()
            .filter(RequestDetail::open)
            .map(RequestDetail::id)
            .forEach(details::add);
      }
    }
    LOG.info(
        "no document connection='{}' request='{}' name='{}' end='{}'",
        room.id(),
        event.requestId(),
        event.requestName(),
        end);
    return new Park(
        row, event.requestName(), body, message, details.stream().distinct().toList(), calls, end);
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
              park.row(),
              park.name(),
              park.body(),
              park.message(),
              park.details(),
              park.calls(),
              park.refused());
      case UNRECOGNISED ->
          requests.unrecognised(
              park.row(), park.name(), park.body(), park.message(), park.details(), park.calls());
    }
  }
}
