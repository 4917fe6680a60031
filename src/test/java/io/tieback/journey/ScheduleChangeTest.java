package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The payment schedule is changed while the connector runs, by the command line beside it. */
class ScheduleChangeTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "XR-PAY-01, XR-CFG-05, XR-COM-14, GEN-SCH-01, GEN-PAY-09, GEN-SCH-05: Never reads nothing;"
          + " changed to Hourly, what was paid before stays out and what is paid later comes back;"
          + " a person may read at any time")
  void changedWhileRunning() {
    try (Site site = Site.small(folder).set(Site.HARBOUR, "payments.schedule", "Never").start()) {
      Books books = site.books();
      String config = site.configuration().toString();
      long invoice = site.seed().requisitionIds().get(0);
      site.export(invoice);
      String bill = books.bill(invoice).path("invoiceId").asText();
      books.pay(bill, "090", "2026-11-01", "CHK EARLY", "1000.00");
      site.export(site.seed().requisitionIds().get(4));
      assertThat(paymentReadings(site)).as("Never").isZero();

      CommandRun change = CommandRun.of("schedule", "--config", config, "Hourly");
      assertThat(change.code()).as(change.toString()).isZero();
      assertThat(change.out()).contains("Hourly");
      Site.until(
          "payments are switched on",
          () -> site.ledger().payments().switchedOnAt(Site.HARBOUR).isPresent());
      books.pay(bill, "090", "2026-11-02", "CHK LATER", "2000.00");
      site.syncPayments(Site.HARBOUR);
      assertThat(books.contractPayments(invoice))
          .singleElement()
          .satisfies(row -> assertThat(row.path("check_number").asText()).isEqualTo("CHK LATER"));

      assertThat(CommandRun.of("schedule", "--config", config, "Never").code()).isZero();
      assertThat(CommandRun.of("schedule", "--config", config, "Weekly"))
          .satisfies(wrong -> assertThat(wrong.code()).isEqualTo(2));
      books.pay(bill, "091", "2026-11-03", "Card", "3000.00");
      CommandRun sync = CommandRun.of("sync", "payments", "--config", config);
      assertThat(sync.code()).as(sync.toString()).isZero();
      assertThat(sync.out()).contains("1 new").contains("Paid in the ERP 5000.00");
      Site.until("the row is there", () -> books.contractPayments(invoice).size() == 2);
      assertThat(Books.sum(books.contractPayments(invoice), "amount"))
          .isEqualByComparingTo("5000.00");

      CommandRun calls = CommandRun.of("calls", "--config", config);
      assertThat(calls.code()).as(calls.toString()).isZero();
      assertThat(calls.out())
          .containsPattern(
              "Xero +day +[1-9]\\d* of 1,000,000 used; the last 500 are kept for exports")
          .containsPattern("Xero +minute +")
          .contains("payments Never: 0 x 2", "Left for what goes out: 1,000,000 calls a day");
    }
  }

  private static long paymentReadings(Site site) {
    JsonNode byOperation = site.xero().get("requests/summary").path("byOperation");
    return byOperation.path("GET /api.xro/2.0/Payments").path("count").asLong(0);
  }
}
