package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.load.BenchCalls.Purpose;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.GeneratedContractor;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the way out of many invoices, one an event: stand-ins, database and connector in
 * processes of their own. First webhooks at a fixed pace, then the rest as fast as they are taken,
 * each until the last invoice is acknowledged.
 */
public final class Bench {

  private static final ConnectionId CONNECTION = new ConnectionId("main");
  private static final long COMPANY = 8080;
  private static final String REDIRECT = "http://localhost:8400/callback";
  private static final long FIGURES = 20_260_101;
  private static final int WEBHOOKS_A_SECOND = 200;
  private static final int PACED_AT_MOST = 2000;
  private static final int PARALLEL = 8;
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  /** What a JVM exits with after SIGTERM. */
  private static final int TOLD_TO_END = 143;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * What to do.
   *
   * @param invoices how many
   * @param folder work folder; a run makes a folder of its own in it, and deletes that when
   *     everything arrived
   * @param programs where the database's programs are unpacked, once for all runs
   * @param detailIdPlacement where events carry the request detail id, a word of the Procore
   *     stand-in's switch
   */
  public record Options(
      LoadErp erp, int invoices, Path folder, Path programs, String detailIdPlacement) {}

  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private final Options options;
  private final PrintWriter out;
  private final Path folder;
  private final List<BenchFigure> figures = new ArrayList<>();
  private LoadSandbox sandbox;
  private Deployment deployment;
  private LoadConnector connector;
  private OptionalLong liveHeap = OptionalLong.empty();

  private Bench(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.folder = RunFolder.make(options.folder());
  }

  /** Runs it. Everything that was started has ended when it returns. */
  public static BenchReport run(Options options, PrintWriter out) {
    Bench bench = new Bench(options, out);
    Thread whenTold = new Thread(bench::closeAll, "end-of-bench");
    Runtime.getRuntime().addShutdownHook(whenTold);
    BenchReport report = bench.run();
    Runtime.getRuntime().removeShutdownHook(whenTold);
    if (report.complete()) {
      RunFolder.delete(bench.folder);
    }
    return report;
  }

  private BenchReport run() {
    String load = loadAverage();
    say("load average before the start: " + load);
    say("work folder: " + folder);
    BenchHeap heap = new BenchHeap(folder.resolve("collections.txt"));
    try {
      sandbox = LoadSandbox.start(options.erp(), folder.resolve("sandbox.log"));
      sandbox.prepare(options.detailIdPlacement());
      ContractorSeed seed =
          GeneratedContractor.seed(
              options.erp().maker(), CONNECTION, COMPANY, REDIRECT, options.invoices(), FIGURES);
      LoadSeed planting = new LoadSeed(sandbox.procore(), sandbox.erp());
      planting.plant(seed);
      List<Long> requests = planting.accept(seed.requisitionIds());
      say(options.invoices() + " invoices accepted in Procore, none delivered yet");
      int port = LoadPorts.free();
      int management = LoadPorts.free();
      Path configuration = folder.resolve("config");
      new LoadConfiguration(database(), options.programs(), port, management)
          .connection(options.erp(), seed, REDIRECT, sandbox.procoreUrl(), sandbox.erpUrl())
          .write(configuration);
      deployment = Deployment.open(configuration);
      LoadSignIn.signIn(deployment, CONNECTION);
      connector =
          new LoadConnector(
              configuration, heap.javaOptions(), folder.resolve("connector.log"), port, management);
      Duration ready = connector.start();
      say("connector ready after " + BenchFigure.seconds(ready) + " s");
      List<String> stuck = deliver(requests, heap);
      heapFigures(heap);
      BenchBooks books =
          BenchBooks.compare(sandbox.procore(), sandbox.erp(), seed, seed.requisitionIds());
      JsonNode procore = sandbox.procore().get("requests/summary");
      BenchCalls calls =
          new BenchCalls(
              options.erp(),
              options.invoices(),
              books.rows(),
              procore,
              sandbox.erp().get("requests/summary"));
      callFigures(calls);
      restart(ready);
      return new BenchReport(options.invoices(), load, List.copyOf(figures), calls, books, stuck);
    } finally {
      closeAll();
    }
  }

  private Path database() {
    return folder.resolve("database");
  }

