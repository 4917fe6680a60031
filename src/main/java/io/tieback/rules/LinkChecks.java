package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.eachBillingLine;
import static io.tieback.rules.InvoiceCheck.lineField;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.waiting;

import io.tieback.construction.InvoiceLine;
import io.tieback.construction.OriginId;
import io.tieback.construction.SubcontractorInvoice;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the invoice depends on in the ERP: vendor, project, commitment, codes. What is merely not
 * there yet waits, and goes by itself when it arrives.
 */
final class LinkChecks {

  private LinkChecks() {}

  /** XR-INV-01. */
  static void vendor(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (blank(invoice.vendorOriginId())) {
      findings.accept(
          waiting(
              "XR-INV-01",
              "Contract company",
              "company " + invoice.vendorId() + " is not linked",
              "it must be linked to a vendor in " + context.erpName(),
              "Link or export the company in Procore's ERP Integrations; the invoice then goes by"
                  + " itself"));
    }
  }

  /** GEN-API-20 by analogy: what belongs to a project follows its project. */
  static void project(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (blank(invoice.projectOriginId())) {
      findings.accept(
          waiting(
              "GEN-API-20",
              "Project",
              "project " + invoice.projectId() + " is not in " + context.erpName(),
              "the project goes first",
              "Export or link the project in Procore's ERP Integrations; the invoice then goes by"
                  + " itself"));
    }
  }

  /** GEN-COM-01 as far as invoices depend on it. */
  static void commitment(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (context.policy().commitmentRequired() && blank(invoice.commitmentOriginId())) {
      findings.accept(
          waiting(
              "GEN-COM-01",
              "Commitment",
              "commitment " + invoice.commitmentId() + " is not in " + context.erpName(),
              "the commitment goes before its invoices",
              "Export the commitment; the invoice then goes by itself"));
    }
  }

  /**
   * GEN-ARC-06: a link that another integration or another connection made names something in
   * another set of books.
   */
  static void foreignLinks(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    foreign("Contract company", invoice.vendorOriginId(), context, findings);
    foreign("Project", invoice.projectOriginId(), context, findings);
    if (context.policy().commitmentRequired()) {
      foreign("Commitment", invoice.commitmentOriginId(), context, findings);
    }
    eachBillingLine(
        invoice,
        (number, line) -> {
          foreign(lineField(number, line, "cost code"), line.costCodeOriginId(), context, findings);
          foreign(lineField(number, line, "cost type"), line.costTypeOriginId(), context, findings);
        });
  }

  private static void foreign(
      String field, String originId, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (blank(originId) || isOurs(originId, context)) {
      return;
    }
    findings.accept(
        refuse(
            "GEN-ARC-06",
            field,
            "linked to '" + originId + "'",
            "the link must belong to connection "
                + context.connection()
                + " ("
                + context.erp()
                + ":"
                + context.connection()
                + ":...)",
            "Unlink it in Procore and link it to this connection's " + context.erpName()));
  }

  private static boolean isOurs(String originId, InvoiceCheckContext context) {
    try {
      OriginId read = OriginId.parse(originId);
      return read.erp().equals(context.erp()) && read.connection().equals(context.connection());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** XR-INV-09: at least one line with a code of the ERP, among those that bill something. */
  static void anyCostCode(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    List<InvoiceLine> billing =
        invoice.lines().stream().filter(InvoiceCheck::billsSomething).toList();
    if (!context.policy().costCodeRequired() || billing.isEmpty()) {
      return;
    }
    if (billing.stream().allMatch(line -> blank(line.costCodeOriginId()))) {
      findings.accept(
          waiting(
              "XR-INV-09",
              "Schedule of values",
              "no line has a cost code that is in " + context.erpName(),
              "at least one is needed",
              "Export the cost codes of the project; the invoice then goes by itself"));
    }
  }

  /** GEN-WBS-08: each line that bills something needs its cost code in the ERP. */
  static void lineCodes(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (!context.policy().costCodeRequired()) {
      return;
    }
    eachBillingLine(
        invoice,
        (number, line) -> {
          if (blank(line.costCodeOriginId()) && blank(line.costCode())) {
            findings.accept(
                refuse(
                    "GEN-WBS-08",
                    lineField(number, line, "cost code"),
                    "none",
                    "a line that bills something needs a cost code",
                    "Give the line of the commitment a cost code in Procore"));
          } else if (blank(line.costCodeOriginId())) {
            findings.accept(
                waiting(
                    "GEN-WBS-08",
                    lineField(number, line, "cost code"),
                    "not in " + context.erpName(),
                    "the cost code goes first",
                    "Export the cost codes of the project; the invoice then goes by itself"));
          }
        });
  }

  /** XR-WBS-04: each pair of cost code and cost type is an item of its own. */
  static void lineTypes(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (!context.policy().costCodeRequired() || !context.policy().costTypeRequired()) {
      return;
    }
    eachBillingLine(
        invoice,
        (number, line) -> {
          if (blank(line.costTypeOriginId())) {
            findings.accept(
                waiting(
                    "XR-WBS-04",
                    lineField(number, line, "cost type"),
                    "not in " + context.erpName(),
                    "the item of cost code and cost type goes first",
                    "Assign the cost type to the cost code and export the project's codes; the"
                        + " invoice then goes by itself"));
          }
        });
  }

  /** TB-INV-09: a line that is linked must end up on an item or an account. */
  static void itemOrAccount(
      SubcontractorInvoice invoice, InvoiceCheckContext context, Consumer<Finding> findings) {
    if (!blank(context.defaultAccountCode())) {
      return;
    }
    eachBillingLine(
        invoice,
        (number, line) -> {
          if (!waitsForCodes(line, context)
              && blank(context.itemCodes().get(line.procoreItemId()))) {
            findings.accept(
                refuse(
                    "TB-INV-09",
                    lineField(number, line, "item"),
                    "neither an item code nor a default account",
                    "a bill line needs one of them",
                    "Set accounts.default, or link the cost code to its item in "
                        + context.erpName()));
          }
        });
  }

  /** Its item code cannot be known yet: that is another finding already. */
  private static boolean waitsForCodes(InvoiceLine line, InvoiceCheckContext context) {
    return context.policy().costCodeRequired()
        && (blank(line.costCodeOriginId())
            || (context.policy().costTypeRequired() && blank(line.costTypeOriginId())));
  }
}
