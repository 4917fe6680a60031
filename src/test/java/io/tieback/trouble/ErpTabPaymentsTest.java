package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.DeadLetter;
import io.tieback.platform.SettingsException;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments through the ERP tab's own interface, whose fields for amount and day are unpublished.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ErpTabPaymentsTest {

  private static final String INTERFACE = "connection.harbour.procore.payments-interface";
  private static final String OWN = "/invoice_payments/sync$";

  @TempDir Path folder;
  private Trouble site;
  private Payments payments;

  @AfterEach
  void stop() {
    if (site != null) {
      site.close();
    }
  }

  private void start(String... settings) {
    site = Trouble.start(folder, settings);
    payments = new Payments(site);
  }

  private void restartWith(String setting, String value) {
    Path file = site.site.configuration().resolve("tieback.properties");
    try {
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      lines.removeIf(line -> line.replace(" ", "").startsWith(setting + "="));
      lines.add(setting + " = " + value);
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    site.site.restart();
  }

  private long exported() {
    List<Long> ids = site.fresh(1);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    return ids.get(0);
  }

  private List<JsonNode> rows(long requisition) {
    return StreamSupport.stream(site.procoreBooks().path("invoicePayments").spliterator(), false)
        .filter(row -> row.path("invoice_id").asLong() == requisition)
        .toList();
  }

  private JsonNode awaitOnly(long requisition, String payment, String amount, String field) {
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(rows(requisition)).hasSize(1);
              JsonNode row = rows(requisition).get(0);
              assertThat(new BigDecimal(row.path(field).asText("0"))).isEqualByComparingTo(amount);
              assertThat(row.path("origin_id").asText())
                  .isEqualTo("xero:" + Trouble.CONNECTION + ":payment:" + payment);
            });
    await("nothing of the payment is under way any more")
        .atMost(Trouble.PATIENCE)
        .until(
            () ->
                site.ledger()
                    .payments()
                    .list(
                        Trouble.CONNECTION,
                        List.of("planned", "sent", "unknown", "amending", "removing"),
                        0,
                        10)
                    .isEmpty());
    return rows(requisition).get(0);
  }

  @Test
  @DisplayName(
      "a payment comes back once though its answer is lost, is amended in its own row when it is"
          + " entered anew, stands with 0.00 when it is deleted, and no contract payment is"
          + " written")
  void theWholeWay() {
    start(INTERFACE, "invoice_payments", "connection.harbour.payments.deleted-payment", "zero");
    long invoice = exported();
    Fault.at(site.procore, "PATCH", OWN).commitsLate(400);
    String first = payments.pay(invoice, "100.00", "2026-11-20");
    payments.read();
    long id = awaitOnly(invoice, first, "100.00", "amount").path("id").asLong();

    payments.delete(first);
    String second = payments.pay(invoice, "120.00", "2026-11-21");
    Fault.at(site.procore, "PATCH", OWN).dropsAfter();
    payments.read();
    JsonNode row = awaitOnly(invoice, second, "120.00", "amount");
    assertThat(row.path("id").asLong()).as("the same row").isEqualTo(id);
    assertThat(row.path("date").asText()).isEqualTo("2026-11-21");
    assertThat(row.path("payment_number").isMissingNode()).as("belongs to people").isTrue();

    payments.delete(second);
    payments.read();
    awaitOnly(invoice, second, "0.00", "amount");
    assertThat(payments.inProcore(invoice)).isEmpty();
    assertThat(Fault.since(site.procore, 0, "POST", Fault.PAYMENTS)).isEmpty();
  }

  @Test
  @DisplayName(
      "Procore calls the field otherwise: a dead letter and a mail that name the setting, not a"
          + " payment without an amount; a replay after the correction puts that very row right")
  void anotherNameOfTheField() {
    start(INTERFACE, "invoice_payments");
    site.procore.settings(Json.object().put("invoicePaymentAmountField", "payment_amount"));
    long invoice = exported();
    String payment = payments.pay(invoice, "100.00", "2026-11-20");
    payments.read();
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(() -> assertThat(site.openLettersOf(payment)).hasSize(1));
    DeadLetter letter = site.openLettersOf(payment).get(0);
    assertThat(letter.failureKind()).isEqualTo("REFUSED");
    assertThat(letter.remedy()).contains("procore.invoice-payment-amount-field");
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(site.mails("Payment of 2026-11-20 over 100.00"))
                    .singleElement()
                    .asString()
                    .contains("procore.invoice-payment-amount-field"));
    restartWith("connection.harbour.procore.invoice-payment-amount-field", "payment_amount");
    site.ledger().replays().replay(letter.id(), "bookkeeper");
    awaitOnly(invoice, payment, "100.00", "payment_amount");
  }

  @Test
  @DisplayName(
      "a payment stays where it was written first, though the setting changes: amended there, and"
          + " not written a second time through the other interface")
  void theSettingChanges() {
    start();
    long invoice = exported();
    String first = payments.pay(invoice, "100.00", "2026-11-20");
    payments.read();
    payments.awaitOnly(invoice, first, "100.00", "2026-11-20");
    restartWith(INTERFACE, "invoice_payments");
    payments.delete(first);
    String second = payments.pay(invoice, "130.00", "2026-11-22");
    payments.read();
    payments.awaitOnly(invoice, second, "130.00", "2026-11-22");
    assertThat(rows(invoice)).isEmpty();
    String third = payments.pay(invoice, "10.00", "2026-11-23");
    payments.read();
    awaitOnly(invoice, third, "10.00", "amount");
    assertThat(payments.inProcore(invoice)).hasSize(1);
  }

  @Test
  @DisplayName("with deleted-payment = remove it does not start: there is no published removal")
  void removalIsRefusedAtTheStart() {
    assertThatThrownBy(
            () ->
                start(
                    INTERFACE,
                    "invoice_payments",
                    "connection.harbour.payments.deleted-payment",
                    "remove"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("connection.harbour.payments.deleted-payment")
        .hasMessageContaining("flag or zero");
  }
}
