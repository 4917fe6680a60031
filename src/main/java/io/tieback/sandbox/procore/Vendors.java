package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Companies of the Directory: their cards and what people do with them in the ERP tool. Control
 * paths below {@code /_sandbox/vendors}: {@code POST create {companyId, fields}}, {@code edit
 * {vendorId, fields}}, {@code send|retrieve|reject|accept {vendorIds}}, {@code refresh
 * {companyId}}, {@code import {stagedId}}, {@code link {vendorId, originId}}, {@code link-all
 * {companyId}}, {@code unlink {vendorId}}, {@code merge {masterId, sourceIds}}, and {@code GET
 * status?vendorId=}.
 */
final class Vendors {
  private static final String CONTROL = "/_sandbox/vendors/";
  private static final String TYPE = "vendor";

  /** Fields of a company as the resource and the event have them, texts all. */
  static final List<String> FIELDS =
      List.of(
          "name",
          "abbreviated_name",
          "address",
          "city",
          "state_code",
          "zip",
          "country_code",
          "business_phone",
          "mobile_phone",
          "fax_number",
          "email_address",
          "website",
          "license_number",
          "trade_name",
          "notes");

  /** Of these Procore's sample has texts, also where nothing was entered. */
  private static final Set<String> NEVER_NULL =
      Set.of(
          "address",
          "city",
          "state_code",
          "zip",
          "country_code",
          "business_phone",
          "fax_number",
          "trade_name");

  private final State state;
  private final ExternalData external;
  private final ErpDoor door;
  private final StagedRecords staged;
  private final Clock clock;
  private final Chronicle chronicle;
  private final ExportDesk desk;
  private final Map<Long, ObjectNode> cards = new HashMap<>();

  Vendors(
      State state,
      ExternalData external,
      ErpDoor door,
      StagedRecords staged,
      Clock clock,
      Chronicle chronicle) {
    this.chronicle = chronicle;
    this.state = state;
    this.external = external;
    this.door = door;
    this.staged = staged;
    this.clock = clock;
    this.desk =
        new ExportDesk(
            TYPE,
            "create_vendor",
            "vendorIds",
            door,
            external,
            state,
            id -> state.companyOf(TYPE, id),
            id -> {
              ObjectNode data = Json.object();
              data.set("vendor", event(state.vendors.get(id)));
              return data;
            });
  }

  void clear() {
    cards.clear();
    desk.clear();
  }

  void controlRoutes(Router router) {
    on(router, "create", this::create);
    on(router, "edit", this::edit);
    on(router, "send", body -> desk.send(body, id -> null));
    on(router, "retrieve", desk::retrieve);
    on(router, "reject", desk::reject);
    on(router, "accept", desk::accept);
    on(router, "refresh", this::refresh);
    on(router, "import", this::imported);
    on(router, "link", this::link);
    on(router, "link-all", this::linkAll);
    on(router, "unlink", this::unlink);
    on(router, "merge", this::merge);
    router.get(CONTROL + "status").handler(Call.handler(this::status));
    router.get(CONTROL + "staged").handler(Call.handler(this::ready));
  }

  private void on(Router router, String path, Function<JsonNode, Answer> operation) {
    router
        .post(CONTROL + path)
        .handler(
            Call.handler(
                call -> {
                  Answer answer = operation.apply(ProcoreStandIn.body(call));
                  chronicle.end(true);
                  return answer;
                }));
  }

  /** Adds what the card of a company says to what a view shows. */
  void show(long vendorId, ObjectNode view) {
    ObjectNode card = cards.get(vendorId);
    if (card != null) {
      card.fields()
          .forEachRemaining(
              field -> {
                if (view.has(field.getKey()) || field.getKey().equals("business_register")) {
                  view.set(field.getKey(), field.getValue());
                }
              });
    }
  }

  /** A company in full, as the export event and sync actions show it. */
  ObjectNode event(Model.Vendor vendor) {
    ExternalData.Row row = external.row(TYPE, vendor.id(), vendor.companyId());
    ObjectNode card = cards.getOrDefault(vendor.id(), Json.object());
    ObjectNode out = Json.object().put("id", vendor.id());
    for (String field : FIELDS) {
      String text = Json.text(card, field);
      out.put(field, text == null && NEVER_NULL.contains(field) ? "" : text);
    }
    out.put("name", vendor.name()).put("company", vendor.name());
    if (out.get("country_code").asText().isEmpty()) {
      out.put("country_code", "US");
    }
    out.put("is_active", vendor.active)
        .put("authorized_bidder", false)
        .put("prequalified", false)
        .put("union_member", false)
        .put("non_union_prevailing_wage", false)
        .put("labor_union", (String) null)
        .put("logo", (String) null)
        .put("primary_contact", (String) null)
        .put("vendor_group", (String) null)
        .put("synced_to_erp", row != null && row.originId != null)
        .put("origin_id", row == null ? null : row.originId)
        .put("origin_code", row == null || row.originCode == null ? "" : row.originCode)
        .put("origin_data", row == null ? null : row.originData)
        .put("created_at", Times.utc(vendor.createdAt()))
        .put("updated_at", Times.utc(chronicle.updatedAt(TYPE, vendor.id(), vendor.createdAt())));
    out.putObject("erp_custom_fields");
    out.putArray("attachments");
    out.set(
        "business_register",
        card.has("business_register") ? card.get("business_register").deepCopy() : null);
    return out;
  }

