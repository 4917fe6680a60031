package io.tieback.flow;

import io.tieback.construction.ProjectName;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.ledger.CostItems;
import io.tieback.rules.ProjectContext;
import java.util.List;
import java.util.Map;

/**
 * A project as it is prepared.
 *
 * @param context what the checks need
 * @param standing how far its codes are, by the ledger's ids of their items
 * @param present what the ERP has of it already, or null
 * @param formerName the name that Tieback gave it before, or null
 */
public record ProjectRecord(
    ProjectContext context,
    Map<Long, CostItems.Standing> standing,
    ErpProject present,
    String formerName) {

  /** Whether the project got another name in Procore since Tieback wrote it. */
  boolean renamed() {
    return context.makes()
        && present != null
        && formerName != null
        && !formerName.equals(context.name())
        && !context.name().equals(present.name());
  }

  /**
   * The document: what is there keeps its name unless the project was renamed in Procore, and the
   * ERP takes names from there.
   */
  ProjectName named(long projectId) {
    String name = present == null || renamed() ? context.name() : present.name();
    return new ProjectName(
        "project:" + projectId, projectId, name, present == null ? null : present.key(), renamed());
  }

  /** Codes that did not go. */
  List<String> failed() {
    return context.failed();
  }
}
