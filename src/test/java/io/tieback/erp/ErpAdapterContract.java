package io.tieback.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tieback.construction.Bill;
import io.tieback.construction.BillPayment;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Money;
import io.tieback.erp.ErpUnderTest.Booked;
import io.tieback.erp.ErpUnderTest.Mishap;
import io.tieback.wire.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every adapter promises (design sections 3 to 5). An adapter's own test class extends this
 * one and says how its ERP is set up; the names read as sentences about the adapter.
 */
public abstract class ErpAdapterContract {

  private ErpUnderTest erp;
  private Outcomes outcomes;

  /** A fresh ERP with an empty company. */
  protected abstract ErpUnderTest start();

  @BeforeEach
  void setUp() {
    erp = start();
    outcomes = new Outcomes();
  }

  @AfterEach
  void tearDown() {
    erp.close();
  }

  @Nested
  @DisplayName("Rendering")
  class Rendering {

    @Test
    void isPure() {
      ErpDocument once = erp.adapter().render(erp.good(1));
      assertThat(erp.adapter().render(erp.good(1))).isEqualTo(once);
      assertThat(erp.adapter().batchBody(List.of(once)))
          .isEqualTo(erp.adapter().batchBody(List.of(once)));
      assertThat(once.marker()).isEqualTo(BillFixtures.marker(1));
      assertThat(erp.writes()).isZero();
    }

    @Test
    void givesOtherBillsOtherDigests() {
      assertThat(erp.adapter().render(erp.good(1)).digest())
          .isNotEqualTo(erp.adapter().render(erp.good(2)).digest());
    }
  }

  @Nested
  @DisplayName("Handing over")
  class HandingOver {

    @Test
    void reportsEveryGoodBillAsKnownWithTheIdsAndTotalOfTheBooks() {
      handOver(batches(erp.good(1), erp.good(2), erp.good(3)));
      assertThat(outcomes.known()).containsOnlyKeys(markers(1, 2, 3));
      for (Booked booked : erp.books()) {
        WrittenDocument known = outcomes.known().get(booked.marker());
        assertThat(known.erpId()).isEqualTo(booked.erpId());
        assertThat(known.total()).isEqualTo(booked.total());
        assertThat(known.warnings()).isEmpty();
      }
      assertThat(erp.books()).hasSize(3);
      assertThat(outcomes.known().get(BillFixtures.marker(2)).lineIds())
          .hasSameSizeAs(erp.good(2).lines())
          .doesNotHaveDuplicates();
      assertThat(outcomes.known().get(BillFixtures.marker(2)).total())
          .isEqualTo(erp.good(2).total());
      assertThat(outcomes.undetermined()).isEmpty();
    }

    @Test
    void saysSendingOnceAndBeforeAnyOutcome() {
      handOver(batch(erp.good(1)));
      assertThat(outcomes.order()).startsWith("sending");
      assertThat(outcomes.sent()).hasSize(1);
    }

    @Test
    void refusesABadBillInTheErpsWordsAndWritesTheOthers() {
      handOver(batches(erp.good(1), erp.bad(2), erp.good(3)));
      assertThat(outcomes.known()).containsOnlyKeys(markers(1, 3));
      assertThat(outcomes.refused()).containsOnlyKeys(markers(2));
      assertThat(outcomes.refused().get(BillFixtures.marker(2)))
          .isNotEmpty()
          .allSatisfy(message -> assertThat(message).isNotBlank());
      assertThat(booked()).containsExactlyInAnyOrder(markers(1, 3));
    }

    @Test
    void sendsNothingWhenTheBatchWasTakenOver() {
      outcomes.takenOver();
      handOver(batch(erp.good(1)));
      assertThat(outcomes.order()).isEmpty();
      assertThat(erp.writes()).isZero();
      assertThat(erp.books()).isEmpty();
    }

