package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * The door to the ledger: one object a process, safe for any number of threads. Every store writes
 * durably before it returns. The schema is brought up to date by Flyway (db/migration) before a
 * ledger is opened.
 */
public final class Ledger {

  /** Flyway's location of the schema. */
  public static final String MIGRATIONS = "classpath:db/migration";

  private final Db db;
  private final Claims claims;
  private final ErpRequests erpRequests;
  private final DoorRequests doorRequests;
  private final WorkItems workItems;
  private final WriteJournal writeJournal;
  private final WriteOutcomes writeOutcomes;
  private final LookUps lookUps;
  private final Acknowledgements acknowledgements;
  private final Links links;
  private final CostItems costItems;
  private final Cursors cursors;
  private final DoorReadings doorReadings;
  private final DoorRecords doorRecords;
  private final PaymentJournal payments;
  private final PaymentSteps paymentSteps;
  private final JobCostJournal jobCosts;
  private final JobCostSteps jobCostSteps;
  private final CompanyMatches companyMatches;
  private final CompanyMerges companyMerges;
  private final DeadLetters deadLetters;
  private final Replays replays;
  private final ReplayRuns replayRuns;
  private final PaymentLists paymentLists;
  private final JobCostLists jobCostLists;
  private final TieOutRuns tieOutRuns;
  private final HourFigures hourFigures;
  private final OverviewFigures figures;
  private final Timelines timelines;
  private final Audit audit;
  private final Credentials credentials;
  private final Budgets budgets;
  private final Connections connections;
  private final Notices notices;
  private final FailureNotes failureNotes;
  private final DailyRuns dailyRuns;
  private final ItemSummaries itemSummaries;
  private final DocumentFiles documentFiles;
  private final OldPayloads oldPayloads;
  private final Nodes nodes;
  private final Sessions sessions;
  private final SignIns signIns;
  private final OidcVisits oidcVisits;
  private final Users users;
  private final QueueItems queueItems;
  private final QueueMoves queueMoves;
  private final UserRights userRights;
  private final Delegations delegations;
  private final SettingChanges settingChanges;
  private final ApiKeys apiKeys;
  private final PasswordLinks passwordLinks;

  /** A ledger for a command that holds no work: its node is called {@code command}. */
  public Ledger(DataSource dataSource, Clock clock) {
    this(dataSource, clock, "command");
  }

  /** A ledger with the usual limits of claims. */
  public Ledger(DataSource dataSource, Clock clock, String node) {
    this(dataSource, clock, node, Claims.Limits.DEFAULT);
  }

  /** A ledger that masks nothing: for callers whose records hold no secrets. */
  public Ledger(DataSource dataSource, Clock clock, String node, Claims.Limits limits) {
    this(dataSource, clock, node, limits, UnaryOperator.identity());
  }

