package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Staged records (section 4 of the reference): what an integration offers under Ready to Import,
 * found by id or by item type and origin id. A parent that is moved back to {@code staged} takes
 * its children along, except archived ones.
 */
final class StagedRecords {
  private static final Set<String> TYPES =
      Set.of(
          "vendor",
          "project",
          "sub_job",
          "prime_contract",
          "purchase_order_contract",
          "work_order_contract",
          "commitment_change_order",
          "line_item");
  private static final Set<String> STATUSES = Set.of("staged", "imported", "archived", "invalid");

  /** One record. */
  static final class Staged {
    final long id;
    final long companyId;
    final String itemType;
    final String originId;
    String originCode;
    String originData;
    Long parentId;
    String status = "staged";
    ObjectNode data = Json.object();

    private Staged(long id, long companyId, String itemType, String originId) {
      this.id = id;
      this.companyId = companyId;
      this.itemType = itemType;
      this.originId = originId;
    }

    ObjectNode json() {
      ObjectNode json =
          Json.object()
              .put("id", id)
              .put("item_type", itemType)
              .put("origin_id", originId)
              .put("origin_code", originCode)
              .put("origin_data", originData)
              .put("parent_id", parentId)
              .put("status", status);
      json.set("data", data);
      return json;
    }
  }

  private final State state;
  private final Map<Long, Staged> records = new LinkedHashMap<>();

  StagedRecords(State state) {
    this.state = state;
  }

  void clear() {
    records.clear();
  }

  void routes(Router router, Gate gate) {
    String path = "/rest/v1.0/companies/:company_id/staged_records";
    gate.on(router, "GET", path, this::list);
    gate.on(router, "POST", path, this::create);
    gate.on(router, "PATCH", path + "/sync", this::sync);
    gate.on(router, "PUT", path + "/:id", this::update);
  }

  Staged find(long id) {
    return records.get(id);
  }

  /** The record with this key in a company, or null. */
  Staged find(long companyId, String itemType, String originId) {
    return records.values().stream()
        .filter(one -> one.companyId == companyId && one.itemType.equals(itemType))
        .filter(one -> one.originId.equals(originId))
        .findFirst()
        .orElse(null);
  }

  /** Those of a type that show under Ready to Import. */
  List<Staged> ready(long companyId, String itemType) {
    return records.values().stream()
        .filter(one -> one.companyId == companyId && one.itemType.equals(itemType))
        .filter(one -> one.status.equals("staged"))
        .toList();
  }

  /** Moves a record, and its children with it. */
  void move(Staged record, String status) {
    record.status = status;
    for (Staged child : records.values()) {
      if (Objects.equals(child.parentId, record.id)
          && !(status.equals("staged") && child.status.equals("archived"))) {
        child.status = status;
      }
    }
  }

  private Answer list(Ask ask) {
    String type = ask.call.query("item_type");
    if (type == null || type.isEmpty()) {
      throw Refusal.missing("item_type");
    }
    List<ObjectNode> rows = new ArrayList<>();
    records.values().stream()
        .filter(one -> one.companyId == ask.companyId && one.itemType.equals(type))
        .forEach(one -> rows.add(one.json()));
    return ask.page(rows, 100);
  }

  private Answer create(Ask ask) {
    ErpResources.Sync sync = new ErpResources.Sync();
    Staged made = put(ask, ask.body(), null, sync);
    return made == null ? Answer.json(422, sync.errors.get(0)) : Answer.json(201, made.json());
  }

  private Answer update(Ask ask) {
    Staged record = records.get(ask.path("id"));
    if (record == null || record.companyId != ask.companyId) {
      throw Refusal.notFound("Staged Record");
    }
    ErpResources.Sync sync = new ErpResources.Sync();
    ObjectNode row = (ObjectNode) ask.body().deepCopy();
    row.put("id", record.id);
    return put(ask, row, null, sync) == null
        ? Answer.json(422, sync.errors.get(0))
        : Answer.json(200, record.json());
  }

  private Answer sync(Ask ask) {
    JsonNode rows = ask.body().get("updates");
    if (rows == null || !rows.isArray()) {
      throw Refusal.missing("updates");
    }
    if (rows.size() > 1000) {
      throw Refusal.errors(413, "Request batch of " + rows.size() + " exceeds the maximum of 1000");
    }
    ErpResources.Sync sync = new ErpResources.Sync();
    for (JsonNode row : rows) {
      Staged record = put(ask, row, null, sync);
      if (record != null) {
        sync.entities.add(record.json());
        for (JsonNode child : row.path("children")) {
          put(ask, child, record.id, sync);
        }
      }
    }
    return sync.answer();
  }

  private Staged put(Ask ask, JsonNode row, Long parent, ErpResources.Sync sync) {
    String type = Json.text(row, "item_type");
    String origin = Json.text(row, "origin_id");
    String status = Json.text(row, "status");
    Staged record =
        row.hasNonNull("id")
            ? records.get(row.get("id").longValue())
            : origin == null ? null : find(ask.companyId, String.valueOf(type), origin);
    if (row.hasNonNull("id") && (record == null || record.companyId != ask.companyId)) {
      sync.error(row, "id", "Entity with this ID not found");
    } else if (record == null && (type == null || !TYPES.contains(type))) {
      sync.error(row, "item_type", "is not included in the list");
    } else if (record == null && origin == null) {
      sync.error(row, "origin_id", "can't be blank");
    } else if (status != null && !STATUSES.contains(status)) {
      sync.error(row, "status", "is not included in the list");
    } else if (row.has("data") && !row.get("data").isObject()) {
      sync.error(row, "data", "is not an object");
    } else if (record == null && type.equals("vendor") && blankName(row)) {
      sync.error(row, "data", "name can't be blank");
    } else {
      return stored(ask, row, record, parent, type, origin, status);
    }
    return null;
  }

  private static boolean blankName(JsonNode row) {
    return row.path("data").path("name").asText("").isBlank();
  }

  private Staged stored(
      Ask ask, JsonNode row, Staged held, Long parent, String type, String origin, String status) {
    Staged record = held == null ? new Staged(state.nextId(), ask.companyId, type, origin) : held;
    records.put(record.id, record);
    record.parentId = parent == null ? record.parentId : parent;
    if (row.has("origin_code")) {
      record.originCode = Json.text(row, "origin_code");
    }
    if (row.has("origin_data")) {
      record.originData = Json.text(row, "origin_data");
    }
    if (row.has("data")) {
      record.data = (ObjectNode) row.get("data").deepCopy();
    }
    if (status != null && !status.equals(record.status)) {
      move(record, status);
    }
    return record;
  }
}
