package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.ArithmeticSettings.LineAmount;
import io.tieback.construction.ArithmeticSettings.MovedRetainage;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RequisitionArithmeticTest {

  /**
   * Second requisition of a line: 1,000 work; the store goes from 400 to 250 though 300 of it
   * became earlier work, so 150 came in; retainage 10 %, 20 and 5 of it let go.
   */
  private static RequisitionComponents second(
      String storedBefore,
      String totalToDate,
      String totalBefore,
      String heldOnMaterialBefore,
      boolean moveToPrevious) {
    return new RequisitionComponents(
        9001,
        m("1000.00"),
        m("250.00"),
        m(storedBefore),
        m("300.00"),
        moveToPrevious,
        m(totalToDate),
        m(totalBefore),
        m("100.00"),
        m("20.00"),
        m(heldOnMaterialBefore),
        m("30.00"),
        m("20.00"),
        m("5.00"),
        m("80.00"));
  }

  private static Money m(String text) {
    return text == null ? null : Money.of(text);
  }

  private static RequisitionComponents sound() {
    return second("400.00", "3150.00", "2000.00", "40.00", true);
  }

  private static LineAmounts amounts(RequisitionArithmetic.Result result) {
    return result.amounts().orElseThrow();
  }

  @Test
  @DisplayName("GEN-RET-03: balances become what happened in the period")
  void flows() {
    RequisitionArithmetic.Result result =
        RequisitionArithmetic.compute(sound(), null, ArithmeticSettings.defaults());
    assertThat(result.discrepancies()).isEmpty();
    LineAmounts amounts = amounts(result);
    assertThat(amounts.workThisPeriod()).isEqualTo(m("1000.00"));
    assertThat(amounts.storedMaterialThisPeriod())
        .as("250 - 400 + 300 moved to earlier work")
        .isEqualTo(m("150.00"));
    assertThat(amounts.retainedWork()).isEqualTo(m("100.00"));
    assertThat(amounts.retainedMaterial())
        .as("20 - 40 + 5 released + 30 moved")
        .isEqualTo(m("15.00"));
    assertThat(amounts.releasedWork()).isEqualTo(m("20.00"));
    assertThat(amounts.releasedMaterial()).isEqualTo(m("5.00"));
    assertThat(amounts.retainageHeldBefore())
        .as("80 + 40, the moved 30 is in both")
        .isEqualTo(m("90.00"));
    assertThat(amounts.net()).isEqualTo(m("1060.00"));
  }

  @Test
  @DisplayName(
      "GEN-RET-03: material that moved to this period's work is in that work already and not added"
          + " again")
  void movedToThisPeriod() {
    RequisitionComponents item = second("400.00", "2850.00", "2000.00", "40.00", false);
    RequisitionArithmetic.Result result =
        RequisitionArithmetic.compute(item, null, ArithmeticSettings.defaults());
    assertThat(result.discrepancies()).isEmpty();
    assertThat(amounts(result).storedMaterialThisPeriod()).isEqualTo(m("-150.00"));
    assertThat(amounts(result).retainedMaterial()).isEqualTo(m("15.00"));
    assertThat(amounts(result).retainageHeldBefore()).isEqualTo(m("120.00"));
  }

  @Test
  @DisplayName(
      "GEN-RET-03: by setting, retainage that moved with it is inside the work's retainage")
  void movedRetainageWithinWork() {
    ArithmeticSettings within =
        new ArithmeticSettings(LineAmount.GROSS, true, MovedRetainage.WITHIN_WORK);
    RequisitionComponents toThisPeriod = second("400.00", "2850.00", "2000.00", "40.00", false);
    assertThat(
            amounts(RequisitionArithmetic.compute(toThisPeriod, null, within)).retainedMaterial())
        .isEqualTo(m("-15.00"));
    assertThat(amounts(RequisitionArithmetic.compute(sound(), null, within)).retainedMaterial())
        .as("what moved to earlier work is never in this period's")
        .isEqualTo(m("15.00"));
  }

  @Test
  @DisplayName(
      "TB-AMT-01: a cent between the change of the total to date and the components is told with"
          + " both figures")
  void totalToDate() {
    RequisitionArithmetic.Result result =
        RequisitionArithmetic.compute(
            second("400.00", "3150.01", "2000.00", "40.00", true),
            null,
            ArithmeticSettings.defaults());
    assertThat(result.discrepancies())
        .containsExactly(
            new Discrepancy(
                Discrepancy.Kind.TOTAL_TO_DATE,
                9001,
                "Change of total completed and stored to date",
                m("1150.00"),
                m("1150.01")));
    assertThat(result.discrepancies().get(0).inWords())
        .isEqualTo("components come to 1150.00, Procore states 1150.01 (difference 0.01)");
    assertThat(amounts(result).gross()).as("nothing is plugged").isEqualTo(m("1150.00"));
  }

  @Test
  @DisplayName("TB-AMT-03: every figure of the event is compared; a cent is told with both figures")
  void event() {
    EventFigures agrees =
        new EventFigures(
            m("1150.00"), m("115.00"), m("100.00"), m("20.00"), m("40.00"), m("20.00"));
    assertThat(
            RequisitionArithmetic.compute(sound(), agrees, ArithmeticSettings.defaults())
                .discrepancies())
        .isEmpty();

    EventFigures differs =
        new EventFigures(
            m("1150.01"), m("115.01"), m("100.01"), m("20.01"), m("40.01"), m("20.01"));
    assertThat(
            RequisitionArithmetic.compute(sound(), differs, ArithmeticSettings.defaults())
                .discrepancies())
        .extracting(Discrepancy::kind, Discrepancy::computed, Discrepancy::stated)
        .containsExactly(
            tuple(Discrepancy.Kind.EVENT, m("1150.00"), m("1150.01")),
            tuple(Discrepancy.Kind.EVENT, m("115.00"), m("115.01")),
            tuple(Discrepancy.Kind.EVENT, m("100.00"), m("100.01")),
            tuple(Discrepancy.Kind.EVENT, m("20.00"), m("20.01")),
            tuple(Discrepancy.Kind.EVENT, m("40.00"), m("40.01")),
            tuple(Discrepancy.Kind.EVENT, m("20.00"), m("20.01")));
  }

  @Test
  @DisplayName(
      "TB-AMT-03: the setting says whether the event's amount is gross or net, and whether its"
          + " retainage is compared")
  void eventSettings() {
    EventFigures net = new EventFigures(m("1060.00"), m("7.00"), null, null, null, null);
    assertThat(
            RequisitionArithmetic.compute(
                    sound(), net, new ArithmeticSettings(LineAmount.NET, false))
                .discrepancies())
        .isEmpty();
    assertThat(
            RequisitionArithmetic.compute(
                    sound(), net, new ArithmeticSettings(LineAmount.GROSS, false))
                .discrepancies())
        .singleElement()
        .satisfies(discrepancy -> assertThat(discrepancy.figure()).contains("lineAmount=gross"));
  }

  @Test
  @DisplayName("TB-AMT-04: an unknown balance of the requisition before is never taken as zero")
  void unknown() {
    RequisitionArithmetic.Result result =
        RequisitionArithmetic.compute(
            second(null, null, null, null, true), null, ArithmeticSettings.defaults());
    assertThat(result.amounts()).isEmpty();
    assertThat(result.discrepancies())
        .extracting(Discrepancy::kind)
        .containsExactly(Discrepancy.Kind.UNKNOWN, Discrepancy.Kind.UNKNOWN);
  }

  @Test
  void theEventGivesTheRetainageOfTheRequisitionBeforeWhereTheRequisitionDoesNot() {
    EventFigures event = new EventFigures(null, null, null, null, m("40.00"), null);
    RequisitionArithmetic.Result result =
        RequisitionArithmetic.compute(
            second("400.00", null, null, null, true), event, ArithmeticSettings.defaults());
    assertThat(amounts(result).retainedMaterial()).isEqualTo(m("15.00"));
  }

  @Test
  @DisplayName("TB-AMT-02: the net of all lines is compared with the current payment due")
  void paymentDue() {
    List<InvoiceLine> lines = InvoiceFixture.sound().build().lines();
    assertThat(RequisitionArithmetic.comparePaymentDue(lines, m("900.00"))).isEmpty();
    assertThat(RequisitionArithmetic.comparePaymentDue(lines, m("899.99")))
        .contains(
            new Discrepancy(
                Discrepancy.Kind.PAYMENT_DUE, 0, "Current payment due", m("900.00"), m("899.99")));
  }
}
