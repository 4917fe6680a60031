package io.tieback.construction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns a change order into the lines that it adds to its commitment's purchase order (XR-CCO-11).
 * Pure: the same call is the dry run.
 *
 * <p>A line of the commitment is changed once: several changes of it are summed and written as one
 * amount (XR-CCO-08, GEN-CCO-03). What was summed stays in the notes, and each line names its
 * sources.
 */
public final class ChangeOrderComposer {

  private static final int LONGEST_NUMBER = 255;
  private static final int LONGEST_TITLE = 255;

  private ChangeOrderComposer() {}

  /** What makes changes one line: the commitment's line, its item and its tax. */
  private record Target(long line, String item, String taxCode) {}

  /**
   * Composes. The rules are checked before.
   *
   * @param change the change order as it was accepted, with all its links
   * @param orderKey the ERP's key of the commitment's order
   * @param references what the lines refer to
   * @param settings as for bills: accounts, decimals, currency, tax
   */
  public static OrderChange compose(
      ChangeOrder change, String orderKey, OrderReferences references, BillSettings settings) {
    List<String> notes = new ArrayList<>();
    OrderLines make = new OrderLines(references, settings, notes);
    List<OrderLine> lines = new ArrayList<>();
    targets(change, make)
        .forEach((target, changes) -> line(change, changes, make, notes).ifPresent(lines::add));
    Money total = Money.sum(lines.stream().map(OrderLine::amount).toList());
    if (!total.equals(change.sum())) {
      throw new IllegalStateException(
          "the lines of change order "
              + change.procoreId()
              + " come to "
              + total
              + " but its changes to "
              + change.sum()
              + "; it must not be sent, please report this defect");
    }
    return new OrderChange(
        references.marker(),
        change.procoreId(),
        change.number(),
        change.title(),
        orderKey,
        lines,
        total,
        instead(change, references, settings, lines, total),
        notes);
  }

  private static Map<Target, List<ContractLine>> targets(ChangeOrder change, OrderLines make) {
    Map<Target, List<ContractLine>> targets = new LinkedHashMap<>();
    for (ContractLine line : change.lines()) {
      long changed = line.changes() == null ? -line.procoreId() : line.changes();
      targets
          .computeIfAbsent(
              new Target(changed, make.item(line), line.taxCodeOriginId()),
              any -> new ArrayList<>())
          .add(line);
    }
    return targets;
  }

  private static Optional<OrderLine> line(
      ChangeOrder change, List<ContractLine> changes, OrderLines make, List<String> notes) {
    ContractLine first = changes.get(0);
    int number = change.lines().indexOf(first) + 1;
    String where = "Line " + number;
    String text = OrderMarker.onLine(change.number(), first.words(number), change.procoreId());
    if (changes.size() == 1) {
      if (first.amount().isZero() && make.item(first) == null) {
        notes.add(where + " changes nothing and has no item in the ERP: it is left out.");
        return Optional.empty();
      }
      return Optional.of(make.line(first, text, where));
    }
    Money sum = Money.sum(changes.stream().map(ContractLine::amount).toList());
    notes.add(
        changes.size()
            + " changes of one line of the commitment are written as "
            + sum
            + ": "
            + changes.stream()
                .map(one -> one.amount() + " (line " + one.procoreId() + ")")
                .collect(Collectors.joining(", "))
            + ".");
    return Optional.of(
        make.amount(first, text, sum, changes.stream().map(ContractLine::procoreId).toList()));
  }

  /** The further order, should the commitment's own take no line; none for what takes off. */
  private static PurchaseOrder instead(
      ChangeOrder change,
      OrderReferences references,
      BillSettings settings,
      List<OrderLine> lines,
      Money total) {
    String number = change.orderNumber() + "-" + change.number();
    if (total.isNegative() || change.orderNumber() == null || number.length() > LONGEST_NUMBER) {
      return null;
    }
    String title = "Change order " + change.number() + " of " + change.orderNumber();
    String longer = change.title() == null ? title : title + ": " + change.title();
    return new PurchaseOrder(
        references.marker(),
        change.procoreId(),
        references.contactKey(),
        number,
        longer.length() > LONGEST_TITLE ? title : longer,
        change.date(),
        null,
        settings.currency(),
        lines,
        total,
        settings.tax().apply(),
        List.of());
  }
}
