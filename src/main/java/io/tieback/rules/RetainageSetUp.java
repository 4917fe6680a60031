package io.tieback.rules;

import java.util.Objects;

/**
 * Where retainage is held in the ERP (GEN-RET-02, QBD-INV-01..03).
 *
 * @param accountCode chosen account, or null when none is chosen
 * @param itemCode chosen item, or null when none is chosen
 * @param accountClass what the account is in the ERP's chart of accounts
 */
public record RetainageSetUp(String accountCode, String itemCode, AccountClass accountClass) {

  /** What kind of account it is. */
  public enum AccountClass {
    /** As it should be: money owed to subcontractors. */
    CURRENT_LIABILITY,
    /** Any other kind. */
    OTHER,
    /** The ERP has not been asked, or does not tell; {@code doctor} looks into it. */
    UNKNOWN
  }

  public RetainageSetUp {
    Objects.requireNonNull(accountClass, "accountClass");
  }

  /** Nothing is chosen yet. */
  public static RetainageSetUp none() {
    return new RetainageSetUp(null, null, AccountClass.UNKNOWN);
  }

  /** Whether an account or an item is chosen. */
  public boolean isChosen() {
    return accountCode != null || itemCode != null;
  }
}
