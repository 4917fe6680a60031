package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.BillSettings.RetainageGrouping;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BillRetainageTest {

  private final BillFixture bills = new BillFixture();
  private final InvoiceFixture invoice = new InvoiceFixture();

  private void twoLinesThatHoldAndRelease() {
    InvoiceFixture.Line first = invoice.line();
    first.retainedWork = Money.of("100.00");
    first.retainedMaterial = Money.of("5.00");
    InvoiceFixture.Line second = invoice.line();
    second.description = "Rebar";
    second.retainedWork = Money.of("50.00");
    second.releasedWork = Money.of("30.00");
    second.releasedMaterial = Money.of("2.50");
    second.heldBefore = Money.of("40.00");
  }

  @Test
  @DisplayName(
      "GEN-RET-02: held is negative, released is positive, one line each per invoice, never merged")
  void perInvoice() {
    twoLinesThatHoldAndRelease();
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .extracting(BillLine::kind, BillLine::amount, BillLine::sourceItems)
        .containsExactly(
            tuple(BillLine.Kind.WORK, Money.of("1000.00"), List.of(9001L)),
            tuple(BillLine.Kind.WORK, Money.of("1000.00"), List.of(9002L)),
            tuple(BillLine.Kind.RETAINAGE_HELD, Money.of("-155.00"), List.of(9001L, 9002L)),
            tuple(BillLine.Kind.RETAINAGE_RELEASED, Money.of("32.50"), List.of(9002L)));
    assertThat(bill.lines().subList(2, 4))
        .allSatisfy(
            line -> {
              assertThat(line.accountCode()).isEqualTo("815");
              assertThat(line.projectKey()).as("retainage carries the job").isEqualTo("p-1");
              assertThat(line.quantity()).isEqualByComparingTo("1");
            });
    assertThat(bill.total()).isEqualTo(Money.of("1877.50"));
  }

  @Test
  @DisplayName("GEN-RET-02: by setting, one line each per invoice line, named after it")
  void perLine() {
    bills.grouping = RetainageGrouping.LINE;
    twoLinesThatHoldAndRelease();
    assertThat(bills.compose(invoice).lines().subList(2, 5))
        .extracting(BillLine::description, BillLine::amount)
        .containsExactly(
            tuple("Retainage held: Formwork level 1", Money.of("-105.00")),
            tuple("Retainage held: Rebar", Money.of("-50.00")),
            tuple("Retainage released: Rebar", Money.of("32.50")));
  }

  @Test
  void aDescriptionThatWouldGetTooLongGivesWayToTheLinesPlace() {
    bills.grouping = RetainageGrouping.LINE;
    bills.descriptionLength = 30;
    InvoiceFixture.Line line = invoice.line();
    line.description = "d".repeat(30);
    line.retainedWork = Money.of("1.00");
    assertThat(bills.compose(invoice).lines().get(1).description())
        .isEqualTo("Retainage held on line 1 (03-110)");
  }

  @Test
  void anInvoiceThatOnlyReleasesIsABillOfItsOwn() {
    invoice.line().releaseOnly("80.00", "100.00");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo(BillLine.Kind.RETAINAGE_RELEASED);
              assertThat(line.amount()).isEqualTo(Money.of("80.00"));
            });
    assertThat(bill.total()).isEqualTo(Money.of("80.00"));
    assertThat(bill.notes())
        .containsExactly("1 of 1 lines bill no work or material this period and are left out.");
  }

  @Test
  void retainageThatAddsUpToNothingIsSaidNotWritten() {
    invoice.line().retainedWork = Money.of("10.00");
    invoice.line().retainedWork = Money.of("-10.00");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines()).extracting(BillLine::kind).containsOnly(BillLine.Kind.WORK);
    assertThat(bill.notes())
        .containsExactly("Retainage held on 2 lines adds up to 0.00 and has no line of its own.");
  }

  @Test
  void retainageWithoutAPlaceIsNeverWrittenAnywhereElse() {
    bills.retainageAccount = null;
    invoice.line().retainedWork = Money.of("10.00");
    assertThatThrownBy(() -> bills.compose(invoice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("QBD-INV-01");
  }
}
