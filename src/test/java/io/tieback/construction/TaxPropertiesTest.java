package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BillSettings.RetainageGrouping;
import io.tieback.construction.TaxSettings.Amounts;
import io.tieback.construction.TaxSettings.Retainage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The tax of any bill, held against whole-number arithmetic of its own. */
class TaxPropertiesTest {

  private static final BigInteger TWO = BigInteger.TWO;

  /** Rates in ten-thousandths of a per cent. */
  private static final Map<String, Integer> RATES =
      Map.of("INPUT2", 150_000, "TAX001", 82_500, "TAX002", 149_750, "NONE", 0);

  private static final Map<String, String> CODES =
      Map.of("GST", "INPUT2", "PST", "TAX001", "QST", "TAX002");

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "TB-TAX-03 TB-TAX-04: every line bears the tax of its code, by the line, rounded half up;"
          + " retainage bears none or that of its work; amounts and total stay as they are without"
          + " tax")
  void everyLineBearsItsTax(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    SubcontractorInvoice invoice = invoice(random);
    Amounts amounts = random.nextBoolean() ? Amounts.EXCLUSIVE : Amounts.INCLUSIVE;
    Retainage retainage = random.nextBoolean() ? Retainage.ON_RELEASE : Retainage.WITH_INVOICE;
    RetainageGrouping grouping =
        random.nextBoolean() ? RetainageGrouping.INVOICE : RetainageGrouping.LINE;
    Bill bill =
        compose(invoice, grouping, new TaxSettings(amounts, CODES, "TAX002", "NONE", retainage));
    Bill untaxed = compose(invoice, grouping, TaxSettings.none());

    assertThat(bill.total()).isEqualTo(untaxed.total()).isEqualTo(invoice.net());
    BigInteger sum = BigInteger.ZERO;
    for (BillLine line : bill.lines()) {
      String expected =
          line.isRetainage() && retainage == Retainage.WITH_INVOICE
              ? "NONE"
              : type(line.taxCodeOriginId());
      assertThat(line.tax().type()).isEqualTo(expected);
      BigInteger tax = tax(cents(line.amount()), RATES.get(expected), amounts);
      assertThat(cents(line.tax().amount())).as(line.toString()).isEqualTo(tax);
      sum = sum.add(tax);
    }
    assertThat(cents(bill.tax())).isEqualTo(sum);
    BigInteger payable =
        amounts == Amounts.EXCLUSIVE ? cents(bill.total()).add(sum) : cents(bill.total());
    assertThat(cents(bill.payable())).isEqualTo(payable);
    if (retainage == Retainage.ON_RELEASE) {
      assertThat(retainageByType(bill)).isEqualTo(retainageByType(invoice));
    } else {
      assertThat(bill.lines().stream().filter(BillLine::isRetainage).count())
          .isEqualTo(untaxed.lines().stream().filter(BillLine::isRetainage).count());
    }
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "TB-TAX-04: over what is withheld and later released, tax on release comes to the tax with"
          + " the invoice, to the cent, where it is reckoned by the line")
  void whatIsDeferredComesBack(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    InvoiceFixture withheld = new InvoiceFixture();
    InvoiceFixture released = new InvoiceFixture();
    for (int i = 0; i <= random.nextInt(5); i++) {
      String code = code(random);
      Money retained = money(random, 0, 90_000);
      InvoiceFixture.Line first = withheld.line();
      first.taxCode = code;
      first.work = money(random, 100_000, 900_000);
      first.retainedWork = retained;
      InvoiceFixture.Line last = released.line().releaseOnly(retained.toString(), "900.00");
      last.taxCode = code;
    }
    Money byRelease = Money.ZERO;
    Money byInvoice = Money.ZERO;
    for (InvoiceFixture each : List.of(withheld, released)) {
      for (Retainage retainage : Retainage.values()) {
        TaxSettings tax = new TaxSettings(Amounts.EXCLUSIVE, CODES, "TAX002", "NONE", retainage);
        Money due = compose(each.build(), RetainageGrouping.LINE, tax).tax();
        if (retainage == Retainage.ON_RELEASE) {
          byRelease = byRelease.plus(due);
        } else {
          byInvoice = byInvoice.plus(due);
        }
      }
    }
    assertThat(byRelease).isEqualTo(byInvoice);
  }

  private static Bill compose(
      SubcontractorInvoice invoice, RetainageGrouping grouping, TaxSettings tax) {
    Map<String, BigDecimal> rates = new HashMap<>();
    RATES.forEach((type, rate) -> rates.put(type, BigDecimal.valueOf(rate, 4)));
    return BillComposer.compose(
        invoice,
        new BillReferences("m", "c", "p", Map.of(), null, rates),
        new BillSettings(
            grouping,
            "815",
            null,
            "500",
            BillSettings.ZeroLines.OMIT,
            BillSettings.UnitRounding.LINE,
            4,
            4,
            4000,
            null,
            tax));
  }

  private static SubcontractorInvoice invoice(Random random) {
    InvoiceFixture fixture = new InvoiceFixture();
    for (int i = 0; i <= random.nextInt(6); i++) {
      InvoiceFixture.Line line = fixture.line();
      line.taxCode = code(random);
      if (random.nextInt(3) == 0) {
        BigDecimal quantity = BigDecimal.valueOf(random.nextInt(900_000), 4);
        BigDecimal price = BigDecimal.valueOf(random.nextInt(90_000), 2);
        line.units(
            quantity.toPlainString(),
            price.toPlainString(),
            Money.rounded(quantity.multiply(price))
                .plus(Money.of(random.nextInt(4) == 0 ? "0.01" : "0.00"))
                .toString());
      } else {
        line.work = money(random, -200_000, 900_000);
      }
      line.retainedWork = random.nextBoolean() ? money(random, 0, 50_000) : Money.ZERO;
      line.releasedWork = random.nextInt(3) == 0 ? money(random, 0, 50_000) : Money.ZERO;
    }
    return fixture.build();
  }

  private static String code(Random random) {
    return new String[] {"GST", "PST", "QST", null, "xero:main:tax_code:TAX001"}[random.nextInt(5)];
  }

  private static String type(String code) {
    return code == null
        ? "TAX002"
        : CODES.getOrDefault(code, code.substring(code.lastIndexOf(':') + 1));
  }

  private static Map<String, BigInteger> retainageByType(Bill bill) {
    Map<String, BigInteger> sums = new HashMap<>();
    for (BillLine line : bill.lines()) {
      if (line.isRetainage()) {
        sums.merge(line.tax().type(), cents(line.amount()), BigInteger::add);
      }
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static Map<String, BigInteger> retainageByType(SubcontractorInvoice invoice) {
    Map<String, BigInteger> sums = new HashMap<>();
    for (InvoiceLine line : invoice.lines()) {
      sums.merge(
          type(line.taxCodeOriginId()),
          cents(line.released().minus(line.retained())),
          BigInteger::add);
    }
    sums.values().removeIf(sum -> sum.signum() == 0);
    return sums;
  }

  private static Money money(Random random, int from, int to) {
    return new Money(BigDecimal.valueOf(from + random.nextInt(to - from), 2));
  }

  private static BigInteger cents(Money amount) {
    return Objects.requireNonNull(amount).amount().unscaledValue();
  }

  /** Half up away from zero, in whole numbers. */
  private static BigInteger tax(BigInteger cents, int rate, Amounts amounts) {
    BigInteger whole =
        BigInteger.valueOf(amounts == Amounts.INCLUSIVE ? 1_000_000L + rate : 1_000_000L);
    BigInteger twice = cents.abs().multiply(BigInteger.valueOf(rate)).multiply(TWO).add(whole);
    BigInteger rounded = twice.divide(whole.multiply(TWO));
    return cents.signum() < 0 ? rounded.negate() : rounded;
  }
}
