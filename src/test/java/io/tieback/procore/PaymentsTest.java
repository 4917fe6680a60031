package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.PROJECT;
import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.procore.ContractPayments.Composed;
import io.tieback.procore.ContractPayments.ExportedBill;
import io.tieback.procore.ContractPayments.InProcore;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Payments of exported bills in Procore: GEN-PAY-01, GEN-PAY-04, GEN-PAY-05, GEN-PAY-07,
 * GEN-PAY-08, GEN-PAY-10, GEN-PAY-11.
 */
class PaymentsTest {

  private static ProcoreSite site;
  private long requisition;
  private ExportedBill bill;
  private ContractPayments payments;

  @BeforeAll
  static void start() {
    site = new ProcoreSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void reset() {
    site.reset();
    requisition =
        site.bill(SUBCONTRACT, "", "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1000.00'}");
    bill = new ExportedBill(PROJECT, SUBCONTRACT, requisition, "BILL-7", LocalDate.of(2026, 3, 31));
    payments = new ContractPayments(site.client(), "xero");
  }

  private static BillPayment payment(
      String id, String amount, BillPayment.Method method, String reference) {
    return new BillPayment(
        id,
        "b-1",
        Money.of(amount),
        LocalDate.of(2026, 4, 2),
        method,
        reference,
        null,
        false,
        Instant.EPOCH);
  }

  private Composed composed(String id, String amount) {
    return payments.compose(payment(id, amount, BillPayment.Method.CHECK, "1077"), bill);
  }

  private static List<JsonNode> rows() {
    List<JsonNode> rows = new java.util.ArrayList<>();
    site.books().path("contractPayments").forEach(rows::add);
    return rows;
  }

  @Test
  void aPaymentArrivesWithItsMethodNumberDateInvoiceAndKey() {
    InProcore created = payments.create(composed("p-1", "250.05"));
    JsonNode row = rows().get(0);
    assertThat(row.path("id").asLong()).isEqualTo(created.id());
    assertThat(row.path("amount").asText()).isEqualTo("250.05");
    assertThat(row.path("date").asText()).isEqualTo("2026-04-02");
    assertThat(row.path("check_number").asText()).isEqualTo("1077");
    assertThat(row.path("payment_method").asText()).isEqualTo("check");
    assertThat(row.path("invoice_number").asText()).isEqualTo("BILL-7");
    assertThat(row.path("invoice_date").asText()).isEqualTo("2026-03-31");
    assertThat(row.path("requisition_id").asLong()).isEqualTo(requisition);
    assertThat(row.path("origin_id").asText()).isEqualTo("xero:main:payment:p-1");
    assertThat(row.path("payment_number").isNull())
        .as("the payment number belongs to people")
        .isTrue();
  }

  @Test
  void methodsAreMappedAndAReferenceThatIsNoChequeNumberBecomesANote() {
    payments.create(
        payments.compose(payment("p-1", "1.00", BillPayment.Method.ELECTRONIC, "wire 7"), bill));
    payments.create(
        payments.compose(payment("p-2", "2.00", BillPayment.Method.CREDIT_CARD, null), bill));
    payments.create(payments.compose(payment("p-3", "3.00", null, null), bill));
    assertThat(rows())
        .extracting(row -> row.path("payment_method").asText(null))
        .containsExactly("electronic", "credit_card", null);
    assertThat(rows().get(0).path("notes").asText()).isEqualTo("wire 7");
    assertThat(rows().get(0).path("check_number").isNull()).isTrue();
  }

  @Test
  void aCreationWhoseAnswerGotLostIsFoundByItsKeyAndNotMadeTwice() {
    Composed composed = composed("p-1", "250.00");
    assertThat(payments.find(bill, composed.originId())).isEmpty();
    site.fault(
        "{'match':{'method':'POST','path':'/rest/v1.0/contract_payments'},'effect':{'drop':'after'}}");
    assertThatThrownBy(() -> payments.create(composed))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNKNOWN));
    InProcore found = payments.find(bill, composed.originId()).orElseThrow();
    assertThat(payments.create(composed))
        .as("even created again, Procore has it once")
        .isEqualTo(found);
    assertThat(rows()).hasSize(1);
  }

  @Test
  void aKeyThatAnotherContractHasIsRefusedWithProcoresWords() {
    payments.create(composed("p-1", "250.00"));
    ExportedBill elsewhere = new ExportedBill(PROJECT, ProcoreSite.PURCHASE, 0, "X", null);
    Composed same =
        new Composed(
            elsewhere,
            "xero:main:payment:p-1",
            Money.of("1.00"),
            LocalDate.of(2026, 4, 1),
            null,
            null,
            null);
    assertThatThrownBy(() -> payments.create(same))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("422");
  }

  @Test
  void aChangeGoesInThreeStepsThatMayEachBeRepeatedAndKeepsWhatPeopleSet() {
    long id = payments.create(composed("p-1", "250.00")).id();
    site.control.post(
        "payments/" + id + "/user",
        ProcoreSite.json("{'paymentNumber':12,'attachments':['cheque.pdf']}"));
    Composed changed = composed("p-2", "200.00");
    assertThatThrownBy(() -> payments.patch(id, changed))
        .as("it is locked")
        .isInstanceOf(Failure.class)
        .hasMessageContaining("422");

    for (int i = 0; i < 2; i++) {
      payments.clearOrigin(bill, id);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(payments.patch(id, changed).amount()).hasToString("200.00");
    }
    assertThat(payments.find(bill, id).orElseThrow().originId()).isNull();
    for (int i = 0; i < 2; i++) {
      payments.setOrigin(bill, id, changed.originId());
    }
    JsonNode row = rows().get(0);
    assertThat(rows()).hasSize(1);
    assertThat(row.path("amount").asText()).isEqualTo("200.0");
    assertThat(row.path("origin_id").asText()).isEqualTo("xero:main:payment:p-2");
    assertThat(row.path("payment_number").asLong()).isEqualTo(12);
    assertThat(row.path("attachments").get(0).path("filename").asText()).isEqualTo("cheque.pdf");
  }

  @Test
  void aDeletedPaymentCanBeBroughtToNothingOrRemoved() {
    Composed composed = composed("p-1", "250.00");
    long id = payments.create(composed).id();
    payments.clearOrigin(bill, id);
    assertThat(payments.patch(id, ContractPayments.zeroed(composed)).amount())
        .isEqualTo(Money.ZERO);
    assertThat(payments.remove(bill, id)).isTrue();
    assertThat(payments.remove(bill, id)).as("removing again is harmless").isFalse();
    assertThat(rows()).isEmpty();
    assertThat(payments.find(bill, id)).isEmpty();
  }

  @Test
  void aKeyThatIsTakenCannotBeSet() {
    payments.create(composed("p-1", "1.00"));
    long other = payments.create(composed("p-2", "2.00")).id();
    assertThatThrownBy(() -> payments.setOrigin(bill, other, "xero:main:payment:p-1"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED))
        .hasMessageContaining("already been taken");
  }

  private void linkInvoice() {
    site.client()
        .syncExternalData(
            List.of(
                new ExternalDataRow("requisition", requisition, "xero:main:bill:b-1", null, null)));
  }

  private JsonNode invoicePayments() {
    return site.books().path("invoicePayments");
  }

  @Test
  void theErpTabsOwnInterfaceTakesPaymentsOfLinkedInvoicesOnlyAndOneRowForAKey() {
    InvoicePayments own = new InvoicePayments(site.client(), "xero");
    Composed composed = composed("p-1", "250.00");
    assertThatThrownBy(() -> own.create(composed))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("not synced");
    linkInvoice();
    InProcore created = own.create(composed);
    assertThat(own.create(composed).id()).isEqualTo(created.id());
    assertThat(own.lookUp(composed)).map(InProcore::id).contains(created.id());
    assertThat(invoicePayments()).hasSize(1);
    assertThat(invoicePayments().at("/0/amount").asText()).isEqualTo("250.00");
  }

  @Test
  void aRowOfTheErpTabIsChangedAndRekeyedByItsIdAndCannotBeRemoved() {
    linkInvoice();
    InvoicePayments own = new InvoicePayments(site.client(), "xero");
    long id = own.create(composed("p-1", "250.00")).id();
    own.clearOrigin(bill, id);
    own.patch(id, composed("p-2", "260.00"));
    own.setOrigin(bill, id, "xero:main:payment:p-2");
    assertThat(invoicePayments()).hasSize(1);
    assertThat(invoicePayments().at("/0/amount").asText()).isEqualTo("260.00");
    assertThat(invoicePayments().at("/0/origin_id").asText()).isEqualTo("xero:main:payment:p-2");
    assertThatThrownBy(() -> own.remove(bill, id))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
              assertThat(failure.remedy()).contains("support");
            });
  }

  @Test
  void aPaymentWithoutItsAmountBecauseTheFieldHasAnotherNameIsNoticed() {
    linkInvoice();
    site.set("invoicePaymentAmountField", "payment_amount");
    InvoicePayments own = new InvoicePayments(site.client(), "xero");
    assertThatThrownBy(() -> own.create(composed("p-1", "250.00")))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
              assertThat(failure.remedy()).contains("procore.invoice-payment-amount-field");
            });
  }
}
