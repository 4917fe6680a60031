package io.tieback.flow;

import io.tieback.ledger.Ledger;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ErpEventKind;
import java.util.Set;

/** The button of GEN-PAY-06: the next tick reads payments, whatever the schedule says. */
public final class PaymentButton implements EventDeed {

  private final Ledger ledger;

  /** Wires it. */
  public PaymentButton(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(ErpEventKind.SYNC_CONTRACT_PAYMENTS);
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    ledger.connections().requestPaymentSync(room.id());
    return Outcome.done(
        "'"
            + ErpEventKind.SYNC_CONTRACT_PAYMENTS
            + "': payments are read from "
            + room.erp().capabilities().displayName()
            + " at once and come as contract payments.",
        0);
  }
}
