package io.tieback.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ConnectorConfig;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SandboxControl;
import io.tieback.command.seed.SmallContractor;
import io.tieback.command.wiring.Connector;
import io.tieback.command.wiring.ConsentAnswer;
import io.tieback.command.wiring.Deployment;
import io.tieback.command.wiring.ErpSide;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.WorkItem;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The whole house for an end-to-end test: both stand-ins, a fresh database of a real PostgreSQL,
 * the connector over real HTTP, signed in and listening. Quick times; no limits of calls unless a
 * test sets them. Tests look at it from outside: the stand-ins' books, what Procore shows, HTTP
 * answers, the mailbox.
 */
public final class Site implements AutoCloseable {

  /** The connection of {@link SmallContractor}. */
  public static final ConnectionId HARBOUR = new ConnectionId("harbour");

  /** Its Procore company. */
  public static final long COMPANY = 5001;

  /**
   * Where a browser would be sent back to; nothing listens there, the code is read from the
   * address.
   */
  public static final String REDIRECT = "http://localhost:8400/callback";

  /** How long anything may take on a busy machine before a test gives up. */
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  private final List<ContractorSeed> seeds;
  private final Sandbox sandbox;
  private final SandboxControl procore;
  private final SandboxControl xero;
  private final String database;
  private final Path configuration;
  private final int webhookPort;
  private Connector connector;

  /** What a site shall be; {@link #start} makes it. */
  public static final class Plan {
    private final Path folder;
    private final List<ContractorSeed> seeds = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> left = new ArrayList<>();
    private boolean signIn = true;

    private Plan(Path folder) {
      this.folder = folder;
    }

    /** Adds a contractor, which is a connection. Its redirect address is {@link Site#REDIRECT}. */
    public Plan with(ContractorSeed seed) {
      seeds.add(seed);
      return this;
    }

    /** Sets a setting; it wins over what a site sets by itself. */
    public Plan set(String key, String value) {
      settings.put(key, value);
      return this;
    }

    /** Sets a setting of a connection. */
    public Plan set(ConnectionId connection, String key, String value) {
      return set("connection." + connection.value() + "." + key, value);
    }

    /** Leaves a setting of a connection out altogether. */
    public Plan without(ConnectionId connection, String key) {
      left.add("connection." + connection.value() + "." + key + "=");
      return this;
    }

    /** Leaves out the signing in to Xero. */
    public Plan notSignedIn() {
      signIn = false;
      return this;
    }

    /** Starts everything; returns when the webhooks lead here and payments are switched on. */
    public Site start() {
      return new Site(this);
    }
  }

  /** A site in a folder, usually a {@code @TempDir}. */
  public static Plan in(Path folder) {
    return new Plan(folder);
  }

  /** The small contractor, as the demonstration has it. */
  public static Plan small(Path folder) {
    return in(folder).with(SmallContractor.seed(HARBOUR, COMPANY, REDIRECT));
  }

