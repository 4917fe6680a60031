package io.tieback.erp;

/** An ERP that nobody can call has books that can be read all the same. */
class PullOnlyErpBooksTest extends ErpBooksContract {

  @Override
  protected ErpUnderTest start() {
    return new PullOnlyErpTest.Company();
  }
}
