package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * {@code /TrackingCategories} and their options (reference section 6); no pages, no
 * If-Modified-Since.
 */
final class Tracking {
  private static final List<String> AREAS = List.of("settings");
  private static final int NAME_LIMIT = 100;
  private static final String TAKEN = "For each specified tracking option the name must be unique.";

  private final Gate gate;

  Tracking(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/TrackingCategories";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, this::createCategory));
    router
        .get(path + "/:id")
        .handler(
            gate.guard(
                AREAS,
                false,
                visit -> answer(visit, Json.array().add(json(category(visit), true)))));
    router.put(path + "/:id/Options").handler(gate.guard(AREAS, true, this::createOption));
    router.post(path + "/:id/Options/:option").handler(gate.guard(AREAS, true, this::updateOption));
    router
        .delete(path + "/:id/Options/:option")
        .handler(gate.guard(AREAS, true, this::deleteOption));
  }

  private static Answer answer(Gate.Visit visit, ArrayNode categories) {
    return Envelope.of(visit, "TrackingCategories", categories);
  }

  private static ObjectNode json(Organisation.TrackingCategory category, boolean archivedToo) {
    ObjectNode json =
        Json.object()
            .put("Name", category.name)
            .put("Status", category.status)
            .put("TrackingCategoryID", category.id);
    ArrayNode options = json.putArray("Options");
    for (Organisation.Option option : category.options) {
      if (archivedToo || option.status.equals("ACTIVE")) {
        options.add(json(option));
      }
    }
    return json;
  }

  private static ObjectNode json(Organisation.Option option) {
    return Json.object()
        .put("TrackingOptionID", option.id)
        .put("Name", option.name)
        .put("Status", option.status)
        .put("HasValidationErrors", false)
        .put("IsDeleted", option.status.equals("DELETED"))
        .put("IsArchived", option.status.equals("ARCHIVED"))
        .put("IsActive", option.status.equals("ACTIVE"));
  }

  private Answer list(Gate.Visit visit) {
    boolean archivedToo = "true".equalsIgnoreCase(visit.call().query("includeArchived"));
    ArrayNode all = Json.array();
    for (Organisation.TrackingCategory category : visit.organisation().tracking.values()) {
      if (archivedToo || category.status.equals("ACTIVE")) {
        all.add(json(category, archivedToo));
      }
    }
    return answer(visit, all);
  }

  private static Organisation.TrackingCategory category(Gate.Visit visit) {
    Organisation.TrackingCategory category =
        visit.organisation().tracking.get(Ids.normal(visit.call().pathParam("id")));
    if (category == null) {
      throw Refusal.notFound();
    }
    return category;
  }

  private static Organisation.Option option(Gate.Visit visit) {
    Organisation.Option option =
        category(visit).option(Ids.normal(visit.call().pathParam("option")));
    if (option == null) {
      throw Refusal.notFound();
    }
    return option;
  }

  private static Refusal refused(Fields element, String idField, String message) {
    return Refusal.elements(
        Json.array().add(Envelope.failed(element, idField, null, List.of(message))));
  }

  private static String name(Fields element, String idField, Gate.Visit visit) {
    String name = element.text("Name");
    if (name == null || name.isBlank()) {
      throw refused(element, idField, "A name must be specified");
    }
    if (!name.equals(name.stripTrailing()) && visit.switches().flag("trailingSpaceFails")) {
      throw Refusal.serverError();
    }
    if (name.length() > NAME_LIMIT) {
      throw refused(
          element, idField, "The name must not be longer than " + NAME_LIMIT + " characters");
    }
    return name.strip();
  }

  private static Fields single(Gate.Visit visit, String plural) {
    List<Fields> elements = Fields.elements(visit.call(), plural);
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one element is expected");
    }
    return elements.get(0);
  }

  private Answer createCategory(Gate.Visit visit) {
    Fields element = single(visit, "TrackingCategories");
    String name = name(element, "TrackingCategoryID", visit);
    var all = visit.organisation().tracking.values();
    if (all.size() >= 4 || all.stream().filter(one -> one.status.equals("ACTIVE")).count() >= 2) {
      throw refused(
          element,
          "TrackingCategoryID",
          "The maximum number of tracking categories has been reached");
    }
    if (all.stream().anyMatch(one -> one.name.equalsIgnoreCase(name))) {
      throw refused(element, "TrackingCategoryID", "The tracking category name must be unique.");
    }
    Organisation.TrackingCategory category = new Organisation.TrackingCategory(Ids.make(), name);
    visit.organisation().tracking.put(category.id, category);
    return answer(visit, Json.array().add(json(category, true)));
  }

  private Answer createOption(Gate.Visit visit) {
    Organisation.TrackingCategory category = category(visit);
    Fields element = single(visit, "Options");
    String name = name(element, "TrackingOptionID", visit);
    if (category.named(name) != null) {
      throw refused(element, "TrackingOptionID", TAKEN);
    }
    int limit = visit.switches().number("trackingOptionLimit");
    if (limit > 0
        && category.options.stream().filter(one -> one.status.equals("ACTIVE")).count() >= limit) {
      throw refused(
          element, "TrackingOptionID", "The maximum number of tracking options has been reached");
    }
    Organisation.Option option = new Organisation.Option(Ids.make(), name);
    category.options.add(option);
    return Envelope.one(visit, "Options", json(option));
  }

  private Answer updateOption(Gate.Visit visit) {
    Organisation.Option option = option(visit);
    Fields element = single(visit, "Options");
    if (element.has("Name")) {
      String name = name(element, "TrackingOptionID", visit);
      Organisation.Option holder = category(visit).named(name);
      if (holder != null && holder != option) {
        throw refused(element, "TrackingOptionID", TAKEN);
      }
      option.name = name;
    }
    String status = element.word("Status", List.of("ACTIVE", "ARCHIVED", "DELETED"));
    if (status != null) {
      option.status = status;
    }
    return Envelope.one(visit, "Options", json(option));
  }

  private Answer deleteOption(Gate.Visit visit) {
    Organisation.Option option = option(visit);
    if (option.used) {
      throw Refusal.invalid("A tracking option that has been used cannot be deleted");
    }
    category(visit).options.remove(option);
    option.status = "DELETED";
    return Envelope.one(visit, "Options", json(option));
  }
}