  /** Both phases. Gives what did not finish. */
  private List<String> deliver(List<Long> requests, BenchHeap heap) {
    int paced = Math.min(PACED_AT_MOST, Math.max(1, requests.size() / 2));
    LoadWebhooks webhooks =
        new LoadWebhooks(
            connector.webhooks(CONNECTION.value()), LoadConfiguration.AUTHORIZATION, COMPANY);
    webhooks.warmUp(java.net.URI.create(connector.management() + "/observe/health"));
    BenchCpu begun = BenchCpu.now(connector, sandbox, database());

    LoadLatencies latencies = webhooks.paced(requests.subList(0, paced), WEBHOOKS_A_SECOND);
    List<String> stuck = awaitAcknowledged(paced);
    BenchCpu between = BenchCpu.now(connector, sandbox, database());
    figures.add(
        BenchFigure.of(
            "webhooks at a fixed pace", new BigDecimal(paced), "at " + WEBHOOKS_A_SECOND + "/s"));
    figures.add(BenchFigure.of("webhook p50", BenchFigure.millis(latencies.percentile(50)), "ms"));
    figures.add(
        BenchFigure.atMost(
            "webhook p99", BenchFigure.millis(latencies.percentile(99)), "ms", "200"));
    figures.add(BenchFigure.of("webhook max", BenchFigure.millis(latencies.max()), "ms"));
    rate("paced phase", paced, begun, between, false);
    if (!stuck.isEmpty()) {
      return stuck;
    }
    liveHeap = heap.live(connector.pid());

    int rest = requests.size() - paced;
    if (rest > 0) {
      BenchCpu flooding = BenchCpu.now(connector, sandbox, database());
      Duration taken = webhooks.flood(requests.subList(paced, requests.size()), PARALLEL);
      stuck = awaitAcknowledged(requests.size());
      BenchCpu done = BenchCpu.now(connector, sandbox, database());
      figures.add(
          BenchFigure.of("webhooks taken at full speed", BenchFigure.perSecond(rest, taken), "/s"));
      rate("full speed", rest, flooding, done, true);
      figures.add(
          BenchFigure.of(
              "webhook to acknowledged, whole",
              BenchFigure.perSecond(
                  requests.size(), between.since(begun).plus(done.since(flooding))),
              "invoices/s"));
    }
    return stuck;
  }

  private void rate(String phase, int invoices, BenchCpu from, BenchCpu to, boolean target) {
    Duration time = to.since(from);
    BigDecimal rate = BenchFigure.perSecond(invoices, time);
    String name = "webhook to acknowledged, " + phase;
    figures.add(
        target
            ? BenchFigure.atLeast(name, rate, "invoices/s", "200")
            : BenchFigure.of(name, rate, "invoices/s"));
    figures.addAll(to.figures(phase, invoices, from));
    say(phase + ": " + invoices + " invoices in " + BenchFigure.seconds(time) + " s");
  }

  private void heapFigures(BenchHeap heap) {
    BenchHeap.peak(connector.management())
        .ifPresent(
            peak ->
                figures.add(
                    BenchFigure.atMost(
                        "connector heap, highest use", BenchFigure.mebibytes(peak), "MiB", "256")));
    OptionalLong live = heap.live(connector.pid());
    if (live.isPresent() && liveHeap.isPresent()) {
      figures.add(
          BenchFigure.of(
              "heap after a collection, paced phase",
              BenchFigure.mebibytes(liveHeap.getAsLong()),
              "MiB"));
      figures.add(
          BenchFigure.of(
              "heap after a collection, all invoices",
              BenchFigure.mebibytes(live.getAsLong()),
              "MiB"));
      long growth = live.getAsLong() - liveHeap.getAsLong();
      figures.add(
          BenchFigure.atMost(
              "growth of the heap between them", BenchFigure.mebibytes(growth), "MiB", "8"));
    }
  }

  private void callFigures(BenchCalls calls) {
    figures.add(BenchFigure.of("API calls per invoice", calls.perInvoice(), "calls"));
    figures.add(BenchFigure.of("requisition reads per invoice", calls.requisitionReads(), "calls"));
    figures.add(
        BenchFigure.of(
            "invoices in a write",
            BenchFigure.quotient(
                new BigDecimal(options.invoices()), BigDecimal.valueOf(calls.of(Purpose.WRITE)), 1),
            ""));
    figures.add(BenchFigure.atMost("API calls by the fewest", calls.ratio(), "x", "1.1"));
    figures.add(BenchFigure.of("with tokens, set-up, way back", calls.ratioOfAll(), "x"));
  }

  /**
   * Stops and starts the connector on the database that is full now; nobody else holds the server
   * open, so it starts that too.
   */
  private void restart(Duration first) {
    int code = connector.stop();
    if (code != TOLD_TO_END) {
      say("the connector ended with " + code + " when it was asked to end");
    }
    deployment.close();
    deployment = null;
    Duration again = connector.start();
    figures.add(
        BenchFigure.of("ready, database running, first start", BenchFigure.seconds(first), "s"));
    figures.add(
        BenchFigure.atMost("ready on the existing database", BenchFigure.seconds(again), "s", "6"));
  }

  /** Waits until so many are acknowledged. Gives what is not, when nothing moves any more. */
  private List<String> awaitAcknowledged(int wanted) {
    long moved = System.nanoTime();
    Map<ItemState, Long> counts = Map.of();
    while (System.nanoTime() - moved < STANDSTILL.toNanos() && connector.alive()) {
      Map<ItemState, Long> now = deployment.ledger().workItems().countByState(CONNECTION);
      if (now.getOrDefault(ItemState.ACKNOWLEDGED, 0L) >= wanted) {
        return List.of();
      }
      if (!now.equals(counts)) {
        counts = now;
        moved = System.nanoTime();
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    List<String> stuck = new ArrayList<>();
    counts.forEach((state, count) -> stuck.add(count + " " + state));
    stuck.add(
        wanted
            + " webhooks delivered; "
            + (connector.alive()
                ? "nothing moved for " + STANDSTILL.toSeconds() + " s"
                : "the connector ended by itself"));
    return stuck;
  }

  private void closeAll() {
    try (LoadSandbox first = sandbox;
        Deployment second = deployment;
        LoadConnector third = connector) {
      LOG.debug("ending {}, {} and {}", third, second, first);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static String loadAverage() {
    try {
      String[] words = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
      return words[0] + " " + words[1] + " " + words[2];
    } catch (IOException e) {
      return "not known";
    }
  }
}
