package io.tieback.sandbox.procore;

import io.tieback.sandbox.kit.Switches;
import java.util.List;

/**
 * What a service account may not reach: ERP endpoints of a company without ERP Integrations,
 * projects that it was not permitted to, tools that are off, and writes that its level does not
 * allow. All answer 403 (sections 1, 2 and 3 of the reference).
 */
final class Rights {
  private static final List<String> ERP =
      List.of(
          "/erp_", "/external_data", "/staged_records", "/invoice_payments/", "/cost_code_line");
  private static final List<String> PROJECT_TOOLS =
      List.of(
          "_order_contracts",
          "/requisitions",
          "/contract_payments",
          "/change_order",
          "_change_orders",
          "/budget");
  private static final List<String> COMPANY_TOOLS =
      List.of("/vendors", "/line_item_types", "/users");

  private final State state;
  private final Switches switches;

  Rights(State state, Switches switches) {
    this.state = state;
    this.switches = switches;
  }

  /** 403 (or 404, by the switch {@code erpDisabledStatus}) when the call is not allowed. */
  void check(Ask ask) {
    String path = ask.call.path();
    if (!state.companies.get(ask.companyId).erp() && in(path, ERP)) {
      throw Refusal.reason(
          switches.number("erpDisabledStatus"),
          "ERP Integrations is not enabled for this company",
          "Forbidden");
    }
    Long project =
        ask.call.pathParam("project_id") != null
            ? (Long) ask.path("project_id")
            : ask.queryOrNull("project_id");
    if (project == null && path.matches("/rest/v1\\.\\d/projects/\\d+")) {
      project = ask.path("id");
    }
    if (project == null && !ask.call.method().equals("GET") && ask.call.body().length() > 0) {
      long named = ask.body().path("project_id").asLong(0);
      project = named == 0 ? null : (Long) named;
    }
    if (project != null) {
      permitted(ask, project);
    }
    if (in(path, PROJECT_TOOLS)) {
      level(ask, switches.choice("projectToolsLevel"), switches.flag("commitmentsToolActive"));
    } else if (in(path, COMPANY_TOOLS)) {
      level(ask, switches.choice("companyToolsLevel"), true);
    }
  }

  private void permitted(Ask ask, long project) {
    if (state.projects.containsKey(project) && !state.permits(ask.app, project)) {
      throw Refusal.reason(403, "The application is not permitted in this project", "Forbidden");
    }
  }

  private static void level(Ask ask, String level, boolean active) {
    boolean write = !ask.call.method().equals("GET");
    if (!active || level.equals("None") || (write && level.equals("Read Only"))) {
      throw Refusal.reason(403, "You do not have permission to do that", "Forbidden");
    }
  }

  private static boolean in(String path, List<String> parts) {
    return parts.stream().anyMatch(path::contains);
  }
}
