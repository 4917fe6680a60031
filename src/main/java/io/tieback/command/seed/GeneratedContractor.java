package io.tieback.command.seed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;

/**
 * A contractor of any size for {@code bench} and {@code prove}: ten invoices a commitment, three
 * lines an invoice, amount- and unit-based, with retainage. The same seed gives the same
 * contractor.
 */
public final class GeneratedContractor {

  private static final int INVOICES_PER_COMMITMENT = 10;

  private GeneratedContractor() {}

  /**
   * @param invoices how many requisitions to make
   * @param randomSeed fixes every figure
   */
  public static ContractorSeed seed(
      ConnectionId connection, long companyId, String redirectUri, int invoices, long randomSeed) {
    return seed(SeededXero::new, connection, companyId, redirectUri, invoices, randomSeed);
  }

  /** The same with another accounting system than Xero. */
  public static ContractorSeed seed(
      SeededErp.Maker maker,
      ConnectionId connection,
      long companyId,
      String redirectUri,
      int invoices,
      long randomSeed) {
    Random random = new Random(randomSeed);
    ContractorSeed seed =
        new ContractorSeed(maker, connection, companyId, "Generated Contractor", redirectUri);
    long subcontract = seed.costType("S", "Subcontract", "commitment");
    String[][] codes = {{"03-110", "Formwork"}, {"03-300", "Concrete"}, {"09-250", "Gypsum board"}};
    for (String[] code : codes) {
      seed.item(code[0], "S", code[1] + " - Subcontract");
    }
    Project[] projects = new Project[4];
    for (int i = 0; i < projects.length; i++) {
      projects[i] = seed.project("2026-" + (100 + i), "Generated project " + (i + 1), codes);
    }
    long[] vendors = new long[20];
    for (int i = 0; i < vendors.length; i++) {
      vendors[i] = seed.vendor("Generated subcontractor " + (i + 1));
    }
    int made = 0;
    for (int c = 0; made < invoices; c++) {
      boolean unit = c % 3 == 2;
      Project project = projects[c % projects.length];
      ObjectNode commitment =
          seed.commitment(
              project,
              vendors[c % vendors.length],
              "WorkOrderContract",
              "SC-" + (1000 + c),
              "Generated work " + c,
              unit ? "unit" : "amount");
      long[] lines = new long[codes.length];
      for (int l = 0; l < lines.length; l++) {
        lines[l] =
            unit
                ? seed.line(
                    commitment,
                    project,
                    codes[l][0],
                    subcontract,
                    codes[l][1],
                    "250000.00",
                    "20000.0000",
                    "12.5000",
                    "SF")
                : seed.line(
                    commitment,
                    project,
                    codes[l][0],
                    subcontract,
                    codes[l][1],
                    "250000.00",
                    null,
                    null,
                    null);
      }
      for (int n = 1; n <= INVOICES_PER_COMMITMENT && made < invoices; n++, made++) {
        ObjectNode requisition =
            seed.requisition(
                commitment,
                n,
                "G-" + (1000 + c) + "-" + n,
                "2026-10-01",
                "2026-10-31",
                "2026-10-31",
                "2026-11-30");
        for (long line : lines) {
          ObjectNode billed = seed.billed(requisition, commitment, line, "contract_item");
          BigDecimal amount;
          if (unit) {
            BigDecimal quantity = new BigDecimal(1 + random.nextInt(9_999_999)).movePointLeft(4);
            amount = quantity.multiply(new BigDecimal("12.5")).setScale(2, RoundingMode.HALF_UP);
            billed.put("quantity", quantity.toPlainString()).put("unitPrice", "12.5000");
          } else {
            amount = new BigDecimal(1 + random.nextInt(2_000_000)).movePointLeft(2);
          }
          BigDecimal retained = amount.movePointLeft(1).setScale(2, RoundingMode.HALF_UP);
          billed
              .put("workThisPeriod", amount.toPlainString())
              .put("workRetained", retained.toPlainString());
        }
      }
    }
    return seed;
  }
}
