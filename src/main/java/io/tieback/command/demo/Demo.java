package io.tieback.command.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ConnectorConfig;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.ErpBooks;
import io.tieback.command.seed.PierContractor;
import io.tieback.command.seed.SandboxControl;
import io.tieback.command.seed.SeededErp;
import io.tieback.command.seed.SmallContractor;
import io.tieback.command.wiring.Connector;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.WorkItem;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole round trip on this machine alone: stand-ins, embedded PostgreSQL, the connector over
 * real HTTP, a bookkeeper who pays.
 */
public final class Demo implements AutoCloseable {

  private static final ConnectionId CONNECTION = new ConnectionId("harbour");
  private static final long COMPANY = 5001;
  private static final ConnectionId PIER = new ConnectionId("pier");
  private static final long PIER_COMPANY = 5002;
  private static final String PAID_ON = "2026-11-20";
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final PrintWriter out;
  private final Sandbox sandbox;
  private final SandboxControl procore;
  private final SandboxControl harbourBooks;
  private final SandboxControl pierBooks;
  private final ContractorSeed seed;
  private final PierContractor pier;
  private final Path configuration;
  private final ConsolePeople people = new ConsolePeople();
  private Connector connector;
  private PierStory story;
  private Progress progress;

  /**
   * Which accounting system keeps whose books.
   *
   * @param harbour of Harbour Builders
   * @param pier of Pier Constructors
   */
  public record Books(SeededErp.Maker harbour, SeededErp.Maker pier) {}

  /** How a stand-in's tokens are fetched: as {@code connect xero} does. */
  public interface SignIn {
    /** Signs in. */
    void to(Deployment deployment, ConnectionId connection) throws Exception;
  }

  /**
   * Starts everything and seeds the small contractor.
   *
   * @param work folder for configuration and, unless {@code data} says otherwise, the database
   * @param data folder of the database
   * @param home folder with {@code routes}
   */
  public static Demo start(
      Path work,
      Path data,
      Path home,
      SandboxOptions standIns,
      Books erps,
      PrintWriter out,
      SignIn signIn)
      throws Exception {
    Sandbox sandbox = Sandbox.start(standIns);
    Demo demo = null;
    try {
      demo = new Demo(sandbox, work, data, home, erps, out);
      demo.connect(signIn);
      return demo;
    } catch (Exception e) {
      if (demo == null) {
        sandbox.close();
      } else {
        demo.close();
      }
      throw e;
    }
  }

  private Demo(Sandbox sandbox, Path work, Path data, Path home, Books erps, PrintWriter out)
      throws IOException {
    this.out = out;
    this.sandbox = sandbox;
    this.procore = new SandboxControl(sandbox.procoreUrl());
    int webhooks = freePort();
    String redirect = "http://localhost:" + freePort() + "/callback";
    this.seed = SmallContractor.seed(erps.harbour(), CONNECTION, COMPANY, redirect);
    this.pier = new PierContractor(erps.pier(), PIER, PIER_COMPANY, redirect);
    this.harbourBooks = control(seed);
    this.pierBooks = control(pier.seed());
    ConnectorConfig config =
        new ConnectorConfig()
            .with("database.mode", "embedded")
            .with("database.folder", data.toAbsolutePath().toString())
            .with("routes.folder", home.resolve("routes").toAbsolutePath().toString())
            .with(CONNECTION, "procore.spike-calls", "100")
            .with("server.port", Integer.toString(webhooks))
            .with("management.port", Integer.toString(freePort()))
            .with("commands.connection", CONNECTION.value())
            .with("console.url", "http://127.0.0.1:" + webhooks)
            .connection(seed, sandbox.procoreUrl(), url(seed), webhooks, redirect)
            .connection(pier.seed(), sandbox.procoreUrl(), url(pier.seed()), webhooks, redirect)
            .with(PIER, "procore.spike-calls", "100")
            .with(PIER, "door", "tieback")
            .with(PIER, "door.poll", "PT30S")
            .with(PIER, "invoice.due-date", "billing_date+30")
            .with(PIER, "work-breakdown.existing-items", "use")
            .with(PIER, "approval.second-approver-above", "50000.00")
            .quick(List.of(CONNECTION, PIER));
    this.configuration = config.write(work.resolve("config"));
  }

  private String url(ContractorSeed of) {
    return of.erp().standIn(sandbox);
  }

  private SandboxControl control(ContractorSeed of) {
    return new SandboxControl(url(of));
  }

  private void connect(SignIn signIn) throws Exception {
    out.println(
        "Stand-ins:      Procore "
            + sandbox.procoreUrl()
            + "   "
            + seed.erp().displayName()
            + " "
            + url(seed));
    out.println(
        "Configuration:  " + configuration + " (other commands: --config " + configuration + ")");
    harbourBooks.post("seed", seed.erp().seed());
    procore.post("seed", seed.procore());
    pierBooks.post("seed", pier.seed().erp().seed());
    procore.post("seed", pier.seed().procore());
    pier.deeds().forEach(deed -> procore.post("people/create", deed));
    Deployment deployment = Deployment.openNode(configuration);
    try {
      people.addTo(deployment.ledger());
      signIn.to(deployment, CONNECTION);
      signIn.to(deployment, PIER);
      connector = Connector.startUntilSignal(deployment);
    } catch (Exception e) {
      deployment.close();
      throw e;
    }
    out.println(
        "Connector:      webhooks on port "
            + connector.port()
            + ", health http://127.0.0.1:"
            + connector.managementPort()
            + "/observe/health");
    people.tell(console(), out);
    out.println();
    out.flush();
    story = new PierStory(connector.deployment(), pier, pierBooks, out);
  }

