package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a firm may decide about orders. */
class OrdersOffTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "XR-CFG-08: where commitments are not exported they are answered with that reason, and"
          + " invoices go without them")
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

  @Test
  @DisplayName(
      "TB-COM-07: by setting, an order is marked as billed once everything on it is invoiced, never"
          + " while something is open")
  void billedWhenInvoiced() {
    Contractor contractor = new Contractor(5001);
    List<Long> whole = new ArrayList<>();
    List<Long> open = new ArrayList<>();
    long first = invoiced(contractor, "SC-WHOLE", whole, false);
    long second = invoiced(contractor, "SC-OPEN", open, true);
    try (Site site =
        Site.in(folder)
            .with(contractor.seed)
            .set(Site.HARBOUR, "orders.billed-when-invoiced", "true")
            .start()) {
      Orders orders = new Orders(site);
      orders.acceptCommitments(first, second);
      orders.await(ItemState.ACKNOWLEDGED, first, second);
      site.export(whole.get(0));
      assertThat(orders.order("SC-WHOLE").path("Status").asText()).isEqualTo("AUTHORISED");
      site.export(whole.get(1), open.get(0), open.get(1));
      assertThat(orders.order("SC-WHOLE").path("Status").asText()).isEqualTo("BILLED");
      assertThat(orders.order("SC-WHOLE").path("LineItems")).hasSize(1);
      assertThat(orders.order("SC-OPEN").path("Status").asText())
          .as("a draft invoice is open")
          .isEqualTo("AUTHORISED");
    }
  }

  /** A commitment over 500.00 that two invoices bill in full. */
  private static long invoiced(
      Contractor contractor, String number, List<Long> invoices, boolean withDraft) {
    ObjectNode one = contractor.commitment("WorkOrderContract", number, "Formwork");
    long line = contractor.line(one, "03-110", contractor.subcontract, "Walls", "500.00");
    String[] work = {"200.00", "300.00", "0.00"};
    for (int i = 0; i < (withDraft ? 3 : 2); i++) {
      ObjectNode invoice =
          contractor.seed.requisition(
              one,
              i + 1,
              number + "-" + (i + 1),
              "2026-0" + (7 + i) + "-01",
              "2026-0" + (7 + i) + "-28",
              "2026-0" + (7 + i) + "-28",
              "2026-10-30");
      contractor.seed.billed(invoice, one, line, "contract_item").put("workThisPeriod", work[i]);
      if (i == 2) {
        invoice.put("status", "draft");
      } else {
        invoices.add(invoice.get("id").longValue());
      }
    }
    return one.get("id").longValue();
  }

  private static void unlink(Site site, long id) {
    assertThat(
            site.deployment()
                .rooms()
                .of(Site.HARBOUR)
                .client()
                .syncExternalData(
                    List.of(io.tieback.procore.ExternalDataRow.cleared("work_order_contract", id)))
                .get(0)
                .accepted())
        .isTrue();
  }
}
