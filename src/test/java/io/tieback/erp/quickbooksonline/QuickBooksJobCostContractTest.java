package io.tieback.erp.quickbooksonline;

import io.tieback.erp.ErpUnderTest;
import io.tieback.erp.JobCostContract;

/** QuickBooks Online's job costs, read from the stand-in over real HTTP. */
class QuickBooksJobCostContractTest extends JobCostContract {

  @Override
  protected ErpUnderTest start() {
    return new QuickBooksCompany();
  }
}
