package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.load.KillPlan.Kill;
import io.tieback.command.load.KillPlan.Mischief;
import io.tieback.command.load.KillTarget.Points;
import io.tieback.command.load.LedgerView.Met;
import io.tieback.command.load.ProveReport.Life;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.GeneratedContractor;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.platform.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the connector again and again while invoices go out and payments come back, lets it finish,
 * and compares both sides. The connector is a process of its own; stand-ins and database outlive
 * it.
 */
public final class Prove implements AutoCloseable {

  private static final List<String> JAVA_OPTIONS = JavaOptions.with(List.of("-Xmx256m"));
  private static final Duration READY = Duration.ofSeconds(180);
  private static final Duration MEET = Duration.ofSeconds(30);
  private static final long COMPANY = 5_050;

  private final ProveOptions options;
  private final PrintWriter out;
  private final ConnectionId connection = new ConnectionId("main");
  private final ProveReport report;
  private final Path folder;
  private final ProveConfiguration configuration;
  private final StandIns standIns;
  private final KillSwitch killSwitch;
  private final Database database;
  private final LedgerView ledger;
  private final StartArchive archive;
  private ConnectorProcess connector;
  private final Release release;
  private final BookkeepersWork bookkeeper;
  private boolean clean;

  /**
   * Starts everything but the connector.
   *
   * @param out where progress is told
   */
  public Prove(ProveOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.report = new ProveReport(options);
    this.folder = RunFolder.make(options.folder());
    archive = new StartArchive(folder.resolve("classes.jsa"), ConnectorProcess.classPath());
    configuration =
        new ProveConfiguration(
            folder.resolve("config"), folder.resolve("postgres"), options.programs());
    ContractorSeed seed =
        GeneratedContractor.seed(
            options.erp().maker(),
            connection,
            COMPANY,
            configuration.redirectUri(),
            options.invoices(),
            options.seed());
    standIns = new StandIns(options.erp());
    standIns.seed(seed);
    configuration.connection(options.erp(), seed, standIns.procoreUrl(), standIns.erpUrl());
    configuration.write(seed, 50, true);
    killSwitch = new KillSwitch();
    database = Database.open(configuration.settings());
    ledger =
        new LedgerView(
            new Ledger(database.dataSource(), Clock.systemUTC(), "prove-reader"), connection);
    connector = connector(archive.leaving(JAVA_OPTIONS));
    release = new Release(standIns, options.seed());
    bookkeeper = new BookkeepersWork(standIns, options.payments(), options.seed());
  }

  private ConnectorProcess connector(List<String> javaOptions) {
    return new ConnectorProcess(
        javaOptions,
        folder.resolve("connector.log"),
        "run",
        "--config",
        configuration.folder().toString());
  }

