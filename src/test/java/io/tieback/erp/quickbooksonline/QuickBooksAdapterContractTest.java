package io.tieback.erp.quickbooksonline;

import io.tieback.erp.ErpAdapterContract;
import io.tieback.erp.ErpUnderTest;

/** QuickBooks Online keeps the promises of the port, over real HTTP against the stand-in. */
class QuickBooksAdapterContractTest extends ErpAdapterContract {

  @Override
  protected ErpUnderTest start() {
    return new QuickBooksCompany();
  }
}
