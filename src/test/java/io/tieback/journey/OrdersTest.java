package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commitments become purchase orders, change orders their further lines; Procore learns of both.
 */
class OrdersTest {

  @TempDir static Path folder;

  private static Site site;
  private static Orders orders;
  private static long subcontract;
  private static long walls;
  private static long panels;
  private static long beams;
  private static long purchase;

  @BeforeAll
  static void start() {
    Contractor contractor = new Contractor(5001);
    ObjectNode formwork =
        contractor.commitment("WorkOrderContract", "SC-0007", "Formwork and concrete");
    formwork.put("contractDate", "2026-02-01");
    subcontract = formwork.get("id").longValue();
    walls = contractor.line(formwork, "03-110", contractor.subcontract, "Formwork L1", "12500.00");
    long slab = contractor.line(formwork, "03-300", contractor.subcontract, "Slab", "8000.55");
    ObjectNode frame = contractor.commitment("PurchaseOrderContract", "PO-0031", "Steel frame");
    purchase = frame.get("id").longValue();
    frame.put("deliveryDate", "2026-06-30");
    beams =
        contractor.line(
            frame, "05-120", contractor.materials, "Beams", "20002.00", "3333.6667", "6.0000");
    panels =
        contractor.line(
            frame, "05-120", contractor.materials, "Panels", "100.00", "3.0000", "33.0000");
    ObjectNode first = contractor.changeOrder(880_001, formwork, "1", "Thicker slab");
    Contractor.change(first, slab, "Thicker slab", "640.00");
    Contractor.change(first, slab, "Less reinforcement", "-40.25");
    Contractor.change(first, walls, "Taller walls", "1000.00");
    ObjectNode second = contractor.changeOrder(880_002, formwork, "2", "Credit");
    Contractor.change(second, walls, "Credit for form liners", "-500.00");
    site = Site.in(folder).with(contractor.seed).start();
    orders = new Orders(site);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "XR-COM-15, GEN-API-33, XR-CCO-08, XR-CCO-11: subcontracts and purchase orders become orders, a change order their lines, each line linked")
  void wholeWay() {
    orders.acceptCommitments(subcontract, purchase);
    orders.await(ItemState.ACKNOWLEDGED, subcontract, purchase);

    JsonNode order = orders.order("SC-0007");
    assertThat(order.path("Status").asText()).isEqualTo("AUTHORISED");
    assertThat(order.path("Reference").asText()).isEqualTo("Formwork and concrete");
    assertThat(order.path("DateString").asText()).startsWith("2026-02-01");
    assertThat(order.path("SubTotal").decimalValue()).isEqualByComparingTo("20500.55");
    assertThat(order.path("TotalTax").decimalValue()).isZero();
    assertThat(Json.write(order)).doesNotContain("never exported");
    JsonNode steel = orders.order("PO-0031");
    assertThat(steel.path("DeliveryDateString").asText()).startsWith("2026-06-30");
    assertThat(Orders.lines(steel, "Beams").get(0).path("Quantity").decimalValue())
        .isEqualByComparingTo("3333.6667");
    assertThat(Orders.lines(steel, "Panels").get(0).path("Quantity").decimalValue())
        .as("3 x 33 is not 100")
        .isEqualByComparingTo("1");

    JsonNode inProcore = orders.inProcore(subcontract);
    assertThat(inProcore.path("erpStatus").asText()).isEqualTo("synced");
    assertThat(inProcore.path("originId").asText())
        .isEqualTo("xero:harbour:purchase_order:" + order.path("PurchaseOrderID").asText());
    assertThat(inProcore.path("originCode").asText()).isEqualTo("SC-0007");
    assertThat(inProcore.path("lines").get(0).path("originId").asText())
        .isEqualTo(
            "xero:harbour:purchase_order_line:"
                + order.path("PurchaseOrderID").asText()
                + "|"
                + walls);

    orders.acceptChanges(880_001L, 880_002L);
    orders.await(ItemState.ACKNOWLEDGED, 880_001L, 880_002L);
    JsonNode changed = orders.order("SC-0007");
    assertThat(changed.path("SubTotal").decimalValue()).isEqualByComparingTo("21600.30");
    assertThat(Orders.lines(changed, "[Procore CCO 880001]")).hasSize(2);
    assertThat(
            Orders.lines(changed, "CCO 1: Thicker slab").get(0).path("LineAmount").decimalValue())
        .as("two changes of one line are one amount")
        .isEqualByComparingTo("599.75");
    assertThat(Orders.lines(changed, "[Procore CCO 880002]"))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.path("LineAmount").decimalValue()).isEqualByComparingTo("-500.00"));
    assertThat(changed.path("LineItems").get(0).path("LineItemID"))
        .isEqualTo(order.path("LineItems").get(0).path("LineItemID"));
    assertThat(orders.inProcore(880_001).path("erpStatus").asText()).isEqualTo("synced");
    assertThat(orders.inProcore(880_001).path("originId").asText())
        .isEqualTo(
            "xero:harbour:purchase_order_change:"
                + order.path("PurchaseOrderID").asText()
                + "|880001");
    assertThat(orders.inProcore(880_001).path("lines"))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line.path("originId").asText())
                    .startsWith("xero:harbour:purchase_order_line:"));
    assertThat(orders.item(880_001).document())
        .as("what was summed can be read later")
        .contains("640.00", "-40.25");
    assertThat(orders.all()).hasSize(2);
  }
}
