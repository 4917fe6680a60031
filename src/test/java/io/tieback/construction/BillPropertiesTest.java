package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BillSettings.RetainageGrouping;
import io.tieback.construction.BillSettings.UnitRounding;
import io.tieback.construction.BillSettings.ZeroLines;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * What holds for every invoice. Invoices come from a seeded generator of our own, so that 100,000
 * of them take seconds; jqwik picks and reports seeds.
 */
class BillPropertiesTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 31);
  private static final Money[] NOTHING_OR_SMALL = {
    Money.ZERO, Money.of("0.01"), Money.of("-0.01"), Money.of("0.02")
  };

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 120_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "TB-AMT-05 XR-INV-12: the bill's total is the invoice's net to the cent, line by line what"
          + " quantity times price gives")
  void theBillComesToTheInvoicesNet(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    SubcontractorInvoice invoice = invoice(random);
    BillSettings settings = settings(random);

    Bill bill =
        BillComposer.compose(
            invoice,
            new BillReferences(
                "https://app.procore.com/?tieback=main.requisition.1",
                "c",
                "p",
                codes(invoice, random)),
            settings);

    BigDecimal net = BigDecimal.ZERO;
    for (InvoiceLine line : invoice.lines()) {
      net =
          net.add(line.workThisPeriod().amount())
              .add(line.storedMaterialThisPeriod().amount())
              .subtract(line.retainedWork().amount())
              .subtract(line.retainedMaterial().amount())
              .add(line.releasedWork().amount())
              .add(line.releasedMaterial().amount());
    }
    BigDecimal sum = BigDecimal.ZERO;
    Map<Long, BigDecimal> workByItem = new HashMap<>();
    for (BillLine line : bill.lines()) {
      sum = sum.add(line.amount().amount());
      holdsTogether(line, settings);
      if (line.kind() == BillLine.Kind.WORK || line.kind() == BillLine.Kind.ROUNDING) {
        workByItem.merge(line.sourceItems().get(0), line.amount().amount(), BigDecimal::add);
      }
    }
    if (sum.compareTo(net) != 0 || bill.total().amount().compareTo(net) != 0) {
      throw new AssertionError(
          "bill " + bill.total() + ", its lines " + sum + ", the invoice's net " + net);
    }
    for (InvoiceLine line : invoice.lines()) {
      BigDecimal billed = workByItem.getOrDefault(line.procoreItemId(), BigDecimal.ZERO);
      if (billed.compareTo(line.gross().amount()) != 0) {
        throw new AssertionError(
            "item "
                + line.procoreItemId()
                + " bills "
                + line.gross()
                + " but the bill has "
                + billed);
      }
    }
    everyRoundingIsExplained(bill);
  }

  private static void holdsTogether(BillLine line, BillSettings settings) {
    BigDecimal product =
        line.quantity().multiply(line.unitAmount()).setScale(2, RoundingMode.HALF_UP);
    boolean sound =
        product.compareTo(line.amount().amount()) == 0
            && line.quantity().scale() <= settings.quantityDecimals()
            && line.unitAmount().scale() <= settings.unitPriceDecimals()
            && !line.description().isBlank();
    if (!sound) {
      throw new AssertionError("not a line that an ERP would take as it is: " + line);
    }
  }

  private static void everyRoundingIsExplained(Bill bill) {
    long roundings =
        bill.lines().stream().filter(line -> line.kind() == BillLine.Kind.ROUNDING).count();
    long explained =
        bill.notes().stream().filter(note -> note.contains("is a line of its own")).count();
    if (roundings != explained) {
      throw new AssertionError(
          roundings + " rounding lines, " + explained + " notes: " + bill.notes());
    }
  }

  @Property(tries = 1, edgeCases = EdgeCasesMode.NONE)
  @Label("the generator reaches every way of writing a line")
  void theGeneratorReachesEverything(@ForAll("seeds") long seed) {
    Map<BillLine.Kind, Integer> kinds = new HashMap<>();
    int unexplained = 0;
    int asAmount = 0;
    int omitted = 0;
    int negativeTotals = 0;
    for (int round = 0; round < 5_000; round++) {
      Random random = new Random(seed + round);
      SubcontractorInvoice invoice = invoice(random);
      Bill bill =
          BillComposer.compose(
              invoice, new BillReferences("m", "c", "p", codes(invoice, random)), settings(random));
      bill.lines().forEach(line -> kinds.merge(line.kind(), 1, Integer::sum));
      String notes = String.join("\n", bill.notes());
      unexplained += notes.contains("does not explain") ? 1 : 0;
      asAmount += notes.contains("; the line goes as the amount") ? 1 : 0;
      omitted += notes.contains("are left out") ? 1 : 0;
      negativeTotals += bill.total().isNegative() ? 1 : 0;
    }
    assertThat(kinds).containsOnlyKeys(BillLine.Kind.values());
    assertThat(List.of(unexplained, asAmount, omitted, negativeTotals))
        .allSatisfy(count -> assertThat(count).isGreaterThan(50));
  }

  private static BillSettings settings(Random random) {
    return new BillSettings(
        pick(random, RetainageGrouping.values()),
        "815",
        null,
        "500",
        pick(random, ZeroLines.values()),
        pick(random, UnitRounding.values()),
        random.nextInt(4) == 0 ? random.nextInt(5) : 4,
        random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 4,
        random.nextBoolean() ? 4000 : 40,
        null);
  }

  private static Map<Long, String> codes(SubcontractorInvoice invoice, Random random) {
    Map<Long, String> codes = new HashMap<>();
    for (InvoiceLine line : invoice.lines()) {
      if (random.nextInt(5) > 0) {
        codes.put(line.procoreItemId(), "03-110.S");
      }
    }
    return codes;
  }

  private static SubcontractorInvoice invoice(Random random) {
    int count = 1 + random.nextInt(8);
    List<InvoiceLine> lines = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      lines.add(line(random, 100 + index));
    }
    return new SubcontractorInvoice(
        1,
        2,
        3,
        4,
        null,
        null,
        null,
        "N",
        "approved",
        DAY,
        DAY,
        DAY,
        DAY,
        "USD",
        AccountingMethod.AMOUNT,
        lines,
        null,
        Money.ZERO);
  }

  private static InvoiceLine line(Random random, long id) {
    boolean unit = random.nextBoolean();
    BigDecimal quantity = unit ? number(random, 10_000) : null;
    BigDecimal price = unit ? number(random, 5_000) : null;
    Money work = random.nextInt(6) == 0 ? Money.ZERO : money(random);
    if (unit && random.nextInt(10) > 0) {
      work = Money.rounded(quantity.multiply(price)).plus(pick(random, NOTHING_OR_SMALL));
    }
    return new InvoiceLine(
        id,
        pick(random, InvoiceLineKind.values()),
        random.nextInt(5) == 0 ? " " : "Work item " + "long ".repeat(random.nextInt(12)) + id,
        random.nextInt(5) == 0 ? null : "03-110",
        null,
        null,
        null,
        null,
        null,
        unit ? AccountingMethod.UNIT : AccountingMethod.AMOUNT,
        unit && random.nextInt(20) == 0 ? null : quantity,
        price,
        random.nextBoolean() ? "CY" : null,
        work,
        random.nextInt(3) == 0 ? money(random) : Money.ZERO,
        random.nextBoolean() ? money(random) : Money.ZERO,
        random.nextInt(3) == 0 ? money(random) : Money.ZERO,
        random.nextInt(4) == 0 ? money(random) : Money.ZERO,
        random.nextInt(4) == 0 ? money(random) : Money.ZERO,
        money(random));
  }

  /** Up to a billion, with either sign, small ones as often as large ones. */
  private static Money money(Random random) {
    long cents = (long) (random.nextInt(1_000_000_000)) * 100 >> random.nextInt(36);
    return new Money(BigDecimal.valueOf(random.nextInt(5) == 0 ? -cents : cents, 2));
  }

  /** A quantity or price with up to four decimals, now and then zero or negative. */
  private static BigDecimal number(Random random, int bound) {
    int decimals = random.nextInt(5);
    int most = BigDecimal.valueOf(bound).movePointRight(decimals).intValueExact();
    int unscaled = random.nextInt(15) == 0 ? 0 : random.nextInt(most >> random.nextInt(8)) + 1;
    return BigDecimal.valueOf(random.nextInt(10) == 0 ? -unscaled : unscaled, decimals);
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
