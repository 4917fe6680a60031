package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import io.tieback.ledger.SettableClock;
import io.tieback.ledger.User;
import io.tieback.rules.Finding;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the tests of decisions share: a real PostgreSQL with the real schema, people, settings that
 * a test changes, and a pipeline that keeps what it was asked for.
 */
abstract class ApprovalTest {

  @RegisterExtension
  static final PreparedDbExtension DATABASE =
      EmbeddedPostgresExtension.preparedDatabase(
          dataSource -> Flyway.configure().dataSource(dataSource).load().migrate());

  static final ConnectionId NORTH = new ConnectionId("north");

  final SettableClock clock = new SettableClock();
  final Pipeline pipeline = new Pipeline();
  final List<Told.News> news = new ArrayList<>();
  final Settings settings = new Settings();
  Ledger ledger;
  JdbcTemplate sql;
  People people;
  Approvals approvals;
  Intake intake;

  @BeforeEach
  void openDesk() {
    sql = new JdbcTemplate(DATABASE.getTestDatabase());
    sql.execute("alter table audit_entry disable trigger audit_append_only");
    // Only what decisions write: emptying every table took longer than the tests themselves.
    sql.execute(
        "truncate app_user, delegation, queue_item, queue_move, work_item, work_item_history,"
            + " dead_letter, audit_entry, erp_connection restart identity cascade");
    sql.execute("alter table audit_entry enable trigger audit_append_only");
    ledger = new Ledger(DATABASE.getTestDatabase(), clock, "node-a");
    ledger.connections().register(NORTH, 4711, "xero", "tenant-1");
    ledger.connections().door(NORTH, QueueItem.TIEBACK);
    people = new People(ledger, ZoneOffset.UTC, clock);
    approvals = new Approvals(ledger, c -> settings.policy(), pipeline, pipeline, news::add);
    intake = new Intake(ledger, c -> settings.policy(), approvals, news::add);
  }

  /** Settings that a test changes. */
  static final class Settings {
    boolean fourEyes = true;
    Money second;
    ApprovalPolicy.Comment comment = ApprovalPolicy.Comment.REQUIRED;
    Set<RecordKind> direct = Set.of();
    Set<RecordKind> number = Set.of();
    String noBudgets;

    ApprovalPolicy policy() {
      return new ApprovalPolicy(
          QueueItem.TIEBACK, fourEyes, second, comment, direct, number, noBudgets, "Xero");
    }
  }

  /** The pipeline as a decision sees it: composes from what the test says, and keeps what came. */
  final class Pipeline implements Exports, Imports {
    final Map<Long, Composed> composed = new HashMap<>();
    final List<QueueItem> exported = new ArrayList<>();
    final List<String> unlinked = new ArrayList<>();
    final List<String> imported = new ArrayList<>();
    final Set<Long> unreachable = new HashSet<>();
    Refused stillThere;
    Runnable whileUnlinking = () -> {};

    @Override
    public long export(QueueItem item) {
      exported.add(item);
      return sql.queryForObject(
          """
          insert into work_item (connection, entity, procore_id, state, event, due_at, staged_at, changed_at, changed_by, changed_why)
          values (?, ?, ?, 'staged', ?::jsonb, now(), now(), now(), 'node-a', 'accepted')
          on conflict (connection, entity, procore_id) do update set state = 'staged', round = work_item.round + 1 returning id
          """,
          Long.class,
          item.connection().value(),
          item.entity(),
          item.procoreId(),
          item.about().event());
    }

    @Override
    public Composed compose(QueueItem item) {
      if (unreachable.contains(item.procoreId())) {
        throw new Refused("Xero does not answer.", "Try again in a moment.");
      }
      Composed now = composed.get(item.id());
      String entered = Extra.json(Extra.read(item.way().extra()));
      String extra = entered.equals("{}") ? "" : " with " + entered;
      return now != null
          ? now
          : new Composed(
              "{\"document\": 1}",
              "shown " + item.about().sourceDigest() + extra,
              List.of(),
              item.about().amount(),
              "USD",
              null);
    }

