package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;

/**
 * What takes the link of a record away again (section 5 of the reference): an approver's Unlink,
 * which only asks the integration, and the Reset of Procore's own staff, which frees the record at
 * once and only tells.
 */
final class Unlinks {

  private final State state;
  private final ExternalData external;
  private final ErpDoor door;

  Unlinks(State state, ExternalData external, ErpDoor door) {
    this.state = state;
    this.external = external;
    this.door = door;
  }

  /** An approver unlinks a synced commitment. */
  Answer commitment(JsonNode body) {
    Json.onlyFields("body", body, "commitmentId");
    Model.Commitment commitment = state.commitments.get(body.path("commitmentId").longValue());
    if (commitment == null) {
      throw new IllegalArgumentException("commitmentId: there is no such commitment.");
    }
    long company = commitment.project.companyId();
    String origin = external.originId(commitment.type.itemType, commitment.id, company);
    if (origin == null) {
      return refused("Commitment " + commitment.number + " is not synced with ERP.");
    }
    ObjectNode data =
        Json.object()
            .put("job_origin_id", external.originId("project", commitment.project.id(), company))
            .put("erp_commitment_id", commitment.id + 1_000_000L)
            .put("project_id", commitment.project.id())
            .put("procore_commitment_id", commitment.id)
            .put("commitment_type", commitment.type.className)
            .put("commitment_origin_id", origin);
    return door.event(
        event("unlink_commitment", company, data)
            .put("itemType", commitment.type.itemType)
            .put("itemId", commitment.id));
  }

  /** An approver unlinks a synced change order. */
  Answer changeOrder(JsonNode body) {
    Json.onlyFields("body", body, "changeOrderId");
    Model.ChangeOrder change = state.changeOrders.get(body.path("changeOrderId").longValue());
    if (change == null) {
      throw new IllegalArgumentException("changeOrderId: there is no such change order.");
    }
    Model.Commitment commitment = change.commitment;
    long company = commitment.project.companyId();
    String origin = external.originId("change_order", change.id, company);
    if (origin == null) {
      return refused("Change order " + change.number + " is not synced with ERP.");
    }
    ObjectNode data =
        Json.object()
            .put("job_origin_id", external.originId("project", commitment.project.id(), company))
            .put("erp_commitment_id", commitment.id + 1_000_000L)
            .put("erp_commitment_change_order_id", change.id + 1_000_000L)
            .put(
                "commitment_origin_id",
                external.originId(commitment.type.itemType, commitment.id, company))
            .put("commitment_type", commitment.type.className)
            .put("commitment_change_order_origin_id", origin)
            .put("procore_commitment_change_order_id", change.id)
            .put("project_id", commitment.project.id());
    return door.event(
        event("unlink_commitment_change_order", company, data)
            .put("itemType", "change_order")
            .put("itemId", change.id));
  }

  /** Procore's staff reset an invoice: it and its items are free at once. */
  Answer requisition(JsonNode body) {
    Json.onlyFields("body", body, "requisitionId");
    Model.Requisition requisition = state.requisitions.get(body.path("requisitionId").longValue());
    if (requisition == null) {
      throw new IllegalArgumentException("requisitionId: there is no such requisition.");
    }
    long company = requisition.commitment.project.companyId();
    String origin = external.originId("requisition", requisition.id, company);
    requisition.items.forEach(item -> external.set(item.kind.itemType, item.id, company, null));
    external.set("requisition", requisition.id, company, null);
    requisition.erpStatus = Model.ErpStatus.NOT_IN_ERP;
    return door.event(
        event(
            "reset_requisition",
            company,
            Json.object()
                .put("requisition_id", requisition.id)
                .put("project_id", requisition.commitment.project.id())
                .put("requisition_origin_id", origin)
                .put("reset_override", false)));
  }

  private static ObjectNode event(String name, long company, ObjectNode data) {
    ObjectNode event = Json.object().put("requestName", name).put("companyId", company);
    event.set("requestData", data);
    return event;
  }

  private static Answer refused(String why) {
    ObjectNode out = Json.object();
    out.putArray("errors").add(why);
    return Answer.json(422, out);
  }
}
