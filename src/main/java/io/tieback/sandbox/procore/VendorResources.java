package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code /rest/v1.0/vendors} and the inactive ones of a company (section 9). */
final class VendorResources {
  private static final String TYPE = "vendor";
  private static final String PATH = "/rest/v1.0/vendors";
  private static final String[] VIEWS = {
    "normal", "compact", "erp", "extended", "directory", "summary"
  };

  private final State state;
  private final ExternalData external;
  private final Vendors vendors;
  private final Chronicle chronicle;
  private final Marks marks;

  VendorResources(
      State state, ExternalData external, Vendors vendors, Chronicle chronicle, Marks marks) {
    this.state = state;
    this.external = external;
    this.vendors = vendors;
    this.chronicle = chronicle;
    this.marks = marks;
  }

  void routes(Router router, Gate gate) {
    String inactive = "/rest/v1.0/companies/:company_id/vendors/inactive";
    gate.on(router, "GET", PATH, this::list);
    gate.on(router, "POST", PATH, this::create);
    gate.on(router, "PATCH", PATH + "/sync", this::sync);
    gate.on(router, "GET", PATH + "/:id", this::show);
    gate.on(router, "PATCH", PATH + "/:id", this::update);
    gate.on(router, "GET", inactive, this::inactive);
    gate.on(router, "PATCH", inactive + "/:id", this::reactivate);
  }

  private Model.Vendor held(Ask ask, boolean active) {
    Model.Vendor vendor = state.vendors.get(ask.path("id"));
    if (vendor == null || vendor.companyId() != ask.companyId || vendor.active != active) {
      throw Refusal.notFound("Vendor");
    }
    return vendor;
  }

  private Answer list(Ask ask) {
    ask.query("company_id");
    ask.onlyFilters(
        "origin_id",
        "search",
        "created_at",
        "updated_at",
        "standard_cost_code_id",
        "trade_id",
        "id",
        "parent_id");
    String view = ask.view("normal", VIEWS);
    String sort = ask.sort("name", "main_office_name", "project_and_bid_counts");
    List<Model.Vendor> found = new ArrayList<>();
    for (Model.Vendor vendor : state.vendors.values()) {
      if (vendor.companyId() == ask.companyId
          && vendor.active
          && ask.passes("id", vendor.id())
          && ask.passes("origin_id", external.originId(TYPE, vendor.id(), ask.companyId))
          && ask.filter("trade_id") == null
          && ask.filter("parent_id") == null
          && ask.within("created_at", vendor.createdAt())
          && ask.within("updated_at", updatedAt(vendor))
          && matches(ask, vendor)) {
        found.add(vendor);
      }
    }
    return ask.page(sorted(found, sort).stream().map(v -> json(v, view)).toList(), 100);
  }

  private static boolean matches(Ask ask, Model.Vendor vendor) {
    String name = vendor.name().toLowerCase(Locale.ROOT);
    return ask.filter("search") == null
        || ask.filter("search").stream()
            .anyMatch(text -> name.contains(text.toLowerCase(Locale.ROOT)));
  }

  private static List<Model.Vendor> sorted(List<Model.Vendor> found, String sort) {
    if (sort != null) {
      Comparator<Model.Vendor> order = Comparator.comparing(Model.Vendor::name);
      found.sort(sort.startsWith("-") ? order.reversed() : order);
    }
    return found;
  }

  /** No filter is documented for them: whoever follows changes reads them all. */
  private Answer inactive(Ask ask) {
    ask.onlyFilters();
    String view = ask.view("normal", VIEWS);
    String sort = ask.sort("name");
    List<Model.Vendor> found = new ArrayList<>();
    state.vendors.values().stream()
        .filter(vendor -> vendor.companyId() == ask.companyId && !vendor.active)
        .forEach(found::add);
    return ask.page(sorted(found, sort).stream().map(v -> json(v, view)).toList(), 100);
  }

  private Answer show(Ask ask) {
    ask.query("company_id");
    return Answer.json(200, json(held(ask, true), ask.view("normal", VIEWS)));
  }

  private Answer reactivate(Ask ask) {
    Model.Vendor vendor = held(ask, false);
    vendor.active = true;
    chronicle.changed(TYPE, vendor.id());
    return Answer.json(200, json(vendor, ask.view("normal", VIEWS)));
  }

