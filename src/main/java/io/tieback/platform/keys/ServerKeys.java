package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.path;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.trueOrFalse;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Key.PathBase;
import io.tieback.platform.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Connections, servers, routes, secrets: settings of the deployment as a whole. */
public final class ServerKeys {

  /** Names of the connections of this deployment. */
  public static final Key<List<String>> CONNECTIONS =
      Key.of(
              "connections",
              list(
                  "a list of names, each 1 to 40 characters of a-z, 0-9 and hyphen, starting with a"
                      + " letter, without 'xero' in it",
                  "(?!.*xero)[a-z][a-z0-9-]{0,39}"))
          .example("main")
          .required()
          .described(
              "The connections of this deployment, separated by commas. A connection joins one"
                  + " Procore company to one ERP company.",
              "Its name is part of every link and every origin_id that is written: do not rename"
                  + " one that has exported anything.",
              "The name becomes part of a bill's web address, and Xero refuses an address with its"
                  + " own name in it.");

  /** Connection of commands that name none. */
  public static final Key<String> COMMANDS_CONNECTION =
      Key.of("commands.connection", text())
          .example("main")
          .described(
              "Which connection a command is about that is given no --connection, where there are"
                  + " several. Empty: it has to be named.");

  /** Name of this node in leases and the audit trail. */
  public static final Key<String> NODE_NAME =
      Key.of("node.name", text("1 to 60 letters, digits, dots and hyphens", "[A-Za-z0-9.-]{1,60}"))
          .example("connector-1")
          .described(
              "Name of this node in leases, logs and the audit trail; two nodes that share a"
                  + " database need different names: a process whose name another living one has"
                  + " does not start.",
              "Without it: the machine's name and the process id.");

  /** Address on which webhooks are received. */
  public static final Key<String> HOST =
      Key.of("server.host", text("a host name or address", "[A-Za-z0-9.:\\[\\]-]+"))
          .standard("127.0.0.1")
          .example("0.0.0.0")
          .described(
              "Address on which Tieback listens for Procore's webhooks.",
              "The default is reachable from this machine only; put a reverse proxy that speaks TLS"
                  + " before it.");

  /** Port on which webhooks are received. */
  public static final Key<Integer> PORT =
      Key.of("server.port", wholeNumber(0, 65535))
          .standard("8080")
          .described("Port on which Tieback listens for webhooks; 0 takes any free port.");

  /** Address of health and metrics. */
  public static final Key<String> MANAGEMENT_HOST =
      Key.of("management.host", text("a host name or address", "[A-Za-z0-9.:\\[\\]-]+"))
          .standard("127.0.0.1")
          .described(
              "Address of /observe/health, /observe/health/live, /observe/health/ready and"
                  + " /observe/metrics.",
              "They ask for no password: open them to your monitoring only.");

  /** Port of health and metrics. */
  public static final Key<Integer> MANAGEMENT_PORT =
      Key.of("management.port", wholeNumber(0, 65535))
          .standard("8081")
          .described("Port of health and metrics; 0 takes any free port.");

  /** Folder of the routes that come with the product. */
  public static final Key<Path> ROUTES_FOLDER =
      Key.of("routes.folder", path())
          .standard("routes")
          .startingAt(PathBase.HOME_FOLDER)
          .described("Folder of the routes that come with Tieback (every *.camel.yaml in it).");

  /** Folder of the site's own routes. */
  public static final Key<Path> SITE_ROUTES_FOLDER =
      Key.of("routes.site-folder", path())
          .standard("routes")
          .startingAt(PathBase.CONFIGURATION_FOLDER)
          .described(
              "Folder of the site's own routes; it need not exist.",
              "A route in it replaces the built-in route of the same id.");

  /** Whether changed route files are taken up while running. */
  public static final Key<Boolean> RELOAD =
      Key.of("routes.reload", trueOrFalse())
          .standard("true")
          .described(
              "Whether a changed route file is checked and taken up while Tieback runs.",
              "A file with a mistake is reported and changes nothing.");

  /** How often route files are looked at. */
  public static final Key<Duration> RELOAD_INTERVAL =
      Key.of("routes.reload-interval", period(Duration.ofMillis(100), Duration.ofHours(1)))
          .standard("PT1S")
          .described(
              "How often the route files are looked at; a change is taken up when it was seen twice"
                  + " the same.");

  /** File of the key that seals tokens. */
  public static final Key<Path> KEY_FILE =
      Key.of("secrets.key-file", path())
          .standard("tieback.key")
          .startingAt(PathBase.CONFIGURATION_FOLDER)
          .described(
              "File of the key that encrypts the tokens in the database; made at first use,"
                  + " readable by its owner only.",
              "Keep a copy apart from the database's: without it every connection has to be signed"
                  + " in again.",
              "The environment variable TIEBACK_MASTER_KEY, when set, is used instead.");

  /** How long a stop waits for work in flight. */
  public static final Key<Duration> SHUTDOWN_WAIT =
      Key.of("shutdown.wait", period(Duration.ofSeconds(1), Duration.ofMinutes(10)))
          .standard("PT20S")
          .described(
              "How long a stop waits for work in flight before it is handed back; nothing is lost"
                  + " when it is cut short.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "The deployment",
          "What holds for every connection.",
          List.of(
              CONNECTIONS,
              COMMANDS_CONNECTION,
              NODE_NAME,
              HOST,
              PORT,
              MANAGEMENT_HOST,
              MANAGEMENT_PORT,
              ROUTES_FOLDER,
              SITE_ROUTES_FOLDER,
              RELOAD,
              RELOAD_INTERVAL,
              KEY_FILE,
              SHUTDOWN_WAIT));

  private ServerKeys() {}
}
