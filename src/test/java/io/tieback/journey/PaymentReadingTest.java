package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.flow.BillPayments;
import io.tieback.ledger.DeletionPolicy;
import io.tieback.ledger.PaymentJournal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two that read payments of one connection at the same moment. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PaymentReadingTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "Two that switch payments on and record at the same moment wait for each other in one order;"
          + " the later one's reading is dropped, not an error")
  void oneOrderOfLocks() throws Exception {
    ExecutorService another = Executors.newSingleThreadExecutor();
    try (Site site = Site.small(folder).set(Site.HARBOUR, "payments.schedule", "Never").start()) {
      List<Future<BillPayments.Report>> second = new java.util.ArrayList<>();
      site.ledger()
          .cursors()
          .advance(
              Site.HARBOUR,
              "bill-payments",
              null,
              "2026-11-22T00:00:00Z",
              () -> {
                second.add(
                    another.submit(
                        () -> site.deployment().billPayments().sync(Site.HARBOUR, "the other")));
                Site.until("the other waits for us", () -> waiting(site) == 1);
                site.ledger().payments().switchOn(Site.HARBOUR, List.of(), "this one");
                site.ledger()
                    .payments()
                    .record(
                        Site.HARBOUR,
                        new PaymentJournal.Reading(List.of(), Map.of()),
                        DeletionPolicy.FLAG);
              });
      BillPayments.Report report = second.get(0).get(60, TimeUnit.SECONDS);
      assertThat(report.switchedOn()).isFalse();
      assertThat(site.ledger().cursors().get(Site.HARBOUR, "bill-payments"))
          .contains("2026-11-22T00:00:00Z");
    } finally {
      another.shutdownNow();
    }
  }

  private static long waiting(Site site) {
    try (Connection connection = site.deployment().database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_locks where locktype = 'advisory' and not granted and"
                    + " database = (select oid from pg_database where datname ="
                    + " current_database())")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
