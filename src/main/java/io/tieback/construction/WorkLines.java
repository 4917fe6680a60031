package io.tieback.construction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a bill for work and stored material, and for what rounding leaves over
 * (package-private part of the composer).
 */
final class WorkLines {

  private final BillReferences references;
  private final BillSettings settings;
  private final List<String> notes;

  WorkLines(BillReferences references, BillSettings settings, List<String> notes) {
    this.references = references;
    this.settings = settings;
    this.notes = notes;
  }

  List<BillLine> of(List<InvoiceLine> lines, boolean retainageFollows) {
    List<BillLine> written = new ArrayList<>();
    boolean anyWork = lines.stream().anyMatch(WorkLines::billsSomething);
    // A document without any line is refused by every ERP, so zero lines stay when there is nothing
    // else.
    boolean keepZero =
        settings.zeroLines() == BillSettings.ZeroLines.KEEP || !(anyWork || retainageFollows);
    int omitted = 0;
    for (int index = 0; index < lines.size(); index++) {
      InvoiceLine line = lines.get(index);
      if (billsSomething(line)) {
        add(line, index + 1, written);
      } else if (keepZero) {
        written.add(amountLine(line, LineWords.description(line, index + 1), Money.ZERO));
      } else {
        omitted++;
      }
    }
    if (omitted > 0) {
      notes.add(
          omitted
              + " of "
              + lines.size()
              + " lines bill no work or material this period and are left out.");
    }
    return written;
  }

  /**
   * Whether work or material is billed; work and material that cancel each other out do bill
   * something on a unit-based line only.
   */
  private static boolean billsSomething(InvoiceLine line) {
    if (line.method() == AccountingMethod.UNIT) {
      return !line.workThisPeriod().isZero() || !line.storedMaterialThisPeriod().isZero();
    }
    return !line.gross().isZero();
  }

  private void add(InvoiceLine line, int number, List<BillLine> written) {
    String description = LineWords.description(line, number);
    if (line.method() == AccountingMethod.AMOUNT) {
      written.add(amountLine(line, description, line.gross()));
      return;
    }
    if (!line.workThisPeriod().isZero()) {
      addUnits(line, number, description, written);
    }
    if (!line.storedMaterialThisPeriod().isZero()) {
      String text =
          LineWords.fitting(
              "Stored material: " + description,
              "Stored material of " + LineWords.place(line, number),
              settings.descriptionLength());
      written.add(amountLine(line, text, line.storedMaterialThisPeriod()));
    }
  }

  private void addUnits(InvoiceLine line, int number, String description, List<BillLine> written) {
    Money work = line.workThisPeriod();
    UnitPricing pricing =
        UnitPricing.of(
            line.quantity(),
            line.unitPrice(),
            work,
            settings.quantityDecimals(),
            settings.unitPriceDecimals());
    String place = "Line " + LineWords.place(line, number).substring("line ".length());
    switch (pricing.verdict()) {
      case EXACT -> {
        noteFitted(line, pricing, place);
        written.add(unitLine(line, description, pricing));
      }
      case ROUNDED -> addRounded(line, number, description, pricing, place, written);
      case UNEXPLAINED -> {
        notes.add(
            place
                + ": "
                + multiplication(line, pricing)
                + ", but "
                + work
                + " is billed; rounding does not explain the difference of "
                + pricing.miss()
                + ", so the line goes as the amount "
                + work
                + ".");
        written.add(amountLine(line, description, work));
      }
      case NO_QUANTITY -> {
        notes.add(
            place
                + ": billed by unit without a quantity or price, so the line goes as the amount "
                + work
                + ".");
        written.add(amountLine(line, description, work));
      }
    }
  }

  private void addRounded(
      InvoiceLine line,
      int number,
      String description,
      UnitPricing pricing,
      String place,
      List<BillLine> written) {
    Money work = line.workThisPeriod();
    String explanation = multiplication(line, pricing) + ", billed " + work;
    if (settings.unitRounding() == BillSettings.UnitRounding.AMOUNT) {
      notes.add(place + ": " + explanation + "; the line goes as the amount " + work + ".");
      written.add(
          amountLine(
              line,
              LineWords.fitting(
                  description + " (" + explanation + ")",
                  description,
                  settings.descriptionLength()),
              work));
      return;
    }
    noteFitted(line, pricing, place);
    notes.add(
        place
            + ": "
            + explanation
            + "; the difference of "
            + pricing.miss()
            + " is a line of its own.");
    written.add(unitLine(line, description, pricing));
    String text =
        LineWords.fitting(
            "Rounding of " + LineWords.place(line, number) + ": " + explanation,
            "Rounding of line " + number,
            settings.descriptionLength());
    written.add(
        line(
            BillLine.Kind.ROUNDING,
            line,
            text,
            BigDecimal.ONE,
            pricing.miss().amount(),
            pricing.miss()));
  }

  /**
   * A quantity or price with more decimals than the ERP takes is written rounded: that is said even
   * when the cents come out right.
   */
  private void noteFitted(InvoiceLine line, UnitPricing pricing, String place) {
    if (line.quantity().compareTo(pricing.quantity()) != 0
        || line.unitPrice().compareTo(pricing.unitPrice()) != 0) {
      notes.add(
          place
              + ": quantity "
              + line.quantity().toPlainString()
              + " and price "
              + line.unitPrice().toPlainString()
              + " are written as "
              + pricing.quantity().toPlainString()
              + " and "
              + pricing.unitPrice().toPlainString()
              + ", the decimals that the ERP takes.");
    }
  }

  private static String multiplication(InvoiceLine line, UnitPricing pricing) {
    boolean measured = line.unitOfMeasure() != null && !line.unitOfMeasure().isBlank();
    return pricing.quantity().toPlainString()
        + (measured ? " " + line.unitOfMeasure() : "")
        + " x "
        + pricing.unitPrice().toPlainString()
        + " = "
        + pricing.product();
  }

  private BillLine unitLine(InvoiceLine line, String description, UnitPricing pricing) {
    return line(
        BillLine.Kind.WORK,
        line,
        description,
        pricing.quantity(),
        pricing.unitPrice(),
        pricing.product());
  }

  private BillLine amountLine(InvoiceLine line, String description, Money amount) {
    return line(BillLine.Kind.WORK, line, description, BigDecimal.ONE, amount.amount(), amount);
  }

  private BillLine line(
      BillLine.Kind kind,
      InvoiceLine line,
      String description,
      BigDecimal quantity,
      BigDecimal unitAmount,
      Money amount) {
    String itemCode = references.itemCodes().get(line.procoreItemId());
    BillLine made =
        new BillLine(
            kind,
            description,
            quantity,
            unitAmount,
            amount,
            itemCode,
            itemCode == null ? settings.defaultAccountCode() : null,
            references.projectKey(),
            line.taxCodeOriginId(),
            List.of(line.procoreItemId()));
    // The cents of rounding are ours, and no part of an order.
    return kind == BillLine.Kind.WORK
        ? made.billing(references.orderLineKeys().get(line.procoreItemId()))
        : made;
  }
}
