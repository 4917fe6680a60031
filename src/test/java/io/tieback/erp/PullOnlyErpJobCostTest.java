package io.tieback.erp;

/** An ERP that calls rather than being called keeps the same promises about job costs. */
class PullOnlyErpJobCostTest extends JobCostContract {

  @Override
  protected ErpUnderTest start() {
    return new PullOnlyErpTest.Company();
  }
}
