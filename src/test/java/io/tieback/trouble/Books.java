package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What the books of both stand-ins have to show. */
final class Books {

  private Books() {}

  /**
   * Exactly one bill for each invoice, to the cent, and Procore knows that very bill and shows the
   * invoice as synced.
   */
  static void oneBillEach(Trouble site, List<Long> ids) {
    Map<Long, List<JsonNode>> bills = site.bills();
    for (long id : ids) {
      assertThat(bills.get(id)).as("bills of invoice %s in Xero", id).hasSize(1);
      JsonNode bill = bills.get(id).get(0);
      JsonNode invoice = site.inProcore(id);
      assertThat(new BigDecimal(bill.path("total").asText()))
          .as("total of invoice %s", id)
          .isEqualByComparingTo(invoice.path("net").asText());
      assertThat(bill.path("number").asText()).isEqualTo(invoice.path("invoiceNumber").asText());
      assertThat(invoice.path("originId").asText())
          .isEqualTo("xero:" + Trouble.CONNECTION + ":bill:" + bill.path("invoiceId").asText());
      assertThat(invoice.path("lines"))
          .allSatisfy(
              line ->
                  assertThat(line.path("originId").asText())
                      .startsWith("xero:" + Trouble.CONNECTION + ":bill_line:"));
      await()
          .atMost(Trouble.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(site.inProcore(id).path("erpStatus").asText())
                      .isEqualToIgnoringCase("synced"));
    }
  }
}
