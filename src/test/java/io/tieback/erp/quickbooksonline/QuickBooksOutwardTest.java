package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.units;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.TOWER;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.CostItem;
import io.tieback.construction.Money;
import io.tieback.construction.OrderChange;
import io.tieback.construction.OrderLine;
import io.tieback.construction.OrderMarker;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.Supplier;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpFiles.OnDocument;
import io.tieback.erp.ErpUnderTest.Mishap;
import io.tieback.erp.Outcomes;
import io.tieback.erp.Presence;
import io.tieback.wire.Json;
import io.tieback.wire.LastMoment;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that goes out, against the stand-in that refuses what QuickBooks refuses. */
class QuickBooksOutwardTest {

  private final QuickBooksCompany company = new QuickBooksCompany();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    company.close();
  }

  private DeliveryBatch batch(Outgoing document, Instant firstSentAt) {
    byte[] body =
        company.adapter().batchBody(document.kind(), List.of(company.adapter().render(document)));
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-" + document.marker(),
        body,
        List.of(document.marker()),
        firstSentAt,
        document.kind(),
        Set.of());
  }

  private void write(Outgoing document) {
    company.adapter().handOver(batch(document, null), outcomes);
    assertThat(outcomes.refused()).isEmpty();
    assertThat(outcomes.undetermined()).isEmpty();
    assertThat(outcomes.known()).containsKey(document.marker());
    assertThat(outcomes.known().get(document.marker()).warnings()).isEmpty();
  }

  private static Bill credit() {
    return bill(
        4712,
        VENDOR,
        work("Taken back", "-400.00", "03-110.S", null, TOWER),
        units("Bags", "4", "15", "03-110.M", null, TOWER),
        held("20.00", "815", TOWER));
  }

  @Test
  @DisplayName("QBO-INV-02 GEN-INV-03: a negative invoice stands as a vendor credit to the cent")
  void aVendorCredit() {
    write(credit());
    var known = outcomes.known().get(marker(4712));
    assertThat(known.total()).isEqualTo(Money.of("-320.00"));
    JsonNode there = company.all("VendorCredit").get(0);
    assertThat(there.path("TotalAmt").decimalValue()).isEqualByComparingTo("320.00");
    assertThat(
            company
                .adapter()
                .presence(new Presence.Asked("credit_note", known.erpId(), List.of()))
                .there())
        .isTrue();
    assertThat(company.adapter().takenNumbers(List.of(credit())))
        .singleElement()
        .satisfies(taken -> assertThat(taken.marker()).isEqualTo(marker(4712)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Mishap.class,
      names = {"DROPPED_AFTER_WRITING", "ANSWERED_UNREADABLY", "WRITTEN_LATE"})
  @DisplayName("QBO-INV-01: a bill whose answer was lost is found by its marker: exactly one")
  void exactlyOne(Mishap mishap) {
    company.nextWrite(mishap);
    Instant sentAt = company.clock.instant();
    company.adapter().handOver(batch(company.good(7), null), outcomes);
    assertThat(outcomes.undetermined()).hasSize(1);
    company.awaitLateWriting();
    company.adapter().lookUp(batch(company.good(7), sentAt), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(7));
    company.adapter().handOver(batch(company.good(7), sentAt), new Outcomes());
    assertThat(company.books()).hasSize(1);
  }

  private static OrderLine line(String words, String quantity, String price, String amount) {
    return new OrderLine(
        words,
        new BigDecimal(quantity),
        new BigDecimal(price),
        Money.of(amount),
        "03-110.S",
        null,
        TOWER,
        null,
        List.of(1L));
  }

  private static PurchaseOrder order() {
    return new PurchaseOrder(
        "harbour.work_order_contract.7",
        7,
        VENDOR,
        "SC-001",
        "Concrete works",
        LocalDate.of(2026, 11, 2),
        null,
        null,
        List.of(line("Slab", "1", "1000.00", "1000.00"), line("Bags", "3", "6.67", "20.01")),
        Money.of("1020.01"),
        false,
        List.of());
  }

  @Test
  @DisplayName(
      "QBO-CFG-04 GEN-COM-04 QBO-API-01: a commitment is an order; its change joins it, and nothing"
          + " of the order is lost")
  void anOrderAndItsChange() {
    write(order());
    String id = outcomes.known().get("harbour.work_order_contract.7").erpId();
    company.edit("PurchaseOrder", id, Json.object().put("Memo", "Gate 3"));
    OrderChange change =
        new OrderChange(
            "harbour.change_order.901",
            901,
            "003",
            "More",
            id,
            List.of(line(OrderMarker.onLine("003", "Slab B", 901), "2", "250.005", "500.01")),
            Money.of("500.01"),
            null,
            List.of());
    write(change);
    JsonNode there = company.all("PurchaseOrder").get(0);
    assertThat(there.path("TotalAmt").decimalValue()).isEqualByComparingTo("1520.02");
    assertThat(there.path("Memo").asText()).isEqualTo("Gate 3");
    // A tie-out tells by these which lines are still on the order.
    assertThat(company.adapter().order(id).orElseThrow().lines())
        .extracting(BookedOrder.Line::erpId)
        .containsAll(outcomes.known().get(order().marker()).lineIds())
        .containsAll(outcomes.known().get(change.marker()).lineIds());
    assertThat(there.path("Line")).hasSize(3);
    company.adapter().lookUp(batch(change, company.clock.instant()), outcomes);
    assertThat(outcomes.known().get(change.marker()).erpId()).isEqualTo(id + "|901");
    company.adapter().handOver(batch(change, company.clock.instant()), outcomes);
    assertThat(company.all("PurchaseOrder").get(0).path("Line")).hasSize(3);
    assertThat(company.adapter().takenNumber(order()))
        .hasValueSatisfying(taken -> assertThat(taken.marker()).isEqualTo(order().marker()));
  }

  private static Supplier supplier(String name) {
    return new Supplier("tieback.harbour.vendor.7041", 7041, name, null, List.of(), null, null);
  }

  @Test
  @DisplayName(
      "QBO-COY-01: a vendor is created once; a customer's name is refused with the way out")
  void vendors() {
    company.adapter().handOver(batch(supplier("Port Authority"), null), outcomes);
    assertThat(String.join(" ", outcomes.refused().get("tieback.harbour.vendor.7041")))
        .contains("6240")
        .contains("Customer 21");
    Outcomes second = new Outcomes();
    company.adapter().handOver(batch(supplier("O'Neill & Sons"), null), second);
    assertThat(second.known()).hasSize(1);
    company.adapter().lookUp(batch(supplier("O'Neill & Sons"), company.clock.instant()), second);
    assertThat(second.absent()).isEmpty();
    company.adapter().handOver(batch(supplier("O'Neill & Sons"), company.clock.instant()), second);
    assertThat(second.refused()).isEmpty();
  }

  @Test
  @DisplayName("QBO-WBS-01: an item that was just exported stands on the next bill")
  void itemsAndBills() {
    write(
        new CostItem(
            "item:1042-03-300.S",
            "1042-03-300.S",
            "Concrete",
            "Concrete, subcontract",
            null,
            null,
            null));
    write(bill(8, VENDOR, work("Slab", "10.00", "1042-03-300.S", null, TOWER)));
    assertThat(company.adapter().items().byCode()).containsKey("1042-03-300.S");
  }

  @Test
  @DisplayName("TB-INV-12: a file goes onto a bill, byte for byte")
  void files() {
    write(company.good(9));
    String id = outcomes.known().get(marker(9)).erpId();
    byte[] bytes = "waiver \u0000\u0001 é".getBytes(StandardCharsets.UTF_8);
    company
        .adapter()
        .files()
        .attach("bill", id, "Été waiver.pdf", bytes, LastMoment.in(Duration.ofSeconds(20)));
    assertThat(company.adapter().files().on("bill", id))
        .containsExactly(new OnDocument("Été waiver.pdf", bytes.length));
  }

  @Test
  @DisplayName("TB-AMT-05: an amount that QuickBooks changed is never known, and never sent twice")
  void aChangedAmount() {
    write(company.good(10));
    String id = outcomes.known().get(marker(10)).erpId();
    JsonNode there = company.all("Bill").get(0).deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) there.path("Line").get(0))
        .put("Amount", new BigDecimal("1000.11"));
    company.edit("Bill", id, Json.object().set("Line", there.path("Line")));
    Outcomes looked = new Outcomes();
    company.adapter().lookUp(batch(company.good(10), company.clock.instant()), looked);
    assertThat(looked.doubtful().get(marker(10)))
        .hasMessageContaining("sent 1000.10, in QuickBooks 1000.11");
    assertThat(company.books()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'requestId':'off'}",
        "{'requestId':'replay'}",
        "{'requestId':'replaysFaults'}",
        "{'faultsIn200':true}",
        "{'fillsQuantity':true}",
        "{'fillsQuantity':false}",
        "{'duplicateDocNumberCode':'6210'}",
        "{'duplicateDocNumberChecked':false}"
      })
  @DisplayName(
      "QBO-INV-01 QBO-INV-04: whatever is uncertain about QuickBooks, each record stands there"
          + " once")
  void whateverIsUncertain(String settings) {
    QuickBooksCompany.control("PATCH", "settings", settings);
    Outcomes bad = new Outcomes();
    company.adapter().handOver(batch(company.bad(1), null), bad);
    assertThat(bad.refused()).containsOnlyKeys(marker(1));
    company.nextWrite(Mishap.DROPPED_AFTER_WRITING);
    Instant sentAt = company.clock.instant();
    company.adapter().handOver(batch(company.good(2), null), new Outcomes());
    company.adapter().lookUp(batch(company.good(2), sentAt), outcomes);
    company.adapter().handOver(batch(company.good(2), sentAt), new Outcomes());
    Bill others = bill(2, "13", work("Glass", "5.00", "03-110.S", null, TOWER));
    Bill glass =
        new Bill(
            marker(3),
            3,
            "13",
            others.number(),
            others.date(),
            others.dueDate(),
            null,
            others.lines(),
            others.total(),
            List.of());
    company.adapter().handOver(batch(glass, null), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(2), marker(3));
    assertThat(company.books()).hasSize(2);
    write(order());
    String id = outcomes.known().get(order().marker()).erpId();
    write(
        new OrderChange(
            "harbour.change_order.901",
            901,
            "003",
            "More",
            id,
            List.of(line(OrderMarker.onLine("003", "Slab B", 901), "1", "500.00", "500.00")),
            Money.of("500.00"),
            null,
            List.of()));
  }
}
