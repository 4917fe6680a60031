package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.procore.ErpEvent;
import io.tieback.wire.Json;

/**
 * The events of the Tieback door: {@code request_data} as Procore would have sent it, by entity.
 */
public final class DoorEvents {

  /** External Data's word for a company. */
  public static final String VENDOR = "vendor";

  /** External Data's word for a project. */
  public static final String PROJECT = "project";

  /** External Data's word for a standard cost code. */
  public static final String STANDARD_CODE = "standard_cost_code";

  /** External Data's word for a commitment change order. */
  public static final String CHANGE_ORDER = "change_order";

  /** External Data's word for a subcontractor invoice. */
  public static final String REQUISITION = "requisition";

  /** External Data's word for a budget. */
  public static final String BUDGET = "budget";

  private DoorEvents() {}

  /** Procore's name of the event that exports such a record. */
  public static String requestName(String entity) {
    return switch (entity) {
      case VENDOR -> "create_vendor";
      case PROJECT -> "create_or_update_job";
      case STANDARD_CODE -> "create_standard_cost_codes";
      case "work_order_contract", "purchase_order_contract" -> "create_commitment";
      case CHANGE_ORDER -> "create_commitment_change_order";
      case REQUISITION -> "create_requisitions";
      case BUDGET -> "create_budget";
      default -> throw new IllegalArgumentException("the door has no event for '" + entity + "'");
    };
  }

  /**
   * The event as the flows read it. It has no request detail: nobody in Procore waits for an
   * answer.
   *
   * @param companyId the Procore company
   * @param entity External Data's word
   * @param id what stands for the id of an ERP request, such as the queue's own key of the item
   * @param data what the queue holds as the item's event
   */
  public static ErpEvent event(long companyId, String entity, long id, JsonNode data) {
    ObjectNode request =
        Json.object()
            .put("id", id)
            .put("company_id", companyId)
            .put("request_name", requestName(entity));
    request.set("request_data", data);
    return ErpEvent.of(request);
  }
}
