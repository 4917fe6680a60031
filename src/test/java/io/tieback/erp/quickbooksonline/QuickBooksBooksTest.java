package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.erp.BillFixtures;
import io.tieback.erp.BooksReading;
import io.tieback.erp.BooksWanted;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bills, vendor credits and purchase orders as they stand in QuickBooks Online. */
class QuickBooksBooksTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final String OURS =
      "`PrivateNote`:`Subcontractor invoice in Procore [tieback: "
          + BillFixtures.marker(4711)
          + "]`,";

  private final ScriptedRealm realm = new ScriptedRealm();
  private final Listing company = new Listing();

  @BeforeEach
  void chart() {
    company.with("Item", "{`Id`:`38`,`Name`:`1042-03-300.S`,`ExpenseAccountRef`:{`value`:`51`}}");
    company.with("Item", "{`Id`:`99`,`Name`:`Retainage`,`ExpenseAccountRef`:{`value`:`24`}}");
    company.with("Account", "{`Id`:`51`,`AcctNum`:`5100`,`Name`:`Subcontractors`}");
    company.with("Account", "{`Id`:`24`,`AcctNum`:`815`,`Name`:`Retainage Payable`}");
  }

  @AfterEach
  void tearDown() {
    realm.close();
  }

  private BooksReading read(String... ids) {
    realm.script(company);
    ConnectionId connection =
        io.tieback.construction.BillMarker.parse(BillFixtures.marker(4711))
            .orElseThrow()
            .connection();
    return new QuickBooksBooks(connection, realm.calls())
        .read(new BooksWanted(Set.of(ids), "815", "Retainage", null));
  }

  private static BookedDocument only(BooksReading reading, String id) {
    List<BookedDocument> found =
        reading.documents().stream().filter(one -> one.erpId().equals(id)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private void document(
      String entity, String id, String note, String total, String balance, String... lines) {
    company.with(
        entity,
        "{`Id`:`"
            + id
            + "`,`DocNumber`:`N-"
            + id
            + "`,`TxnDate`:`2026-11-20`,`VendorRef`:{`value`:`46`,`name`:`Ironworks Ltd`},"
            + note
            + "`TotalAmt`:"
            + total
            + ",`Balance`:"
            + balance
            + ",`Line`:["
            + String.join(",", lines)
            + "]}");
  }

  private static String item(String amount, String item) {
    return "{`Id`:`1`,`Description`:`Work`,`Amount`:"
        + amount
        + ",`DetailType`:`ItemBasedExpenseLineDetail`,`ItemBasedExpenseLineDetail`:{`ItemRef`:{`value`:`"
        + item
        + "`},`CustomerRef`:{`value`:`58`}}}";
  }

  private static String account(String amount, String account) {
    return "{`Id`:`1`,`Amount`:"
        + amount
        + ",`DetailType`:`AccountBasedExpenseLineDetail`,`AccountBasedExpenseLineDetail`:{`AccountRef`:{`value`:`"
        + account
        + "`}}}";
  }

  @Test
  void givesOursWhatIsAskedForAndWhatHoldsRetainageAndNothingElse() {
    document("Bill", "1", OURS, "900.00", "900.00", item("1000.00", "38"), item("-100.00", "99"));
    document("Bill", "2", "", "5.00", "5.00", item("5.00", "38"));
    document("Bill", "3", "", "6.00", "6.00", item("6.00", "38"));
    document("Bill", "4", "", "77.00", "77.00", account("77.00", "24"));
    document("VendorCredit", "5", "", "8.00", "8.00", item("8.00", "99"));
    document("VendorCredit", "6", "", "9.00", "9.00", item("9.00", "38"));
    BooksReading reading = read("3");
    assertThat(reading.documents())
        .extracting(BookedDocument::erpId)
        .containsExactlyInAnyOrder("1", "3", "4", "5");
    BookedDocument ours = only(reading, "1");
    assertThat(ours.marker()).isEqualTo(BillFixtures.marker(4711));
    assertThat(ours.state()).isEqualTo(State.POSTED);
    assertThat(ours.lines())
        .extracting(
            BookedDocument.Line::amount,
            BookedDocument.Line::itemCode,
            BookedDocument.Line::accountCode,
            BookedDocument.Line::projectKey)
        .containsExactly(
            tuple(Money.of("1000.00"), "1042-03-300.S", "5100", "58"),
            tuple(Money.of("-100.00"), "Retainage", "815", "58"));
    assertThat(only(reading, "5").lines().get(0).amount()).isEqualTo(Money.of("-8.00"));
    assertThat(only(reading, "5").due()).isEqualTo(Money.of("-8.00"));
    assertThat(reading.retainageBalance()).isNull();
  }

  @Test
  @DisplayName("what a bill was settled with, cash and vendor credits apart, shows on both")
  void whatABillWasSettledWithShowsOnBoth() {
    document("Bill", "1", OURS, "1000.00", "100.00", item("1000.00", "38"));
    document("VendorCredit", "5", OURS, "300.00", "0", item("300.00", "38"));
    company.with(
        "BillPayment",
        "{`Id`:`117`,`TxnDate`:`2026-11-20`,`PayType`:`Check`,`TotalAmt`:600.00,`Line`:["
            + "{`Amount`:900.00,`LinkedTxn`:[{`TxnId`:`1`,`TxnType`:`Bill`}]},{`Amount`:300.00,`LinkedTxn`:[{`TxnId`:`5`,`TxnType`:`VendorCredit`}]}]}");
    BooksReading reading = read();
    assertThat(only(reading, "1").settlements())
        .containsExactly(
            new Settlement(SettledBy.CREDIT_NOTE, "5", Money.of("300.00"), DAY),
            new Settlement(SettledBy.PAYMENT, "117|1", Money.of("600.00"), DAY));
    assertThat(only(reading, "1").due()).isEqualTo(Money.of("100.00"));
    assertThat(only(reading, "5").settlements())
        .containsExactly(new Settlement(SettledBy.CREDIT_NOTE, "1", Money.of("-300.00"), DAY));
    assertThat(only(reading, "5").due()).isEqualTo(Money.ZERO);
  }

  @Test
  void aVoidedBillIsGoneAndTaxIsApart() {
    document(
        "Bill",
        "1",
        OURS.replace("Subcontractor", "Voided - Subcontractor"),
        "0",
        "0",
        item("0", "38"));
    document(
        "Bill",
        "2",
        OURS + "`TxnTaxDetail`:{`TotalTax`:15.00},",
        "115.00",
        "115.00",
        item("100.00", "38"));
    BooksReading reading = read();
    assertThat(only(reading, "1").state()).isEqualTo(State.GONE);
    assertThat(only(reading, "2").tax()).isEqualTo(Money.of("15.00"));
  }

  @Test
  void ordersComeWithTheirLinesTheirStateAndWhichChangeAddedALine() {
    String line =
        "{`Id`:`2`,`Description`:`More [Procore CCO"
            + " 77]`,`Amount`:50.00,`DetailType`:`ItemBasedExpenseLineDetail`,`ItemBasedExpenseLineDetail`:{`ItemRef`:{`value`:`38`},`CustomerRef`:{`value`:`58`}}}";
    company.with(
        "PurchaseOrder",
        "{`Id`:`200`,`DocNumber`:`SC-1`,`TxnDate`:`2026-11-20`,`POStatus`:`Open`,`VendorRef`:{`value`:`46`,`name`:`Ironworks"
            + " Ltd`},`PrivateNote`:`Commitment in Procore: Steel [tieback:"
            + " x]`,`TotalAmt`:1050.00,`Line`:["
            + item("1000.00", "38")
            + ","
            + line
            + "]}");
    company.with(
        "PurchaseOrder",
        "{`Id`:`201`,`DocNumber`:`SC-2`,`TxnDate`:`2026-11-20`,`POStatus`:`Closed`,`VendorRef`:{`value`:`46`},`Line`:[]}");
    realm.script(company);
    var reading = new QuickBooksBookedOrders(realm.calls()).read();
    assertThat(reading.orders())
        .extracting(
            BookedOrder::erpId,
            BookedOrder::title,
            BookedOrder::supplierKey,
            BookedOrder::state,
            BookedOrder::total)
        .containsExactlyInAnyOrder(
            tuple("200", "Steel", "46", BookedOrder.State.OPEN, Money.of("1050.00")),
            tuple("201", null, "46", BookedOrder.State.BILLED, Money.ZERO));
    assertThat(reading.calls()).isEqualTo(1);
    assertThat(reading.orders().get(0).lines())
        .extracting(BookedOrder.Line::erpId, BookedOrder.Line::changeOrderId)
        .containsExactly(tuple("200|1", null), tuple("200|2", 77L));
  }

  @Test
  void oneOrderIsAskedForAloneAndOneThatIsNotThereIsNone() {
    String id =
        realm.enter(
            "PurchaseOrder",
            "{`DocNumber`:`SC-1`,`TxnDate`:`2026-11-20`,`POStatus`:`Open`,`VendorRef`:{`value`:`46`},`Line`:[]}");
    QuickBooksBookedOrders orders = new QuickBooksBookedOrders(realm.calls());
    assertThat(orders.one(id)).get().extracting(BookedOrder::number).isEqualTo("SC-1");
    assertThat(orders.one("999")).isEmpty();
  }
}
