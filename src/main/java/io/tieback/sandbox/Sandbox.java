package io.tieback.sandbox;

import io.tieback.sandbox.kit.StandInServer;
import io.tieback.sandbox.procore.ProcoreStandIn;
import io.tieback.sandbox.quickbooksonline.QuickBooksOnlineStandIn;
import io.tieback.sandbox.xero.XeroStandIn;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/**
 * The vendors' stand-ins over real HTTP, each on its own port, all state in memory. Empty after
 * start; seeded over {@code POST /_sandbox/seed}.
 */
public final class Sandbox implements AutoCloseable {
  private static final int CLOSE_SECONDS = 15;

  private final Vertx vertx;
  private final StandInServer procore;
  private final StandInServer xero;
  private final StandInServer quickBooksOnline;

  private Sandbox(
      Vertx vertx, StandInServer procore, StandInServer xero, StandInServer quickBooksOnline) {
    this.vertx = vertx;
    this.procore = procore;
    this.xero = xero;
    this.quickBooksOnline = quickBooksOnline;
  }

  /**
   * Starts all and returns when all listen.
   *
   * @throws IllegalStateException when a port is taken; nothing is left running then
   */
  public static Sandbox start(SandboxOptions options) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    try {
      StandInServer procore =
          StandInServer.start(vertx, options.host(), options.procorePort(), ProcoreStandIn::new);
      StandInServer xero =
          StandInServer.start(vertx, options.host(), options.xeroPort(), XeroStandIn::new);
      StandInServer quickBooksOnline =
          StandInServer.start(
              vertx, options.host(), options.quickBooksOnlinePort(), QuickBooksOnlineStandIn::new);
      return new Sandbox(vertx, procore, xero, quickBooksOnline);
    } catch (RuntimeException e) {
      close(vertx);
      throw e;
    }
  }

  /** Address of the Procore stand-in, without trailing slash. */
  public String procoreUrl() {
    return procore.url();
  }

  /**
   * Address of the Xero stand-in, without trailing slash; stands for login.xero.com,
   * identity.xero.com and api.xero.com.
   */
  public String xeroUrl() {
    return xero.url();
  }

  /**
   * Address of the QuickBooks Online stand-in, without trailing slash; stands for
   * appcenter.intuit.com, oauth.platform.intuit.com, developer.api.intuit.com and
   * quickbooks.api.intuit.com.
   */
  public String quickBooksOnlineUrl() {
    return quickBooksOnline.url();
  }

  @Override
  public void close() {
    close(vertx);
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the sandbox did not stop", e);
    }
  }
}
