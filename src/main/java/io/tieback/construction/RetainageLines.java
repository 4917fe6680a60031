package io.tieback.construction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The retainage lines of a bill (GEN-RET-02, QBD-RET-01): held is negative, released is positive,
 * both on the retainage account or item and both with the project; they are never merged with each
 * other, so that the books show what was held and what was let go (package-private part of the
 * composer).
 */
final class RetainageLines {

  private final BillReferences references;
  private final BillSettings settings;
  private final List<String> notes;

  RetainageLines(BillReferences references, BillSettings settings, List<String> notes) {
    this.references = references;
    this.settings = settings;
    this.notes = notes;
  }

  List<BillLine> of(List<InvoiceLine> lines) {
    List<BillLine> written = new ArrayList<>();
    add(
        BillLine.Kind.RETAINAGE_HELD,
        "Retainage held",
        lines,
        line -> line.retained().negated(),
        written);
    add(
        BillLine.Kind.RETAINAGE_RELEASED,
        "Retainage released",
        lines,
        InvoiceLine::released,
        written);
    return written;
  }

  private void add(
      BillLine.Kind kind,
      String words,
      List<InvoiceLine> lines,
      Function<InvoiceLine, Money> amountOf,
      List<BillLine> written) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (int index = 0; index < lines.size(); index++) {
      InvoiceLine line = lines.get(index);
      Money amount = amountOf.apply(line);
      if (amount.isZero()) {
        continue;
      }
      // Tax that falls due on release is the tax of the work: lines of different codes stay apart.
      String taxCode = settings.tax().onRelease() ? line.taxCodeOriginId() : null;
      groups.computeIfAbsent(taxCode, code -> new Group()).add(line.procoreItemId(), amount);
      if (settings.retainageGrouping() == BillSettings.RetainageGrouping.LINE) {
        String text =
            LineWords.fitting(
                words + ": " + LineWords.description(line, index + 1),
                words + " on " + LineWords.place(line, index + 1),
                settings.descriptionLength());
        written.add(line(kind, text, amount, taxCode, List.of(line.procoreItemId())));
      }
    }
    if (settings.retainageGrouping() == BillSettings.RetainageGrouping.INVOICE) {
      groups.forEach(
          (taxCode, group) -> {
            if (group.sum.isZero()) {
              notes.add(
                  words
                      + " on "
                      + group.items.size()
                      + " lines adds up to 0.00 and has no line of its own.");
            } else {
              written.add(line(kind, words, group.sum, taxCode, group.items));
            }
          });
    }
  }

  /** What stands in one line together. */
  private static final class Group {
    private final List<Long> items = new ArrayList<>();
    private Money sum = Money.ZERO;

    void add(long item, Money amount) {
      items.add(item);
      sum = sum.plus(amount);
    }
  }

  private BillLine line(
      BillLine.Kind kind, String description, Money amount, String taxCode, List<Long> items) {
    if (settings.retainageAccountCode() == null && settings.retainageItemCode() == null) {
      throw new IllegalArgumentException(
          "the invoice has retainage but neither a retainage account nor a retainage item is set;"
              + " choose one in the connection's settings (QBD-INV-01)");
    }
    return new BillLine(
        kind,
        description,
        BigDecimal.ONE,
        amount.amount(),
        amount,
        settings.retainageItemCode(),
        settings.retainageAccountCode(),
        references.projectKey(),
        taxCode,
        items);
  }
}
