package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The resources that hooks can have triggers for, by the names seen in the list of a Procore
 * sandbox (payload v2): some belong to the company and some to a project. Requisitions are not in
 * that list.
 */
final class WebhookResources {
  /**
   * A resource that hooks know.
   *
   * @param ofProject whether hooks of a project are told, not those of the company
   * @param itemId the record's id as this resource, or null where it has none of its own
   */
  record Named(String name, boolean ofProject, Long itemId) {
    Chronicle.Happening about(Chronicle.Happening happening) {
      return itemId == null
          ? happening
          : new Chronicle.Happening(
              happening.companyId(),
              happening.projectId(),
              happening.itemType(),
              happening.parentType(),
              itemId,
              happening.eventType(),
              happening.actor());
    }
  }

  private static final String REQUISITIONS = "Requisitions";
  private static final List<String> OF_COMPANY =
      List.of(
          "Company Users",
          "Company Vendors",
          WebhookEvent.ERP_REQUESTS,
          "Line Item Types",
          "Projects",
          "Standard Cost Codes");
  private static final Set<String> NEVER_DELETED =
      Set.of("Company Users", "Company Vendors", "Projects");
  private static final List<String> OF_PROJECT =
      List.of(
          "Budget Changes",
          "Budget Line Items",
          "Change Order Packages",
          "Contract Payments",
          "Cost Codes",
          "Direct Costs",
          "Direct Cost Line Items",
          "Potential Change Orders",
          "Potential Change Order Line Items",
          "Purchase Order Contracts",
          "Purchase Order Contract Line Items",
          "Work Order Contracts",
          "Work Order Contract Line Items");

  private final State state;
  private final Switches switches;

  WebhookResources(State state, Switches switches) {
    this.state = state;
    this.switches = switches;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", "/rest/v1.0/webhooks/resources", this::list);
  }

  private Answer list(Ask ask) {
    boolean ofProject = ask.queryOrNull("project_id") != null;
    ArrayNode all = Json.array();
    for (String name : names(ofProject, state.companies.get(ask.companyId).erp())) {
      ObjectNode row = all.addObject().put("api_version", "v2").put("tools", name);
      ArrayNode except = row.putArray("except");
      if (NEVER_DELETED.contains(name)) {
        except.add("delete");
      }
    }
    return Answer.json(200, all);
  }

  private List<String> names(boolean ofProject, boolean erp) {
    List<String> names = new ArrayList<>();
    if (!ofProject || switches.flag("companyHooksSeeProjects")) {
      names.addAll(OF_COMPANY);
    }
    if (ofProject || switches.flag("companyHooksSeeProjects")) {
      names.addAll(OF_PROJECT);
      if (switches.flag("webhookRequisitions")) {
        names.add(REQUISITIONS);
      }
    }
    if (!erp) {
      names.remove(WebhookEvent.ERP_REQUESTS);
    }
    return names;
  }

  /** Whether a hook of a project, or of the company, can have this trigger. */
  boolean offers(String name, String eventType, boolean ofProject, boolean erp) {
    return names(ofProject, erp).contains(name)
        && !(eventType.equals("delete") && NEVER_DELETED.contains(name));
  }

  /** What a record is as resources of hooks; a change order is two. */
  List<Named> of(Chronicle.Happening happening) {
    long id = happening.itemId();
    return switch (happening.itemType()) {
      case "vendor" -> company("Company Vendors");
      case "user" -> company("Company Users");
      case "project" -> company("Projects");
      case "line_item_type" -> company("Line Item Types");
      case "standard_cost_code" -> company("Standard Cost Codes");
      case "cost_code" -> project("Cost Codes");
      case "work_order_contract" -> project("Work Order Contracts");
      case "purchase_order_contract" -> project("Purchase Order Contracts");
      case "line_item" -> project(lineItems(happening.parentType()));
      case "change_order" -> {
        List<Named> both = new ArrayList<>(project("Change Order Packages"));
        Model.ChangeOrder change =
            state.changeOrders.containsKey(id)
                ? state.changeOrders.get(id)
                : state.deletedChangeOrders.get(id);
        if (change != null) {
          both.add(new Named("Potential Change Orders", true, change.potentialId));
        }
        yield both;
      }
      case "requisition" ->
          switches.flag("webhookRequisitions") ? project(REQUISITIONS) : List.of();
      case "contract_payment" -> project("Contract Payments");
      case "item" -> project("Direct Costs");
      case "budget_line" -> project("Budget Line Items");
      case "budget_change" -> project("Budget Changes");
      default -> List.of();
    };
  }

  private static String lineItems(String parentType) {
    return switch (parentType) {
      case "work_order_contract" -> "Work Order Contract Line Items";
      case "purchase_order_contract" -> "Purchase Order Contract Line Items";
      default -> "Potential Change Order Line Items";
    };
  }

  private static List<Named> company(String name) {
    return List.of(new Named(name, false, null));
  }

  private static List<Named> project(String name) {
    return List.of(new Named(name, true, null));
  }
}
