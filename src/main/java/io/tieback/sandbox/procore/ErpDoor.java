package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * What people do in Procore's ERP Integrations tool, and the state machine behind it (section 5 of
 * the reference): send, retrieve, reject, accept; and the ERP Requests, details and webhook events
 * that follow.
 */
final class ErpDoor {
  private static final Set<String> SENDABLE =
      Set.of("approved", "approved_as_noted", "pending_owner_approval");
  private static final Set<String> WITHOUT_DETAIL =
      Set.of(
          "sync_standard_categories",
          "unlink_standard_cost_codes",
          "delete_standard_cost_codes",
          "delete_standard_categories",
          "create_vendor_in_procore",
          "link_vendor",
          "link_all_vendors",
          "unlink_vendor",
          "merge_vendors",
          "create_job_in_procore",
          "sync_single_job",
          "reset_job",
          "create_sub_job_in_procore",
          "sync_sub_job",
          "reset_sub_job",
          "delete_cost_code",
          "create_budget_in_procore",
          "reset_requisition",
          "reset_payment",
          "create_commitment_in_procore",
          "reset_prime_contract_change_order",
          "reset_company_level_direct_cost",
          "sync_metadata");

  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final Clock clock;
  private final Webhooks webhooks;
  private final ExportEvent events;
  private final Map<String, Settler> settlers = new HashMap<>();
  private final Map<String, LongConsumer> originFollowers = new HashMap<>();
  private ContractDoor contracts;

  ErpDoor(State state, ExternalData external, Switches switches, Clock clock, Webhooks webhooks) {
    this.state = state;
    this.external = external;
    this.switches = switches;
    this.clock = clock;
    this.webhooks = webhooks;
    this.events = new ExportEvent(external, switches);
  }

  /** Records of another type follow what becomes of their details and of their external data. */
  void follow(String itemType, Settler settle, LongConsumer originChanged) {
    settlers.put(itemType, settle);
    originFollowers.put(itemType, originChanged);
  }

  /** What closing a detail does to a record. */
  interface Settler {
    void settle(long id, Model.Detail detail);
  }

  /** Tells whoever follows records of this type that the external data of one changed. */
  void followOrigin(String itemType, long id) {
    if (itemType.equals("requisition")) {
      originChanged(id);
    } else if (originFollowers.containsKey(itemType)) {
      originFollowers.get(itemType).accept(id);
    }
  }

  /** The door of commitments and change orders, which follows the same details. */
  void with(ContractDoor door) {
    contracts = door;
  }

  /** A project user sends requisitions to the tool. All or none. */
  Answer send(JsonNode body) {
    return move(body, this::whyNotSent, Model.ErpStatus.READY_TO_EXPORT);
  }

  /** A project user takes them back before the approver answers. All or none. */
  Answer retrieve(JsonNode body) {
    return move(
        body,
        r ->
            r.erpStatus == Model.ErpStatus.READY_TO_EXPORT
                ? null
                : "is "
                    + r.erpStatus.word
                    + "; it can be retrieved only while the approver has not answered",
        Model.ErpStatus.REJECTED);
  }

  /** The approver rejects them, or sends failed ones back. All or none. */
  Answer reject(JsonNode body) {
    return move(
        body,
        r ->
            r.erpStatus == Model.ErpStatus.READY_TO_EXPORT
                    || r.erpStatus == Model.ErpStatus.FAILED_TO_EXPORT
                ? null
                : "is " + r.erpStatus.word + "; only what is ready or failed can be rejected",
        Model.ErpStatus.REJECTED);
  }

  /** The approver accepts and exports: one ERP Request for all, or one for each. All or none. */
  Answer accept(JsonNode body) {
    Json.onlyFields("body", body, "requisitionIds", "oneEvent");
    List<Model.Requisition> chosen = chosen(body);
    boolean oneEvent = body.path("oneEvent").booleanValue();
    Answer refused =
        refused(
            chosen,
            r ->
                r.erpStatus == Model.ErpStatus.READY_TO_EXPORT
                        || r.erpStatus == Model.ErpStatus.FAILED_TO_EXPORT
                    ? null
                    : "is " + r.erpStatus.word + "; only what is ready or failed can be exported");
    if (refused != null) {
      return refused;
    }
    if (oneEvent
        && chosen.stream().map(r -> r.commitment.project.companyId()).distinct().count() > 1) {
      throw new IllegalArgumentException("requisitionIds: one event is about one company.");
    }
    ObjectNode out = Json.object();
    ArrayNode made = out.putArray("requests");
    if (oneEvent) {
      made.add(export(chosen));
    } else {
      chosen.forEach(requisition -> made.add(export(List.of(requisition))));
    }
    return Answer.json(200, out);
  }

