package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.waiting;

import io.tieback.construction.CostProject;
import io.tieback.construction.DirectCostComposer.Counted;
import io.tieback.construction.JobCost;
import io.tieback.rules.JobCostVerdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which lines of the ERP's documents are job costs (XR-JC-06 to XR-JC-09), line by line. Every
 * reason why a line is not one is given at once, with what to do about it.
 */
public final class JobCostChecks {

  private JobCostChecks() {}

  /**
   * Says what becomes of each line of a document, in their order. A document that is voided or
   * deleted has no lines that could count, and nothing to report.
   *
   * @param exported whether it is a bill that Tieback exported
   */
  public static List<JobCostVerdict> check(
      JobCost document, boolean exported, JobCostContext context) {
    if (document.status() == JobCost.Status.GONE) {
      return List.of();
    }
    return document.lines().stream().map(line -> check(document, line, exported, context)).toList();
  }

  private static JobCostVerdict check(
      JobCost document, JobCost.Line line, boolean exported, JobCostContext context) {
    if (retainage(line, context)) {
      return left(line, Outcome.RETAINAGE);
    }
    if (exportedTwice(exported, context)) {
      return left(line, Outcome.EXPORTED);
    }
    if (context.from() != null && document.date().isBefore(context.from())) {
      return left(line, Outcome.EARLIER);
    }
    if (blank(line.projectKey()) && blank(line.itemCode())) {
      return left(line, Outcome.OVERHEAD);
    }
    List<Finding> findings = new ArrayList<>();
    approved(document, context, findings::add);
    project(line, context, findings::add);
    item(line, context, findings::add);
    currency(document, context, findings::add);
    if (!findings.isEmpty()) {
      return new JobCostVerdict(line, Outcome.UNSYNCED, null, findings);
    }
    CostProject project = context.projects().get(line.projectKey());
    return new JobCostVerdict(
        line,
        Outcome.COUNTS,
        new Counted(line, project, project.items().get(line.itemCode())),
        List.of());
  }

  private static JobCostVerdict left(JobCost.Line line, Outcome outcome) {
    return new JobCostVerdict(line, outcome, null, List.of());
  }

  /** TB-JC-01: retainage is owed and not a cost; the work that it is kept of is. */
  static boolean retainage(JobCost.Line line, JobCostContext context) {
    return (line.accountCode() != null && line.accountCode().equals(context.retainageAccount()))
        || (line.itemCode() != null && line.itemCode().equals(context.retainageItem()));
  }

  /**
   * GEN-INV-06, XR-JC-05: Procore has the costs of such a bill already, in the subcontractor
   * invoice that it was made of.
   */
  static boolean exportedTwice(boolean exported, JobCostContext context) {
    return exported && !context.exportedCount();
  }

  /** XR-JC-08: approved, which a paid document is too. */
  static void approved(JobCost document, JobCostContext context, Consumer<Finding> findings) {
    if (document.status() != JobCost.Status.APPROVED) {
      findings.accept(
          refuse(
              "XR-JC-08",
              "Status",
              "the " + document.kind().words() + " is not approved",
              "only what is approved or paid is a cost",
              "Approve it in " + context.erpName() + "; it then comes by itself"));
    }
  }

  /** XR-JC-06: the line carries a project that is linked on both sides. */
  static void project(JobCost.Line line, JobCostContext context, Consumer<Finding> findings) {
    if (blank(line.projectKey())) {
      findings.accept(
          refuse(
              "XR-JC-06",
              "Project",
              "none",
              "the line needs a linked project",
              "Give the line its project in " + context.erpName() + "; it then comes by itself"));
    } else if (!context.projects().containsKey(line.projectKey())) {
      findings.accept(
          waiting(
              "XR-JC-06",
              "Project",
              "'" + line.projectName() + "' is not linked to a project of Procore",
              "the line needs a linked project",
              "Link the project in Procore's ERP Integrations, and let Tieback's service account"
                  + " see it; the cost then comes at the next reading"));
    }
  }

  /** XR-JC-07: the line carries an item that is a cost code and a cost type of its project. */
  static void item(JobCost.Line line, JobCostContext context, Consumer<Finding> findings) {
    CostProject project =
        blank(line.projectKey()) ? null : context.projects().get(line.projectKey());
    if (blank(line.itemCode())) {
      findings.accept(
          refuse(
              "XR-JC-07",
              "Item",
              line.accountCode() == null ? "none" : "only account " + line.accountCode(),
              "the line needs the item of a cost code and cost type",
              "Give the line its item in " + context.erpName() + "; it then comes by itself"));
    } else if (project == null) {
      // Which items are linked is known only of a linked project: that is another finding already.
      return;
    } else if (project.ambiguous().contains(line.itemCode())) {
      findings.accept(
          waiting(
              "TB-JC-02",
              "Item",
              "'" + line.itemCode() + "' stands for more than one pair of cost code and cost type",
              "one item stands for one pair",
              "Give cost codes and cost types that cannot be mixed up, or another item code format;"
                  + " the cost then comes at the next reading"));
    } else if (!project.items().containsKey(line.itemCode())) {
      findings.accept(
          waiting(
              "XR-JC-07",
              "Item",
              "'" + line.itemCode() + "' is no linked cost code and cost type of this project",
              "the line needs the item of a cost code and cost type",
              "Export the cost codes of the project from Procore, or correct the item in "
                  + context.erpName()
                  + "; the cost then comes at the next reading"));
    }
  }

  /** TB-JC-03: nothing is converted. */
  static void currency(JobCost document, JobCostContext context, Consumer<Finding> findings) {
    if (document.currency() != null && !document.currency().equals(context.currency())) {
      findings.accept(
          refuse(
              "TB-JC-03",
              "Currency",
              document.currency(),
              "the books of this connection are in " + context.currency(),
              "Enter the cost in Procore by hand: Tieback converts no amounts"));
    }
  }
}
