package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Money;
import io.tieback.construction.OriginId;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.ContractState;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks a commitment's order as billed once everything on it is invoiced, where the firm wants
 * that: the ERP itself joins no bill to an order. Never while an invoice or a change order of the
 * commitment is open on either side. What is marked already stays as it is, so that being asked
 * twice is harmless.
 */
final class BilledOrders {

  private static final Logger LOG = LoggerFactory.getLogger(BilledOrders.class);
  private static final Set<ItemState> OVER =
      Set.of(ItemState.ACKNOWLEDGED, ItemState.KNOWN, ItemState.DISCARDED, ItemState.UNLINKED);
  private static final Set<ItemState> WRITTEN = Set.of(ItemState.ACKNOWLEDGED, ItemState.KNOWN);

  private final Ledger ledger;

  BilledOrders(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * An invoice is in the ERP, and Procore knows.
   *
   * @throws Failure what passes by itself; it is asked again
   */
  void after(ConnectionRoom room, WorkItem invoice) {
    if (!room.orders().billedWhenInvoiced() || invoice.commitmentId() == null) {
      return;
    }
    for (CommitmentKind kind : CommitmentKind.values()) {
      Optional<Links.Link> link =
          ledger.links().get(room.id(), kind.itemType(), Long.toString(invoice.commitmentId()));
      if (link.isPresent()) {
        try {
          mark(room, invoice, kind, OriginId.parse(link.get().originId()));
        } catch (Failure failure) {
          if (failure.kind() != FailureKind.REFUSED) {
            throw failure;
          }
          LOG.warn(
              "order not marked as billed connection='{}' commitment='{}' why='{}'",
              room.id(),
              invoice.commitmentId(),
              failure.getMessage());
        }
      }
    }
  }

  private void mark(ConnectionRoom room, WorkItem invoice, CommitmentKind kind, OriginId order) {
    List<WorkItem> records = ledger.workItems().ofCommitment(room.id(), invoice.commitmentId());
    if (!order.kind().equals(OrderBooks.ORDER)
        || records.stream().anyMatch(record -> !OVER.contains(record.state()))) {
      return;
    }
    Money billed =
        Money.sum(
            records.stream()
                .filter(one -> one.entity().equals(WorkItem.REQUISITION))
                .filter(one -> WRITTEN.contains(one.state()))
                .map(BilledOrders::gross)
                .toList());
    ContractState contract =
        ContractState.read(room.client(), kind, invoice.projectId(), invoice.commitmentId());
    if (contract.hasOpen() || !billed.equals(contract.revised())) {
      return;
    }
    boolean marked = room.erp().orderBilled(order.key());
    LOG.info(
        "fully invoiced connection='{}' commitment='{}' order='{}' marked='{}'",
        room.id(),
        invoice.commitmentId(),
        order.key(),
        marked);
  }

  private static Money gross(WorkItem invoice) {
    JsonNode gross = Json.read(invoice.document()).path("gross");
    return gross.isTextual() ? Money.of(gross.textValue()) : Money.ZERO;
  }
}
