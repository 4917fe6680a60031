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
 */
public record Account(
    long commitmentId, String number, String title, String supplier, Figures procore, Figures erp) {

  /** Procore less ERP. */
  public Figures difference() {
    return procore.minus(erp);
  }
}
