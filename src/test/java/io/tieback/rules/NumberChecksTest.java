package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.Money;
import io.tieback.construction.TakenNumber;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumberChecksTest {

  private static final String OURS = "https://app.procore.com/9?tieback=harbour.requisition.";

  @Test
  @DisplayName(
      "TB-INV-10: a bill of the same supplier with the number that Tieback did not write refuses,"
          + " with its key, state, total and the ways out")
  void takenByAHand() {
    assertThat(found("10.00", taken("c-1", "PC-1001", false, null)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruleId()).isEqualTo("TB-INV-10");
              assertThat(finding.severity()).isEqualTo(Finding.Severity.REFUSE);
              assertThat(finding.found())
                  .contains("PC-1001", "bill b-77", "AUTHORISED", "36000.00");
              assertThat(finding.remedy())
                  .contains("void it")
                  .contains("correct the number")
                  .contains("invoice.taken-number");
            });
  }

  @Test
  @DisplayName("TB-INV-10: numbers are compared as people read them")
  void asPeopleReadThem() {
    assertThat(found("10.00", taken("C-1", " pc-1001 ", false, null))).hasSize(1);
    assertThat(found("10.00", taken("c-1", "PC-10011", false, null))).isEmpty();
  }

  @Test
  @DisplayName(
      "TB-INV-10: another supplier's bill, a credit note and an address of somebody else's program"
          + " are what they are")
  void notTheSame() {
    assertThat(found("10.00", taken("c-2", "PC-1001", false, null))).isEmpty();
    assertThat(found("10.00", taken("c-1", "PC-1001", true, null))).isEmpty();
    assertThat(found("-10.00", taken("c-1", "PC-1001", false, null))).isEmpty();
    assertThat(found("-10.00", taken("c-1", "PC-1001", true, null))).hasSize(1);
    assertThat(found("10.00", taken("c-1", "PC-1001", false, "https://example.com/7"))).hasSize(1);
  }

  @Test
  @DisplayName(
      "TB-INV-10: a bill that Tieback wrote for another invoice is remarked on, since suppliers"
          + " number by project")
  void takenByOurs() {
    assertThat(found("10.00", taken("c-1", "PC-1001", false, OURS + 8)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARN);
              assertThat(finding.limit()).contains("invoice 8 of Procore");
            });
  }

  @Test
  @DisplayName("TB-INV-10: the invoice's own bill is no finding, and is told apart")
  void own() {
    TakenNumber own = taken("c-1", "PC-1001", false, OURS + 7);
    assertThat(found("10.00", own)).isEmpty();
    assertThat(NumberChecks.own(bill("10.00"), List.of(own))).contains(own);
    assertThat(NumberChecks.own(bill("10.00"), List.of(taken("c-1", "PC-1001", false, OURS + 71))))
        .isEmpty();
  }

  private static List<Finding> found(String total, TakenNumber... live) {
    return NumberChecks.taken(bill(total), "Xero", List.of(live));
  }

  private static TakenNumber taken(String contact, String number, boolean credit, String marker) {
    return new TakenNumber(
        contact, number, credit, "b-77", "AUTHORISED", Money.of("36000.00"), marker, Instant.EPOCH);
  }

  private static Bill bill(String total) {
    Money amount = Money.of(total);
    return new Bill(
        OURS + 7,
        7,
        "c-1",
        "PC-1001",
        LocalDate.of(2026, 8, 31),
        null,
        null,
        List.of(
            new BillLine(
                BillLine.Kind.WORK,
                "Formwork",
                BigDecimal.ONE,
                amount.amount(),
                amount,
                null,
                "500",
                null,
                null,
                List.of(1L))),
        amount,
        List.of());
  }
}
