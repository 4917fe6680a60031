package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payments that the ERP has no more and Procore still has: somebody is told of each, once. */
class FlaggedPaymentsTest extends LedgerTest {

  private static final int MANY = 600;

  @BeforeEach
  void oneExportedBill() {
    known(1, 5);
    ledger.payments().switchOn(NORTH, List.of(), "Ann");
  }

  private void record(boolean deleted, int... numbers) {
    List<BillPayment> payments =
        IntStream.of(numbers)
            .mapToObj(
                number ->
                    new BillPayment(
                        "p" + number,
                        "bill-5",
                        Money.of("1.00"),
                        LocalDate.of(2026, 3, 1),
                        BillPayment.Method.CHECK,
                        "cheque",
                        null,
                        deleted,
                        Instant.parse("2026-03-01T00:00:00Z")))
            .toList();
    ledger
        .payments()
        .record(NORTH, new PaymentJournal.Reading(payments, Map.of()), DeletionPolicy.FLAG);
  }

  private void write() {
    long procoreId = 700;
    for (PaymentSteps.Step claimed : ledger.paymentSteps().claim(NORTH, 1000, SETTLE, LEASE)) {
      Optional<PaymentSteps.Step> step = Optional.of(claimed);
      while (step.isPresent()) {
        ledger.paymentSteps().sending(step.get(), LEASE);
        step =
            ledger
                .paymentSteps()
                .done(
                    step.get(),
                    procoreId++,
                    "xero:north:payment:" + claimed.payment().erpPaymentId());
      }
    }
  }

  @Test
  void eachIsGivenOnceHoweverManyThereAre() {
    int[] all = IntStream.range(0, MANY).toArray();
    record(false, all);
    write();
    record(true, all);
    assertThat(ledger.payments().takeFlagged(NORTH)).hasSize(MANY);
    assertThat(other.payments().takeFlagged(NORTH)).isEmpty();
  }

  @Test
  void oneThatCameBackAndIsDeletedAgainIsGivenAgain() {
    record(false, 1, 2);
    write();
    record(true, 1, 2);
    ledger.payments().takeFlagged(NORTH);
    record(false, 1);
    record(true, 1);
    assertThat(ledger.payments().takeFlagged(NORTH))
        .extracting(PaymentRow::erpPaymentId)
        .containsExactly("p1");
  }

  @Test
  void oneThatIsFlaggedOnlyWhenItsStepIsOverIsGivenThen() {
    record(false, 1);
    PaymentSteps.Step step = onlyOne(ledger.paymentSteps().claim(NORTH, 10, SETTLE, LEASE));
    ledger.paymentSteps().sending(step, LEASE);
    record(true, 1);
    assertThat(ledger.payments().takeFlagged(NORTH)).isEmpty();
    ledger.paymentSteps().done(step, 700L, "xero:north:payment:p1");
    assertThat(ledger.payments().takeFlagged(NORTH)).hasSize(1);
  }
}
