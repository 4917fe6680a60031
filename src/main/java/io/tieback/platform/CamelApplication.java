package io.tieback.platform;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.tieback.platform.RouteChecker.Trial;
import io.tieback.platform.keys.ServerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running connector: Camel with our servers, health, metrics, beans and routes. Built by
 * chaining, then {@link #start()}; {@link #stop()} lets work in flight finish and then closes what
 * was handed over with {@link #closing}, last first.
 */
public final class CamelApplication implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CamelApplication.class);

  private final Settings settings;
  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final RouteHealth health = new RouteHealth();
  private final String quartzPool = "tieback-" + UUID.randomUUID();
  private Supplier<List<RoutesBuilder>> javaRoutes = List::of;
  private RouteLibrary library;
  private DataSource schedules;
  private Main main;
  private RouteReloader reloader;
  private ScheduledExecutorService watcher;
  private int managementPort;
  private boolean ended;

  private CamelApplication(Settings settings) {
    this.settings = settings;
  }

  /** Begins an application. */
  public static CamelApplication of(Settings settings) {
    return new CamelApplication(settings);
  }

  /** Beans that routes name, by name. An {@link ObjectMapper} among them is the one Camel uses. */
  public CamelApplication beans(Map<String, Object> more) {
    beans.putAll(more);
    return this;
  }

  /**
   * Routes built in Java. New builders each time: they are also tried out beside changed route
   * files.
   */
  public CamelApplication javaRoutes(Supplier<List<RoutesBuilder>> builders) {
    this.javaRoutes = builders;
    return this;
  }

  /** Routes from files. */
  public CamelApplication library(RouteLibrary files) {
    this.library = files;
    return this;
  }

  /**
   * Keeps schedules in this database, shared by all nodes; its {@code QRTZ_} tables have to exist.
   * Without it schedules are kept in memory.
   */
  public CamelApplication schedulesIn(DataSource pool) {
    this.schedules = pool;
    return this;
  }

  /** Closed after Camel has stopped, last handed over first. */
  public CamelApplication closing(AutoCloseable resource) {
    closing.push(resource);
    return this;
  }

  /**
   * Starts everything and returns when it runs.
   *
   * @throws RoutesException when a route file cannot be used
   * @throws StartException when something else cannot start; the message says what
   */
  public synchronized void start() {
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    beans.putIfAbsent("json", exactJson());
    if (schedules != null) {
      QuartzConnections.register(quartzPool, schedules);
    }
    RouteSet loaded = null;
    try {
      checkAuthentication();
      managementPort = chooseManagementPort();
      checkPorts();
      Map<String, String> properties =
          CamelProperties.running(settings, schedules == null ? null : quartzPool);
      properties.put("camel.management.port", Integer.toString(managementPort));
      main = main(new Main(), properties);
      beans.forEach(main::bind);
      main.bind("routes-health", health);
      main.init();
      health.setCamelContext(context());
      if (library != null) {
        loaded = library.load(context());
        checkConfigurations(loaded);
      }
      main.start();
    } catch (Exception e) {
      RuntimeException clear = StartException.of(e, loaded);
      stop();
      throw clear;
    }
    MeterRegistry meters = context().getRegistry().findSingleByType(MeterRegistry.class);
    if (meters != null) {
      ProcessGauges.bind(meters);
    }
    if (loaded != null) {
      watch(loaded);
    }
  }

  /** Waits until {@link #stop()} has ended. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /** Waits no longer than this. Gives whether {@link #stop()} has ended. */
  public boolean awaitStop(Duration longest) throws InterruptedException {
    return stopped.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Ends cleanly when the process is told to (SIGTERM, Ctrl-C). The log is closed last of all.
   *
   * @param afterwards runs after everything has stopped
   */
  public void stopOnSignal(Runnable afterwards) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop();
                  afterwards.run();
                },
                "tieback-stop"));
  }

  /**
   * Stops: exchanges in flight finish or are handed back, then resources close. Repeating is
   * harmless.
   */
  public synchronized void stop() {
    if (ended) {
      return;
    }
    ended = true;
    if (watcher != null) {
      watcher.shutdownNow();
    }
    quietly("Camel", this::stopCamel);
    QuartzConnections.forget(quartzPool);
    while (!closing.isEmpty()) {
      AutoCloseable resource = closing.pop();
      quietly(resource.getClass().getSimpleName(), resource);
    }
    stopped.countDown();
  }

  @Override
  public void close() {
    stop();
  }

  /** The Camel context, once started. */
  public CamelContext context() {
    return main.getCamelContext();
  }

  /** Port on which webhooks are received. */
  public int port() {
    VertxPlatformHttpServer server = context().hasService(VertxPlatformHttpServer.class);
    return server.getPort();
  }

  /** Port of health and metrics. */
  public int managementPort() {
    return managementPort;
  }

  /**
   * Looks at the route files now instead of waiting for the next look; a change counts the second
   * time.
   */
  public void lookAtRoutes() {
    reloader.look();
  }

  /** Everything that is wrong with the route files as they are now; used by {@code doctor}. */
  public static List<RouteProblem> check(
      Settings settings,
      RouteLibrary library,
      Map<String, Object> beans,
      Supplier<List<RoutesBuilder>> javaRoutes) {
    RouteSet set = library.read();
    List<RouteProblem> problems = new ArrayList<>(set.problems());
    if (problems.isEmpty()) {
      CamelApplication application = of(settings).beans(beans).javaRoutes(javaRoutes);
      application.beans.putIfAbsent("json", exactJson());
      problems.addAll(new RouteChecker(application::trial).check(set));
    }
    return problems;
  }

  /**
   * With equal ports Camel serves health and metrics on the webhooks' server and address, open to
   * whoever reaches those; so never equal, not even both "any".
   */
  private int chooseManagementPort() throws IOException {
    int wanted = settings.get(ServerKeys.MANAGEMENT_PORT);
    if (wanted != 0 && wanted == settings.get(ServerKeys.PORT)) {
      throw new SettingsException(
          List.of(
              "management.port and server.port are both "
                  + wanted
                  + ". Health and metrics ask for no password: give them a port of their own"));
    }
    return wanted == 0 ? Ports.free() : wanted;
  }

  /**
   * With authentication switched on and no user file, Camel 4.18.0 serves everything openly (Camel
   * guide 4.16).
   */
  private void checkAuthentication() {
    List<String> problems = new ArrayList<>();
    for (String server : List.of("server", "management")) {
      if ("true".equalsIgnoreCase(camelProperty(server, "authenticationenabled"))) {
        String file = camelProperty(server, "basicpropertiesfile");
        String keys = camelProperty(server, "jwtkeystorepath");
        String wanted = file == null ? keys : file;
        if (wanted == null || !Files.isReadable(Path.of(wanted.replaceFirst("^file:", "")))) {
          problems.add(
              "camel."
                  + server
                  + ".authentication-enabled is true, but "
                  + (wanted == null
                      ? "no user file is named"
                      : "its file " + wanted + " cannot be read")
                  + ": everything would be open. Set camel."
                  + server
                  + ".basic-properties-file, or switch it off");
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  /**
   * A value for Camel's own server, whichever of its two spellings the name has; null when not set.
   */
  private String camelProperty(String server, String name) {
    return settings.camelProperties().entrySet().stream()
        .filter(
            one -> one.getKey().replace("-", "").equalsIgnoreCase("camel." + server + "." + name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /**
   * Camel only warns when a server cannot listen, and runs on without it; Tieback does not start.
   */
  private void checkPorts() {
    List<String> problems = new ArrayList<>();
    checkPort("server", settings.get(ServerKeys.HOST), settings.get(ServerKeys.PORT), problems);
    checkPort("management", settings.get(ServerKeys.MANAGEMENT_HOST), managementPort, problems);
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private static void checkPort(String name, String host, int port, List<String> problems) {
    Ports.whyNot(host, port)
        .ifPresent(
            why ->
                problems.add(
                    "nothing can listen on "
                        + host
                        + " port "
                        + port
                        + ": "
                        + why
                        + ". End the other process, or set "
                        + name
                        + ".host or "
                        + name
                        + ".port"));
  }

  private void checkConfigurations(RouteSet loaded) {
    List<RouteProblem> problems = new ArrayList<>();
    loaded
        .routes()
        .values()
        .forEach(route -> RouteChecker.checkConfigurations(context(), route, problems));
    if (!problems.isEmpty()) {
      throw new RoutesException(problems);
    }
  }

  private void watch(RouteSet loaded) {
    reloader =
        new RouteReloader(
            context(),
            library,
            loaded,
            new RouteChecker(this::trial),
            health,
            settings.get(ServerKeys.SHUTDOWN_WAIT));
    if (settings.get(ServerKeys.RELOAD)) {
      long interval = settings.get(ServerKeys.RELOAD_INTERVAL).toMillis();
      watcher =
          Executors.newSingleThreadScheduledExecutor(
              look -> {
                Thread thread = new Thread(look, "tieback-routes");
                thread.setDaemon(true);
                return thread;
              });
      watcher.scheduleWithFixedDelay(reloader::look, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  private Trial trial() {
    Main trying = main(new TrialMain(beans), CamelProperties.trial(settings));
    try {
      trying.start();
    } catch (Exception e) {
      trying.stop();
      throw StartException.of(e, null);
    }
    return new Trial(trying.getCamelContext(), trying::stop);
  }

  private Main main(Main fresh, Map<String, String> properties) {
    // The signal is ours: Camel's own hook would race with the closing of the database.
    fresh.setShutdownStrategy(new SimpleMainShutdownStrategy());
    fresh.setDefaultPropertyPlaceholderLocation("false");
    properties.forEach(fresh::addInitialProperty);
    javaRoutes.get().forEach(fresh.configure()::addRoutesBuilder);
    return fresh;
  }

  private void stopCamel() throws Exception {
    if (main != null) {
      pauseSchedules();
      main.stop();
    }
  }

  /** First of all: a schedule that fires while its route is already gone would be lost. */
  private void pauseSchedules() throws Exception {
    if (context() != null
        && context().hasComponent("quartz") instanceof QuartzComponent quartz
        && quartz.getScheduler() != null) {
      quartz.getScheduler().standby();
    }
  }

  private static void quietly(String name, AutoCloseable step) {
    try {
      step.close();
    } catch (Exception e) {
      LOG.error("{} did not stop cleanly: {}", name, e.getMessage(), e);
    }
  }

  /** Amounts keep every digit (Camel guide 4.19). */
  private static ObjectMapper exactJson() {
    return new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }
}
