package io.tieback.rules;

import io.tieback.construction.InvoiceLine;
import io.tieback.construction.SubcontractorInvoice;
import java.util.function.Consumer;

/** One check of an invoice: it tells everything it finds. */
@FunctionalInterface
interface InvoiceCheck {

  void check(SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings);

  /** Whether the line bills work or material; only such lines need codes. */
  static boolean billsSomething(InvoiceLine line) {
    return !line.workThisPeriod().isZero() || !line.storedMaterialThisPeriod().isZero();
  }

  /** What is done with each line and its place in the invoice, counted from 1. */
  @FunctionalInterface
  interface LineVisitor {
    void visit(int number, InvoiceLine line);
  }

  /** Visits the lines that bill something, in order. */
  static void eachBillingLine(SubcontractorInvoice invoice, LineVisitor visitor) {
    eachLine(
        invoice,
        (number, line) -> {
          if (billsSomething(line)) {
            visitor.visit(number, line);
          }
        });
  }

  /** Visits all lines in order. */
  static void eachLine(SubcontractorInvoice invoice, LineVisitor visitor) {
    for (int index = 0; index < invoice.lines().size(); index++) {
      visitor.visit(index + 1, invoice.lines().get(index));
    }
  }

  /**
   * The field name of a line as a person finds it in Procore: its place, cost code and what is
   * meant.
   */
  static String lineField(int number, InvoiceLine line, String what) {
    return "Line "
        + number
        + (blank(line.costCode()) ? "" : " (" + line.costCode() + ")")
        + " "
        + what;
  }

  static boolean blank(String text) {
    return text == null || text.isBlank();
  }

  static Finding refuse(String ruleId, String field, String found, String limit, String remedy) {
    return new Finding(ruleId, Finding.Severity.REFUSE, field, found, limit, remedy);
  }

  static Finding waiting(String ruleId, String field, String found, String limit, String remedy) {
    return new Finding(ruleId, Finding.Severity.WAIT, field, found, limit, remedy);
  }

  static Finding warn(String ruleId, String field, String found, String limit, String remedy) {
    return new Finding(ruleId, Finding.Severity.WARN, field, found, limit, remedy);
  }
}
