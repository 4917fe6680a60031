package io.tieback.sandbox.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Function;

/**
 * The paths below {@code /_sandbox}: seeding, settings, faults, the clock and the list of requests.
 */
final class Control {
  /** Prefix of every path here. */
  static final String PREFIX = "/_sandbox";

  private final StandIn standIn;
  private final SandboxClock clock;
  private final RequestLog requests;
  private final Faults faults;
  private final Switches switches;

  Control(
      StandIn standIn, SandboxClock clock, RequestLog requests, Faults faults, Switches switches) {
    this.standIn = standIn;
    this.clock = clock;
    this.requests = requests;
    this.faults = faults;
    this.switches = switches;
  }

  void routes(Router router) {
    router.route(PREFIX + "/*").handler(this::begin);
    router
        .get(PREFIX + "/health")
        .handler(Call.handler(call -> Answer.json(200, Json.object().put("status", "up"))));
    router.post(PREFIX + "/reset").handler(answering(this::reset));
    router.post(PREFIX + "/seed").handler(answering(call -> standIn.seed(body(call))));
    router.get(PREFIX + "/settings").handler(answering(call -> settings()));
    router.patch(PREFIX + "/settings").handler(answering(this::change));
    router.get(PREFIX + "/requests").handler(answering(this::list));
    router.get(PREFIX + "/requests/summary").handler(answering(call -> requests.summary()));
    router.delete(PREFIX + "/requests").handler(answering(this::forget));
    router.get(PREFIX + "/clock").handler(answering(call -> time()));
    router.post(PREFIX + "/clock").handler(answering(this::advance));
    router.delete(PREFIX + "/clock").handler(answering(this::realTime));
    router
        .post(PREFIX + "/faults")
        .handler(answering(call -> Json.object().put("id", faults.add(body(call)))));
    router.get(PREFIX + "/faults").handler(answering(call -> listFaults()));
    router.delete(PREFIX + "/faults").handler(answering(this::clearFaults));
    router.delete(PREFIX + "/faults/:id").handler(Call.handler(this::removeFault));
    standIn.controlRoutes(router);
    router
        .route(PREFIX + "/*")
        .handler(
            Call.handler(
                call ->
                    error(
                        404,
                        "There is no " + call.method() + " " + call.path() + " in the sandbox.")));
  }

  private void begin(RoutingContext routing) {
    routing
        .request()
        .body()
        .onSuccess(
            body -> {
              Call call = new Call(0, routing, body, clock.instant());
              call.process(answer -> write(call, answer));
            });
  }

  private static void write(Call call, Answer answer) {
    Answer given =
        call.defect() instanceof IllegalArgumentException refused
            ? error(400, refused.getMessage())
            : answer;
    StandInServer.write(call.context().response(), given);
  }

  private static io.vertx.core.Handler<RoutingContext> answering(
      Function<Call, ObjectNode> operation) {
    return Call.handler(call -> Answer.json(200, operation.apply(call)));
  }

  private static Answer error(int status, String message) {
    return Answer.json(status, Json.object().put("error", message));
  }

  private static ObjectNode body(Call call) {
    try {
      if (call.json() instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("The body must be a JSON object.");
  }

  private ObjectNode reset(Call call) {
    standIn.reset();
    faults.clear();
    requests.restart();
    switches.reset();
    clock.toRealTime();
    return Json.object().put("status", "reset");
  }

  private ObjectNode settings() {
    ObjectNode all = switches.values();
    all.setAll(standIn.settings());
    return all;
  }

  private ObjectNode change(Call call) {
    ObjectNode ours = Json.object();
    ObjectNode theirs = Json.object();
    body(call)
        .fields()
        .forEachRemaining(
            f -> (switches.has(f.getKey()) ? ours : theirs).set(f.getKey(), f.getValue()));
    if (!theirs.isEmpty()) {
      standIn.settings(theirs);
    }
    switches.change(ours);
    return settings();
  }

  private ObjectNode list(Call call) {
    long since = whole(call, "since", 0);
    long limit = whole(call, "limit", 1000);
    return requests.list(
        since, (int) Math.min(limit, Integer.MAX_VALUE), Faults.pattern(call.query("path")));
  }

  private static long whole(Call call, String name, long initial) {
    String text = call.query(name);
    try {
      return text == null ? initial : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + ": a whole number is expected, not \"" + text + "\".", e);
    }
  }

  private ObjectNode forget(Call call) {
    requests.clear();
    return Json.object().put("status", "cleared");
  }

  private ObjectNode time() {
    return Json.object()
        .put("now", clock.instant().toString())
        .put("offsetSeconds", clock.offset().toSeconds());
  }

  private ObjectNode advance(Call call) {
    JsonNode seconds = body(call).get("advanceSeconds");
    if (seconds == null || !seconds.isIntegralNumber()) {
      throw new IllegalArgumentException("advanceSeconds: a whole number of seconds is expected.");
    }
    clock.advance(Duration.ofSeconds(seconds.longValue()));
    standIn.clockMoved();
    return time();
  }

  private ObjectNode realTime(Call call) {
    clock.toRealTime();
    standIn.clockMoved();
    return time();
  }

  private ObjectNode listFaults() {
    ObjectNode answer = Json.object();
    answer.set("faults", faults.list());
    return answer;
  }

  private ObjectNode clearFaults(Call call) {
    faults.clear();
    return Json.object().put("status", "cleared");
  }

  private Answer removeFault(Call call) {
    String id = call.pathParam("id");
    return faults.remove(id)
        ? Answer.json(200, Json.object().put("status", "removed"))
        : error(404, "There is no fault " + id + ".");
  }
}
