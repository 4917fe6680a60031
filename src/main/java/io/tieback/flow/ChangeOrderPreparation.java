package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.ChangeOrderComposer;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OrderChange;
import io.tieback.construction.OrderMarker;
import io.tieback.construction.OriginId;
import io.tieback.construction.Outgoing;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.ChangeOrderExport;
import io.tieback.procore.ContractLinks;
import io.tieback.rules.ChangeOrderChecks;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/** The steps of the route {@code prepare-change-order}. */
public final class ChangeOrderPreparation extends RecordPreparation<ChangeOrder> {

  private final Ledger ledger;
  private final Clock clock;
  private final Map<ConnectionId, LedgerKnownLinks> known = new ConcurrentHashMap<>();

  /** Wires it. */
  public ChangeOrderPreparation(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      CallTally tally,
      ItemShelf shelf,
      Clock clock) {
    super(rooms, flows, tally, shelf);
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  protected Read<ChangeOrder> read(Work<ChangeOrder> work) {
    ConnectionRoom room = work.room();
    ChangeOrderExport export = ChangeOrderExport.of(work.event());
    LedgerKnownLinks links =
        known.computeIfAbsent(room.id(), id -> new LedgerKnownLinks(ledger, id));
    ContractLinks.Completed<ChangeOrder> completed =
        new ContractLinks(room.client().directory(), work.round() > 1 ? links.anew() : links)
            .complete(export.change(), export.kind());
    LocalDate date =
        room.orders()
            .dates()
            .resolve(export.dates(), () -> LocalDate.ofInstant(clock.instant(), room.zone()))
            .orElseGet(() -> LocalDate.ofInstant(clock.instant(), room.zone()));
    ChangeOrder change = completed.record();
    return new Read<>(
        change.on(date, orderNumber(room, change)),
        OrderBooks.waitKeys(completed.missing(), change.projectId()));
  }

  /** The number that the order was written with; what the event says may be older. */
  private String orderNumber(ConnectionRoom room, ChangeOrder change) {
    return ledger
        .links()
        .get(room.id(), change.commitmentEntity(), Long.toString(change.commitmentId()))
        .map(Links.Link::code)
        .orElse(change.orderNumber());
  }

  @Override
  protected List<Finding> findings(Work<ChangeOrder> work, ChangeOrder change) {
    return ChangeOrderChecks.check(change, new OrderBooks(work.room()).context(change.lines()));
  }

  /** What only the order in the ERP shows: it is written again with everything that is on it. */
  @Override
  protected List<Finding> findings(Work<ChangeOrder> work, Outgoing outgoing) {
    OrderChange change = (OrderChange) outgoing;
    return work
        .room()
        .erp()
        .order(change.orderKey())
        .flatMap(
            order ->
                ChangeOrderChecks.accounts(order, work.room().erp().capabilities().displayName()))
        .stream()
        .toList();
  }

  @Override
  protected ObjectNode figures(Work<ChangeOrder> work, ChangeOrder change) {
    return ProcoreFigures.of(change);
  }

  @Override
  protected Outgoing compose(Work<ChangeOrder> work, ChangeOrder change) {
    String marker = OrderMarker.of(work.room().id(), ChangeOrderFlow.ENTITY, change.procoreId());
    return ChangeOrderComposer.compose(
        change,
        OriginId.parse(change.commitmentOriginId()).key(),
        new OrderBooks(work.room())
            .references(marker, change.vendorOriginId(), change.projectOriginId(), change.lines()),
        work.room().invoices().bill());
  }

  /**
   * Step: changes of one order go one after the other, since each is written with everything that
   * is on the order.
   */
  public void inTurn(Exchange exchange) {
    Subject subject = exchange.getProperty(Subject.PROPERTY, Subject.class);
    OrderChange change = exchange.getMessage().getBody(OrderChange.class);
    ledger.workItems().oneAtATime(subject.row(), "order " + change.orderKey());
  }

  @Override
  protected Shown shown(Work<ChangeOrder> work, ChangeOrder record, Outgoing outgoing) {
    OrderChange change = (OrderChange) outgoing;
    if (!change.total().equals(record.sum())) {
      throw new IllegalStateException(
          "the lines come to "
              + change.total()
              + ", the change order to "
              + record.sum()
              + ": a step of the route changed an amount");
    }
    ObjectNode document =
        Json.object()
            .put("kind", OrderBooks.CHANGE)
            .put("number", change.number())
            .put("title", change.title())
            .put("order", change.orderKey())
            .put("orderNumber", record.orderNumber())
            .put("date", change.instead() == null ? null : change.instead().date().toString())
            .put("total", change.total().toString())
            .put("marker", change.marker())
            .put("instead", change.instead() == null ? null : change.instead().number());
    OrderBooks.show(document, change.lines(), record.lines());
    change.notes().forEach(document.putArray("notes")::add);
    // What was summed, line by line, so that the detail can be read later (XR-CCO-08).
    for (var line : record.lines()) {
      document
          .withArray("changes")
          .addObject()
          .put("id", line.procoreId())
          .put("of", line.changes())
          .put("description", line.description())
          .put("amount", line.amount().toString());
    }
    return new Shown(
        document,
        change.total(),
        null,
        record.orderNumber() + " CCO " + change.number(),
        record.projectId(),
        record.commitmentId(),
        record.vendorId(),
        1 + record.lines().size());
  }
}
