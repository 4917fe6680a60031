package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Delivers webhooks as Procore does (payload v2.0, the configured Authorization), at a fixed pace
 * or as fast as they are taken.
 */
final class LoadWebhooks {

  private static final long SECOND = 1_000_000_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WARMING = 50;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI destination;
  private final String authorization;
  private final long companyId;
  private long lastEventId = 8_000_000_000L;

  LoadWebhooks(URI destination, String authorization, long companyId) {
    this.destination = destination;
    this.authorization = authorization;
    this.companyId = companyId;
  }

  /** Warms up the sender, not the connector's receiver: asks for another page of it a few times. */
  void warmUp(URI page) {
    HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
    for (int i = 0; i < WARMING; i++) {
      http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }
  }

  /**
   * Delivers at a fixed pace. A request is sent when it is due, whether earlier ones were answered
   * or not; its time counts from when it was due.
   *
   * @param requestIds ERP requests, one webhook each
   * @throws IllegalStateException when one is answered otherwise than 2xx
   */
  LoadLatencies paced(List<Long> requestIds, int perSecond) {
    long[] times = new long[requestIds.size()];
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    List<HttpRequest> requests = requests(requestIds);
    long begun = System.nanoTime() + SECOND / 10;
    for (int i = 0; i < times.length; i++) {
      int number = i;
      long due = begun + number * SECOND / perSecond;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      answers.add(
          http.sendAsync(requests.get(number), HttpResponse.BodyHandlers.ofString())
              .thenAccept(
                  answer -> {
                    times[number] = System.nanoTime() - due;
                    requireTaken(answer);
                  }));
    }
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw failed(e.getCause());
    }
    return new LoadLatencies(times);
  }

  /**
   * Delivers as fast as they are taken.
   *
   * @param parallel how many wait for an answer at a time
   * @return how long all took
   */
  Duration flood(List<Long> requestIds, int parallel) {
    List<HttpRequest> requests = requests(requestIds);
    AtomicInteger next = new AtomicInteger();
    ExecutorService senders = Executors.newFixedThreadPool(parallel);
    long begun = System.nanoTime();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int sender = 0; sender < parallel; sender++) {
        all.add(
            senders.submit(
                () -> {
                  for (int i = next.getAndIncrement();
                      i < requests.size();
                      i = next.getAndIncrement()) {
                    requireTaken(http.send(requests.get(i), HttpResponse.BodyHandlers.ofString()));
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while delivering webhooks", e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } finally {
      senders.shutdownNow();
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static IllegalStateException failed(Throwable cause) {
    String why = cause instanceof IOException ? "not delivered: " + cause : cause.getMessage();
    return new IllegalStateException("a webhook was " + why, cause);
  }

  private static void requireTaken(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  private List<HttpRequest> requests(List<Long> requestIds) {
    List<HttpRequest> requests = new ArrayList<>(requestIds.size());
    for (Long id : requestIds) {
      byte[] body = event(id).toString().getBytes(StandardCharsets.UTF_8);
      requests.add(
          HttpRequest.newBuilder(destination)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .header("Authorization", authorization)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build());
    }
    return requests;
  }

  private ObjectNode event(long requestId) {
    long id = ++lastEventId;
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("id", id)
        .put("ulid", "01LOAD" + "%020d".formatted(id))
        .put("timestamp", Instant.now().toString());
    event
        .putObject("metadata")
        .put("source_user_id", companyId)
        .putNull("source_project_id")
        .put("source_operation_id", "op-" + id)
        .put("source_company_id", companyId)
        .putNull("source_application_id");
    event.put("user_id", companyId).put("company_id", companyId).putNull("project_id");
    return event
        .put("api_version", "v2")
        .put("event_type", "create")
        .put("resource_name", "ERP Requests")
        .put("resource_id", requestId);
  }
}
