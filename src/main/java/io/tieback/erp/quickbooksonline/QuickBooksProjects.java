package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.ErpProjects.ErpProject;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads projects: customers below a customer that QuickBooks keeps as projects, by setting plain
 * sub-customers too (reference section 3.2; QBO-CFG-05). Only inward, since the interface makes no
 * projects (QBO-PRJ-01).
 */
final class QuickBooksProjects {

  private static final int LONGEST_NAME = 500;

  private final QuickBooksConnection connection;
  private final QuickBooksCalls calls;

  QuickBooksProjects(QuickBooksConnection connection, QuickBooksCalls calls) {
    this.connection = connection;
    this.calls = calls;
  }

  /** All of them, also inactive ones: one call for a thousand. */
  ErpProjects all() {
    List<ErpProject> projects =
        new ArrayList<>(
            new QuickBooksPages(calls)
                .read(
                    "Customer",
                    "Job = true and " + QuickBooksQuery.ALSO_INACTIVE,
                    null,
                    "reading projects",
                    this::project)
                .records());
    return new ErpProjects(
        connection.subCustomers() ? "projects and sub-customers" : "projects",
        null,
        "",
        Integer.MAX_VALUE,
        LONGEST_NAME,
        projects);
  }

  private ErpProject project(JsonNode customer) {
    boolean counts = connection.subCustomers() || customer.path("IsProject").asBoolean(false);
    return counts
        ? new ErpProject(
            QuickBooksJson.id(customer),
            String.valueOf(QuickBooksJson.text(customer, "DisplayName")),
            QuickBooksJson.isActive(customer))
        : null;
  }
}