  /**
   * @param dataSource PostgreSQL with the schema of db/migration
   * @param clock what time it is; all times that the ledger stores and compares come from it
   * @param node name of this process, unique among those that share the ledger; work is held and
   *     history is written in its name
   * @param limits how much the claiming statements take
   * @param mask takes secrets out of the JSON that dead letters and the audit trail keep; what it
   *     gives has to be JSON
   */
  public Ledger(
      DataSource dataSource,
      Clock clock,
      String node,
      Claims.Limits limits,
      UnaryOperator<String> mask) {
    db = new Db(dataSource, clock, node);
    claims = new Claims(db, limits);
    audit = new Audit(db);
    deadLetters = new DeadLetters(db, mask);
    Verdicts verdicts = new Verdicts(db);
    ItemFailures failures = new ItemFailures(db, verdicts, deadLetters);
    BatchDissolution dissolution = new BatchDissolution(db);
    PaymentPlans plans = new PaymentPlans(db);
    Staging staging = new Staging(db, verdicts);
    erpRequests = new ErpRequests(db, claims, staging, deadLetters);
    doorRequests = new DoorRequests(db, staging, verdicts);
    workItems = new WorkItems(db, claims, failures, verdicts);
    writeJournal = new WriteJournal(db, dissolution);
    writeOutcomes = new WriteOutcomes(db, dissolution, failures, verdicts);
    lookUps = new LookUps(db, dissolution);
    acknowledgements = new Acknowledgements(db, verdicts);
    links = new Links(db);
    costItems = new CostItems(db);
    cursors = new Cursors(db);
    doorReadings = new DoorReadings(db);
    doorRecords = new DoorRecords(db);
    companyMatches = new CompanyMatches(db);
    companyMerges = new CompanyMerges(db);
    payments = new PaymentJournal(db, plans, audit);
    paymentSteps = new PaymentSteps(db, plans, deadLetters);
    JobCostPlans costPlans = new JobCostPlans(db);
    jobCosts = new JobCostJournal(db, costPlans);
    jobCostSteps = new JobCostSteps(db, costPlans, deadLetters);
    replays = new Replays(db, deadLetters, verdicts, paymentSteps, jobCostSteps, audit);
    replayRuns = new ReplayRuns(db, replays, audit);
    paymentLists = new PaymentLists(db);
    jobCostLists = new JobCostLists(db);
    tieOutRuns = new TieOutRuns(db, audit);
    hourFigures = new HourFigures(db);
    figures = new OverviewFigures(db, hourFigures);
    timelines = new Timelines(db);
    credentials = new Credentials(db);
    budgets = new Budgets(db);
    connections = new Connections(db, audit);
    notices = new Notices(db, claims, audit);
    failureNotes = new FailureNotes(db);
    dailyRuns = new DailyRuns(db);
    itemSummaries = new ItemSummaries(db);
    documentFiles = new DocumentFiles(db);
    oldPayloads = new OldPayloads(db);
    nodes = new Nodes(db);
    sessions = new Sessions(db);
    signIns = new SignIns(db);
    oidcVisits = new OidcVisits(db);
    users = new Users(db, audit);
    queueItems = new QueueItems(db);
    queueMoves = new QueueMoves(db);
    userRights = new UserRights(db, audit);
    delegations = new Delegations(db, users, audit);
    settingChanges = new SettingChanges(db, audit);
    apiKeys = new ApiKeys(db, audit);
    passwordLinks = new PasswordLinks(db, users, audit);
  }

  /** What time it is for everything that is stored. */
  public Instant now() {
    return db.now();
  }

  /**
   * Several calls in one transaction: all of them or none. Stores that are called inside join it.
   * Never keep it open over a call to the outside.
   */
  public <T> T together(Supplier<T> work) {
    return db.inTransaction(work);
  }

  /** Name of this node. */
  public String node() {
    return db.node();
  }

  /** Figures for claiming statements; bind it as {@value Claims#BEAN}. */
  public Claims claims() {
    return claims;
  }

  /** What Procore asked for. */
  public ErpRequests erpRequests() {
    return erpRequests;
  }

  /** What was accepted at Tieback's own door. */
  public DoorRequests doorRequests() {
    return doorRequests;
  }

  /** Records on their way out, up to composed. */
  public WorkItems workItems() {
    return workItems;
  }

  /** Writes, up to the moment when they leave. */
  public WriteJournal writeJournal() {
    return writeJournal;
  }

  /** What became of writes. */
  public WriteOutcomes writeOutcomes() {
    return writeOutcomes;
  }

  /** Writes that nobody knows the outcome of. */
  public LookUps lookUps() {
    return lookUps;
  }

  /** What Procore still has to be told. */
  public Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  /** What is joined to what. */
  public Links links() {
    return links;
  }

  /** Cost codes with their types. */
  public CostItems costItems() {
    return costItems;
  }

  /** How far things were read. */
  public Cursors cursors() {
    return cursors;
  }

  /** How far the Tieback door has read Procore's public resources. */
  public DoorReadings doorReadings() {
    return doorReadings;
  }

  /** What the Tieback door looks up in the queue. */
  public DoorRecords doorRecords() {
    return doorRecords;
  }

