package io.tieback.erp;

import static org.awaitility.Awaitility.await;

import io.tieback.wire.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A sink that remembers what it was told, as the journal would: a document that is known stays
 * known.
 */
public final class Outcomes implements OutcomeSink {

  private final List<UUID> sent = new ArrayList<>();
  private final Map<String, WrittenDocument> known = new LinkedHashMap<>();
  private final Map<String, List<String>> refused = new LinkedHashMap<>();
  private final List<Failure> notWritten = new ArrayList<>();
  private final List<Failure> undetermined = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();
  private final Map<String, Failure> doubtful = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();
  private boolean takenOver;
  private Duration leavesWithin = Duration.ofSeconds(20);
  private Duration standsStill = Duration.ZERO;

  @Override
  public synchronized boolean sending(UUID batch) {
    if (!standsStill.isZero()) {
      await().pollDelay(standsStill).until(() -> true);
    }
    if (!takenOver) {
      sent.add(batch);
      order.add("sending");
    }
    return !takenOver;
  }

  @Override
  public Duration leavesWithin() {
    return leavesWithin;
  }

  @Override
  public synchronized void known(UUID batch, WrittenDocument document) {
    order.add("known");
    known.put(document.marker(), document);
  }

  @Override
  public synchronized void refused(UUID batch, String marker, List<String> messages) {
    order.add("refused");
    refused.put(marker, List.copyOf(messages));
  }

  @Override
  public synchronized void notWritten(UUID batch, Failure failure) {
    order.add("notWritten");
    notWritten.add(failure);
  }

  @Override
  public synchronized void undetermined(UUID batch, Failure failure) {
    order.add("undetermined");
    undetermined.add(failure);
  }

  @Override
  public synchronized void absent(UUID batch, String marker) {
    order.add("absent");
    absent.add(marker);
  }

  @Override
  public synchronized void doubtful(UUID batch, String marker, Failure why) {
    order.add("doubtful");
    doubtful.put(marker, why);
  }

  /** Another node has the batch now: it may not be sent. */
  public synchronized Outcomes takenOver() {
    takenOver = true;
    return this;
  }

  /** Bytes have to leave within this, and the process stands still for that before they do. */
  public synchronized Outcomes standingStill(Duration allowed, Duration still) {
    leavesWithin = allowed;
    standsStill = still;
    return this;
  }

  public synchronized List<UUID> sent() {
    return List.copyOf(sent);
  }

  public synchronized Map<String, WrittenDocument> known() {
    return new LinkedHashMap<>(known);
  }

  public synchronized Map<String, List<String>> refused() {
    return new LinkedHashMap<>(refused);
  }

  public synchronized List<Failure> notWritten() {
    return List.copyOf(notWritten);
  }

  public synchronized List<Failure> undetermined() {
    return List.copyOf(undetermined);
  }

  public synchronized List<String> absent() {
    return List.copyOf(absent);
  }

  public synchronized Map<String, Failure> doubtful() {
    return new LinkedHashMap<>(doubtful);
  }

  /** Names of what was called, in order. */
  public synchronized List<String> order() {
    return List.copyOf(order);
  }
}
