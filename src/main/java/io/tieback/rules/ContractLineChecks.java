package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.waiting;

import io.tieback.construction.ContractLine;
import io.tieback.construction.OriginId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The lines of a commitment or change order, and what both depend on in the ERP.
 *
 * @param record what it is, for remedies, such as {@code commitment}
 * @param linesRule the rule of lines and codes: XR-COM-05 or XR-CCO-05
 * @param context what is checked against
 * @param findings where it is told
 */
record ContractLineChecks(
    String record, String linesRule, OrderCheckContext context, Consumer<Finding> findings) {

  /** The contract company: XR-COM-03, XR-CCO-03. */
  void vendor(String rule, String originId, long id) {
    if (blank(originId)) {
      findings.accept(
          waiting(
              rule,
              "Contract company",
              "company " + id + " is not linked",
              "it must be linked to a vendor in " + context.erpName(),
              "Link or export the company in Procore's ERP Integrations; the "
                  + record
                  + " then goes by itself"));
    } else {
      foreign("Contract company", originId);
    }
  }

  /** GEN-API-20 by analogy: what belongs to a project follows its project. */
  void project(String originId, long id) {
    if (blank(originId)) {
      findings.accept(
          waiting(
              "GEN-API-20",
              "Project",
              "project " + id + " is not in " + context.erpName(),
              "the project goes first",
              "Export or link the project in Procore's ERP Integrations; the "
                  + record
                  + " then goes by itself"));
    } else {
      foreign("Project", originId);
    }
  }

  /** GEN-ARC-06: a link of another integration or connection names something in other books. */
  void foreign(String field, String originId) {
    if (!blank(originId) && !isOurs(originId)) {
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
  }

  private boolean isOurs(String originId) {
    try {
      OriginId read = OriginId.parse(originId);
      return read.erp().equals(context.erp()) && read.connection().equals(context.connection());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Number and title: XR-COM-01, XR-COM-02, XR-CCO-01, XR-CCO-02. */
  void length(String rule, String field, String text) {
    if (text != null && text.length() > OrderCheckContext.LONGEST) {
      findings.accept(
          refuse(
              rule,
              field,
              text.length() + " characters",
              "at most " + OrderCheckContext.LONGEST + " characters",
              "Shorten it in Procore and send the " + record + " again"));
    }
  }

  /**
   * All lines.
   *
   * @param longer characters that the ERP's text of a line has beside its own
   */
  void lines(List<ContractLine> lines, int longer) {
    if (lines.isEmpty()) {
      findings.accept(
          refuse(
              linesRule,
              "Schedule of values",
              "no lines",
              "at least one line with a cost code that is in " + context.erpName(),
              "Add a line with a cost code in Procore and send the " + record + " again"));
      return;
    }
    Set<Long> seen = new HashSet<>();
    for (int index = 0; index < lines.size(); index++) {
      ContractLine line = lines.get(index);
      if (!seen.add(line.procoreId())) {
        findings.accept(
            refuse(
                "TB-COM-05",
                field(index, line, ""),
                "line " + line.procoreId() + " stands in it twice",
                "a line is written once",
                "Reject the " + record + " in Procore and send it again"));
      }
      if (!line.amount().isZero()) {
        codes(index, line);
      }
      limits(index, line, longer);
      tax(index, line);
    }
    boolean coded =
        lines.stream().anyMatch(line -> context.itemCodes().containsKey(line.procoreId()));
    boolean plainZeros = lines.stream().allMatch(line -> line.amount().isZero());
    if (!coded && plainZeros) {
      findings.accept(
          waiting(
              linesRule,
              "Schedule of values",
              "no line has a cost code and cost type that are in " + context.erpName(),
              "at least one is needed",
              "Export the cost codes of the project; the " + record + " then goes by itself"));
    }
  }

  /** A line with an amount needs an existing code and category. */
  private void codes(int index, ContractLine line) {
    code(index, line, "cost code", line.costCodeId(), line.costCodeOriginId());
    code(index, line, "cost type", line.costTypeId(), line.costTypeOriginId());
  }

  private void code(int index, ContractLine line, String what, Long id, String originId) {
    String field = field(index, line, what);
    if (id == null && blank(originId)) {
      findings.accept(
          refuse(
              linesRule,
              field,
              "none",
              "a line with an amount needs a cost code and a cost type",
              "Give the line a " + what + " in Procore and send the " + record + " again"));
    } else if (blank(originId)) {
      findings.accept(
          waiting(
              linesRule,
              field,
              "not in " + context.erpName(),
              "the item of cost code and cost type goes first",
              "Export the project's codes; the " + record + " then goes by itself"));
    } else {
      foreign(field, originId);
    }
  }

  private void limits(int index, ContractLine line, int longer) {
    int longest = context.limits().descriptionLength() - longer;
    int length = line.words(index + 1).length();
    if (length > longest) {
      findings.accept(
          refuse(
              "XR-API-04",
              field(index, line, "description"),
              length + " characters",
              context.erpName() + " takes at most " + longest,
              "Shorten the description of the line in Procore"));
    }
    String item = context.itemCodes().get(line.procoreId());
    if (item != null && item.length() > context.limits().itemCodeLength()) {
      findings.accept(
          refuse(
              "XR-WBS-01",
              field(index, line, "item code"),
              "'" + item + "' has " + item.length() + " characters",
              context.erpName() + " takes at most " + context.limits().itemCodeLength(),
              "Shorten the cost code or the cost type in Procore, or change item-code.format"));
    }
    if (line.amount().amount().abs().compareTo(context.limits().lineAmountLimit().amount()) > 0) {
      findings.accept(
          refuse(
              "TB-INV-04",
              field(index, line, "amount"),
              line.amount().toString(),
              context.erpName() + " takes at most " + context.limits().lineAmountLimit(),
              "Split the line in Procore"));
    }
  }

  private void tax(int index, ContractLine line) {
    if (!context.tax().apply()) {
      return;
    }
    Optional<String> type = context.tax().typeOf(line.taxCodeOriginId());
    if (type.isEmpty()) {
      findings.accept(
          refuse(
              "TB-TAX-01",
              field(index, line, "tax code"),
              blank(line.taxCodeOriginId()) ? "none" : "'" + line.taxCodeOriginId() + "'",
              "nothing says which tax type it is in " + context.erpName(),
              "Add it to tax.codes, or set xero.tax-type"));
    } else if (!context.taxRates().containsKey(type.get())) {
      findings.accept(
          refuse(
              "TB-TAX-02",
              field(index, line, "tax code"),
              "tax type " + type.get(),
              context.erpName() + " has no active rate of that type",
              "Correct tax.codes, or add the rate in " + context.erpName()));
    }
  }

  private static String field(int index, ContractLine line, String what) {
    return "Line "
        + (index + 1)
        + (blank(line.costCode()) ? "" : " (" + line.costCode() + ")")
        + (what.isEmpty() ? "" : " " + what);
  }
}