  /** {@code name} is required by the contract, also where only the origin is written. */
  private Answer update(Ask ask) {
    if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(403, "company_id names another company", "Forbidden");
    }
    Model.Vendor vendor = held(ask, true);
    JsonNode in = ask.object(TYPE);
    if (in.path("name").asText("").isBlank()) {
      throw Refusal.field(422, "name", "can't be blank");
    }
    marks.check(TYPE, vendor.id(), ask.companyId, in);
    write(vendor, in);
    marks.write(TYPE, vendor.id(), ask.companyId, in);
    return Answer.json(200, json(vendor, ask.view("normal", VIEWS)));
  }

  private Answer create(Ask ask) {
    if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(403, "company_id names another company", "Forbidden");
    }
    JsonNode in = ask.object(TYPE);
    if (in.path("name").asText("").isBlank()) {
      throw Refusal.field(422, "name", "can't be blank");
    }
    long id = state.nextId();
    marks.check(TYPE, id, ask.companyId, in);
    vendors.put(id, ask.companyId, Json.object().put("name", Json.text(in, "name")));
    Model.Vendor vendor = state.vendors.get(id);
    write(vendor, in);
    marks.write(TYPE, id, ask.companyId, in);
    return Answer.json(201, json(vendor, ask.view("normal", VIEWS)));
  }

  private void write(Model.Vendor vendor, JsonNode in) {
    ObjectNode fields = ((ObjectNode) in).deepCopy();
    fields.retain(Vendors.FIELDS);
    vendors.put(vendor.id(), vendor.companyId(), fields);
    if (in.path("is_active").isBoolean()) {
      vendor.active = in.get("is_active").booleanValue();
    }
  }

  private Answer sync(Ask ask) {
    if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(403, "company_id names another company", "Forbidden");
    }
    return marks
        .sync(
            ask,
            TYPE,
            id ->
                state.vendors.containsKey(id) && state.vendors.get(id).companyId() == ask.companyId,
            (id, row, refuse) -> {
              boolean blank = row.path("name").asText("").isBlank();
              if (blank && (id == null || row.has("name"))) {
                refuse.accept("name", "can't be blank");
                return id;
              }
              if (id == null) {
                id = state.nextId();
                vendors.put(id, ask.companyId, Json.object().put("name", Json.text(row, "name")));
              }
              write(state.vendors.get(id), row);
              return id;
            },
            id -> vendors.event(state.vendors.get(id)))
        .answer();
  }

  private Instant updatedAt(Model.Vendor vendor) {
    return chronicle.updatedAt(TYPE, vendor.id(), vendor.createdAt());
  }

  /** Views that show origin fields: normal, erp and extended; compact has only id and name. */
  private ObjectNode json(Model.Vendor vendor, String view) {
    ObjectNode out = Json.object().put("id", vendor.id()).put("name", vendor.name());
    ExternalData.Row row = external.row(TYPE, vendor.id(), vendor.companyId());
    boolean synced = row != null && row.originId != null;
    if (view.equals("compact")) {
      return out;
    }
    if (view.equals("summary")) {
      return out.put("company_vendor", true).put("projects_count", 0).put("synced_to_erp", synced);
    }
    out.put("company", vendor.name())
        .put("abbreviated_name", (String) null)
        .put("address", (String) null)
        .put("city", (String) null)
        .put("state_code", (String) null)
        .put("country_code", "US")
        .put("zip", (String) null)
        .put("email_address", (String) null)
        .put("business_phone", (String) null)
        .put("mobile_phone", (String) null)
        .put("fax_number", (String) null)
        .put("website", (String) null)
        .put("license_number", (String) null)
        .put("notes", (String) null)
        .put("is_active", vendor.active)
        .put("created_at", Times.utc(vendor.createdAt()))
        .put("updated_at", Times.utc(updatedAt(vendor)));
    vendors.show(vendor.id(), out);
    if (view.equals("directory")) {
      return out;
    }
    out.put("origin_code", row == null ? null : row.originCode)
        .put("origin_data", row == null ? null : row.originData)
        .put("origin_id", row == null ? null : row.originId)
        .put("synced_to_erp", synced);
    if (view.equals("erp")) {
      out.putArray("origin_custom_fields");
      out.putArray("erp_custom_fields");
    }
    return out;
  }
}
