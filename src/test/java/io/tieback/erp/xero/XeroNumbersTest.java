package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.xero.XeroCompany.SUPPLIER;
import static io.tieback.erp.xero.XeroCompany.TOWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Bill;
import io.tieback.construction.Money;
import io.tieback.construction.TakenNumber;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which numbers of suppliers are taken, asked of the stand-in over HTTP. */
class XeroNumbersTest {

  private final XeroCompany xero = new XeroCompany();

  @AfterEach
  void close() {
    xero.close();
  }

  @Test
  @DisplayName("TB-INV-10: one call tells of fifty bills, with what each document is")
  void oneCallForABatch() {
    write(numbered(1, "SC-1"), numbered(2, "SC-2"));
    int before = xero.requests();
    List<Bill> asked =
        LongStream.rangeClosed(1, 50).mapToObj(id -> numbered(id + 100, "SC-" + id)).toList();
    List<TakenNumber> taken = xero.adapter().takenNumbers(asked);
    assertThat(xero.requests() - before).isEqualTo(1);
    assertThat(taken)
        .extracting(TakenNumber::number, TakenNumber::marker)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("SC-1", marker(1)),
            org.assertj.core.groups.Tuple.tuple("SC-2", marker(2)));
    assertThat(taken)
        .allSatisfy(
            one -> {
              assertThat(one.contactKey()).isEqualTo(SUPPLIER);
              assertThat(one.total()).isEqualTo(Money.of("10.00"));
              assertThat(one.status()).isEqualTo("AUTHORISED");
              assertThat(one.credit()).isFalse();
              assertThat(one.changedAt()).isNotNull();
            });
  }

  @Test
  @DisplayName("TB-INV-10: a number that holds a comma or a quotation mark is asked for by itself")
  void oddNumbers() {
    write(numbered(1, "A,B"), numbered(2, "12\"-pipe"), numbered(3, "A"));
    assertThat(numbers(numbered(11, "A,B"))).containsExactly("A,B");
    assertThat(numbers(numbered(12, "12\"-pipe"))).containsExactly("12\"-pipe");
    assertThat(numbers(numbered(13, "A"), numbered(14, "A,B")))
        .containsExactlyInAnyOrder("A", "A,B");
  }

  @Test
  @DisplayName("TB-INV-10: long numbers are spread over calls and none is left out")
  void longNumbers() {
    Bill[] bills =
        LongStream.rangeClosed(1, 20)
            .mapToObj(id -> numbered(id, "L".repeat(250) + id))
            .toArray(Bill[]::new);
    write(bills);
    assertThat(numbers(bills)).hasSize(20);
  }

  @Test
  @DisplayName(
      "TB-INV-10: a credit note's number is looked for among the supplier's credit notes, and only"
          + " then are they asked for")
  void creditNotes() {
    write(credit(1, "SC-1"), numbered(2, "SC-2"));
    assertThat(xero.adapter().takenNumbers(List.of(credit(11, "SC-1"))))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.credit()).isTrue();
              assertThat(one.number()).isEqualTo("SC-1");
              assertThat(one.marker()).isEqualTo(marker(1));
              assertThat(one.total()).isEqualTo(Money.of("10.00"));
            });
    assertThat(xero.requests("GET /api.xro/2.0/CreditNotes")).isEqualTo(1);
    assertThat(numbers(numbered(12, "SC-1"))).isEmpty();
    assertThat(xero.requests("GET /api.xro/2.0/CreditNotes")).isEqualTo(1);
  }

  private List<String> numbers(Bill... bills) {
    return xero.adapter().takenNumbers(List.of(bills)).stream().map(TakenNumber::number).toList();
  }

  private void write(Bill... bills) {
    List<ErpDocument> documents = Arrays.stream(bills).map(xero.adapter()::render).toList();
    Outcomes outcomes = new Outcomes();
    xero.adapter()
        .handOver(
            new DeliveryBatch(
                UUID.randomUUID(),
                "key-" + UUID.randomUUID(),
                xero.adapter().batchBody(documents),
                documents.stream().map(ErpDocument::marker).toList(),
                null),
            outcomes);
    assertThat(outcomes.known()).hasSize(bills.length);
  }

  private static Bill numbered(long requisition, String number) {
    return numbered(requisition, number, "10.00");
  }

  private static Bill credit(long requisition, String number) {
    return numbered(requisition, number, "-10.00");
  }

  private static Bill numbered(long requisition, String number, String amount) {
    Bill bill = bill(requisition, SUPPLIER, work("Formwork", amount, "03-110.S", null, TOWER));
    return new Bill(
        bill.marker(),
        bill.procoreId(),
        bill.contactKey(),
        number,
        bill.date(),
        bill.dueDate(),
        bill.currency(),
        bill.lines(),
        bill.total(),
        bill.notes());
  }
}
