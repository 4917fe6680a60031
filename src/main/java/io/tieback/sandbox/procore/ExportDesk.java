package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The way of records of one type through the ERP tool (section 5 of the reference): send, retrieve,
 * reject, accept, and what closing their request detail does to them. One ERP Request for each
 * record that is accepted.
 */
final class ExportDesk {
  private final String itemType;
  private final String requestName;
  private final String field;
  private final ErpDoor door;
  private final ExternalData external;
  private final State state;
  private final LongFunction<Long> companyOf;
  private final LongFunction<ObjectNode> event;
  private final Map<Long, Model.ErpStatus> statuses = new HashMap<>();

  /**
   * @param field name of the array of ids in bodies, such as {@code vendorIds}
   * @param companyOf the company of a record, or null when there is no such record
   * @param event the {@code request_data} of its export, without request detail
   */
  ExportDesk(
      String itemType,
      String requestName,
      String field,
      ErpDoor door,
      ExternalData external,
      State state,
      LongFunction<Long> companyOf,
      LongFunction<ObjectNode> event) {
    this.itemType = itemType;
    this.requestName = requestName;
    this.field = field;
    this.door = door;
    this.external = external;
    this.state = state;
    this.companyOf = companyOf;
    this.event = event;
    door.follow(itemType, this::settle, this::originChanged);
  }

  void clear() {
    statuses.clear();
  }

  Model.ErpStatus status(long id) {
    return statuses.getOrDefault(
        id, isSynced(id) ? Model.ErpStatus.SYNCED : Model.ErpStatus.NOT_IN_ERP);
  }

  private boolean isSynced(long id) {
    return external.originId(itemType, id, companyOf.apply(id)) != null;
  }

  /** All or none; a record that is synced cannot be exported again. */
  Answer send(JsonNode body, Function<Long, String> whyNot) {
    return move(
        body,
        id -> {
          Model.ErpStatus at = status(id);
          return at == Model.ErpStatus.NOT_IN_ERP || at == Model.ErpStatus.REJECTED
              ? whyNot.apply(id)
              : "is " + at.word + "; it cannot be sent from there";
        },
        Model.ErpStatus.READY_TO_EXPORT);
  }

  /** Only before the approver answers. */
  Answer retrieve(JsonNode body) {
    return move(
        body,
        id ->
            status(id) == Model.ErpStatus.READY_TO_EXPORT
                ? null
                : "is "
                    + status(id).word
                    + "; it can be retrieved only while the approver has not answered",
        Model.ErpStatus.REJECTED);
  }

  /** What is ready, or failed. */
  Answer reject(JsonNode body) {
    return move(body, this::whyNotDecided, Model.ErpStatus.REJECTED);
  }

  private String whyNotDecided(long id) {
    Model.ErpStatus at = status(id);
    return at == Model.ErpStatus.READY_TO_EXPORT || at == Model.ErpStatus.FAILED_TO_EXPORT
        ? null
        : "is " + at.word + "; only what is ready or failed can be decided";
  }

  Answer accept(JsonNode body) {
    List<Long> chosen = chosen(body);
    Answer refused = refused(chosen, this::whyNotDecided);
    if (refused != null) {
      return refused;
    }
    ObjectNode out = Json.object();
    ArrayNode made = out.putArray("requests");
    for (long id : chosen) {
      long companyId = companyOf.apply(id);
      long requestId = state.nextRequestId();
      long detail = door.detail(companyId, requestId, List.of(new Model.ItemRef(itemType, id)));
      ObjectNode data = event.apply(id);
      data.put("request_detail_id", detail).put("company_id", companyId);
      statuses.put(id, Model.ErpStatus.EXPORTING);
      door.request(requestId, companyId, requestName, data, Json.object());
      made.addObject().put("requestId", requestId).putArray("detailIds").add(detail);
    }
    return Answer.json(200, out);
  }

  /** A success without origin id leaves the item exporting. */
  private void settle(long id, Model.Detail detail) {
    if (companyOf.apply(id) == null) {
      return;
    }
    if (isSynced(id) && !detail.open()) {
      statuses.put(id, Model.ErpStatus.SYNCED);
    } else if (detail.status.equals("failed")) {
      statuses.put(id, Model.ErpStatus.FAILED_TO_EXPORT);
    } else if (detail.status.equals("rejected")) {
      statuses.put(id, Model.ErpStatus.REJECTED);
    }
  }

  private void originChanged(long id) {
    Model.Detail detail = state.latestDetail(itemType, id);
    if (isSynced(id) && (detail == null || !detail.open())) {
      statuses.put(id, Model.ErpStatus.SYNCED);
    } else if (!isSynced(id) && status(id) == Model.ErpStatus.SYNCED) {
      statuses.put(id, Model.ErpStatus.NOT_IN_ERP);
    }
  }

  private Answer move(JsonNode body, Function<Long, String> why, Model.ErpStatus to) {
    List<Long> chosen = chosen(body);
    Answer refused = refused(chosen, why);
    if (refused != null) {
      return refused;
    }
    chosen.forEach(id -> statuses.put(id, to));
    return Answer.json(200, Json.object().put("moved", chosen.size()).put("erpStatus", to.word));
  }

  private Answer refused(List<Long> chosen, Function<Long, String> why) {
    ObjectNode out = Json.object();
    ArrayNode errors = out.putArray("errors");
    for (long id : chosen) {
      String reason = why.apply(id);
      if (reason != null) {
        errors.add(itemType + " " + id + " " + reason + ".");
      }
    }
    return errors.isEmpty() ? null : Answer.json(422, out);
  }

  private List<Long> chosen(JsonNode body) {
    Json.onlyFields("body", body, field);
    JsonNode ids = body.get(field);
    if (ids == null || !ids.isArray() || ids.isEmpty()) {
      throw new IllegalArgumentException(field + ": an array of ids is required.");
    }
    List<Long> chosen = new ArrayList<>();
    for (JsonNode id : ids) {
      if (companyOf.apply(id.longValue()) == null) {
        throw new IllegalArgumentException(field + ": there is no " + itemType + " " + id + ".");
      }
      chosen.add(id.longValue());
    }
    return chosen;
  }
}
