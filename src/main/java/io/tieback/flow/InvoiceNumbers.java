package io.tieback.flow;

import io.tieback.construction.Bill;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.TakenNumber;
import io.tieback.ledger.Ledger;
import io.tieback.rules.Finding;
import io.tieback.rules.InvoicePolicy;
import io.tieback.rules.NumberChecks;
import io.tieback.wire.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of the route {@code prepare-subcontractor-invoices} that asks the ERP whether numbers
 * are free (TB-INV-10): once for all invoices that were claimed together, and afresh each time,
 * since somebody may have voided the other document a minute ago.
 */
public final class InvoiceNumbers {

  private static final Logger LOG = LoggerFactory.getLogger(InvoiceNumbers.class);
  private static final String ROUTE = "prepare-subcontractor-invoices";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final FailureDesk desk;

  /** Wires it. */
  public InvoiceNumbers(Ledger ledger, ConnectionRooms rooms, FailureDesk desk) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.desk = desk;
  }

  /**
   * Lets those through whose number is free. The others fail, or come again when the ERP did not
   * answer.
   */
  public List<Prepared> check(List<Prepared> prepared) {
    Map<ConnectionId, List<Prepared>> byConnection = new LinkedHashMap<>();
    prepared.forEach(
        one ->
            byConnection
                .computeIfAbsent(one.subject().connection(), id -> new ArrayList<>())
                .add(one));
    List<Prepared> free = new ArrayList<>();
    byConnection.forEach((id, all) -> free.addAll(check(rooms.of(id), all)));
    return free;
  }

  private List<Prepared> check(ConnectionRoom room, List<Prepared> prepared) {
    List<TakenNumber> live;
    try {
      live = live(room, prepared.stream().map(Prepared::bill).toList());
    } catch (Failure failure) {
      prepared.forEach(one -> desk.handle(failure, one.subject(), ROUTE));
      return List.of();
    }
    List<Prepared> free = new ArrayList<>();
    for (Prepared one : prepared) {
      List<Finding> findings = findings(room, one.bill(), live);
      List<Finding> refusals =
          findings.stream().filter(f -> f.severity() == Finding.Severity.REFUSE).toList();
      if (!refusals.isEmpty()) {
        desk.handle(new RefusedByRules(refusals), one.subject(), ROUTE);
        continue;
      }
      findings.forEach(
          remark ->
              LOG.warn(
                  "remark invoice='{}' remark='{}'", one.bill().procoreId(), remark.sentence()));
      NumberChecks.own(one.bill(), live).ifPresent(own -> lookFirst(one, own));
      free.add(one);
    }
    return free;
  }

  private void lookFirst(Prepared one, TakenNumber own) {
    LOG.warn(
        "the ERP holds it already, looked for instead of written subject='{}' erpId='{}'",
        one.subject(),
        own.erpId());
    Instant since = own.changedAt() == null ? Instant.EPOCH : own.changedAt();
    ledger.workItems().lookFirst(one.document().itemId(), since);
  }

  /** What the ERP says of the numbers of these bills; nothing where the firm does not ask. */
  static List<TakenNumber> live(ConnectionRoom room, List<Bill> bills) {
    boolean asks = room.invoices().policy().takenNumber() == InvoicePolicy.TakenNumbers.REFUSE;
    return asks ? room.erp().takenNumbers(bills) : List.of();
  }

  /** What that means for one of them. */
  static List<Finding> findings(ConnectionRoom room, Bill bill, List<TakenNumber> live) {
    return NumberChecks.taken(bill, room.erp().capabilities().displayName(), live);
  }
}
