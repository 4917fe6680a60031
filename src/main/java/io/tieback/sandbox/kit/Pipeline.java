package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of every vendor request: listed, struck by at most one fault, processed, answered. Runs
 * on one event loop.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final long MEET_TIMEOUT_MILLIS = 20_000;

  private final Vertx vertx;
  private final StandIn standIn;
  private final SandboxClock clock;
  private final RequestLog requests;
  private final Faults faults;
  private final Switches switches;
  private final HttpClient callbacks;

  Pipeline(
      Vertx vertx,
      StandIn standIn,
      SandboxClock clock,
      RequestLog requests,
      Faults faults,
      Switches switches) {
    this.vertx = vertx;
    this.standIn = standIn;
    this.clock = clock;
    this.requests = requests;
    this.faults = faults;
    this.switches = switches;
    this.callbacks =
        vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(20).setKeepAlive(false));
  }

  /** First handler of every vendor path. */
  void arrive(RoutingContext routing) {
    Context loop = vertx.getOrCreateContext();
    routing.request().body().onSuccess(body -> loop.runOnContext(now -> begin(routing, body)));
  }

  private void begin(RoutingContext routing, Buffer body) {
    Call call = new Call(requests.nextOrdinal(), routing, body, clock.instant());
    RequestLog.Line line =
        requests.open(call, switches.flag("recordBodies"), switches.number("recordLimit"));
    standIn.arrived(call);
    Effect effect;
    try {
      effect = faults.strike(call);
      if (effect instanceof Effect.Vendor vendor) {
        standIn.vendorEffect(vendor.effect(), call);
      }
    } catch (RuntimeException e) {
      write(call, line, call.defect(e), "");
      return;
    }
    int latency = switches.number("latencyMillis");
    if (latency > 0) {
      vertx.setTimer(latency, timer -> proceed(call, line, effect));
    } else {
      proceed(call, line, effect);
    }
  }

  private void proceed(Call call, RequestLog.Line line, Effect effect) {
    if (effect instanceof Effect.AnswerInstead instead) {
      write(call, line, instead.answer(), "answered by a fault, not processed");
    } else if (effect instanceof Effect.DropBefore) {
      drop(call);
      over(call, line, "dropped", "dropped before processing");
    } else if (effect instanceof Effect.DropAfter) {
      process(
          call,
          answer -> {
            drop(call);
            over(
                call,
                line,
                "dropped",
                defectOr(call, "dropped after commit (would have been " + answer.status() + ")"));
          });
    } else if (effect instanceof Effect.LateCommit late) {
      drop(call);
      vertx.setTimer(
          late.delayMillis(),
          timer ->
              process(
                  call,
                  answer ->
                      over(
                          call,
                          line,
                          "dropped",
                          defectOr(
                              call, "late commit (would have been " + answer.status() + ")"))));
    } else if (effect instanceof Effect.Malformed) {
      process(call, answer -> write(call, line, cutOff(answer), "malformed after commit"));
    } else if (effect instanceof Effect.Delay delay) {
      process(
          call,
          answer ->
              vertx.setTimer(
                  delay.delayMillis(), timer -> write(call, line, answer, "answered late")));
    } else if (effect instanceof Effect.Meet meet) {
      meet(call, line, meet);
    } else {
      process(call, answer -> write(call, line, answer, "answered"));
    }
  }

  private void meet(Call call, RequestLog.Line line, Effect.Meet meet) {
    String met = "met at " + meet.point().word();
    switch (meet.point()) {
      case BEFORE ->
          callBack(
              call,
              meet,
              note -> {
                drop(call);
                over(call, line, "dropped", met + note + ", dropped before processing");
              });
      case BEFORE_COMMIT ->
          callBack(
              call, meet, note -> process(call, answer -> write(call, line, answer, met + note)));
      case AFTER_COMMIT ->
          process(
              call, answer -> callBack(call, meet, note -> write(call, line, answer, met + note)));
      case AFTER_ANSWER ->
          process(
              call,
              answer ->
                  writeThen(
                      call,
                      line,
                      answer,
                      met,
                      () -> callBack(call, meet, note -> LOG.debug("met{}", note))));
    }
  }

  private void process(Call call, Consumer<Answer> then) {
    call.process(then);
  }

  private void write(Call call, RequestLog.Line line, Answer answer, String outcome) {
    writeThen(call, line, answer, outcome, () -> {});
  }

  private void writeThen(
      Call call, RequestLog.Line line, Answer answer, String outcome, Runnable after) {
    HttpServerResponse response = call.context().response();
    if (response.closed() || response.ended()) {
      over(
          call,
          line,
          "gone",
          defectOr(
              call, outcome + "; the client was gone (would have been " + answer.status() + ")"));
      after.run();
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    Future<Void> written = response.end(Buffer.buffer(answer.body()));
    over(call, line, Integer.toString(answer.status()), defectOr(call, outcome));
    written.onComplete(done -> after.run());
  }

  private void over(Call call, RequestLog.Line line, String status, String outcome) {
    line.over(status, outcome);
    standIn.left(call);
  }

  private static String defectOr(Call call, String outcome) {
    if (call.defect() == null) {
      return outcome;
    }
    LOG.error("defect of the sandbox at {} {}", call.method(), call.path(), call.defect());
    return "defect: " + call.defect();
  }

  private static Answer cutOff(Answer answer) {
    byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
    return new Answer(200, answer.headers(), half)
        .with("Content-Type", "application/json; charset=utf-8");
  }

  private static void drop(Call call) {
    call.context().request().connection().close();
  }

  /**
   * Tells the test and waits for its answer, whatever it is; {@code then} gets "" or what went
   * wrong.
   */
  private void callBack(Call call, Effect.Meet meet, Consumer<String> then) {
    ObjectNode message =
        Json.object()
            .put("ordinal", call.ordinal())
            .put("method", call.method())
            .put("path", call.path())
            .put("point", meet.point().word());
    Context loop = vertx.getOrCreateContext();
    RequestOptions to =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(meet.url())
            .setTimeout(MEET_TIMEOUT_MILLIS)
            .putHeader("Content-Type", "application/json");
    callbacks
        .request(to)
        .compose(request -> request.send(Buffer.buffer(Json.bytes(message))))
        .compose(response -> response.end().map(response))
        .onComplete(
            done ->
                loop.runOnContext(
                    now ->
                        then.accept(
                            done.succeeded()
                                ? ""
                                : " (call-back failed: " + done.cause().getMessage() + ")")));
  }
}
