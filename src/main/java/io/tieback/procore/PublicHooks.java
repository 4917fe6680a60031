package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Hooks that tell of public resources, for Tieback's own door (Procore reference section 14): one
 * of the company, and one of each project, all of the connection's namespace and leading to its one
 * address. Which names can be told of is Procore's affair: what it refuses is polled.
 */
public final class PublicHooks {

  private static final String PATH = "/rest/v1.0/webhooks/hooks";
  private static final List<String> EVENTS = List.of("create", "update", "delete");

  private final ProcoreCalls calls;
  private final ProcoreConnection connection;

  PublicHooks(ProcoreCalls calls) {
    this.calls = calls;
    this.connection = calls.connection();
  }

  /**
   * Makes sure that a hook exists, leads here and tells of these resources. May be repeated at
   * every start: three calls when everything is there.
   *
   * @param projectId the project whose hook it is, or null for the company's
   * @param resources Procore's names, such as {@code Work Order Contracts}
   * @return the names that Procore refuses
   */
  public List<String> ensure(Long projectId, List<String> resources) {
    Optional<Long> found = find(projectId);
    long id = found.isPresent() ? update(projectId, found.get()) : create(projectId);
    Set<String> there = new HashSet<>();
    calls
        .list("procore.list-triggers", place(projectId).after(PATH + "/" + id + "/triggers"))
        .forEach(
            trigger ->
                there.add(
                    trigger.path("resource_name").asText()
                        + " "
                        + trigger.path("event_type").asText().toLowerCase(Locale.ROOT)));
    ObjectNode body = in(projectId).put("api_version", "v2");
    ArrayNode wanted = body.putArray("triggers");
    for (String resource : resources) {
      for (String event : EVENTS) {
        if (!there.contains(resource + " " + event)) {
          wanted.addObject().put("resource_name", resource).put("event_type", event);
        }
      }
    }
    return wanted.isEmpty() ? List.of() : refused(id, body);
  }

  private List<String> refused(long id, ObjectNode body) {
    JsonNode answer =
        calls.writeRepeatable(
            "procore.create-triggers", "POST", PATH + "/" + id + "/triggers/bulk", body);
    List<String> refused = new ArrayList<>();
    answer
        .path("failed")
        .forEach(
            failed ->
                refused.add(
                    failed.path("trigger").path("resource_name").asText()
                        + " "
                        + failed.path("trigger").path("event_type").asText()));
    return refused;
  }

  private Optional<Long> find(Long projectId) {
    return calls
        .list(
            "procore.list-hooks",
            place(projectId).with("namespace", connection.namespace()).after(PATH))
        .stream()
        .filter(hook -> connection.namespace().equals(hook.path("namespace").textValue()))
        .findFirst()
        .map(hook -> Fields.id(hook, "id", "webhook"));
  }

  private Query place(Long projectId) {
    return projectId == null
        ? new Query().with("company_id", connection.companyId())
        : new Query().with("project_id", projectId);
  }

  private ObjectNode in(Long projectId) {
    return projectId == null
        ? Json.object().put("company_id", connection.companyId())
        : Json.object().put("project_id", projectId);
  }

  private long create(Long projectId) {
    ObjectNode body = in(projectId);
    body.set("hook", hook().put("namespace", connection.namespace()));
    return Fields.id(calls.writeOnce("procore.create-hook", "POST", PATH, body), "id", "webhook");
  }

  /** The secret is masked when it is read, so it cannot be compared: it is always written. */
  private long update(Long projectId, long id) {
    ObjectNode body = in(projectId);
    body.set("hook", hook());
    calls.writeRepeatable("procore.update-hook", "PATCH", PATH + "/" + id, body);
    return id;
  }

  private ObjectNode hook() {
    ObjectNode hook =
        Json.object()
            .put("api_version", "v2")
            .put("destination_url", connection.webhookDestination().toString());
    hook.putObject("destination_headers").put("Authorization", connection.webhookAuthorization());
    return hook;
  }
}
