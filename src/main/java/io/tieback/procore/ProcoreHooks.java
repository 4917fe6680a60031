package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.util.List;
import java.util.Optional;

/**
 * The connection's webhook at Procore (reference section 14): one company hook of its namespace,
 * with one trigger, ERP Requests / create (GEN-API-04).
 */
public final class ProcoreHooks {

  /** What the trigger is for. */
  public static final String ERP_REQUESTS = "ERP Requests";

  private static final String PATH = "/rest/v1.0/webhooks/hooks";
  private static final int PAGE = 100;

  /** Which deliveries the log is asked for. */
  public enum Deliveries {
    /** Given up by Procore after 12 hours (GEN-API-10). */
    DISCARDED,
    /** Failed so far, Procore still tries. */
    FAILING
  }

  private final ProcoreCalls calls;
  private final ProcoreConnection connection;

  ProcoreHooks(ProcoreCalls calls) {
    this.calls = calls;
    this.connection = calls.connection();
  }

  /** The hook of the connection's namespace. */
  public Optional<Long> find() {
    Query query =
        new Query()
            .with("company_id", connection.companyId())
            .with("namespace", connection.namespace());
    return calls.list("procore.list-hooks", query.after(PATH)).stream()
        .filter(hook -> connection.namespace().equals(hook.path("namespace").textValue()))
        .findFirst()
        .map(hook -> Fields.id(hook, "id", "webhook"));
  }

  /**
   * Makes sure that hook and trigger exist and lead here. May be repeated at every start.
   *
   * @return the hook's id
   * @throws Failure REFUSED when the connection has no public address for webhooks
   */
  public long ensure() {
    if (connection.webhookDestination() == null) {
      throw Failure.of(
          FailureKind.REFUSED,
          "connection " + connection.connection() + " has no public address for Procore's webhooks",
          "Set connection."
              + connection.connection()
              + ".procore.webhook-destination, or set up the webhook in Procore by hand.");
    }
    // The secret is masked when it is read, so it cannot be compared: it is always written.
    Optional<Long> found = find();
    long id = found.isPresent() ? update(found.get()) : create();
    boolean triggered =
        calls.list("procore.list-triggers", company().after(PATH + "/" + id + "/triggers")).stream()
            .anyMatch(ProcoreHooks::isOurTrigger);
    if (!triggered) {
      addTrigger(id);
    }
    return id;
  }

  private Query company() {
    return new Query().with("company_id", connection.companyId());
  }

  private static boolean isOurTrigger(JsonNode trigger) {
    return ERP_REQUESTS.equals(trigger.path("resource_name").textValue())
        && "create".equalsIgnoreCase(trigger.path("event_type").textValue());
  }

  private long create() {
    ObjectNode body = Json.object().put("company_id", connection.companyId());
    ObjectNode hook = hook();
    hook.put("namespace", connection.namespace());
    body.set("hook", hook);
    return Fields.id(calls.writeOnce("procore.create-hook", "POST", PATH, body), "id", "webhook");
  }

  private long update(long id) {
    ObjectNode body = Json.object().put("company_id", connection.companyId());
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

  private void addTrigger(long id) {
    ObjectNode body =
        Json.object().put("company_id", connection.companyId()).put("api_version", "v2");
    body.putObject("trigger").put("resource_name", ERP_REQUESTS).put("event_type", "create");
    calls.writeOnce("procore.create-trigger", "POST", PATH + "/" + id + "/triggers", body);
  }

  /**
   * One page of the deliveries log.
   *
   * @param hookId the hook
   * @param which which deliveries
   * @param start id of the last event that was seen, or null for the log's beginning
   * @return at most {@link #page()} rows, in the log's own order
   */
  public List<JsonNode> deliveries(long hookId, Deliveries which, Long start) {
    Query query =
        company()
            .with("page_size", PAGE)
            .with("page_start", start)
            .with("filters[status]", which.name().toLowerCase(java.util.Locale.ROOT));
    return calls.list("procore.list-deliveries", query.after(PATH + "/" + hookId + "/deliveries"));
  }

  /** Rows of a full page. */
  public static int page() {
    return PAGE;
  }
}
