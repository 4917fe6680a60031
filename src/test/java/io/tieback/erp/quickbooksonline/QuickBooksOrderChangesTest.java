package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.quickbooksonline.QuickBooksPapersTest.order;
import static io.tieback.erp.quickbooksonline.QuickBooksPapersTest.orderLine;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.construction.OrderChange;
import io.tieback.construction.OrderLine;
import io.tieback.construction.OrderMarker;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import io.tieback.erp.Presence;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Reply;
import io.tieback.specs.QuickBooksContract;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Commitments as purchase orders, and their change orders as further lines. */
class QuickBooksOrderChangesTest {

  private final ScriptedRealm realm = new ScriptedRealm();
  private final QuickBooksDocuments documents =
      new QuickBooksDocuments(Ids.papers(), realm.calls(), "a purchase order");
  private final QuickBooksSingles orders =
      new QuickBooksSingles(documents, realm.calls(), realm.clock);
  private final QuickBooksOrderChanges changes =
      new QuickBooksOrderChanges(Ids.papers(), documents, realm.calls());
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void stop() {
    realm.close();
    assertThat(realm.budget.open()).as("leaves not given back").isZero();
  }

  private DeliveryBatch batch(QuickBooksRecords records, Outgoing document, Instant firstSentAt) {
    ErpDocument rendered = records.render(document);
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-" + document.marker(),
        QuickBooksEnvelope.batchBody(List.of(rendered)),
        List.of(document.marker()),
        firstSentAt,
        document.kind(),
        Set.of());
  }

  private String written() {
    Outcomes first = new Outcomes();
    orders.handOver(batch(orders, order("PO-7", "Concrete works"), null), first);
    return first.known().values().iterator().next().erpId();
  }

  private static OrderChange change(String orderId, PurchaseOrder instead, OrderLine... lines) {
    return new OrderChange(
        "harbour.change_order.901",
        901,
        "003",
        "More slab",
        orderId,
        List.of(lines),
        Money.sum(List.of(lines).stream().map(OrderLine::amount).toList()),
        instead,
        List.of());
  }

  private static OrderLine changed(String words, String amount) {
    return orderLine(OrderMarker.onLine("003", words, 901), "1", amount, amount);
  }

  private static PurchaseOrder further() {
    PurchaseOrder base = order("PO-7-CCO-003", "More slab");
    List<OrderLine> lines = List.of(changed("Slab B", "500.00"));
    return new PurchaseOrder(
        "harbour.change_order.901",
        901,
        base.contactKey(),
        base.number(),
        base.title(),
        base.date(),
        null,
        null,
        lines,
        Money.of("500.00"),
        false,
        List.of());
  }

  @Test
  @DisplayName("QBO-CFG-04: a commitment becomes one purchase order, found again by its marker")
  void aCommitmentIsWrittenOnce() {
    String id = written();
    orders.lookUp(batch(orders, order("PO-7", "Concrete works"), ScriptedRealm.NOW), outcomes);
    var known = outcomes.known().get("harbour.work_order_contract.7");
    assertThat(known.erpId()).isEqualTo(id);
    assertThat(known.total()).isEqualTo(Money.of("1020.01"));
    assertThat(new QuickBooksNumbers(realm.calls()).taken(order("PO-7", "t")))
        .hasValueSatisfying(
            taken -> assertThat(taken.marker()).isEqualTo("harbour.work_order_contract.7"));
  }

  @Test
  @DisplayName(
      "GEN-COM-04 QBO-CFG-04: a change order's lines join the purchase order; all that was on it"
          + " goes back as it was read")
  void linesJoinTheOrder() {
    String id = written();
    realm.record("PurchaseOrder", id).put("Memo", "To the vendor").put("POStatus", "Open");
    realm.record("PurchaseOrder", id).putArray("CustomField").addObject().put("DefinitionId", "1");
    changes.handOver(
        batch(
            changes,
            change(id, null, changed("Slab B", "500.00"), changed("Less", "-20.00")),
            null),
        outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "known");
    var known = outcomes.known().get("harbour.change_order.901");
    assertThat(known.erpId()).isEqualTo(id + "|901");
    assertThat(known.total()).isEqualTo(Money.of("480.00"));
    assertThat(known.lineIds()).containsExactly(id + "|3", id + "|4");
    assertThat(known.warnings()).isEmpty();
    JsonNode order = realm.record("PurchaseOrder", id);
    assertThat(order.path("Line")).hasSize(4);
    assertThat(order.path("Memo").asText()).isEqualTo("To the vendor");
    assertThat(order.path("CustomField").path(0).path("DefinitionId").asText()).isEqualTo("1");
    assertThat(order.path("sparse").asBoolean()).isFalse();
    assertThat(order.path("TotalAmt").decimalValue()).isEqualByComparingTo("1500.01");
    if (QuickBooksContract.isThere()) {
      JsonNode sent = Json.read(realm.posted("PurchaseOrder").get(1).body());
      assertThat(QuickBooksContract.load().objections("PurchaseOrder", sent)).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "QBO-API-01: a stale version is read again and tried once more, keeping both changes")
  void aStaleVersionIsReadAgain() {
    String id = written();
    AtomicInteger posts = new AtomicInteger();
    realm.script(
        asked -> {
          if (asked.method().equals("POST") && posts.getAndIncrement() == 0) {
            // Somebody in QuickBooks is quicker.
            realm.record("PurchaseOrder", id).put("SyncToken", "7").put("Memo", "Mine");
          }
          return realm.books(asked);
        });
    changes.handOver(batch(changes, change(id, null, changed("Slab B", "500.00")), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "known");
    assertThat(posts).hasValue(2);
    assertThat(realm.record("PurchaseOrder", id).path("Memo").asText()).isEqualTo("Mine");
    assertThat(realm.record("PurchaseOrder", id).path("Line")).hasSize(3);
  }

  @Test
  @DisplayName("QBO-API-01: a version that is stale twice is a conflict; nothing was written")
  void aVersionThatIsStaleTwiceIsAConflict() {
    String id = written();
    realm.script(
        asked ->
            asked.method().equals("POST")
                ? Reply.refusal("5010", "Stale Object Error")
                : realm.books(asked));
    changes.handOver(batch(changes, change(id, null, changed("Slab B", "500.00")), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
    assertThat(outcomes.notWritten().get(0).kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(realm.posted("PurchaseOrder")).hasSize(3);
  }

  @Test
  @DisplayName(
      "GEN-COM-04 QBO-CFG-04: a line that breaks after the change was written leaves its lines"
          + " once")
  void aDropLeavesTheLinesOnce() {
    String id = written();
    realm.script(
        asked -> {
          Reply reply = realm.books(asked);
          return asked.method().equals("POST") ? Reply.dropped() : reply;
        });
    OrderChange change = change(id, null, changed("Slab B", "500.00"));
    changes.handOver(batch(changes, change, null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
    realm.script(realm::books);
    changes.lookUp(batch(changes, change, ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get("harbour.change_order.901").erpId()).isEqualTo(id + "|901");
    changes.handOver(batch(changes, change, ScriptedRealm.NOW), outcomes);
    assertThat(realm.record("PurchaseOrder", id).path("Line")).hasSize(3);
    assertThat(realm.posted("PurchaseOrder")).hasSize(2);
  }

  @Test
  void whatQuickBooksDidToOtherLinesIsNoticed() {
    String id = written();
    realm.script(
        asked -> {
          Reply reply = realm.books(asked);
          if (asked.method().equals("POST")) {
            ObjectNode body = (ObjectNode) Json.read(reply.body());
            ((ObjectNode) body.path("PurchaseOrder").path("Line").get(0))
                .put("Amount", new BigDecimal("999.00"));
            return new Reply(200, Json.write(body));
          }
          return reply;
        });
    changes.handOver(batch(changes, change(id, null, changed("Slab B", "500.00")), null), outcomes);
    assertThat(outcomes.undetermined().get(0))
        .hasMessageContaining("line 'Slab' came to 1000.00 before and comes to 999.00 now");
  }

  @Test
  @DisplayName(
      "GEN-COM-04 QBO-CFG-04: a closed order takes no line: the change becomes a further order,"
          + " once")
  void aClosedOrderGetsAFurtherOne() {
    String id = written();
    realm.record("PurchaseOrder", id).put("POStatus", "Closed");
    OrderChange change = change(id, further(), changed("Slab B", "500.00"));
    changes.handOver(batch(changes, change, null), outcomes);
    var known = outcomes.known().get("harbour.change_order.901");
    assertThat(known.erpNumber()).isEqualTo("PO-7-CCO-003");
    assertThat(known.warnings()).singleElement().asString().contains("closed in QuickBooks");
    changes.handOver(batch(changes, change, ScriptedRealm.NOW), new Outcomes());
    assertThat(realm.all("PurchaseOrder")).hasSize(2);
    Outcomes looked = new Outcomes();
    changes.lookUp(batch(changes, change, ScriptedRealm.NOW), looked);
    assertThat(looked.known().get("harbour.change_order.901").erpId()).isEqualTo(known.erpId());
  }

  @Test
  void aClosedOrderWithoutAFurtherOneIsRefused() {
    String id = written();
    realm.record("PurchaseOrder", id).put("POStatus", "Closed");
    changes.handOver(batch(changes, change(id, null, changed("Slab B", "500.00")), null), outcomes);
    assertThat(outcomes.refused().get("harbour.change_order.901").get(0)).contains("is closed");
  }

  @Test
  void aChangeThatIsThereWithoutItsMarkOrBelowZeroIsForAPerson() {
    String id = written();
    changes.handOver(batch(changes, change(id, null, changed("Less", "-2000.00")), null), outcomes);
    assertThat(outcomes.refused().get("harbour.change_order.901").get(0))
        .contains("comes to 1020.01")
        .contains("-2000.00");
    ((ObjectNode) realm.record("PurchaseOrder", id).path("Line").get(0))
        .put("Description", "CCO 003: Slab B");
    Outcomes unmarked = new Outcomes();
    changes.handOver(
        batch(changes, change(id, null, changed("Slab B", "1000.00")), null), unmarked);
    assertThat(unmarked.refused().get("harbour.change_order.901").get(0))
        .contains("[Procore CCO 901]");
    changes.handOver(
        batch(changes, change("9999", null, changed("Slab B", "500.00")), null), unmarked);
    assertThat(unmarked.refused().get("harbour.change_order.901").get(0))
        .contains("no purchase order 9999");
  }

  @Test
  @DisplayName("GEN-UNL-01: presence is asked live, of documents and of a change's lines")
  void presence() {
    String id = written();
    QuickBooksPresence presence = new QuickBooksPresence(realm.calls());
    changes.handOver(batch(changes, change(id, null, changed("Slab B", "500.00")), null), outcomes);
    assertThat(presence.of(new Presence.Asked("purchase_order", id, List.of())).there()).isTrue();
    assertThat(presence.of(new Presence.Asked("purchase_order_change", id + "|901", List.of())))
        .isEqualTo(new Presence(true, "Open", "PO-7"));
    assertThat(
            presence
                .of(new Presence.Asked("purchase_order_change", id + "|902", List.of(id + "|1")))
                .there())
        .isFalse();
    assertThat(presence.of(new Presence.Asked("bill", "9999", List.of()))).isEqualTo(Presence.NONE);
    String bill =
        realm.enter("Bill", "{`DocNumber`:`V1`,`PrivateNote`:`Voided`,`TotalAmt`:0,`Balance`:0}");
    assertThat(presence.of(new Presence.Asked("bill", bill, List.of())))
        .isEqualTo(new Presence(false, "Voided", "V1"));
  }
}
