package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.zonky.test.db.postgres.junit5.EmbeddedPostgresExtension;
import io.zonky.test.db.postgres.junit5.PreparedDbExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the contract tests of the ledger share: a real PostgreSQL with the real schema, a clock that
 * a test moves, and two nodes.
 */
abstract class LedgerTest {

  @RegisterExtension
  static final PreparedDbExtension DATABASE =
      EmbeddedPostgresExtension.preparedDatabase(
          dataSource -> Flyway.configure().dataSource(dataSource).load().migrate());

  static final Duration LEASE = Duration.ofMinutes(5);
  static final Duration SETTLE = Duration.ofMinutes(2);
  static final Duration WINDOW = Duration.ofSeconds(330);
  static final ConnectionId NORTH = new ConnectionId("north");

  final SettableClock clock = new SettableClock();
  Ledger ledger;
  Ledger other;
  JdbcTemplate sql;

  @BeforeEach
  void emptyLedger() {
    sql = new JdbcTemplate(DATABASE.getTestDatabase());
    sql.execute("alter table audit_entry disable trigger audit_append_only");
    List<String> tables =
        sql.queryForList(
            "select tablename from pg_tables where schemaname = 'public' and tablename <>"
                + " 'flyway_schema_history' and tablename not like 'qrtz%'",
            String.class);
    sql.execute("truncate " + String.join(", ", tables) + " restart identity cascade");
    sql.execute("alter table audit_entry enable trigger audit_append_only");
    ledger = new Ledger(DATABASE.getTestDatabase(), clock, "node-a");
    other = new Ledger(DATABASE.getTestDatabase(), clock, "node-b");
    ledger.connections().register(NORTH, 4711, "xero", "tenant-1");
  }

  // ---- driving records along their way

  /**
   * Receives one request and stages these records in it, each with a detail of its own (detail id =
   * record id + 1000).
   */
  List<WorkItem.Reference> stage(ConnectionId connection, long requestId, long... records) {
    return stage(
        connection,
        requestId,
        "v1",
        LongStream.of(records)
            .mapToObj(r -> new StagedRequest.Detail(r + 1000, List.of(r)))
            .toList(),
        records);
  }

  List<WorkItem.Reference> stage(
      ConnectionId connection,
      long requestId,
      String version,
      List<StagedRequest.Detail> details,
      long... records) {
    long row = read(connection, requestId);
    return ledger.erpRequests().staged(List.of(request(row, version, details, records)));
  }

  long read(ConnectionId connection, long requestId) {
    ledger
        .erpRequests()
        .receive(
            new ErpRequests.Received(
                connection, requestId, 4711, Source.WEBHOOK, "d-" + requestId));
    return ledger.erpRequests().claim().stream()
        .filter(r -> r.requestId() == requestId)
        .findFirst()
        .orElseThrow()
        .row();
  }

  static StagedRequest request(
      long row, String version, List<StagedRequest.Detail> details, long... records) {
    List<StagedRequest.Item> items =
        LongStream.of(records)
            .mapToObj(
                r ->
                    new StagedRequest.Item(
                        WorkItem.REQUISITION,
                        r,
                        "{\"id\":" + r + ",\"version\":\"" + version + "\"}",
                        11L,
                        22L,
                        33L))
            .toList();
    return new StagedRequest(
        row, "create_requisitions", "{\"request\":" + row + "}", 1, items, details);
  }

  static ComposedDocument document(WorkItems.Claimed item, String amount) {
    return new ComposedDocument(
        item.id(),
        item.round(),
        "{\"lines\":[]}",
        "{\"Url\":\"" + marker(item.procoreId()) + "\"}",
        "digest-" + item.procoreId(),
        marker(item.procoreId()),
        Money.of(amount),
        null,
        "SC-" + item.procoreId(),
        11L,
        22L,
        33L,
        3,
        2);
  }

  static String marker(long procoreId) {
    return "https://procore.example/requisitions/" + procoreId;
  }

  void compose() {
    ledger
        .workItems()
        .composed(
            ledger.workItems().claimForPreparing().stream()
                .map(i -> document(i, "100.00"))
                .toList());
  }

  /** Stages, composes and plans these records in one batch. */
  Batch planned(long requestId, long... records) {
    stage(NORTH, requestId, records);
    compose();
    return planNext(50);
  }

  Batch planNext(int most) {
    WriteJournal.Plan plan =
        ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, most, LEASE).orElseThrow();
    byte[] body = ("{\"Invoices\":" + plan.documents() + "}").getBytes(StandardCharsets.UTF_8);
    return ledger.writeJournal().planned(plan, "key-" + plan.batch(), body, LEASE);
  }

  Batch sent(long requestId, long... records) {
    Batch batch = planned(requestId, records);
    if (!ledger.writeJournal().sending(batch.id(), LEASE)) {
      throw new IllegalStateException("the batch may not be sent");
    }
    return batch;
  }

  static Written written(long procoreId) {
    return written(procoreId, "bill-" + procoreId);
  }

  static Written written(long procoreId, String erpId) {
    return new Written(
        marker(procoreId),
        erpId,
        "SC-" + procoreId,
        List.of("l1", "l2"),
        Money.of("100.00"),
        List.of());
  }

  void known(long requestId, long... records) {
    Batch batch = sent(requestId, records);
    ledger
        .writeOutcomes()
        .known(batch.id(), LongStream.of(records).mapToObj(LedgerTest::written).toList());
  }

  /** Claims the only batch that is to be looked for, once the settle time is over. */
  Batch lookUp() {
    clock.advance(SETTLE);
    return onlyOne(ledger.lookUps().claim(NORTH, 10, SETTLE, LEASE));
  }

  void acknowledge() {
    ledger
        .acknowledgements()
        .originsWritten(
            ledger.acknowledgements().claimOrigins(NORTH, 1000, LEASE).stream()
                .map(WorkItem::id)
                .toList());
    ledger.acknowledgements().answered(ledger.acknowledgements().claimAnswers(NORTH, 1000, LEASE));
  }

  // ---- looking

  WorkItem item(long procoreId) {
    return ledger.workItems().find(NORTH, WorkItem.REQUISITION, procoreId).orElseThrow();
  }

  ItemState state(long procoreId) {
    return item(procoreId).state();
  }

  List<ItemState> way(long procoreId) {
    List<ItemState> states = new ArrayList<>();
    ledger.workItems().history(item(procoreId).id()).forEach(c -> states.add(c.to()));
    return states;
  }

  static <T> T onlyOne(List<T> list) {
    if (list.size() != 1) {
      throw new AssertionError("expected one, but there are " + list.size() + ": " + list);
    }
    return list.get(0);
  }

  static Set<String> markers(Batch batch) {
    return Set.copyOf(batch.markers());
  }

  String requestState(long requestId) {
    return sql.queryForObject(
        "select state from erp_request where request_id = ?", String.class, requestId);
  }

  String batchState(UUID batch) {
    return sql.queryForObject("select state from write_batch where id = ?", String.class, batch);
  }
}
