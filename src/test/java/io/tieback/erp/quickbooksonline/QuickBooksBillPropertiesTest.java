package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.Money;
import io.tieback.erp.BillFixtures;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

/** What holds for every bill on its way to QuickBooks Online, by amount and by unit. */
class QuickBooksBillPropertiesTest {

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "TB-AMT-05 QBO-INV-01: what QuickBooks gets is the invoice to the cent, line by line and in"
          + " total, also as QuickBooks works it out again from quantity and price")
  void theDocumentIsTheInvoiceToTheCent(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    Bill bill = bill(random);
    QuickBooksStyle style =
        Ids.style(
            random.nextBoolean() ? QuickBooksStyle.Lines.ITEMS : QuickBooksStyle.Lines.ACCOUNTS,
            null,
            random.nextBoolean());
    JsonNode envelope = Json.read(new QuickBooksPapers(style, new Ids()).bill(bill).body());
    BigDecimal sign = bill.isCredit() ? BigDecimal.ONE.negate() : BigDecimal.ONE;
    JsonNode document = envelope.path("Document");
    require(document.path("Line").size() == bill.lines().size(), "lines");
    BigDecimal total = BigDecimal.ZERO;
    for (int i = 0; i < bill.lines().size(); i++) {
      JsonNode line = document.path("Line").get(i);
      BigDecimal meant = bill.lines().get(i).amount().amount().multiply(sign);
      BigDecimal kept = asQuickBooksKeepsIt(line);
      require(kept.compareTo(meant) == 0, "line " + i + " kept as " + kept + ", meant " + meant);
      require(
          line.path("Amount").decimalValue().compareTo(meant) == 0
              && line.path("Amount").decimalValue().scale() == 2,
          "amount of line " + i);
      require(
          line.path(line.path("DetailType").asText())
              .path("BillableStatus")
              .asText()
              .equals("NotBillable"),
          "billable line " + i);
      total = total.add(kept);
    }
    require(total.compareTo(bill.total().amount().multiply(sign)) == 0, "total " + total);
    require(total.signum() >= 0, "negative total " + total);
    require(
        envelope.path("Payable").decimalValue().compareTo(total) == 0,
        "payable " + envelope.path("Payable"));
  }

  /** Quantity times price to the cent where both are there; else the amount. */
  private static BigDecimal asQuickBooksKeepsIt(JsonNode line) {
    JsonNode detail = line.path(QuickBooksLine.ITEM);
    return detail.has("Qty")
        ? detail
            .path("Qty")
            .decimalValue()
            .multiply(detail.path("UnitPrice").decimalValue())
            .setScale(2, RoundingMode.HALF_UP)
        : line.path("Amount").decimalValue();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static Bill bill(Random random) {
    List<BillLine> lines = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String item = "03-30" + i + (random.nextBoolean() ? ".S" : ".M");
      if (random.nextBoolean()) {
        String quantity =
            new BigDecimal(random.nextInt(2_000_000) - 500_000).movePointLeft(4).toPlainString();
        String price =
            new BigDecimal(random.nextInt(100_000_000))
                .movePointLeft(random.nextInt(8))
                .toPlainString();
        lines.add(BillFixtures.units("Units " + i, quantity, price, item, null, "58"));
      } else {
        lines.add(BillFixtures.work("Work " + i, amount(random, 3), item, null, "58"));
      }
    }
    if (random.nextBoolean()) {
      Money held = Money.of(amount(random, 0));
      lines.add(BillFixtures.held(held.negated().toString(), "2100", "58"));
    }
    return BillFixtures.bill(random.nextInt(1_000_000), "46", lines.toArray(BillLine[]::new));
  }

  private static String amount(Random random, int negativeIn) {
    BigDecimal amount = new BigDecimal(random.nextInt(100_000_000)).movePointLeft(2);
    boolean negative = negativeIn > 0 && random.nextInt(negativeIn) == 0;
    return (negative ? amount.negate() : amount).toPlainString();
  }
}