    @Override
    public void unlink(QueueItem item, String who) {
      if (stillThere != null) {
        throw stillThere;
      }
      whileUnlinking.run();
      unlinked.add(who);
      sql.update("update work_item set state = 'unlinked' where id = ?", item.workItemId());
    }

    @Override
    public void add(QueueItem item, Person who) {
      imported.add("add " + item.erpKey());
    }

    @Override
    public void link(QueueItem item, long procoreId, Person who) {
      imported.add("link " + item.erpKey() + " to " + procoreId);
    }
  }

  // ---- people

  Person person(String email, Role role) {
    return person(email, role, null);
  }

  Person person(String email, Role role, String limit) {
    long id =
        ledger
            .users()
            .create(
                new User.Draft(
                    email,
                    email.substring(0, email.indexOf('@')),
                    role.word(),
                    "en",
                    limit == null ? null : Money.of(limit)),
                "cli");
    return people.byId(id).orElseThrow();
  }

  // ---- records

  static QueueItem.About about(String number, String amount, String digest, Finding... findings) {
    return new QueueItem.About(
        number,
        "Concrete works",
        "ACME",
        11L,
        "North Tower",
        22L,
        33L,
        amount == null ? null : Money.of(amount),
        "USD",
        LocalDate.of(2026, 3, 4),
        "approved",
        null,
        null,
        null,
        "{\"id\": 5}",
        digest,
        Findings.json(List.of(findings)));
  }

  static Finding refusing(String found) {
    return new Finding(
        "XR-INV-08", Finding.Severity.REFUSE, "Status", found, "Approved", "Approve it.");
  }

  QueueItem read(RecordKind kind, String entity, long id, QueueItem.About about) {
    return read(kind, entity, id, about, Intake.Sends.CORRECTED);
  }

  QueueItem read(
      RecordKind kind, String entity, long id, QueueItem.About about, Intake.Sends sends) {
    take(kind, entity, id, about, sends);
    return ledger.queueItems().find(NORTH, entity, id).orElseThrow();
  }

  Intake.Taken take(
      RecordKind kind, String entity, long id, QueueItem.About about, Intake.Sends sends) {
    return intake.take(
        List.of(
            new Intake.Reading(
                new QueueReading(NORTH, kind.word(), entity, id, null, about),
                new QueueMoves.Sender(null, 901L, "Pat Manager", "pat@builder.example"),
                sends)));
  }

  /** An invoice that a project manager made ready in Procore. */
  QueueItem invoice(long id, String amount) {
    return read(RecordKind.INVOICE, "requisition", id, about("R-" + id, amount, "d1"));
  }

  QueueItem commitment(long id, String digest) {
    return read(
        RecordKind.COMMITMENT, "work_order_contract", id, about("SC-" + id, "5000", digest));
  }

  QueueItem now(QueueItem item) {
    return ledger.queueItems().find(item.id()).orElseThrow();
  }

  /** Accepts it as it is shown now. */
  QueueItem accept(Person person, QueueItem item) {
    QueueItem shown = approvals.compose(item.id());
    return approvals.accept(person, item.id(), shown.version(), shown.shown().digest(), Map.of());
  }

  void written(QueueItem item) {
    sql.update(
        "update work_item set state = 'acknowledged', erp_id = 'bill-1' where id = ?",
        now(item).workItemId());
  }

  void failed(QueueItem item, String message) {
    ledger
        .workItems()
        .fail(now(item).workItemId(), round(item), "prepare", "REFUSED", message, "map it");
  }

  private int round(QueueItem item) {
    return sql.queryForObject(
        "select round from work_item where id = ?", Integer.class, now(item).workItemId());
  }

  // ---- looking

  static String refused(Callable<?> deed) {
    Refused refused = catchThrowableOfType(Refused.class, deed::call);
    assertThat(refused).isNotNull();
    return refused.refusal().code();
  }

  static String state(QueueItem item) {
    return item.state();
  }

  String steps(QueueItem item) {
    return String.join(
        " ",
        ledger.queueItems().history(item.id()).stream()
            .map(step -> step.action() + ":" + step.to())
            .toList());
  }
}
