package io.tieback.construction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the lines of a document that count into direct costs, one for each project. Pure. Every
 * amount is taken over as it is, so that the direct costs of a document come to exactly what its
 * counting lines come to.
 */
public final class DirectCostComposer {

  private DirectCostComposer() {}

  /**
   * A line that counts, and where it belongs.
   *
   * @param line the line
   * @param project its linked project
   * @param budget its cost code and cost type there
   */
  public record Counted(JobCost.Line line, CostProject project, CostProject.Budget budget) {}

  /**
   * What the direct costs of a document are called and joined to.
   *
   * @param erp short name of the ERP, for origin ids
   * @param erpName the ERP's name for people
   * @param connection whose they are
   * @param vendorId Procore's company of the supplier, or null when it is not linked
   * @param exported whether the document is a bill that Tieback exported
   */
  public record Names(
      String erp, String erpName, ConnectionId connection, Long vendorId, boolean exported) {}

  /** The direct costs of a document, in the order in which its lines name their projects. */
  public static List<DirectCost> compose(JobCost document, List<Counted> counted, Names names) {
    Map<Long, List<Counted>> byProject = new LinkedHashMap<>();
    counted.forEach(
        line ->
            byProject
                .computeIfAbsent(line.project().projectId(), project -> new ArrayList<>())
                .add(line));
    List<DirectCost> costs = new ArrayList<>();
    byProject.forEach((project, lines) -> costs.add(compose(document, project, lines, names)));
    return costs;
  }

  private static DirectCost compose(
      JobCost document, long projectId, List<Counted> counted, Names names) {
    // A line belongs to one direct cost for good, so the project is part of its key too: a line
    // that moves to another project is another line there.
    String key = document.kind().key() + ":" + document.erpId();
    String project = counted.get(0).project().key();
    List<DirectCost.Line> lines = new ArrayList<>();
    for (Counted one : counted) {
      String description = one.line().description();
      lines.add(
          new DirectCost.Line(
              origin(names, "direct_cost_line", key + "|" + one.line().key() + "|" + project),
              one.budget().costCodeId(),
              one.budget().costTypeId(),
              one.line().amount(),
              description == null || description.isBlank() ? document.inWords() : description));
    }
    return new DirectCost(
        origin(names, "direct_cost", key + "|" + project),
        projectId,
        type(document, names),
        names.vendorId(),
        document.number(),
        document.date(),
        names.erpName() + ": " + document.inWords(),
        lines);
  }

  private static String origin(Names names, String kind, String key) {
    return new OriginId(names.erp(), names.connection(), kind, key).toString();
  }

  /**
   * Procore's invoice wants a company and a number (Procore reference section 8). What has not both
   * counts all the same, as an expense.
   */
  private static DirectCost.Type type(JobCost document, Names names) {
    if (names.exported()) {
      return DirectCost.Type.SUBCONTRACTOR_INVOICE;
    }
    boolean ofSupplier =
        document.kind() == JobCost.Kind.BILL || document.kind() == JobCost.Kind.CREDIT;
    boolean whole = names.vendorId() != null && document.number() != null;
    return ofSupplier && whole ? DirectCost.Type.INVOICE : DirectCost.Type.EXPENSE;
  }
}
