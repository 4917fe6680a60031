package io.tieback.construction;

import java.math.BigDecimal;

/**
 * One line of a subcontractor invoice for its period, all amounts before tax (design section 6).
 * Every amount is what happened in this period, never a balance: stored material is present less
 * previous, corrected by what moved to work.
 *
 * @param procoreItemId id of the requisition item
 * @param kind which of the three kinds of item it is
 * @param description what was done; may be blank in Procore
 * @param costCode full cost code such as {@code 03-110}, or null when the line has none
 * @param costCodeOriginId External Data of the cost code, or null while it is not in the ERP
 * @param costTypeOriginId External Data of the cost type, or null while it is not in the ERP
 * @param commitmentLineOriginId External Data of the commitment's line, or null
 * @param changeOrderLineOriginId External Data of the change order's line, or null
 * @param taxCodeOriginId External Data of the tax code, or null
 * @param method how this line is billed; can differ from the header's (Procore reference section 7)
 * @param quantity billed quantity this period, at most four decimals; null on amount-based lines
 * @param unitPrice price of a unit, at most four decimals; null on amount-based lines
 * @param unitOfMeasure such as {@code CY}; null when there is none
 * @param workThisPeriod work completed this period
 * @param storedMaterialThisPeriod change of materials stored this period; negative when material
 *     left the store
 * @param retainedWork retainage withheld on work this period
 * @param retainedMaterial retainage withheld on stored material this period
 * @param releasedWork earlier retainage on work that is released this period
 * @param releasedMaterial earlier retainage on stored material that is released this period
 * @param retainageHeldBefore retainage held on this line before this period, work and material
 *     together: the ceiling of a release
 */
public record InvoiceLine(
    long procoreItemId,
    InvoiceLineKind kind,
    String description,
    String costCode,
    String costCodeOriginId,
    String costTypeOriginId,
    String commitmentLineOriginId,
    String changeOrderLineOriginId,
    String taxCodeOriginId,
    AccountingMethod method,
    BigDecimal quantity,
    BigDecimal unitPrice,
    String unitOfMeasure,
    Money workThisPeriod,
    Money storedMaterialThisPeriod,
    Money retainedWork,
    Money retainedMaterial,
    Money releasedWork,
    Money releasedMaterial,
    Money retainageHeldBefore) {

  /** Work and stored material of this period. */
  public Money gross() {
    return workThisPeriod.plus(storedMaterialThisPeriod);
  }

  /** Retainage withheld this period, on work and on stored material. */
  public Money retained() {
    return retainedWork.plus(retainedMaterial);
  }

  /** Retainage released this period, on work and on stored material. */
  public Money released() {
    return releasedWork.plus(releasedMaterial);
  }

  /** What is due for this line before tax: gross less retained plus released (design section 6). */
  public Money net() {
    return gross().minus(retained()).plus(released());
  }
}
