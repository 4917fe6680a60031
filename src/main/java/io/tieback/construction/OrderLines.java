package io.tieback.construction;

import java.math.BigDecimal;
import java.util.List;

/**
 * Lines of orders, of commitments and change orders alike (package-private part of the composer).
 */
final class OrderLines {

  private final OrderReferences references;
  private final BillSettings settings;
  private final List<String> notes;

  OrderLines(OrderReferences references, BillSettings settings, List<String> notes) {
    this.references = references;
    this.settings = settings;
    this.notes = notes;
  }

  /** The item of a line, or null. */
  String item(ContractLine line) {
    return references.itemCodes().get(line.procoreId());
  }

  /**
   * A line as it stands in Procore: by unit where quantity times price gives the amount to the
   * cent, else as one amount. Nothing is ever made up for the difference.
   */
  OrderLine line(ContractLine line, String description, String where) {
    UnitPricing pricing =
        UnitPricing.of(
            line.quantity(),
            line.unitPrice(),
            line.amount(),
            settings.quantityDecimals(),
            settings.unitPriceDecimals());
    boolean exact =
        pricing.verdict() == UnitPricing.Verdict.EXACT
            && pricing.quantity().compareTo(line.quantity()) == 0
            && pricing.unitPrice().compareTo(line.unitPrice()) == 0;
    if (exact) {
      return made(
          line,
          description,
          pricing.quantity(),
          pricing.unitPrice(),
          line.amount(),
          List.of(line.procoreId()));
    }
    if (line.quantity() != null && line.unitPrice() != null) {
      notes.add(
          where
              + ": "
              + line.quantity().toPlainString()
              + " at "
              + line.unitPrice().toPlainString()
              + " does not come to "
              + line.amount()
              + " in the decimals that the ERP keeps; it is written as one amount.");
    }
    return amount(line, description, line.amount(), List.of(line.procoreId()));
  }

  /** A line as one amount. */
  OrderLine amount(ContractLine of, String description, Money amount, List<Long> sources) {
    return made(of, description, BigDecimal.ONE, amount.amount(), amount, sources);
  }

  private OrderLine made(
      ContractLine of,
      String description,
      BigDecimal quantity,
      BigDecimal price,
      Money amount,
      List<Long> sources) {
    return new OrderLine(
        description,
        quantity,
        price,
        amount,
        item(of),
        item(of) == null ? settings.defaultAccountCode() : null,
        references.projectKey(),
        taxType(of),
        sources);
  }

  /** The rules refuse a line whose tax type nobody knows before (TB-TAX-01). */
  private String taxType(ContractLine line) {
    return settings.tax().apply()
        ? settings.tax().typeOf(line.taxCodeOriginId()).orElseThrow()
        : null;
  }
}
