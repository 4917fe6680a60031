package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.serviceAddress;
import static io.tieback.platform.ValueTypes.trueOrFalse;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The console: the pages on which people decide. */
public final class ConsoleKeys {

  /** Whether there is one. */
  public static final Key<Boolean> ENABLED =
      Key.of("console.enabled", trueOrFalse())
          .standard("true")
          .described(
              "Whether this node serves the console, under /console/ on the port of the webhooks.");

  /** Where people reach it. */
  public static final Key<URI> URL =
      Key.of("console.url", serviceAddress())
          .example("https://tieback.example.com")
          .described(
              "The address under which people reach Tieback, without /console. Links in mails begin"
                  + " with it; with https the browser sends the session's cookie over https only.",
              "Leave it out on a machine of your own; set it as soon as others use the console.");

  /** End of a session that is not used. */
  public static final Key<Duration> SESSION_IDLE =
      Key.of("console.session-idle", period(Duration.ofMinutes(5), Duration.ofDays(7)))
          .standard("PT2H")
          .described("How long a session may go unused before one has to sign in again.");

  /** End of every session. */
  public static final Key<Duration> SESSION_LONGEST =
      Key.of("console.session-longest", period(Duration.ofMinutes(15), Duration.ofDays(31)))
          .standard("PT12H")
          .described("How long a session may last at most, used or not.");

  /** Attempts for one account. */
  public static final Key<Integer> ATTEMPTS_PER_ACCOUNT =
      Key.of("console.sign-in-attempts", wholeNumber(3, 100))
          .standard("8")
          .described(
              "How many attempts to sign in one account has from one network address, or on a"
                  + " device on which its person signed in before, within console.sign-in-window."
                  + " After ten times as many from all addresses together they pass one by one. All"
                  + " nodes count together.");

  /** Attempts from one address. */
  public static final Key<Integer> ATTEMPTS_PER_ADDRESS =
      Key.of("console.sign-in-attempts-per-address", wholeNumber(3, 10_000))
          .standard("40")
          .described(
              "How many failed attempts to sign in one network address has within"
                  + " console.sign-in-window, over all accounts: an office often has one address.");

  /** Window of the attempts. */
  public static final Key<Duration> ATTEMPT_WINDOW =
      Key.of("console.sign-in-window", period(Duration.ofMinutes(1), Duration.ofDays(1)))
          .standard("PT15M")
          .described("How long an attempt to sign in counts.");

  /** Calls of one key of the API. */
  public static final Key<Integer> API_CALLS =
      Key.of("console.api-calls-per-minute", wholeNumber(1, 100_000))
          .standard("600")
          .described(
              "How many calls one key of the API may make within a minute, on each node by itself"
                  + " (docs/api.md).");

  /** Proxies that may say where a request came from. */
  public static final Key<List<String>> TRUSTED_PROXIES =
      Key.of(
              "console.trusted-proxies",
              list("a list of network addresses without masks", "[0-9a-fA-F:.]+"))
          .example("127.0.0.1")
          .described(
              "Addresses of the reverse proxies before Tieback, separated by commas. What they"
                  + " write into X-Forwarded-For is where a request came from; from anybody else"
                  + " that header is ignored.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Console",
          "The pages on which people look, decide and repair.",
          List.of(
              ENABLED,
              URL,
              SESSION_IDLE,
              SESSION_LONGEST,
              ATTEMPTS_PER_ACCOUNT,
              ATTEMPTS_PER_ADDRESS,
              ATTEMPT_WINDOW,
              API_CALLS,
              TRUSTED_PROXIES));

  private ConsoleKeys() {}
}
