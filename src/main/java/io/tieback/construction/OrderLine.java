package io.tieback.construction;

import java.math.BigDecimal;
import java.util.List;

/**
 * A line of a purchase order.
 *
 * @param description what it is for
 * @param quantity units, four decimals at most; 1 where the contract is by amount
 * @param unitAmount price of a unit, four decimals at most
 * @param amount what the line comes to
 * @param itemCode the ERP's item, or null
 * @param accountCode ledger account, or null
 * @param projectKey the ERP's key of the project
 * @param taxType the ERP's tax type, or null on an order without tax
 * @param sourceLines ids of the lines in Procore that it comes from
 */
public record OrderLine(
    String description,
    BigDecimal quantity,
    BigDecimal unitAmount,
    Money amount,
    String itemCode,
    String accountCode,
    String projectKey,
    String taxType,
    List<Long> sourceLines) {

  public OrderLine {
    sourceLines = List.copyOf(sourceLines);
  }
}
