package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BookedOrder;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.ContractLine;
import io.tieback.construction.Money;
import io.tieback.construction.TaxSettings;
import io.tieback.rules.Finding.Severity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChangeOrderChecksTest {

  private static final class Made {
    String vendor = "xero:harbour:contact:c1";
    String commitment = "xero:harbour:purchase_order:p1";
    String number = "2";
    String title = "More";
    String status = "approved";
    final List<ContractLine> lines = new ArrayList<>(List.of(OrderChecksTest.line(1, "-100.00")));

    ChangeOrder change() {
      return new ChangeOrder(
          4711,
          "work_order_contract",
          7,
          11,
          21,
          "xero:harbour:tracking_option:t1",
          vendor,
          commitment,
          "SC-7",
          number,
          title,
          status,
          LocalDate.of(2026, 3, 1),
          lines);
    }
  }

  private static List<Finding> check(OrderPolicy policy, Consumer<Made> spoil) {
    Made made = new Made();
    spoil.accept(made);
    return ChangeOrderChecks.check(
        made.change(), OrderChecksTest.context(policy, made.lines, TaxSettings.none()));
  }

  private static void one(String rule, Severity severity, String words, Consumer<Made> spoil) {
    assertThat(check(OrderPolicy.defaults(), spoil))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo(rule);
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.sentence()).contains(words);
            });
  }

  @Test
  @DisplayName(
      "XR-CCO-06, XR-CCO-07: an approved change order on an exported commitment goes, also a"
          + " deduction")
  void goes() {
    assertThat(check(OrderPolicy.defaults(), made -> {})).isEmpty();
    assertThat(check(OrderPolicy.defaults(), made -> made.status = "Approved")).isEmpty();
  }

  @Test
  @DisplayName("XR-CCO-01, XR-CCO-02, TB-CCO-01: number and title have 255 characters at most")
  void lengths() {
    one("XR-CCO-01", Severity.REFUSE, "256", made -> made.number = "n".repeat(256));
    one("XR-CCO-02", Severity.REFUSE, "256", made -> made.title = "t".repeat(256));
    one("TB-CCO-01", Severity.REFUSE, "empty", made -> made.number = null);
  }

  @Test
  @DisplayName(
      "XR-CCO-03, XR-CCO-04, GEN-CCO-01, TB-CCO-04: company linked, approved, and the commitment"
          + " goes first")
  void depends() {
    one("XR-CCO-03", Severity.WAIT, "company 21", made -> made.vendor = null);
    one("XR-CCO-04", Severity.REFUSE, "'pending'", made -> made.status = "pending");
    one("GEN-CCO-01", Severity.WAIT, "commitment 7", made -> made.commitment = null);
    one("TB-CCO-04", Severity.REFUSE, "quote", made -> made.commitment = "xero:harbour:quote:q1");
  }

  @Test
  @DisplayName(
      "TB-CCO-05: an order with a line that has no account takes no more lines, and says which")
  void accounts() {
    BookedOrder order = order(BookedOrder.State.OPEN, true);
    assertThat(ChangeOrderChecks.accounts(order, "Xero").orElseThrow())
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-CCO-05");
              assertThat(finding.found()).contains("'Formwork'").doesNotContain("'Walls'");
              assertThat(finding.remedy()).contains("an account or an item in Xero");
            });
    assertThat(ChangeOrderChecks.accounts(order(BookedOrder.State.OPEN, false), "Xero")).isEmpty();
    assertThat(ChangeOrderChecks.accounts(order(BookedOrder.State.BILLED, true), "Xero"))
        .as("it becomes an order of its own")
        .isEmpty();
  }

  private static BookedOrder order(BookedOrder.State state, boolean accountless) {
    return new BookedOrder(
        "p1",
        "SC-7",
        null,
        null,
        null,
        null,
        state,
        "AUTHORISED",
        List.of(
            new BookedOrder.Line("l1", "Formwork", Money.of("10.00"), null, null, accountless),
            new BookedOrder.Line("l2", "Walls", Money.of("10.00"), null, null)));
  }

  @Test
  @DisplayName(
      "XR-CCO-05, XR-API-04: lines need code and category, and fit with what is added to their"
          + " text")
  void lines() {
    one("XR-CCO-05", Severity.REFUSE, "no lines", made -> made.lines.clear());
    one(
        "XR-CCO-05",
        Severity.WAIT,
        "cost code",
        made ->
            made.lines.set(0, OrderChecksTest.line(1, "5.00", null, "xero:harbour:cost_type:S")));
    ContractLine sound = OrderChecksTest.line(1, "5.00");
    String longest = "d".repeat(4000 - "CCO 2:  [Procore CCO 4711]".length());
    assertThat(check(OrderPolicy.defaults(), made -> made.lines.set(0, worded(sound, longest))))
        .isEmpty();
    one(
        "XR-API-04",
        Severity.REFUSE,
        "description",
        made -> made.lines.set(0, worded(sound, longest + "d")));
  }

  @Test
  @DisplayName("GEN-API-28: by setting, a change order holds one cost type")
  void oneCostType() {
    Consumer<Made> two =
        made -> {
          ContractLine other = OrderChecksTest.line(2, "5.00");
          made.lines.add(
              new ContractLine(
                  2,
                  null,
                  "x",
                  Money.of("5.00"),
                  null,
                  null,
                  31L,
                  "03-110",
                  42L,
                  "M",
                  other.costCodeOriginId(),
                  "xero:harbour:cost_type:M",
                  null));
        };
    assertThat(check(OrderPolicy.defaults(), two)).isEmpty();
    assertThat(check(new OrderPolicy(Set.of("Approved"), true, true), two))
        .singleElement()
        .satisfies(finding -> assertThat(finding.sentence()).contains("S, M", "GEN-API-28"));
  }

  private static ContractLine worded(ContractLine line, String words) {
    return new ContractLine(
        line.procoreId(),
        line.changes(),
        words,
        line.amount(),
        null,
        null,
        line.costCodeId(),
        line.costCode(),
        line.costTypeId(),
        line.costType(),
        line.costCodeOriginId(),
        line.costTypeOriginId(),
        null);
  }
}
