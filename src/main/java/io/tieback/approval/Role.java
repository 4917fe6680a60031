package io.tieback.approval;

import java.util.Locale;

/** What somebody is in Tieback (GEN-PERM); rights by kind of record come on top for approvers. */
public enum Role {
  /** Names administrators and approvers, and may do everything (GEN-PERM-07). */
  OWNER,
  /** Settings, users, schedules; decides about records only with rights of their own. */
  ADMINISTRATOR,
  /** Accepts and rejects what goes to the ledger, within rights and amount limit (GEN-PERM-02). */
  APPROVER,
  /** Watches, replays and discards what failed; does not decide about money. */
  OPERATOR,
  /** Looks only (GEN-PERM-03). */
  VIEWER;

  /** The role of a word of the database. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word that the database and the settings have for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
