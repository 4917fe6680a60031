package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Surroundings;
import io.tieback.sandbox.kit.Switches;
import io.tieback.sandbox.procore.WebhookModel.Delivery;
import io.tieback.sandbox.procore.WebhookModel.Hook;
import io.tieback.sandbox.procore.WebhookModel.Trigger;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Webhooks v1 (section 14): hooks, triggers, deliveries, and the events that go out in payload
 * v2.0.
 */
final class Webhooks {
  private static final String PATH = "/rest/v1.0/webhooks/hooks";
  private static final Set<String> EVENT_TYPES = Set.of("create", "update", "delete");
  private static final long HOLD_BACK_MILLIS = 300;
  private static final int BULK = 500;

  private final Surroundings surroundings;
  private final State state;
  private final Switches switches;
  private final Map<Long, Hook> hooks = new LinkedHashMap<>();
  private final WebhookSender sender;
  private final WebhookResources resources;
  private long lastEventId = 7_000_000_000L;
  private int fired;

  Webhooks(Surroundings surroundings, State state, Switches switches) {
    this.surroundings = surroundings;
    this.state = state;
    this.switches = switches;
    this.resources = new WebhookResources(state, switches);
    this.sender =
        new WebhookSender(surroundings.vertx(), surroundings.clock(), switches, hooks.values());
  }

  void clear() {
    hooks.values().forEach(hook -> hook.deleted = true);
    hooks.clear();
    fired = 0;
  }

  /** Sends what is due by the clock. */
  void wake() {
    Instant latest =
        surroundings.clock().instant().plusSeconds(WebhookSender.LONGEST_PAUSE_SECONDS);
    for (Hook hook : hooks.values()) {
      // The clock was moved back: a pause from its future must not last longer than any pause.
      hook.pausedUntil =
          hook.pausedUntil != null && hook.pausedUntil.isAfter(latest) ? latest : hook.pausedUntil;
    }
    sender.pumpAll();
  }

  /** Deliveries that are not over. */
  int pending() {
    return WebhookSender.pending(new ArrayList<>(hooks.values()));
  }

  void routes(Router router, Gate gate) {
    resources.routes(router, gate);
    gate.on(router, "GET", PATH, this::list);
    gate.on(router, "POST", PATH, this::create);
    gate.on(router, "PATCH", PATH + "/:id", this::update);
    gate.on(router, "DELETE", PATH + "/:id", this::delete);
    gate.on(
        router,
        "GET",
        PATH + "/:id/triggers",
        ask -> ask.page(hook(ask).triggers.stream().map(Trigger::json).toList(), 100));
    gate.on(router, "POST", PATH + "/:id/triggers", this::addTrigger);
    gate.on(router, "POST", PATH + "/:id/triggers/bulk", this::addTriggers);
    gate.on(router, "DELETE", PATH + "/:id/triggers/:trigger_id", this::removeTrigger);
    gate.on(router, "GET", PATH + "/:id/deliveries", this::deliveries);
  }

  private Hook hook(Ask ask) {
    Hook hook = hooks.get(ask.path("id"));
    if (hook == null
        || hook.companyId != ask.companyId
        || !hook.clientId.equals(ask.app.clientId())) {
      throw Refusal.notFound("Hook");
    }
    return hook;
  }

  private Answer list(Ask ask) {
    if (ask.call.query("company_id") == null && ask.call.query("project_id") == null) {
      throw Refusal.missing("company_id");
    }
    List<ObjectNode> rows = new ArrayList<>();
    Long project = ask.queryOrNull("project_id");
    for (Hook hook : hooks.values()) {
      String namespace = ask.call.query("namespace");
      if (hook.companyId == ask.companyId
          && java.util.Objects.equals(hook.projectId, project)
          && hook.clientId.equals(ask.app.clientId())
          && (namespace == null || namespace.equals(hook.namespace))) {
        rows.add(hook.json());
      }
    }
    return ask.page(rows, 100);
  }

