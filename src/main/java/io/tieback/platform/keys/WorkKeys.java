package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.cron;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.time.Duration;
import java.util.List;

/** How work is claimed, repeated and looked for. */
public final class WorkKeys {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** First wait after a passing failure. */
  public static final Key<Duration> RETRY_FIRST_DELAY =
      Key.of("retry.first-delay", period(Duration.ofMillis(100), DAY))
          .standard("PT5S")
          .described(
              "How long Tieback waits after the first passing failure (time-outs, answers of 5xx)."
                  + " Each further wait is twice as long, give or take a little.");

  /** Longest wait. */
  public static final Key<Duration> RETRY_LONGEST_DELAY =
      Key.of("retry.longest-delay", period(SECOND, Duration.ofDays(7)))
          .standard("PT30M")
          .described("The longest wait between two attempts.");

  /** Attempts before a person is asked. */
  public static final Key<Integer> RETRY_ATTEMPTS =
      Key.of("retry.attempts", wholeNumber(1, 1000))
          .standard("20")
          .described(
              "After how many attempts a record becomes a dead letter. Being told to wait by the"
                  + " service (429) does not count.");

  /** How often a waiting record is checked. */
  public static final Key<Duration> WAITING_RECHECK =
      Key.of("waiting.recheck", period(SECOND, DAY))
          .standard("PT15M")
          .described(
              "How often a record that waits for a vendor, project, code or commitment asks Procore"
                  + " whether it is linked now. A link that Tieback makes itself frees it at"
                  + " once.");

  /** How often received events are looked for. */
  public static final Key<Duration> POLL_RECEIVED =
      Key.of("poll.received", period(Duration.ofMillis(50), DAY))
          .standard("PT1S")
          .described("How often newly received Procore events are looked for.");

  /** How often records to prepare are looked for. */
  public static final Key<Duration> POLL_PREPARE =
      Key.of("poll.prepare", period(Duration.ofMillis(50), DAY))
          .standard("PT1S")
          .described("How often records that can be checked and composed are looked for.");

  /** How often composed documents are looked for. */
  public static final Key<Duration> POLL_DELIVER =
      Key.of("poll.deliver", period(Duration.ofMillis(50), DAY))
          .standard("PT1S")
          .described(
              "How often composed documents are looked for. A longer wait fills batches better and"
                  + " answers later.");

  /** How often unknown writes are looked up. */
  public static final Key<Duration> POLL_LOOK_UP =
      Key.of("poll.look-up", period(Duration.ofMillis(50), DAY))
          .standard("PT2S")
          .described("How often writes of unknown outcome that are due are looked for in the ERP.");

  /** How often outcomes are acknowledged. */
  public static final Key<Duration> POLL_ACKNOWLEDGE =
      Key.of("poll.acknowledge", period(Duration.ofMillis(50), DAY))
          .standard("PT1S")
          .described("How often outcomes that Procore has to be told are looked for.");

  /** How often files to attach are looked for. */
  public static final Key<Duration> POLL_ATTACHMENTS =
      Key.of("poll.attachments", period(Duration.ofMillis(50), DAY))
          .standard("PT10S")
          .described("How often written invoices are looked for whose files have to be attached.");

  /** How often payment steps are looked for. */
  public static final Key<Duration> POLL_PAYMENTS =
      Key.of("poll.payments", period(Duration.ofMillis(50), DAY))
          .standard("PT2S")
          .described("How often payments that have to be written to Procore are looked for.");

  /** How often job cost steps are looked for. */
  public static final Key<Duration> POLL_COSTS =
      Key.of("poll.costs", period(Duration.ofMillis(50), DAY))
          .standard("PT5S")
          .described("How often direct costs that have to be written to Procore are looked for.");

  /** How often lost webhooks are caught up. */
  public static final Key<Duration> POLL_CATCH_UP =
      Key.of("poll.catch-up", period(SECOND, DAY))
          .standard("PT15M")
          .described(
              "How often Procore's log of deliveries is read for events that never arrived"
                  + " (GEN-API-11: Procore gives up after 12 hours). Also done at each start.");

  /** How often notices are sent. */
  public static final Key<Duration> POLL_NOTICES =
      Key.of("poll.notices", period(Duration.ofMillis(50), DAY))
          .standard("PT30S")
          .described("How often mails that are due are looked for.");