  /**
   * Runs all kills and the end, and gives what came out. The stand-ins keep running until {@link
   * #close}.
   */
  public ProveReport run() {
    long begun = System.nanoTime();
    out.printf("%s; folder %s%n", release.shape(), folder);
    signIn();
    firstLife();
    for (Kill kill : new KillPlan(options.kills(), options.seed()).kills()) {
      Life life = live(kill);
      report.add(life);
      tell(life, kill);
    }
    lastLife();
    judge(Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    clean = report.exact();
    report.print(out);
    return report;
  }

  /** As a person signs in; the stand-in's consent page asks nothing. */
  private void signIn() {
    Path log = folder.resolve("connect.log");
    ConnectorProcess command =
        new ConnectorProcess(
            JAVA_OPTIONS,
            log,
            "connect",
            options.erp().word(),
            "--browse",
            "--config",
            configuration.folder().toString());
    command.start();
    int code = command.awaitEnd(READY);
    if (code != 0) {
      throw new IllegalStateException(
          "signing in to the stand-in ended with " + code + "; see " + log);
    }
  }

  /** The connector registers its webhook and switches payments on; then it ends in good order. */
  private void firstLife() {
    connector.start();
    connector.awaitOk(configuration.healthAddress(), READY);
    ledger.askForPayments();
    long deadline = System.nanoTime() + READY.toNanos();
    while (!ledger.paymentsSwitchedOn()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the connector read no payments within "
                + READY.toSeconds()
                + " s; see "
                + folder.resolve("connector.log"));
      }
      pause(100);
    }
    connector.stop(READY);
    connector = connector(archive.using(JAVA_OPTIONS));
  }

  private Life live(Kill kill) {
    long begun = System.nanoTime();
    configuration.write(standIns.seed(), kill.documentsPerCall(), kill.sameKeyAgain());
    if (kill.mischief() != null) {
      standIns.order(kill.mischief().target(), 1, effect(kill.mischief()));
    }
    if (kill.target() == KillTarget.TOKEN) {
      standIns.expireTokens();
    }
    KillSwitch.Armed<Met> armed =
        arm(kill.target(), kill.ordinal(), kill.point(), kill.holdMillis());
    ledger.askForPayments();
    connector.start();
    awaitUp(armed);
    if (!armed.begun()) {
      feed(kill);
    }
    Met met = await(armed, MEET);
    boolean asPlanned = met != null;
    String request = kill.target().label(options.erp());
    int ordinal = kill.ordinal();
    String point = kill.point();
    if (!asPlanned) {
      takeTroublesBack();
      armed = arm(KillTarget.READ_PAYMENTS, 1, Points.BEFORE, 0);
      ledger.askForPayments();
      met = await(armed, MEET);
      request = met == null ? "none" : KillTarget.READ_PAYMENTS.label(options.erp());
      ordinal = 1;
      point = Points.BEFORE;
    }
    if (met == null) {
      connector.kill();
      met = ledger.met();
      point = "idle";
    }
    takeTroublesBack();
    standIns.countLookUps();
    long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    return new Life(
        kill.number(),
        request,
        ordinal,
        point,
        asPlanned,
        asPlanned ? kill.holdMillis() : 0,
        met.bills(),
        met.payments(),
        millis);
  }

  private static ObjectNode effect(Mischief mischief) {
    ObjectNode effect = JsonNodeFactory.instance.objectNode();
    switch (mischief.trouble()) {
      case DROP_BEFORE -> effect.put("drop", "before");
      case DROP_AFTER -> effect.put("drop", "after");
      case LATE_COMMIT -> effect.putObject("lateCommit").put("delayMillis", mischief.delayMillis());
      case THROTTLE -> {
        ObjectNode answer = effect.putObject("answer").put("status", 429);
        answer.putObject("headers").put("Retry-After", "2").put("X-Rate-Limit-Problem", "minute");
      }
    }
    return effect;
  }

  private KillSwitch.Armed<Met> arm(KillTarget target, int ordinal, String point, int holdMillis) {
    KillSwitch.Armed<Met> armed =
        killSwitch.arm(
            () -> {
              connector.kill();
              return ledger.met();
            },
            holdMillis);
    ObjectNode effect = JsonNodeFactory.instance.objectNode();
    effect.putObject("meet").put("point", point).put("url", armed.url());
    standIns.order(target, ordinal, effect);
    return armed;
  }

  /** Waits until the connector is up, or was killed while it came up. */
  private void awaitUp(KillSwitch.Armed<Met> armed) {
    try {
      connector.awaitOk(configuration.healthAddress(), READY);
    } catch (IllegalStateException notUp) {
      if (!armed.begun()) {
        throw notUp;
      }
    }
  }

  /**
   * Gives this life something to do: its share of the invoices and payments, and whatever its kill
   * waits for.
   */
  private void feed(Kill kill) {
    standIns.wakeWebhooks();
    int share = share(options.invoices(), kill.number());
    release.upTo(Math.max(share, release.released() + 1));
    int payments = share(options.payments(), kill.number());
    bookkeeper.upTo(
        kill.target() == KillTarget.CREATE_PAYMENT
            ? Math.max(payments, bookkeeper.made() + 1)
            : payments);
    if (kill.target().amends() || kill.mischief() != null && kill.mischief().target().amends()) {
      bookkeeper.change();
    }
    ledger.askForPayments();
  }

  private int share(int all, int number) {
    return Math.toIntExact((long) all * number / options.kills());
  }

  private Met await(KillSwitch.Armed<Met> armed, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline || armed.begun()) {
      if (!armed.begun() && !connector.alive()) {
        throw new IllegalStateException(
            "the connector ended by itself; see " + folder.resolve("connector.log"));
      }
      try {
        return armed.met().get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        // Asked again until the time is over.
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "the kill failed: " + e.getCause().getMessage(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a kill", e);
      }
    }
    return null;
  }

  private void takeTroublesBack() {
    StandIns.Struck struck = standIns.clearFaults();
    report.trouble("before", struck.before());
    report.trouble("after", struck.after());
    report.trouble("late", struck.late());
    report.trouble("throttled", struck.throttled());
  }

  /**
   * Undisturbed, until both sides agree and nothing is left to do; then a while longer, in which
   * nothing may be written any more.
   */
  private void lastLife() {
    out.printf("killed %d times; now it may finish%n", options.kills());
    configuration.write(standIns.seed(), 50, true);
    connector.start();
    connector.awaitOk(configuration.healthAddress(), READY);
    long deadline = System.nanoTime() + Duration.ofSeconds(options.patienceSeconds()).toNanos();
    boolean finished = false;
    while (!finished && System.nanoTime() < deadline) {
      standIns.wakeWebhooks();
      release.upTo(options.invoices());
      bookkeeper.upTo(options.payments());
      ledger.askForPayments();
      pause(1_500);
      finished =
          ledger.acknowledged() == release.released()
              && bookkeeper.made() >= options.payments()
              && verdict().clean()
              && stuck().isEmpty();
    }
    ledger.askForPayments();
    pause(ProveConfiguration.SETTLE.plusSeconds(2).toMillis());
    standIns.countLookUps();
    connector.stop(Duration.ofSeconds(40));
  }

  private void judge(long seconds) {
    report.lookUps(standIns.billLookUps(), standIns.paymentLookUps());
    String work =
        release.shape()
            + ", "
            + bookkeeper.made()
            + " payments ("
            + bookkeeper.batches()
            + " batch payments), "
            + bookkeeper.changed()
            + " changed, "
            + bookkeeper.deleted()
            + " deleted";
    report.judged(verdict(), stuck(), work, seconds);
  }

  /** Compares the books of both sides as they are now. */
  Judge.Verdict verdict() {
    return Judge.judge(
        connection,
        standIns.procoreBooks(),
        standIns.seed().erp().displayName(),
        standIns.erpBooks(),
        release.released());
  }

  private List<String> stuck() {
    List<String> stuck = new ArrayList<>(ledger.stuck());
    List<String> flagged =
        ledger.payments().stream()
            .filter(p -> p.state().equals("flagged"))
            .map(p -> p.erpPaymentId())
            .toList();
    verdict().standingDeleted().stream()
        .filter(id -> !flagged.contains(id))
        .forEach(
            id -> stuck.add("payment " + id + " is deleted and stands in Procore without a flag"));
    return stuck;
  }

  private void tell(Life life, Kill kill) {
    String trouble =
        kill.mischief() == null
            ? ""
            : ", trouble: "
                + kill.mischief().trouble()
                + " at "
                + kill.mischief().target().label(options.erp());
    out.printf(
        "kill %3d of %d  %-26s #%d %-12s%s met %s %s  %.1f s%s%n",
        life.number(),
        options.kills(),
        life.request(),
        life.ordinal(),
        life.point(),
        life.asPlanned() ? "" : " (not as planned)",
        life.bills(),
        life.payments().isEmpty() ? "" : "payments " + life.payments(),
        new java.math.BigDecimal(life.millis()).movePointLeft(3),
        trouble);
    out.flush();
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** The stand-ins, for a test that spoils their books. */
  StandIns standIns() {
    return standIns;
  }

  /** Ends everything. The database of a run that was not exact is kept for a look at it. */
  @Override
  public void close() {
    if (connector.alive()) {
      connector.kill();
    }
    killSwitch.close();
    database.close();
    standIns.close();
    if (clean) {
      RunFolder.delete(folder.resolve("postgres"));
    }
  }
}
