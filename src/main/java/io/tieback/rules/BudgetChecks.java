package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.waiting;

import java.util.ArrayList;
import java.util.List;

/** Whether a budget may be sent. Pure; all findings at once. */
public final class BudgetChecks {

  private BudgetChecks() {}

  /**
   * A line of a budget.
   *
   * @param costCode its cost code for people
   * @param costType its cost type for people, or null when it has none
   * @param costCodeOriginId the link of the code, or null while it is not in the ERP
   * @param costTypeOriginId the link of the type, or null
   * @param ofSubJob whether it belongs to a sub job
   */
  public record Line(
      String costCode,
      String costType,
      String costCodeOriginId,
      String costTypeOriginId,
      boolean ofSubJob) {}

  /**
   * Checks a budget.
   *
   * @param erpName the ERP's name for people
   * @param locked whether it is locked in Procore
   * @param projectOriginId the link of its project, or null while it is not in the ERP
   * @param lines its lines
   */
  public static List<Finding> check(
      String erpName, boolean locked, String projectOriginId, List<Line> lines) {
    List<Finding> findings = new ArrayList<>();
    if (!locked) {
      findings.add(
          refuse(
              "GEN-BUD-01",
              "Budget",
              "unlocked",
              "only a locked budget is sent",
              "Lock the budget in Procore"));
    }
    if (blank(projectOriginId)) {
      findings.add(
          waiting(
              "GEN-BUD-10",
              "Project",
              "not in " + erpName,
              "the project goes before its budget",
              "Export or link the project; the budget then goes by itself"));
    }
    lines.forEach(line -> line(line, erpName, findings));
    return findings;
  }

  private static void line(Line line, String erpName, List<Finding> findings) {
    String field = "Budget line " + line.costCode();
    if (line.ofSubJob()) {
      findings.add(
          refuse(
              "GEN-API-29",
              field,
              "of a sub job",
              erpName + " knows a project without sub jobs",
              "Move the line to the project in Procore"));
    }
    if (blank(line.costType())) {
      findings.add(
          refuse(
              "GEN-BUD-10",
              field,
              "no cost type",
              "every code of the budget has one and is in " + erpName,
              "Assign a cost type to the line in Procore"));
    } else if (blank(line.costCodeOriginId()) || blank(line.costTypeOriginId())) {
      findings.add(
          waiting(
              "GEN-BUD-10",
              field,
              "with type " + line.costType() + " not in " + erpName,
              "every code of the budget is in " + erpName,
              "Export the cost codes of the project; the budget then goes by itself"));
    }
  }
}