  private ObjectNode export(List<Model.Requisition> requisitions) {
    long companyId = requisitions.get(0).commitment.project.companyId();
    long requestId = state.nextRequestId();
    String placement = switches.choice("detailIdPlacement");
    if (placement.equals("mixed")) {
      placement =
          List.of("envelope", "requestData", "element", "absent").get((int) (requestId % 4));
    }
    ObjectNode data = Json.object();
    ArrayNode elements = data.putArray("requisitions");
    requisitions.forEach(requisition -> elements.add(events.requisition(requisition)));
    ObjectNode envelope = Json.object();
    ArrayNode detailIds = Json.array();
    boolean shared = placement.equals("envelope") || placement.equals("requestData");
    if (shared) {
      long id = detail(companyId, requestId, requisitions.stream().map(ErpDoor::ref).toList());
      (placement.equals("envelope") ? envelope : data).put("request_detail_id", id);
      detailIds.add(id);
    } else {
      for (int i = 0; i < requisitions.size(); i++) {
        long id = detail(companyId, requestId, List.of(ref(requisitions.get(i))));
        if (placement.equals("element")) {
          ((ObjectNode) elements.get(i)).put("request_detail_id", id);
        }
        detailIds.add(id);
      }
    }
    requisitions.forEach(requisition -> requisition.erpStatus = Model.ErpStatus.EXPORTING);
    request(requestId, companyId, "create_requisitions", data, envelope);
    ObjectNode out = Json.object().put("requestId", requestId).put("detailIdPlacement", placement);
    out.set("detailIds", detailIds);
    return out;
  }

  private static Model.ItemRef ref(Model.Requisition requisition) {
    return new Model.ItemRef("requisition", requisition.id);
  }

  /**
   * Any other event of the dictionary: {@code requestName}, {@code requestData}, {@code companyId};
   * {@code itemId} makes its detail findable; {@code detail} says where the detail id stands
   * (requestData, envelope, element of an array, absent) or none.
   */
  Answer event(JsonNode body) {
    Json.onlyFields(
        "body", body, "requestName", "requestData", "companyId", "itemType", "itemId", "detail");
    String name = Json.text(body, "requestName");
    JsonNode data = body.get("requestData");
    long companyId = body.path("companyId").longValue();
    if (name == null || data == null || !state.companies.containsKey(companyId)) {
      throw new IllegalArgumentException(
          "requestName, requestData and the companyId of a seeded company are required.");
    }
    String place = Json.text(body, "detail");
    if (place == null) {
      place =
          WITHOUT_DETAIL.contains(name)
              ? "none"
              : data.isArray()
                  ? "element"
                  : name.equals("create_or_update_job") ? "envelope" : "requestData";
    }
    long requestId = state.nextRequestId();
    String itemType = body.hasNonNull("itemType") ? body.get("itemType").asText() : "unknown";
    List<Model.ItemRef> items =
        body.hasNonNull("itemId")
            ? List.of(new Model.ItemRef(itemType, body.get("itemId").longValue()))
            : List.of();
    ObjectNode envelope = Json.object();
    ArrayNode ids = Json.array();
    switch (place) {
      case "none" -> {}
      case "absent" -> ids.add(detail(companyId, requestId, items));
      case "envelope" ->
          ids.add(
              put(envelope, detail(companyId, requestId, items))
                  .put("company_id", companyId)
                  .get("request_detail_id"));
      case "requestData" ->
          ids.add(
              put((ObjectNode) data, detail(companyId, requestId, items)).get("request_detail_id"));
      case "element" ->
          data.forEach(
              element ->
                  ids.add(
                      put(
                              (ObjectNode) element,
                              detail(companyId, requestId, itemOf(itemType, element)))
                          .get("request_detail_id")));
      default ->
          throw new IllegalArgumentException(
              "detail: one of requestData, envelope, element, absent, none is expected.");
    }
    request(requestId, companyId, name, data, envelope);
    ObjectNode out = Json.object().put("requestId", requestId);
    out.set("detailIds", ids);
    return Answer.json(200, out);
  }

  private static List<Model.ItemRef> itemOf(String itemType, JsonNode element) {
    return element.path("id").isIntegralNumber()
        ? List.of(new Model.ItemRef(itemType, element.get("id").longValue()))
        : List.of();
  }

  private static ObjectNode put(ObjectNode target, long detailId) {
    return target.put("request_detail_id", detailId);
  }

  /** A new, open request detail about items. Gives its id. */
  long detail(long companyId, long requestId, List<Model.ItemRef> items) {
    Model.Detail detail = new Model.Detail();
    detail.id = state.nextDetailId();
    detail.companyId = companyId;
    detail.requestId = requestId;
    detail.items = items;
    detail.status = "in_progress";
    detail.history.add(new Model.DetailStatus(clock.instant(), detail.status, List.of()));
    state.add(detail);
    return detail.id;
  }