    @Test
    void saysNotWrittenWhenTheErpTakesNoMoreAndWritesNothing() {
      erp.nextWrite(Mishap.THROTTLED);
      DeliveryBatch batch = batch(erp.good(1));
      handOver(batch);
      assertThat(outcomes.notWritten())
          .singleElement()
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED));
      assertThat(outcomes.undetermined()).isEmpty();
      assertThat(erp.books()).isEmpty();
      erp.letPass(Duration.ofMinutes(2));
      handOver(batch);
      assertThat(booked()).containsExactly(markers(1));
    }

    @ParameterizedTest
    @EnumSource(value = Mishap.class, mode = EnumSource.Mode.EXCLUDE, names = "THROTTLED")
    void saysUndeterminedWhenNoAnswerTellsAndNeverSendsAgainByItself(Mishap mishap) {
      erp.nextWrite(mishap);
      handOver(batch(together(erp.good(1), erp.good(2))));
      assertThat(outcomes.undetermined()).hasSize(1);
      assertThat(outcomes.known()).isEmpty();
      assertThat(outcomes.refused()).isEmpty();
      assertThat(outcomes.notWritten()).isEmpty();
      assertThat(erp.writes()).isEqualTo(1);
      assertThat(erp.books().size()).isLessThanOrEqualTo(2);
    }

    @Test
    void saysUndeterminedWhenOneBillSpoilsTheWholeBatch() {
      assumeSeveralInOneCall();
      handOver(batch(erp.good(1), erp.poison(2), erp.good(3)));
      assertThat(outcomes.known()).isEmpty();
      assertThat(outcomes.refused()).isEmpty();
      assertThat(outcomes.undetermined()).hasSize(1);
      assertThat(erp.writes()).isEqualTo(1);
    }
  }

  @Nested
  @DisplayName("Looking up")
  class LookingUp {

    @Test
    void findsWhatWasWrittenBeforeTheLineBroke() {
      erp.nextWrite(Mishap.DROPPED_AFTER_WRITING);
      Bill[] bills = together(erp.good(1), erp.good(2));
      DeliveryBatch batch = batch(bills);
      handOver(batch);
      lookUp(batch);
      assertThat(outcomes.known()).containsOnlyKeys(markersOf(bills));
      assertThat(outcomes.absent()).isEmpty();
      assertThat(outcomes.known().get(BillFixtures.marker(1)).lineIds())
          .hasSameSizeAs(erp.good(1).lines());
      assertThat(erp.writes()).isEqualTo(1);
    }

    @Test
    void findsWhatWasWrittenWhenTheAnswerWasUnreadable() {
      erp.nextWrite(Mishap.ANSWERED_UNREADABLY);
      DeliveryBatch batch = batch(erp.good(1));
      handOver(batch);
      lookUp(batch);
      assertThat(outcomes.known()).containsOnlyKeys(markers(1));
    }

    @Test
    void reportsAbsentWhatWasNotWritten() {
      erp.nextWrite(Mishap.DROPPED_BEFORE_WRITING);
      Bill[] bills = together(erp.good(1), erp.good(2));
      DeliveryBatch batch = batch(bills);
      handOver(batch);
      lookUp(batch);
      assertThat(outcomes.absent()).containsExactlyInAnyOrder(markersOf(bills));
      assertThat(outcomes.known()).isEmpty();
      assertThat(erp.books()).isEmpty();
    }

    @Test
    void tellsTheWrittenFromTheMissing() {
      handOver(batch(erp.good(1)));
      erp.nextWrite(Mishap.DROPPED_BEFORE_WRITING);
      DeliveryBatch second = batch(erp.good(2));
      handOver(second);
      outcomes = new Outcomes();
      lookUp(batches(erp.good(1), erp.good(2)));
      assertThat(outcomes.known()).containsOnlyKeys(markers(1));
      assertThat(outcomes.absent()).containsExactly(markers(2));
    }

    @Test
    void findsLaterWhatTheErpWroteLate() {
      erp.nextWrite(Mishap.WRITTEN_LATE);
      Bill[] bills = together(erp.good(1), erp.good(2));
      DeliveryBatch batch = batch(bills);
      handOver(batch);
      lookUp(batch);
      assertThat(outcomes.known()).isEmpty();
      assertThat(outcomes.absent()).containsExactlyInAnyOrder(markersOf(bills));
      erp.awaitLateWriting();
      outcomes = new Outcomes();
      lookUp(batch);
      assertThat(outcomes.known()).containsOnlyKeys(markersOf(bills));
      assertThat(outcomes.absent()).isEmpty();
      assertThat(erp.writes()).isEqualTo(1);
    }

    @Test
    void tellsOnlyOfTheMarkersThatAreAskedFor() {
      List<DeliveryBatch> batches = batches(erp.good(1), erp.good(2));
      handOver(batches);
      outcomes = new Outcomes();
      for (DeliveryBatch batch : batches) {
        lookUp(
            new DeliveryBatch(
                batch.id(),
                batch.idempotencyKey(),
                batch.body(),
                batch.markers().stream().filter(BillFixtures.marker(2)::equals).toList(),
                batch.firstSentAt()));
      }
      assertThat(outcomes.known()).containsOnlyKeys(markers(2));
      assertThat(outcomes.absent()).isEmpty();
    }

    @Test
    void tellsTheSameWhenAskedTwiceAndWritesNothing() {
      DeliveryBatch batch = batch(erp.good(1));
      handOver(batch);
      Map<String, WrittenDocument> written = outcomes.known();
      outcomes = new Outcomes();
      lookUp(batch);
      assertThat(outcomes.known()).isEqualTo(written);
      lookUp(batch);
      assertThat(outcomes.known()).isEqualTo(written);
      assertThat(erp.writes()).isEqualTo(1);
      assertThat(erp.books()).hasSize(1);
    }
  }

  @Nested
  @DisplayName("A batch that one bill spoils")
  class Halving {

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(ints = {1, 4, 7})
    void endsWithTheSpoilerAloneAndEveryOtherBillWrittenOnce(int spoiler) {
      assumeSeveralInOneCall();
      List<Bill> bills = new ArrayList<>();
      for (int requisition = 1; requisition <= 7; requisition++) {
        bills.add(requisition == spoiler ? erp.poison(requisition) : erp.good(requisition));
      }
      Set<String> alone = deliverAsAFlowWould(bills);
      assertThat(alone).containsExactly(BillFixtures.marker(spoiler));
      assertThat(booked())
          .doesNotHaveDuplicates()
          .hasSize(6)
          .doesNotContain(BillFixtures.marker(spoiler));
      assertThat(outcomes.known().keySet()).containsExactlyInAnyOrderElementsOf(booked());
    }

    /**
     * Hands over; what has no outcome is looked for; what is missing goes again in halves. Gives
     * those that failed alone.
     */
    private Set<String> deliverAsAFlowWould(List<Bill> bills) {
      Set<String> alone = new HashSet<>();
      Deque<List<Bill>> groups = new ArrayDeque<>(List.of(bills));
      while (!groups.isEmpty()) {
        List<Bill> group = groups.pop();
        Outcomes all = outcomes;
        int undetermined = all.undetermined().size();
        DeliveryBatch batch = batch(group.toArray(Bill[]::new));
        handOver(batch);
        if (all.undetermined().size() == undetermined) {
          continue;
        }
        lookUp(batch);
        List<Bill> missing =
            group.stream().filter(bill -> !all.known().containsKey(bill.marker())).toList();
        if (missing.size() == 1) {
          alone.add(missing.get(0).marker());
        } else {
          groups.push(missing.subList(missing.size() / 2, missing.size()));
          groups.push(missing.subList(0, missing.size() / 2));
        }
      }
      return alone;
    }
  }

  @Nested
  @DisplayName("Reading payments")
  class Payments {

    @Test
    void givesAFullAndAPartialPaymentToTheCent() {
      List<String> bills = written(1, 2);
      Money full = erp.good(1).total();
      String one = only(erp.pay(Map.of(bills.get(0), full), false));
      String two = only(erp.pay(Map.of(bills.get(1), Money.of("0.01")), false));
      PaymentReading reading = read(null);
      assertThat(reading.payments())
          .extracting(BillPayment::erpPaymentId)
          .containsExactlyInAnyOrder(one, two);
      assertThat(payment(reading, one).amount()).isEqualTo(full);
      assertThat(payment(reading, one).erpBillId()).isEqualTo(bills.get(0));
      assertThat(payment(reading, one).deleted()).isFalse();
      assertThat(payment(reading, one).date()).isEqualTo(BillFixtures.DUE_DATE);
      assertThat(payment(reading, two).amount()).isEqualTo(Money.of("0.01"));
      assertThat(bill(reading, bills.get(0)).due()).isEqualTo(Money.ZERO);
      assertThat(bill(reading, bills.get(1)).paid()).isEqualTo(Money.of("0.01"));
      assertThat(bill(reading, bills.get(1)).due())
          .isEqualTo(erp.good(2).total().minus(Money.of("0.01")));
    }

    @Test
    void givesSeveralPaymentsOfOneBillEach() {
      String bill = written(1).get(0);
      Set<String> paid = new HashSet<>(erp.pay(Map.of(bill, Money.of("10.10")), false));
      paid.addAll(erp.pay(Map.of(bill, Money.of("10.10")), false));
      PaymentReading reading = read(null);
      assertThat(reading.payments())
          .extracting(BillPayment::erpPaymentId)
          .containsExactlyInAnyOrderElementsOf(paid)
          .hasSize(2);
      assertThat(bill(reading, bill).livePayments()).containsExactlyInAnyOrderElementsOf(paid);
      assertThat(bill(reading, bill).paid()).isEqualTo(Money.of("20.20"));
    }

    @Test
    void givesOnePaymentPerBillOfABatchThatCoversMany() {
      List<String> bills = written(1, 2, 3);
      erp.pay(
          Map.of(
              bills.get(0),
              Money.of("1.00"),
              bills.get(1),
              Money.of("2.00"),
              bills.get(2),
              Money.of("3.00")),
          true);
      PaymentReading reading = read(null);
      assertThat(reading.payments())
          .extracting(BillPayment::erpBillId)
          .containsExactlyInAnyOrderElementsOf(bills);
      assertThat(reading.payments())
          .extracting(BillPayment::batchId)
          .doesNotContainNull()
          .containsOnly(reading.payments().get(0).batchId());
      assertThat(reading.payments()).extracting(BillPayment::erpPaymentId).doesNotHaveDuplicates();
      assertThat(Money.sum(reading.payments().stream().map(BillPayment::amount).toList()))
          .isEqualTo(Money.of("6.00"));
    }

    @Test
    void showsADeletedPaymentAsDeletedOrAsGoneFromItsBill() {
      String bill = written(1).get(0);
      String gone = only(erp.pay(Map.of(bill, Money.of("5.00")), false));
      String stays = only(erp.pay(Map.of(bill, Money.of("6.00")), false));
      String cursor = read(null).nextCursor();
      erp.letPass(Duration.ofMinutes(30));
      erp.deletePayment(gone);
      PaymentReading reading = read(cursor);
      assertThat(bill(reading, bill).livePayments()).containsExactly(stays);
      assertThat(bill(reading, bill).paid()).isEqualTo(Money.of("6.00"));
      assertThat(reading.payments())
          .filteredOn(payment -> payment.erpPaymentId().equals(gone))
          .allMatch(BillPayment::deleted);
    }

    @Test
    void givesOnlyWhatIsNewAfterTheCursor() {
      List<String> bills = written(1, 2);
      erp.pay(Map.of(bills.get(0), Money.of("5.00")), false);
      erp.letPass(Duration.ofMinutes(30));
      String cursor = read(null).nextCursor();
      erp.letPass(Duration.ofMinutes(30));
      String fresh = only(erp.pay(Map.of(bills.get(1), Money.of("7.00")), false));
      PaymentReading reading = read(cursor);
      assertThat(reading.payments()).extracting(BillPayment::erpPaymentId).containsExactly(fresh);
      assertThat(reading.bills())
          .extracting(PaymentReading.BillState::billId)
          .containsExactly(bills.get(1));
    }

    @Test
    void givesNothingWhenNothingIsNew() {
      List<String> bills = written(1);
      erp.pay(Map.of(bills.get(0), Money.of("5.00")), false);
      erp.letPass(Duration.ofMinutes(30));
      String cursor = read(null).nextCursor();
      erp.letPass(Duration.ofMinutes(30));
      PaymentReading reading = read(cursor);
      assertThat(reading.payments()).isEmpty();
      assertThat(reading.bills()).isEmpty();
      assertThat(reading.nextCursor()).isNotBlank();
      assertThat(reading.calls()).isLessThanOrEqualTo(2);
    }
  }

  /** The bills in as few batches as the ERP takes them in. */
  private List<DeliveryBatch> batches(Bill... bills) {
    List<DeliveryBatch> batches = new ArrayList<>();
    for (int from = 0; from < bills.length; from += perCall()) {
      batches.add(batch(Arrays.copyOfRange(bills, from, Math.min(bills.length, from + perCall()))));
    }
    return batches;
  }

  private int perCall() {
    return erp.adapter().capabilities().documentsPerCall(DocumentKind.INVOICE);
  }

  /** The first of the bills, as many as go into one batch. */
  private Bill[] together(Bill... bills) {
    return Arrays.copyOf(bills, Math.min(bills.length, perCall()));
  }

  private static String[] markersOf(Bill... bills) {
    return Arrays.stream(bills).map(Bill::marker).toArray(String[]::new);
  }

  private DeliveryBatch batch(Bill... bills) {
    List<ErpDocument> documents = Arrays.stream(bills).map(erp.adapter()::render).toList();
    List<String> markers = documents.stream().map(ErpDocument::marker).toList();
    return new DeliveryBatch(
        UUID.randomUUID(),
        UUID.randomUUID().toString(),
        erp.adapter().batchBody(documents),
        markers,
        null);
  }

  private void handOver(List<DeliveryBatch> batches) {
    batches.forEach(this::handOver);
  }

  private void handOver(DeliveryBatch batch) {
    erp.adapter().handOver(batch, outcomes);
    erp.comeBy();
  }

  private void lookUp(List<DeliveryBatch> batches) {
    batches.forEach(this::lookUp);
  }

  private void lookUp(DeliveryBatch batch) {
    DeliveryBatch left =
        new DeliveryBatch(
            batch.id(), batch.idempotencyKey(), batch.body(), batch.markers(), Instant.now());
    erp.adapter().lookUp(left, outcomes);
    erp.comeBy();
  }

  /** Writes good bills and gives the ERP's keys of them, in the order of the requisitions. */
  private List<String> written(long... requisitions) {
    handOver(batches(Arrays.stream(requisitions).mapToObj(erp::good).toArray(Bill[]::new)));
    return Arrays.stream(requisitions)
        .mapToObj(r -> outcomes.known().get(BillFixtures.marker(r)).erpId())
        .toList();
  }

  private PaymentReading read(String cursor) {
    erp.comeBy();
    return erp.adapter().readPayments(cursor);
  }

  private List<String> booked() {
    return erp.books().stream().map(Booked::marker).toList();
  }

  /** Where each document goes alone, none can spoil another. */
  private void assumeSeveralInOneCall() {
    assumeThat(perCall()).as("documents in one call").isGreaterThan(1);
  }

  private static String[] markers(long... requisitions) {
    return Arrays.stream(requisitions).mapToObj(BillFixtures::marker).toArray(String[]::new);
  }

  private static String only(Set<String> ids) {
    assertThat(ids).hasSize(1);
    return ids.iterator().next();
  }

  private static BillPayment payment(PaymentReading reading, String id) {
    return reading.payments().stream()
        .filter(payment -> payment.erpPaymentId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static PaymentReading.BillState bill(PaymentReading reading, String id) {
    return reading.bills().stream()
        .filter(bill -> bill.billId().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
