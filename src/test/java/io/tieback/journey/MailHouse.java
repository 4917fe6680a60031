package io.tieback.journey;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.tieback.approval.People;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.ConnectionWatch;
import io.tieback.flow.FailureDesk;
import io.tieback.flow.NoticeMail;
import io.tieback.flow.SharedRoutes;
import io.tieback.ledger.Claims;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import io.tieback.notice.DecisionRules;
import io.tieback.notice.MailPolicy;
import io.tieback.notice.Mails;
import io.tieback.wire.Backoff;
import io.tieback.wire.Redaction;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Mails without the rest of the house: a real PostgreSQL, the built-in route that sends, a real
 * SMTP server, and a clock that a test moves.
 */
final class MailHouse implements AutoCloseable {

  static final ConnectionId NORTH = new ConnectionId("north");
  static final ConnectionId SOUTH = new ConnectionId("south");
  static final ZoneId ZONE = ZoneId.of("America/Toronto");
  static final String FURTHER = "betrieb@example.com";

  final JdbcTemplate sql;
  final Ledger ledger;
  final Ledger otherNode;
  final Mails mails;
  final Mails othersMails;
  final TestClock clock = new TestClock();
  private final String database;
  private final DefaultCamelContext camel;
  private GreenMail mailbox;

  /** Stands until it is moved. */
  static final class TestClock extends Clock {
    private volatile Instant now = Instant.parse("2026-12-01T11:30:00Z");

    void to(String instant) {
      now = Instant.parse(instant);
    }

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  MailHouse() throws Exception {
    mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    mailbox.start();
    database = SharedPostgres.fresh();
    DriverManagerDataSource source = new DriverManagerDataSource(database, SharedPostgres.USER, "");
    sql = new JdbcTemplate(source);
    ledger = new Ledger(source, clock, "node-a");
    otherNode = new Ledger(source, clock, "node-b");
    ledger.connections().register(NORTH, 4711, "xero", "tenant-1");
    ledger.connections().register(SOUTH, 4712, "xero", "tenant-2");
    mails = mails(ledger);
    othersMails = mails(otherNode);
    camel = sending(source);
  }

  private Mails mails(Ledger of) {
    MailPolicy policy =
        new MailPolicy(
            true,
            List.of(FURTHER),
            Locale.FRENCH,
            URI.create("https://tieback.example.com"),
            Duration.ofMinutes(15),
            true,
            LocalTime.of(6, 0),
            ZONE,
            Duration.ofDays(3),
            List.of(Duration.ofDays(7), Duration.ofDays(14)),
            Map.of("xero", Duration.ofDays(60)));
    return new Mails(
        of,
        policy,
        new People(of, ZONE, clock),
        NORTH,
        new DecisionRules(NORTH::equals, SOUTH::equals),
        Redaction::text,
        clock);
  }

