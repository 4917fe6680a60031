package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.BillPayment;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.erp.BooksWanted;
import io.tieback.erp.JobCostReading;
import io.tieback.erp.PaymentReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings from the stand-in over real HTTP: what a bookkeeper does comes through to the cent. */
class QuickBooksReadingsTest {

  private static final int MANY = 1_005;
  private static final Money HUNDRED = Money.of("100.00");

  private QuickBooksCompany company;

  @BeforeEach
  void setUp() {
    company = new QuickBooksCompany();
  }

  @AfterEach
  void tearDown() {
    company.close();
  }

  private String bill(String amount) {
    return company.enterByHand("HAND", "500", Money.of(amount));
  }

  /** The reading, half an hour after what happened before. */
  private PaymentReading payments(String cursor) {
    company.letPass(Duration.ofMinutes(30));
    return company.adapter().readPayments(cursor);
  }

  private JobCostReading costs(String cursor) {
    company.letPass(Duration.ofMinutes(30));
    return company.adapter().readJobCosts(cursor);
  }

  @Test
  @DisplayName(
      "QBO-PAY-01 GEN-PAY-10: a payment over two bills is voided, another deleted: what stands is"
          + " told by one call")
  void voidsAndDeletions() {
    String one = bill("60.00");
    String two = bill("50.00");
    String voided =
        company.pay(Map.of(one, Money.of("10.00"), two, Money.of("20.00")), "Check", "2");
    String deleted = company.pay(Map.of(one, Money.of("5.00")), "CreditCard", "3");
    String stays = company.pay(Map.of(two, Money.of("7.00")), "CreditCard", "3");
    PaymentReading first = payments(null);
    assertThat(first.payments())
        .extracting(BillPayment::erpPaymentId, BillPayment::amount, BillPayment::method)
        .containsExactlyInAnyOrder(
            tuple(voided + "|" + one, Money.of("10.00"), BillPayment.Method.CHECK),
            tuple(voided + "|" + two, Money.of("20.00"), BillPayment.Method.CHECK),
            tuple(deleted + "|" + one, Money.of("5.00"), BillPayment.Method.CREDIT_CARD),
            tuple(stays + "|" + two, Money.of("7.00"), BillPayment.Method.CREDIT_CARD));
    company.letPass(Duration.ofMinutes(30));
    company.voidPayment(voided);
    company.delete("BillPayment", deleted);
    PaymentReading reading = payments(first.nextCursor());
    assertThat(reading.batches().standing()).isEqualTo(Map.of(voided, Set.of(), deleted, Set.of()));
    assertThat(reading.payments()).isEmpty();
    assertThat(reading.calls()).isEqualTo(1);
    assertThat(reading.bills())
        .extracting(PaymentReading.BillState::billId, PaymentReading.BillState::due)
        .containsExactlyInAnyOrder(tuple(one, Money.of("60.00")), tuple(two, Money.of("43.00")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"positive", "negative"})
  @DisplayName("a vendor credit on a payment is no cash, whichever sign its line has")
  void aVendorCreditIsNoCash(String sign) {
    company.control("PATCH", "settings", "{'creditLineSign':'" + sign + "'}");
    String bill = bill("1000.00");
    String credit =
        company.enterCost(
            null, JobCost.Kind.CREDIT, JobCost.Status.APPROVED, List.of(Money.of("300.00")));
    company.control(
        "POST",
        "pay",
        "{'realmId':'"
            + QuickBooksCompany.REALM
            + "','payType':'Check','accountId':'2','bills':[{'id':'"
            + bill
            + "','amount':900.00}],'credits':[{'id':'"
            + credit
            + "','amount':300.00}]}");
    assertThat(payments(null).payments())
        .extracting(BillPayment::amount)
        .containsExactly(Money.of("600.00"));
    List<BookedDocument> books =
        company
            .adapter()
            .readBooks(new BooksWanted(Set.of(bill, credit), "815", "Retainage", null))
            .documents();
    assertThat(books)
        .filteredOn(document -> document.erpId().equals(bill))
        .singleElement()
        .satisfies(
            document -> {
              assertThat(document.due()).isEqualTo(HUNDRED);
              assertThat(document.settlements())
                  .extracting(BookedDocument.Settlement::by, BookedDocument.Settlement::amount)
                  .containsExactly(
                      tuple(SettledBy.CREDIT_NOTE, Money.of("300.00")),
                      tuple(SettledBy.PAYMENT, Money.of("600.00")));
            });
    assertThat(books)
        .filteredOn(document -> document.erpId().equals(credit))
        .singleElement()
        .extracting(BookedDocument::due)
        .isEqualTo(Money.ZERO);
  }

  @Test
  @DisplayName("QBO-API-02: more than a thousand changes at once, and none is missed")
  void moreThanAThousandChanges() {
    String gone =
        company.enterCost(null, JobCost.Kind.BILL, JobCost.Status.APPROVED, List.of(HUNDRED));
    String cursor = costs(null).nextCursor();
    company.letPass(Duration.ofHours(1));
    for (int i = 0; i < MANY; i++) {
      company.enterCost(null, JobCost.Kind.JOURNAL, JobCost.Status.APPROVED, List.of(HUNDRED));
    }
    company.delete("Bill", gone);
    String fresh =
        company.enterCost(null, JobCost.Kind.SPEND, JobCost.Status.APPROVED, List.of(HUNDRED));
    JobCostReading reading = costs(cursor);
    assertThat(reading.documents())
        .filteredOn(document -> document.kind() == JobCost.Kind.JOURNAL)
        .hasSize(MANY);
    assertThat(reading.documents())
        .filteredOn(document -> document.kind() != JobCost.Kind.JOURNAL)
        .extracting(JobCost::kind, JobCost::erpId, JobCost::status)
        .containsExactlyInAnyOrder(
            tuple(JobCost.Kind.BILL, gone, JobCost.Status.GONE),
            tuple(JobCost.Kind.SPEND, fresh, JobCost.Status.APPROVED));
    assertThat(reading.existing()).containsOnlyKeys(JobCost.Kind.JOURNAL);
    assertThat(reading.existing().get(JobCost.Kind.JOURNAL)).hasSize(MANY);
  }

  @Test
  void afterThirtyDaysOfSilenceNothingIsMissed() {
    String one = bill("60.00");
    String gone = company.pay(Map.of(one, Money.of("10.00")), "Check", "2");
    String stays = company.pay(Map.of(one, Money.of("11.00")), "Check", "2");
    String cursor = payments(null).nextCursor();
    company.letPass(Duration.ofDays(20));
    company.delete("BillPayment", gone);
    company.letPass(Duration.ofDays(20));
    String fresh = company.pay(Map.of(one, Money.of("12.00")), "Check", "2");
    PaymentReading reading = payments(cursor);
    assertThat(reading.payments())
        .extracting(BillPayment::erpPaymentId)
        .containsExactly(fresh + "|" + one);
    assertThat(reading.batches().isGone(gone, gone + "|" + one)).isTrue();
    assertThat(reading.batches().isGone(stays, stays + "|" + one)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("QBO-PAY-01: a voided payment is gone though its lines stay and no bill changed")
  void aVoidedPaymentIsGoneThoughNoBillChanged(boolean linesKept) {
    company.control(
        "PATCH",
        "settings",
        "{'voidedLinesKept':" + linesKept + ",'linksTouchTransactions':false}");
    String bill = bill("60.00");
    String payment = company.pay(Map.of(bill, Money.of("10.00")), "Check", "2");
    String cursor = payments(null).nextCursor();
    company.letPass(Duration.ofMinutes(30));
    company.voidPayment(payment);
    PaymentReading reading = payments(cursor);
    assertThat(reading.batches().isGone(payment, payment + "|" + bill)).isTrue();
    assertThat(reading.payments()).isEmpty();
    assertThat(reading.bills()).isEmpty();
  }

  @Test
  @DisplayName("QBO-JC-01: of the two ids of a project that of its customer counts")
  void ofTheTwoIdsOfAProjectThatOfItsCustomerCounts() {
    company.control("PATCH", "settings", "{'projectOnLines':'both'}");
    company.enterCost(null, JobCost.Kind.SPEND, JobCost.Status.APPROVED, List.of(HUNDRED));
    assertThat(costs(null).documents().get(0).lines().get(0))
        .extracting(JobCost.Line::projectKey, JobCost.Line::projectName)
        .containsExactly(QuickBooksCompany.TOWER, "Harbour Tower");
  }

  @Test
  @DisplayName("QBO-JC-01: a journal entry of a project comes by its account")
  void aJournalEntryComesByItsAccount() {
    company.enterCost(null, JobCost.Kind.JOURNAL, JobCost.Status.APPROVED, List.of(HUNDRED));
    assertThat(costs(null).documents())
        .singleElement()
        .satisfies(
            document ->
                assertThat(document.lines())
                    .extracting(
                        JobCost.Line::projectKey, JobCost.Line::accountCode, JobCost.Line::amount)
                    .containsExactly(
                        tuple(QuickBooksCompany.TOWER, "500", HUNDRED),
                        tuple(null, "090", HUNDRED.negated())));
  }
}
