package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Orders and their changes when answers get lost, numbers are taken, or orders cannot be changed.
 */
class OrderTroubleTest {

  private static final int COMMITMENTS = 18;

  @TempDir static Path folder;

  private static Site site;
  private static Orders orders;
  private static final List<Long> FREE = new ArrayList<>();
  private static final String ORDERS = "^/api.xro/2.0/PurchaseOrders$";
  private static final String ONE_ORDER = "^/api.xro/2.0/PurchaseOrders/[0-9a-f-]{36}$";

  /** Each commitment has one line over 10,000.00 and two change orders, id * 10 + 1 and + 2. */
  @BeforeAll
  static void start() {
    Contractor contractor = new Contractor(5001);
    for (int i = 1; i <= COMMITMENTS; i++) {
      ObjectNode one =
          contractor.commitment("WorkOrderContract", "SC-" + (100 + i), "Package " + i);
      long id = one.get("id").longValue();
      long line =
          contractor.line(one, "03-110", contractor.subcontract, "Work of " + i, "10000.00");
      ObjectNode more = contractor.changeOrder(id * 10 + 1, one, "1", "More");
      Contractor.change(more, line, "More work", "1500.00");
      Contractor.change(more, line, "Even more", "250.00");
      ObjectNode less = contractor.changeOrder(id * 10 + 2, one, "2", "Less");
      Contractor.change(less, line, "Less work", "-300.00");
      FREE.add(id);
    }
    site =
        Site.in(folder)
            .with(contractor.seed)
            .set("mail.enabled", "true")
            .set("mail.host", "localhost")
            .set("mail.from", "tieback@example.com")
            .set("mail.to", "books@example.com")
            .start();
    orders = new Orders(site);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @AfterEach
  void calm() {
    site.xero().delete("faults");
    site.xero().settings(Json.object().put("billedOrderLines", "refuse"));
  }

  private static String number(long commitment) {
    return orders.item(commitment).number();
  }

  private static long fresh() {
    return FREE.remove(0);
  }

  private static long exported() {
    long id = fresh();
    orders.acceptCommitments(id);
    orders.await(ItemState.ACKNOWLEDGED, id);
    return id;
  }

  private static void fault(String method, String path, ObjectNode effect) {
    ObjectNode order = Json.object();
    order.putObject("match").put("method", method).put("path", path);
    order.set("effect", effect);
    site.xero().post("faults", order);
  }

  static Stream<Arguments> losses() {
    ObjectNode late = Json.object();
    late.putObject("lateCommit").put("delayMillis", 700);
    return Stream.of(
        Arguments.of("the answer is lost", Json.object().put("drop", "after")),
        Arguments.of("nothing arrives", Json.object().put("drop", "before")),
        Arguments.of("it is committed late", late),
        Arguments.of("the answer is cut off", Json.object().put("malformed", true)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  @DisplayName(
      "XR-COM-15, XR-CCO-11: whatever becomes of an answer, a commitment is one order and a change"
          + " order is on it once")
  void onceWhateverHappens(String what, ObjectNode effect) {
    long id = fresh();
    fault("PUT", ORDERS, effect);
    orders.acceptCommitments(id);
    orders.await(ItemState.ACKNOWLEDGED, id);
    JsonNode order = orders.order(number(id));
    assertThat(order.path("SubTotal").decimalValue()).isEqualByComparingTo("10000.00");

    fault("POST", ONE_ORDER, effect);
    orders.acceptChanges(id * 10 + 1, id * 10 + 2);
    orders.await(ItemState.ACKNOWLEDGED, id * 10 + 1, id * 10 + 2);
    JsonNode changed = orders.order(number(id));
    assertThat(Orders.lines(changed, "Work of")).hasSize(1);
    assertThat(Orders.lines(changed, "[Procore CCO " + (id * 10 + 1) + "]")).hasSize(1);
    assertThat(Orders.lines(changed, "[Procore CCO " + (id * 10 + 2) + "]")).hasSize(1);
    assertThat(changed.path("SubTotal").decimalValue()).isEqualByComparingTo("11450.00");
    assertThat(orders.inProcore(id * 10 + 1).path("erpStatus").asText()).isEqualTo("synced");
  }

  @Test
  @DisplayName(
      "XR-CCO-11: a connector that ends while it writes a change order finds its lines when it"
          + " starts again")
  void onceAfterARestart() {
    long id = exported();
    fault("POST", ONE_ORDER, Json.object().put("drop", "after"));
    orders.acceptChanges(id * 10 + 1);
    Site.until(
        "the lines are on the order",
        () -> Orders.lines(orders.order(number(id)), "[Procore CCO").size() == 1);
    site.restart();
    orders.await(ItemState.ACKNOWLEDGED, id * 10 + 1);
    assertThat(Orders.lines(orders.order(number(id)), "[Procore CCO")).hasSize(1);
  }

  @Test
  @DisplayName(
      "XR-CCO-11: lines that people added or changed in Xero stay as they are when a change order"
          + " comes")
  void otherLinesStay() {
    long id = exported();
    JsonNode order = orders.order(number(id));
    String key = order.path("PurchaseOrderID").asText();
    ObjectNode change = Json.object();
    change
        .putObject("addLine")
        .put("description", "Added by hand")
        .put("amount", "77.70")
        .put("accountCode", "500");
    change
        .putObject("changeLine")
        .put("lineItemId", order.at("/LineItems/0/LineItemID").asText())
        .put("description", "Reworded")
        .put("amount", "9000.00");
    orders.inXero(key, change);
    orders.acceptChanges(id * 10 + 1);
    orders.await(ItemState.ACKNOWLEDGED, id * 10 + 1);
    JsonNode after = orders.order(number(id));
    assertThat(after.path("LineItems")).hasSize(3);
    assertThat(Orders.lines(after, "Added by hand")).hasSize(1);
    assertThat(Orders.lines(after, "Reworded").get(0).path("LineItemID"))
        .isEqualTo(order.at("/LineItems/0/LineItemID"));
    assertThat(after.path("SubTotal").decimalValue()).isEqualByComparingTo("10827.70");
  }

  @ParameterizedTest
  @MethodSource("closed")
  @DisplayName(
      "XR-CCO-11, TB-CCO-03: an order that is billed or deleted takes no line: the change order"
          + " becomes a further order, a deduction is refused")
  void furtherOrder(String status) {
    long id = exported();
    String key = orders.order(number(id)).path("PurchaseOrderID").asText();
    orders.inXero(key, Json.object().put("status", status));
    orders.acceptChanges(id * 10 + 1);
    orders.await(ItemState.ACKNOWLEDGED, id * 10 + 1);
    JsonNode further = orders.order(number(id) + "-1");
    assertThat(further.path("SubTotal").decimalValue()).isEqualByComparingTo("1750.00");
    assertThat(further.path("Reference").asText())
        .isEqualTo("Change order 1 of " + number(id) + ": More");
    assertThat(orders.order(number(id)).path("LineItems")).hasSize(1);
    assertThat(orders.inProcore(id * 10 + 1).path("originId").asText())
        .isEqualTo(
            "xero:harbour:purchase_order_change:"
                + further.path("PurchaseOrderID").asText()
                + "|"
                + (id * 10 + 1));
    assertThat(orders.item(id * 10 + 1).warnings())
        .anySatisfy(
            warning -> assertThat(warning).contains(status, "further order", number(id) + "-1"));

    orders.acceptChanges(id * 10 + 2);
    orders.await(ItemState.FAILED, id * 10 + 2);
    Site.until(
        "Procore knows", () -> orders.detail(id * 10 + 2).path("status").asText().equals("failed"));
    assertThat(orders.detail(id * 10 + 2).path("messages").toString())
        .contains("TB-CCO-03", status, "-300.00");
    assertThat(orders.order(number(id) + "-1").path("LineItems")).hasSize(1);
  }

  static Stream<String> closed() {
    return Stream.of("BILLED", "DELETED");
  }

  @Test
  @DisplayName(
      "TB-CCO-02: a deduction that takes the order below 0.00 is refused before anything is sent")
  void neverBelowZero() {
    long id = exported();
    JsonNode order = orders.order(number(id));
    ObjectNode change = Json.object();
    change
        .putObject("changeLine")
        .put("lineItemId", order.at("/LineItems/0/LineItemID").asText())
        .put("amount", "299.99");
    orders.inXero(order.path("PurchaseOrderID").asText(), change);
    orders.acceptChanges(id * 10 + 2);
    orders.await(ItemState.FAILED, id * 10 + 2);
    assertThat(orders.item(id * 10 + 2).failureMessage())
        .contains("TB-CCO-02", "299.99", "-300.00");
    assertThat(orders.order(number(id)).path("LineItems")).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-26, TB-COM-06: a number that another order holds, or a deleted one held, is refused"
          + " and nothing is overwritten")
  void takenNumbers() {
    long id = fresh();
    String number = "SC-TAKEN";
    ObjectNode other = Json.object().put("tenantId", site.seed().tenantId());
    ObjectNode order =
        other
            .putArray("orders")
            .addObject()
            .put("number", number)
            .put(
                "contactId",
                site.seed().erp().seed().at("/organisations/0/contacts/0/contactId").asText());
    order.putArray("lines").addObject().put("description", "Of another").put("amount", "1.00");
    String key = site.xero().post("orders", other).path("purchaseOrderIds").get(0).asText();
    site.procore().post("commitments/send", Orders.ids(id));
    accept(id, number);
    orders.await(ItemState.FAILED, id);
    assertThat(orders.item(id).failureMessage())
        .contains("GEN-API-26", "'SC-TAKEN'", key, "another ERP ID");
    orders.inXero(key, Json.object().put("status", "DELETED"));
    Site.until(
        "it can be accepted again",
        () -> orders.inProcore(id).path("erpStatus").asText().equals("failed_to_export"));
    accept(id, number);
    Site.until("it is refused again", () -> orders.item(id).round() == 2 && failed(id));
    assertThat(orders.item(id).failureMessage()).contains("TB-COM-06", "DELETED");
    Site.until(
        "it can be accepted again",
        () -> orders.inProcore(id).path("erpStatus").asText().equals("failed_to_export"));
    accept(id, number + "-2");
    orders.await(ItemState.ACKNOWLEDGED, id);
    assertThat(orders.order(number).path("SubTotal").decimalValue()).isEqualByComparingTo("1.00");
    assertThat(orders.order(number + "-2").path("SubTotal").decimalValue())
        .isEqualByComparingTo("10000.00");
  }

  private static boolean failed(long id) {
    return orders.item(id).state() == ItemState.FAILED;
  }

  private static void accept(long id, String code) {
    ObjectNode body = Orders.ids(id);
    body.putObject("codes").put(Long.toString(id), code);
    site.procore().post("commitments/accept", body);
  }

  @Test
  @DisplayName(
      "GEN-CCO-01, XR-COM-03: what is not in Xero yet is waited for; a commitment, then its change"
          + " order go by themselves")
  void waits() {
    long id = exported();
    String link = orders.inProcore(id).path("originId").asText();
    long change = id * 10 + 1;
    site.procore().post("change-orders/send", Orders.ids(change));
    site.execute(
        "delete from link where entity = 'work_order_contract' and procore_key = '" + id + "'");
    link(ExternalDataRow.cleared("work_order_contract", id));
    site.procore().post("change-orders/accept", Orders.ids(change));
    orders.await(ItemState.WAITING, change);
    assertThat(orders.item(change).waitsFor()).contains("work_order_contract:" + id);
    link(new ExternalDataRow("work_order_contract", id, link, null, null));
    orders.await(ItemState.ACKNOWLEDGED, change);

    long later = fresh();
    long vendor = site.seed().procore().at("/vendors/0/id").longValue();
    String supplier = site.seed().procore().at("/vendors/0/originId").asText();
    site.procore().post("commitments/send", Orders.ids(later));
    site.execute("delete from link where entity = 'vendor'");
    link(ExternalDataRow.cleared("vendor", vendor));
    site.procore().post("commitments/accept", Orders.ids(later));
    orders.await(ItemState.WAITING, later);
    assertThat(orders.item(later).waitsFor()).contains("vendor:" + vendor);
    assertThat(orders.item(later).failureMessage()).contains("XR-COM-03");
    link(new ExternalDataRow("vendor", vendor, supplier, null, null));
    orders.await(ItemState.ACKNOWLEDGED, later);
  }

  private static void link(ExternalDataRow row) {
    var outcome =
        site.deployment().rooms().of(Site.HARBOUR).client().syncExternalData(List.of(row)).get(0);
    assertThat(outcome.accepted()).as(outcome.words()).isTrue();
  }

  @Test
  @DisplayName(
      "XR-CCO-09, GEN-CCO-04, XR-COM-08: what was sent is retrieved or rejected only before it is"
          + " accepted, and can be sent again")
  void retrieved() {
    long id = fresh();
    site.procore().post("commitments/send", Orders.ids(id));
    site.procore().post("commitments/retrieve", Orders.ids(id));
    site.procore().post("commitments/send", Orders.ids(id));
    site.procore().post("commitments/reject", Orders.ids(id));
    orders.acceptCommitments(id);
    orders.await(ItemState.ACKNOWLEDGED, id);
    assertThatThrownBy(() -> site.procore().post("commitments/retrieve", Orders.ids(id)))
        .hasMessageContaining("422");
    long change = id * 10 + 1;
    site.procore().post("change-orders/send", Orders.ids(change));
    site.procore().post("change-orders/retrieve", Orders.ids(change));
    orders.acceptChanges(change);
    orders.await(ItemState.ACKNOWLEDGED, change);
    assertThatThrownBy(() -> site.procore().post("change-orders/retrieve", Orders.ids(change)))
        .hasMessageContaining("422");
  }

  @Test
  @DisplayName(
      "XR-COM-09, XR-CCO-10: a change order is unlinked when its lines are gone in Xero, and goes"
          + " out again")
  void unlinkedAndSentAgain() {
    long id = exported();
    long change = id * 10 + 1;
    orders.acceptChanges(change);
    orders.await(ItemState.ACKNOWLEDGED, change);
    site.procore().post("change-orders/unlink", Orders.ids(change));
    Site.until(
        "it is still there", () -> orders.detail(change).path("status").asText().equals("failed"));
    assertThat(orders.detail(change).path("messages").toString())
        .contains("The CCO is still in ERP. Please delete it before retrying");
    JsonNode order = orders.order(number(id));
    orders.inXero(
        order.path("PurchaseOrderID").asText(),
        Json.object()
            .put(
                "removeLine",
                Orders.lines(order, "[Procore CCO " + change).get(0).path("LineItemID").asText()));
    site.procore().post("change-orders/unlink", Orders.ids(change));
    orders.await(ItemState.UNLINKED, change);
    Site.until("it is free", () -> orders.inProcore(change).path("originId").isNull());
    orders.acceptChanges(change);
    orders.await(ItemState.ACKNOWLEDGED, change);
    assertThat(Orders.lines(orders.order(number(id)), "[Procore CCO " + change)).hasSize(1);
  }

  @Test
  @DisplayName(
      "XR-CFG-03: sync_commitments names what Xero holds besides, and brings nothing to Procore")
  void ordersInErp() {
    ObjectNode other = Json.object().put("tenantId", site.seed().tenantId());
    ObjectNode order =
        other
            .putArray("orders")
            .addObject()
            .put("number", "BY-HAND-1")
            .put(
                "contactId",
                site.seed().erp().seed().at("/organisations/0/contacts/0/contactId").asText());
    order.putArray("lines").addObject().put("description", "By hand").put("amount", "12.34");
    site.xero().post("orders", other);
    JsonNode asked =
        site.procore()
            .post(
                "event",
                Json.object()
                    .put("requestName", "sync_commitments")
                    .put("companyId", site.seed().companyId())
                    .set("requestData", Json.object().put("company_id", site.seed().companyId())));
    long detail = asked.path("detailIds").get(0).longValue();
    Site.until(
        "it is answered",
        () -> site.books().detail(detail).path("status").asText().equals("success"));
    assertThat(
            site.count(
                "select count(*) from notice where body like '%BY-HAND-1%12.34%not brought%'"))
        .isEqualTo(1);
  }
}