  /** The first page of the console. */
  public URI console() {
    return URI.create("http://127.0.0.1:" + connector.port() + "/console/");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * What people do in the console's queue, at the same time as the round trip of {@link #play}.
   * Gives whether all of it came about; waits for it no longer than the round trip may take.
   */
  public Future<Boolean> decide() {
    FutureTask<Boolean> deciding = new FutureTask<>(() -> story.play(PATIENCE));
    Thread thread = new Thread(deciding, "tieback-demo-pier");
    thread.setDaemon(true);
    thread.start();
    return deciding;
  }

  /** The round trip. Gives the report, whatever came of it. */
  public DemoReport play() {
    Ledger ledger = connector.deployment().ledger();
    progress = new Progress(ledger, CONNECTION, out);
    int invoices = seed.requisitionIds().size();
    await(progress, () -> webhookIsSet() && ledger.payments().switchedOnAt(CONNECTION).isPresent());
    out.println(
        "The project sends "
            + invoices
            + " invoices, the accounting approver accepts them; two of them in one event.");
    accept();
    boolean out1 =
        await(
            progress,
            () ->
                ledger.workItems().countByState(CONNECTION).getOrDefault(ItemState.ACKNOWLEDGED, 0L)
                    == invoices);
    if (out1) {
      out.println();
      out.println(
          "The bookkeeper pays in "
              + seed.erp().displayName()
              + ": one bill in full, one in two parts, two bills with one"
              + " batch payment.");
      int payments = pay();
      ledger.connections().requestPaymentSync(CONNECTION);
      await(progress, () -> known(ledger) == payments);
    }
    progress.look();
    Map<String, Long> calls = connector.deployment().tally().byName(CONNECTION);
    return new DemoReport(
        ledger,
        CONNECTION,
        procore.get("books?companyId=" + COMPANY),
        seed.erp(),
        seed.erp().books(harbourBooks),
        calls,
        invoices);
  }

  /**
   * One more invoice is accepted, without a due date: it is refused, Procore is told so, and a dead
   * letter waits to be mended.
   */
  public void mishap() {
    Ledger ledger = connector.deployment().ledger();
    long invoice = SmallContractor.addWithoutDueDate(seed);
    ObjectNode more = Json.object();
    more.putArray("requisitions")
        .add(seed.procore().withArray("requisitions").get(seed.requisitionIds().size() - 1));
    procore.post("seed", more);
    out.println();
    out.println("One more invoice is accepted. Its due date is missing.");
    procore.post("send", ids(List.of(invoice)));
    procore.post("accept", ids(List.of(invoice)).put("oneEvent", false));
    await(
        progress,
        () ->
            ledger
                .workItems()
                .find(CONNECTION, WorkItem.REQUISITION, invoice)
                .filter(item -> item.state() == ItemState.FAILED)
                .isPresent());
    out.println("See './tieback dead-letters list --config " + configuration + "'.");
  }

  private boolean webhookIsSet() {
    return connector
            .deployment()
            .tally()
            .byName(CONNECTION)
            .getOrDefault("procore.list-deliveries", 0L)
        > 0;
  }

  private static long known(Ledger ledger) {
    return ledger.payments().list(CONNECTION, List.of("known"), 0, 1000).stream()
        .map(PaymentRow::id)
        .count();
  }

  private void accept() {
    List<Long> ids = seed.requisitionIds();
    procore.post("send", ids(ids));
    procore.post("accept", ids(ids.subList(0, 2)).put("oneEvent", true));
    procore.post("accept", ids(ids.subList(2, ids.size())).put("oneEvent", false));
  }

  private static ObjectNode ids(List<Long> ids) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("requisitionIds");
    ids.forEach(list::add);
    return body;
  }

  /** Gives how many payments of single bills that made. */
  private int pay() {
    List<ErpBooks.Bill> bills =
        seed.erp().books(harbourBooks).bills().stream()
            .sorted(Comparator.comparing(ErpBooks.Bill::number))
            .toList();
    ErpBooks.Bill parts = bills.get(1);
    BigDecimal first = parts.total().divide(new BigDecimal(3), 2, RoundingMode.DOWN);
    pay(false, "CHK 1041", bills.get(0));
    pay(false, "CHK 1042", new ErpBooks.Due(parts, first));
    pay(true, "Card", new ErpBooks.Due(parts, parts.total().subtract(first)));
    seed.erp()
        .pay(
            harbourBooks,
            false,
            PAID_ON,
            "ACH batch 7",
            true,
            bills.subList(2, 4).stream()
                .map(bill -> new ErpBooks.Due(bill, bill.total()))
                .toList());
    return 5;
  }

  private void pay(boolean card, String reference, ErpBooks.Bill whole) {
    pay(card, reference, new ErpBooks.Due(whole, whole.total()));
  }

  private void pay(boolean card, String reference, ErpBooks.Due due) {
    seed.erp().pay(harbourBooks, card, PAID_ON, reference, false, List.of(due));
  }

  private interface Condition {
    boolean met();
  }

  private static boolean await(Progress progress, Condition condition) {
    Instant until = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(until)) {
      progress.look();
      if (condition.met()) {
        progress.look();
        return true;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    return false;
  }

  /**
   * Goes on telling what happens until the connector has stopped, because the process was told to
   * end.
   */
  public void awaitStop() throws InterruptedException {
    while (!connector.awaitStop(LOOK)) {
      try {
        progress.look();
      } catch (RuntimeException closing) {
        // A stop closes the ledger before it says that it has ended: there is nothing more to tell.
        connector.awaitStop();
      }
    }
  }

  @Override
  public void close() {
    if (connector != null) {
      connector.close();
    }
    sandbox.close();
  }
}
