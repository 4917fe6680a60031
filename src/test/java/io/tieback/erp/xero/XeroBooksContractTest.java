package io.tieback.erp.xero;

import io.tieback.erp.ErpBooksContract;
import io.tieback.erp.ErpUnderTest;

/** Xero's books, read from the stand-in over real HTTP. */
class XeroBooksContractTest extends ErpBooksContract {

  @Override
  protected ErpUnderTest start() {
    return new XeroCompany();
  }
}
