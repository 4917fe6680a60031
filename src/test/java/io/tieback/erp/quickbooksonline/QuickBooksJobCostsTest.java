package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.JobCost;
import io.tieback.construction.JobCost.Kind;
import io.tieback.construction.Money;
import io.tieback.erp.JobCostReading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Documents that hold job costs, as QuickBooks Online shows them. */
class QuickBooksJobCostsTest {

  private static final Instant NOW = ScriptedRealm.NOW;
  private static final Instant BEFORE = NOW.minus(Duration.ofHours(3));

  private final ScriptedRealm realm = new ScriptedRealm();
  private final Listing company = new Listing().at(BEFORE);

  @BeforeEach
  void chart() {
    company.with("Item", "{`Id`:`38`,`Name`:`1042-03-300.S`,`ExpenseAccountRef`:{`value`:`51`}}");
    company.with("Item", "{`Id`:`99`,`Name`:`Retainage`,`ExpenseAccountRef`:{`value`:`24`}}");
    company.with("Item", "{`Id`:`40`,`Name`:`never asked for`}");
    company.with(
        "Account",
        "{`Id`:`51`,`AcctNum`:`5100`,`Name`:`Subcontractors`,`FullyQualifiedName`:`Cost of Goods"
            + " Sold:Subcontractors`}");
    company.with(
        "Account",
        "{`Id`:`24`,`Name`:`Retainage Payable`,`FullyQualifiedName`:`Retainage Payable`}");
  }

  @AfterEach
  void tearDown() {
    realm.close();
  }

  private JobCostReading read(String cursor) {
    realm.script(company);
    return new QuickBooksJobCosts(realm.calls(), realm.clock).read(cursor);
  }

  private static String head(String id, String more) {
    return "{`Id`:`"
        + id
        + "`,`SyncToken`:`0`,`DocNumber`:`N-"
        + id
        + "`,`TxnDate`:`2026-11-20`,`CurrencyRef`:{`value`:`USD`},"
        + more;
  }

  private static String item(String line, String amount, String item, String project) {
    return "{`Id`:`"
        + line
        + "`,`Description`:`Lumber`,`Amount`:"
        + amount
        + ",`DetailType`:`ItemBasedExpenseLineDetail`,`ItemBasedExpenseLineDetail`:{`ItemRef`:{`value`:`"
        + item
        + "`},`CustomerRef`:{`value`:`"
        + project
        + "`,`name`:`Harbour Builders:Harbour Tower`}}}";
  }

  private static final String VENDOR = "`VendorRef`:{`value`:`46`,`name`:`Ironworks Ltd`},";

