package io.tieback.command.wiring;

import io.tieback.approval.People;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.xero.XeroAdapter;
import io.tieback.flow.NoticeMail;
import io.tieback.ledger.Ledger;
import io.tieback.notice.DecisionRules;
import io.tieback.notice.MailPolicy;
import io.tieback.notice.Mails;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.ConsoleKeys;
import io.tieback.platform.keys.MailKeys;
import io.tieback.wire.Redaction;
import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/** Mails: who writes them, and how they leave. */
final class MailWiring {

  /** A consent that is not used for 60 days ends (XR-CFG: Xero's rule of refresh tokens). */
  private static final Map<String, Duration> UNUSED_ENDS_AFTER =
      Map.of(XeroAdapter.ERP, Duration.ofDays(60));

  private MailWiring() {}

  /**
   * Everything that writes mails.
   *
   * @param current settings as they are at the moment of a decision
   */
  static Mails mails(Settings settings, Supplier<Settings> current, Ledger ledger, Clock clock) {
    return new Mails(
        ledger,
        policy(settings),
        new People(ledger, settings.get(ApprovalKeys.TIME_ZONE), clock),
        new ConnectionId(settings.connections().get(0)),
        new DecisionRules(
            connection ->
                !known(settings, connection)
                    || current.get().get(ApprovalKeys.FOUR_EYES, connection.value()),
            connection ->
                known(settings, connection)
                    && current.get().get(ApprovalKeys.DIRECT_COMMITMENTS, connection.value())),
        Redaction::text,
        clock);
  }

  /** The queue may have items of a connection that is no longer configured. */
  private static boolean known(Settings settings, ConnectionId connection) {
    return settings.connections().contains(connection.value());
  }

  private static MailPolicy policy(Settings settings) {
    Duration escalate = settings.get(MailKeys.ESCALATE_AFTER);
    return new MailPolicy(
        settings.get(MailKeys.ENABLED),
        settings.find(MailKeys.TO).orElse(List.of()),
        Locale.forLanguageTag(settings.get(MailKeys.LANGUAGE)),
        settings.find(ConsoleKeys.URL).orElse(null),
        settings.get(MailKeys.FAILURE_WINDOW),
        settings.get(MailKeys.RESENT_COMMITMENT),
        settings.get(MailKeys.DIGEST_AT),
        settings.get(ApprovalKeys.TIME_ZONE),
        escalate.isZero() ? null : escalate,
        settings.get(MailKeys.WARN_BEFORE).stream().map(Duration::parse).toList(),
        UNUSED_ENDS_AFTER);
  }

  /** What makes mails of notices. */
  static NoticeMail noticeMail(Settings settings, Ledger ledger) {
    return new NoticeMail(
        ledger,
        settings.find(MailKeys.FROM).orElse("tieback@localhost"),
        settings.find(ConsoleKeys.URL).map(url -> url + "/console/profile").orElse(null));
  }

  /** How the mail server is reached. */
  static Session session(Settings settings) {
    Properties properties = new Properties();
    String security = settings.get(MailKeys.SECURITY);
    properties.put("mail.smtp.starttls.enable", Boolean.toString(security.equals("starttls")));
    properties.put("mail.smtp.starttls.required", Boolean.toString(security.equals("starttls")));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(security.equals("tls")));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.connectiontimeout", "10000");
    properties.put("mail.smtp.timeout", "30000");
    properties.put("mail.smtp.host", settings.find(MailKeys.HOST).orElse("localhost"));
    properties.put("mail.smtp.port", settings.get(MailKeys.PORT).toString());
    if (settings.find(MailKeys.USER).isEmpty()) {
      return Session.getInstance(properties);
    }
    properties.put("mail.smtp.auth", "true");
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(
                settings.get(MailKeys.USER), settings.find(MailKeys.PASSWORD).orElse(""));
          }
        });
  }
}
