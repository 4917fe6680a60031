package io.tieback.construction;

import java.math.BigDecimal;

/**
 * A line of a commitment's schedule of values, or of a change order on it.
 *
 * @param procoreId Procore's id of the line
 * @param changes id of the line of the commitment that a change order's line changes; null on the
 *     commitment's own lines, and where Procore names none
 * @param description its text, or null
 * @param amount what it comes to, before tax
 * @param quantity units, or null on a line by amount: Procore states 0.0 there, and nothing is
 *     worked out from it
 * @param unitPrice price of a unit, or null likewise
 * @param costCodeId Procore's id of its cost code, or null
 * @param costCode its cost code as people know it, or null
 * @param costTypeId Procore's id of its cost type, or null
 * @param costType its cost type as people know it, or null
 * @param costCodeOriginId External Data of the cost code, or null while it is in no ERP
 * @param costTypeOriginId External Data of the cost type, or null while it is in no ERP
 * @param taxCodeOriginId External Data of its tax code, or null
 */
public record ContractLine(
    long procoreId,
    Long changes,
    String description,
    Money amount,
    BigDecimal quantity,
    BigDecimal unitPrice,
    Long costCodeId,
    String costCode,
    Long costTypeId,
    String costType,
    String costCodeOriginId,
    String costTypeOriginId,
    String taxCodeOriginId) {

  /** The same line with these links. */
  public ContractLine with(String costCodeLink, String costTypeLink) {
    return new ContractLine(
        procoreId,
        changes,
        description,
        amount,
        quantity,
        unitPrice,
        costCodeId,
        costCode,
        costTypeId,
        costType,
        costCodeLink,
        costTypeLink,
        taxCodeOriginId);
  }

  /** What it is for: its own text, else its cost code, else its place in the document. */
  public String words(int number) {
    if (description != null && !description.isBlank()) {
      return description;
    }
    return costCode != null && !costCode.isBlank() ? costCode : "Line " + number;
  }
}
