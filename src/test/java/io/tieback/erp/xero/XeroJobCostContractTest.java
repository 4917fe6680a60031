package io.tieback.erp.xero;

import io.tieback.erp.ErpUnderTest;
import io.tieback.erp.JobCostContract;

class XeroJobCostContractTest extends JobCostContract {

  @Override
  protected ErpUnderTest start() {
    return new XeroCompany();
  }
}
