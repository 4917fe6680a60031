package io.tieback.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Not a test: prints how long the lists, filters, searches and counts of the queue take at 100,000
 * records. Run its main with the test class path; the argument is the number of records.
 */
final class QueueLoad {

  private static final ConnectionId NORTH = new ConnectionId("north");
  private static final int TIMES = 30;

  private static long backend;

  private QueueLoad() {}

  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    boolean plans = arguments.length > 1;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        HikariDataSource pool = pool(postgres)) {
      Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
      JdbcTemplate sql = new JdbcTemplate(pool);
      sql.execute("set max_parallel_workers_per_gather = 0");
      backend = sql.queryForObject("select pg_backend_pid()", Long.class);
      sql.update(
          """
          insert into queue_item (connection, door, kind, entity, procore_id, state, state_since, number, title, party, project_id, project_name,
            amount, currency, record_date, procore_status, sent_at, sent_by_name, event, changed_at)
          select case when i %% 4 = 0 then 'south' else 'north' end, 'tieback',
            (array['invoice', 'invoice', 'invoice', 'commitment', 'change_order'])[1 + i %% 5],
            (array['requisition', 'requisition', 'requisition', 'work_order_contract', 'change_order'])[1 + i %% 5], i,
            case when i %% 20 < 14 then 'synced' when i %% 20 < 17 then 'ready_to_export' when i %% 20 = 17 then 'exporting' when i %% 20 = 18 then 'failed'
              else 'not_sent' end,
            now() - make_interval(mins => i), 'SC-' || lpad((i %% 5000)::text, 5, '0') || '-' || (i / 5000),
            (array['Concrete', 'Steel', 'Drywall', 'Electrical', 'Roofing'])[1 + (i / 7) %% 5] || ' works phase ' || i %% 40,
            (array['Acme', 'Béton', 'Northern', 'Prairie', 'Atlas', 'Keystone'])[1 + (i / 3) %% 6] || ' ' || i %% 900 || ' Ltd', 1 + i %% 400,
            'Project ' || i %% 400 || (array[' Tower', ' School', ' Bridge'])[1 + i %% 3], (i * 7919 %% 10000000)::numeric / 100, 'USD',
            current_date - i %% 900, 'approved', now(), 'Pat Manager', jsonb_build_object('data', repeat('x', 3000)), now()
          from generate_series(1, %d) i
          """
              .formatted(records));
      sql.execute("vacuum analyze queue_item");
      System.out.println(
          sql.queryForObject(
              "select pg_size_pretty(pg_relation_size('queue_item')) || ' rows, ' ||"
                  + " pg_size_pretty(pg_indexes_size('queue_item')) || ' indexes'",
              String.class));
      QueueItems queue = new Ledger(pool, Clock.systemUTC()).queueItems();
      QueueFilter synced = QueueFilter.ofList("synced");
      QueueFilter ready = QueueFilter.ofList("ready_to_export");
      measure("counts", queue::counts);
      measure("projects", queue::projects);
      for (QueueFilter filter :
          List.of(synced, ready, synced.of(NORTH), synced.ofKind("commitment"))) {
        for (QueuePage.Sort sort : QueuePage.Sort.values()) {
          measure(
              "list "
                  + filter.list()
                  + " "
                  + filter.connection()
                  + " "
                  + filter.kind()
                  + " by "
                  + sort,
              () -> queue.page(filter, sort, false, 50, 0));
        }
      }
      measure("synced, page 100", () -> queue.page(synced, QueuePage.Sort.SINCE, false, 50, 5_000));
      measure(
          "synced by amount, page 100",
          () -> queue.page(synced, QueuePage.Sort.AMOUNT, true, 50, 5_000));
      for (String words :
          List.of(
              "beton", "sc", "SC-00412", "project 17", "acme roofing", "s", "77431", "nothing")) {
        measure(
            "synced, search '" + words + "'",
            () -> queue.page(synced.withText(words), QueuePage.Sort.SINCE, false, 50, 0));
        measure(
            "synced, search '" + words + "' by amount",
            () -> queue.page(synced.withText(words), QueuePage.Sort.AMOUNT, false, 50, 0));
      }
      QueueFilter project =
          new QueueFilter("synced", List.of(), NORTH, "invoice", 17L, null, null, null, null, null);
      measure("one project", () -> queue.page(project, QueuePage.Sort.SINCE, false, 50, 0));
      QueueFilter amounts =
          new QueueFilter(
              "synced",
              List.of(),
              null,
              null,
              null,
              Money.of("500"),
              Money.of("501"),
              null,
              null,
              null);
      measure("amount range", () -> queue.page(amounts, QueuePage.Sort.AMOUNT, false, 50, 0));
      if (plans) {
        for (String statement :
            List.of(
                "select connection, kind, state, list, count(*) from queue_item group by 1, 2, 3,"
                    + " 4",
                "select id from queue_item where list = 'synced' order by amount desc nulls last,"
                    + " id desc limit 50",
                "select count(*) from (select 1 from queue_item where list = 'synced' and kind ="
                    + " 'commitment' limit 10001) c")) {
          System.out.println(statement);
          sql.queryForList("explain (analyze, buffers) " + statement, String.class)
              .forEach(System.out::println);
        }
      }
    }
  }

  private static void measure(String what, Runnable deed) {
    deed.run();
    long cpu = backendTicks();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long began = System.nanoTime();
      deed.run();
      times.add(System.nanoTime() - began);
    }
    Collections.sort(times);
    System.out.printf(
        Locale.ROOT,
        "%-60s median %6.1f ms, p99 %6.1f ms, database CPU %6.1f ms%n",
        what,
        times.get(TIMES / 2) / 1e6,
        times.get(TIMES * 99 / 100) / 1e6,
        (backendTicks() - cpu) * 10.0 / TIMES);
  }

  /** Hundredths of a second that the database's only backend has computed; 0 where unknown. */
  private static long backendTicks() {
    try {
      String stat = Files.readString(Path.of("/proc/" + backend + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException elsewhere) {
      return 0;
    }
  }

  private static HikariDataSource pool(EmbeddedPostgres postgres) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(postgres.getPostgresDatabase());
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }
}
