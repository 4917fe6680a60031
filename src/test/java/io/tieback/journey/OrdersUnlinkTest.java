package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders and change orders are unlinked only when they are gone in Xero, children first. */
class OrdersUnlinkTest {

  private static final long CHANGE = 880_001;

  @TempDir static Path folder;

  private static final Map<String, Long> TWINS =
      new TreeMap<>(Map.of("SC-0010", 0L, "SC-0011", 0L));

  private static Site site;
  private static Orders orders;
  private static long commitment;
  private static long inclusive;

  @BeforeAll
  static void start() {
    Contractor contractor = new Contractor(5001);
    ObjectNode formwork = contractor.commitment("WorkOrderContract", "SC-0007", "Formwork");
    commitment = formwork.get("id").longValue();
    long walls =
        contractor.line(formwork, "03-110", contractor.subcontract, "Formwork L1", "12500.00");
    Contractor.change(
        contractor.changeOrder(CHANGE, formwork, "1", "Taller walls"),
        walls,
        "Taller walls",
        "1000.00");
    for (String number : TWINS.keySet()) {
      ObjectNode twin = contractor.commitment("WorkOrderContract", number, "Fencing");
      twin.put("contractDate", "2026-02-01");
      contractor.line(twin, "03-110", contractor.subcontract, "Fence", "900.00");
      TWINS.put(number, twin.get("id").longValue());
    }
    ObjectNode taxed = contractor.commitment("WorkOrderContract", "SC-0020", "Paving");
    inclusive = taxed.get("id").longValue();
    Contractor.change(
        contractor.changeOrder(CHANGE + 1, taxed, "1", "More paving"),
        contractor.line(taxed, "03-110", contractor.subcontract, "Paving", "700.00"),
        "More paving",
        "70.00");
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
      "XR-COM-09, XR-COM-10, XR-COM-12, XR-CCO-10, GEN-UNL-01, GEN-UNL-02, GEN-UNL-03, GEN-UNL-04,"
          + " GEN-API-34: Xero is asked live; Procore's own texts say what is still there; what is"
          + " gone is freed with its lines and can go anew")
  void unlinkAndSendAgain() {
    orders.acceptCommitments(commitment);
    orders.await(ItemState.ACKNOWLEDGED, commitment);
    orders.acceptChanges(CHANGE);
    orders.await(ItemState.ACKNOWLEDGED, CHANGE);
    String order = orders.order("SC-0007").path("PurchaseOrderID").asText();

    assertThat(refusal(unlinkCommitment())).contains("change order 1", "GEN-UNL-04");
    assertThat(refusal(unlinkChange()))
        .contains("The CCO is still in ERP. Please delete it before retrying");
    assertThat(orders.inProcore(CHANGE).path("originId").isNull()).isFalse();
    // The ids of lines do not survive every edit; what is written on the line does.
    site.execute("update work_item set erp_line_ids = '{}' where entity = 'change_order'");
    assertThat(refusal(unlinkChange())).contains("The CCO is still in ERP");

    orders.inXero(order, withoutLine(orders.order("SC-0007"), "[Procore CCO " + CHANGE + "]"));
    assertThat(unlinkChange().path("status").asText()).isEqualTo("success");
    assertThat(orders.item(CHANGE).state()).isEqualTo(ItemState.UNLINKED);
    assertThat(orders.inProcore(CHANGE).path("originId").isNull()).isTrue();
    assertThat(orders.inProcore(CHANGE).path("erpStatus").asText()).isEqualTo("not_in_erp");
    assertThat(orders.inProcore(CHANGE).path("lines"))
        .allSatisfy(line -> assertThat(line.path("originId").isNull()).isTrue());

    assertThat(refusal(unlinkCommitment()))
        .contains("The commitment is still in Xero. Please delete it before retrying.", "SC-0007");
    orders.acceptChanges(CHANGE);
    orders.await(ItemState.ACKNOWLEDGED, CHANGE);
    assertThat(Orders.lines(orders.order("SC-0007"), "[Procore CCO " + CHANGE + "]")).hasSize(1);

    orders.inXero(order, Json.object().put("status", "DELETED"));
    assertThat(unlinkChange().path("status").asText()).isEqualTo("success");
    assertThat(unlinkCommitment().path("status").asText()).isEqualTo("success");
    assertThat(orders.inProcore(commitment).path("originId").isNull()).isTrue();

    assertThat(site.ledger().audit().newest(20))
        .extracting(entry -> entry.action() + " " + entry.subject())
        .contains("unlink change_order " + CHANGE, "unlink work_order_contract " + commitment);

    // A deleted order keeps its number for ever: the approver chooses another.
    ObjectNode again = Orders.ids(commitment);
    site.procore().post("commitments/send", Orders.ids(commitment));
    again.putObject("codes").put(Long.toString(commitment), "SC-0007-B");
    site.procore().post("commitments/accept", again);
    orders.await(ItemState.ACKNOWLEDGED, commitment);
    assertThat(orders.inProcore(commitment).path("originId").asText())
        .endsWith(orders.order("SC-0007-B").path("PurchaseOrderID").asText());
  }

