package io.tieback.command.wiring;

import io.tieback.flow.Acknowledgement;
import io.tieback.flow.BillPayments;
import io.tieback.flow.CostItemPreparation;
import io.tieback.flow.CostSchedule;
import io.tieback.flow.Delivery;
import io.tieback.flow.ErpRequestReader;
import io.tieback.flow.FailureDesk;
import io.tieback.flow.GatherBodies;
import io.tieback.flow.Housekeeping;
import io.tieback.flow.InvoiceNumbers;
import io.tieback.flow.LostWebhooks;
import io.tieback.flow.OutwardFlows;
import io.tieback.flow.PaymentSchedule;
import io.tieback.flow.ProjectPreparation;
import io.tieback.flow.RecordStore;
import io.tieback.flow.SharedRoutes;
import io.tieback.flow.StandardCodePreparation;
import io.tieback.flow.WebhookReceiver;
import io.tieback.ledger.Claims;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.NodeHold;
import io.tieback.platform.CamelApplication;
import io.tieback.platform.RouteLibrary;
import io.tieback.platform.RouteProblem;
import io.tieback.platform.keys.WorkKeys;
import io.tieback.procore.WebhookDoor;
import io.tieback.wire.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.RoutesBuilder;
import org.apache.logging.log4j.LogManager;

/**
 * The running connector: a {@link Deployment} with its beans and routes in Camel. {@code demo} and
 * {@code run} start the same one.
 */
public final class Connector implements AutoCloseable {

  private static final int READERS = 8;
  private static final int DELIVERERS = 6;

  /**
   * How long a start waits for the node's name: the database may take a moment to notice that the
   * process that had it was killed.
   */
  private static final Duration NAME_PATIENCE = Duration.ofSeconds(10);

  private final Deployment deployment;
  private final CamelApplication application;

  private Connector(Deployment deployment, CamelApplication application) {
    this.deployment = deployment;
    this.application = application;
  }

  /**
   * Starts it; returns when it runs. It closes the deployment when it stops.
   *
   * @throws RuntimeException with a clear message when something cannot start; everything is closed
   *     again then
   */
  public static Connector start(Deployment deployment) {
    return start(deployment, false);
  }

  /**
   * As {@link #start(Deployment)}; from now on it also ends cleanly when the process is told to
   * (Ctrl-C, SIGTERM), even while it is still starting.
   */
  public static Connector startUntilSignal(Deployment deployment) {
    return start(deployment, true);
  }

  private static Connector start(Deployment deployment, boolean untilSignal) {
    Ledger ledger = deployment.ledger();
    NodeHold name = nameOf(deployment);
    // Ends from a thread of its own: whoever finds out is a route, which stopping waits for.
    AtomicReference<CamelApplication> running = new AtomicReference<>();
    Runnable end = () -> new Thread(() -> running.get().stop(), "tieback-end").start();
    ExecutorService readers = pool("tieback-reader", READERS);
    ExecutorService deliverers = pool("tieback-deliverer", DELIVERERS);
    CamelApplication application =
        CamelApplication.of(deployment.settings())
            .beans(beans(deployment, name, end, readers, deliverers))
            .javaRoutes(Connector::javaRoutes)
            .library(RouteLibrary.of(deployment.settings()))
            .schedulesIn(deployment.database().dataSource())
            .closing(deployment)
            .closing(name)
            .closing(() -> ledger.nodes().stopped())
            .closing(() -> end(readers))
            .closing(() -> end(deliverers));
    running.set(application);
    if (untilSignal) {
      application.stopOnSignal(LogManager::shutdown);
      deployment.closedByOwner();
    }
    ledger.nodes().started();
    application.start();
    return new Connector(deployment, application);
  }

  private static NodeHold nameOf(Deployment deployment) {
    try {
      return deployment
          .ledger()
          .nodes()
          .hold(deployment.database().singleConnections(), NAME_PATIENCE);
    } catch (RuntimeException e) {
      deployment.close();
      throw e;
    }
  }

  /**
   * Everything that is wrong with the route files as they are now, found by trying them out with
   * what the routes name; nothing runs.
   */
  public static List<RouteProblem> routeProblems(Deployment deployment) {
    ExecutorService readers = pool("tieback-reader", 1);
    ExecutorService deliverers = pool("tieback-deliverer", 1);
    try {
      return CamelApplication.check(
          deployment.settings(),
          RouteLibrary.of(deployment.settings()),
          beans(deployment, null, () -> {}, readers, deliverers),
          Connector::javaRoutes);
    } finally {
      readers.shutdownNow();
      deliverers.shutdownNow();
    }
  }

