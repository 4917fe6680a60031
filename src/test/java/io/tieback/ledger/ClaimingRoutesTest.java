package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;

/**
 * What the database offers to Camel: the claiming statements in real camel-sql consumers, and the
 * tables of a clustered Quartz.
 */
class ClaimingRoutesTest extends LedgerTest {

  private final LinkedBlockingQueue<List<Map<String, Object>>> claimed =
      new LinkedBlockingQueue<>();
  private DefaultCamelContext camel;

  @AfterEach
  void stopCamel() {
    if (camel != null) {
      camel.stop();
    }
  }

  private void consume(String file) throws Exception {
    camel = new DefaultCamelContext();
    camel.getRegistry().bind("ledgerDataSource", DATABASE.getTestDatabase());
    camel.getRegistry().bind(Claims.BEAN, ledger.claims());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("sql:classpath:io/tieback/ledger/sql/"
                    + file
                    + "?dataSource=#ledgerDataSource&useIterator=false&routeEmptyResultSet=false&greedy=true&delay=20&initialDelay=1")
                .process(e -> claimed.add(rows(e.getMessage().getBody(List.class))));
          }
        });
    camel.start();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(List<?> body) {
    return (List<Map<String, Object>>) body;
  }

  private List<Map<String, Object>> next() throws InterruptedException {
    List<Map<String, Object>> rows = claimed.poll(30, TimeUnit.SECONDS);
    assertThat(rows).as("rows that the route claimed").isNotNull();
    return rows;
  }

  @Test
  void aRouteClaimsErpRequests() throws Exception {
    ledger.erpRequests().receive(new ErpRequests.Received(NORTH, 77, 4711, Source.WEBHOOK, null));
    consume("claim-erp-requests.sql");
    Map<String, Object> row = onlyOne(next());
    assertThat(row)
        .containsEntry("request_id", 77L)
        .containsEntry("connection", "north")
        .containsEntry("company_id", 4711L);
    assertThat(requestState(77)).isEqualTo("reading");
    assertThat(sql.queryForObject("select lease_owner from erp_request", String.class))
        .isEqualTo("node-a");
    assertThat(ledger.erpRequests().claim()).isEmpty();
  }

  @Test
  void aRouteClaimsSubcontractorInvoicesAndNothingElse() throws Exception {
    stage(NORTH, 1, 5);
    long row = read(NORTH, 2);
    ledger
        .erpRequests()
        .staged(
            List.of(
                new StagedRequest(
                    row,
                    "create_vendor",
                    "{}",
                    1,
                    List.of(new StagedRequest.Item("vendor", 6, "{}", null, null, null)),
                    List.of())));
    consume("claim-items-to-prepare.sql");
    Map<String, Object> item = onlyOne(next());
    assertThat(item)
        .containsEntry("procore_id", 5L)
        .containsEntry("entity", WorkItem.REQUISITION)
        .containsEntry("round", 1);
    assertThat(item.get("event")).isEqualTo("{\"id\": 5, \"version\": \"v1\"}");
  }

  @Test
  void aRouteClaimsMails() throws Exception {
    ledger
        .notices()
        .add(
            new Mail(
                NORTH, "failure", "ann@example.com", null, "fr", "subject", "body", "<p>", null));
    consume("claim-notices.sql");
    assertThat(onlyOne(next()))
        .containsEntry("recipients", "ann@example.com")
        .containsEntry("subject", "subject")
        .containsEntry("html", "<p>")
        .containsEntry("language", "fr")
        .containsKeys("message_key", "user_id");
  }

  @Test
  void theClaimingStatementsLeavePausedConnectionsAlone() throws Exception {
    ConnectionId south = new ConnectionId("south");
    ledger.connections().register(south, 4711, "xero", "tenant-2");
    ledger.erpRequests().receive(new ErpRequests.Received(NORTH, 1, 4711, Source.WEBHOOK, null));
    ledger.erpRequests().receive(new ErpRequests.Received(south, 2, 4711, Source.WEBHOOK, null));
    ledger.connections().pause(NORTH, "sign-in");
    consume("claim-erp-requests.sql");
    assertThat(onlyOne(next())).containsEntry("request_id", 2L);
    ledger.connections().resume(NORTH);
    assertThat(onlyOne(next())).containsEntry("request_id", 1L);
  }

  @Test
  void aClusteredQuartzKeepsItsTriggersInTheMigratedTables() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "tieback");
    properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    properties.setProperty("org.quartz.threadPool.threadCount", "1");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.setProperty("org.quartz.jobStore.dataSource", "ledger");
    properties.setProperty("org.quartz.jobStore.isClustered", "true");
    properties.setProperty(
        "org.quartz.dataSource.ledger.connectionProvider.class", TestConnections.class.getName());
    Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
    try {
      scheduler.start();
      scheduler.scheduleJob(
          JobBuilder.newJob(Nothing.class)
              .withIdentity(new JobKey("payments", "tieback"))
              .requestRecovery()
              .build(),
          TriggerBuilder.newTrigger()
              .withIdentity(new TriggerKey("hourly", "tieback"))
              .withSchedule(CronScheduleBuilder.cronSchedule("0 0 * * * ?"))
              .build());
      assertThat(sql.queryForObject("select cron_expression from qrtz_cron_triggers", String.class))
          .isEqualTo("0 0 * * * ?");
      assertThat(sql.queryForObject("select count(*) from qrtz_scheduler_state", Long.class))
          .isEqualTo(1);
    } finally {
      scheduler.shutdown(true);
    }
  }

  /** A job that is only scheduled. */
  public static final class Nothing implements org.quartz.Job {
    @Override
    public void execute(org.quartz.JobExecutionContext context) {}
  }

  /** Hands the test's database to Quartz. */
  public static final class TestConnections implements ConnectionProvider {
    @Override
    public java.sql.Connection getConnection() throws java.sql.SQLException {
      return DATABASE.getTestDatabase().getConnection();
    }

    @Override
    public void shutdown() {}

    @Override
    public void initialize() {}
  }
}