  /** Payments of exported bills. */
  public PaymentJournal payments() {
    return payments;
  }

  /** Writing payments to Procore. */
  public PaymentSteps paymentSteps() {
    return paymentSteps;
  }

  /** Job costs of the ERP. */
  public JobCostJournal jobCosts() {
    return jobCosts;
  }

  /** Writing direct costs to Procore. */
  public JobCostSteps jobCostSteps() {
    return jobCostSteps;
  }

  /** Which suppliers may be which companies. */
  public CompanyMatches companyMatches() {
    return companyMatches;
  }

  /** Companies that were merged in Procore. */
  public CompanyMerges companyMerges() {
    return companyMerges;
  }

  /** What needs a person. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /** What a person does about it. */
  public Replays replays() {
    return replays;
  }

  /** The same for many at once, in the background. */
  public ReplayRuns replayRuns() {
    return replayRuns;
  }

  /** Payments as people look at them. */
  public PaymentLists paymentLists() {
    return paymentLists;
  }

  /** Job costs as people look at them. */
  public JobCostLists jobCostLists() {
    return jobCostLists;
  }

  /** Tie-outs and their reports. */
  public TieOutRuns tieOutRuns() {
    return tieOutRuns;
  }

  /** What went in each hour. */
  public HourFigures hourFigures() {
    return hourFigures;
  }

  /**
   * How things stand.
   *
   * @param connection of this connection, or null for all
   */
  public Overview overview(ConnectionId connection) {
    return figures.read(connection);
  }

  /** Everything that happened to a record that goes out, oldest first. */
  public List<TimelineEntry> timeline(long workItem) {
    return timelines.ofWorkItem(workItem);
  }

  /** Everything that happened to an item of the queue, with its work item's, oldest first. */
  public List<TimelineEntry> timelineOfQueueItem(long queueItem) {
    return timelines.ofQueueItem(queueItem);
  }

  /** What people did. */
  public Audit audit() {
    return audit;
  }

  /** Sealed tokens. */
  public Credentials credentials() {
    return credentials;
  }

  /** Calls that services allow. */
  public Budgets budgets() {
    return budgets;
  }

  /** The connections. */
  public Connections connections() {
    return connections;
  }

  /** Files that go along with written documents. */
  public DocumentFiles documentFiles() {
    return documentFiles;
  }

  /** Mails that wait. */
  public Notices notices() {
    return notices;
  }

  /** Failures that wait to be told together. */
  public FailureNotes failureNotes() {
    return failureNotes;
  }

  /** What is done once a day, and what was told of long waits. */
  public DailyRuns dailyRuns() {
    return dailyRuns;
  }

  /** Items of the queue in short. */
  public ItemSummaries itemSummaries() {
    return itemSummaries;
  }

  /** What may be let go after a while. */
  public OldPayloads oldPayloads() {
    return oldPayloads;
  }

  /** The processes that share the ledger. */
  public Nodes nodes() {
    return nodes;
  }

  /** Who is signed in at the console. */
  public Sessions sessions() {
    return sessions;
  }

  /** Attempts to sign in. */
  public SignIns signIns() {
    return signIns;
  }

  /** Sign-ins by OpenID Connect. */
  public OidcVisits oidcVisits() {
    return oidcVisits;
  }

  /** The people of the console. */
  public Users users() {
    return users;
  }

  /** What they may import and export. */
  public UserRights userRights() {
    return userRights;
  }

  /** Who stands in for whom. */
  public Delegations delegations() {
    return delegations;
  }

  /** Settings that were changed while running. */
  public SettingChanges settingChanges() {
    return settingChanges;
  }

  /** Keys with which programs use the API. */
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  /** Addresses with which people set a password. */
  public PasswordLinks passwordLinks() {
    return passwordLinks;
  }

  /** What people see and decide about. */
  public QueueItems queueItems() {
    return queueItems;
  }

  /** What was decided. */
  public QueueMoves queueMoves() {
    return queueMoves;
  }
}
