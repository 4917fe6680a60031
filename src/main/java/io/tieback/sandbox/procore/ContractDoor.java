package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What people do with commitments and change orders in Procore's ERP Integrations tool (section 5
 * of the reference): send, retrieve, reject, accept, and what their records show of it.
 */
final class ContractDoor {
  static final List<String> ACTIONS = List.of("send", "retrieve", "reject", "accept", "unlink");

  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final ErpDoor door;
  private final ContractEvent events;
  private final Map<Model.ItemRef, Model.ErpStatus> statuses = new HashMap<>();

  ContractDoor(State state, ExternalData external, Switches switches, ErpDoor door) {
    this.state = state;
    this.external = external;
    this.switches = switches;
    this.door = door;
    this.events = new ContractEvent(external);
  }

  void clear() {
    statuses.clear();
  }

  /** What the approved change orders of a commitment come to. */
  static BigDecimal approvedChanges(Model.Commitment commitment) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Model.ChangeOrder change : commitment.changeOrders) {
      if (change.status.equals("approved")) {
        for (Model.ChangeOrderLine line : change.lines) {
          sum = sum.add(line.amount());
        }
      }
    }
    if (commitment.changeOrders.isEmpty()) {
      for (Model.CommitmentLine line : commitment.lines) {
        sum = line.changeOrder ? sum.add(line.amount) : sum;
      }
    }
    return sum;
  }

  /** An action on commitments: {@code ids}; on accepting also {@code codes} by id. */
  Answer commitments(String action, JsonNode body) {
    Json.onlyFields("body", body, "ids", "codes", "accountingDate");
    List<Model.Commitment> chosen = chosen(body, state.commitments, "commitment");
    return act(
        action,
        chosen,
        commitment -> new Model.ItemRef(commitment.type.itemType, commitment.id),
        commitment -> "Commitment " + commitment.number,
        this::whyNotSent,
        commitment ->
            export(
                "create_commitment",
                commitment.project.companyId(),
                new Model.ItemRef(commitment.type.itemType, commitment.id),
                events.commitment(commitment, code(body, commitment), accountingDate(body))));
  }

  private static String code(JsonNode body, Model.Commitment commitment) {
    JsonNode code = body.path("codes").path(Long.toString(commitment.id));
    return code.isTextual() ? code.textValue() : code.isNull() ? null : commitment.number;
  }

  /** An action on change orders: {@code ids}. */
  Answer changeOrders(String action, JsonNode body) {
    Json.onlyFields("body", body, "ids", "accountingDate");
    List<Model.ChangeOrder> chosen = chosen(body, state.changeOrders, "change order");
    return act(
        action,
        chosen,
        change -> new Model.ItemRef("change_order", change.id),
        change -> "Change order " + change.number,
        this::whyNotSent,
        change ->
            action.equals("unlink")
                ? unlink(change)
                : export(
                    "create_commitment_change_order",
                    change.commitment.project.companyId(),
                    new Model.ItemRef("change_order", change.id),
                    events.changeOrder(change, accountingDate(body))));
  }

  private ObjectNode unlink(Model.ChangeOrder change) {
    Model.Commitment commitment = change.commitment;
    long companyId = commitment.project.companyId();
    ObjectNode data =
        Json.object()
            .put("job_origin_id", external.originId("project", commitment.project.id(), companyId))
            .put("erp_commitment_id", commitment.id + 1_000_000L)
            .put("project_id", commitment.project.id())
            .put("procore_commitment_id", commitment.id)
            .put("commitment_type", commitment.type.className)
            .put(
                "commitment_origin_id",
                external.originId(commitment.type.itemType, commitment.id, companyId))
            .put("erp_commitment_change_order_id", change.id + 1_000_000L)
            .put("procore_commitment_change_order_id", change.id)
            .put(
                "commitment_change_order_origin_id",
                external.originId("change_order", change.id, companyId));
    return request(
        "unlink_commitment_change_order",
        companyId,
        new Model.ItemRef("change_order", change.id),
        data);
  }

  private <T> Answer act(
      String action,
      List<T> chosen,
      Function<T, Model.ItemRef> ref,
      Function<T, String> words,
      Function<T, String> whyNotSent,
      Function<T, ObjectNode> export) {
    ObjectNode refused = Json.object();
    ArrayNode errors = refused.putArray("errors");
    for (T one : chosen) {
      String why = whyNot(action, ref.apply(one), () -> whyNotSent.apply(one));
      if (why != null) {
        errors.add(words.apply(one) + " " + why + ".");
      }
    }
    if (!errors.isEmpty()) {
      return Answer.json(422, refused);
    }
    ObjectNode out = Json.object();
    ArrayNode requests = out.putArray("requests");
    for (T one : chosen) {
      switch (action) {
        case "send" -> statuses.put(ref.apply(one), Model.ErpStatus.READY_TO_EXPORT);
        case "retrieve", "reject" -> statuses.put(ref.apply(one), Model.ErpStatus.REJECTED);
        default -> requests.add(export.apply(one));
      }
    }
    return Answer.json(200, out);
  }

  private String whyNot(
      String action, Model.ItemRef ref, java.util.function.Supplier<String> whyNotSent) {
    Model.ErpStatus status = status(ref);
    boolean right =
        switch (action) {
          case "send" -> status == Model.ErpStatus.NOT_IN_ERP || status == Model.ErpStatus.REJECTED;
          case "retrieve" -> status == Model.ErpStatus.READY_TO_EXPORT;
          case "unlink" -> status == Model.ErpStatus.SYNCED;
          default ->
              status == Model.ErpStatus.READY_TO_EXPORT
                  || status == Model.ErpStatus.FAILED_TO_EXPORT;
        };
    if (!right) {
      return "is " + status.word + "; that does not go with " + action;
    }
    return action.equals("send") ? whyNotSent.get() : null;
  }

  /** What Procore itself wants before it takes a commitment. */
  private String whyNotSent(Model.Commitment commitment) {
    long companyId = commitment.project.companyId();
    boolean complete =
        commitment.type == Model.CommitmentType.WORK_ORDER && commitment.status.equals("Complete");
    if (!commitment.status.equals("Approved") && !complete) {
      return "has status " + commitment.status + "; it must be Approved";
    }
    if (external.originId("project", commitment.project.id(), companyId) == null) {
      return "belongs to a project that is not synced with ERP";
    }
    if (external.originId("vendor", commitment.vendor.id(), companyId) == null) {
      return "is with a company that is not synced with ERP";
    }
    boolean coded =
        commitment.lines.stream()
            .anyMatch(
                line ->
                    line.costCode != null
                        && external.originId("cost_code", line.costCode.id(), companyId) != null);
    return coded ? null : "has no line with an ERP cost code";
  }

  private String whyNotSent(Model.ChangeOrder change) {
    Model.Commitment commitment = change.commitment;
    if (!change.status.equals("approved")) {
      return "has status " + change.status + "; it must be approved";
    }
    return external.originId(
                commitment.type.itemType, commitment.id, commitment.project.companyId())
            == null
        ? "belongs to commitment " + commitment.number + ", which is not synced with ERP"
        : null;
  }

  private ObjectNode export(String name, long companyId, Model.ItemRef ref, ObjectNode data) {
    statuses.put(ref, Model.ErpStatus.EXPORTING);
    return request(name, companyId, ref, data);
  }

  /** One ERP Request with its detail, wherever the switch wants its id. */
  private ObjectNode request(String name, long companyId, Model.ItemRef ref, ObjectNode data) {
    long requestId = state.nextRequestId();
    long detailId = door.detail(companyId, requestId, List.of(ref));
    String placement = switches.choice("detailIdPlacement");
    ObjectNode envelope = Json.object();
    if (placement.equals("mixed")) {
      placement = List.of("requestData", "envelope", "absent").get((int) (requestId % 3));
    }
    switch (placement) {
      case "envelope" -> envelope.put("request_detail_id", detailId);
      case "absent" -> {}
      default -> data.put("request_detail_id", detailId);
    }
    door.request(requestId, companyId, name, data, envelope);
    ObjectNode out = Json.object().put("requestId", requestId);
    out.putArray("detailIds").add(detailId);
    return out;
  }

  /** Follows a detail that was answered. */
  void closed(Model.Detail detail) {
    for (Model.ItemRef ref : detail.items) {
      if (statuses.get(ref) == Model.ErpStatus.EXPORTING
          && originOf(ref) == null
          && state.latestDetail(ref.itemType(), ref.itemId()) == detail) {
        if (detail.status.equals("failed")) {
          statuses.put(ref, Model.ErpStatus.FAILED_TO_EXPORT);
        } else if (detail.status.equals("rejected")) {
          statuses.put(ref, Model.ErpStatus.REJECTED);
        }
      }
    }
  }

  /** A record with a key in the ERP is synced, unless its newest detail is still open. */
  private Model.ErpStatus status(Model.ItemRef ref) {
    Model.ErpStatus status = statuses.getOrDefault(ref, Model.ErpStatus.NOT_IN_ERP);
    Model.Detail detail = state.latestDetail(ref.itemType(), ref.itemId());
    boolean open = detail != null && detail.open();
    if (originOf(ref) != null && !open) {
      statuses.put(ref, Model.ErpStatus.SYNCED);
      return Model.ErpStatus.SYNCED;
    }
    return originOf(ref) == null && status == Model.ErpStatus.SYNCED
        ? Model.ErpStatus.NOT_IN_ERP
        : status;
  }

  private String originOf(Model.ItemRef ref) {
    Long company = state.companyOf(ref.itemType(), ref.itemId());
    return company == null ? null : external.originId(ref.itemType(), ref.itemId(), company);
  }

  /** What the records show, for tests. */
  void books(long companyId, ObjectNode out) {
    ArrayNode commitments = out.putArray("commitments");
    for (Model.Commitment commitment : state.commitments.values()) {
      if (commitment.project.companyId() == companyId) {
        ObjectNode shown =
            book(companyId, new Model.ItemRef(commitment.type.itemType, commitment.id))
                .put("number", commitment.number);
        ArrayNode lines = shown.putArray("lines");
        commitment.lines.forEach(line -> lines.add(line(companyId, line.id)));
        commitments.add(shown);
      }
    }
    ArrayNode changes = out.putArray("changeOrders");
    for (Model.ChangeOrder change : state.changeOrders.values()) {
      if (change.commitment.project.companyId() == companyId) {
        ObjectNode shown =
            book(companyId, new Model.ItemRef("change_order", change.id))
                .put("number", change.number)
                .put("commitmentId", change.commitment.id);
        ArrayNode lines = shown.putArray("lines");
        change.lines.forEach(line -> lines.add(line(companyId, line.id())));
        changes.add(shown);
      }
    }
  }

  private ObjectNode book(long companyId, Model.ItemRef ref) {
    ExternalData.Row row = external.row(ref.itemType(), ref.itemId(), companyId);
    return Json.object()
        .put("id", ref.itemId())
        .put("erpStatus", status(ref).word)
        .put("originId", row == null ? null : row.originId)
        .put("originCode", row == null ? null : row.originCode);
  }

  private ObjectNode line(long companyId, long id) {
    return Json.object()
        .put("id", id)
        .put("originId", external.originId("line_item", id, companyId));
  }

  private static <T> List<T> chosen(JsonNode body, Map<Long, T> held, String what) {
    JsonNode ids = body.get("ids");
    if (ids == null || !ids.isArray() || ids.isEmpty()) {
      throw new IllegalArgumentException("ids: an array of ids is required.");
    }
    List<T> chosen = new ArrayList<>();
    for (JsonNode id : ids) {
      T found = held.get(id.longValue());
      if (found == null) {
        throw new IllegalArgumentException("ids: there is no " + what + " " + id + ".");
      }
      chosen.add(found);
    }
    return chosen;
  }

  private static LocalDate accountingDate(JsonNode body) {
    return body.hasNonNull("accountingDate")
        ? LocalDate.parse(body.get("accountingDate").textValue())
        : null;
  }
}
