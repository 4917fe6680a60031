package io.tieback.construction;

import io.tieback.construction.ArithmeticSettings.LineAmount;
import io.tieback.construction.ArithmeticSettings.MovedRetainage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
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
 * The life of a line as it truly happens (work done, material bought, material built in, retainage
 * withheld and let go), from which the test derives Procore's balances in whole cents by itself.
 * The arithmetic has to give the happenings back, for every requisition of the chain.
 */
class RequisitionChainPropertiesTest {

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  /** What happened to one line in one period, in cents. */
  private record Period(
      long work,
      long bought,
      long builtIn,
      long withheldOnWork,
      long withheldOnMaterial,
      long retainageThatMoved,
      long letGoOnWork,
      long letGoOnMaterial,
      boolean toPrevious) {}

  /** Where a line stands at the end of a period, in cents. */
  private static final class Standing {
    long done;
    long store;
    long heldOnWork;
    long heldOnMaterial;

    long earned() {
      return done + store - heldOnWork - heldOnMaterial;
    }
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "GEN-RET-03 TB-AMT-01 TB-AMT-02: what truly happened comes back from Procore's balances, and"
          + " the net is what is due")
  void whatHappenedComesBack(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    MovedRetainage reading =
        random.nextBoolean() ? MovedRetainage.BESIDE_WORK : MovedRetainage.WITHIN_WORK;
    ArithmeticSettings settings =
        new ArithmeticSettings(
            random.nextBoolean() ? LineAmount.GROSS : LineAmount.NET, true, reading);
    List<Standing> lines = new ArrayList<>();
    int lineCount = 1 + random.nextInt(3);
    for (int index = 0; index < lineCount; index++) {
      lines.add(new Standing());
    }
    int requisitions = 1 + random.nextInt(6);
    for (int requisition = 0; requisition < requisitions; requisition++) {
      boolean toPrevious = random.nextBoolean();
      long certifiedBefore = lines.stream().mapToLong(Standing::earned).sum();
      long net = 0;
      for (Standing line : lines) {
        net += onePeriod(line, period(random, line, toPrevious), settings);
      }
      long due = lines.stream().mapToLong(Standing::earned).sum() - certifiedBefore;
      same("net of the lines against the current payment due", due, net);
    }
  }

  /**
   * Lets one period happen to a line, shows it to the arithmetic as Procore would, compares, and
   * gives the net in cents.
   */
  private static long onePeriod(Standing line, Period period, ArithmeticSettings settings) {
    long storeBefore = line.store;
    long heldOnMaterialBefore = line.heldOnMaterial;
    long heldOnWorkBefore = line.heldOnWork;
    long totalBefore = line.done + line.store;
    long heldBefore = line.heldOnWork + line.heldOnMaterial;

    line.done += period.work() + period.builtIn();
    line.store += period.bought() - period.builtIn();
    line.heldOnWork += period.withheldOnWork() + period.retainageThatMoved() - period.letGoOnWork();
    line.heldOnMaterial +=
        period.withheldOnMaterial() - period.retainageThatMoved() - period.letGoOnMaterial();

    boolean within =
        settings.movedRetainage() == MovedRetainage.WITHIN_WORK && !period.toPrevious();
    long shownWork = period.toPrevious() ? period.work() : period.work() + period.builtIn();
    long shownWithheldOnWork =
        within ? period.withheldOnWork() + period.retainageThatMoved() : period.withheldOnWork();
    RequisitionComponents shown =
        new RequisitionComponents(
            1,
            money(shownWork),
            money(line.store),
            money(storeBefore),
            money(period.builtIn()),
            period.toPrevious(),
            money(line.done + line.store),
            money(totalBefore),
            money(shownWithheldOnWork),
            money(line.heldOnMaterial),
            money(heldOnMaterialBefore),
            money(period.retainageThatMoved()),
            money(period.letGoOnWork()),
            money(period.letGoOnMaterial()),
            money(heldOnWorkBefore + (period.toPrevious() ? period.retainageThatMoved() : 0)));
    long gross = period.work() + period.bought();
    long withheld = period.withheldOnWork() + period.withheldOnMaterial();
    long letGo = period.letGoOnWork() + period.letGoOnMaterial();
    EventFigures event =
        new EventFigures(
            money(settings.lineAmount() == LineAmount.GROSS ? gross : gross - withheld + letGo),
            money(withheld),
            money(shownWithheldOnWork),
            money(line.heldOnMaterial),
            money(heldOnMaterialBefore),
            money(period.letGoOnWork()));

    RequisitionArithmetic.Result result = RequisitionArithmetic.compute(shown, event, settings);
    if (!result.discrepancies().isEmpty()) {
      throw new AssertionError("nothing differs, but: " + result.discrepancies() + " in " + period);
    }
    LineAmounts amounts = result.amounts().orElseThrow();
    same("work", shownWork, cents(amounts.workThisPeriod()));
    same(
        "stored material",
        period.toPrevious() ? period.bought() : period.bought() - period.builtIn(),
        cents(amounts.storedMaterialThisPeriod()));
    same("gross", gross, cents(amounts.gross()));
    same("retained", withheld, cents(amounts.retained()));
    same("retained on work", shownWithheldOnWork, cents(amounts.retainedWork()));
    same("released on work", period.letGoOnWork(), cents(amounts.releasedWork()));
    same("released on material", period.letGoOnMaterial(), cents(amounts.releasedMaterial()));
    same("held before", heldBefore, cents(amounts.retainageHeldBefore()));
    return cents(amounts.net());
  }

  private static Period period(Random random, Standing line, boolean toPrevious) {
    long builtIn = part(random, line.store);
    long moved = builtIn == 0 ? 0 : part(random, line.heldOnMaterial);
    long work = random.nextInt(4) == 0 ? 0 : random.nextInt(50_000_000) - 5_000_000;
    long bought = random.nextInt(2) == 0 ? 0 : random.nextInt(20_000_000);
    return new Period(
        work,
        bought,
        builtIn,
        work / (1 + random.nextInt(20)),
        bought / (1 + random.nextInt(20)),
        moved,
        part(random, line.heldOnWork),
        part(random, line.heldOnMaterial - moved),
        toPrevious);
  }

  /** Nothing, all or some of what is there. */
  private static long part(Random random, long whole) {
    if (whole <= 0) {
      return 0;
    }
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> whole;
      default -> (long) random.nextInt((int) Math.min(whole, Integer.MAX_VALUE - 1)) + 1;
    };
  }

  private static Money money(long cents) {
    return new Money(BigDecimal.valueOf(cents, 2));
  }

  private static long cents(Money money) {
    return money.amount().movePointRight(2).longValueExact();
  }

  private static void same(String what, long expected, long actual) {
    if (expected != actual) {
      throw new AssertionError(what + ": expected " + expected + " cents, got " + actual);
    }
  }
}
