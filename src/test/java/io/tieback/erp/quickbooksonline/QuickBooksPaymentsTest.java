package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.BillPayment;
import io.tieback.construction.BillPayment.Method;
import io.tieback.construction.Money;
import io.tieback.erp.PaymentReading;
import io.tieback.wire.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bill payments as QuickBooks Online shows them. */
class QuickBooksPaymentsTest {

  private static final Instant NOW = ScriptedRealm.NOW;

  private final ScriptedRealm realm = new ScriptedRealm();
  private final Listing company = new Listing();

  @AfterEach
  void tearDown() {
    realm.close();
  }

  private PaymentReading read(String cursor) {
    realm.script(company);
    return new QuickBooksPayments(realm.calls(), realm.clock).read(cursor);
  }

  private static String line(String type, String id, String amount) {
    return "{`Amount`:"
        + amount
        + ",`LinkedTxn`:[{`TxnId`:`"
        + id
        + "`,`TxnType`:`"
        + type
        + "`}]}";
  }

  private void pay(String id, String total, String... lines) {
    company.with(
        "BillPayment",
        "{`Id`:`"
            + id
            + "`,`SyncToken`:`0`,`VendorRef`:{`value`:`46`,`name`:`Ironworks"
            + " Ltd`},`TxnDate`:`2026-11-20`,`DocNumber`:`1042`,`PayType`:`Check`,`CheckPayment`:{`BankAccountRef`:{`value`:`35`}},`CurrencyRef`:{`value`:`USD`},`PrivateNote`:`by"
            + " hand`,`TotalAmt`:"
            + total
            + ",`Line`:["
            + String.join(",", lines)
            + "]}");
  }

  private void bill(String id, String total, String balance, String... payments) {
    StringBuilder links = new StringBuilder();
    for (String payment : payments) {
      links
          .append(links.isEmpty() ? "" : ",")
          .append("{`TxnId`:`")
          .append(payment)
          .append("`,`TxnType`:`BillPaymentCheck`}");
    }
    company.with(
        "Bill",
        "{`Id`:`"
            + id
            + "`,`SyncToken`:`2`,`DocNumber`:`SC-1`,`TotalAmt`:"
            + total
            + ",`Balance`:"
            + balance
            + ",`Line`:[],`LinkedTxn`:["
            + links
            + "]}");
  }

  @Test
  @DisplayName(
      "QBO-PAY-01 GEN-PAY-08 GEN-PAY-12: one cheque over two bills is one payment for each, in"
          + " full and in part, to the cent")
  void oneChequeOverTwoBillsIsOnePaymentForEach() {
    pay("117", "9287.51", line("Bill", "46", "9287.50"), line("Bill", "47", "0.01"));
    bill("46", "9287.50", "0", "117");
    bill("47", "100.10", "100.09", "117");
    PaymentReading reading = read(null);
    assertThat(reading.payments())
        .containsExactly(
            new BillPayment(
                "117|46",
                "46",
                Money.of("9287.50"),
                LocalDate.of(2026, 11, 20),
                Method.CHECK,
                "1042",
                "117",
                false,
                NOW),
            new BillPayment(
                "117|47",
                "47",
                Money.of("0.01"),
                LocalDate.of(2026, 11, 20),
                Method.CHECK,
                "1042",
                "117",
                false,
                NOW));
    assertThat(reading.bills())
        .containsExactly(
            new PaymentReading.BillState(
                "46",
                "Paid",
                Money.of("9287.50"),
                Money.of("9287.50"),
                Money.ZERO,
                Money.ZERO,
                Set.of("117|46")),
            new PaymentReading.BillState(
                "47",
                "PartlyPaid",
                Money.of("100.10"),
                Money.of("0.01"),
                Money.ZERO,
                Money.of("100.09"),
                Set.of("117|47")));
    assertThat(reading.batches().standing()).isEqualTo(Map.of("117", Set.of("117|46", "117|47")));
    assertThat(reading.batches().existing()).containsExactly("117");
  }