  private Site(Plan plan) {
    this.seeds = List.copyOf(plan.seeds);
    this.database = SharedPostgres.fresh();
    this.webhookPort = freePort();
    this.sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, 0, 0));
    this.procore = new SandboxControl(sandbox.procoreUrl());
    this.xero = new SandboxControl(sandbox.xeroUrl());
    ConnectorConfig config =
        new ConnectorConfig()
            .with("database.mode", "external")
            .with("database.url", database)
            .with("database.user", SharedPostgres.USER)
            .with("database.password", "not-needed-on-loopback")
            .with("routes.folder", Path.of("routes").toAbsolutePath().toString())
            .with("routes.reload-interval", "PT0.2S")
            .with("server.port", Integer.toString(webhookPort))
            .with("management.port", Integer.toString(freePort()))
            .with("poll.catch-up", "PT1S")
            .with("waiting.recheck", "PT1S");
    for (ContractorSeed seed : seeds) {
      config.connection(seed, sandbox.procoreUrl(), sandbox.xeroUrl(), webhookPort, REDIRECT);
      config
          .with(seed.connection(), "procore.spike-calls", "100000")
          .with(seed.connection(), "procore.calls-per-hour", "1000000");
      config
          .with(seed.connection(), "xero.calls-per-minute", "100000")
          .with(seed.connection(), "xero.calls-per-day", "1000000")
          .with(seed.connection(), "costs.schedule", "Never");
    }
    config.quick(seeds.stream().map(ContractorSeed::connection).toList());
    plan.settings.forEach(config::with);
    this.configuration = written(config, plan);
    try {
      withoutLimits();
      seeds.forEach(seed -> xero.post("seed", seed.erp().seed()));
      seeds.forEach(seed -> procore.post("seed", seed.procore()));
      open(plan.signIn);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static Path written(ConnectorConfig config, Plan plan) {
    Path folder = config.write(plan.folder.resolve("config"));
    Path file = folder.resolve("tieback.properties");
    try {
      Files.write(
          file,
          Files.readAllLines(file).stream()
              .filter(line -> plan.left.stream().noneMatch(line::startsWith))
              .toList());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(boolean signIn) {
    Deployment deployment = Deployment.openNode(configuration);
    try {
      if (signIn) {
        seeds.forEach(seed -> signIn(deployment, seed.connection()));
      }
      connector = Connector.start(deployment);
    } catch (RuntimeException | Error e) {
      deployment.close();
      throw e;
    }
    if (signIn) {
      until(
          "webhooks lead here and payments are switched on",
          () -> seeds.stream().allMatch(this::isReady));
    }
  }

  private boolean isReady(ContractorSeed seed) {
    boolean never =
        ledger()
            .connections()
            .get(seed.connection())
            .orElseThrow()
            .paymentSchedule()
            .equals("Never");
    boolean ownDoor = deployment().rooms().of(seed.connection()).door().tieback();
    if (ownDoor) {
      return never || paymentsAreOn(seed);
    }
    return (never || paymentsAreOn(seed))
        && deployment().tally().byName().getOrDefault("procore.list-deliveries", 0L)
            >= seeds.size();
  }

  private boolean paymentsAreOn(ContractorSeed seed) {
    return ledger().payments().switchedOnAt(seed.connection()).isPresent()
        && ledger().cursors().get(seed.connection(), "bill-payments").isPresent();
  }

  /** Both stand-ins take any number of calls. */
  public void withoutLimits() {
    procore.settings(Json.object().put("rateLimitsOn", false));
    xero.settings(
        Json.object()
            .put("callsPerMinute", 0)
            .put("callsPerDay", 0)
            .put("concurrentCalls", 0)
            .put("appCallsPerMinute", 0));
  }

  /** Signs a connection in to Xero as a person in a browser does, at any time. */
  public void signIn(ConnectionId connection) {
    signIn(deployment(), connection);
  }

  private static void signIn(Deployment deployment, ConnectionId connection) {
    ErpSide.Consent consent = deployment.erp(connection).consent().orElseThrow();
    ErpSide.SignedIn company = consent.complete(answer(consent.page("a-state-of-this-test")));
    deployment
        .ledger()
        .connections()
        .register(
            connection,
            deployment.rooms().of(connection).procore().companyId(),
            deployment.erp(connection).adapter().capabilities().erp(),
            company.key());
    deployment.watch().works(connection);
  }

  /** Follows the consent page to the redirect address and takes what it brings back. */
  private static ConsentAnswer answer(URI page) {
    HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    URI at = page;
    for (int hop = 0; hop < 5; hop++) {
      String next = get(browser, at).headers().firstValue("Location").orElseThrow();
      if (next.startsWith(REDIRECT)) {
        ConsentAnswer answer = ConsentAnswer.of(URI.create(next).getRawQuery());
        if (answer.code().isPresent()) {
          return answer;
        }
        throw new IllegalStateException("consent was refused: " + next);
      }
      at = at.resolve(next);
    }
    throw new IllegalStateException("the consent page leads nowhere");
  }

  private static HttpResponse<String> get(HttpClient browser, URI at) {
    try {
      return browser.send(
          HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(at + " does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Stops the connector and starts it again on the same database and configuration, as after an
   * update.
   */
  public void restart() {
    connector.close();
    open(false);
  }

  // ---- the parts

  /** Control side of the Procore stand-in. */
  public SandboxControl procore() {
    return procore;
  }

  /** Control side of the Xero stand-in. */
  public SandboxControl xero() {
    return xero;
  }

  /** The stand-ins. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** The running connector's insides. */
  public Deployment deployment() {
    return connector.deployment();
  }

  /** The running connector. */
  public Connector connector() {
    return connector;
  }

  /** The ledger; for waiting and for what only an operator sees. */
  public Ledger ledger() {
    return deployment().ledger();
  }

  /** The first contractor. */
  public ContractorSeed seed() {
    return seeds.get(0);
  }

  /** Folder of the configuration. */
  public Path configuration() {
    return configuration;
  }

  /** Address of the database. */
  public String database() {
    return database;
  }

  /** Books of the first contractor. */
  Books books() {
    return books(seed());
  }

  /** Books of a contractor. */
  Books books(ContractorSeed of) {
    return new Books(procore, xero, of);
  }

  /** Where Procore sends webhooks of a connection. */
  public URI webhook(ConnectionId connection) {
    return URI.create(
        "http://127.0.0.1:" + webhookPort + "/webhooks/procore/" + connection.value());
  }

  /** Address of a page of the management port, such as {@code /observe/health}. */
  public URI management(String path) {
    return URI.create("http://127.0.0.1:" + connector.managementPort() + path);
  }

  // ---- what people do in Procore

  /** Project users send invoices to the accounting approver. */
  public void send(Long... requisitions) {
    procore.post("send", ids(requisitions));
  }

  /**
   * The approver accepts them, each in an event of its own. Gives {@code requests}, each with
   * {@code requestId} and {@code detailIds}.
   */
  public JsonNode accept(Long... requisitions) {
    return procore.post("accept", ids(requisitions).put("oneEvent", false));
  }

  /** The approver accepts them, all in one event. */
  public JsonNode acceptTogether(Long... requisitions) {
    return procore.post("accept", ids(requisitions).put("oneEvent", true));
  }

  /** Sends and accepts, and waits until all are exported and answered. */
  public void export(Long... requisitions) {
    send(requisitions);
    accept(requisitions);
    awaitState(ItemState.ACKNOWLEDGED, requisitions);
  }

  private static ObjectNode ids(Long... requisitions) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("requisitionIds");
    for (Long id : requisitions) {
      list.add(id);
    }
    return body;
  }

  // ---- waiting

  /** Waits until invoices of the first contractor are in a state. */
  public void awaitState(ItemState state, Long... requisitions) {
    awaitState(seed().connection(), state, requisitions);
  }

  /**
   * Waits until invoices of a connection are in a state; says what is known about those that are
   * not.
   */
  public void awaitState(ConnectionId connection, ItemState state, Long... requisitions) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              for (long id : requisitions) {
                WorkItem item =
                    ledger().workItems().find(connection, WorkItem.REQUISITION, id).orElse(null);
                if (item == null || item.state() != state) {
                  throw new AssertionError(
                      "invoice " + id + " is not " + state + " but " + described(item));
                }
              }
            });
  }

  private static String described(WorkItem item) {
    return item == null
        ? "not there"
        : item.state() + ", waits for " + item.waitsFor() + ", failure: " + item.failureMessage();
  }

  /** A work item of the first contractor. */
  public WorkItem item(long requisition) {
    return item(seed().connection(), requisition);
  }

  /** A work item of a connection. */
  public WorkItem item(ConnectionId connection, long requisition) {
    return ledger().workItems().find(connection, WorkItem.REQUISITION, requisition).orElseThrow();
  }

  /**
   * Counts rows of the database, for what only an operator would see. The text is a whole query
   * that gives one number.
   */
  public long count(String sql) {
    try (Connection connection = DriverManager.getConnection(database, SharedPostgres.USER, "");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("'" + sql + "': " + e.getMessage(), e);
    }
  }

  /** Changes the database by hand, as a restored backup would. */
  public void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(database, SharedPostgres.USER, "");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("'" + sql + "': " + e.getMessage(), e);
    }
  }

  /** Waits for anything. */
  public static void until(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  /**
   * Reads payments now, as an operator does, and waits until everything that was read is done in
   * Procore.
   */
  public void syncPayments(ConnectionId connection) {
    deployment().billPayments().sync(connection, "test");
    until(
        "payments are written",
        () ->
            ledger()
                .payments()
                .list(
                    connection, List.of("planned", "sent", "unknown", "amending", "removing"), 0, 1)
                .isEmpty());
  }

  /** A port that nobody uses at the moment. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (connector != null) {
      connector.close();
    }
    sandbox.close();
    SharedPostgres.drop(database);
  }
}