  /** How often the chores are done. */
  public static final Key<Duration> POLL_HOUSEKEEPING =
      Key.of("poll.housekeeping", period(Duration.ofMillis(50), DAY))
          .standard("PT10S")
          .described(
              "How often this node says that it lives, tries paused connections again, and switches"
                  + " payments on where they are wanted.");

  /** How often orders about many dead letters are looked for. */
  public static final Key<Duration> POLL_REPLAYS =
      Key.of("poll.replays", period(Duration.ofMillis(50), DAY))
          .standard("PT1S")
          .described(
              "How often it is looked whether somebody wants many dead letters to be replayed or"
                  + " discarded.");

  /** How often tie-outs that were asked for are looked for. */
  public static final Key<Duration> POLL_TIE_OUTS =
      Key.of("poll.tie-outs", period(Duration.ofMillis(50), DAY))
          .standard("PT2S")
          .described("How often it is looked whether somebody asked for a tie-out.");

  /** How many tie-outs are kept. */
  public static final Key<Integer> KEEP_TIE_OUTS =
      Key.of("keep.tie-outs", wholeNumber(1, 10_000))
          .standard("90")
          .described("How many tie-outs of each connection are kept with their reports.");

  /** How long work waits for company. */
  public static final Key<Duration> LINGER =
      Key.of("work.linger", period(Duration.ZERO, Duration.ofMinutes(10)))
          .standard("PT1S")
          .described(
              "How long composed documents and acknowledgements wait for others to share a call"
                  + " with; a full batch goes at once.");

  /** When the payment schedules are looked at. */
  public static final Key<String> PAYMENTS_TICK =
      Key.of("payments.tick", cron())
          .standard("0 * * * * ?")
          .described(
              "When it is looked whether payments of a connection are due, as a Quartz cron"
                  + " expression. How often they are read is payments.schedule of the connection.");

  /** When the job cost schedules are looked at. */
  public static final Key<String> COSTS_TICK =
      Key.of("costs.tick", cron())
          .standard("30 * * * * ?")
          .described(
              "When it is looked whether job costs of a connection are due, as a Quartz cron"
                  + " expression. How often they are read is costs.schedule of the connection.");

  /** How long payloads are kept. */
  public static final Key<Duration> KEEP_PAYLOADS =
      Key.of("keep.payloads", period(Duration.ofDays(30), Duration.ofDays(36_500)))
          .standard("P400D")
          .described(
              "How long the bytes of written batches, the text of answered requests and sent mails"
                  + " are kept. Records, their outcomes, keys, digests and history are kept for"
                  + " good.");

  /** When payloads are let go. */
  public static final Key<String> KEEP_TICK =
      Key.of("keep.tick", cron())
          .standard("0 30 3 * * ?")
          .described("When old payloads are let go, as a Quartz cron expression.");

  /** How long a claim lasts. */
  public static final Key<Duration> LEASE =
      Key.of("work.lease", period(SECOND, Duration.ofHours(1)))
          .standard("PT1M")
          .described(
              "How long a node may hold claimed work without a sign of life before another takes it"
                  + " over.");

  /** Records claimed at once. */
  public static final Key<Integer> CLAIM_SIZE =
      Key.of("work.claim-size", wholeNumber(1, 1000))
          .standard("100")
          .described("How many records are claimed at once.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Work, repeats and waiting",
          "",
          List.of(
              RETRY_FIRST_DELAY,
              RETRY_LONGEST_DELAY,
              RETRY_ATTEMPTS,
              WAITING_RECHECK,
              POLL_RECEIVED,
              POLL_PREPARE,
              POLL_DELIVER,
              POLL_LOOK_UP,
              POLL_ACKNOWLEDGE,
              POLL_ATTACHMENTS,
              POLL_PAYMENTS,
              POLL_COSTS,
              POLL_CATCH_UP,
              POLL_NOTICES,
              POLL_HOUSEKEEPING,
              POLL_REPLAYS,
              POLL_TIE_OUTS,
              PAYMENTS_TICK,
              COSTS_TICK,
              LINGER,
              LEASE,
              CLAIM_SIZE,
              KEEP_PAYLOADS,
              KEEP_TICK,
              KEEP_TIE_OUTS));

  private WorkKeys() {}
}