  private static List<RoutesBuilder> javaRoutes() {
    return List.of(SharedRoutes.policies(), SharedRoutes.routes());
  }

  private static Map<String, Object> beans(
      Deployment deployment,
      NodeHold name,
      Runnable end,
      ExecutorService readers,
      ExecutorService deliverers) {
    Ledger ledger = deployment.ledger();
    var rooms = deployment.rooms();
    var watch = deployment.watch();
    OutwardFlows flows = deployment.outwardFlows();
    BillPayments payments = deployment.billPayments();
    FailureDesk desk =
        new FailureDesk(ledger, rooms, watch, deployment.notifier(), deployment.clock());
    Map<String, Object> beans = new LinkedHashMap<>();
    beans.put("json", Json.mapper());
    beans.put("ledgerDataSource", deployment.database().dataSource());
    beans.put(Claims.BEAN, ledger.claims());
    beans.put("tiebackReaders", readers);
    beans.put("gatherBodies", new GatherBodies());
    beans.put(
        "webhookReceiver",
        new WebhookReceiver(
            ledger, new WebhookDoor(rooms.all().stream().map(room -> room.procore()).toList())));
    beans.put("erpRequestReader", new ErpRequestReader(ledger, rooms, flows));
    beans.put("invoicePreparation", deployment.invoicePreparation());
    beans.put("invoiceNumbers", new InvoiceNumbers(ledger, rooms, desk));
    beans.put("commitmentPreparation", deployment.commitmentPreparation(flows));
    beans.put("changeOrderPreparation", deployment.changeOrderPreparation(flows));
    beans.put("recordStore", new RecordStore(ledger));
    beans.put("companyPreparation", deployment.companyPreparation(flows));
    beans.put(
        "costCodePreparation",
        new StandardCodePreparation(rooms, flows, deployment.tally(), deployment.itemShelf()));
    beans.put(
        "costItemPreparation",
        new CostItemPreparation(rooms, flows, deployment.tally(), ledger, deployment.itemShelf()));
    beans.put(
        "projectPreparation", new ProjectPreparation(rooms, flows, deployment.tally(), ledger));
    beans.put(
        "delivery",
        new Delivery(ledger, rooms, flows, watch, desk, deliverers, deployment.clock()));
    beans.put(
        "acknowledgement", new Acknowledgement(ledger, rooms, flows, watch, deployment.clock()));
    beans.put("attachedFiles", deployment.attachedFiles());
    beans.put("billPayments", payments);
    beans.put("paymentWriting", deployment.paymentWriting());
    beans.put("paymentSchedule", new PaymentSchedule(ledger, rooms, deployment.clock()));
    beans.put("jobCosts", deployment.jobCosts());
    beans.put("jobCostWriting", deployment.jobCostWriting());
    beans.put("costSchedule", new CostSchedule(ledger, rooms, deployment.clock()));
    beans.put("lostWebhooks", new LostWebhooks(ledger, rooms, watch, deployment.clock()));
    beans.put(
        "housekeeping",
        new Housekeeping(
            ledger,
            rooms,
            watch,
            payments,
            name,
            end,
            deployment.settings().get(WorkKeys.KEEP_PAYLOADS),
            deployment.settingsDesk()));
    beans.put("replayRuns", ledger.replayRuns());
    beans.put("tieOutDesk", deployment.tieOutDesk());
    beans.put("failureDesk", desk);
    beans.put("noticeMail", MailWiring.noticeMail(deployment.settings(), ledger));
    beans.put("notifier", deployment.notifier());
    beans.put("dailySummary", deployment.mails().daily());
    beans.put("mailSession", MailWiring.session(deployment.settings()));
    return beans;
  }

  private static ExecutorService pool(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        size,
        work -> {
          Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Camel has waited for work in flight, as long as {@code shutdown.wait} says; the rest is handed
   * back.
   */
  private static void end(ExecutorService pool) throws InterruptedException {
    pool.shutdown();
    if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
      pool.shutdownNow();
    }
  }

  /** The deployment that it runs. */
  public Deployment deployment() {
    return deployment;
  }

  /** Port on which webhooks are received. */
  public int port() {
    return application.port();
  }

  /** Port of health and metrics. */
  public int managementPort() {
    return application.managementPort();
  }

  /** Waits until it has stopped. */
  public void awaitStop() throws InterruptedException {
    application.awaitStop();
  }

  /** Waits no longer than this. Gives whether it has stopped. */
  public boolean awaitStop(Duration longest) throws InterruptedException {
    return application.awaitStop(longest);
  }

  /** Stops: exchanges in flight finish or are handed back, then everything closes. */
  @Override
  public void close() {
    application.stop();
  }
}
