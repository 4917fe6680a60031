package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.cron;
import static io.tieback.platform.ValueTypes.fullHour;
import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.trueOrFalse;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/** Mails to people. */
public final class MailKeys {

  private static final String ADDRESS = "[^@\\s,]+@[^@\\s,]+";

  /** Whether mails are sent. */
  public static final Key<Boolean> ENABLED =
      Key.of("mail.enabled", trueOrFalse())
          .standard("false")
          .described(
              "Whether mails are sent: to approvers what waits, to whoever sent it what was"
                  + " rejected, and what failed or needs someone. Everything is kept in the ledger"
                  + " either way.");

  /** Mail server. */
  public static final Key<String> HOST =
      Key.of("mail.host", text("a host name or address", "[A-Za-z0-9.:-]+"))
          .example("smtp.example.com")
          .requiredWhen(ENABLED, "true")
          .described("The mail server that takes them.");

  /** Its port. */
  public static final Key<Integer> PORT =
      Key.of("mail.port", wholeNumber(1, 65535))
          .standard("587")
          .described("Its port: 587 with STARTTLS, 465 with TLS from the first byte, 25 plain.");

  /** How the line is protected. */
  public static final Key<String> SECURITY =
      Key.of("mail.security", oneOf("starttls", "tls", "none"))
          .standard("starttls")
          .described(
              "How the line to the mail server is protected. With starttls a server that does not"
                  + " offer it is refused.");

  /** User, when it wants one. */
  public static final Key<String> USER =
      Key.of("mail.user", text())
          .example("tieback@example.com")
          .described("User at the mail server; leave it out when it asks for none.");

  /** Password of that user. */
  public static final Key<String> PASSWORD =
      Key.of("mail.password", text())
          .example("${env:MAIL_PASSWORD}")
          .secret()
          .described("Password of that user.");

  /** Sender. */
  public static final Key<String> FROM =
      Key.of("mail.from", text("a mail address", ADDRESS))
          .example("tieback@example.com")
          .requiredWhen(ENABLED, "true")
          .described("Sender of the mails.");

  /** Further receivers of failures. */
  public static final Key<List<String>> TO =
      Key.of("mail.to", list("a list of mail addresses", ADDRESS))
          .example("accounting@example.com,operations@example.com")
          .described(
              "Further addresses that hear of failures, separated by commas, beside the users who"
                  + " do.");

  /** Language of those who are no users. */
  public static final Key<String> LANGUAGE =
      Key.of("mail.language", oneOf("en", "fr"))
          .standard("en")
          .described(
              "Language of mails to mail.to and to people of Procore who are no users here; users"
                  + " choose their own.");

  /** When the daily summary goes. */
  public static final Key<LocalTime> DIGEST_AT =
      Key.of("mail.digest-at", fullHour())
          .standard("06:00")
          .described(
              "When approvers get the daily summary of what waits for them (GEN-NOT-01), in"
                  + " approval.time-zone. Without anything that waits there is none.");

  /** When it is looked whether it is due. */
  public static final Key<String> DIGEST_TICK =
      Key.of("mail.digest-tick", cron())
          .standard("15 * * * * ?")
          .described(
              "When it is looked whether the daily summary is due, as a Quartz cron expression.");

  /** How long failures are collected. */
  public static final Key<Duration> FAILURE_WINDOW =
      Key.of("mail.failure-window", period(Duration.ZERO, Duration.ofDays(1)))
          .standard("PT15M")
          .described(
              "The first failure of a connection is mailed at once; those that follow within this"
                  + " time are mailed together when it ends. PT0S mails each at once.");

  /** Whether a commitment that is sent again is told of at once. */
  public static final Key<Boolean> RESENT_COMMITMENT =
      Key.of("mail.resent-commitment", trueOrFalse())
          .standard("true")
          .described(
              "Whether approvers are mailed at once when a commitment is sent again (GEN-NOT-05)."
                  + " Everything else that is sent again waits for the daily summary.");

  /** When administrators are told of what waits. */
  public static final Key<Duration> ESCALATE_AFTER =
      Key.of("mail.escalate-after", period(Duration.ZERO, Duration.ofDays(365)))
          .standard("P3D")
          .described(
              "After how long owners and administrators are told of an item that waits for a"
                  + " decision, with the daily summary and once for each time that it is sent."
                  + " PT0S never tells them.");

  /** How long before a sign-in ends people are told. */
  public static final Key<List<String>> WARN_BEFORE =
      Key.of("mail.warn-before", list("a list of days such as P14D,P3D", "P[1-9][0-9]?D"))
          .standard("P30D,P14D,P7D,P2D")
          .described(
              "How many days before a sign-in ends people are told, each once. Xero's ends when it"
                  + " is not used for 60 days, that of QuickBooks Online when it is not used for"
                  + " about 100 days, and in any case five years after the consent.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Mail",
          "",
          List.of(
              ENABLED,
              HOST,
              PORT,
              SECURITY,
              USER,
              PASSWORD,
              FROM,
              TO,
              LANGUAGE,
              FAILURE_WINDOW,
              DIGEST_AT,
              DIGEST_TICK,
              RESENT_COMMITMENT,
              ESCALATE_AFTER,
              WARN_BEFORE));

  private MailKeys() {}
}
