package io.tieback.sandbox.kit;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One stand-in on its own port. Settings of the kit itself: {@code recordBodies} (default true),
 * {@code recordLimit} (requests kept in the list, default 20000) and {@code latencyMillis} (time
 * before each request is processed, default 0).
 */
public final class StandInServer implements AutoCloseable {
  private static final int START_SECONDS = 15;

  private final Vertx vertx;
  private final String deployment;
  private final Room room;

  private StandInServer(Vertx vertx, String deployment, Room room) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.room = room;
  }

  /**
   * Starts a stand-in and returns when it listens.
   *
   * @param port 0 for any free port
   * @throws IllegalStateException when it cannot listen there
   */
  public static StandInServer start(
      Vertx vertx, String host, int port, Function<Surroundings, StandIn> maker) {
    Room room = new Room(host, port, maker);
    String deployment = await(vertx.deployVerticle(room, new DeploymentOptions().setInstances(1)));
    return new StandInServer(vertx, deployment, room);
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a stand-in was started or stopped", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "a stand-in could not be started or stopped: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "a stand-in did not start or stop within " + START_SECONDS + " s", e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return room.server.actualPort();
  }

  /** Base address without trailing slash. */
  public String url() {
    return "http://" + room.host + ":" + port();
  }

  /** Stops listening and closes its connections. */
  @Override
  public void close() {
    await(vertx.undeploy(deployment));
  }

  static void write(HttpServerResponse response, Answer answer) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(answer.body()));
  }

  /** The verticle: everything in it happens on one event loop. */
  private static final class Room extends AbstractVerticle {
    private static final int MAX_REQUEST_LINE = 16_384;

    private final String host;
    private final int port;
    private final Function<Surroundings, StandIn> maker;
    private volatile HttpServer server;

    Room(String host, int port, Function<Surroundings, StandIn> maker) {
      this.host = host;
      this.port = port;
      this.maker = maker;
    }

    @Override
    public void start(Promise<Void> started) {
      SandboxClock clock = new SandboxClock();
      StandIn standIn = maker.apply(new Surroundings(vertx, clock));
      Switches switches =
          new Switches()
              .flag("recordBodies", true, "keep the bodies of requests in the list")
              .number("recordLimit", 20_000, "requests kept in the list; counts are never lost")
              .number("latencyMillis", 0, "time before each request is processed");
      RequestLog requests = new RequestLog();
      Faults faults = new Faults(standIn.vendorEffects());
      Router router = Router.router(vertx);
      new Control(standIn, clock, requests, faults, switches).routes(router);
      Pipeline pipeline = new Pipeline(vertx, standIn, clock, requests, faults, switches);
      router.route().handler(pipeline::arrive);
      standIn.routes(router);
      router.route().last().handler(Call.handler(standIn::notFound));
      router.route().failureHandler(StandInServer::failed);
      server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost(host)
                      .setPort(port)
                      .setMaxInitialLineLength(MAX_REQUEST_LINE))
              .requestHandler(router);
      server.listen().<Void>mapEmpty().onComplete(started);
    }
  }

  /** A failure in the routing itself, outside any operation. */
  private static void failed(io.vertx.ext.web.RoutingContext context) {
    Call call = Call.of(context);
    Throwable cause =
        context.failure() == null ? new IllegalStateException("routing failed") : context.failure();
    if (call == null) {
      write(
          context.response(),
          Answer.text(500, "text/plain", "Defect of the sandbox: " + cause)
              .with("X-Sandbox-Defect", "true"));
    } else {
      call.answered(call.defect(cause));
    }
  }
}
