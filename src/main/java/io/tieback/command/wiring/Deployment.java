package io.tieback.command.wiring;

import io.tieback.construction.ConnectionId;
import io.tieback.flow.AttachedFiles;
import io.tieback.flow.BillPayments;
import io.tieback.flow.CallTally;
import io.tieback.flow.ChangeOrderFlow;
import io.tieback.flow.ChangeOrderPreparation;
import io.tieback.flow.CodeDeeds;
import io.tieback.flow.CommitmentFlow;
import io.tieback.flow.CommitmentInProcore;
import io.tieback.flow.CommitmentPreparation;
import io.tieback.flow.CompanyFlow;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.CompanyNews;
import io.tieback.flow.CompanyPreparation;
import io.tieback.flow.CompanyReadings;
import io.tieback.flow.CompanyRefresh;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.ConnectionWatch;
import io.tieback.flow.CostItemFlow;
import io.tieback.flow.CostItemPreparation;
import io.tieback.flow.EventDeed;
import io.tieback.flow.InvoiceFlow;
import io.tieback.flow.InvoicePreparation;
import io.tieback.flow.ItemShelf;
import io.tieback.flow.JobCostWriting;
import io.tieback.flow.JobCosts;
import io.tieback.flow.OrdersInErp;
import io.tieback.flow.OutwardFlow;
import io.tieback.flow.OutwardFlows;
import io.tieback.flow.Overviews;
import io.tieback.flow.PaymentButton;
import io.tieback.flow.PaymentWriting;
import io.tieback.flow.ProjectDeeds;
import io.tieback.flow.ProjectFlow;
import io.tieback.flow.ProjectPreparation;
import io.tieback.flow.Resets;
import io.tieback.flow.SettingsDesk;
import io.tieback.flow.StandardCodeFlow;
import io.tieback.flow.StandardCodePreparation;
import io.tieback.flow.TieOutDesk;
import io.tieback.flow.TieOuts;
import io.tieback.flow.Unlinker;
import io.tieback.flow.Unlinking;
import io.tieback.flow.WebConnectorVisits;
import io.tieback.ledger.Claims;
import io.tieback.ledger.Connections;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Mails;
import io.tieback.notice.Notifier;
import io.tieback.platform.Database;
import io.tieback.platform.SecretBox;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.PaymentKeys;
import io.tieback.platform.keys.ProcoreKeys;
import io.tieback.platform.keys.ServerKeys;
import io.tieback.platform.keys.WorkKeys;
import io.tieback.wire.CallCounter;
import io.tieback.wire.CamelHttp;
import io.tieback.wire.Http;
import io.tieback.wire.HttpSettings;
import io.tieback.wire.Redaction;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configured Tieback: settings, database, ledger, keys and both sides of every connection.
 * Commands use it as it is; {@code run} and {@code demo} put the routes around it ({@link
 * Connector}).
 */
