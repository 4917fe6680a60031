package io.tieback.construction;

/**
 * The amounts of an {@link InvoiceLine}: what happened in the period, before tax.
 *
 * @param workThisPeriod see {@link InvoiceLine#workThisPeriod()}
 * @param storedMaterialThisPeriod see {@link InvoiceLine#storedMaterialThisPeriod()}
 * @param retainedWork see {@link InvoiceLine#retainedWork()}
 * @param retainedMaterial see {@link InvoiceLine#retainedMaterial()}
 * @param releasedWork see {@link InvoiceLine#releasedWork()}
 * @param releasedMaterial see {@link InvoiceLine#releasedMaterial()}
 * @param retainageHeldBefore see {@link InvoiceLine#retainageHeldBefore()}
 */
public record LineAmounts(
    Money workThisPeriod,
    Money storedMaterialThisPeriod,
    Money retainedWork,
    Money retainedMaterial,
    Money releasedWork,
    Money releasedMaterial,
    Money retainageHeldBefore) {

  /** Work and stored material. */
  public Money gross() {
    return workThisPeriod.plus(storedMaterialThisPeriod);
  }

  /** Retainage withheld, on work and on stored material. */
  public Money retained() {
    return retainedWork.plus(retainedMaterial);
  }

  /** Retainage released, on work and on stored material. */
  public Money released() {
    return releasedWork.plus(releasedMaterial);
  }

  /** Gross less retained plus released. */
  public Money net() {
    return gross().minus(retained()).plus(released());
  }
}