  @Test
  void aCardIsACardAndAChequeToPrintHasNoNumber() {
    company.with(
        "BillPayment",
        "{`Id`:`118`,`TxnDate`:`2026-11-20`,`PayType`:`CreditCard`,`TotalAmt`:5.00,`Line`:["
            + line("Bill", "46", "5.00")
            + "]}");
    assertThat(read(null).payments())
        .extracting(BillPayment::method, BillPayment::reference)
        .containsExactly(tuple(Method.CREDIT_CARD, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"300.00", "-300.00"})
  @DisplayName("a vendor credit is taken off what was paid, whichever sign QuickBooks shows")
  void aVendorCreditIsTakenOffWhatWasPaid(String shown) {
    pay(
        "117",
        "2700.00",
        line("Bill", "46", "1000.00"),
        line("VendorCredit", "80", shown),
        line("Bill", "47", "2000.00"));
    bill("46", "1000.00", "0", "117");
    PaymentReading reading = read(null);
    assertThat(reading.payments())
        .extracting(BillPayment::erpBillId, BillPayment::amount)
        .containsExactly(tuple("46", Money.of("700.00")), tuple("47", Money.of("2000.00")));
    assertThat(reading.bills().get(0).paid()).isEqualTo(Money.of("700.00"));
    assertThat(reading.bills().get(0).credited()).isEqualTo(Money.of("300.00"));
  }

  @ParameterizedTest(name = "paid {0}, credit {1}, journal entry {2}")
  @CsvSource({
    // A discount: less left the company than is settled.
    "980.00, , , 980.00",
    // More left than is settled: kept by QuickBooks as a credit.
    "1200.00, , , 1000.00",
    // A credit for all of it: no cash at all, so no payment.
    "0.00, 1000.00, , ",
    "0.00, -1000.00, , ",
    // A journal entry that the supplier is owed beside the bill, and one that it owes.
    "1150.00, , 150.00, 1000.00",
    "850.00, , 150.00, 850.00",
    "850.00, , -150.00, 850.00",
    "750.00, 100.00, 150.00, 750.00",
  })
  void cashIsWhatLeftTheCompanyForTheBill(
      String total, String credit, String journal, String cash) {
    StringBuilder lines = new StringBuilder(line("Bill", "46", "1000.00"));
    if (credit != null) {
      lines.append(',').append(line("VendorCredit", "80", credit));
    }
    if (journal != null) {
      lines.append(',').append(line("JournalEntry", "90", journal));
    }
    pay("117", total, lines.toString());
    assertThat(read(null).payments())
        .extracting(BillPayment::amount)
        .isEqualTo(cash == null ? java.util.List.of() : java.util.List.of(Money.of(cash)));
  }

  @Test
  @DisplayName(
      "QBO-PAY-01 GEN-PAY-10: a voided payment has no bills any more, a deleted one only its id,"
          + " and a changed one other bills: the batch says what stands")
  void theWholePaymentSaysWhatStands() {
    company.at(NOW.minus(Duration.ofHours(5)));
    pay("117", "30.00", line("Bill", "46", "30.00"));
    pay("118", "10.00", line("Bill", "46", "10.00"));
    pay("119", "10.00", line("Bill", "46", "4.00"), line("Bill", "47", "6.00"));
    pay("120", "10.00", line("Bill", "48", "10.00"));
    company.at(NOW.minus(Duration.ofHours(4)));
    String cursor = read(null).nextCursor();
    company.at(NOW);
    company.with(
        "BillPayment",
        "{`Id`:`117`,`SyncToken`:`1`,`TxnDate`:`2026-11-20`,`PayType`:`Check`,`PrivateNote`:`Voided`,`TotalAmt`:0,`Line`:[]}");
    company.without("BillPayment", "118");
    pay("119", "10.00", line("Bill", "47", "10.00"));
    PaymentReading reading = read(cursor);
    assertThat(reading.batches().standing())
        .isEqualTo(Map.of("117", Set.of(), "118", Set.of(), "119", Set.of("119|47")));
    assertThat(reading.batches().existing()).isNull();
    assertThat(reading.batches().isGone("117", "117|46")).isTrue();
    assertThat(reading.batches().isGone("119", "119|46")).isTrue();
    assertThat(reading.batches().isGone("119", "119|47")).isFalse();
    assertThat(reading.batches().isGone("120", "120|48")).isFalse();
    assertThat(reading.payments())
        .extracting(BillPayment::erpPaymentId, BillPayment::amount)
        .containsExactly(tuple("119|47", Money.of("10.00")));
    assertThat(reading.calls()).isEqualTo(1);
  }

  @Test
  void aPollWithoutNewsTakesOneCallForPaymentsAndBills() {
    company.at(NOW.minus(Duration.ofHours(5)));
    pay("117", "30.00", line("Bill", "46", "30.00"));
    PaymentReading reading = read("{\"asOf\":\"" + NOW.minus(Duration.ofHours(1)) + "\"}");
    assertThat(reading.payments()).isEmpty();
    assertThat(reading.bills()).isEmpty();
    assertThat(reading.calls()).isEqualTo(1);
    assertThat(realm.asked().get(0).query()).containsEntry("entities", "BillPayment,Bill");
  }

  @Test
  void aDeletionBeyondReachShowsAsAPaymentThatIsNotThere() {
    company.at(NOW.minus(Duration.ofDays(90)));
    pay("117", "30.00", line("Bill", "46", "30.00"));
    pay("118", "10.00", line("Bill", "46", "10.00"));
    company.at(NOW.minus(Duration.ofDays(80)));
    String cursor = read(null).nextCursor();
    company.at(NOW.minus(Duration.ofDays(60))).without("BillPayment", "117").at(NOW);
    PaymentReading reading = read(cursor);
    assertThat(reading.payments()).isEmpty();
    assertThat(reading.batches().existing()).containsExactly("118");
    assertThat(reading.batches().isGone("117", "117|46")).isTrue();
    assertThat(reading.batches().isGone("118", "118|46")).isFalse();
  }

  @Test
  void aPaymentWithoutADayIsRefusedByName() {
    company.with(
        "BillPayment",
        "{`Id`:`118`,`PayType`:`Check`,`TotalAmt`:5.00,`Line`:["
            + line("Bill", "46", "5.00")
            + "]}");
    assertThatThrownBy(() -> read(null))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("TxnDate of bill payment 118 is missing");
  }
}