public final class Deployment implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

  private final Settings settings;
  private final Clock clock;

  /**
   * A command that is interrupted leaves no database server behind, not even while one is being
   * started: closing waits for the opening.
   */
  private final Thread endsWithProcess = new Thread(this::closeAll, "tieback-deployment-end");

  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Database database;
  private final Ledger ledger;
  private final SecretBox secrets;
  private final Http http;
  private final CallTally tally = new CallTally();
  private final DoorWiring door = new DoorWiring(this);
  private final ItemShelf itemShelf = new ItemShelf(Clock.systemUTC());
  private final ConnectionRooms rooms;
  private final Map<ConnectionId, ErpSide> erpSides = new java.util.LinkedHashMap<>();
  private final Map<ConnectionId, ProcoreSide> procoreSides = new java.util.LinkedHashMap<>();
  private final SettingsDesk settingsDesk;
  private final Mails mails;
  private final Notifier notifier;
  private final ConnectionWatch watch;

  private Deployment(Settings settings, String node, boolean forgetTokens) {
    this.settings = settings;
    this.clock = Clock.systemUTC();
    Runtime.getRuntime().addShutdownHook(endsWithProcess);
    synchronized (closing) {
      try {
        this.database = keep(Database.open(settings));
        int claim = settings.get(WorkKeys.CLAIM_SIZE);
        Duration lease = settings.get(WorkKeys.LEASE);
        this.ledger =
            new Ledger(
                database.dataSource(),
                clock,
                node,
                new Claims.Limits(claim, lease, claim, lease, 20, lease),
                Redaction::json);
        if (forgetTokens) {
          forgetTokens();
        }
        this.secrets = SecretBox.open(settings, this::holdsTokens);
        this.http = openHttp();
        this.mails = MailWiring.mails(settings, this::inForce, ledger, clock);
        this.notifier = mails.notifier();
        this.watch = new ConnectionWatch(ledger, notifier);
        List<ConnectionRoom> all = new ArrayList<>();
        for (String name : settings.connections()) {
          all.add(room(name));
        }
        this.rooms = new ConnectionRooms(all);
        this.settingsDesk = new SettingsDesk(ledger, settings, rooms, this::rooms);
        settingsDesk.takeUp();
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }
  }

  /**
   * Opens what a configuration folder describes, for a command that holds no work.
   *
   * @throws io.tieback.platform.SettingsException naming everything that is wrong with the settings
   */
  public static Deployment open(Path configuration) {
    return new Deployment(Settings.load(configuration, System.getenv()), "command", false);
  }

  /**
   * As {@link #open}, after every stored token was forgotten. For a lost or exchanged key: what was
   * sealed with it cannot be opened any more, and nothing new can be sealed beside it.
   */
  public static Deployment openForgettingTokens(Path configuration) {
    return new Deployment(Settings.load(configuration, System.getenv()), "command", true);
  }

  /** Opens it as a working node. */
  public static Deployment openNode(Path configuration) {
    Settings settings = Settings.load(configuration, System.getenv());
    return new Deployment(settings, nodeName(settings), false);
  }

  private static String nodeName(Settings settings) {
    return settings
        .find(ServerKeys.NODE_NAME)
        .orElseGet(() -> machine() + "-" + ProcessHandle.current().pid());
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    closing.push(resource);
    return resource;
  }

  private void forgetTokens() {
    for (String name : settings.connections()) {
      for (String system : ErpSides.systems()) {
        ledger.credentials().forget(new ConnectionId(name), system);
      }
    }
  }

  private boolean holdsTokens() {
    return settings.connections().stream()
        .map(ConnectionId::new)
        .anyMatch(
            id ->
                ErpSides.systems().stream()
                    .anyMatch(system -> ledger.credentials().get(id, system).isPresent()));
  }

  /**
   * The way out runs on a small Camel context of its own, so that commands without routes have it
   * too.
   */
  private Http openHttp() {
    DefaultCamelContext context = new DefaultCamelContext();
    context.getCamelContextExtension().setName("tieback-wire");
    context.disableJMX();
    CamelHttp out = new CamelHttp(context, HttpSettings.defaults());
    context.start();
    keep(context::close);
    keep(out);
    return out;
  }

  private ConnectionRoom room(String name) {
    ConnectionId id = new ConnectionId(name);
    CallCounter calls = tally.of(id);
    ProcoreSide procore = ProcoreSide.of(settings, id, ledger, secrets, http, calls, clock);
    ErpSide erp = ErpSides.of(settings, id, ledger, secrets, http, calls, clock);
    erpSides.put(id, erp);
    ledger
        .connections()
        .register(
            id,
            settings.get(ProcoreKeys.COMPANY_ID, name),
            erp.adapter().capabilities().erp(),
            erp.companyKey().orElse(null));
    ledger.connections().door(id, settings.get(ApprovalKeys.DOOR, name));
    firstSchedule(id, name);
    procoreSides.put(id, procore);
    return RoomOf.settings(settings, id, procore, erp);
  }

  /** The connections with other settings; their sides stay. */
  private List<ConnectionRoom> rooms(Settings changed) {
    return procoreSides.entrySet().stream()
        .map(
            one ->
                RoomOf.settings(changed, one.getKey(), one.getValue(), erpSides.get(one.getKey())))
        .toList();
  }

  /**
   * The setting is where a new connection begins; after that the ledger's value counts, since it
   * can be changed while running.
   */
  private void firstSchedule(ConnectionId id, String name) {
    Connections.Connection known = ledger.connections().get(id).orElseThrow();
    String wanted = settings.get(PaymentKeys.SCHEDULE, name);
    boolean untouched = known.paymentsReadAt() == null && known.paymentsSwitchedOnAt() == null;
    if (untouched && !known.paymentSchedule().equals(wanted)) {
      ledger.connections().paymentSchedule(id, wanted, "settings");
    }
  }

  /** The way out. */
  public Http http() {
    return http;
  }

  /** Seals what must not be readable in the database. */
  public SecretBox secrets() {
    return secrets;
  }

  /** The settings of the files and the environment; {@link #settingsDesk} has what counts now. */
  public Settings settings() {
    return settings;
  }

  /** What counts now; while it is still being put together, what the files say. */
  private Settings inForce() {
    return settingsDesk == null ? settings : settingsDesk.current();
  }

  /** What may change while it runs. */
  public SettingsDesk settingsDesk() {
    return settingsDesk;
  }

  /** Time. */
  public Clock clock() {
    return clock;
  }

  /** The database. */
  public Database database() {
    return database;
  }

  /** The ledger. */
  public Ledger ledger() {
    return ledger;
  }

  /** Both sides of every connection. */
  public ConnectionRooms rooms() {
    return rooms;
  }

  /** The accounting system's side of a connection, for signing in. */
  public ErpSide erp(ConnectionId connection) {
    return erpSides.get(connection);
  }

  /** Writes mails. */
  public Notifier notifier() {
    return notifier;
  }

  /** Everything that writes mails. */
  public Mails mails() {
    return mails;
  }

  /** Pauses and resumes connections. */
  public ConnectionWatch watch() {
    return watch;
  }

  /** Calls that were made. */
  public CallTally tally() {
    return tally;
  }

  /** Reading of payments, as the routes use it. */
  public BillPayments billPayments() {
    return new BillPayments(ledger, rooms, watch, notifier);
  }

  /** Writing of payments, as the routes use it. */
  public PaymentWriting paymentWriting() {
    return new PaymentWriting(ledger, rooms, watch, notifier, clock);
  }

  /** Files of written invoices, as the routes use it. */
  public AttachedFiles attachedFiles() {
    return new AttachedFiles(ledger, rooms, notifier, clock);
  }

  /** Reading of job costs, as the routes use it. */
  public JobCosts jobCosts() {
    return new JobCosts(ledger, rooms, watch);
  }

  /** Writing of job costs, as the routes use it. */
  public JobCostWriting jobCostWriting() {
    return new JobCostWriting(ledger, rooms, watch, notifier, clock);
  }

  /** Preparing of invoices, as the routes use it. */
  public InvoicePreparation invoicePreparation() {
    return new InvoicePreparation(ledger, rooms, tally, itemShelf, door.acceptedDocuments());
  }

  /** Preparing of commitments, as the routes use it. */
  public CommitmentPreparation commitmentPreparation(OutwardFlows flows) {
    return new CommitmentPreparation(ledger, rooms, flows, tally, itemShelf, clock);
  }

  /** Preparing of change orders, as the routes use it. */
  public ChangeOrderPreparation changeOrderPreparation(OutwardFlows flows) {
    return new ChangeOrderPreparation(ledger, rooms, flows, tally, itemShelf, clock);
  }

  /** Preparing of projects, as the routes use it. */
  public ProjectPreparation projectPreparation(OutwardFlows flows) {
    return new ProjectPreparation(rooms, flows, tally, itemShelf, ledger);
  }

  /** Preparing of cost codes with their types, as the routes use it. */
  public CostItemPreparation costItemPreparation(OutwardFlows flows) {
    return new CostItemPreparation(rooms, flows, tally, ledger, itemShelf);
  }

  /** Preparing of standard cost codes, as the routes use it. */
  public StandardCodePreparation standardCodePreparation(OutwardFlows flows) {
    return new StandardCodePreparation(rooms, flows, tally, itemShelf);
  }

  /** What Tieback's own door is made of. */
  public DoorWiring door() {
    return door;
  }

  /** The flows and deeds that are built. */
  public OutwardFlows outwardFlows() {
    AtomicReference<OutwardFlows> built = new AtomicReference<>();
    CompanyReadings readings = new CompanyReadings(ledger);
    CompanyLinking linking = new CompanyLinking(ledger, readings);
    List<OutwardFlow> flows =
        List.of(
            new InvoiceFlow(ledger, rooms),
            new CompanyFlow(ledger, rooms),
            new StandardCodeFlow(rooms),
            new CostItemFlow(ledger, itemShelf),
            new ProjectFlow(ledger, rooms),
            new CommitmentFlow(rooms),
            new ChangeOrderFlow(rooms));
    List<EventDeed> deeds =
        List.of(
            new PaymentButton(ledger),
            new Unlinking(new Unlinker(ledger, built::get)),
            new Resets(ledger, notifier),
            new CompanyRefresh(ledger, rooms, readings, linking, tally),
            new CompanyNews(ledger, linking, notifier),
            new ProjectDeeds(ledger, rooms, tally),
            new CodeDeeds(ledger, rooms, tally),
            new OrdersInErp(ledger, notifier),
            new CommitmentInProcore(ledger));
    built.set(new OutwardFlows(flows, deeds));
    return built.get();
  }

  /** What the ERP says of items, kept for a moment. */
  ItemShelf itemShelf() {
    return itemShelf;
  }

  /** Preparing of companies, as the routes use it. */
  public CompanyPreparation companyPreparation(OutwardFlows flows) {
    return new CompanyPreparation(
        ledger, rooms, flows, tally, itemShelf, new CompanyReadings(ledger));
  }

  /** Joining of companies with suppliers, as people decide. */
  public CompanyLinking companyLinking() {
    return new CompanyLinking(ledger, new CompanyReadings(ledger));
  }

  /** Tie-outs of both systems. */
  public TieOuts tieOuts() {
    return new TieOuts(ledger, rooms);
  }

  /** Tie-outs in the background, with the last reports. */
  public TieOutDesk tieOutDesk() {
    return new TieOutDesk(ledger, tieOuts(), rooms, tally, settings.get(WorkKeys.KEEP_TIE_OUTS));
  }

  /** How things stand. */
  public Overviews overviews() {
    return new Overviews(ledger, WebConnectorVisits.NONE, MailWiring.UNUSED_ENDS_AFTER);
  }

  /** From now on its owner sees to it that it is closed when the process is told to end. */
  void closedByOwner() {
    try {
      Runtime.getRuntime().removeShutdownHook(endsWithProcess);
    } catch (IllegalStateException ending) {
      LOG.debug("the process is ending already");
    }
  }

  /** Closes everything, last opened first. */
  @Override
  public void close() {
    closedByOwner();
    closeAll();
  }

  private void closeAll() {
    synchronized (closing) {
      while (!closing.isEmpty()) {
        AutoCloseable resource = closing.pop();
        try {
          resource.close();
        } catch (Exception e) {
          LOG.warn("closing failed: {}", e.getMessage());
        }
      }
    }
  }
}