  @Test
  @DisplayName(
      "GEN-API-26: a commitment just like another, accepted with the other's ERP ID, is refused,"
          + " not taken for the other")
  void twins() {
    long first = TWINS.get("SC-0010");
    long second = TWINS.get("SC-0011");
    orders.acceptCommitments(first);
    orders.await(ItemState.ACKNOWLEDGED, first);
    site.procore().post("commitments/send", Orders.ids(second));
    ObjectNode accept = Orders.ids(second);
    accept.putObject("codes").put(Long.toString(second), "SC-0010");
    site.procore().post("commitments/accept", accept);
    orders.await(ItemState.FAILED, second);
    assertThat(orders.item(second).failureMessage())
        .contains("GEN-API-26", "of another commitment", "SC-0010-2");
    assertThat(orders.order("SC-0010").path("SubTotal").decimalValue())
        .isEqualByComparingTo("900.00");
  }

  @Test
  @DisplayName(
      "XR-CCO-11: an order that somebody set to tax inclusive takes no line that is before tax; the"
          + " refusal says what to do")
  void taxInclusive() {
    orders.acceptCommitments(inclusive);
    orders.await(ItemState.ACKNOWLEDGED, inclusive);
    orders.inXero(
        orders.order("SC-0020").path("PurchaseOrderID").asText(),
        Json.object().put("lineAmountTypes", "Inclusive"));
    orders.acceptChanges(CHANGE + 1);
    orders.await(ItemState.FAILED, CHANGE + 1);
    assertThat(orders.item(CHANGE + 1).failureMessage())
        .contains("tax inclusive", "Set the order back");
    assertThat(orders.order("SC-0020").path("LineItems")).hasSize(1);
  }

  private static ObjectNode withoutLine(JsonNode order, String text) {
    return Json.object()
        .put("removeLine", Orders.lines(order, text).get(0).path("LineItemID").asText());
  }

  private static String refusal(JsonNode detail) {
    assertThat(detail.path("status").asText()).isEqualTo("failed");
    return detail.path("messages").toString();
  }

  private static JsonNode unlinkCommitment() {
    return closed(
        site.procore().post("unlink/commitment", Json.object().put("commitmentId", commitment)));
  }

  private static JsonNode unlinkChange() {
    return closed(
        site.procore().post("unlink/change-order", Json.object().put("changeOrderId", CHANGE)));
  }

  private static JsonNode closed(JsonNode made) {
    long detail = made.path("detailIds").path(0).longValue();
    return await()
        .atMost(Site.PATIENCE)
        .until(
            () -> site.books().detail(detail),
            one -> !one.path("status").asText().equals("in_progress"));
  }
}
