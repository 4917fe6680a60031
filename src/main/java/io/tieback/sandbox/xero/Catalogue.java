package io.tieback.sandbox.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.vertx.ext.web.Router;
import java.util.Map;

/**
 * What people do to items and tracking categories on Xero's own pages. {@code GET catalogue
 * ?tenantId=} shows them; {@code POST catalogue {tenantId, addItems [{code, name}], removeItems
 * [code], addOptions [{category, name}], archiveOptions [name], restoreOptions [name],
 * addCategories [name], archiveCategories [name]}} changes them.
 */
final class Catalogue {

  private final Map<String, Organisation> organisations;
  private final SandboxClock clock;

  Catalogue(Map<String, Organisation> organisations, SandboxClock clock) {
    this.organisations = organisations;
    this.clock = clock;
  }

  void routes(Router router) {
    router.get("/_sandbox/catalogue").handler(Call.handler(this::show));
    router.post("/_sandbox/catalogue").handler(Call.handler(this::change));
  }

  private Organisation organisation(String tenantId) {
    Organisation organisation = organisations.get(Ids.normal(tenantId));
    if (organisation == null) {
      throw new IllegalArgumentException(
          "tenantId: there is no organisation \"" + tenantId + "\".");
    }
    return organisation;
  }

  private Answer show(Call call) {
    return Answer.json(200, json(organisation(call.query("tenantId"))));
  }

  private static ObjectNode json(Organisation organisation) {
    ObjectNode out = Json.object();
    ArrayNode items = out.putArray("items");
    for (Organisation.Item item : organisation.items.all()) {
      items
          .addObject()
          .put("itemId", item.id)
          .put("code", item.code)
          .put("name", item.name)
          .put("purchaseDescription", item.purchaseDescription)
          .put("purchaseAccount", item.purchaseAccountCode)
          .put("salesAccount", item.salesAccountCode);
    }
    ArrayNode categories = out.putArray("trackingCategories");
    for (Organisation.TrackingCategory category : organisation.tracking.values()) {
      ArrayNode options =
          categories
              .addObject()
              .put("trackingCategoryId", category.id)
              .put("name", category.name)
              .put("status", category.status)
              .putArray("options");
      category.options.forEach(
          option ->
              options
                  .addObject()
                  .put("trackingOptionId", option.id)
                  .put("name", option.name)
                  .put("status", option.status));
    }
    return out;
  }

  private Answer change(Call call) {
    JsonNode body = body(call);
    Json.onlyFields(
        "catalogue",
        body,
        "tenantId",
        "addItems",
        "removeItems",
        "addOptions",
        "archiveOptions",
        "restoreOptions",
        "addCategories",
        "archiveCategories");
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    for (JsonNode name : body.path("addCategories")) {
      String id = Ids.make();
      organisation.tracking.put(id, new Organisation.TrackingCategory(id, name.asText()));
    }
    for (JsonNode name : body.path("archiveCategories")) {
      category(organisation, name.asText()).status = "ARCHIVED";
    }
    for (JsonNode one : body.path("addItems")) {
      Organisation.Item item = new Organisation.Item(Ids.make());
      item.code = Json.text(one, "code");
      item.name = Json.text(one, "name");
      organisation.itemsByCode.put(item.code, item);
      organisation.items.put(item, clock.instant());
    }
    for (JsonNode code : body.path("removeItems")) {
      organisation.items.remove(organisation.itemsByCode.remove(code.asText()));
    }
    for (JsonNode one : body.path("addOptions")) {
      category(organisation, Json.text(one, "category"))
          .options
          .add(new Organisation.Option(Ids.make(), Json.text(one, "name")));
    }
    body.path("archiveOptions")
        .forEach(name -> option(organisation, name.asText()).status = "ARCHIVED");
    body.path("restoreOptions")
        .forEach(name -> option(organisation, name.asText()).status = "ACTIVE");
    return Answer.json(200, json(organisation));
  }

  private static Organisation.TrackingCategory category(Organisation organisation, String name) {
    return organisation.tracking.values().stream()
        .filter(category -> category.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no tracking category " + name + "."));
  }

  private static Organisation.Option option(Organisation organisation, String name) {
    return organisation.tracking.values().stream()
        .flatMap(category -> category.options.stream())
        .filter(option -> option.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no tracking option " + name + "."));
  }

  private static JsonNode body(Call call) {
    try {
      return call.json();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
