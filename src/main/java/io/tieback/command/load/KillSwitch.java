package io.tieback.command.load;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Where a stand-in calls when a chosen request has reached a chosen point, and waits. The JDK's server does: one caller, one path.
 */
final class KillSwitch implements AutoCloseable {

  private final HttpServer server;
  private volatile Runnable onMeet = () -> {};
  private final SynchronousQueue<String> met = new SynchronousQueue<>();

  KillSwitch() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new IllegalStateException("no port for the kill switch: " + e.getMessage(), e);
    }
    server.setExecutor(Executors.newSingleThreadExecutor(work -> {
      Thread thread = new Thread(work, "kill-switch");
      thread.setDaemon(true);
      return thread;
    }));
    server.createContext(
        "/meet",
        exchange -> {
          String what = new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
          onMeet.run();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
          try {
            met.offer(what, 30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  /** What happens at the point, while the stand-in waits. */
  void onMeet(Runnable action) {
    this.onMeet = action;
  }

  /** Address that a fault's {@code meet} effect names. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/meet";
  }

  /** Waits until the point was met. Gives the stand-in's words, or null when it was not met in time. */
  String awaitMet(long milliseconds) throws InterruptedException {
    return met.poll(milliseconds, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
