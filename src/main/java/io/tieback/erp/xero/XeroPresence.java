package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.Presence;
import io.tieback.wire.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks Xero whether a document is still there: one read of that document. */
final class XeroPresence {

  private static final Set<String> GONE = Set.of("VOIDED", "DELETED");
  private static final int NOT_FOUND = 404;

  private final XeroCalls calls;

  XeroPresence(XeroCalls calls) {
    this.calls = calls;
  }

  /**
   * Asks.
   *
   * @throws IllegalArgumentException for a kind that Xero has no documents of
   * @throws Failure when Xero does not answer, or not as it should
   */
  Presence of(Presence.Asked asked) {
    return switch (asked.kind()) {
      case "bill" -> document(asked, "Invoices", "InvoiceNumber");
      case "credit_note" -> document(asked, "CreditNotes", "CreditNoteNumber");
      case "payment" -> document(asked, "Payments", "Reference");
      case "purchase_order" -> document(asked, "PurchaseOrders", "PurchaseOrderNumber");
      case "purchase_order_change" -> change(asked);
      default ->
          throw new IllegalArgumentException("Xero keeps no documents of kind " + asked.kind());
    };
  }

  private Presence document(Presence.Asked asked, String plural, String numberField) {
    JsonNode document = read(asked, plural);
    return document == null ? Presence.NONE : presence(document, numberField, true);
  }

  /** In Xero a change order is lines of an order: it is gone when they are (XR-CCO-10). */
  private Presence change(Presence.Asked asked) {
    String[] key = asked.key().split("\\|", 2);
    JsonNode order =
        read(new Presence.Asked(asked.kind(), key[0], asked.lineIds()), "PurchaseOrders");
    if (order == null) {
      return Presence.NONE;
    }
    boolean any = false;
    for (JsonNode line : order.path("LineItems")) {
      String id = XeroJson.id(line, "LineItemID");
      Optional<Long> of = OrderMarker.ofLine(XeroJson.text(line, "Description"));
      // Ids do not survive every edit of an order; the mark in the line's text does.
      any =
          any
              || asked.lineIds().stream().anyMatch(wanted -> wanted.equalsIgnoreCase(id))
              || (key.length == 2 && of.map(String::valueOf).filter(key[1]::equals).isPresent());
    }
    return presence(order, "PurchaseOrderNumber", any);
  }

  private static Presence presence(JsonNode document, String numberField, boolean holds) {
    String status = String.valueOf(XeroJson.text(document, "Status"));
    return new Presence(
        holds && !GONE.contains(status), status, XeroJson.text(document, numberField));
  }

  /** The document, or null when Xero has none of that key. */
  private JsonNode read(Presence.Asked asked, String plural) {
    try {
      return calls
          .get("/" + plural + "/" + asked.key(), Map.of(), "looking whether it is still there")
          .path(plural)
          .path(0);
    } catch (Failure failure) {
      if (failure.status() == NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }
}
