package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OriginId;
import io.tieback.erp.Presence;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.WorkItem;
import io.tieback.notice.Notifier;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Procore's own staff reset an invoice or a payment (GEN-API-35). An invoice: there it is free
 * already, whatever the ERP has, so it is free here too. A bill that still lives in the ERP is told
 * to a person, and is found and linked again, not written twice, when the invoice comes anew.
 */
public final class Resets implements EventDeed {

  private static final String REQUISITION = "reset_requisition";
  private static final String PAYMENT = "reset_payment";

  private final Ledger ledger;
  private final Notifier notifier;

  /** Wires it. */
  public Resets(Ledger ledger, Notifier notifier) {
    this.ledger = ledger;
    this.notifier = notifier;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(REQUISITION, PAYMENT);
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    return event.is(PAYMENT) ? payment(room, event.data()) : invoice(room, event);
  }

  /** Freed only if it is gone in the ERP (GEN-API-42). */
  private Outcome payment(ConnectionRoom room, JsonNode data) {
    long id = data.path("payment_id").longValue();
    Optional<PaymentRow> found = ledger.payments().findInProcore(room.id(), id);
    if (found.isEmpty()) {
      return Outcome.done("Payment " + id + " is not one of Tieback's; nothing is reset.", 0);
    }
    String erp = room.erp().capabilities().displayName();
    Presence presence =
        room.erp().presence(new Presence.Asked("payment", found.get().erpPaymentId(), List.of()));
    if (presence.there()) {
      return Outcome.refused(
          "The payment is still in " + erp + ". Please delete it before retrying.", 1);
    }
    String itemType =
        "invoice_payments".equals(found.get().writtenThrough())
            ? "invoice_payment"
            : "contract_payment";
    room.client()
        .syncExternalData(List.of(ExternalDataRow.cleared(itemType, id)))
        .forEach(
            outcome -> {
              if (!outcome.accepted()) {
                throw Failure.of(
                    FailureKind.CONFLICT,
                    "Procore did not free payment " + id + ": " + outcome.words(),
                    "See whether the payment was removed in Procore.");
              }
            });
    ledger.payments().freed(found.get(), "Procore");
    return Outcome.done("The payment is gone in " + erp + " and was freed in Procore.", 2);
  }

  private Outcome invoice(ConnectionRoom room, ErpEvent event) {
    long id = event.data().path("requisition_id").longValue();
    Optional<WorkItem> found =
        ledger
            .workItems()
            .find(room.id(), WorkItem.REQUISITION, id)
            .filter(item -> item.erpId() != null);
    if (found.isEmpty()) {
      return Outcome.done("Invoice " + id + " is not in the ERP by Tieback; nothing is reset.", 0);
    }
    WorkItem item = found.get();
    Presence presence = room.erp().presence(asked(item, event.data()));
    String words = InvoicePreparation.inWords(id, Json.read(item.event()));
    // Before the record is free: told once, however often this happens.
    String living = presence.there() ? stillThere(room, item, words, presence) : "";
    ledger
        .links()
        .forget(room.id(), List.of(new Links.Key(WorkItem.REQUISITION, Long.toString(id))));
    if (ledger
        .workItems()
        .unlinked(room.id(), WorkItem.REQUISITION, id, "reset by Procore's staff")) {
      ledger
          .audit()
          .append(
              "Procore",
              room.id(),
              "reset",
              words,
              Map.of("erpId", item.erpId(), "status", presence.status()));
    }
    return Outcome.done(words + " was reset; it may be sent again." + living, 1);
  }

  /** Tells a person of a document that lives on; gives what was found. */
  private String stillThere(ConnectionRoom room, WorkItem item, String words, Presence presence) {
    String erp = room.erp().capabilities().displayName();
    String found =
        " The requisition is still in "
            + erp
            + " as "
            + item.erpNumber()
            + " ("
            + presence.status()
            + ").";
    notifier.remark(
        room.id(),
        words,
        "It was reset in Procore." + found,
        "Void it in "
            + erp
            + " if the invoice is to be sent with other figures. If it is sent again as it was,"
            + " that document is linked again and nothing is written twice.",
        "reset " + item.erpId());
    return found;
  }

  private static Presence.Asked asked(WorkItem item, JsonNode data) {
    String kind = Json.read(item.document()).path("kind").asText("bill");
    try {
      kind = OriginId.parse(data.path("requisition_origin_id").textValue()).kind();
    } catch (IllegalArgumentException notTold) {
      // What was written says the same.
    }
    return new Presence.Asked(kind, item.erpId(), item.erpLineIds());
  }
}
