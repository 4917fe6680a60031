package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.id;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.trueOrFalse;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.time.Duration;
import java.util.List;

/** How the Tieback door reads Procore's public resources. */
public final class DoorPollKeys {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Whether what is ready waits for somebody to send it. */
  public static final Key<String> SEND =
      Key.ofConnection("approval.send", oneOf("automatic", "manual"))
          .standard("automatic")
          .described(
              "How records get to the approvers of Tieback's own door. automatic: as soon as they"
                  + " are approved in Procore and keep every rule. manual: somebody sends each in"
                  + " the console.");

  /** How often what changed is asked for. */
  public static final Key<Duration> POLL =
      Key.ofConnection("door.poll", period(SECOND, Duration.ofDays(7)))
          .standard("PT5M")
          .described(
              "How often Procore's public resources are asked for what changed. Webhooks bring"
                  + " changes at once in between, so with them it may be an hour.");

  /** How far back each reading begins. */
  public static final Key<Duration> OVERLAP =
      Key.ofConnection("door.overlap", period(Duration.ZERO, Duration.ofDays(1)))
          .standard("PT5M")
          .described(
              "How far before the end of the last reading the next one begins: for changes that"
                  + " Procore shows later than their own time, and for clocks that are apart. What"
                  + " comes twice changes nothing.");

  /** How often lists without a filter by time are read. */
  public static final Key<Duration> CODES =
      Key.ofConnection("door.codes", period(SECOND, Duration.ofDays(7)))
          .standard("PT1H")
          .described(
              "How often lists that Procore filters by no time are read as a whole: cost codes of"
                  + " each project, the standard cost code list, and budgets where the ERP takes"
                  + " them.");

  /** Whether webhooks of public resources are registered. */
  public static final Key<Boolean> WEBHOOKS =
      Key.ofConnection("door.webhooks", trueOrFalse())
          .standard("true")
          .described(
              "Whether Procore tells of changes by webhook. It needs procore.webhook-destination; a"
                  + " webhook that is lost is made up for by the next poll.");

  /** Which companies of the directory are sent by themselves. */
  public static final Key<String> COMPANIES =
      Key.ofConnection("door.companies", oneOf("used", "all"))
          .standard("used")
          .described(
              "Which companies of Procore's Directory are sent without anybody asking. used: those"
                  + " with an approved commitment. all: every active one.");

  /** The standard cost code list of the company's ERP projects. */
  public static final Key<Long> STANDARD_LIST =
      Key.ofConnection("door.standard-list", id())
          .example("1201")
          .described(
              "Id of the standard cost code list that projects have to use (GEN-WBS-01); its codes"
                  + " are sent too. Empty: the list that Procore marks as the ERP's, where there is"
                  + " one, else none is asked for.");

  /** How often the door looks whether there is something to do. */
  public static final Key<Duration> TICK =
      Key.of("poll.door", period(Duration.ofMillis(50), Duration.ofDays(1)))
          .standard("PT2S")
          .described(
              "How often it is looked whether a connection's reading is due or a webhook came.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Reading at Tieback's own door",
          "How records of Procore are found where the connection's door is tieback.",
          List.of(SEND, POLL, OVERLAP, CODES, WEBHOOKS, COMPANIES, STANDARD_LIST, TICK));

  private DoorPollKeys() {}
}
