package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.units;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.TOWER;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.Money;
import io.tieback.construction.OrderLine;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.erp.Outcomes;
import io.tieback.erp.WrittenDocument;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lines of bills name the lines of the order that they bill, and what is left out is told. */
class QuickBooksOrderLinksTest {

  private QuickBooksCompany company = QuickBooksCompany.with(QuickBooksStyle.Lines.ITEMS, true);
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    company.close();
  }

  private WrittenDocument written(Outgoing document) {
    company.adapter().handOver(Writing.batch(company.adapter(), document, null), outcomes);
    assertThat(outcomes.refused()).isEmpty();
    assertThat(outcomes.known()).containsKey(document.marker());
    return outcomes.known().get(document.marker());
  }

  private List<String> orderLines() {
    return written(
            new PurchaseOrder(
                "harbour.work_order_contract.7",
                7,
                VENDOR,
                "SC-001",
                "Concrete works",
                LocalDate.of(2026, 11, 2),
                null,
                null,
                List.of(line("Slab", "1000.00"), line("Bags", "200.00")),
                Money.of("1200.00"),
                false,
                List.of()))
        .lineIds();
  }

  private static OrderLine line(String words, String amount) {
    return new OrderLine(
        words,
        BigDecimal.ONE,
        new BigDecimal(amount),
        Money.of(amount),
        "03-110.S",
        null,
        TOWER,
        null,
        List.of(1L));
  }

  /** A part of the first line, units of the second, and retainage, which bills none. */
  private static Bill part(long id, List<String> orderLines) {
    return bill(
        id,
        VENDOR,
        work("Slab", "400.00", "03-110.S", null, TOWER).billing(orderLines.get(0)),
        units("Bags", "4", "15", "03-110.M", null, TOWER).billing(orderLines.get(1)),
        held("-46.00", "815", TOWER));
  }

  @Test
  @DisplayName("QBO-INV-01: each line of work is linked to its order's line, and read back")
  void linked() {
    List<String> lines = orderLines();
    assertThat(written(part(1, lines)).warnings()).isEmpty();
    JsonNode there = company.all("Bill").get(0);
    assertThat(there.path("Line").path(0).path("LinkedTxn"))
        .singleElement()
        .satisfies(
            link -> {
              assertThat(link.path("TxnType").asText()).isEqualTo("PurchaseOrder");
              assertThat(link.path("TxnId").asText() + "|" + link.path("TxnLineId").asText())
                  .isEqualTo(lines.get(0));
            });
    assertThat(there.path("Line").path(1).path("LinkedTxn")).hasSize(1);
    assertThat(there.path("Line").path(2).path("LinkedTxn")).isEmpty();
    JsonNode order = company.all("PurchaseOrder").get(0);
    assertThat(order.path("Line").path(0).path("Received").decimalValue())
        .isEqualByComparingTo("400.00");
  }

  @Test
  @DisplayName("QBO-INV-01: links that QuickBooks dropped are a warning each, never a second write")
  void dropped() {
    List<String> lines = orderLines();
    QuickBooksCompany.control("PATCH", "settings", "{'orderLinks':'none'}");
    String order = lines.get(0).split("\\|")[0];
    String first =
        "DIFFERENCE: line 1 lost its link to PurchaseOrder "
            + order
            + " line "
            + lines.get(0).split("\\|")[1]
            + ": QuickBooks left it out";
    assertThat(written(part(1, lines)).warnings()).hasSize(2).contains(first);
    assertThat(company.books()).hasSize(1);
    assertThat(company.writes()).isEqualTo(1);
    Outcomes looked = new Outcomes();
    company
        .adapter()
        .lookUp(Writing.batch(company.adapter(), part(1, lines), company.clock.instant()), looked);
    assertThat(looked.known().get(marker(1)).warnings()).contains(first);
    assertThat(company.writes()).isEqualTo(1);
  }

  @Test
  @DisplayName("QBO-INV-01: an order that its first bill closed takes no further link: told")
  void closedByTheFirstBill() {
    List<String> lines = orderLines();
    assertThat(written(part(1, lines)).warnings()).isEmpty();
    assertThat(written(part(2, lines)).warnings()).hasSize(2);
    assertThat(company.books()).hasSize(2);
  }

  @Test
  @DisplayName("an order that stays open takes the links of every bill")
  void staysOpen() {
    QuickBooksCompany.control("PATCH", "settings", "{'orderCloses':'whenBilled'}");
    List<String> lines = orderLines();
    assertThat(written(part(1, lines)).warnings()).isEmpty();
    assertThat(written(part(2, lines)).warnings()).isEmpty();
  }

  @Test
  @DisplayName("links are none by default, never on vendor credits, and never of a foreign form")
  void none() {
    Bill credit = bill(3, VENDOR, work("Back", "-5.00", "03-110.S", null, TOWER).billing("1|1"));
    assertThat(company.adapter().render(credit).body()).doesNotContain("LinkedTxn");
    Bill foreign =
        bill(4, VENDOR, work("Slab", "5.00", "03-110.S", null, TOWER).billing("po-line-1"));
    assertThatThrownBy(() -> company.adapter().render(foreign))
        .hasMessageContaining("line 1")
        .hasMessageContaining("'po-line-1'")
        .hasMessageContaining("link the commitment again");
    assertThat(company.adapter().linksBillsToOrders()).isTrue();
    company.close();
    company = new QuickBooksCompany();
    assertThat(company.adapter().linksBillsToOrders()).isFalse();
    assertThat(company.adapter().render(part(1, List.of("1|1", "1|2"))).body())
        .doesNotContain("LinkedTxn");
  }
}
