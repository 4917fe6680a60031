package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.construction.Bill;
import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.Outcomes;
import io.tieback.erp.SetupFinding;
import io.tieback.erp.xero.XeroConnection.BillStatus;
import io.tieback.erp.xero.XeroConnection.Bills;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is peculiar to Xero, over real HTTP with the stand-in. */
class XeroCompanyTest {

  private final Outcomes outcomes = new Outcomes();
  private XeroCompany xero = new XeroCompany();

  @AfterEach
  void stop() {
    xero.close();
  }

  @Test
  void theSameBatchUnderItsKeyMakesNoSecondBillWithinSixMinutes() {
    DeliveryBatch batch = batch(xero.good(1), xero.good(2));
    xero.adapter().handOver(batch, outcomes);
    Outcomes again = new Outcomes();
    xero.adapter()
        .handOver(
            new DeliveryBatch(
                batch.id(), batch.idempotencyKey(), batch.body(), batch.markers(), Instant.now()),
            again);
    assertThat(again.known()).isEqualTo(outcomes.known());
    assertThat(xero.books()).hasSize(2);
    assertThat(xero.writes()).isEqualTo(2);
  }

  @Test
  void fiftyBillsGoInOneCallAndAreFoundInOneCall() {
    Bill[] bills = new Bill[50];
    Arrays.setAll(bills, i -> xero.good(i + 1));
    DeliveryBatch batch = batch(bills);
    xero.fault("{'drop':'after'}");
    xero.adapter().handOver(batch, outcomes);
    xero.adapter()
        .lookUp(
            new DeliveryBatch(
                batch.id(), batch.idempotencyKey(), batch.body(), batch.markers(), Instant.now()),
            outcomes);
    assertThat(outcomes.known()).hasSize(50);
    assertThat(outcomes.known().values())
        .allSatisfy(written -> assertThat(written.warnings()).isEmpty());
    assertThat(xero.requests()).isEqualTo(2);
  }

