package io.tieback.erp.xero;

import io.tieback.erp.ErpAdapterContract;
import io.tieback.erp.ErpUnderTest;

/** Xero keeps the promises of the port; every call is held against Xero's contract on the way. */
class XeroAdapterContractTest extends ErpAdapterContract {

  @Override
  protected ErpUnderTest start() {
    return new XeroCompany();
  }
}
