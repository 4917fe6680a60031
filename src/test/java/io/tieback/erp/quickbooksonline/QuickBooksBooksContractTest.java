package io.tieback.erp.quickbooksonline;

import io.tieback.erp.ErpBooksContract;
import io.tieback.erp.ErpUnderTest;

/** QuickBooks Online's books, read from the stand-in over real HTTP. */
class QuickBooksBooksContractTest extends ErpBooksContract {

  @Override
  protected ErpUnderTest start() {
    return new QuickBooksCompany();
  }
}
