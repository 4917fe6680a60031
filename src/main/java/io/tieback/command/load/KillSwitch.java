package io.tieback.command.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Where a stand-in calls when a chosen request has reached a chosen point, and waits. The JDK's
 * server does: one path, few callers.
 */
final class KillSwitch implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService callers =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "kill-switch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Armed<?> armed;
  private int made;

  KillSwitch() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new IllegalStateException("no port for the kill switch: " + e.getMessage(), e);
    }
    server.setExecutor(callers);
    server.createContext("/meet/", this::met);
    server.start();
  }

  /**
   * A point that is waited for.
   *
   * @param <T> what the action gives
   */
  static final class Armed<T> {
    private final String url;
    private final Supplier<T> action;
    private final int holdMillis;
    private final CompletableFuture<T> met = new CompletableFuture<>();
    private volatile boolean begun;

    private Armed(String url, Supplier<T> action, int holdMillis) {
      this.url = url;
      this.action = action;
      this.holdMillis = holdMillis;
    }

    /** Address that a fault's {@code meet} effect names. */
    String url() {
      return url;
    }

    /** Whether the point was reached; the action may still run. */
    boolean begun() {
      return begun;
    }

    /** Done when the action has run at the point. */
    CompletableFuture<T> met() {
      return met;
    }

    private void run() {
      begun = true;
      try {
        met.complete(action.get());
      } catch (RuntimeException e) {
        met.completeExceptionally(e);
      }
    }
  }

  /**
   * Waits for a point from now on; whatever was waited for before is over.
   *
   * @param action what happens at the point, while the stand-in waits
   * @param holdMillis how long after the meeting the stand-in may go on at the earliest
   */
  <T> Armed<T> arm(Supplier<T> action, int holdMillis) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/meet/" + ++made;
    Armed<T> next = new Armed<>(url, action, holdMillis);
    armed = next;
    return next;
  }

  private void met(HttpExchange exchange) throws IOException {
    long arrived = System.nanoTime();
    exchange.getRequestBody().readAllBytes();
    Armed<?> waiting = armed;
    if (waiting != null
        && waiting.url.endsWith(exchange.getRequestURI().getPath())
        && !waiting.begun) {
      waiting.run();
      long left = TimeUnit.MILLISECONDS.toNanos(waiting.holdMillis) - (System.nanoTime() - arrived);
      if (left > 0) {
        LockSupport.parkNanos(left);
      }
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    callers.shutdownNow();
  }
}
