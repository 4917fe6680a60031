package io.tieback.erp.quickbooksonline;

import io.tieback.construction.AccountRules;
import java.util.Objects;

/**
 * How documents are written in one company of QuickBooks Online.
 *
 * @param lines what the lines of bills and orders name
 * @param accounts which account a code gets, where lines name accounts
 * @param payableAccount number or name of the accounts payable account; null for the only one that
 *     there is
 * @param classId id of the class that every line bears, or null for none; needs classes per line in
 *     the company's preferences (reference section 3.5)
 * @param tax whether the company is outside the US, where every document says how amounts relate to
 *     tax ({@code GlobalTaxCalculation}, section 3.5)
 * @param incomeAccount number or name of the income account of new items: QuickBooks wants one on
 *     every service item (section 3.3)
 * @param expenseAccount number or name of the expense account of new items: without one an item
 *     stands on no bill (section 3.3)
 * @param orderLinks whether lines of bills are linked to the lines of purchase orders: whether the
 *     service keeps such links for part of an order is uncertain (sections 3.5, 3.6)
 */
public record QuickBooksStyle(
    Lines lines,
    AccountRules accounts,
    String payableAccount,
    String classId,
    boolean tax,
    String incomeAccount,
    String expenseAccount,
    boolean orderLinks) {

  /** What the lines of bills and orders name. */
  public enum Lines {
    /** The item of the cost code and type. */
    ITEMS,
    /** The account that the rules give the code; the item is not named. */
    ACCOUNTS
  }

  public QuickBooksStyle {
    Objects.requireNonNull(lines, "lines");
    Objects.requireNonNull(accounts, "accounts");
  }
}
