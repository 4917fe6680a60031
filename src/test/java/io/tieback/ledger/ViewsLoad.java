package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Not a test: prints how long pages, counts and the overview take over many rows. Run its main with
 * the test class path; arguments are the number of rows of each list (default 100000) and of the
 * history of the last 48 hours (default 1000000). Times are those of a caller, with whatever else
 * the machine does; beside them what the database server computes for one, which a busy machine
 * does not change.
 */
final class ViewsLoad {

  private static final ConnectionId NORTH = new ConnectionId("north");
  private static final int ROUNDS = 100;

  private final Ledger ledger;
  private final JdbcTemplate sql;
  private final Random random = new Random(7);

  private ViewsLoad(Ledger ledger, JdbcTemplate sql) {
    this.ledger = ledger;
    this.sql = sql;
  }

  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int history = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        HikariDataSource pool = pool(postgres)) {
      Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
      ViewsLoad load =
          new ViewsLoad(new Ledger(pool, Clock.systemUTC(), "load"), new JdbcTemplate(pool));
      load.fill(rows, history);
      load.measure();
    }
  }

  private static HikariDataSource pool(EmbeddedPostgres postgres) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres.getPostgresDatabase());
    config.setMaximumPoolSize(1);
    // One process computes each answer, so that what it takes can be counted.
    config.setConnectionInitSql("set max_parallel_workers_per_gather = 0");
    return new HikariDataSource(config);
  }

  private void fill(int rows, int history) {
    long began = System.nanoTime();
    ledger.connections().register(NORTH, 1, "xero", "t");
    // The queue's rows are made below, all at once.
    sql.execute("alter table work_item disable trigger work_item_queued");
    run(
        """
        insert into work_item (connection, entity, procore_id, state, event, number, erp_id, erp_number, amount, project_id, commitment_id, vendor_id, due_at,
          staged_at, changed_at, changed_by, changed_why)
        select 'north', 'requisition', n, case when n %% 10 = 0 then 'failed' else 'acknowledged' end, jsonb_build_object('id', n, 'pad', repeat('x', 1500)),
          'SC-' || n, case when n %% 10 = 0 then null else 'bill-' || n end, 'B-' || n, n %% 9000, n %% 40, n %% 2000, n %% 300, now(), now(),
          now() - n * interval '1 minute', 'load', 'load' from generate_series(1, %d) n
        """,
        rows);
    run(
        """
        insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, changed_at, work_item_id, number, title, party, project_name, amount)
        select 'north', 'tieback', 'invoice', 'requisition', w.procore_id, case when w.procore_id %% 3 = 0 then 'ready_to_export' else 'synced' end,
          w.changed_at, now(), w.id, w.number, 'Invoice of month ' || w.procore_id %% 12, 'Company ' || w.vendor_id, 'Project ' || w.project_id, w.amount
        from work_item w where w.id <= %d
        on conflict (connection, entity, procore_id) where procore_id is not null do update set party = excluded.party, number = excluded.number,
          project_name = excluded.project_name
        """,
        rows);
    run(
        """
        insert into dead_letter (connection, flow, entity, subject_kind, subject_id, key, failure_kind, message, remedy, exchange, history, state, created_at)
        select 'north', 'prepare-' || n %% 7, 'requisition', 'work_item', n, n::text, (array['REFUSED', 'TRANSIENT', 'CONFLICT', 'DEFECT'])[1 + n %% 4],
          'Vendor ' || n %% 300 || ' of invoice SC-' || n || ' is not linked', 'Link the vendor, then replay it.',
          jsonb_build_object('event', jsonb_build_object('id', n, 'invoice_number', 'SC-' || n, 'pad', repeat('x', 1500))),
          jsonb_build_array(jsonb_build_object('to', 'staged', 'pad', repeat('y', 500))), 'open', now() - n * interval '1 minute'
        from generate_series(1, %d) n
        """,
        rows);
    run(
        """
        insert into payment (connection, erp_payment_id, erp_bill_id, work_item_id, state, amount, paid_on, reference, written_amount, procore_payment_id,
          due_at, recorded_at, changed_at, changed_by, changed_why)
        select 'north', 'pay-' || n, 'bill-' || n, case when n %% 20 = 0 then null else n end, (array['known', 'known', 'known', 'planned', 'flagged',
          'failed'])[1 + n %% 6], n %% 9000, current_date - n %% 700, 'CHQ ' || n, n %% 9000, n, now(), now(), now(), 'load', 'load'
        from generate_series(1, %d) n
        """,
        rows);
    run(
        """
        insert into job_cost_document (connection, kind, erp_id, document, recorded_at)
        select 'north', 'bill', 'doc-' || n, jsonb_build_object('number', 'INV-' || n, 'contactName', 'Company ' || n %% 300, 'lines', jsonb_build_array(
          jsonb_build_object('key', '1', 'projectName', 'Project ' || n %% 40, 'itemCode', '03-' || n %% 150),
          jsonb_build_object('key', '2', 'projectName', 'Project ' || n %% 40, 'itemCode', '05-' || n %% 90)))::text, now() from generate_series(1, %d) n
        """,
        rows);
    run(
        """
        insert into job_cost (connection, kind, erp_id, project_id, origin_id, type, state, wanted, wanted_amount, written_amount, due_at, recorded_at, changed_at,
          changed_by, changed_why)
        select 'north', 'bill', 'doc-' || n, n %% 40, 'x:north:direct_cost:' || n, 'INVOICE', (array['known', 'known', 'planned', 'failed'])[1 + n %% 4],
          jsonb_build_object('invoiceNumber', 'INV-' || n, 'date', (current_date - n %% 700)::text, 'description', 'Xero: bill INV-' || n, 'lines',
            jsonb_build_array(jsonb_build_object('originId', 'x:north:l:bill:doc|1|P', 'costCodeId', 1, 'costTypeId', 2, 'amount', '10.00'),
              jsonb_build_object('originId', 'x:north:l:bill:doc|2|P', 'costCodeId', 1, 'costTypeId', 2, 'amount', '5.00')))::text,
          n %% 5000, n %% 5000, now(), now(), now(), 'load', 'load' from generate_series(1, %d) n
        """,
        rows);
    run(
        """
        insert into job_cost_left (connection, kind, erp_id, line_key, outcome, waits, rules, reason, remedy, amount, dated, number, supplier, project, item, account,
          description)
        select 'north', 'bill', 'doc-' || n, '9', (array['UNSYNCED', 'UNSYNCED', 'OVERHEAD'])[1 + n %% 3], n %% 2 = 0, 'XR-JC-0' || 1 + n %% 8,
          'its item is no cost code', 'Link it', n %% 700, current_date - n %% 700, 'INV-' || n, 'Company ' || n %% 300, 'Project ' || n %% 40, '03-' || n %% 150,
          '310', 'Crane hire ' || n from generate_series(1, %d) n
        """,
        rows);
    run(
        """
        insert into work_item_history (work_item_id, connection, round, from_state, to_state, at, node, reason)
        select n, 'north', 1, 'x', (array['staged', 'composed', 'planned', 'sent', 'known', 'acknowledged', 'failed'])[1 + n %% 7],
          now() - (n %% 172000) * interval '1 second', 'load', 'load' from generate_series(1, %d) n
        """,
        history);
    sql.execute("vacuum analyze");
    System.out.printf("filled in %d s%n", (System.nanoTime() - began) / 1_000_000_000L);
  }

  private void run(String statement, int rows) {
    sql.execute(statement.formatted(rows));
  }

  private void measure() {
    DeadLetterFilter open = DeadLetterFilter.open();
    time("letters, newest", n -> letters(open, DeadLetterRow.Sort.CREATED, n));
    time("letters by number", n -> letters(open, DeadLetterRow.Sort.NUMBER, n));
    time(
        "letters of a kind by flow",
        n -> letters(open.ofKind("REFUSED"), DeadLetterRow.Sort.FLOW, n));
    time(
        "letters, rare words",
        n -> letters(open.withText("SC-" + any(90_000)), DeadLetterRow.Sort.CREATED, n));
    time(
        "letters, common words",
        n -> letters(open.withText("vendor linked"), DeadLetterRow.Sort.CREATED, n));
    time("letters, counts", n -> ledger.deadLetters().counts(null));
    time(
        "letters, story", n -> assertThat(ledger.deadLetters().story(1 + any(90_000))).isPresent());
    PaymentFilter all = PaymentFilter.all();
    time("payments by date", n -> payments(all, PaymentView.Sort.DATE, n));
    time("payments by amount", n -> payments(all, PaymentView.Sort.AMOUNT, n));
    time(
        "payments flagged by reference",
        n -> payments(all.in(PaymentStanding.FLAGGED), PaymentView.Sort.REFERENCE, n));
    time(
        "payments of an invoice number",
        n -> payments(all.withText("SC-" + any(90_000)), PaymentView.Sort.DATE, n));
    time(
        "payments of a company",
        n -> payments(all.withText("Company " + any(300)), PaymentView.Sort.DATE, n));
    time(
        "payments of a project and amounts",
        n ->
            payments(
                new PaymentFilter(
                    NORTH,
                    null,
                    (long) any(40),
                    null,
                    null,
                    Money.of("50"),
                    Money.of("4000"),
                    LocalDate.now().minusDays(300),
                    null,
                    null),
                PaymentView.Sort.AMOUNT,
                n));
    time("payments, counts", n -> ledger.paymentLists().counts(NORTH));
    JobCostFilter costs = JobCostFilter.all();
    time("costs by date", n -> costs(costs, JobCostView.Sort.DATE, n));
    time("costs by supplier", n -> costs(costs, JobCostView.Sort.SUPPLIER, n));
    time(
        "costs of a project",
        n -> costs(costs.ofProject((long) any(40)), JobCostView.Sort.AMOUNT, n));
    time(
        "costs, words", n -> costs(costs.withText("INV-" + any(90_000)), JobCostView.Sort.DATE, n));
    time(
        "costs of a code",
        n ->
            costs(
                new JobCostFilter(
                    null, List.of(), null, null, "03-" + any(150), null, null, null, null, null),
                JobCostView.Sort.DATE,
                n));
    time("costs, counts", n -> ledger.jobCostLists().counts(null));
    time("costs, sums by project and code", n -> ledger.jobCostLists().sums(null, null));
    time("costs, sums of one project", n -> ledger.jobCostLists().sums(NORTH, (long) any(40)));
    CostLeftFilter left = CostLeftFilter.unsynced();
    time("unsynced by date", n -> left(left, JobCostLists.LeftSort.DATE, n));
    time("unsynced by reason", n -> left(left, JobCostLists.LeftSort.REASON, n));
    time(
        "unsynced, words",
        n -> left(left.withText("crane " + any(90_000)), JobCostLists.LeftSort.DATE, n));
    time("unsynced, counts", n -> ledger.jobCostLists().leftCounts(null));
    time("overview, hours not counted", n -> ledger.overview(null));
    ledger.hourFigures().count();
    time("overview of all", n -> ledger.overview(null));
    time("overview of one", n -> ledger.overview(NORTH));
    time("way of a record", n -> ledger.timeline(1 + any(90_000)));
  }

  private int any(int bound) {
    return random.nextInt(bound);
  }

  /** Mostly the first pages, now and then one far behind. */
  private int offset(int round) {
    return round % 10 == 9 ? 9_500 : 50 * (round % 4);
  }

  private void letters(DeadLetterFilter filter, DeadLetterRow.Sort sort, int n) {
    ledger.deadLetters().page(filter, sort, n % 2 == 0, 50, offset(n));
  }

  private void payments(PaymentFilter filter, PaymentView.Sort sort, int n) {
    ledger.paymentLists().page(filter, sort, n % 2 == 0, 50, offset(n));
  }

  private void costs(JobCostFilter filter, JobCostView.Sort sort, int n) {
    ledger.jobCostLists().page(filter, sort, n % 2 == 0, 50, offset(n));
  }

  private void left(CostLeftFilter filter, JobCostLists.LeftSort sort, int n) {
    ledger.jobCostLists().leftPage(filter, sort, n % 2 == 0, 50, offset(n));
  }

  private void time(String what, IntConsumer query) {
    query.accept(0);
    long computed = server();
    List<Long> micros = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long began = System.nanoTime();
      query.accept(round);
      micros.add((System.nanoTime() - began) / 1_000);
    }
    micros.sort(Long::compare);
    System.out.printf(
        "%-36s median %7.1f ms   p99 %7.1f ms   server computes %5.1f ms%n",
        what,
        micros.get(ROUNDS / 2) / 1000.0,
        micros.get(ROUNDS * 99 / 100) / 1000.0,
        (server() - computed) / (double) ROUNDS);
  }

  /** What the backend of the only connection has computed, in milliseconds. */
  private long server() {
    long pid = sql.queryForObject("select pg_backend_pid()", Long.class);
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L);
  }
}
