package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SandboxControl;
import io.tieback.construction.Money;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.reconcile.Cause;
import io.tieback.reconcile.Difference;
import io.tieback.specs.XeroContract;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
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
      "XR-COM-15, XR-API-02, XR-COM-06, XR-COM-07, GEN-COM-05, XR-CCO-06, XR-CCO-07, GEN-API-33,"
          + " XR-CCO-08, XR-CCO-11: subcontracts and purchase orders become orders, a change order"
          + " their lines, each line linked")
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
    assertThat(Json.write(changed)).doesNotContain("never exported");
    assertThat(orders.all()).hasSize(2);
    assertThat(calls(site.procore(), "line_item_contract_details"))
        .as("the subcontractor's own schedule of values is not even read")
        .isEmpty();
    tiesOut();
    everyCallKeepsTheContract();
  }

  /** What was exported agrees on both sides; what somebody changes in Xero is named. */
  private void tiesOut() {
    assertThat(differences()).isEmpty();
    JsonNode order = orders.order("SC-0007");
    String key = order.path("PurchaseOrderID").asText();
    orders.inXero(
        key,
        Json.object()
            .put(
                "removeLine",
                Orders.lines(order, "[Procore CCO 880002]").get(0).path("LineItemID").asText()));
    assertThat(differences())
        .singleElement()
        .satisfies(
            difference -> {
              assertThat(difference.cause()).isEqualTo(Cause.LINE_REMOVED);
              assertThat(difference.effect().changes()).isEqualTo(Money.of("-500.00"));
              assertThat(difference.records()).contains("Procore change order 880002");
            });
    orders.inXero(key, Json.object().put("status", "BILLED"));
    assertThat(differences()).as("XR-API-02: a billed order counts").hasSize(1);
    orders.inXero(key, Json.object().put("status", "DELETED"));
    assertThat(differences())
        .extracting(Difference::cause)
        .contains(Cause.ORDER_DELETED)
        .doesNotContain(Cause.UNEXPLAINED);
  }

  private static List<Difference> differences() {
    return site.deployment().tieOuts().reconcile(Site.HARBOUR, null, null).differences();
  }

  /** Every order that left Tieback is one by Xero's own contract. */
  private void everyCallKeepsTheContract() {
    if (!XeroContract.isThere()) {
      return; // the contract suites say that they were skipped
    }
    List<JsonNode> written =
        calls(site.xero(), "/PurchaseOrders").stream()
            .filter(call -> !call.path("method").asText().equals("GET"))
            .filter(call -> call.path("path").asText().startsWith("/api.xro"))
            .toList();
    assertThat(written).hasSizeGreaterThanOrEqualTo(4);
    assertThat(written)
        .allSatisfy(
            call ->
                assertThat(
                        XeroContract.load()
                            .objections(
                                "#/components/schemas/PurchaseOrders",
                                call.path("body")
                                    .asText()
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isEmpty());
  }

  private static List<JsonNode> calls(SandboxControl at, String path) {
    return StreamSupport.stream(
            at.get("requests?limit=100000&path=" + path).path("requests").spliterator(), false)
        .toList();
  }
}
