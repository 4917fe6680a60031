package io.tieback.erp.quickbooksonline;

/**
 * The ids of what documents name: QuickBooks takes ids only, people and settings speak of names and
 * numbers.
 */
interface QuickBooksReferences {

  /**
   * The id of an item that can stand on a bill.
   *
   * @param name its name, such as {@code 1042-03-300.S}
   * @throws IllegalArgumentException when there is none, or it has no expense account; with the
   *     remedy
   * @throws io.tieback.wire.Failure when QuickBooks does not tell
   */
  String item(String name);

  /**
   * The id of an account.
   *
   * @param code its number, or its name where it has none
   * @throws IllegalArgumentException when there is none; with the remedy
   * @throws io.tieback.wire.Failure when QuickBooks does not tell
   */
  String account(String code);

  /**
   * The id of the accounts payable account.
   *
   * @throws IllegalArgumentException when it cannot be told which; with the remedy
   * @throws io.tieback.wire.Failure when QuickBooks does not tell
   */
  String payable();
}
