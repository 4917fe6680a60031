package io.tieback.sandbox.procore;

import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.tieback.sandbox.procore.WebhookModel.Delivery;
import io.tieback.sandbox.procore.WebhookModel.Hook;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sends the queue of each hook: 2xx within the time-out is success; any failure pauses that hook's
 * queue and tries again after 1, 2, 4 ... seconds, an hour at most; after 12 hours of failing the
 * queue is flushed as discarded. Waiting is by the stand-in's clock.
 */
final class WebhookSender {
  private static final Duration GIVE_UP = Duration.ofHours(12);
  static final long LONGEST_PAUSE_SECONDS = 3600;
  private static final long TICK_MILLIS = 50;
  private static final int BODY_SHOWN = 1000;
  private static final long NANOS = 1_000_000_000L;

  private final Vertx vertx;
  private final Clock clock;
  private final Switches switches;
  private final Collection<Hook> hooks;
  private final HttpClient client;

  WebhookSender(Vertx vertx, Clock clock, Switches switches, Collection<Hook> hooks) {
    this.vertx = vertx;
    this.clock = clock;
    this.switches = switches;
    this.hooks = hooks;
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(256).setConnectTimeout(5000));
    vertx.setPeriodic(TICK_MILLIS, tick -> pumpAll());
  }

  /** Sends whatever is due, of every hook. */
  void pumpAll() {
    for (Hook hook : new ArrayList<>(hooks)) {
      pump(hook);
    }
  }

  /** Sends what is due for a hook. */
  void pump(Hook hook) {
    Instant now = clock.instant();
    if (hook.failingSince != null && !now.isBefore(hook.failingSince.plus(GIVE_UP))) {
      discard(hook, now);
    }
    int parallel = Math.max(1, switches.number("webhookParallelism"));
    while (!hook.deleted
        && hook.inFlight < parallel
        && !hook.queue.isEmpty()
        && (hook.pausedUntil == null || !now.isBefore(hook.pausedUntil))
        // One probe at a time while the hook is failing.
        && (hook.failures == 0 || hook.inFlight == 0)
        && paced(hook)) {
      send(hook, hook.queue.poll());
    }
  }

  private boolean paced(Hook hook) {
    int rate = switches.number("webhookRatePerSecond");
    if (rate <= 0) {
      return true;
    }
    long now = System.nanoTime();
    if (hook.nextSendNanos == 0 || now - hook.nextSendNanos > NANOS) {
      hook.nextSendNanos = now;
    }
    if (now < hook.nextSendNanos) {
      if (!hook.timerSet) {
        hook.timerSet = true;
        vertx.setTimer(
            Math.max(1, (hook.nextSendNanos - now) / 1_000_000),
            timer -> {
              hook.timerSet = false;
              pump(hook);
            });
      }
      return false;
    }
    hook.nextSendNanos += NANOS / rate;
    return true;
  }

  private void discard(Hook hook, Instant now) {
    for (Delivery delivery : hook.queue) {
      delivery.outcome = "discarded";
      delivery.startedAt = delivery.startedAt == null ? now : delivery.startedAt;
      delivery.completedAt = now;
    }
    hook.queue.clear();
    recovered(hook);
  }

  private static void recovered(Hook hook) {
    hook.failures = 0;
    hook.failingSince = null;
    hook.pausedUntil = null;
  }

  private void send(Hook hook, Delivery delivery) {
    hook.inFlight++;
    delivery.attempts++;
    delivery.startedAt = clock.instant();
    Context loop = vertx.getOrCreateContext();
    Attempt attempt = new Attempt();
    long timeout = switches.number("webhookTimeoutMillis");
    long timer =
        vertx.setTimer(
            timeout,
            late -> {
              if (attempt.request != null) {
                attempt.request.reset();
              }
              over(hook, delivery, attempt, null, "", "Timed out after " + timeout + " ms");
            });
    RequestOptions to =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(hook.url)
            .setTimeout(timeout);
    to.putHeader("Content-Type", "application/json");
    hook.headers.forEach(to::putHeader);
    client
        .request(to)
        .compose(
            request -> {
              attempt.request = request;
              return request.send(Buffer.buffer(Json.bytes(delivery.event)));
            })
        .compose(response -> response.body().map(body -> new Received(response.statusCode(), body)))
        .onComplete(
            done ->
                loop.runOnContext(
                    back -> {
                      vertx.cancelTimer(timer);
                      if (done.succeeded()) {
                        String body = done.result().body().toString();
                        over(
                            hook,
                            delivery,
                            attempt,
                            done.result().status(),
                            body.length() > BODY_SHOWN ? body.substring(0, BODY_SHOWN) : body,
                            "");
                      } else {
                        over(
                            hook,
                            delivery,
                            attempt,
                            null,
                            "",
                            String.valueOf(done.cause().getMessage()));
                      }
                    }));
  }

  private record Received(int status, Buffer body) {}

  private static final class Attempt {
    HttpClientRequest request;
    boolean over;
  }

  private void over(
      Hook hook, Delivery delivery, Attempt attempt, Integer status, String body, String error) {
    if (attempt.over) {
      return;
    }
    attempt.over = true;
    hook.inFlight--;
    Instant now = clock.instant();
    delivery.completedAt = now;
    delivery.responseStatus = status;
    delivery.responseBody = body;
    delivery.responseError = error;
    if (status != null && status >= 200 && status < 300) {
      delivery.outcome = "ok";
      recovered(hook);
    } else {
      delivery.outcome = delivery.attempts == 1 ? "failed" : "retried";
      hook.failures++;
      hook.failingSince = hook.failingSince == null ? now : hook.failingSince;
      long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(hook.failures - 1, 20));
      hook.pausedUntil = now.plusSeconds(pause);
      hook.queue.addFirst(delivery);
    }
    pump(hook);
  }

  /** Deliveries not over yet, for tests that wait for quiet. */
  static int pending(List<Hook> hooks) {
    int pending = 0;
    for (Hook hook : hooks) {
      pending += hook.queue.size() + hook.inFlight + (hook.heldBack == null ? 0 : 1);
    }
    return pending;
  }
}
