package io.tieback.reconcile;

/**
 * One commitment on both sides.
 *
 * @param commitmentId Procore's id; 0 for bills of invoices that Procore does not have
 * @param number its number, or null
 * @param title its title, or null
 * @param supplier its supplier, or null
 * @param procore Procore's figures
 * @param erp the ERP's figures
 * @param difference Procore less ERP; of a total the sum of the commitments' differences, since
 *     original and changes are compared only where both sides have them
 */
public record Account(
    long commitmentId,
    String number,
    String title,
    String supplier,
    Figures procore,
    Figures erp,
    Figures difference) {

  /** One commitment: what both sides differ by is Procore less ERP. */
  public Account(
      long commitmentId,
      String number,
      String title,
      String supplier,
      Figures procore,
      Figures erp) {
    this(commitmentId, number, title, supplier, procore, erp, procore.minus(erp));
  }
}