  private static JobCost only(JobCostReading reading, Kind kind) {
    List<JobCost> found =
        reading.documents().stream().filter(document -> document.kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  @DisplayName(
      "QBO-JC-01: a bill comes with its lines by project and item, retainage among them, each to"
          + " the cent")
  void aBillComesByProjectAndItem() {
    company.with(
        "Bill",
        head(
            "145",
            VENDOR
                + "`TotalAmt`:900.01,`Line`:["
                + item("1", "1000.01", "38", "58")
                + ","
                + item("2", "-100.00", "99", "58")
                + ",{`Id`:`3`,`Description`:`a remark"
                + " only`,`DetailType`:`DescriptionOnly`,`DescriptionLineDetail`:{}},{`Id`:`4`,`Description`:`no"
                + " item`,`Amount`:77.00,`DetailType`:`ItemBasedExpenseLineDetail`,`ItemBasedExpenseLineDetail`:{}},"
                + "{`Id`:`5`,`Description`:`Rent`,`Amount`:12.30,`DetailType`:`AccountBasedExpenseLineDetail`,`ProjectRef`:{`value`:`416296152`},`AccountBasedExpenseLineDetail`:{`AccountRef`:{`value`:`51`,`name`:`Subcontractors`}}}]}"));
    JobCostReading reading = read(null);
    assertThat(reading.documents())
        .containsExactly(
            new JobCost(
                Kind.BILL,
                "145",
                "N-145",
                "46",
                "Ironworks Ltd",
                LocalDate.of(2026, 11, 20),
                "USD",
                JobCost.Status.APPROVED,
                null,
                List.of(
                    new JobCost.Line(
                        "1",
                        "Lumber",
                        "58",
                        "Harbour Tower",
                        "1042-03-300.S",
                        "5100",
                        Money.of("1000.01")),
                    new JobCost.Line(
                        "2",
                        "Lumber",
                        "58",
                        "Harbour Tower",
                        "Retainage",
                        "Retainage Payable",
                        Money.of("-100.00")),
                    new JobCost.Line(
                        "5", "Rent", "416296152", "416296152", null, "5100", Money.of("12.30")))));
    assertThat(realm.asked())
        .extracting(asked -> asked.query().get("query"))
        .anyMatch(query -> query.startsWith("select * from Item where Id in ('38', '99') and"));
  }

  @Test
  @DisplayName(
      "QBO-JC-01: what takes cost back is negative: vendor credits, refunds on a card, credits of a"
          + " journal entry")
  void whatTakesCostBackIsNegative() {
    company.with(
        "VendorCredit",
        head("146", VENDOR + "`TotalAmt`:40.00,`Line`:[" + item("1", "40.00", "38", "58") + "]}"));
    company.with(
        "Purchase",
        head(
            "147",
            "`PaymentType`:`CreditCard`,`Credit`:true,`EntityRef`:{`value`:`46`,`name`:`Ironworks"
                + " Ltd`,`type`:`Vendor`},`TotalAmt`:5.50,`Line`:["
                + item("1", "5.50", "38", "58")
                + "]}"));
    company.with(
        "JournalEntry",
        head(
            "148",
            "`TotalAmt`:30.00,`Line`:[{`Id`:`0`,`Amount`:30.00,`DetailType`:`JournalEntryLineDetail`,`JournalEntryLineDetail`:{`PostingType`:`Debit`,`AccountRef`:{`value`:`51`},`Entity`:{`Type`:`Customer`,`EntityRef`:{`value`:`58`,`name`:`Harbour"
                + " Tower`}}}},{`Id`:`1`,`Amount`:30.00,`DetailType`:`JournalEntryLineDetail`,`JournalEntryLineDetail`:{`PostingType`:`Credit`,`AccountRef`:{`value`:`24`}}}]}"));
    JobCostReading reading = read(null);
    assertThat(only(reading, Kind.CREDIT).lines())
        .extracting(JobCost.Line::amount)
        .containsExactly(Money.of("-40.00"));
    assertThat(only(reading, Kind.SPEND).contactKey()).isEqualTo("46");
    assertThat(only(reading, Kind.SPEND).lines())
        .extracting(JobCost.Line::amount)
        .containsExactly(Money.of("-5.50"));
    assertThat(only(reading, Kind.JOURNAL).lines())
        .extracting(JobCost.Line::projectKey, JobCost.Line::accountCode, JobCost.Line::amount)
        .containsExactly(
            tuple("58", "5100", Money.of("30.00")),
            tuple(null, "Retainage Payable", Money.of("-30.00")));
  }

  @Test
  void aChequeToSomebodyWhoIsNoVendorHasNoSupplier() {
    company.with(
        "Purchase",
        head(
            "147",
            "`PaymentType`:`Check`,`EntityRef`:{`value`:`7`,`name`:`Ann`,`type`:`Employee`},`TotalAmt`:5.50,`Line`:["
                + item("1", "5.50", "38", "58")
                + "]}"));
    assertThat(only(read(null), Kind.SPEND).contactKey()).isNull();
    assertThat(only(read(null), Kind.SPEND).lines())
        .extracting(JobCost.Line::amount)
        .containsExactly(Money.of("5.50"));
  }

  @Test
  @DisplayName("QBO-JC-01 QBO-API-02: what is voided or deleted is gone, with all of its lines")
  void whatIsVoidedOrDeletedIsGone() {
    company.with(
        "Bill",
        head("145", VENDOR + "`TotalAmt`:1.00,`Line`:[" + item("1", "1.00", "38", "58") + "]}"));
    company.at(NOW.minus(Duration.ofHours(2)));
    String cursor = read(null).nextCursor();
    company.at(NOW).without("Bill", "145");
    company.with(
        "Purchase",
        head(
            "147",
            "`PaymentType`:`Check`,`PrivateNote`:`Voided - rent`,`TotalAmt`:0,`Line`:["
                + item("1", "0", "38", "58")
                + "]}"));
    JobCostReading reading = read(cursor);
    assertThat(reading.documents())
        .extracting(JobCost::kind, JobCost::erpId, JobCost::status, JobCost::lines)
        .containsExactlyInAnyOrder(
            tuple(Kind.BILL, "145", JobCost.Status.GONE, List.of()),
            tuple(Kind.SPEND, "147", JobCost.Status.GONE, List.of()));
    assertThat(reading.calls()).isEqualTo(1);
    assertThat(reading.existing()).isEmpty();
  }

  @Test
  void whenDeletionsCannotBeToldItSaysWhatExists() {
    company.with("Bill", head("145", VENDOR + "`TotalAmt`:0,`Line`:[]}"));
    company.with("Purchase", head("147", "`PaymentType`:`Check`,`TotalAmt`:0,`Line`:[]}"));
    company.at(NOW);
    JobCostReading reading = read("{\"asOf\":\"" + NOW.minus(Duration.ofDays(31)) + "\"}");
    assertThat(reading.existing().get(Kind.BILL)).containsExactly("145");
    assertThat(reading.existing().get(Kind.SPEND)).containsExactly("147");
    assertThat(reading.existing().get(Kind.CREDIT)).isEmpty();
    assertThat(reading.existing().get(Kind.JOURNAL)).isEmpty();
  }
}
