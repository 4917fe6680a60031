package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a bookkeeper does in Xero, and what Procore shows of it. */
final class Payments {

  private final Trouble site;

  Payments(Trouble site) {
    this.site = site;
  }

  /** Pays a part of an invoice's bill. Gives Xero's id of the payment. */
  String pay(long requisition, String amount, String date) {
    ObjectNode body =
        Json.object()
            .put("tenantId", site.seed.tenantId())
            .put("accountCode", "090")
            .put("date", date)
            .put("reference", "CHK " + requisition);
    body.withArray("invoices")
        .addObject()
        .put("invoiceId", site.bills().get(requisition).get(0).path("invoiceId").asText())
        .put("amount", new BigDecimal(amount));
    return site.xero.post("pay", body).path("payments").get(0).path("paymentId").asText();
  }

  /** Deletes it, as a bookkeeper does before paying anew: Xero has no editing of payments. */
  void delete(String payment) {
    site.xero.post("payments/" + payment + "/delete", Json.object());
  }

  /** Reads what changed in Xero now. */
  void read() {
    site.site.deployment().billPayments().sync(Trouble.CONNECTION, "test");
  }

  /** Contract payments of an invoice in Procore. */
  List<JsonNode> inProcore(long requisition) {
    return StreamSupport.stream(site.procoreBooks().path("contractPayments").spliterator(), false)
        .filter(payment -> payment.path("requisition_id").asLong() == requisition)
        .toList();
  }

  /**
   * Waits until Procore has exactly this payment of an invoice, locked by its origin id, and stays
   * so.
   */
  JsonNode awaitOnly(long requisition, String payment, String amount, String date) {
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () -> {
              List<JsonNode> rows = inProcore(requisition);
              assertThat(rows).hasSize(1);
              assertThat(rows.get(0).path("origin_id").asText())
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
                        100)
                    .isEmpty());
    List<JsonNode> rows = inProcore(requisition);
    assertThat(rows).as("contract payments of invoice %s", requisition).hasSize(1);
    assertThat(new BigDecimal(rows.get(0).path("amount").asText())).isEqualByComparingTo(amount);
    assertThat(rows.get(0).path("date").asText()).isEqualTo(date);
    return rows.get(0);
  }
}
