package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tieback.construction.BillSettings.UnitRounding;
import io.tieback.construction.BillSettings.ZeroLines;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BillComposerTest {

  private final BillFixture bills = new BillFixture();
  private final InvoiceFixture invoice = new InvoiceFixture();

  @Test
  @DisplayName("XR-INV-10: the billing date becomes the date of the bill, the due date goes along")
  void dates() {
    invoice.line();
    Bill bill = bills.compose(invoice);
    assertThat(bill.date()).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(bill.dueDate()).isEqualTo(LocalDate.of(2026, 4, 30));
    assertThat(bill.number()).isEqualTo("SC-0007 #3");
    assertThat(bill.currency()).isEqualTo("USD");
  }

  @Test
  @DisplayName(
      "TB-INV-07: a date in a locked period moves to the first open day, with a note; an open one"
          + " stays")
  void lockedPeriod() {
    invoice.line();
    BillReferences locked =
        new BillReferences(BillFixture.MARKER, "c-1", "p-1", Map.of(), LocalDate.of(2026, 4, 1));
    Bill moved = BillComposer.compose(invoice.build(), locked, bills.settings());
    assertThat(moved.date()).isEqualTo(LocalDate.of(2026, 4, 1));
    assertThat(moved.notes()).singleElement().asString().contains("2026-03-31", "2026-04-01");

    BillReferences open =
        new BillReferences(BillFixture.MARKER, "c-1", "p-1", Map.of(), LocalDate.of(2026, 3, 31));
    Bill kept = BillComposer.compose(invoice.build(), open, bills.settings());
    assertThat(kept.date()).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(kept.notes()).isEmpty();
  }

  @Test
  @DisplayName("lines of work know the order line that they bill; retainage and rounding bill none")
  void orderLines() {
    invoice.line().units("333.3333", "3.0003", "1000.08").retainedWork = Money.of("10.00");
    invoice.line();
    BillReferences references =
        new BillReferences(
            BillFixture.MARKER, "c-1", "p-1", Map.of(), null, Map.of(), Map.of(9001L, "po-1|7"));
    assertThat(BillComposer.compose(invoice.build(), references, bills.settings()).lines())
        .extracting(BillLine::kind, BillLine::orderLineKey)
        .containsExactlyInAnyOrder(
            tuple(BillLine.Kind.WORK, "po-1|7"),
            tuple(BillLine.Kind.ROUNDING, null),
            tuple(BillLine.Kind.WORK, null),
            tuple(BillLine.Kind.RETAINAGE_HELD, null));
  }

  @Test
  @DisplayName(
      "XR-INV-12 GEN-INV-05: an amount-based line sends the money, work and stored material"
          + " together")
  void amountLine() {
    invoice.line().stored = Money.of("250.50");
    BillLine line = bills.compose(invoice).lines().get(0);
    assertThat(line.quantity()).isEqualByComparingTo("1");
    assertThat(line.unitAmount()).isEqualByComparingTo("1250.50");
    assertThat(line.amount()).isEqualTo(Money.of("1250.50"));
    assertThat(line.itemCode()).isEqualTo("03-110.S");
    assertThat(line.accountCode()).as("the item brings its own account").isNull();
    assertThat(line.projectKey()).isEqualTo("p-1");
    assertThat(line.sourceItems()).containsExactly(9001L);
  }

  @Test
  void aLineWithoutAnItemTakesTheDefaultAccount() {
    invoice.line();
    BillLine line = bills.compose(invoice.build(), Map.of()).lines().get(0);
    assertThat(line.itemCode()).isNull();
    assertThat(line.accountCode()).isEqualTo("500");
  }

  @Test
  @DisplayName("XR-INV-12 GEN-INV-05: a unit-based line sends the billed quantity and the price")
  void unitLine() {
    invoice.line().units("12.5", "80.10", "1001.25");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.quantity()).isEqualByComparingTo("12.5");
              assertThat(line.unitAmount()).isEqualByComparingTo("80.1");
              assertThat(line.amount()).isEqualTo(Money.of("1001.25"));
            });
    assertThat(bill.notes()).isEmpty();
  }

  @Test
  @DisplayName("XR-INV-12: cents that rounding explains become a line of their own that says why")
  void roundingLine() {
    invoice.line().units("333.3333", "3.0003", "1000.08");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .extracting(BillLine::kind)
        .containsExactly(BillLine.Kind.WORK, BillLine.Kind.ROUNDING);
    assertThat(bill.lines().get(0).amount()).isEqualTo(Money.of("1000.10"));
    BillLine rounding = bill.lines().get(1);
    assertThat(rounding.amount()).isEqualTo(Money.of("-0.02"));
    assertThat(rounding.description())
        .isEqualTo("Rounding of line 1 (03-110): 333.3333 CY x 3.0003 = 1000.10, billed 1000.08");
    assertThat(rounding.itemCode())
        .as("the cents belong to the same job cost")
        .isEqualTo("03-110.S");
    assertThat(bill.total()).isEqualTo(Money.of("1000.08"));
    assertThat(bill.notes()).singleElement().asString().contains("-0.02", "line of its own");
  }

  @Test
  @DisplayName("XR-INV-12: by setting, the line goes as an amount and its description explains")
  void roundingAsAmount() {
    bills.rounding = UnitRounding.AMOUNT;
    invoice.line().units("333.3333", "3.0003", "1000.08");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.quantity()).isEqualByComparingTo("1");
              assertThat(line.amount()).isEqualTo(Money.of("1000.08"));
              assertThat(line.description())
                  .isEqualTo("Formwork level 1 (333.3333 CY x 3.0003 = 1000.10, billed 1000.08)");
            });
    assertThat(bill.notes()).hasSize(1);
  }

  @Test
  void anExplanationIsAddedOnlyWhereItFitsAndNothingIsCut() {
    bills.rounding = UnitRounding.AMOUNT;
    bills.descriptionLength = 20;
    invoice.line().units("333.3333", "3.0003", "1000.08");
    assertThat(bills.compose(invoice).lines().get(0).description()).isEqualTo("Formwork level 1");
  }

  @Test
  @DisplayName("XR-INV-12: what rounding cannot explain goes as the amount, with a note")
  void unexplained() {
    invoice.line().units("10", "5.00", "73.00");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.quantity()).isEqualByComparingTo("1");
              assertThat(line.amount()).isEqualTo(Money.of("73.00"));
            });
    assertThat(bill.notes())
        .singleElement()
        .asString()
        .contains("10 CY x 5 = 50.00", "73.00", "23.00");
  }

  @Test
  void theBoundaryOfWhatRoundingExplains() {
    // 1 x 1 can be off by 0.00005 + 0.00005 + half a cent: one cent is beyond that, and 200 x 200
    // explains two cents.
    assertThat(UnitPricing.of(BigDecimal.ONE, BigDecimal.ONE, Money.of("1.01"), 4, 4).verdict())
        .isEqualTo(UnitPricing.Verdict.UNEXPLAINED);
    BigDecimal twoHundred = new BigDecimal("200");
    assertThat(UnitPricing.of(twoHundred, twoHundred, Money.of("40000.02"), 4, 4).verdict())
        .isEqualTo(UnitPricing.Verdict.ROUNDED);
    assertThat(UnitPricing.of(twoHundred, twoHundred, Money.of("40000.03"), 4, 4).verdict())
        .isEqualTo(UnitPricing.Verdict.UNEXPLAINED);
    assertThat(UnitPricing.of(twoHundred, twoHundred, Money.of("39999.98"), 4, 4).verdict())
        .isEqualTo(UnitPricing.Verdict.ROUNDED);
  }

  @Test
  void aUnitLineWithoutQuantityOrPriceGoesAsTheAmountWithANote() {
    invoice.line().units(null, "5.00", "73.00");
    invoice.line().units("0.0", "0.0", "10.00");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .extracting(BillLine::amount)
        .containsExactly(Money.of("73.00"), Money.of("10.00"));
    assertThat(bill.lines())
        .allSatisfy(line -> assertThat(line.quantity()).isEqualByComparingTo("1"));
    assertThat(bill.notes()).hasSize(2);
  }

  @Test
  void storedMaterialOfAUnitLineIsALineOfItsOwn() {
    invoice.line().units("10", "5.00", "50.00").stored = Money.of("-50.00");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines())
        .extracting(BillLine::amount)
        .containsExactly(Money.of("50.00"), Money.of("-50.00"));
    assertThat(bill.lines().get(1).description()).isEqualTo("Stored material: Formwork level 1");
    assertThat(bill.total()).isEqualTo(Money.ZERO);
  }

  @Test
  void moreDecimalsThanTheErpTakesAreRoundedVisibly() {
    bills.quantityDecimals = 2;
    invoice.line().units("10.125", "8.00", "81.00");
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines().get(0).quantity()).isEqualByComparingTo("10.13");
    assertThat(bill.lines().get(1).amount()).isEqualTo(Money.of("-0.04"));
    assertThat(bill.notes()).anySatisfy(note -> assertThat(note).contains("10.125", "10.13"));
    assertThat(bill.total()).isEqualTo(Money.of("81.00"));
  }

  @Test
  void aDescriptionIsNeverBlankAndNeverCut() {
    invoice.line().description = "  ";
    InvoiceFixture.Line uncoded = invoice.line();
    uncoded.description = null;
    uncoded.costCode = null;
    invoice.line().description = "x".repeat(5000);
    assertThat(bills.compose(invoice).lines())
        .extracting(BillLine::description)
        .containsExactly("03-110", "Line 2", "x".repeat(5000));
  }

  @Test
  void linesThatBillNothingAreLeftOutWithANoteThatCountsThem() {
    invoice.line();
    invoice.line().work = Money.ZERO;
    invoice.line().work = Money.ZERO;
    Bill bill = bills.compose(invoice);
    assertThat(bill.lines()).hasSize(1);
    assertThat(bill.notes())
        .containsExactly("2 of 3 lines bill no work or material this period and are left out.");
  }

  @Test
  void linesThatBillNothingStayBySettingOrWhenThereIsNothingElse() {
    invoice.line().work = Money.ZERO;
    assertThat(bills.compose(invoice).lines()).as("a document needs a line").hasSize(1);
    invoice.line();
    bills.zeroLines = ZeroLines.KEEP;
    Bill kept = bills.compose(invoice);
    assertThat(kept.lines())
        .extracting(BillLine::amount)
        .containsExactly(Money.ZERO, Money.of("1000.00"));
    assertThat(kept.notes()).isEmpty();
  }

  @Test
  void theSameInvoiceGivesTheSameBillHoweverItsNumbersAreWritten() {
    invoice.line().units("10.0", "5.00", "50.00");
    Bill one = bills.compose(invoice);
    invoice.lines.get(0).units("10", "5", "50");
    assertThat(bills.compose(invoice)).isEqualTo(one);
  }
}
