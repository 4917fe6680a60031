package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A firm that does not export commitments. */
class OrdersOffTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "XR-CFG-08: where commitments are not exported they are answered with that reason, and invoices go without them")
  void invoicesGoWithout() {
    Contractor contractor = new Contractor(5001);
    ObjectNode formwork = contractor.commitment("WorkOrderContract", "SC-0007", "Formwork");
    long id = formwork.get("id").longValue();
    long line = contractor.line(formwork, "03-110", contractor.subcontract, "Walls", "500.00");
    ObjectNode invoice =
        contractor.seed.requisition(
            formwork, 1, "PC-1", "2026-08-01", "2026-08-31", "2026-08-31", "2026-09-30");
    contractor
        .seed
        .billed(invoice, formwork, line, "contract_item")
        .put("workThisPeriod", "100.00");
    long requisition = invoice.get("id").longValue();
    // Procore's own tool wants the commitment linked before it sends an invoice.
    formwork.put("originId", "xero:harbour:purchase_order:elsewhere");
    try (Site site =
        Site.in(folder).with(contractor.seed).set(Site.HARBOUR, "orders.export", "off").start()) {
      site.send(requisition);
      unlink(site, id);
      site.accept(requisition);
      site.awaitState(ItemState.ACKNOWLEDGED, requisition);
      assertThat(site.books().bills(requisition)).hasSize(1);

      Orders orders = new Orders(site);
      JsonNode accepted = orders.acceptCommitments(id);
      long detail = accepted.at("/requests/0/detailIds/0").longValue();
      Site.until(
          "it is answered",
          () -> site.books().detail(detail).path("status").asText().equals("failed"));
      assertThat(site.books().detail(detail).path("messages").toString())
          .contains("orders.export is off", "XR-CFG-08");
      assertThat(orders.all()).isEmpty();
    }
  }

  private static void unlink(Site site, long id) {
    assertThat(
            site.deployment()
                .rooms()
                .of(Site.HARBOUR)
                .client()
                .syncExternalData(
                    java.util.List.of(
                        io.tieback.procore.ExternalDataRow.cleared("work_order_contract", id)))
                .get(0)
                .accepted())
        .isTrue();
  }
}