  private Answer create(Ask ask) {
    Hook hook = new Hook();
    hook.companyId = ask.companyId;
    hook.clientId = ask.app.clientId();
    if (ask.body().hasNonNull("project_id")) {
      long projectId = ask.bodyNumber("project_id");
      if (!state.projects.containsKey(projectId)
          || state.projects.get(projectId).companyId() != ask.companyId) {
        throw Refusal.notFound("Project");
      }
      hook.projectId = projectId;
    } else if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(
          403, "Procore-Company-Id header and company_id name different companies", "Forbidden");
    }
    JsonNode in = ask.object("hook");
    hook.namespace = Json.text(in, "namespace");
    if (hook.namespace == null || !hook.namespace.matches("[a-z0-9-]+")) {
      throw Refusal.field(
          422, "namespace", "must consist of lower-case letters, digits and hyphens");
    }
    if (hooks.values().stream()
        .anyMatch(
            other ->
                other.companyId == ask.companyId
                    && java.util.Objects.equals(other.projectId, hook.projectId)
                    && other.namespace.equals(hook.namespace))) {
      throw Refusal.field(422, "namespace", "has already been taken");
    }
    hook.apiVersion = Json.text(in, "api_version");
    if (!"v2".equals(hook.apiVersion)) {
      throw Refusal.field(422, "api_version", "is not included in the list");
    }
    apply(in, hook);
    if (hook.url == null) {
      throw Refusal.field(422, "destination_url", "can't be blank");
    }
    hook.id = state.nextId();
    hooks.put(hook.id, hook);
    return Answer.json(201, hook.json());
  }

  private void apply(JsonNode in, Hook hook) {
    String url = Json.text(in, "destination_url");
    if (url != null) {
      boolean http = url.startsWith("http://") && !switches.flag("webhookRequireHttps");
      if (!http && !url.startsWith("https://")) {
        throw Refusal.field(422, "destination_url", "must be an https address");
      }
      hook.url = url;
    }
    if (in.path("destination_headers").isObject()) {
      hook.headers.clear();
      in.get("destination_headers")
          .fields()
          .forEachRemaining(f -> hook.headers.put(f.getKey(), f.getValue().asText()));
    }
  }

  private Answer update(Ask ask) {
    Hook hook = hook(ask);
    apply(ask.object("hook"), hook);
    sender.pump(hook);
    return Answer.json(200, hook.json());
  }

  private Answer delete(Ask ask) {
    Hook hook = hook(ask);
    hook.deleted = true;
    hooks.remove(hook.id);
    return Answer.empty(200);
  }

  private Answer addTrigger(Ask ask) {
    Hook hook = hook(ask);
    JsonNode in = ask.object("trigger");
    String wrong = wrongTrigger(in, hook);
    if (wrong != null) {
      throw Refusal.field(
          422, wrong.substring(0, wrong.indexOf(' ')), wrong.substring(wrong.indexOf(' ') + 1));
    }
    return Answer.json(201, trigger(in, hook).json());
  }

  private Answer addTriggers(Ask ask) {
    Hook hook = hook(ask);
    JsonNode all = ask.body().path("triggers");
    if (!all.isArray()) {
      throw Refusal.missing("triggers");
    }
    if (all.size() > BULK) {
      throw Refusal.errors(413, "At most " + BULK + " triggers at once");
    }
    ObjectNode out = Json.object();
    var success = out.putArray("success");
    for (JsonNode in : all) {
      String wrong = wrongTrigger(in, hook);
      if (wrong == null) {
        success.add(trigger(in, hook).json());
      } else {
        ObjectNode failed =
            out.withArray("failed").addObject().put("code", "unprocessable").put("message", wrong);
        failed.set("trigger", in);
      }
    }
    return Answer.json(out.has("failed") ? 207 : 200, out);
  }

  private String wrongTrigger(JsonNode in, Hook hook) {
    String resource = Json.text(in, "resource_name");
    String event = Json.text(in, "event_type");
    if (resource == null || resource.isBlank()) {
      return "resource_name can't be blank";
    }
    if (event == null || !EVENT_TYPES.contains(event)) {
      return "event_type is not included in the list";
    }
    boolean erp = state.companies.get(hook.companyId).erp();
    if (!resources.offers(resource, event, hook.projectId != null, erp)) {
      return "resource_name is not included in the list";
    }
    boolean taken =
        hook.triggers.stream()
            .anyMatch(t -> t.resourceName().equals(resource) && t.eventType().equals(event));
    return taken ? "event_type has already been taken" : null;
  }

  private Trigger trigger(JsonNode in, Hook hook) {
    Trigger trigger =
        new Trigger(
            state.nextId(),
            hook.id,
            Json.text(in, "resource_name"),
            Json.text(in, "event_type"),
            hook.projectId == null ? (Long) hook.companyId : null,
            hook.projectId);
    hook.triggers.add(trigger);
    return trigger;
  }

  private Answer removeTrigger(Ask ask) {
    long id = ask.path("trigger_id");
    if (!hook(ask).triggers.removeIf(trigger -> trigger.id() == id)) {
      throw Refusal.notFound("Trigger");
    }
    return Answer.empty(200);
  }

  /**
   * Rows after {@code page_start}, an event id, in the log's order. Events never tried have no row
   * yet.
   */
  private Answer deliveries(Ask ask) {
    Hook hook = hook(ask);
    String filter =
        ask.call.query("filters[status]") != null
            ? ask.call.query("filters[status]")
            : ask.call.query("filter[status]");
    Long size = ask.queryOrNull("page_size");
    if (size != null && (size < 1 || size > 100)) {
      throw Refusal.field(400, "page_size", "must be between 1 and 100");
    }
    Long start = ask.queryOrNull("page_start");
    boolean ascending = switches.choice("deliveriesOrder").equals("ascending");
    var rows = Json.array();
    for (int i = 0; i < hook.log.size() && rows.size() < (size == null ? 100 : size); i++) {
      Delivery delivery = hook.log.get(ascending ? i : hook.log.size() - 1 - i);
      boolean beyond =
          start == null || (ascending ? delivery.eventId > start : delivery.eventId < start);
      if (beyond && delivery.shownAs(filter == null ? "any" : filter)) {
        rows.add(delivery.json());
      }
    }
    return Answer.json(200, rows);
  }

  /** An ERP Request was created: every hook of the company with that trigger gets the event. */
  void fire(long companyId, long requestId) {
    if (lost()) {
      return;
    }
    Instant now = surroundings.clock().instant();
    long eventId = ++lastEventId;
    ObjectNode event = WebhookEvent.erpRequest(eventId, companyId, requestId, now);
    for (Hook hook : hooks.values()) {
      if (hook.companyId == companyId
          && hook.projectId == null
          && hook.wants(WebhookEvent.ERP_REQUESTS, "create")) {
        deliver(hook, eventId, event, now);
      }
    }
  }

  /**
   * Something happened to a record: hooks of the scope that its resource belongs to, the company or
   * the project, get the event when they have the trigger.
   */
  void fire(Chronicle.Happening happening) {
    for (WebhookResources.Named named : resources.of(happening)) {
      List<Hook> told = new ArrayList<>();
      for (Hook hook : hooks.values()) {
        boolean inScope =
            hook.projectId == null
                ? !named.ofProject() || switches.flag("companyHooksSeeProjects")
                : named.ofProject() && hook.projectId.equals(happening.projectId());
        if (hook.companyId == happening.companyId()
            && inScope
            && hook.wants(named.name(), happening.eventType())) {
          told.add(hook);
        }
      }
      if (told.isEmpty() || lost()) {
        continue;
      }
      Instant now = surroundings.clock().instant();
      long eventId = ++lastEventId;
      ObjectNode event = WebhookEvent.of(eventId, named.about(happening), named.name(), now);
      told.forEach(hook -> deliver(hook, eventId, event, now));
    }
  }

  /** Counts an event; true for one that is lost without a trace. */
  private boolean lost() {
    fired++;
    int drop = switches.number("webhookDropEvery");
    return drop > 0 && fired % drop == 0;
  }

  private void deliver(Hook hook, long eventId, ObjectNode event, Instant now) {
    int duplicate = switches.number("webhookDuplicateEvery");
    Delivery delivery = new Delivery(eventId, event, false);
    hook.log.add(delivery);
    if (!switches.flag("webhooksEnabled")) {
      delivery.outcome = "discarded";
      delivery.startedAt = now;
      delivery.completedAt = now;
      return;
    }
    enqueue(hook, delivery);
    if (duplicate > 0 && fired % duplicate == 0) {
      enqueue(hook, new Delivery(eventId, event, true));
    }
  }

  private void enqueue(Hook hook, Delivery delivery) {
    if (!switches.flag("webhookReorder")) {
      hook.queue.add(delivery);
    } else if (hook.heldBack == null) {
      hook.heldBack = delivery;
      surroundings.vertx().setTimer(HOLD_BACK_MILLIS, timer -> letGo(hook, delivery));
    } else {
      hook.queue.add(delivery);
      hook.queue.add(hook.heldBack);
      hook.heldBack = null;
    }
    surroundings.vertx().runOnContext(soon -> sender.pump(hook));
  }

  private void letGo(Hook hook, Delivery delivery) {
    if (hook.heldBack == delivery) {
      hook.heldBack = null;
      hook.queue.add(delivery);
      sender.pump(hook);
    }
  }
}
