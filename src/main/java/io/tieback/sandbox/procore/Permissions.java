package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * The permission manifest: tools of a company or a project and the service account's level in each.
 * A tool that is not active is not listed.
 */
final class Permissions {

  private final MasterData master;
  private final Switches switches;

  Permissions(MasterData master, Switches switches) {
    this.master = master;
    this.switches = switches;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", "/rest/v1.0/settings/permissions", this::manifest);
  }

  private Answer manifest(Ask ask) {
    Long project = ask.queryOrNull("project_id");
    if (project == null) {
      ask.query("company_id");
      return tools(
          master.erp(ask)
              ? List.of("ERP Integrations", "Admin", "Directory")
              : List.of("Admin", "Directory"),
          switches.choice("companyToolsLevel"));
    }
    master.project(ask, project);
    return tools(
        switches.flag("commitmentsToolActive") ? List.of("Commitments", "Invoicing") : List.of(),
        switches.choice("projectToolsLevel"));
  }

  private static Answer tools(List<String> names, String level) {
    ObjectNode out = Json.object();
    ArrayNode tools = out.putArray("tools");
    int id = 1;
    for (String name : names) {
      tools
          .addObject()
          .put("id", id++)
          .put("name", name.toLowerCase(java.util.Locale.ROOT).replace(' ', '_'))
          .put("friendly_name", name)
          .put("available_for_user", true)
          .putObject("user_access_level")
          .put("name", level);
    }
    return Answer.json(200, out);
  }
}
