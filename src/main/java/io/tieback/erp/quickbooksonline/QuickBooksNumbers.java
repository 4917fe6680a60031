package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Asks QuickBooks Online which numbers are taken: one query for all bills and one for all vendor
 * credits, in lists of a length that an address holds.
 */
final class QuickBooksNumbers {

  private static final String DOING = "asking whether numbers are taken";

  /** Numbers of one query: 21 characters each, well below what servers take of an address. */
  private static final int NUMBERS_AT_ONCE = 50;

  private final QuickBooksCalls calls;

  QuickBooksNumbers(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /**
   * Live documents of the suppliers of these bills that bear one of their numbers. May name more
   * than asked for: a number of one supplier on a document of another that was asked for too.
   *
   * @throws io.tieback.wire.Failure when QuickBooks does not tell
   */
  List<TakenNumber> taken(List<Bill> bills) {
    List<TakenNumber> taken = new ArrayList<>();
    for (QuickBooksEntity entity : List.of(QuickBooksEntity.BILL, QuickBooksEntity.VENDOR_CREDIT)) {
      List<Bill> wanted =
          bills.stream().filter(bill -> QuickBooksEntity.of(bill) == entity).toList();
      Set<String> numbers = new LinkedHashSet<>();
      Set<String> suppliers = new LinkedHashSet<>();
      wanted.forEach(
          bill -> {
            numbers.add(bill.number().strip());
            suppliers.add(bill.contactKey());
          });
      List<String> all = List.copyOf(numbers);
      for (int from = 0; from < all.size(); from += NUMBERS_AT_ONCE) {
        List<String> some = all.subList(from, Math.min(all.size(), from + NUMBERS_AT_ONCE));
        taken.addAll(
            holders(entity, some).stream()
                .filter(one -> suppliers.contains(one.contactKey()))
                .toList());
      }
    }
    return taken;
  }

  private List<TakenNumber> holders(QuickBooksEntity entity, List<String> numbers) {
    return calls
        .query(
            QuickBooksQuery.select(entity, QuickBooksQuery.in("DocNumber", numbers)),
            entity.wireName(),
            DOING)
        .records()
        .stream()
        .filter(one -> !QuickBooksComparison.isVoided(one))
        .map(one -> taken(entity, one, QuickBooksMarker.of(one)))
        .filter(Objects::nonNull)
        .toList();
  }

  private static TakenNumber taken(QuickBooksEntity entity, JsonNode shown, String marker) {
    String supplier = QuickBooksJson.reference(shown, "VendorRef");
    String number = QuickBooksJson.text(shown, "DocNumber");
    if (supplier == null || number == null) {
      return null;
    }
    return new TakenNumber(
        supplier,
        number,
        entity == QuickBooksEntity.VENDOR_CREDIT,
        QuickBooksJson.id(shown),
        QuickBooksComparison.status(shown),
        QuickBooksJson.money(shown, "TotalAmt", entity.word() + " " + number),
        marker,
        QuickBooksCalls.moment(QuickBooksJson.text(shown.path("MetaData"), "LastUpdatedTime")));
  }

  /**
   * The purchase order that has the number of this one. Its marker is that of the given order only
   * when it bears it: then it is this one.
   *
   * @throws io.tieback.wire.Failure when QuickBooks does not tell
   */
  Optional<TakenNumber> taken(PurchaseOrder order) {
    List<TakenNumber> holders =
        holders(QuickBooksEntity.PURCHASE_ORDER, List.of(order.number().strip()));
    return holders.stream()
        .filter(one -> order.marker().equals(one.marker()))
        .findFirst()
        .or(() -> holders.stream().findFirst());
  }
}
