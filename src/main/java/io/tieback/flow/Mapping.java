package io.tieback.flow;

import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.OrderChange;
import io.tieback.construction.OrderLine;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.Supplier;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpItems.ErpItem;
import io.tieback.procore.FiguresDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What an acceptance binds: the document, byte for byte as the ERP gets it, and what the document
 * stands on without naming it, such as the account behind an item. Neither holds the time at which
 * it was composed, the batch, or anything else that changes without a meaning: the marker of a
 * record is always the same.
 */
final class Mapping {

  private Mapping() {}

  /** The digest of a document and of its mapping: SHA-256 in lower-case hex. */
  static String digest(ErpDocument document, String mapping) {
    return FiguresDigest.of(document.digest(), mapping);
  }

  /**
   * The mapping of a document, as lines of text. Empty where acceptance is not Tieback's, so that
   * no call is made for it there.
   */
  static String of(ConnectionRoom room, ItemShelf shelf, Outgoing outgoing) {
    if (!room.door().tieback()) {
      return "";
    }
    if (outgoing instanceof Bill bill) {
      return accounts(
          room,
          shelf,
          bill.lines().stream()
              .filter(line -> line.accountCode() == null)
              .map(BillLine::itemCode)
              .toList());
    }
    if (outgoing instanceof PurchaseOrder order) {
      return orders(room, shelf, order.lines());
    }
    if (outgoing instanceof OrderChange change) {
      return "order " + change.orderKey() + "\n" + orders(room, shelf, change.lines());
    }
    return outgoing instanceof Supplier supplier ? "supplier " + supplier.existing() : "";
  }

  private static String orders(ConnectionRoom room, ItemShelf shelf, List<OrderLine> lines) {
    return accounts(
        room,
        shelf,
        lines.stream()
            .filter(line -> line.accountCode() == null)
            .map(OrderLine::itemCode)
            .toList());
  }

  /** An item brings its own account: the ERP books there, wherever the document says nothing. */
  private static String accounts(ConnectionRoom room, ItemShelf shelf, List<String> items) {
    Stream<String> wanted = items.stream().filter(Objects::nonNull).distinct().sorted();
    List<String> codes = wanted.toList();
    if (codes.isEmpty()) {
      return "";
    }
    Map<String, ErpItem> known = shelf.items(room).byCode();
    return String.join(
        "\n",
        codes.stream()
            .map(
                code ->
                    code
                        + " "
                        + (known.containsKey(code)
                            ? known.get(code).purchaseAccountCode()
                            : "unknown"))
            .toList());
  }
}
