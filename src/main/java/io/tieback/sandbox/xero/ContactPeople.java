package io.tieback.sandbox.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.vertx.ext.web.Router;
import java.util.Map;

/**
 * What people do with contacts on Xero's pages: {@code POST /_sandbox/contacts} with {@code
 * tenantId}, {@code contactId} and {@code do}: {@code archive}, {@code restore}, {@code rename}
 * ({@code name}), {@code merge} ({@code into}: the loser is archived and says what it was merged
 * into), {@code address} ({@code city}), {@code enter} ({@code contact} as in a seed); and {@code
 * GET /_sandbox/contacts?tenantId=}.
 */
final class ContactPeople {
  private final Map<String, Organisation> organisations;
  private final SandboxClock clock;

  ContactPeople(Map<String, Organisation> organisations, SandboxClock clock) {
    this.organisations = organisations;
    this.clock = clock;
  }

  void routes(Router router) {
    router.post("/_sandbox/contacts").handler(Call.handler(this::act));
    router.get("/_sandbox/contacts").handler(Call.handler(this::list));
  }

  private Organisation organisation(String tenantId) {
    Organisation organisation = organisations.get(Ids.normal(tenantId));
    if (organisation == null) {
      throw new IllegalArgumentException(
          "tenantId: there is no organisation \"" + tenantId + "\".");
    }
    return organisation;
  }

  private static Contact contact(Organisation organisation, String id) {
    Contact contact = organisation.contacts.get(Ids.normal(id));
    if (contact == null) {
      throw new IllegalArgumentException("there is no contact \"" + id + "\".");
    }
    return contact.copy();
  }

  private Answer act(Call call) {
    JsonNode body;
    try {
      body = call.json();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    Json.onlyFields("body", body, "tenantId", "contactId", "do", "name", "into", "city", "contact");
    Organisation organisation = organisation(Json.text(body, "tenantId"));
    if ("enter".equals(Json.text(body, "do"))) {
      Seeds.contact(organisation, body.path("contact"), clock.instant());
      return Answer.json(200, Json.object());
    }
    Contact contact = contact(organisation, Json.text(body, "contactId"));
    switch (String.valueOf(Json.text(body, "do"))) {
      case "archive" -> contact.status = "ARCHIVED";
      case "restore" -> contact.status = "ACTIVE";
      case "rename" -> contact.name = Json.text(body, "name");
      case "address" -> {
        ObjectNode address = Json.object().put("AddressType", "POBOX");
        contact.addresses = Json.array().add(address.put("City", Json.text(body, "city")));
      }
      case "merge" -> {
        contact.mergedTo = contact(organisation, Json.text(body, "into")).id;
        contact.status = "ARCHIVED";
      }
      default ->
          throw new IllegalArgumentException(
              "do: one of archive, restore, rename, address, merge, enter is expected.");
    }
    organisation.contacts.put(contact, clock.instant());
    return Answer.json(200, contact.json(true));
  }

  private Answer list(Call call) {
    var all = Json.array();
    organisation(call.query("tenantId")).contacts.all().forEach(one -> all.add(one.json(true)));
    return Answer.json(200, all);
  }
}
