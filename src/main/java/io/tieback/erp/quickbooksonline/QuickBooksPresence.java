package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OrderMarker;
import io.tieback.erp.Presence;
import java.util.List;
import java.util.Optional;

/**
 * Asks QuickBooks Online whether a document is still there: one read of that document (GEN-UNL-01).
 */
final class QuickBooksPresence {

  private static final String DOING = "looking whether it is still there";

  private final QuickBooksCalls calls;

  QuickBooksPresence(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /**
   * Asks.
   *
   * @throws IllegalArgumentException for a kind that QuickBooks has no documents of
   * @throws io.tieback.wire.Failure when QuickBooks does not answer, or not as it should
   */
  Presence of(Presence.Asked asked) {
    return switch (asked.kind()) {
      case "bill" -> document("Bill", asked.key());
      case "credit_note" -> document("VendorCredit", asked.key());
      case "purchase_order" -> document("PurchaseOrder", asked.key());
      // A payment over several bills is one in QuickBooks and one for each bill in Procore.
      case "payment" -> document("BillPayment", asked.key().split("\\|", 2)[0]);
      case "purchase_order_change" -> change(asked);
      default ->
          throw new IllegalArgumentException(
              "QuickBooks Online keeps no documents of kind " + asked.kind());
    };
  }

  private Presence document(String entity, String key) {
    return calls.read(entity, key, DOING).map(one -> presence(one, true)).orElse(Presence.NONE);
  }

  /** A change order is lines of an order: it is gone when they are. */
  private Presence change(Presence.Asked asked) {
    String[] key = asked.key().split("\\|", 2);
    Optional<JsonNode> order = calls.read("PurchaseOrder", key[0], DOING);
    if (order.isEmpty()) {
      return Presence.NONE;
    }
    boolean any = false;
    for (JsonNode line : QuickBooksComparison.children(order.get())) {
      List<String> id = QuickBooksComparison.lineIds(order.get(), List.of(line));
      Optional<Long> of = OrderMarker.ofLine(QuickBooksJson.text(line, "Description"));
      // Ids of lines are small numbers that another line may have later: the mark counts first.
      any =
          any
              || (key.length == 2 && of.map(String::valueOf).filter(key[1]::equals).isPresent())
              || (key.length == 1 && asked.lineIds().containsAll(id));
    }
    return presence(order.get(), any);
  }

  private static Presence presence(JsonNode document, boolean holds) {
    return new Presence(
        holds && !QuickBooksComparison.isVoided(document),
        QuickBooksComparison.status(document),
        QuickBooksJson.text(document, "DocNumber"));
  }
}