  /** A new ERP request, and the webhook that tells of it. */
  void request(long id, long companyId, String name, JsonNode data, ObjectNode envelope) {
    Instant now = clock.instant();
    ObjectNode body = Json.object();
    body.put("id", id).put("company_id", companyId).put("request_name", name);
    body.set("request_data", data);
    body.setAll(envelope);
    body.put("created_at", Times.utc(now))
        .put("updated_at", Times.utc(now))
        .put("integration_app_name", (String) null);
    state.requests.put(id, new Model.ErpRequest(id, companyId, name, Json.bytes(body), now));
    webhooks.fire(companyId, id);
  }

  /** Records a status of a detail and moves the items that it is the newest detail of. */
  void close(Model.Detail detail, String status, List<String> messages) {
    detail.status = status;
    detail.messages = messages;
    detail.history.add(new Model.DetailStatus(clock.instant(), status, messages));
    for (Model.ItemRef item : detail.items) {
      Model.Requisition requisition =
          item.itemType().equals("requisition") ? state.requisitions.get(item.itemId()) : null;
      if (requisition != null && state.latestDetail("requisition", requisition.id) == detail) {
        settle(requisition, detail);
      } else if (settlers.containsKey(item.itemType())
          && state.latestDetail(item.itemType(), item.itemId()) == detail) {
        settlers.get(item.itemType()).settle(item.itemId(), detail);
      }
    }
    contracts.closed(detail);
  }

  /**
   * A success without origin id leaves the item exporting; a failure of an item that has one leaves
   * it synced.
   */
  private void settle(Model.Requisition requisition, Model.Detail detail) {
    boolean linked = originId(requisition) != null;
    if (detail.open()) {
      requisition.erpStatus = Model.ErpStatus.EXPORTING;
    } else if (linked) {
      requisition.erpStatus = Model.ErpStatus.SYNCED;
    } else if (detail.status.equals("failed")) {
      requisition.erpStatus = Model.ErpStatus.FAILED_TO_EXPORT;
    } else if (detail.status.equals("rejected")) {
      requisition.erpStatus = Model.ErpStatus.REJECTED;
    }
  }

  /** Follows a change of a requisition's external data. */
  private void originChanged(long requisitionId) {
    Model.Requisition requisition = state.requisitions.get(requisitionId);
    Model.Detail detail = state.latestDetail("requisition", requisitionId);
    boolean open = detail != null && detail.open();
    if (originId(requisition) != null && !open) {
      requisition.erpStatus = Model.ErpStatus.SYNCED;
    } else if (originId(requisition) == null && requisition.erpStatus == Model.ErpStatus.SYNCED) {
      requisition.erpStatus = Model.ErpStatus.NOT_IN_ERP;
    }
  }

  private String originId(Model.Requisition requisition) {
    return external.originId(
        "requisition", requisition.id, requisition.commitment.project.companyId());
  }

  private String whyNotSent(Model.Requisition requisition) {
    Model.Commitment commitment = requisition.commitment;
    if (requisition.erpStatus != Model.ErpStatus.NOT_IN_ERP
        && requisition.erpStatus != Model.ErpStatus.REJECTED) {
      return "is " + requisition.erpStatus.word + "; it cannot be sent from there";
    }
    if (!SENDABLE.contains(requisition.status)) {
      return "has status "
          + requisition.status
          + "; "
          + SENDABLE.stream().sorted().toList()
          + " can be sent";
    }
    if (external.originId(commitment.type.itemType, commitment.id, commitment.project.companyId())
        == null) {
      return "belongs to commitment " + commitment.number + ", which is not synced with ERP";
    }
    return null;
  }

  private Answer move(JsonNode body, Function<Model.Requisition, String> why, Model.ErpStatus to) {
    Json.onlyFields("body", body, "requisitionIds");
    List<Model.Requisition> chosen = chosen(body);
    Answer refused = refused(chosen, why);
    if (refused != null) {
      return refused;
    }
    chosen.forEach(requisition -> requisition.erpStatus = to);
    return Answer.json(200, Json.object().put("moved", chosen.size()).put("erpStatus", to.word));
  }

  private static Answer refused(
      List<Model.Requisition> chosen, Function<Model.Requisition, String> why) {
    ObjectNode out = Json.object();
    ArrayNode errors = out.putArray("errors");
    for (Model.Requisition requisition : chosen) {
      String reason = why.apply(requisition);
      if (reason != null) {
        errors.add("Requisition " + requisition.id + " " + reason + ".");
      }
    }
    return errors.isEmpty() ? null : Answer.json(422, out);
  }

  private List<Model.Requisition> chosen(JsonNode body) {
    JsonNode ids = body.get("requisitionIds");
    if (ids == null || !ids.isArray() || ids.isEmpty()) {
      throw new IllegalArgumentException("requisitionIds: an array of ids is required.");
    }
    Set<Model.Requisition> chosen = new LinkedHashSet<>();
    for (JsonNode id : ids) {
      Model.Requisition requisition = state.requisitions.get(id.longValue());
      if (requisition == null) {
        throw new IllegalArgumentException("requisitionIds: there is no requisition " + id + ".");
      }
      chosen.add(requisition);
    }
    return new ArrayList<>(chosen);
  }
}