  private Model.Vendor vendor(JsonNode body, String field) {
    Model.Vendor vendor = state.vendors.get(body.path(field).longValue());
    if (vendor == null) {
      throw new IllegalArgumentException(field + ": there is no vendor " + body.path(field) + ".");
    }
    return vendor;
  }

  private long company(JsonNode body) {
    long id = body.path("companyId").longValue();
    if (!state.companies.containsKey(id)) {
      throw new IllegalArgumentException("companyId: there is no company " + id + ".");
    }
    return id;
  }

  private Answer create(JsonNode body) {
    Json.onlyFields("body", body, "companyId", "fields");
    long company = company(body);
    long id = state.nextId();
    if (body.path("fields").path("name").asText("").isBlank()) {
      throw new IllegalArgumentException("fields.name: is required.");
    }
    put(id, company, body.path("fields"));
    return Answer.json(200, Json.object().put("vendorId", id));
  }

  private Answer edit(JsonNode body) {
    Json.onlyFields("body", body, "vendorId", "fields");
    Model.Vendor vendor = vendor(body, "vendorId");
    put(vendor.id(), vendor.companyId(), body.path("fields"));
    return Answer.json(200, event(state.vendors.get(vendor.id())));
  }

  /** A company is added, or changed in the fields that are given; null fields are emptied. */
  void put(long id, long company, JsonNode fields) {
    ObjectNode card = cards.computeIfAbsent(id, none -> Json.object());
    fields
        .fields()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field.getKey()) && !field.getKey().equals("business_register")) {
                throw new IllegalArgumentException("fields: unknown field " + field.getKey() + ".");
              }
              card.set(field.getKey(), field.getValue());
            });
    Model.Vendor held = state.vendors.get(id);
    if (held == null) {
      state.vendors.put(
          id, new Model.Vendor(id, company, Json.text(fields, "name"), clock.instant()));
      chronicle.created(TYPE, id);
    } else {
      held.name = fields.has("name") ? Json.text(fields, "name") : held.name;
      chronicle.changed(TYPE, id);
    }
  }

  private Answer status(Call call) {
    long id = Long.parseLong(String.valueOf(call.query("vendorId")));
    ObjectNode out = Json.object().put("erpStatus", desk.status(id).word);
    Model.Detail detail = state.latestDetail(TYPE, id);
    out.put("originId", external.originId(TYPE, id, state.companyOf(TYPE, id)));
    out.put("detail", detail == null ? null : detail.status);
    ArrayNode messages = out.putArray("messages");
    if (detail != null) {
      detail.messages.forEach(messages::add);
    }
    return Answer.json(200, out);
  }

  /** What shows under Ready to Import. */
  private Answer ready(Call call) {
    ArrayNode rows = Json.array();
    staged
        .ready(Long.parseLong(String.valueOf(call.query("companyId"))), TYPE)
        .forEach(one -> rows.add(one.json()));
    return Answer.json(200, rows);
  }

  private Answer refresh(JsonNode body) {
    Json.onlyFields("body", body, "companyId");
    long company = company(body);
    long requestId = state.nextRequestId();
    long detail = door.detail(company, requestId, List.of());
    door.request(
        requestId,
        company,
        "sync_vendors",
        Json.object().put("request_detail_id", detail).put("company_id", company),
        Json.object());
    return Answer.json(200, Json.object().put("requestId", requestId).put("detailId", detail));
  }

  /** Tells the integration of what somebody did; nothing is asked of it. */
  private void tell(String name, long company, ObjectNode data) {
    door.request(
        state.nextRequestId(), company, name, data.put("company_id", company), Json.object());
  }

  private static ObjectNode named(String field, long id, String originId) {
    ObjectNode data = Json.object();
    data.putObject(field).put("id", id).put("origin_id", originId);
    return data;
  }

  private Answer imported(JsonNode body) {
    Json.onlyFields("body", body, "stagedId");
    StagedRecords.Staged record = staged.find(body.path("stagedId").longValue());
    if (record == null || !record.itemType.equals(TYPE) || !record.status.equals("staged")) {
      throw new IllegalArgumentException("stagedId: no vendor of that id is ready to import.");
    }
    long id = state.nextId();
    ObjectNode fields = record.data.deepCopy();
    fields.retain(FIELDS);
    put(id, record.companyId, fields);
    external.set(TYPE, id, record.companyId, record.originId).originCode = record.originCode;
    staged.move(record, "imported");
    tell("create_vendor_in_procore", record.companyId, named(TYPE, id, record.originId));
    return Answer.json(200, Json.object().put("vendorId", id));
  }

  private Answer link(JsonNode body) {
    Json.onlyFields("body", body, "vendorId", "originId");
    Model.Vendor vendor = vendor(body, "vendorId");
    String originId = Json.text(body, "originId");
    attach(vendor, originId);
    tell("link_vendor", vendor.companyId(), named(TYPE, vendor.id(), originId));
    return Answer.json(200, Json.object());
  }

  private void attach(Model.Vendor vendor, String originId) {
    if (external.originId(TYPE, vendor.id(), vendor.companyId()) != null
        || external.taken(TYPE, vendor.id(), vendor.companyId(), originId)) {
      throw new IllegalArgumentException("the vendor or the record is linked already.");
    }
    external.set(TYPE, vendor.id(), vendor.companyId(), originId);
    StagedRecords.Staged record = staged.find(vendor.companyId(), TYPE, originId);
    if (record != null) {
      staged.move(record, "imported");
    }
  }

  /** Links what is ready to import with companies of the very same name. */
  private Answer linkAll(JsonNode body) {
    Json.onlyFields("body", body, "companyId");
    long company = company(body);
    ObjectNode data = Json.object();
    ArrayNode linked = data.putArray("vendors");
    for (StagedRecords.Staged record : staged.ready(company, TYPE)) {
      state.vendors.values().stream()
          .filter(vendor -> vendor.companyId() == company)
          .filter(vendor -> external.originId(TYPE, vendor.id(), company) == null)
          .filter(vendor -> vendor.name().equals(Json.text(record.data, "name")))
          .findFirst()
          .ifPresent(
              vendor -> {
                attach(vendor, record.originId);
                linked
                    .addObject()
                    .put("id", Long.toString(vendor.id()))
                    .put("origin_id", record.originId);
              });
    }
    tell("link_all_vendors", company, data);
    return Answer.json(200, Json.object().put("linked", linked.size()));
  }

  private Answer unlink(JsonNode body) {
    Json.onlyFields("body", body, "vendorId");
    Model.Vendor vendor = vendor(body, "vendorId");
    String originId = external.originId(TYPE, vendor.id(), vendor.companyId());
    if (originId == null) {
      throw new IllegalArgumentException("vendorId: the vendor is not linked.");
    }
    external.set(TYPE, vendor.id(), vendor.companyId(), null);
    door.followOrigin(TYPE, vendor.id());
    StagedRecords.Staged record = staged.find(vendor.companyId(), TYPE, originId);
    if (record != null && record.status.equals("imported")) {
      staged.move(record, "staged");
    }
    tell("unlink_vendor", vendor.companyId(), named(TYPE, vendor.id(), originId));
    return Answer.json(200, Json.object());
  }

  /** The sources are gone afterwards; their commitments are the master's. */
  private Answer merge(JsonNode body) {
    Json.onlyFields("body", body, "masterId", "sourceIds");
    Model.Vendor master = vendor(body, "masterId");
    ObjectNode data =
        named(
            "master_vendor", master.id(), external.originId(TYPE, master.id(), master.companyId()));
    ArrayNode sources = data.putArray("source_vendors");
    Set<Long> gone = new java.util.LinkedHashSet<>();
    body.path("sourceIds").forEach(id -> gone.add(id.longValue()));
    for (long id : gone) {
      Model.Vendor source = state.vendors.remove(id);
      if (source == null) {
        throw new IllegalArgumentException("sourceIds: there is no vendor " + id + ".");
      }
      sources
          .addObject()
          .put("id", id)
          .put("origin_id", external.originId(TYPE, id, source.companyId()));
      external.remove(TYPE, id, source.companyId());
      cards.remove(id);
      state.commitments.values().stream()
          .filter(commitment -> commitment.vendor.id() == id)
          .forEach(commitment -> commitment.vendor = master);
    }
    tell("merge_vendors", master.companyId(), data);
    return Answer.json(200, Json.object());
  }
}
