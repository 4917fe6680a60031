package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.eachBillingLine;
import static io.tieback.rules.InvoiceCheck.eachLine;
import static io.tieback.rules.InvoiceCheck.lineField;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.construction.AccountingMethod;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.Money;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.construction.UnitPricing;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What each line must be like: one of its kind, within the ERP's lengths and limits, quantity and
 * price in keeping with the amount.
 */
final class LineChecks {

  private LineChecks() {}

  /** TB-INV-01. */
  static void anyLine(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (invoice.lines().isEmpty()) {
      findings.accept(
          refuse(
              "TB-INV-01",
              "Schedule of values",
              "no lines",
              "an invoice needs at least one line",
              "Add what is billed in Procore and send it again"));
    }
  }

  /** TB-INV-02: the same requisition item twice would be billed twice. */
  static void duplicates(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    Map<Long, Integer> seen = new HashMap<>();
    eachLine(
        invoice,
        (number, line) -> {
          Integer before = seen.putIfAbsent(line.procoreItemId(), number);
          if (before != null) {
            findings.accept(
                refuse(
                    "TB-INV-02",
                    lineField(number, line, "id"),
                    "item "
                        + line.procoreItemId()
                        + " is there twice, on lines "
                        + before
                        + " and "
                        + number,
                    "each item is billed once",
                    "Send the invoice again from Procore; if it stays, report it"));
          }
        });
  }

  /** XR-API-04: length of a description. It is refused, never cut. */
  static void description(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    int limit = context.limits().descriptionLength();
    eachBillingLine(
        invoice,
        (number, line) -> {
          if (line.description() != null && line.description().length() > limit) {
            findings.accept(
                refuse(
                    "XR-API-04",
                    lineField(number, line, "description"),
                    line.description().length() + " characters",
                    context.erpName() + " takes at most " + limit,
                    "Shorten the description of the line in Procore"));
          }
        });
  }

  /** XR-WBS-01: the limit holds for the joined code of cost code and cost type. */
  static void itemCode(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    int limit = context.limits().itemCodeLength();
    eachBillingLine(
        invoice,
        (number, line) -> {
          String code = context.itemCodes().get(line.procoreItemId());
          if (code != null && code.length() > limit) {
            findings.accept(
                refuse(
                    "XR-WBS-01",
                    lineField(number, line, "item code"),
                    "'" + code + "' has " + code.length() + " characters",
                    context.erpName() + " takes at most " + limit,
                    "Shorten the cost code or the cost type in Procore, or change"
                        + " item-code.format"));
          }
        });
  }

  /** TB-INV-04: largest amount of a line, before a document is refused as a whole because of it. */
  static void lineAmount(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    eachLine(
        invoice,
        (number, line) -> {
          amount(
              lineField(number, line, "work this period"),
              line.workThisPeriod(),
              context,
              findings);
          amount(
              lineField(number, line, "stored material this period"),
              line.storedMaterialThisPeriod(),
              context,
              findings);
          amount(lineField(number, line, "work and material"), line.gross(), context, findings);
        });
    amount("Retainage held", invoice.retained(), context, findings);
    amount("Retainage released", invoice.released(), context, findings);
  }

  private static void amount(
      String field, Money amount, InvoiceCheckContext context, Consumer<Finding> findings) {
    Money limit = context.limits().lineAmountLimit();
    if (amount.amount().abs().compareTo(limit.amount()) > 0) {
      findings.accept(
          refuse(
              "TB-INV-04",
              field,
              amount.toString(),
              context.erpName() + " takes at most " + limit + " on a line",
              "Correct the amount in Procore, or bill it on several lines"));
    }
  }

  /**
   * XR-INV-12, GEN-INV-05: unit-based lines send the billed quantity, where quantity and price give
   * the billed amount.
   */
  static void unitPricing(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    eachBillingLine(
        invoice,
        (number, line) -> {
          if (line.method() != AccountingMethod.UNIT || line.workThisPeriod().isZero()) {
            return;
          }
          UnitPricing pricing =
              UnitPricing.of(
                  line.quantity(),
                  line.unitPrice(),
                  line.workThisPeriod(),
                  context.limits().quantityDecimals(),
                  context.limits().unitPriceDecimals());
          if (pricing.verdict() == UnitPricing.Verdict.NO_QUANTITY) {
            findings.accept(amountInstead(number, line, "no quantity or no price"));
          } else if (pricing.verdict() == UnitPricing.Verdict.UNEXPLAINED) {
            findings.accept(
                amountInstead(
                    number,
                    line,
                    pricing.quantity().toPlainString()
                        + " x "
                        + pricing.unitPrice().toPlainString()
                        + " = "
                        + pricing.product()
                        + ", but "
                        + line.workThisPeriod()
                        + " is billed"));
          }
        });
  }

  private static Finding amountInstead(int number, InvoiceLine line, String found) {
    return warn(
        "XR-INV-12",
        lineField(number, line, "quantity"),
        found,
        "quantity times price must give the billed amount, give or take rounding",
        "The line goes as quantity 1 at "
            + line.workThisPeriod()
            + "; correct quantity or price in Procore if they should show");
  }

  /** TB-INV-05: more decimals than the ERP takes; what that changes is shown on the bill. */
  static void decimals(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    eachBillingLine(
        invoice,
        (number, line) -> {
          if (line.method() == AccountingMethod.UNIT) {
            decimals(
                lineField(number, line, "quantity"),
                line.quantity(),
                context.limits().quantityDecimals(),
                context,
                findings);
            decimals(
                lineField(number, line, "unit price"),
                line.unitPrice(),
                context.limits().unitPriceDecimals(),
                context,
                findings);
          }
        });
  }

  private static void decimals(
      String field,
      BigDecimal number,
      int limit,
      InvoiceCheckContext context,
      Consumer<Finding> findings) {
    if (number != null && number.stripTrailingZeros().scale() > limit) {
      findings.accept(
          warn(
              "TB-INV-05",
              field,
              number.toPlainString(),
              context.erpName() + " takes at most " + limit + " decimals",
              "It is written rounded, the amount stays to the cent and the bill says so"));
    }
  }
}
