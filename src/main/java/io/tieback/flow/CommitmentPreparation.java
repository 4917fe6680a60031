package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Commitment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OrderComposer;
import io.tieback.construction.OrderMarker;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.Ledger;
import io.tieback.procore.CommitmentExport;
import io.tieback.procore.ContractLinks;
import io.tieback.rules.Finding;
import io.tieback.rules.OrderChecks;
import io.tieback.wire.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the route {@code prepare-commitment}. */
public final class CommitmentPreparation extends RecordPreparation<Commitment> {

  private static final Logger LOG = LoggerFactory.getLogger(CommitmentPreparation.class);

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final Clock clock;
  private final Map<ConnectionId, LedgerKnownLinks> known = new ConcurrentHashMap<>();

  /** Wires it. */
  public CommitmentPreparation(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      CallTally tally,
      ItemShelf shelf,
      Clock clock) {
    super(rooms, flows, tally, shelf);
    this.ledger = ledger;
    this.rooms = rooms;
    this.clock = clock;
  }

  @Override
  protected Read<Commitment> read(Work<Commitment> work) {
    ConnectionRoom room = work.room();
    CommitmentExport export = CommitmentExport.of(work.event());
    LedgerKnownLinks links =
        known.computeIfAbsent(room.id(), id -> new LedgerKnownLinks(ledger, id));
    ContractLinks.Completed<Commitment> completed =
        new ContractLinks(room.client().directory(), work.round() > 1 ? links.anew() : links)
            .complete(export.commitment());
    LocalDate date =
        room.orders()
            .dates()
            .resolve(export.dates(), () -> LocalDate.ofInstant(clock.instant(), room.zone()))
            .orElse(null);
    Commitment commitment = completed.record().on(date, currency(room, export));
    return new Read<>(commitment, OrderBooks.waitKeys(completed.missing(), commitment.projectId()));
  }

  /** The event names no currency; the contract does. */
  private static String currency(ConnectionRoom room, CommitmentExport export) {
    Commitment commitment = export.commitment();
    if (commitment.currency() != null) {
      return commitment.currency();
    }
    JsonNode shown =
        room.client()
            .directory()
            .commitment(export.kind(), commitment.projectId(), commitment.procoreId());
    return shown.path("currency_configuration").path("currency_iso_code").textValue();
  }

  @Override
  protected List<Finding> findings(Work<Commitment> work, Commitment commitment) {
    return OrderChecks.check(commitment, new OrderBooks(work.room()).context(commitment.lines()));
  }

  @Override
  protected Outgoing compose(Work<Commitment> work, Commitment commitment) {
    String marker = OrderMarker.of(work.room().id(), commitment.entity(), commitment.procoreId());
    return OrderComposer.compose(
        commitment,
        new OrderBooks(work.room())
            .references(
                marker,
                commitment.vendorOriginId(),
                commitment.projectOriginId(),
                commitment.lines()),
        work.room().invoices().bill());
  }

  /**
   * Step: asks the ERP whether the order's number is free (GEN-API-26, TB-COM-06), afresh each
   * time. An order that is this one already is looked for, never written again.
   */
  public void checkNumber(Exchange exchange) {
    Subject subject = exchange.getProperty(Subject.PROPERTY, Subject.class);
    PurchaseOrder order = exchange.getMessage().getBody(PurchaseOrder.class);
    ConnectionRoom room = rooms.of(subject.connection());
    if (!room.orders().checkNumbers()) {
      return;
    }
    Optional<TakenNumber> holder = room.erp().takenNumber(order);
    if (holder.isEmpty()) {
      return;
    }
    Optional<Finding> taken = taken(room, order, holder.get());
    if (taken.isPresent()) {
      throw new RefusedByRules(List.of(taken.get()));
    }
    LOG.warn(
        "the ERP holds it already, looked for instead of written subject='{}' erpId='{}'",
        subject,
        holder.get().erpId());
    Instant since = holder.get().changedAt() == null ? Instant.EPOCH : holder.get().changedAt();
    ledger.workItems().lookFirst(subject.row(), since);
  }

  private Optional<Finding> taken(ConnectionRoom room, PurchaseOrder order, TakenNumber holder) {
    String erp = room.erp().capabilities().displayName();
    return OrderChecks.taken(order, erp, holder)
        .or(
            () ->
                ofAnother(room.id(), order, holder)
                    ? Optional.of(OrderChecks.ofAnotherRecord(order, erp, holder))
                    : Optional.empty());
  }

  @Override
  protected List<Finding> findings(Work<Commitment> work, Outgoing outgoing) {
    ConnectionRoom room = work.room();
    PurchaseOrder order = (PurchaseOrder) outgoing;
    return room.orders().checkNumbers()
        ? room.erp().takenNumber(order).flatMap(holder -> taken(room, order, holder)).stream()
            .toList()
        : List.of();
  }

  @Override
  protected ObjectNode figures(Work<Commitment> work, Commitment commitment) {
    return ProcoreFigures.of(commitment);
  }

  /** An order may be just as this one would be written, and yet stand for another commitment. */
  private boolean ofAnother(ConnectionId connection, PurchaseOrder order, TakenNumber holder) {
    return ledger
        .workItems()
        .findByErpId(
            connection,
            List.of("work_order_contract", "purchase_order_contract"),
            List.of(holder.erpId()))
        .stream()
        .anyMatch(item -> item.procoreId() != order.procoreId());
  }

  @Override
  protected Shown shown(Work<Commitment> work, Commitment commitment, Outgoing outgoing) {
    PurchaseOrder order = (PurchaseOrder) outgoing;
    if (!order.total().equals(commitment.grandTotal())) {
      throw new IllegalStateException(
          "the order comes to "
              + order.total()
              + ", the commitment to "
              + commitment.grandTotal()
              + ": a step of the route changed an amount");
    }
    ObjectNode document =
        Json.object()
            .put("kind", OrderBooks.ORDER)
            .put("number", order.number())
            .put("title", order.title())
            .put("contact", order.contactKey())
            .put("date", order.date().toString())
            .put("delivery", order.deliveryDate() == null ? null : order.deliveryDate().toString())
            .put("total", order.total().toString())
            .put("marker", order.marker());
    OrderBooks.show(document, order.lines(), commitment.lines());
    order.notes().forEach(document.putArray("notes")::add);
    return new Shown(
        document,
        order.total(),
        order.currency(),
        order.number(),
        commitment.projectId(),
        null,
        commitment.vendorId(),
        1 + commitment.lines().size());
  }
}
