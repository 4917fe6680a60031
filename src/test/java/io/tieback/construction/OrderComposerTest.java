package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.OrderDatePolicy.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OrderComposerTest {

  private static final LocalDate DAY = LocalDate.of(2026, 2, 1);
  private static final BillSettings SETTINGS = new BillFixture().settings();

  private static ContractLine line(
      long id, Long changes, String words, String amount, String quantity, String price) {
    return new ContractLine(
        id,
        changes,
        words,
        Money.of(amount),
        quantity == null ? null : new BigDecimal(quantity),
        price == null ? null : new BigDecimal(price),
        1L,
        "03-110",
        2L,
        "S",
        "c",
        "t",
        null);
  }

  private static PurchaseOrder order(String total, ContractLine... lines) {
    return OrderComposer.compose(
        new Commitment(
            7,
            "work_order_contract",
            11,
            21,
            "p",
            "v",
            "SC-7",
            null,
            "Formwork",
            "Approved",
            DAY,
            null,
            "USD",
            Money.of(total),
            List.of(lines)),
        references(lines),
        SETTINGS);
  }

  private static OrderReferences references(ContractLine... lines) {
    Map<Long, String> items = new java.util.HashMap<>();
    for (ContractLine line : lines) {
      items.put(line.procoreId(), "03-110.S");
    }
    return new OrderReferences("m", "contact", "option", items);
  }

  @Test
  @DisplayName(
      "XR-COM-15: lines go by unit where quantity times price is the amount, else as one amount,"
          + " with a note")
  void units() {
    PurchaseOrder order =
        order(
            "350.01",
            line(1, null, "By unit", "100.00", "8", "12.5"),
            line(2, null, "Not to the cent", "100.01", "8", "12.5"),
            line(3, null, "Finer than Xero keeps", "50.00", "0.000005", "10000000"),
            line(4, null, "By amount", "100.00", null, null));
    assertThat(order.lines())
        .extracting(one -> one.quantity().toPlainString(), one -> one.amount().toString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("8", "100.00"),
            org.assertj.core.groups.Tuple.tuple("1", "100.01"),
            org.assertj.core.groups.Tuple.tuple("1", "50.00"),
            org.assertj.core.groups.Tuple.tuple("1", "100.00"));
    assertThat(order.notes()).hasSize(2).anySatisfy(note -> assertThat(note).contains("Line 2"));
    assertThat(order.number()).isEqualTo("SC-7");
    assertThat(order.total()).isEqualTo(Money.of("350.01"));
  }

  @Test
  @DisplayName("TB-COM-01: an order that does not come to its commitment is never composed")
  void sums() {
    assertThatThrownBy(() -> order("100.01", line(1, null, "x", "100.00", null, null)))
        .hasMessageContaining("100.00")
        .hasMessageContaining("100.01");
  }

  @Test
  @DisplayName("TB-COM-03: the first source that states a day gives an order its date")
  void dates() {
    OrderDatePolicy policy =
        OrderDatePolicy.of(List.of("accounting_date", "contract_date", "today"));
    LocalDate today = LocalDate.of(2026, 5, 5);
    assertThat(
            policy.resolve(
                Map.of(Source.CONTRACT_DATE, DAY, Source.ACCOUNTING_DATE, DAY.plusDays(1)),
                () -> today))
        .contains(DAY.plusDays(1));
    assertThat(policy.resolve(Map.of(Source.CONTRACT_DATE, DAY), () -> today)).contains(DAY);
    assertThat(policy.resolve(Map.of(), () -> today)).contains(today);
    assertThat(OrderDatePolicy.of(List.of("contract_date")).resolve(Map.of(), () -> today))
        .isEmpty();
    assertThatThrownBy(() -> OrderDatePolicy.of(List.of("yesterday")))
        .hasMessageContaining("contract_start_date");
  }

  private static OrderChange change(ContractLine... lines) {
    return ChangeOrderComposer.compose(
        new ChangeOrder(
            4711,
            "work_order_contract",
            7,
            11,
            21,
            "p",
            "v",
            "c",
            "SC-7",
            "2",
            "More",
            "approved",
            DAY,
            List.of(lines)),
        "order",
        references(lines),
        SETTINGS);
  }

  @Test
  @DisplayName(
      "XR-CCO-08, GEN-CCO-03: changes of one line of the commitment are summed into one line, with"
          + " the detail in the notes")
  void summed() {
    OrderChange change =
        change(
            line(1, 100L, "Taller", "10.00", null, null),
            line(2, 200L, "Other line", "5.00", null, null),
            line(3, 100L, "Back", "-4.50", null, null),
            line(4, null, "Without a line", "1.00", null, null));
    assertThat(change.lines())
        .extracting(OrderLine::description, one -> one.amount().toString(), OrderLine::sourceLines)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "CCO 2: Taller [Procore CCO 4711]", "5.50", List.of(1L, 3L)),
            org.assertj.core.groups.Tuple.tuple(
                "CCO 2: Other line [Procore CCO 4711]", "5.00", List.of(2L)),
            org.assertj.core.groups.Tuple.tuple(
                "CCO 2: Without a line [Procore CCO 4711]", "1.00", List.of(4L)));
    assertThat(change.notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains("10.00 (line 1)", "-4.50 (line 3)", "5.50"));
    assertThat(change.instead().number()).isEqualTo("SC-7-2");
    assertThat(change.instead().title()).isEqualTo("Change order 2 of SC-7: More");
  }

  @Test
  @DisplayName("XR-CCO-11: what takes off has no order of its own to become")
  void deduction() {
    OrderChange change = change(line(1, 100L, "Credit", "-10.00", null, null));
    assertThat(change.instead()).isNull();
    assertThat(change.total()).isEqualTo(Money.of("-10.00"));
  }

  @Property
  void changesKeepEveryCent(@ForAll("changes") List<ContractLine> lines) {
    OrderChange change = change(lines.toArray(ContractLine[]::new));
    assertThat(change.total())
        .isEqualTo(Money.sum(lines.stream().map(ContractLine::amount).toList()));
    assertThat(change.lines().stream().flatMap(line -> line.sourceLines().stream()))
        .containsExactlyInAnyOrderElementsOf(lines.stream().map(ContractLine::procoreId).toList());
    assertThat(change.lines())
        .allSatisfy(
            line -> {
              assertThat(OrderMarker.ofLine(line.description())).contains(4711L);
              assertThat(Money.rounded(line.quantity().multiply(line.unitAmount())))
                  .isEqualTo(line.amount());
            });
  }

  @Provide
  Arbitrary<List<ContractLine>> changes() {
    Arbitrary<ContractLine> one =
        net.jqwik.api.Combinators.combine(
                Arbitraries.longs().between(1, 5),
                Arbitraries.integers().between(-1_000_000, 1_000_000),
                Arbitraries.integers().between(1, 99_999))
            .as(
                (of, cents, quantity) ->
                    line(
                        0,
                        of,
                        "Change",
                        BigDecimal.valueOf(cents, 2).toPlainString(),
                        BigDecimal.valueOf(quantity, 3).toPlainString(),
                        "1.25"));
    return one.list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(
            list -> {
              List<ContractLine> numbered = new java.util.ArrayList<>();
              for (ContractLine line : list) {
                numbered.add(
                    new ContractLine(
                        numbered.size() + 1,
                        line.changes(),
                        line.description(),
                        line.amount(),
                        line.quantity(),
                        line.unitPrice(),
                        1L,
                        "03-110",
                        2L,
                        "S",
                        "c",
                        "t",
                        null));
              }
              return numbered;
            });
  }
}
