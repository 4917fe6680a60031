package io.tieback.erp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every adapter promises of the books that it reads for a tie-out. An adapter's own test class
 * extends this one; the names read as sentences about the adapter.
 */
public abstract class ErpBooksContract {

  private static final String RETAINAGE = "815";

  private ErpUnderTest erp;

  /** A fresh ERP with an empty company. */
  protected abstract ErpUnderTest start();

  @BeforeEach
  void setUp() {
    erp = start();
  }

  @AfterEach
  void tearDown() {
    erp.close();
  }

  /** Writes good bills and gives the ERP's keys of them, in the order of the requisitions. */
  private List<String> written(long... requisitions) {
    Outcomes outcomes = new Outcomes();
    int perCall = erp.adapter().capabilities().documentsPerCall(DocumentKind.INVOICE);
    for (int from = 0; from < requisitions.length; from += perCall) {
      List<ErpDocument> documents =
          Arrays.stream(requisitions)
              .skip(from)
              .limit(perCall)
              .mapToObj(erp::good)
              .map(erp.adapter()::render)
              .toList();
      erp.adapter()
          .handOver(
              new DeliveryBatch(
                  UUID.randomUUID(),
                  UUID.randomUUID().toString(),
                  erp.adapter().batchBody(documents),
                  documents.stream().map(ErpDocument::marker).toList(),
                  null),
              outcomes);
    }
    erp.comeBy();
    return Arrays.stream(requisitions)
        .mapToObj(r -> outcomes.known().get(BillFixtures.marker(r)).erpId())
        .toList();
  }

  private static String payment(Set<String> ids) {
    assertThat(ids).hasSize(1);
    return ids.iterator().next();
  }

  private List<BookedDocument> read(String... ids) {
    erp.comeBy();
    return erp.adapter().readBooks(new BooksWanted(Set.of(ids), RETAINAGE, null, null)).documents();
  }

  private BookedDocument only(List<BookedDocument> documents, String id) {
    List<BookedDocument> found =
        documents.stream().filter(document -> document.erpId().equals(id)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void givesOurBillsWithTheirLinesToTheCent() {
    List<String> bills = written(1, 2);
    List<BookedDocument> documents = read();
    assertThat(documents).hasSize(2);
    BookedDocument first = only(documents, bills.get(0));
    Bill bill = erp.good(1);
    assertThat(first.marker()).isEqualTo(bill.marker());
    assertThat(first.number()).isEqualTo(bill.number());
    assertThat(first.date()).isEqualTo(bill.date());
    assertThat(first.state()).isEqualTo(BookedDocument.State.POSTED);
    assertThat(first.due()).isEqualTo(bill.total());
    assertThat(first.tax()).isEqualTo(Money.ZERO);
    assertThat(first.settlements()).isEmpty();
    assertThat(first.lines())
        .extracting(BookedDocument.Line::amount)
        .containsExactlyElementsOf(bill.lines().stream().map(BillLine::amount).toList());
    assertThat(first.lines())
        .filteredOn(line -> RETAINAGE.equals(line.accountCode()))
        .extracting(BookedDocument.Line::amount)
        .containsExactlyElementsOf(
            bill.lines().stream()
                .filter(line -> line.kind() == BillLine.Kind.RETAINAGE_HELD)
                .map(BillLine::amount)
                .toList());
  }

  @Test
  void givesWhatABillWasPaidWithAndWhatIsStillOpen() {
    String bill = written(1).get(0);
    String gone = payment(erp.pay(Map.of(bill, Money.of("3.00")), false));
    String stays = payment(erp.pay(Map.of(bill, Money.of("10.10")), false));
    erp.deletePayment(gone);
    BookedDocument document = only(read(), bill);
    assertThat(document.settlements())
        .containsExactly(
            new BookedDocument.Settlement(
                BookedDocument.SettledBy.PAYMENT, stays, Money.of("10.10"), BillFixtures.DUE_DATE));
    assertThat(document.due()).isEqualTo(erp.good(1).total().minus(Money.of("10.10")));
  }

  @Test
  void givesOtherDocumentsOnlyWhenTheyHoldRetainageOrAreAskedFor() {
    written(1);
    String retainage = erp.enterByHand("HAND-1", RETAINAGE, Money.of("77.00"));
    String other = erp.enterByHand("HAND-2", "500", Money.of("5.00"));
    assertThat(read()).extracting(BookedDocument::erpId).contains(retainage).hasSize(2);
    assertThat(only(read(), retainage).marker()).isNull();
    assertThat(only(read(), retainage).lines())
        .extracting(BookedDocument.Line::amount)
        .containsExactly(Money.of("77.00"));
    assertThat(read(other)).extracting(BookedDocument::erpId).contains(other).hasSize(3);
  }

  @Test
  void showsABillThatWasTakenBackAsGoneOrNotAtAll() {
    String bill = written(1).get(0);
    erp.voidBill(bill);
    assertThat(read())
        .allSatisfy(
            document -> {
              assertThat(document.erpId()).isEqualTo(bill);
              assertThat(document.state()).isEqualTo(BookedDocument.State.GONE);
              assertThat(document.due()).isEqualTo(Money.ZERO);
            });
  }

  @Test
  void changesNothing() {
    written(1);
    int writes = erp.writes();
    List<BookedDocument> once = read();
    assertThat(read()).isEqualTo(once);
    assertThat(erp.writes()).isEqualTo(writes);
    assertThat(erp.books()).hasSize(1);
  }
}
