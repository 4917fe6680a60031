package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.lineField;
import static io.tieback.rules.InvoiceCheck.refuse;

import io.tieback.construction.Bill;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.Money;
import io.tieback.construction.OriginId;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.construction.TaxSettings;
import io.tieback.construction.TaxSettings.Amounts;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tax: each line's type known, and what the bill bears equal to what Procore says, to the cent. */
public final class TaxChecks {

  private static final String TAX = "Tax applicable to this payment";

  private TaxChecks() {}

  /**
   * TB-INV-08: tax that Procore states where the bill would not bear it: without tax the bill falls
   * short, and amounts that hold their tax already would bear it twice.
   */
  static void stated(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    Amounts amounts = context.tax().amounts();
    Money tax = invoice.taxInProcore();
    if (tax == null || tax.isZero() || amounts == Amounts.EXCLUSIVE) {
      return;
    }
    findings.accept(
        refuse(
            "TB-INV-08",
            TAX,
            tax.toString(),
            amounts == Amounts.NONE
                ? "bills are written without tax, so the bill would fall short by it"
                : "the amounts are taken to hold their tax, so this one would be lost",
            "Set xero.line-amount-types to Exclusive if tax comes on top of the amounts in Procore,"
                + " or take the tax off the invoice in Procore"));
  }

  /** TB-TAX-01, TB-TAX-02: every line that ends up on the bill has a tax type with a rate. */
  static void types(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    TaxSettings tax = context.tax();
    if (!tax.apply()) {
      return;
    }
    InvoiceCheck.eachLine(
        invoice,
        (number, line) -> {
          if (InvoiceCheck.billsSomething(line)
              || tax.onRelease() && !(line.retained().isZero() && line.released().isZero())) {
            type(lineField(number, line, "tax code"), line, context, findings);
          }
        });
    boolean untaxed =
        !tax.onRelease() && !(invoice.retained().isZero() && invoice.released().isZero());
    if (untaxed && !context.taxRates().containsKey(tax.untaxedType())) {
      findings.accept(noRate("Tax type of retainage", tax.untaxedType(), context));
    }
  }

  private static void type(
      String field, InvoiceLine line, InvoiceCheckContext context, Consumer<Finding> findings) {
    String code = line.taxCodeOriginId();
    if (isOfAnother(code, context)) {
      findings.accept(
          refuse(
              "TB-TAX-01",
              field,
              "'" + code + "'",
              "it is linked for another connection",
              "Link the tax code in Procore to " + context.erpName() + " of this connection"));
      return;
    }
    Optional<String> type = context.tax().typeOf(code);
    if (type.isEmpty()) {
      findings.accept(
          refuse(
              "TB-TAX-01",
              field,
              blank(code) ? "none" : "'" + code + "'",
              "nothing says which tax type of " + context.erpName() + " it is",
              blank(code)
                  ? "Choose a tax code on the line in Procore, or set xero.tax-type for lines"
                      + " without one"
                  : "Add it to tax.codes, such as " + code.strip() + "=INPUT"));
    } else if (!context.taxRates().containsKey(type.get())) {
      findings.accept(noRate(field, type.get(), context));
    }
  }

  private static Finding noRate(String field, String type, InvoiceCheckContext context) {
    return refuse(
        "TB-TAX-02",
        field,
        "'" + type + "'",
        context.erpName() + " has no active tax rate of that type",
        "Correct tax.codes, xero.tax-type or xero.tax-type-untaxed, or make the rate active in "
            + context.erpName());
  }

  private static boolean isOfAnother(String code, InvoiceCheckContext context) {
    try {
      OriginId origin = OriginId.parse(code);
      return origin.kind().equals(TaxSettings.ORIGIN_KIND)
          && !(origin.erp().equals(context.erp())
              && origin.connection().equals(context.connection()));
    } catch (IllegalArgumentException aWordOfTheFirm) {
      return false;
    }
  }

  /**
   * TB-TAX-03: the tax on the bill, worked out line by line, equals what Procore says applies to
   * the payment. A difference is never plugged.
   */
  public static List<Finding> total(Bill bill, SubcontractorInvoice invoice, String erpName) {
    Money stated = invoice.taxInProcore() == null ? Money.ZERO : invoice.taxInProcore();
    if (bill.taxAmounts() != Amounts.EXCLUSIVE || bill.tax().equals(stated)) {
      return List.of();
    }
    return List.of(
        refuse(
            "TB-TAX-03",
            TAX,
            stated
                + " in Procore, "
                + bill.tax()
                + " by the rates of "
                + erpName
                + ", difference "
                + bill.tax().minus(stated),
            "they must be equal to the cent",
            "Compare the tax codes of the lines with tax.codes and the rates of "
                + erpName
                + "; if every invoice with retainage differs, change retainage.tax"));
  }
}