  @Test
  void outcomesFindTheirBillsWhenXeroAnswersInReverse() {
    xero.control("PATCH", "settings", "{'reverseBatchAnswers':true}");
    xero.adapter().handOver(batch(xero.good(1), xero.bad(2), xero.good(3)), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1), marker(3));
    assertThat(outcomes.refused()).containsOnlyKeys(marker(2));
    xero.books()
        .forEach(
            booked ->
                assertThat(outcomes.known().get(booked.marker()).erpId())
                    .isEqualTo(booked.erpId()));
  }

  @Test
  void aProjectThatXeroDropsWithoutAWordIsFlagged() {
    Bill bill =
        bill(
            1,
            XeroCompany.SUPPLIER,
            work("Formwork", "10.00", "03-110.S", null, "77777777-7777-4777-8777-777777777777"));
    xero.adapter().handOver(batch(bill), outcomes);
    assertThat(outcomes.known().get(marker(1)).warnings())
        .singleElement()
        .asString()
        .startsWith("DIFFERENCE: line 1 lost its project");
  }

  @Test
  void aWrongTrackingCategorySpoilsTheBatchAndIsLookedInto() {
    xero.close();
    xero = new XeroCompany(Bills.standard("88888888-8888-4888-8888-888888888888", null, "815"));
    xero.adapter().handOver(batch(xero.good(1)), outcomes);
    assertThat(outcomes.undetermined())
        .singleElement()
        .satisfies(failure -> assertThat(failure.status()).isEqualTo(500));
    assertThat(xero.books()).isEmpty();
  }

  @Test
  void xerosWordsReachTheAccountant() {
    Bill noAccount =
        bill(1, XeroCompany.SUPPLIER, work("Formwork", "10.00", "03-110.M", null, null));
    xero.adapter().handOver(batch(noAccount, xero.bad(2)), outcomes);
    assertThat(outcomes.refused().get(marker(1)))
        .anyMatch(message -> message.contains("Account code must be specified"));
    assertThat(outcomes.refused().get(marker(2)))
        .anyMatch(message -> message.contains("archived contact"));
  }

  @Test
  void anExpiredTokenIsRenewedOnTheWay() {
    xero.fault("{'vendor':'expireTokens'}");
    xero.adapter().handOver(batch(xero.good(1)), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(xero.vault.renewals()).isEqualTo(2);
    assertThat(xero.books()).hasSize(1);
  }

  @Test
  void aRevokedConsentPausesAndANewOneResumes() {
    xero.fault("{'vendor':'revokeTokens'}");
    DeliveryBatch batch = batch(xero.good(1));
    xero.adapter().handOver(batch, outcomes);
    assertThat(outcomes.notWritten())
        .singleElement()
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS));
    assertThat(outcomes.notWritten().get(0).remedy()).contains("./tieback connect xero");
    assertThat(xero.books()).isEmpty();
    xero.signIn.complete(xero.consent());
    xero.adapter().handOver(batch, outcomes);
    assertThat(xero.books()).hasSize(1);
  }

  @Test
  void worksForDaysWithoutAPerson() {
    for (int half = 1; half <= 10; half++) {
      xero.letPass(Duration.ofMinutes(29));
      xero.adapter().handOver(batch(xero.good(half)), outcomes);
    }
    assertThat(outcomes.known()).hasSize(10);
    assertThat(xero.requests("PUT /api.xro/2.0/Invoices")).isEqualTo(10);
  }

  @Test
  void draftsAndTaxFollowTheSettings() {
    xero.close();
    xero = new XeroCompany(new Bills(BillStatus.DRAFT, XeroCompany.PROJECTS, null, "815"));
    xero.adapter().handOver(batch(xero.good(1)), outcomes);
    assertThat(outcomes.known().get(marker(1)).status()).isEqualTo("DRAFT");
    assertThat(outcomes.known().get(marker(1)).total()).isEqualTo(xero.good(1).total());
  }

  @Test
  void theAccountTellsChequeFromCard() {
    xero.adapter().handOver(batch(xero.good(1)), outcomes);
    String billId = outcomes.known().get(marker(1)).erpId();
    xero.pay(Map.of(billId, Money.of("1.00")), false, "090");
    xero.pay(Map.of(billId, Money.of("2.00")), false, "091");
    Map<Money, BillPayment.Method> methods = new HashMap<>();
    xero.adapter()
        .readPayments(null)
        .payments()
        .forEach(payment -> methods.put(payment.amount(), payment.method()));
    assertThat(methods)
        .containsEntry(Money.of("1.00"), BillPayment.Method.CHECK)
        .containsEntry(Money.of("2.00"), BillPayment.Method.CREDIT_CARD);
  }

  @Test
  void aDeletedPaymentIsSeenEvenWhereXeroListsNoDeletedOnes() {
    xero.control("PATCH", "settings", "{'paymentsListDeleted':false}");
    xero.adapter().handOver(batch(xero.good(1)), outcomes);
    String billId = outcomes.known().get(marker(1)).erpId();
    String payment = xero.pay(Map.of(billId, Money.of("1.00")), false).iterator().next();
    String cursor = xero.adapter().readPayments(null).nextCursor();
    xero.deletePayment(payment);
    var reading = xero.adapter().readPayments(cursor);
    assertThat(reading.payments()).isEmpty();
    assertThat(reading.bills())
        .singleElement()
        .satisfies(bill -> assertThat(bill.livePayments()).isEmpty());
  }

  @Test
  void readsTheSetUpThatTheChecksNeed() {
    ErpSetup setup = xero.adapter().setup();
    assertThat(setup.companyName()).isEqualTo("Harbour Builders");
    assertThat(setup.baseCurrency()).isEqualTo("USD");
    assertThat(setup.lockedThrough()).isEqualTo(LocalDate.of(2025, 12, 31));
    assertThat(setup.accounts().get("815").currentLiability()).isTrue();
    assertThat(setup.accounts().get("816").currentLiability()).isFalse();
    assertThat(setup.accounts().get("499").active()).isFalse();
    xero.adapter().setup();
    assertThat(xero.requests()).isEqualTo(2);
  }

  @Test
  void aGoodSetUpPassesTheExaminationExceptForItemsWithoutAccount() {
    List<SetupFinding> findings = xero.adapter().examine();
    assertThat(findings)
        .filteredOn(finding -> !finding.ok())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("Xero items");
              assertThat(finding.found()).contains("1 of 2").contains("03-110.M");
              assertThat(finding.remedy()).contains("default account");
            });
    assertThat(findings)
        .extracting(SetupFinding::subject)
        .contains(
            "Xero sign-in",
            "Xero organisation",
            "Right to create bills",
            "Retainage account",
            "Tracking category of projects");
  }

  @Test
  void theExaminationNamesEachThingThatIsWrong() {
    assertThat(bad(new Bills(BillStatus.AUTHORISED, null, "499", null)))
        .containsEntry("Retainage account", "none is chosen")
        .containsEntry("Default account", "499 Old is archived")
        .as("it is found by its name")
        .doesNotContainKey("Tracking category of projects");
    assertThat(bad(Bills.standard(XeroCompany.TENANT, "123", "816")))
        .containsEntry("Retainage account", "816 Long-term retainage is of type TERMLIAB")
        .containsEntry("Default account", "123 does not exist in Xero")
        .containsEntry(
            "Tracking category of projects",
            "tracking category " + XeroCompany.TENANT + " does not exist in Xero");
    assertThat(bad(Bills.standard(XeroCompany.PROJECTS, "500", "800")))
        .containsExactly(
            Map.entry("Retainage account", "800 Accounts payable is a system account of Xero"));
  }

  @Test
  void withoutASignInTheExaminationSaysOnlyThat() {
    xero.vault.with(null);
    assertThat(xero.adapter().examine())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ok()).isFalse();
              assertThat(finding.remedy()).contains("./tieback connect xero");
            });
  }

  @Test
  void asksForTheTermsOfASupplierThatXeroDoesNotHave() {
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> xero.adapter().paymentTerms(XeroCompany.NO_SUPPLIER));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.remedy()).contains("link");
  }

  private Map<String, String> bad(Bills bills) {
    xero.close();
    xero = new XeroCompany(bills);
    Map<String, String> bad = new HashMap<>();
    xero.adapter().examine().stream()
        .filter(finding -> !finding.ok())
        .filter(finding -> !finding.subject().equals("Xero items"))
        .forEach(finding -> bad.put(finding.subject(), finding.found()));
    return bad;
  }

  private DeliveryBatch batch(Bill... bills) {
    List<ErpDocument> documents =
        new ArrayList<>(Arrays.stream(bills).map(xero.adapter()::render).toList());
    List<String> markers = documents.stream().map(ErpDocument::marker).toList();
    return new DeliveryBatch(
        UUID.randomUUID(),
        UUID.randomUUID().toString(),
        xero.adapter().batchBody(documents),
        markers,
        null);
  }
}
