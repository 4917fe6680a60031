package io.tieback.flow;

import io.tieback.ledger.ErpRequests;
import io.tieback.ledger.ErpRequests.Received;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores webhooks durably. Those that arrive while one is being committed go together in the next
 * statement, so that a burst costs a few commits and not one each: Procore gives a receiver five
 * seconds, and the database's disk is what everybody waits for. Written by hand because the
 * libraries that collect calls (aggregators, batch consumers) answer before the commit or wait for
 * a time-out; here nobody waits longer than for the commit before its own.
 */
final class WebhookInbox {

  private final ErpRequests requests;
  private List<Entry> waiting = new ArrayList<>();
  private boolean storing;

  WebhookInbox(ErpRequests requests) {
    this.requests = requests;
  }

  private static final class Entry {
    private final Received received;
    private boolean over;
    private RuntimeException failure;

    Entry(Received received) {
      this.received = received;
    }
  }

  /**
   * Stores that a request exists. Durable when it returns; a request that is known already stays as
   * it is (GEN-API-09).
   *
   * @throws RuntimeException when it could not be stored; what went in the same statement failed
   *     with it, and Procore delivers all of them again
   */
  void store(Received received) {
    Entry mine = new Entry(received);
    List<Entry> together = turn(mine);
    if (!together.isEmpty()) {
      storeAll(together);
    }
    if (mine.failure != null) {
      throw new IllegalStateException("the webhook could not be stored", mine.failure);
    }
  }

  /** Waits for its turn. Gives what this caller has to store, nothing if somebody else did. */
  private synchronized List<Entry> turn(Entry mine) {
    waiting.add(mine);
    boolean interrupted = false;
    while (storing && !mine.over) {
      try {
        wait();
      } catch (InterruptedException e) {
        // The row may be in a statement that runs: only its outcome may be answered.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (mine.over) {
      return List.of();
    }
    storing = true;
    List<Entry> together = waiting;
    waiting = new ArrayList<>();
    return together;
  }

  private void storeAll(List<Entry> together) {
    RuntimeException failure = new IllegalStateException("storing was cut off");
    try {
      requests.receive(together.stream().map(entry -> entry.received).toList());
      failure = null;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      over(together, failure);
    }
  }

  private synchronized void over(List<Entry> together, RuntimeException failure) {
    for (Entry entry : together) {
      entry.failure = failure;
      entry.over = true;
    }
    storing = false;
    notifyAll();
  }
}