  private DefaultCamelContext sending(DriverManagerDataSource source) throws Exception {
    ConnectionRoom.Times times =
        new ConnectionRoom.Times(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            50,
            new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5), new Random(1)));
    ConnectionRoom room =
        new ConnectionRoom(
            NORTH, null, null, null, null, null, null, null, null, times, null, null, ZONE);
    DefaultCamelContext context = new DefaultCamelContext();
    Properties smtp = new Properties();
    smtp.put("mail.smtp.host", "127.0.0.1");
    smtp.put("mail.smtp.port", Integer.toString(port()));
    smtp.put("mail.smtp.timeout", "10000");
    Properties settings = new Properties();
    settings.put("mail.enabled", "true");
    settings.put("poll.notices", "50");
    settings.put("mail.host", "127.0.0.1");
    settings.put("mail.port", Integer.toString(port()));
    context.getPropertiesComponent().setInitialProperties(settings);
    context.getRegistry().bind("ledgerDataSource", source);
    context.getRegistry().bind(Claims.BEAN, ledger.claims());
    context
        .getRegistry()
        .bind(
            "noticeMail",
            new NoticeMail(
                ledger, "tieback@example.com", "https://tieback.example.com/console/profile"));
    context.getRegistry().bind("mailSession", Session.getInstance(smtp));
    context
        .getRegistry()
        .bind(
            "failureDesk",
            new FailureDesk(
                ledger,
                new ConnectionRooms(List.of(room)),
                new ConnectionWatch(ledger, mails.notifier()),
                mails.notifier(),
                clock));
    context.addRoutes(SharedRoutes.policies());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:failure-desk")
                .errorHandler(noErrorHandler())
                .bean("failureDesk", "handle");
          }
        });
    Resource routes =
        ResourceHelper.fromString(
            "failure-mail.camel.yaml",
            Files.readString(Path.of("routes/notice/failure-mail.camel.yaml")));
    PluginHelper.getRoutesLoader(context).loadRoutes(routes);
    context.start();
    return context;
  }

  int port() {
    return mailbox.getSmtp().getPort();
  }

  /** The mail server stops; gives the port on which it may come back. */
  int down() {
    int port = port();
    mailbox.stop();
    return port;
  }

  void up(int port) {
    mailbox = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailbox.start();
  }

  /** Nothing was mailed, nobody waits, nobody is known. */
  void empty() throws Exception {
    mailbox.purgeEmailFromAllMailboxes();
    sql.execute(
        "truncate notice, failure_note, failure_window, digest_run, escalation, queue_item,"
            + " user_right, app_user, credential restart identity cascade");
    clock.to("2026-12-01T11:30:00Z");
  }

  long user(String name, String role, String language) {
    return ledger
        .users()
        .create(new User.Draft(name + "@example.com", name, role, language, null), "test");
  }

  void limit(long user, String amount) {
    ledger.users().amountLimit(user, Money.of(amount), "test");
  }

  /** A right of its own; the first one takes all others away. */
  void right(long user, String kind, boolean canImport, boolean canExport) {
    sql.update(
        "insert into user_right (user_id, connection, kind, can_import, can_export) values (?,"
            + " null, ?, ?, ?)",
        user,
        kind,
        canImport,
        canExport);
  }

  /** An item of Tieback's door that has waited for so many hours. */
  long item(
      ConnectionId connection, String kind, String state, String number, String amount, int hours) {
    Long id =
        sql.queryForObject(
            """
            insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, number, title, party,
              project_name, amount, currency, changed_at, sent_by_name)
            values (?, 'tieback', ?, ?, ?, ?, ?::timestamptz, ?, 'Béton & charpente', 'Müller <Bau> GmbH', 'Hôtel du Port',
              ?::numeric, 'CAD', ?::timestamptz, 'Petra Manager')
            returning id
            """,
            Long.class,
            connection.value(),
            kind,
            kind + "-" + number,
            Math.abs(number.hashCode()) + 1L,
            state,
            clock.instant().minus(Duration.ofHours(hours)).toString(),
            number,
            amount,
            clock.instant().toString());
    return id;
  }

  void sentBy(long item, String mail) {
    sql.update(
        "update queue_item set sent_by_mail = ?, sent_by_name = 'Sent By' where id = ?",
        mail,
        item);
  }

  void createdBy(long item, String mail) {
    sql.update(
        "update queue_item set created_by_mail = ?, created_by_name = 'Created By' where id = ?",
        mail,
        item);
  }

  /** Waits until everything left, and gives what arrived. */
  List<MimeMessage> arrived() {
    await("mails left")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(25))
        .until(() -> ledger.notices().waiting() == 0);
    return Arrays.asList(mailbox.getReceivedMessages());
  }

  /** What one of them got. */
  List<MimeMessage> arrivedFor(String name) {
    String address = name.contains("@") ? name : name + "@example.com";
    return arrived().stream().filter(mail -> to(mail).equals(address)).toList();
  }

  MimeMessage onlyOneFor(String name) {
    List<MimeMessage> found = arrivedFor(name);
    if (found.size() != 1) {
      throw new AssertionError(name + " got " + found.size() + " mails: " + receivers());
    }
    return found.get(0);
  }

  List<String> receivers() {
    return arrived().stream().map(MailHouse::to).sorted().toList();
  }

  static String to(MimeMessage mail) {
    try {
      return mail.getAllRecipients().length == 1 ? mail.getAllRecipients()[0].toString() : "?";
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    camel.stop();
    mailbox.stop();
    SharedPostgres.drop(database);
  }
}
