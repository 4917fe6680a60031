package io.tieback.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Not a test: prints how many records a second the ledger carries from receive to acknowledged, one
 * request a record and a commit each, all else in bulks of 50, on a PostgreSQL that flushes to
 * disk. Run its main with the test class path; the argument is the number of records (default
 * 10000).
 */
final class LedgerLoad {

  private static final ConnectionId NORTH = new ConnectionId("north");
  private static final Duration LEASE = Duration.ofMinutes(5);

  private LedgerLoad() {}

  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        HikariDataSource pool = pool(postgres)) {
      Flyway.configure().dataSource(pool).load().migrate();
      Ledger ledger = new Ledger(pool, Clock.systemUTC(), "load");
      ledger.connections().register(NORTH, 1, "xero", "t");
      long began = System.nanoTime();
      long step = began;
      receive(ledger, records);
      step = lap("received", records, step);
      stage(ledger);
      step = lap("staged", records, step);
      compose(ledger);
      step = lap("composed", records, step);
      write(ledger);
      step = lap("planned, sent, known", records, step);
      acknowledge(ledger);
      lap("acknowledged", records, step);
      lap("whole way", records, began);
      System.out.println(ledger.workItems().countByState(NORTH));
      // A statement that reads whole tables shows here long before it shows in the clock.
      new JdbcTemplate(pool)
          .query(
              "select relname, seq_scan, seq_tup_read, idx_scan from pg_stat_user_tables where"
                  + " seq_tup_read > 100000 order by seq_tup_read desc",
              rs -> {
                System.out.printf(
                    "%-20s %d sequential scans read %d rows, %d index scans%n",
                    rs.getString(1), rs.getLong(2), rs.getLong(3), rs.getLong(4));
              });
    }
  }

  private static HikariDataSource pool(EmbeddedPostgres postgres) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres.getPostgresDatabase());
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }

  private static long lap(String what, int records, long since) {
    long now = System.nanoTime();
    long millis = Math.max(1, (now - since) / 1_000_000);
    System.out.printf(
        "%-22s %6d records in %6d ms: %6d a second; CPU so far: this process %d ms, PostgreSQL %d"
            + " ms%n",
        what,
        records,
        millis,
        records * 1000L / millis,
        cpu(ProcessHandle.current()),
        postgresCpu());
    return System.nanoTime();
  }

  private static long cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  /** The server is a child of this process's child; its workers are the server's children. */
  private static long postgresCpu() {
    long own = ProcessHandle.current().info().startInstant().map(i -> i.toEpochMilli()).orElse(0L);
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().command().map(c -> c.endsWith("/postgres")).orElse(false))
        .filter(p -> p.info().startInstant().map(i -> i.toEpochMilli() >= own).orElse(false))
        .mapToLong(LedgerLoad::cpu)
        .sum();
  }

  private static void receive(Ledger ledger, int records) throws Exception {
    ExecutorService webhooks = Executors.newFixedThreadPool(4);
    List<Future<?>> senders = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t;
      senders.add(
          webhooks.submit(
              () -> {
                for (int id = first; id < records; id += 4) {
                  ledger
                      .erpRequests()
                      .receive(new ErpRequests.Received(NORTH, id, 1, Source.WEBHOOK, "d" + id));
                }
              }));
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
    webhooks.shutdown();
  }

  private static void stage(Ledger ledger) {
    String padding = "x".repeat(1_500);
    for (List<ErpRequest> claimed = ledger.erpRequests().claim();
        !claimed.isEmpty();
        claimed = ledger.erpRequests().claim()) {
      ledger
          .erpRequests()
          .staged(
              claimed.stream()
                  .map(
                      r -> {
                        String event =
                            "{\"id\":" + r.requestId() + ",\"items\":\"" + padding + "\"}";
                        return new StagedRequest(
                            r.row(),
                            "create_requisitions",
                            "{\"request_data\":[" + event + "]}",
                            1,
                            List.of(
                                new StagedRequest.Item(
                                    WorkItem.REQUISITION, r.requestId(), event, 1L, 2L, 3L)),
                            List.of(new StagedRequest.Detail(r.requestId(), List.of())));
                      })
                  .toList());
    }
  }

  private static void compose(Ledger ledger) {
    String body = "{\"LineItems\":\"" + "y".repeat(1_500) + "\"}";
    for (List<WorkItems.Claimed> claimed = ledger.workItems().claimForPreparing();
        !claimed.isEmpty();
        claimed = ledger.workItems().claimForPreparing()) {
      ledger
          .workItems()
          .composed(
              claimed.stream()
                  .map(
                      i ->
                          new ComposedDocument(
                              i.id(),
                              i.round(),
                              body,
                              body,
                              "0".repeat(64),
                              "https://procore.example/r/" + i.procoreId(),
                              Money.of("100.00"),
                              null,
                              "N" + i.procoreId(),
                              1L,
                              2L,
                              3L,
                              4,
                              2))
                  .toList());
    }
  }

  private static void write(Ledger ledger) {
    Optional<WriteJournal.Plan> plan =
        ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE);
    while (plan.isPresent()) {
      StringBuilder body = new StringBuilder();
      plan.get().documents().forEach(d -> body.append(d.erpBody()));
      Batch batch =
          ledger
              .writeJournal()
              .planned(
                  plan.get(),
                  "k" + plan.get().batch(),
                  body.toString().getBytes(StandardCharsets.UTF_8),
                  LEASE);
      if (!ledger.writeJournal().sending(batch.id(), LEASE)) {
        throw new IllegalStateException("batch " + batch.id() + " may not be sent");
      }
      ledger
          .writeOutcomes()
          .known(
              batch.id(),
              batch.markers().stream()
                  .map(
                      m ->
                          new Written(
                              m,
                              "erp-" + m,
                              "N",
                              List.of("a", "b", "c"),
                              Money.of("100.00"),
                              List.of()))
                  .toList());
      plan = ledger.writeJournal().plan(NORTH, WorkItem.REQUISITION, 50, LEASE);
    }
  }

  private static void acknowledge(Ledger ledger) {
    for (List<WorkItem> claimed = ledger.acknowledgements().claimOrigins(NORTH, 200, LEASE);
        !claimed.isEmpty();
        claimed = ledger.acknowledgements().claimOrigins(NORTH, 200, LEASE)) {
      ledger.acknowledgements().originsWritten(claimed.stream().map(WorkItem::id).toList());
      ledger.acknowledgements().answered(ledger.acknowledgements().claimAnswers(NORTH, 50, LEASE));
    }
  }
}
